"""What an effective case leaves: a line of the sum, a credit in the wallet; and their reversal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.clock import village_day
from kiosk.models.reports import Case, PointEntry
from kiosk.services.cases.flow.advance import signed_points
from kiosk.services.cases.flow.table import CONCERN_DAYS, DEED_DAYS
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.wallet import balance


def add_points(session: Session, village: Village, case: Case) -> PointEntry:
    """The case's points count from today, with the points of the day of the deed."""
    today = village_day(village.clock.now())
    days = CONCERN_DAYS if case.kind == "concern" else DEED_DAYS
    ends_on = today + timedelta(days=days)
    content = {
        "case": case.id,
        "reference": case.reference,
        "resident": case.subject_id,
        "rule": case.rule_version.rule,
        "version": case.rule_version.version,
        "points": signed_points(case),
        "happened_on": case.happened_on.isoformat(),
        "effective_on": today.isoformat(),
        "ends_on": ends_on.isoformat(),
    }
    entry = PointEntry(
        resident_id=case.subject_id,
        case_id=case.id,
        points=signed_points(case),
        happened_on=case.happened_on,
        effective_on=today,
        ends_on=ends_on,
        ledger_index=log.append(session, village, "points", content),
    )
    session.add(entry)
    session.flush()
    return entry


def credit_wallet(session: Session, village: Village, case: Case) -> None:
    """Approved good points are credited once (the case's id is unique among the movements)."""
    points = signed_points(case)
    balance.move(session, village, _about(case), points, "deed", credits_case=case.id)


def reverse(session: Session, village: Village, case: Case, why: str) -> bool:
    """End the case's line of the sum today; what is left of its credit leaves the wallet.

    Nothing is deleted: the reversal is an entry of its own. False when no line stood.
    """
    entry = session.scalar(select(PointEntry).where(PointEntry.case_id == case.id))
    today = village_day(village.clock.now())
    if entry is None or entry.ended_on is not None or entry.ends_on <= today:
        return False
    entry.ended_on = today
    content = {
        "case": case.id,
        "reference": case.reference,
        "resident": case.subject_id,
        "points": -entry.points,
        "reverses": entry.ledger_index,
        "why": why,
        "ended_on": today.isoformat(),
    }
    log.append(session, village, "reversal", content)
    taken_back = min(max(entry.points, 0), max(balance.wallet_of(session, case.subject_id), 0))
    if taken_back:
        balance.move(session, village, _about(case), -taken_back, "reversal")
    session.flush()
    return True


def _about(case: Case) -> dict[str, Any]:
    """Whose wallet it is, and for which case."""
    return {"case": case.id, "reference": case.reference, "resident": case.subject_id}
