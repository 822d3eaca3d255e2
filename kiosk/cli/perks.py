"""What points can be spent on."""

from __future__ import annotations

import os

import click

from kiosk.cli.base import ask, asked, opened, say
from kiosk.core.catalogue import CHINESE, ENGLISH
from kiosk.core.paths import DataDirectory
from kiosk.core.texts import Texts


@click.command("offer-perk", help=say("cli.help_offer_perk"))
@click.argument("title_zh")
@click.argument("title_en")
@click.option("--price", type=int, required=True, help=say("cli.help_price"))
@click.option("--stock", type=int, required=True, help=say("cli.help_stock"))
@click.option("--card", callback=asked("cli.help_clerks_card"), help=say("cli.help_clerks_card"))
@click.pass_obj
def offer_perk(
    directory: DataDirectory, title_zh: str, title_en: str, price: int, stock: int, card: str
) -> None:
    """Put something on the shelf that points can be spent on."""
    from kiosk.core.ids import new_touch_id
    from kiosk.services.access import sessions
    from kiosk.services.perks import catalogue as perk_catalogue

    pin = os.environ.get("KIOSK_PIN") or ask(say("cli.ask_pin"), hide_input=True)
    with opened(directory) as village:
        clerk = sessions.sign_in(village, card, pin, official=True)
        title = Texts({CHINESE: title_zh, ENGLISH: title_en})
        perk_catalogue.offer(village, clerk.id, title, price, stock, new_touch_id())
        sessions.sign_out(village, clerk.id)
        for each in perk_catalogue.perks(village):
            line = (each.title[CHINESE], each.title[ENGLISH], each.price, each.stock)
            click.echo(say("cli.perk_line", *line))
