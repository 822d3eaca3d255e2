"""The lot that seats a panel of three: nobody can choose it, and everybody can draw it again.

Who can be drawn is written to the ledger first. The seed is SHA-256 over the log's root after
that entry and the case's reference: the entry's salt is drawn by the machine in the same moment,
so nobody knows the root beforehand. Each candidate's place is SHA-256 over seed and id; the first
three of different households sit, and who steps aside is followed by the next.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.access import RoleGrant
from kiosk.models.cases import Case, PanelDraw, PanelSeat
from kiosk.models.consent import Consent
from kiosk.models.register import Resident
from kiosk.services.access.roles import holders
from kiosk.services.cases.conflict_of_interest import why_involved
from kiosk.services.consent.consents import CONSENT_TEXT_VERSION, enrolled_among
from kiosk.services.ledger import log, lot
from kiosk.services.work import Work

SEATS = 3
Candidate = tuple[int, int]
"""Resident and household."""


def draw(work: Work, case: Case) -> bool:
    """Draw a panel for a case, in the caller's transaction; False when too few can be drawn."""
    candidates = candidates_of(work.session, case)
    if len(_in_order("", candidates)) < SEATS:
        return False
    listed = [list(each) for each in candidates]
    about = {"case": case.id, "reference": case.reference}
    log.append(work, "panel_list", {**about, "candidates": listed})
    head = log.head(work.session)
    seed = lot.seed_of(head.root, case.reference)
    seated = seated_by(seed, candidates)
    seats = [PanelSeat(case_id=case.id, resident_id=each) for each in seated]
    work.session.add_all(seats)
    work.session.flush()
    drawn = {"size": head.size, "seed": seed, "seated": seated}
    index = log.append(work, "panel", {**about, **drawn, "seats": [each.id for each in seats]})
    work.session.add(
        PanelDraw(
            case_id=case.id,
            tree_size=head.size,
            seed=seed,
            candidates=listed,
            drawn_at=work.now,
            ledger_index=index,
        )
    )
    work.session.flush()
    return True


def candidates_of(session: Session, case: Case) -> tuple[Candidate, ...]:
    """Officers, and enrolled adults who agreed to serve, with no part in the case; by id."""
    return tuple(
        (resident_id, household_id)
        for resident_id, household_id in _who_serves(session)
        if not why_involved(session, case, resident_id, household_id)
        and not _had_a_hand_in(case, resident_id)
    )


def _who_serves(session: Session) -> list[Candidate]:
    """Officers, and enrolled adults whose consent to sit on panels stands; by id."""
    officers = select(RoleGrant.resident_id).where(
        RoleGrant.role.in_(holders("hear_appeal")), RoleGrant.in_office
    )
    lay = select(Consent.resident_id).where(
        Consent.purpose == "panel",
        Consent.text_version == CONSENT_TEXT_VERSION,
        Consent.withdrawn_at.is_(None),
    )
    in_office = set(session.scalars(officers))
    willing = in_office | enrolled_among(session, session.scalars(lay).all())
    people = select(Resident.id, Resident.household_id).where(
        Resident.id.in_(willing), Resident.active
    )
    found = session.execute(people.order_by(Resident.id))
    return [(resident_id, household_id) for resident_id, household_id in found]


def next_of(session: Session, case_id: int) -> int | None:
    """Who follows when a member steps aside: the next in the draw who would serve today."""
    drawn = session.get_one(PanelDraw, case_id)
    seats = session.scalars(select(PanelSeat).where(PanelSeat.case_id == case_id)).all()
    sitting = {seat.resident_id for seat in seats if seat.left_at is None}
    had = {seat.resident_id for seat in seats}
    serving = {resident_id for resident_id, _ in _who_serves(session)}
    return following(drawn.seed, pairs(drawn.candidates), serving - had, sitting)


def following(
    seed: str, candidates: Sequence[Candidate], free: Collection[int], sitting: Collection[int]
) -> int | None:
    """The next in the draw who is free to take a seat, and of whose household nobody sits."""
    households = dict(candidates)
    taken = {households[each] for each in sitting}
    ranked = lot.ranked(seed, households)
    return next((each for each in ranked if each in free and households[each] not in taken), None)


def drawn_again(session: Session, case_id: int) -> tuple[int, ...]:
    """The three whom the recorded list and the log's root seat: computed anew, for the check.

    Raises:
        ValueError: the recorded seed is not that of the root.
    """
    drawn, case = session.get_one(PanelDraw, case_id), session.get_one(Case, case_id)
    seed = lot.seed_of(log.root_at(session, drawn.tree_size), case.reference)
    if seed != drawn.seed:
        raise ValueError("the seed is not that of the log")
    return tuple(seated_by(seed, pairs(drawn.candidates)))


def seated_by(seed: str, candidates: Sequence[Candidate]) -> list[int]:
    """The three whom the seed seats."""
    return _in_order(seed, candidates)[:SEATS]


def _had_a_hand_in(case: Case, resident_id: int) -> bool:
    return any(move.actor_id == resident_id for move in case.moves)


def _in_order(seed: str, candidates: Sequence[Candidate]) -> list[int]:
    """One of each household, in the order of the draw."""
    households, seen, order = dict(candidates), set[int](), []
    for resident_id in lot.ranked(seed, households):
        if households[resident_id] not in seen:
            seen.add(households[resident_id])
            order.append(resident_id)
    return order


def pairs(listed: Sequence[Sequence[int]]) -> list[Candidate]:
    """The list of candidates as it is kept: an id of a resident and one of a household each."""
    return [(each[0], each[1]) for each in listed]
