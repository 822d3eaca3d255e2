"""Backups, and putting a village back from one."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click

from kiosk.cli.base import (
    LANGUAGE,
    ask,
    json_option,
    opened,
    print_json,
    say,
    show_pins_option,
    sure,
)
from kiosk.cli.cards import issue_anew
from kiosk.core.clock import SystemClock
from kiosk.core.paths import DataDirectory


@click.command(help=say("cli.help_backup"))
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help=say("cli.help_to"))
@json_option
@click.pass_obj
def backup(directory: DataDirectory, to: Path | None, as_json: bool) -> None:
    """Back the database up."""
    from kiosk.services.upkeep.backup import back_up

    with opened(directory) as village:
        made = back_up(village, to)
        second_wanted = bool(village.settings.backup_to) and to is None
    if as_json:
        told = {"file": made.file, "bytes": made.size, "entries": made.entries}
        print_json({**told, "second": made.second, "trouble": made.trouble and made.trouble.code})
    else:
        click.echo(say("cli.backup_done", made.file, made.size // 1000, made.entries))
    if made.trouble:
        raise made.trouble
    if not as_json and made.second:
        click.echo(say("cli.backup_second", made.second))
    elif not as_json and not second_wanted and to is None:
        click.echo(say("machine.second_none"))


@click.command("recovery-sheet", help=say("cli.help_recovery_sheet"))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def recovery_sheet(directory: DataDirectory, file: Path) -> None:
    """Write the keeper's recovery sheet."""
    from kiosk.services.upkeep.recovery_key import sheet_pdf

    with opened(directory) as village:
        sheet = sheet_pdf(village, LANGUAGE)
    file.touch(mode=0o600)
    file.write_bytes(sheet)
    click.echo(say("cli.recovery_sheet_done", file))


@click.command(help=say("cli.help_restore"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help=say("cli.help_yes"))
@show_pins_option
@click.pass_obj
def restore(directory: DataDirectory, file: Path, yes: bool, show_pins: bool) -> None:
    """Put a village back from a backup."""
    from kiosk.services.upkeep import recovery_key
    from kiosk.services.upkeep import restore as room
    from kiosk.services.upkeep.check import moment_said

    room.require_folder()
    typed = os.environ.get("KIOSK_RECOVERY_KEY") or ask(say("cli.ask_recovery_key"))
    key = recovery_key.parse_key(typed)
    header = room.look(file, key)
    made_at = moment_said(datetime.fromisoformat(header.made_at), say)
    click.echo(say("cli.restore_about", made_at, header.entries))
    if not yes:
        sure(say("cli.restore_sure", directory.root))
    done = room.restore(directory, file, key, SystemClock())
    click.echo(say("cli.restore_done", done.entries, directory.root))
    if done.lost:
        click.echo(say("cli.restore_lost", done.lost))
    if done.kept_aside:
        click.echo(say("cli.restore_aside", done.kept_aside))
    if done.new_keys:
        click.echo(say("cli.restore_new_keys"))
    if done.locked_out:
        with opened(directory) as village:
            issue_anew(village, show_pins)
