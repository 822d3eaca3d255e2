"""Who looked at whose record, and why (charter 8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Integer, bindparam, func, insert, select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.models.access import RecordView, RoleGrant
from kiosk.models.register import Resident
from kiosk.services.access import acting
from kiosk.services.access.roles import ROLES, Act, may
from kiosk.services.access.sessions import SignedIn
from kiosk.services.ledger import log, rows
from kiosk.services.ledger.erasing import in_batches
from kiosk.services.village import Village
from kiosk.services.work import Work

PURPOSES: dict[str, Act] = {
    "decide_case": "decide_case",
    "answer_question": "decide_case",
    "hear_appeal": "hear_appeal",
    "unseal_reporter": "decide_case",
    "read_again": "decide_case",
    "correct_register": "correct_register",
    "life_event": "keep_register",
    "household_asks": "keep_register",
    "keep_in_order": "keep_register",
    "yearly_register": "keep_register",
    "export_office": "keep_register",
    "export_families": "keep_register",
    "enrol": "enrol",
    "print_card": "issue_card",
    "card_desk": "issue_card",
    "card_lost": "issue_card",
    "card_found": "issue_card",
    "card_blocked": "issue_card",
    "card_unblocked": "issue_card",
    "pin_forgotten": "issue_card",
    "foreign_card": "issue_card",
    "print_sign": "print_sign",
    "hand_over_notice": "hand_over_notice",
    "hand_over_perk": "hand_over_perk",
    "reprint_lost": "print_again",
    "reprint_unreadable": "print_again",
    "reprint_not_received": "print_again",
}
"""The closed list of purposes, and the act one must be allowed in order to look for it; words at
``access.purpose_…``."""


VIEWED: Final = "records_viewed"
"""An entry with a row for each person whose record was looked at."""
VIEWED_ROW: Final = "viewed"
"""What such a row begins with; the person's number follows."""


@dataclass(frozen=True, kw_only=True)
class RecordViewLine:
    """One look: words for `role` and `purpose` at ``access.role_…`` and ``access.purpose_…``."""

    viewer_name: str
    role: str
    purpose: str
    at: datetime
    reference: str = ""
    """The case for which it was, where there was one."""


def record_view(
    work: Work,
    viewer: SignedIn,
    subject_id: int,
    purpose: str,
    *,
    reference: str = "",
    by_lot: bool = False,
) -> int:
    """Write down that `viewer` looks at the record of `subject_id`; the ledger index.

    `reference` names the case for which it is, if any.

    `by_lot`: the viewer holds a seat on the panel that hears the case, which needs no office.

    Raises:
        ExpectedError: ``purpose_missing`` if it is not on the list, ``not_allowed`` if it is not
            this official's to have.
    """
    _check_purpose(viewer, purpose, by_lot=by_lot)
    content = {"viewer": viewer.resident_id, "subject": subject_id, "purpose": purpose}
    if reference:
        content["reference"] = reference
    index = log.append(work, "record_view", content)
    view = RecordView(
        viewer_id=viewer.resident_id,
        subject_id=subject_id,
        purpose=purpose,
        at=work.now,
        ledger_index=index,
    )
    work.session.add(view)
    work.session.flush()
    return index


def record_views(work: Work, viewer: SignedIn, subjects: Iterable[int], purpose: str) -> int:
    """Write down that `viewer` looks at the records of many people at once; the ledger index.

    It is one entry with a row for each of them, so that who leaves is erased from it alone.

    Raises:
        ExpectedError: as `record_view`.
    """
    _check_purpose(viewer, purpose)
    people = tuple(subjects)
    content = {"viewer": viewer.resident_id, "purpose": purpose}
    index = rows.append(work, VIEWED, content, ([VIEWED_ROW, each] for each in people))
    said = {"viewer_id": viewer.resident_id, "purpose": purpose, "at": work.now}
    for some in in_batches(people):
        seen = [{**said, "subject_id": each, "ledger_index": index} for each in some]
        work.session.execute(insert(RecordView), seen)
    return index


def _check_purpose(viewer: SignedIn, purpose: str, *, by_lot: bool = False) -> None:
    if purpose not in PURPOSES:
        raise ExpectedError("purpose_missing")
    if not may(PURPOSES[purpose], viewer.roles) and not (by_lot and purpose == "hear_appeal"):
        raise ExpectedError("not_allowed")


def has_looked(work: Work, viewer: SignedIn, subject_id: int, reference: str) -> bool:
    """Whether this session has written down that it looks at the case of `reference`."""
    looks = select(RecordView.ledger_index).where(
        RecordView.viewer_id == viewer.resident_id,
        RecordView.subject_id == subject_id,
        RecordView.at >= viewer.opened_at,
    )
    told = log.contents_of(work.session, looks)
    return any(each.get("reference") == reference for each in told.values())


def views_of(village: Village, session_id: str) -> tuple[RecordViewLine, ...]:
    """Every look at the signed-in person's record, newest first.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.reading(village, session_id) as work:
        person = work.who
        return views_on(work.session, person.resident_id)


_LOOKS = (
    select(RecordView, Resident.name)
    .join(Resident, Resident.id == RecordView.viewer_id)
    .where(RecordView.subject_id == bindparam("subject_id"))
    .order_by(RecordView.id.desc())
)


_NEWEST = _LOOKS.limit(bindparam("newest", type_=Integer))
_THEIRS = select(RecordView.id).where(RecordView.subject_id == bindparam("subject_id"))
_COUNTED = select(func.count()).select_from(_THEIRS.subquery())


def looks_at(session: Session, subject_id: int) -> int:
    """How many looks at the record of `subject_id` there were."""
    return session.scalar(_COUNTED, {"subject_id": subject_id}) or 0


def views_on(
    session: Session, subject_id: int, newest: int | None = None
) -> tuple[RecordViewLine, ...]:
    """Every look at the record of `subject_id`, newest first: for that person's own screen.

    With `newest`, at most so many.
    """
    asked = _LOOKS if newest is None else _NEWEST
    looks = session.execute(asked, {"subject_id": subject_id, "newest": newest}).all()
    if not looks:
        return ()
    since = {"subject_id": subject_id, "oldest": looks[-1][0].id}
    told = log.contents_of(session, _ENTRIES, since)
    offices = _offices(session, since)
    return tuple(
        RecordViewLine(
            viewer_name=name,
            role=_role_then(offices[look.viewer_id], look),
            purpose=look.purpose,
            at=look.at,
            reference=str(told.get(look.ledger_index, {}).get("reference", "")),
        )
        for look, name in looks
    )


_SINCE = (RecordView.subject_id == bindparam("subject_id"), RecordView.id >= bindparam("oldest"))
_ENTRIES = select(RecordView.ledger_index).where(*_SINCE)
_OFFICES = select(RoleGrant).where(
    RoleGrant.resident_id.in_(select(RecordView.viewer_id).where(*_SINCE))
)


def _offices(session: Session, since: Mapping[str, int]) -> Mapping[int, Sequence[RoleGrant]]:
    """Every office that each who looked ever held."""
    found: dict[int, list[RoleGrant]] = defaultdict(list)
    for grant in session.scalars(_OFFICES, since):
        found[grant.resident_id].append(grant)
    return found


def _role_then(grants: Sequence[RoleGrant], look: RecordView) -> str:
    """The office that let the viewer look on that day."""
    held = {
        g.role
        for g in grants
        if g.granted_at <= look.at and (g.ended_at is None or g.ended_at >= look.at)
    }
    without = "panel" if look.purpose == "hear_appeal" else ""
    return next(
        (role for role in ROLES if role in held and may(PURPOSES[look.purpose], (role,))), without
    )
