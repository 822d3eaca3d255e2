"""The register of residents."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.cli.base import (
    EXIT_NO,
    LANGUAGE,
    json_option,
    opened,
    patience,
    print_json,
    progress_bar,
    say,
)
from kiosk.core.catalogue import CHINESE
from kiosk.core.paths import DataDirectory


@click.command("import", help=say("cli.help_import"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help=say("cli.help_dry_run"))
@click.option("--refused", type=click.Path(path_type=Path), help=say("cli.help_refused"))
@click.option("--further-part", is_flag=True, help=say("cli.help_further_part"))
@json_option
@click.pass_obj
def import_register(
    directory: DataDirectory,
    file: Path,
    dry_run: bool,
    refused: Path | None,
    further_part: bool,
    as_json: bool,
) -> None:
    """Import a register of residents."""
    from kiosk.cli import register_report
    from kiosk.services.register.importing import plan as importing_plan
    from kiosk.services.retry import retry_on_conflict

    if refused:
        importing_plan.check_refused(refused, file)
    with opened(directory) as village:
        with patience(say("cli.import_reading"), as_json) as lines:
            name = village.settings.name[CHINESE]
            register = importing_plan.read_register(file, village=name, progress=lines)
            plan = importing_plan.plan(village, register, further_part=further_part)
        if not dry_run:
            with progress_bar(say("cli.import_progress"), as_json) as progress:
                retry_on_conflict(importing_plan.apply, village, plan, progress)
    if as_json:
        print_json(register_report.as_json(plan, LANGUAGE, dry_run=dry_run))
    else:
        for line in register_report.as_lines(plan, say, LANGUAGE, dry_run=dry_run):
            click.echo(line)
        for line in register_report.refused_lines(plan, say, is_in_a_file=bool(refused)):
            click.echo(line)
    if refused:
        importing_plan.write_refused(refused, plan.refused)
        if not as_json:
            click.echo(say("cli.import_file", refused))
    sys.exit(EXIT_NO if plan.refused else 0)
