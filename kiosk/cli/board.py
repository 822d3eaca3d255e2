"""The notice board's poster."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.base import LANGUAGE, opened, say
from kiosk.core.catalogue import catalogue
from kiosk.core.paths import DataDirectory


@click.command(help=say("cli.help_board"))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--language", type=click.Choice(catalogue().languages), default=LANGUAGE, show_default=True
)
@click.option("--large", is_flag=True, help=say("cli.help_board_large"))
@click.pass_obj
def board(directory: DataDirectory, file: Path, language: str, large: bool) -> None:
    """Write what the board says today as a PDF."""
    from kiosk.services.board.board import poster

    with opened(directory) as village:
        file.write_bytes(poster(village, language, "A3" if large else "A4"))
    click.echo(say("cli.board_done", file))
