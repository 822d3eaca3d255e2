"""The state of the machine."""

from __future__ import annotations

import sys
import time

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


_TROUBLE = 3
SENTENCE_SECONDS = 60.0
"""How long the sentence stands before the screen is tried again."""


@click.command("no-screen", help=say("cli.help_no_screen"))
@click.option("--seconds", type=float, default=SENTENCE_SECONDS, hidden=True)
def no_screen(seconds: float) -> None:
    """Say on the bare screen, in every language, that nothing can be drawn on it."""
    from kiosk.core.catalogue import catalogue
    from kiosk.devices import plain_screen
    from kiosk.devices.watchdog import watchdog

    known = catalogue()
    keys = ("cli.no_screen", "cli.no_screen_next")
    sentences = [known.text(key, language) for language in known.languages for key in keys]
    plain_screen.show(sentences)
    for sentence in sentences:
        click.echo(sentence, err=True)
    line = watchdog()
    line.ready()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        line.alive()
        time.sleep(min(1.0, seconds))
    sys.exit(_TROUBLE)
