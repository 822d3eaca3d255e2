"""The command line: every command, and how one ends.

Exit codes: 0 well; 1 the answer is no (a log that does not fit, rows that were refused); 2 a
mistake in the call or its input; 3 trouble around the program; 4 a bug.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

import click

from kiosk import __version__
from kiosk.cli.base import EXIT_NO, LANGUAGE, say
from kiosk.core import event_log
from kiosk.core.catalogue import catalogue
from kiosk.core.days import plain
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.paths import DATA_VARIABLE, data_directory

EXIT_MISTAKE, EXIT_TROUBLE, EXIT_BUG = 2, 3, 4

_COMMANDS: Mapping[str, str] = {
    "run": "run:run",
    "init": "setup:init",
    "demo": "setup:demo",
    "import": "register:import_register",
    "signs": "printing:signs",
    "offer-perk": "perks:offer_perk",
    "verify": "audit:verify",
    "export-log": "audit:export_log",
    "export-verifier": "audit:export_verifier",
    "backup": "backup:backup",
    "recovery-sheet": "backup:recovery_sheet",
    "restore": "backup:restore",
    "new-cards": "cards:new_cards",
    "appoint": "cards:appoint",
    "note-restore": "audit:note_restore",
    "replace-key": "keys:replace_key",
    "export-keys": "keys:export_keys",
    "import-keys": "keys:import_keys",
    "copy-to": "postgres:copy_to",
    "grants": "postgres:grants",
    "confirm-clock": "machine:confirm_clock",
    "doctor": "machine:doctor",
    "no-screen": "machine:no_screen",
    "manual": "manual:manual",
    "board": "board:board",
}
"""The module and the function of each, below kiosk.cli."""


def _choose_directory(context: click.Context, _option: click.Parameter, data: Path | None) -> None:
    if data is not None:
        context.obj = data_directory(data)


class _Commands(Mapping[str, click.Command]):
    """Every command by its name, imported when it is asked for: the kiosk starts with one of them.

    They take ``--data`` before or after their name.
    """

    def __init__(self) -> None:
        self._imported: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._imported:
            module, _, function = _COMMANDS[name].partition(":")
            command: click.Command = getattr(import_module(f"kiosk.cli.{module}"), function)
            command.params.append(_data_after_the_name())
            self._imported[name] = command
        return self._imported[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_COMMANDS)

    def __len__(self) -> int:
        return len(_COMMANDS)


def _data_after_the_name() -> click.Option:
    return click.Option(
        ["--data"],
        type=click.Path(path_type=Path),
        expose_value=False,
        is_eager=True,
        callback=_choose_directory,
        help=say("cli.help_data"),
    )


@click.group(
    commands=_Commands(),
    help=say("cli.help"),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__)
@click.option(
    "--data", envvar=DATA_VARIABLE, type=click.Path(path_type=Path), help=say("cli.help_data")
)
@click.pass_context
def commands(context: click.Context, data: Path | None) -> None:
    """All commands; their common option names the village's directory."""
    context.obj = data_directory(data)


def main() -> None:
    """Run a command; a person's mistake gets a sentence and an exit code, never a traceback."""
    os.umask(0o077)  # what a command writes is about people: nobody else of the machine reads it
    try:
        commands(prog_name="kiosk", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except click.Abort:
        _fail(EXIT_NO, say("cli.stopped"))
    except click.ClickException as mistake:
        mistake.show()
        sys.exit(EXIT_MISTAKE)
    except ExpectedError as refused:
        _fail(EXIT_MISTAKE, refused.sentence(catalogue(), LANGUAGE))
    except EnvironmentFault as trouble:
        _fail(EXIT_TROUBLE, trouble.sentence(catalogue(), LANGUAGE))
    except Exception as bug:
        _fail(EXIT_BUG, say("cli.bug", event_log.record_bug(bug)))


def _fail(code: int, sentence: str) -> None:
    click.echo(plain(sentence), err=True)
    sys.exit(code)
