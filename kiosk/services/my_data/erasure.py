"""Leaving: the personal data are erased, and every proof in the ledger stays valid (charter 10).

It takes seven days: whoever came by somebody's card and PIN can wipe nothing out before the person
comes by, reads that on the screen, with who issued that card, and takes it back with one tap.

What is about the person goes, as each table says of itself (`kiosk.models.about`), and with it the
content of every ledger entry that is about them. What they did in an office, or confirmed for
others, belongs to those others and keeps a number behind which no name stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.models import Base
from kiosk.models.access import Card, RoleGrant
from kiosk.models.cases import Case, PanelSeat
from kiosk.models.consent import Leaving
from kiosk.models.register import Resident
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.access.offices import issuer_of
from kiosk.services.access.views import VIEWED_ROW
from kiosk.services.cases import panel
from kiosk.services.consent import consents
from kiosk.services.consent.consents import CONSENT_TEXT_VERSION, PURPOSES
from kiosk.services.consent.leaving import (
    LEAVING_ASKED,
    LEAVING_TAKEN_BACK,
    asked_before,
    last_day,
    standing_wish,
)
from kiosk.services.ledger import erasing, log, rows
from kiosk.services.ledger.contents import is_about, is_of_an_office
from kiosk.services.my_data.consent_choices import take_back
from kiosk.services.open_days import open_days
from kiosk.services.perks import redemptions
from kiosk.services.printing import queue
from kiosk.services.register.entries import PERSON
from kiosk.services.register.search_index import index_residents
from kiosk.services.retry import one_by_one
from kiosk.services.village import Village
from kiosk.services.work import Work, reading, writing

LEFT: Final = "left"
"""The kind of entry that says: a number is left of this person."""
DIED, MOVED_AWAY, TWICE = "died", "moved_away", "twice"
GONE: Final = (DIED, MOVED_AWAY, TWICE)
"""Why somebody is gone who did not leave by themselves; who was written down twice stays, once."""


@dataclass(frozen=True)
class Erased:
    """What leaving erased."""

    erased_cases: int
    erased_entries: int


@dataclass(frozen=True)
class Wish:
    """A wish to leave that stands, as its own person sees it."""

    asked_on: date
    last_day: date
    """On which it can still be taken back."""
    issued_by: str | None
    """Who issued the card it was asked with; None for the machine, empty for who left since."""


def ask(village: Village, session_id: str, touch: str) -> Wish:
    """Ask to leave: consents end at once, and everything else is erased seven days later.

    Harmless where the wish stands.

    Raises:
        ExpectedError: ``session_over``, ``office_first`` while they hold an office: it is laid
            down first, so that cases do not lose their officer unseen.
    """
    with acting.once(village, session_id, touch, "leave") as work:
        me = work.who.resident_id
        standing = standing_wish(work.session, me)
        if work.known is None and standing is None:
            _check_no_office(work.session, me)
            standing = write_wish(work, me, _issuer(work))
            work.remember({"asked": standing.ledger_index})
        if standing is None:
            raise ExpectedError("leaving_taken_back")
        return _said(work.session, standing)


def write_wish(work: Work, resident_id: int, issued_by: int | None) -> Leaving:
    """Write a wish to leave down in the caller's transaction, and end what was agreed to.

    `issued_by` is the clerk who issued the card it was asked with; None for the machine.
    """
    given = consents.standing_purposes(work.session, resident_id)
    for purpose in PURPOSES:
        take_back(work, resident_id, purpose)
    content = {
        "resident": resident_id,
        "issued_by": issued_by,
        "purposes": list(given),
        "text_version": CONSENT_TEXT_VERSION,
    }
    standing = Leaving(
        resident_id=resident_id,
        ledger_index=log.append(work, LEAVING_ASKED, content),
        asked_at=work.now,
        issued_by=issued_by,
    )
    work.session.add(standing)
    work.session.flush()
    return standing


def wish(village: Village, session_id: str) -> Wish | None:
    """The wish to leave of who is signed in, or None.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.reading(village, session_id) as work:
        standing = standing_wish(work.session, work.who.resident_id)
        return _said(work.session, standing) if standing else None


def stay(village: Village, session_id: str, touch: str) -> None:
    """Take the wish to leave back, and agree again to what the wish had ended.

    A consent to a text that was changed meanwhile is not given again. Harmless where no wish
    stands.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.once(village, session_id, touch, "stay") as work:
        me = work.who.resident_id
        standing = standing_wish(work.session, me)
        if work.known is not None or standing is None:
            return
        standing.ended_at = work.now
        log.append(work, LEAVING_TAKEN_BACK, {"resident": me})
        asked = log.content_of(work.session, standing.ledger_index) or {}
        if asked["text_version"] == CONSENT_TEXT_VERSION:
            for purpose in asked["purposes"]:
                consents.give(work, None, me, purpose)
        work.remember({"stays": True})


def carry_out_wishes(village: Village) -> tuple[Erased, ...]:
    """Erase who asked to leave more than seven days ago, in a transaction each.

    Called by the timer; calling it again changes nothing.
    """
    with reading(village) as work:
        due = select(Leaving.id).where(
            Leaving.ended_at.is_(None), Leaving.asked_at < asked_before(work.today)
        )
        wishes = work.session.scalars(due.order_by(Leaving.id)).all()
    erased = one_by_one(_carry_out, village, wishes)
    return tuple(each for each in erased if each is not None)


def erase_who_is_gone(work: Work, resident_id: int, why: str, by: int) -> Erased:
    """Erase a person for one of `GONE`: offices end, and the sign is of those who live there."""
    held = select(RoleGrant).where(
        RoleGrant.resident_id == resident_id, RoleGrant.ended_at.is_(None)
    )
    for office in work.session.scalars(held):
        office.ended_at = work.now
    return _erase(work, resident_id, {"why": why, "by": by})


def _carry_out(village: Village, wish_id: int) -> Erased | None:
    with writing(village) as work:
        standing = work.session.get(Leaving, wish_id, with_for_update=True)
        if standing is None or standing.ended_at is not None:
            return None  # it was taken back meanwhile, or another terminal was faster
        return _erase(work, standing.resident_id, {"issued_by": standing.issued_by})


def _check_no_office(session: Session, resident_id: int) -> None:
    held = (RoleGrant.resident_id == resident_id, RoleGrant.ended_at.is_(None))
    if session.scalar(select(RoleGrant.id).where(*held)):
        raise ExpectedError("office_first")


def _issuer(work: Acting) -> int | None:
    """Who issued the card that opened the session; a later one may be of somebody else."""
    mine = select(Card).where(Card.resident_id == work.who.resident_id).order_by(Card.id)
    cards = work.session.scalars(mine).all()
    before = [each for each in cards if each.issued_at <= work.who.opened_at]
    card = next(reversed(before or cards), None)
    return issuer_of(work.session, card) if card else None


def _said(session: Session, standing: Leaving) -> Wish:
    issuer = standing.issued_by
    return Wish(
        village_day(standing.asked_at),
        open_days(session).told(last_day(standing.asked_at)),
        None if issuer is None else session.get_one(Resident, issuer).name,
    )


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
    """The next in the draw takes each seat from which a vote is still wanted."""
    seats = work.session.execute(
        select(PanelSeat, Case)
        .join(Case, Case.id == PanelSeat.case_id)
        .where(PanelSeat.resident_id == resident_id, PanelSeat.left_at.is_(None))
        .where(PanelSeat.uphold.is_(None), Case.state.in_(panel.HEARD))
    ).all()
    for seat, case in seats:
        if panel.is_open(work, case):
            panel.replace_member(work, case, seat)


def _erase_content(work: Work, resident_id: int, cases: set[int], said: dict[str, Any]) -> int:
    found = log.indexes_of(
        work.session,
        lambda content: is_about(content, resident_id, cases) and not is_of_an_office(content),
    )
    found += _papers(work.session, resident_id)
    places = [
        *rows.places_about(work.session, PERSON, resident_id),
        *rows.places_about(work.session, VIEWED_ROW, resident_id),
    ]
    queue.erase(work, found)
    home = work.session.get_one(Resident, resident_id).household_id
    content = {"resident": resident_id, "household": home, **said}
    return erasing.erase(work, LEFT, content, found, places)


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
