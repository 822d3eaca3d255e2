"""The voucher: a slip that says what was reserved, where and by when it is collected."""

from __future__ import annotations

from sqlalchemy.orm import Session

from kiosk.core.catalogue import Language
from kiosk.models.perks import Perk, Redemption
from kiosk.services import printing
from kiosk.services.reports.slips import day_words
from kiosk.services.village import Village


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
    note_lines = (
        f"voucher {found.reference}",
        f"perk {perk.id} price {perk.price}",
        f"collect by {found.collect_by.isoformat()}",
    )
    return printing.enqueue_slip(session, village, slip, found.ledger_index, note_lines)
