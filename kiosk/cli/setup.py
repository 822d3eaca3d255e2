"""Founding a village, or making a demo of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

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
from kiosk.core.catalogue import CHINESE, ENGLISH
from kiosk.core.clock import SystemClock
from kiosk.core.errors import ExpectedError
from kiosk.core.paths import DataDirectory
from kiosk.core.text import clean
from kiosk.core.texts import Texts

LONGEST_ORIGIN = 60
"""Characters; the origin stands twice in every QR code."""
LONGEST_DEMO = 8
"""Years; before that the families of the script were too young for their parts."""


@click.command(help=say("cli.help_init"))
@click.option("--name-zh", help=say("cli.help_name_zh"))
@click.option("--name-en", help=say("cli.help_name_en"))
@click.option("--origin", help=say("cli.help_origin"))
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
    from kiosk.services.upkeep import official_cards, opening, setup

    opening.require_no_village(directory, but_a_demo=put_demo_aside)
    name_zh = name_zh or ask(say("cli.help_name_zh"))
    name_en = name_en or ask(say("cli.help_name_en"))
    today = village_day(SystemClock().now())
    first = [setup.official(each, today) for each in told or _asked_officials()]
    setup.require_offices(first)
    name = Texts({CHINESE: clean(name_zh, 40), ENGLISH: clean(name_en, 40)})
    settings = Settings(name, _origin(origin, name_en), places=places)
    setup.check_places(settings)
    rules = choosing.chosen(ticked, unticked)
    if aside := opening.put_demo_aside(directory, SystemClock()):
        click.echo(say("cli.demo_put_aside", aside))
    cards: list[official_cards.OfficialCard] = []
    founded = setup.found(directory, settings, SystemClock(), first, cards.append, rules)
    with founded.closing() as made:
        click.echo(say("cli.founded", name.said(LANGUAGE), directory.root))
        hand_out(made, official_cards.put_down(made, cards), show_pins)


def _asked_officials() -> Iterator[str]:
    while told := ask(say("cli.ask_official"), default="", show_default=False):
        yield told


def _origin(chosen: str | None, name_en: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", name_en.lower()).strip("-") or "village"
    origin = chosen or f"{name}.example/good-deed-book"
    if not re.fullmatch(r"[a-z0-9.-]+(/[a-z0-9.-]+)*", origin) or len(origin) > LONGEST_ORIGIN:
        raise ExpectedError("origin_unclear", origin)
    return origin


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
