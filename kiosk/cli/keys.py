"""Keys: replaced, or brought to another terminal."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kiosk.cli.base import ask, opened, say, show_pins_option, sure
from kiosk.cli.cards import issue_anew
from kiosk.core.paths import DataDirectory


@click.command("replace-key", help=say("cli.help_replace_key"))
@click.option("--yes", is_flag=True, help=say("cli.help_yes"))
@click.pass_obj
def replace_key(directory: DataDirectory, yes: bool) -> None:
    """Sign with a new key from now on."""
    from kiosk.services.upkeep.restore import replace_key as replace_signing_key

    if not yes:
        sure(say("cli.replace_key_sure"))
    with opened(directory) as village:
        changed = replace_signing_key(village)
        click.echo(say("cli.replace_key_done", changed.keys.verifier.text()))


@click.command("export-keys", help=say("cli.help_export_keys"))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_keys(directory: DataDirectory, file: Path) -> None:
    """Write the keys for another terminal of the village, sealed."""
    from kiosk.services.upkeep import key_transfer

    with opened(directory) as village:
        key_transfer.export_keys(village, file)
    click.echo(say("cli.export_keys_done", file))


@click.command("import-keys", help=say("cli.help_import_keys"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@show_pins_option
@click.pass_obj
def import_keys(directory: DataDirectory, file: Path, show_pins: bool) -> None:
    """Make this machine a terminal of the village."""
    from kiosk.services.upkeep import key_transfer, recovery_key

    typed = os.environ.get("KIOSK_RECOVERY_KEY") or ask(say("cli.ask_recovery_key"))
    done = key_transfer.import_keys(directory, file, recovery_key.parse_key(typed))
    click.echo(say("cli.import_keys_done", done.origin, directory.keys))
    if done.with_settings:
        click.echo(say("cli.import_keys_settings", directory.settings))
    if done.locked_out:
        with opened(directory) as village:
            issue_anew(village, show_pins)
