"""Recomputing the log and holding papers against it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.base import EXIT_NO, json_option, opened, print_json, progress_bar, say, sure
from kiosk.core.errors import ExpectedError
from kiosk.core.paths import DataDirectory

if TYPE_CHECKING:
    from kiosk.services.village import Village


@click.command(help=say("cli.help_verify"))
@click.option(
    "--slip",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=say("cli.help_slip"),
)
@click.option("--not-covered", is_flag=True, help=say("cli.help_not_covered"))
@json_option
@click.pass_obj
def verify(directory: DataDirectory, slip: Path | None, not_covered: bool, as_json: bool) -> None:
    """Recompute the log, or hold one slip against it."""
    if not_covered:
        _list_not_covered(as_json)
        return
    with opened(directory, to_examine=True) as village:
        sys.exit(_verify_slip(village, slip, as_json) if slip else _verify_log(village, as_json))


def _list_not_covered(as_json: bool) -> None:
    """What nothing is held against, in the words of the program's own tables."""
    from kiosk.services.audit.fold.coverage import not_covered

    lines = {each.name: each.why for each in not_covered()}
    if as_json:
        print_json(lines)
        return
    for name, why in lines.items():
        click.echo(f"{name}: {why}")


def _verify_log(village: Village, as_json: bool) -> int:
    from kiosk.services.upkeep import last_verify

    with progress_bar(say("cli.verify_progress"), as_json) as progress:
        report = last_verify.verify(village, progress)
    found = [
        {"code": each.code, "first": each.first, "last": each.last}
        | ({"name": each.name} if each.name else {})
        for each in report.findings
    ]
    if as_json:
        print_json(
            {
                "consistent": report.consistent,
                "entries": report.entries,
                "erased": report.erased,
                "papers": report.checkpoints,
                "root": report.root.hex(),
                "findings": found,
            }
        )
        return 0 if report.consistent else EXIT_NO
    if report.consistent:
        click.echo(say("verify.consistent", report.entries, report.checkpoints))
        click.echo(say("verify.root", report.root.hex()))
    if report.erased:
        click.echo(say("verify.erased", report.erased))
    for each in report.findings:
        entries = (each.first, each.last)
        concerned = (each.name, *entries) if each.name else entries
        click.echo(say(f"verify.{each.code}", *concerned))
    return 0 if report.consistent else EXIT_NO


def _verify_slip(village: Village, slip: Path, as_json: bool) -> int:
    from kiosk.services.check import kinds
    from kiosk.services.check.papers import check_file

    found = check_file(village, slip)
    if as_json:
        print_json(
            {"verdict": found.verdict, "reference": found.reference, "size": found.tree_size}
        )
    else:
        click.echo(say(f"check.{kinds.heading(found.verdict, found.kind)}"))
        if found.reference:
            click.echo(f"  {found.reference}")
    return 0 if found.verdict == "genuine" else EXIT_NO


@click.command(help=say("cli.help_export_log"))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_log(directory: DataDirectory, file: Path) -> None:
    """Write the log's commitments for the stand-alone verifier."""
    from kiosk.services.ledger import export

    with opened(directory) as village:
        click.echo(say("cli.export_done", export.export_log(village, file), file))


@click.command("export-verifier", help=say("cli.help_export_verifier"))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_verifier(directory: DataDirectory, file: Path) -> None:
    """Write the page with which a phone checks papers."""
    from kiosk.services.check import phone_page

    with opened(directory) as village:
        click.echo(say("cli.export_verifier_done", phone_page.export_page(village, file), file))


@click.command("note-restore", help=say("cli.help_note_restore"))
@click.option("--yes", is_flag=True, help=say("cli.help_yes"))
@click.pass_obj
def note_restore(directory: DataDirectory, yes: bool) -> None:
    """Write into the log that the database was put back to an earlier state."""
    from kiosk.services.ledger import last_head

    with opened(directory, to_examine=True) as village:
        found = last_head.behind(village)
        if found is not None:
            click.echo(say("verify.log_behind", found.known, found.there))
        elif last_head.is_unknown(village):
            click.echo(say("verify.log_head_unknown"))
        else:
            raise ExpectedError("nothing_behind")
        if not yes:
            sure(say("cli.note_restore_sure"))
        click.echo(say("cli.note_restore_done", last_head.note_restore(village)))
