"""The voucher: a slip that says what was reserved, where and by when it is collected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.core.catalogue import Language
from kiosk.core.texts import Texts, same_in_all
from kiosk.models.perks import Perk, Redemption
from kiosk.services.cases.slip_parts import day_words
from kiosk.services.check import kinds
from kiosk.services.open_days import open_days
from kiosk.services.printing import addressed, queue
from kiosk.services.village import Village
from kiosk.services.work import Work

if TYPE_CHECKING:  # drawing is slow to import and not needed to queue a slip's words
    from kiosk.documents.slip import Said


@dataclass(frozen=True)
class VoucherFacts:
    """What the signed lines of a voucher say; the day as ``2026-12-07``."""

    title: Texts
    price: int
    collect_by: str


def queue_voucher(work: Work, found: Redemption, perk: Perk, left: int, language: Language) -> int:
    """Queue the voucher in the transaction that reserved the perk; the print job's id.

    `left` is what stays in the wallet.
    """
    last = open_days(work.session).told(found.collect_by)

    def told(tongue: Language) -> Said:
        from kiosk.documents.slip import Said, SlipLine

        def say(key: str, *values: object) -> str:
            return work.village.catalogue.text(f"perks.{key}", tongue, *values)

        day = day_words(work.village, last, tongue)
        facts = (say("slip_perk", perk.title.said(tongue), found.price),)
        steps = (say("slip_collect", day), say("slip_back", day), say("slip_number"))
        left_over = say("slip_left", left)
        return Said(tongue, (*facts, left_over), tuple(SlipLine(each) for each in steps))

    who = addressed.Reader((language,), found.resident_id)
    slip = addressed.slip_for(work.village, who, "voucher", found.reference, told)
    lines = kinds.VOUCHER.write(
        voucher=found.reference, perk=found.perk_id, price=found.price, day=found.collect_by
    )
    return queue.enqueue_slip(work, slip, found.ledger_index, lines)


def told_by(village: Village, lines: tuple[str, ...]) -> VoucherFacts | None:
    """What the signed lines of a voucher say; None for any other paper."""
    found = kinds.VOUCHER.read(lines)
    if found is None:
        return None
    with village.read() as session:
        perk = session.get(Perk, int(found["perk"]))
        title = perk.title if perk else same_in_all(found["perk"])
    return VoucherFacts(title, int(found["price"]), found["day"])
