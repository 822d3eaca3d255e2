"""The manual for each office, to print and to keep at the desk."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.base import LANGUAGE, say
from kiosk.core.catalogue import catalogue
from kiosk.core.paths import MANUAL

_OFFICES = ("clerk", "officer", "keeper")


@click.command(help=say("cli.help_manual"))
@click.argument("office", type=click.Choice(_OFFICES))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--language", type=click.Choice(catalogue().languages), default=LANGUAGE, show_default=True
)
@click.option("--pages", is_flag=True, help=say("cli.help_manual_pages"))
def manual(office: str, file: Path, language: str, pages: bool) -> None:
    """Write the manual of one office as a PDF."""
    from kiosk.documents.manual import booklet_pdf, pages_pdf
    from kiosk.documents.manual_text import read_manual
    from kiosk.documents.paper_text import words

    source = MANUAL / language / f"{office}.md"
    if not source.exists():
        raise click.UsageError(say("cli.manual_not_there", language))
    write = pages_pdf if pages else booklet_pdf
    file.write_bytes(write(read_manual(source), words("manual_contents", language)))
    click.echo(say("cli.manual_pages_done" if pages else "cli.manual_done", file))
