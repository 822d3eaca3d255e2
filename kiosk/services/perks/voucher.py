"""The voucher: a slip that says what was reserved, where and by when it is collected."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from kiosk.core.catalogue import Language
from kiosk.models.perks import Perk, Redemption
from kiosk.services import printing
from kiosk.services.reports.slips import day_words
from kiosk.services.village import Village


@dataclass(frozen=True)
class VoucherTold:
    """What the signed lines of a voucher say; the day as ``2026-12-07``."""

    title_zh: str
    title_en: str
    price: int
    collect_by: str


def queue_voucher(
    session: Session,
    village: Village,
    found: Redemption,
    perk: Perk,
    left: int,
    language: Language,
) -> int:
    """Queue the voucher in the transaction that reserved the perk; the print job's id.

    `left` is what stays in the wallet. No name stands on it.
    """
    from kiosk.documents.slip import Slip, SlipLine

    def say(key: str, *values: object) -> str:
        return village.catalogue.text(f"perks.{key}", language, *values)

    title = perk.title_zh if language == "zh" else perk.title_en
    day = day_words(village, found.collect_by, language)
    slip = Slip(
        village_zh=village.settings.name_zh,
        village_en=village.settings.name_en,
        language=language,
        kind="voucher",
        reference=found.reference,
        facts=(say("slip_perk", title, perk.price), say("slip_left", left)),
        next_steps=(
            SlipLine(say("slip_collect", day)),
            SlipLine(say("slip_back", day)),
            SlipLine(say("slip_number")),
        ),
        qr_text="",
    )
    note_lines = _note_lines(found)
    return printing.enqueue_slip(session, village, slip, found.ledger_index, note_lines)


def _note_lines(found: Redemption) -> tuple[str, ...]:
    """The facts that are signed with the voucher: readable by any phone, and nobody's name."""
    return (
        f"voucher {found.reference}",
        f"perk {found.perk_id} price {found.price}",
        f"collect by {found.collect_by.isoformat()}",
    )


_NOTE = re.compile(
    r"voucher P\d{4}-\d{4,6}\n"
    r"perk (?P<perk>\d{1,9}) price (?P<price>\d{1,9})\n"
    r"collect by (?P<day>\d{4}-\d{2}-\d{2})",
    re.ASCII,
)
"""What `_note_lines` writes."""


def told_by(village: Village, lines: tuple[str, ...]) -> VoucherTold | None:
    """What the signed lines of a voucher say; None for any other paper."""
    found = _NOTE.fullmatch("\n".join(lines))
    if found is None:
        return None
    with village.read() as session:
        perk = session.get(Perk, int(found["perk"]))
        titles = (perk.title_zh, perk.title_en) if perk else (found["perk"], found["perk"])
    return VoucherTold(*titles, int(found["price"]), found["day"])
