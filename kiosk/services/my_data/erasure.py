"""Leaving: the personal data are erased, and every proof in the ledger stays valid (charter 10).

What is about the person goes, as each table says of itself (`kiosk.models.about`), and with it the
content of every ledger entry that is about them. What they did in an office, or confirmed for
others, belongs to those others and keeps a number behind which no name stands.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.core.ids import session_digest
from kiosk.models import Base
from kiosk.models.access import RoleGrant
from kiosk.models.cases import Case, PanelSeat
from kiosk.models.register import Resident
from kiosk.services.access import acting, sessions
from kiosk.services.cases import panel
from kiosk.services.consent.consents import PURPOSES
from kiosk.services.ledger import erasing, log, rows
from kiosk.services.ledger.contents import is_about, is_of_an_office
from kiosk.services.my_data.consent_choices import take_back
from kiosk.services.perks import redemptions
from kiosk.services.printing import queue
from kiosk.services.register.entries import PERSON
from kiosk.services.register.search_index import index_residents
from kiosk.services.village import Village
from kiosk.services.work import Work

DIED: Final = "died"
"""Why somebody is gone who did not leave by themselves."""


@dataclass(frozen=True)
class Erased:
    """What leaving erased."""

    erased_cases: int
    erased_entries: int


def leave(village: Village, session_id: str, touch: str) -> Erased:
    """Leave for good: everything about the signed-in person is erased, and the session ends.

    Raises:
        ExpectedError: ``session_over``, ``office_first`` while they hold an office: it is laid
            down first, so that cases do not lose their officer unseen.
    """
    with acting.once_for(village, touch, "leave", session_digest(session_id)) as work:
        if work.known is not None:
            return Erased(**work.known)  # the session went with everything else
        me = sessions.require(work, session_id).resident_id
        if work.session.scalar(
            select(RoleGrant.id).where(RoleGrant.resident_id == me, RoleGrant.ended_at.is_(None))
        ):
            raise ExpectedError("office_first")
        left = erase_person(work, me)
        work.remember(asdict(left))
        return left


def erase_person(work: Work, resident_id: int) -> Erased:
    """Erase a person in the caller's transaction, and the sign that they agreed to."""
    for purpose in PURPOSES:
        take_back(work, resident_id, purpose)
    return _erase(work, resident_id, {})


def erase_the_dead(work: Work, resident_id: int, by: int) -> Erased:
    """Erase a person who died: offices end, and the sign of the household is the living's."""
    held = select(RoleGrant).where(
        RoleGrant.resident_id == resident_id, RoleGrant.ended_at.is_(None)
    )
    for office in work.session.scalars(held):
        office.ended_at = work.now
    return _erase(work, resident_id, {"why": DIED, "by": by})


def _erase(work: Work, resident_id: int, said: dict[str, Any]) -> Erased:
    _leave_panels(work, resident_id)
    cases = set(work.session.scalars(select(Case.id).where(Case.subject_id == resident_id)))
    redemptions.give_back_all(work, resident_id)
    erased = _erase_content(work, resident_id, cases, said)
    _erase_cases(work.session, cases)
    _erase_rows(work.session, resident_id)
    _erase_resident(work.session, resident_id)
    return Erased(len(cases), erased)


def _leave_panels(work: Work, resident_id: int) -> None:
    """The next in the draw takes each seat from which no vote was given."""
    seats = work.session.execute(
        select(PanelSeat, Case)
        .join(Case, Case.id == PanelSeat.case_id)
        .where(PanelSeat.resident_id == resident_id, PanelSeat.left_at.is_(None))
        .where(PanelSeat.uphold.is_(None), Case.state.in_(("appealed", "effective")))
    ).all()
    for seat, case in seats:
        panel.replace_member(work, case, seat)


def _erase_content(work: Work, resident_id: int, cases: set[int], said: dict[str, Any]) -> int:
    found = log.indexes_of(
        work.session,
        lambda content: is_about(content, resident_id, cases) and not is_of_an_office(content),
    )
    found += _papers(work.session, resident_id)
    places = rows.places_about(work.session, PERSON, resident_id)
    queue.erase(work, found)
    return erasing.erase(work, "left", {"resident": resident_id, **said}, found, places)


def _papers(session: Session, resident_id: int) -> list[int]:
    """The entries of papers that are the person's, whatever they say of themselves."""
    found = queue.made_for(session, resident_id)
    for table in Base.tables():
        if table.about.papers:
            column = table.__table__.c[table.about.papers]
            for reference in session.scalars(select(column).where(_names(table, resident_id))):
                found += queue.under(session, reference)
    return found


def _erase_cases(session: Session, cases: set[int]) -> None:
    """What must have a case goes with it; what may have one stays without it."""
    if not cases:
        return
    to_case = [
        (table, column)
        for table in reversed(Base.tables())
        for column in table.__table__.c
        if column.references(Case.__table__.c.id)
    ]
    for table, column in to_case:
        if column.nullable:
            gone = update(table).where(column.in_(cases)).values({column.key: None})
            session.execute(gone)
    for table, column in to_case:
        if not column.nullable:
            session.execute(delete(table).where(column.in_(cases)))
    session.execute(delete(Case).where(Case.id.in_(cases)))


def _erase_rows(session: Session, resident_id: int) -> None:
    for table in reversed(Base.tables()):
        if table.about.erased:
            session.execute(delete(table).where(_names(table, resident_id)))


def _names(table: type[Base], resident_id: int) -> ColumnElement[bool]:
    """Whether a row is about the person."""
    return or_(*(table.__table__.c[each] == resident_id for each in table.about.erased))


def _erase_resident(session: Session, resident_id: int) -> None:
    person = session.get_one(Resident, resident_id)
    person.register_key = f"left/{resident_id}"
    for column, value in Resident.about.blanked.items():
        setattr(person, column, value)
    index_residents(session, [resident_id])
