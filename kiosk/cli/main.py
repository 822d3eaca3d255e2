"""The command line: every command, and how one ends.

Exit codes: 0 well; 1 the answer is no (a log that does not fit, rows that were refused); 2 a
mistake in the call or its input; 3 trouble around the program; 4 a bug.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from kiosk import __version__
from kiosk.cli import (
    audit,
    backup,
    cards,
    keys,
    machine,
    manual,
    perks,
    postgres,
    printing,
    register,
    run,
    setup,
)
from kiosk.cli.base import EXIT_NO, LANGUAGE, say
from kiosk.core import event_log
from kiosk.core.catalogue import catalogue
from kiosk.core.days import plain
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.paths import DATA_VARIABLE, data_directory

EXIT_MISTAKE, EXIT_TROUBLE, EXIT_BUG = 2, 3, 4


def _choose_directory(context: click.Context, _option: click.Parameter, data: Path | None) -> None:
    if data is not None:
        context.obj = data_directory(data)


class _Commands(click.Group):
    """Commands that take ``--data`` before or after their name."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, and the option to it."""
        cmd.params.append(
            click.Option(
                ["--data"],
                type=click.Path(path_type=Path),
                expose_value=False,
                is_eager=True,
                callback=_choose_directory,
                help=say("cli.help_data"),
            )
        )
        super().add_command(cmd, name)


@click.group(
    cls=_Commands, help=say("cli.help"), context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__)
@click.option(
    "--data", envvar=DATA_VARIABLE, type=click.Path(path_type=Path), help=say("cli.help_data")
)
@click.pass_context
def commands(context: click.Context, data: Path | None) -> None:
    """All commands; their common option names the village's directory."""
    context.obj = data_directory(data)


_COMMANDS = (
    run.run,
    setup.init,
    setup.demo,
    register.import_register,
    printing.signs,
    perks.offer_perk,
    audit.verify,
    audit.export_log,
    backup.backup,
    backup.recovery_sheet,
    backup.restore,
    cards.new_cards,
    cards.appoint,
    audit.note_restore,
    keys.replace_key,
    keys.export_keys,
    keys.import_keys,
    postgres.copy_to,
    postgres.grants,
    machine.confirm_clock,
    machine.doctor,
    manual.manual,
)
for _command in _COMMANDS:
    commands.add_command(_command)


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
