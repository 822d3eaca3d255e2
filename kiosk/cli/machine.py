"""The state of the machine."""

from __future__ import annotations

import sys

import click

from kiosk.cli.base import EXIT_NO, json_option, opened, print_json, say, sure
from kiosk.core.paths import DataDirectory


@click.command(help=say("cli.help_doctor"))
@json_option
@click.pass_obj
def doctor(directory: DataDirectory, as_json: bool) -> None:
    """Look the machine over."""
    from kiosk.services.upkeep.doctor import examine

    with opened(directory, to_examine=True) as village:
        checks = examine(village)
    told = [(each, each.phrase.said(say)) for each in checks]
    if as_json:
        print_json({"checks": [{"code": c.code, "well": c.well, "says": says} for c, says in told]})
    marks = {True: say("machine.well"), False: say("machine.attention")}
    for each, says in () if as_json else told:
        click.echo(f"{marks[each.well]:<{max(map(len, marks.values()))}}  {says}")
    sys.exit(0 if all(each.well for each in checks) else EXIT_NO)


@click.command("confirm-clock", help=say("cli.help_confirm_clock"))
@click.option("--yes", is_flag=True, help=say("cli.help_yes"))
@click.pass_obj
def confirm_clock(directory: DataDirectory, yes: bool) -> None:
    """Let deadlines run again after the clock was doubted."""
    from kiosk.services.upkeep import clock_check
    from kiosk.services.upkeep.check import moment_said

    with opened(directory) as village:
        if not yes:
            now = moment_said(village.clock.now(), say)
            sure(say("cli.confirm_clock_sure", now))
        clock_check.confirm(village)
    click.echo(say("cli.confirm_clock_done"))
