"""The shelf, one's wallet, the desk that hands over and who keeps the shelf, for the pictures."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.ids import new_touch_id
from kiosk.services.perks import catalogue, redemptions
from kiosk.services.printing import spooler
from scripts.shot_stage import ShotStage


def _session(stage: ShotStage, who: str) -> str:
    stage.sign_in(who)
    session = stage.stage.kiosk.session
    return session.id if session else ""


def _kept(stage: ShotStage) -> str:
    """The number of a voucher of the resident; the cheapest there is, once."""
    session = _session(stage, "main")
    mine = redemptions.my_vouchers(stage.village, session)
    kept = [each.reference for each in mine if each.state == "reserved"]
    if kept:
        return kept[0]
    perk = min(catalogue.perks(stage.village), key=lambda each: each.price).perk_id
    return redemptions.reserve(stage.village, session, perk, new_touch_id()).reference


def reserved(stage: ShotStage) -> None:
    """The voucher comes out."""
    stage.sign_in("main")
    stage.open("perks")
    stage.tap("perks.offer.0")
    stage.tap("dialog.yes")
    stage.item("perks.done")
    spooler.print_next(stage.village)


def wallet(stage: ShotStage) -> None:
    """With something that is kept."""
    _kept(stage)
    stage.open("wallet")


def handing_over(stage: ShotStage) -> None:
    """A voucher at the desk."""
    reference = _kept(stage)
    stage.sign_in("clerk")
    stage.open("perk_desk")
    for digit in filter(str.isdigit, reference):
        stage.tap(f"pad.{digit}")
    stage.item("perk_desk.what")


def shelf_kept(*taps: str) -> Callable[[ShotStage], None]:
    """Who keeps the shelf, as far as these taps lead."""

    def go(stage: ShotStage) -> None:
        stage.sign_in("clerk")
        stage.open("stock")
        for each in taps:
            stage.tap(each)

    return go
