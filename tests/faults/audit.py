"""What has to hold of a village after any fault: nothing lost, nothing half, no slip without entry.

Each function returns the promises that were broken, as sentences; none is good.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from kiosk.models.access import AnsweredRequest, Card
from kiosk.models.cases import Case, PointEntry
from kiosk.models.ledger import LedgerEntry
from kiosk.models.perks import Redemption, WalletMovement
from kiosk.models.printing import PrintJob
from kiosk.models.register import Resident
from kiosk.models.stars import DoorSign
from kiosk.services.access import pins
from kiosk.services.audit.tables import verify_village
from kiosk.services.check.papers import SIGNED_VERDICTS, check_paper
from kiosk.services.village import Village
from kiosk.services.work import Work, reading
from tests.faults.hall import Ack

GENUINE = SIGNED_VERDICTS - {"log_shorter", "log_rewritten", "key_ended"}


def broken(village: Village, acks: Iterable[Ack] = ()) -> list[str]:
    """Everything that does not hold of the village, and of what was acknowledged to somebody."""
    told = list(acks)
    findings = verify_village(village).findings
    found = [f"{each.code} {each.first}-{each.last} {each.name}".rstrip() for each in findings]
    with reading(village) as work:
        found += _integrity(work)
        found += half_booked(work.session)
        found += lost(work.session, told)
    return found + without_entry(village, told)


def lost(session: Session, acks: Iterable[Ack]) -> Iterator[str]:
    """What was acknowledged and is not there."""
    for ack in acks:
        op = ack.get("op")
        if op in _THERE and not _THERE[op](session, ack):
            yield f"lost: {op} {ack}"


def without_entry(village: Village, acks: Iterable[Ack]) -> list[str]:
    """Papers that came out and that the log of today does not bear out."""
    found = []
    for ack in acks:
        if ack.get("op") == "paper":
            verdict = check_paper(village, ack["note"]).verdict
            if verdict not in GENUINE:
                found.append(f"paper without entry: {verdict}")
    return found


def half_booked(session: Session) -> Iterator[str]:
    """Deeds that count without a line, a credit or a slip, and papers of entries not there."""
    entries = session.scalar(select(func.count()).select_from(LedgerEntry)) or 0
    for case in session.scalars(select(Case)):
        points = session.scalar(select(PointEntry.points).where(PointEntry.case_id == case.id))
        if (points is not None) != (case.state in ("effective", "ended")):
            yield f"half booked: case {case.id} {case.state} has points {points}"
        credit = session.scalar(select(func.count()).where(WalletMovement.case_id == case.id))
        if case.kind == "deed" and credit != (case.state == "effective"):
            yield f"half booked: case {case.id} has {credit} credits"
        papers = session.scalar(
            select(func.count()).where(
                PrintJob.reference == case.reference, PrintJob.duplicate.is_(False)
            )
        )
        if not papers:
            yield f"half booked: case {case.id} has no paper"
    yield from _half_paid(session)
    for covers in session.scalars(select(PrintJob.covers).where(PrintJob.covers.is_not(None))):
        if covers is not None and covers >= entries:
            yield f"paper without entry: {covers} of {entries}"


def _half_paid(session: Session) -> Iterator[str]:
    """Perks without their debit, their voucher or, when points went back, the credit."""
    reserved = session.scalars(select(Redemption)).all()
    debits = session.scalars(select(WalletMovement.points).where(WalletMovement.why == "perk"))
    if sorted(-each.price for each in reserved) != sorted(debits):
        yield "half booked: perks and what was paid for them differ"
    back = session.scalars(select(WalletMovement.points).where(WalletMovement.why == "perk_back"))
    given_back = [e.price for e in reserved if e.state in ("cancelled", "refunded")]
    if sorted(given_back) != sorted(back):
        yield "half booked: perks and what was paid back differ"
    for each in reserved:
        papers = select(func.count()).where(PrintJob.reference == each.reference)
        if not session.scalar(papers):
            yield f"half booked: {each.reference} has no voucher"


def times_booked(session: Session, touch: str) -> int:
    """How many cases one touch made."""
    return session.scalar(select(func.count()).where(Case.touch_id == touch)) or 0


def _integrity(work: Work) -> Iterator[str]:
    if not work.village.database.is_sqlite:
        return
    for line in work.session.scalars(text("PRAGMA integrity_check")):
        if line != "ok":
            yield f"integrity: {line}"
    for row in work.session.execute(text("PRAGMA foreign_key_check")):
        yield f"foreign key: {tuple(row)}"


def _deed(session: Session, ack: Ack) -> bool:
    case = session.scalar(select(Case).where(Case.touch_id == ack["touch"]))
    answered = session.get(AnsweredRequest, ack["touch"]) is not None
    return case is not None and case.reference == ack["reference"] and answered


def _approved(session: Session, ack: Ack) -> bool:
    entry = session.scalar(select(PointEntry).where(PointEntry.case_id == ack["case"]))
    return entry is not None and session.get(AnsweredRequest, ack["touch"]) is not None


def _put_right(session: Session, ack: Ack) -> bool:
    entry = session.scalar(select(PointEntry).where(PointEntry.case_id == ack["case"]))
    return entry is not None and entry.ended_on is not None


def _card(session: Session, ack: Ack) -> bool:
    found = session.scalar(select(Card).where(Card.number == ack["number"]))
    return found is not None and found.resident_id == ack["resident"]


def _pin_drawn(session: Session, ack: Ack) -> bool:
    kept = session.scalar(select(Card.pin_hash).where(Card.number == ack["number"]))
    return kept is not None and kept != pins.NOT_DRAWN


def _pin(session: Session, ack: Ack) -> bool:
    kept = session.scalar(select(Card.pin_hash).where(Card.number == ack["number"]))
    return kept is not None and pins.is_bound(kept)


def _asked(session: Session, ack: Ack) -> bool:
    return session.get(AnsweredRequest, ack["touch"]) is not None


def _left(session: Session, ack: Ack) -> bool:
    people = [session.get_one(Resident, each) for each in ack["residents"]]
    return not any(each.active or each.name for each in people)


def _sign(session: Session, ack: Ack) -> bool:
    return session.scalar(select(DoorSign).where(DoorSign.serial == ack["serial"])) is not None


def _reserved(session: Session, ack: Ack) -> bool:
    return _redemption(session, ack) is not None


def _collected(session: Session, ack: Ack) -> bool:
    found = _redemption(session, ack)
    return found is not None and found.state == "collected"


def _redemption(session: Session, ack: Ack) -> Redemption | None:
    return session.scalar(select(Redemption).where(Redemption.reference == ack["reference"]))


_THERE = {
    "deed": _deed,
    "approve": _approved,
    "right": _put_right,
    "card": _card,
    "pin_drawn": _pin_drawn,
    "pin": _pin,
    "ask": _asked,
    "stay": _asked,
    "left": _left,
    "sign": _sign,
    "redeem": _reserved,
    "collect": _collected,
}
