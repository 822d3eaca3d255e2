"""Founding a village, or making a demo of one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import click

from kiosk.cli.base import (
    LANGUAGE,
    ask,
    json_option,
    print_json,
    progress_bar,
    say,
    show_pins_option,
)
from kiosk.cli.cards import hand_out
from kiosk.core.clock import SystemClock
from kiosk.core.paths import DataDirectory

LONGEST_DEMO = 8
"""Years; before that the families of the script were too young for their parts."""


@click.command(help=say("cli.help_init"))
@click.option("--name-zh", help=say("cli.help_name_zh"))
@click.option("--name-en", help=say("cli.help_name_en"))
@click.option("--origin", help=say("cli.help_origin"))
@click.option("--assembly", type=click.DateTime(["%Y-%m-%d"]), help=say("cli.help_init_assembly"))
@click.option("--official", "told", multiple=True, help=say("cli.help_official"))
@click.option("--place", "places", multiple=True, help=say("cli.help_place"))
@click.option("--with-rule", "ticked", multiple=True, help=say("cli.help_with_rule"))
@click.option("--without-rule", "unticked", multiple=True, help=say("cli.help_without_rule"))
@click.option("--put-demo-aside", is_flag=True, help=say("cli.help_put_demo_aside"))
@show_pins_option
@click.pass_obj
def init(
    directory: DataDirectory,
    name_zh: str | None,
    name_en: str | None,
    origin: str | None,
    assembly: datetime | None,
    told: tuple[str, ...],
    places: tuple[str, ...],
    ticked: tuple[str, ...],
    unticked: tuple[str, ...],
    put_demo_aside: bool,
    show_pins: bool,
) -> None:
    """Found a village."""
    from kiosk.core.clock import village_day
    from kiosk.core.settings import Settings
    from kiosk.services.rulebook import choosing
    from kiosk.services.upkeep import founders, opening, setup

    opening.require_no_village(directory, but_a_demo=put_demo_aside)
    name_zh = name_zh or ask(say("cli.help_name_zh"))
    name_en = name_en or ask(say("cli.help_name_en"))
    name = setup.village_name(name_zh, name_en)
    chosen = setup.log_origin(origin or _asked_origin(setup.drawn_origin(name_en)))
    today = village_day(SystemClock().now())
    first = founders.together(founders.official(each, today) for each in told or _asked_officials())
    founders.require_offices(first)
    decided = assembly.date() if assembly else founders.day_of(ask(say("cli.ask_assembly")))
    beginning = setup.Beginning(
        settings=Settings(name, chosen, places=places),
        founders=first,
        assembly=founders.require_assembly(decided, today),
        rules=choosing.chosen(ticked, unticked),
    )
    setup.check_places(beginning.settings)
    if aside := opening.put_demo_aside(directory, SystemClock()):
        click.echo(say("cli.demo_put_aside", aside))
    founded = setup.found(directory, beginning, SystemClock())
    with founded.village.closing() as made:
        click.echo(say("cli.founded", name.said(LANGUAGE), directory.root))
        hand_out(made, founded.sheets, show_pins)


def _asked_origin(drawn: str) -> str:
    """It never changes, so that nobody gets one without having been asked."""
    return ask(say("cli.ask_origin", drawn))


def _asked_officials() -> Iterator[str]:
    while told := ask(say("cli.ask_official"), default="", show_default=False):
        yield told


@click.command(help=say("cli.help_demo"))
@click.option(
    "--years",
    type=click.IntRange(1, LONGEST_DEMO),
    default=1,
    show_default=True,
    help=say("cli.help_demo_years"),
)
@json_option
@click.pass_obj
def demo(directory: DataDirectory, years: int, as_json: bool) -> None:
    """Make a demo village."""
    make_demo(directory, as_json, years)


def make_demo(directory: DataDirectory, as_json: bool = False, years: int = 1) -> None:
    """Make a demo village in `directory` and say whose card opens it."""
    from kiosk.services.demo.making import make_demo

    click.echo(say("cli.demo_making"), err=True)
    with progress_bar(say("cli.demo_making"), as_json) as progress:
        before = timedelta(days=365) * (years - 1)
        made = make_demo(directory, SystemClock().now(), progress, before=before)
    first = made.cards[0]
    if as_json:
        print_json({"directory": directory.root, "card": first.number, "pin": first.pin})
    else:
        click.echo(say("cli.demo_made", directory.root, first.number, first.pin), err=True)
