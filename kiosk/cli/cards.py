"""Handing out the officials' cards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from kiosk.cli.base import LANGUAGE, opened, say, show_pins_option, sure
from kiosk.core.paths import DataDirectory

if TYPE_CHECKING:
    from kiosk.services.access.roles import Role
    from kiosk.services.upkeep import official_cards
    from kiosk.services.village import Village


def hand_out(village: Village, ready: Sequence[official_cards.PutDown], show_pins: bool) -> None:
    """Say whose card and PIN lie where, and print them where there is a printer."""
    from kiosk.services.upkeep.official_cards import offices_said, print_out, prints_sheets

    for each in ready:
        offices = offices_said(village, each.of.roles, LANGUAGE)
        click.echo(say("cli.official_card", each.of.name, offices, each.of.number))
        if show_pins:
            click.echo("  " + say("cli.official_pin", each.of.pin))
        click.echo("  " + say("cli.card_file", each.card))
        click.echo("  " + say("cli.pin_file", each.letter))
    if not prints_sheets(village):
        click.echo(say("cli.cards_to_print", village.directory.spool))
    elif reason := print_out(village, ready):
        click.echo(say("cli.cards_not_printed", say(f"printing.reason_{reason}")))
    else:
        click.echo(say("cli.cards_printed", village.settings.printers.sign))


def issue_anew(village: Village, show_pins: bool) -> None:
    """Give the officials new cards and PINs; no other command can let anybody in again."""
    from kiosk.services.upkeep import official_cards

    ready = official_cards.reissue(village)
    click.echo(say("cli.new_cards"))
    hand_out(village, ready, show_pins)
    click.echo(say("cli.new_cards_next"))


@click.command("new-cards", help=say("cli.help_new_cards"))
@click.option("--yes", is_flag=True, help=say("cli.help_yes"))
@show_pins_option
@click.pass_obj
def new_cards(directory: DataDirectory, yes: bool, show_pins: bool) -> None:
    """Issue the officials' cards anew where none of them can sign in."""
    from kiosk.services.upkeep import official_cards

    with opened(directory) as village:
        official_cards.require_locked_out(village)
        if not yes:
            sure(say("cli.new_cards_sure"))
        issue_anew(village, show_pins)


@click.command("appoint", help=say("cli.help_appoint"))
@click.argument("name")
@click.argument("born_on", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("role", type=click.Choice(["officer", "clerk", "keeper"]))
@click.option(
    "--assembly", type=click.DateTime(["%Y-%m-%d"]), required=True, help=say("cli.help_assembly")
)
@click.option("--yes", is_flag=True, help=say("cli.help_yes"))
@show_pins_option
@click.pass_obj
def appoint(
    directory: DataDirectory,
    name: str,
    born_on: datetime,
    role: Role,
    assembly: datetime,
    yes: bool,
    show_pins: bool,
) -> None:
    """Give an office in an emergency: where officers of two households are no longer left."""
    from kiosk.services.access import offices
    from kiosk.services.upkeep import official_cards

    with opened(directory) as village:
        offices.require_emergency(village)
        if not yes:
            sure(say("cli.appoint_sure"))
        given = (name, born_on.date(), role, assembly.date())
        hand_out(village, [official_cards.appoint(village, *given)], show_pins)
