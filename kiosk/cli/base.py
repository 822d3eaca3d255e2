"""What every command shares: the group that it joins, how it asks, answers and shows progress."""

from __future__ import annotations

import json
import locale
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from kiosk.core import event_log
from kiosk.core.catalogue import CHINESE, ENGLISH, Language, catalogue
from kiosk.core.clock import SystemClock
from kiosk.core.days import plain
from kiosk.core.paths import DataDirectory

if TYPE_CHECKING:
    from kiosk.services.village import Village

EXIT_NO = 1
"""The answer of a command is no: a log that does not fit, rows that were refused."""
PATIENCE = 2.0
"""Seconds after which something that is still at work says so."""


def _language() -> Language:
    """As the environment says, also where the system has not generated that locale."""
    said = (os.environ.get(each) for each in ("KIOSK_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    chosen = next(filter(None, said), None) or locale.getlocale()[0] or ""
    code = chosen.lower().replace("chinese", CHINESE).replace("-", "_").partition("_")[0]
    return code if code in catalogue().languages else ENGLISH


LANGUAGE: Language = _language()


def say(key: str, *values: object) -> str:
    """The text of `key` in the language of the command line, as a terminal can show it."""
    return plain(catalogue().text(key, LANGUAGE, *values))


@contextmanager
def opened(directory: DataDirectory, *, to_examine: bool = False) -> Iterator[Village]:
    """The village of `directory`, open until the block ends; `to_examine`: also a doubtful one."""
    from kiosk.services.upkeep.opening import open_village

    village = open_village(directory, SystemClock(), to_examine=to_examine)
    event_log.keep_journal(directory.log)
    with village.closing():
        yield village


@contextmanager
def progress_bar(label: str, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on the error channel, so that the output stays what was asked for.

    Where nobody watches the channel a line now and then says how far it is.
    """
    if not sys.stderr.isatty():
        with patience(label, quiet) as told:
            yield told
        return
    bar = click.progressbar(length=1, label=label, file=sys.stderr)
    with bar:

        def show(done: int, of: int) -> None:
            bar.length = max(of, 1)
            bar.update(done - bar.pos)

        yield show


@contextmanager
def patience(label: str, quiet: bool) -> Iterator[Callable[..., None]]:
    """After two seconds, a line on the error channel says every two seconds how far it is."""
    told = time.monotonic()

    def show(done: int, of: int = 0) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told < PATIENCE or (quiet and not sys.stderr.isatty()):
            return
        told = now
        click.echo(f"{label} {done}/{of}" if of else f"{label} {done}", err=True)

    yield show


def print_json(value: dict[str, Any]) -> None:
    """Answer a program."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def ask(question: str, **how: Any) -> str:
    """Ask a person; where the answer is piped, what follows still begins on a line of its own."""
    if sys.stdin.isatty():
        return str(click.prompt(question, **how))
    answer = str(click.prompt(question, **{**how, "hide_input": False}))
    click.echo()
    return answer


def sure(question: str) -> None:
    """Go on only after a yes."""
    click.confirm(question, abort=True)
    if not sys.stdin.isatty():
        click.echo()


def asked(key: str) -> Callable[[click.Context, click.Parameter, str | None], str]:
    """What asks for an option that was not given."""
    return lambda _context, _option, given: ask(say(key)) if given is None else given


show_pins_option = click.option("--show-pins", is_flag=True, help=say("cli.help_show_pins"))
json_option = click.option("--json", "as_json", is_flag=True, help=say("cli.help_json"))
