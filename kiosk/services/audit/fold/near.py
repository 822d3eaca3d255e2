"""Who may look at which household, by what the log says; of who left it says nothing any more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from kiosk.core.clock import village_day
from kiosk.models.consent import Pause
from kiosk.models.register import DeclaredRelative, Resident
from kiosk.models.rounds import Inspector, Visit, VisitRound, VisitSeat
from kiosk.services.access.roles import may
from kiosk.services.audit.fold import consent
from kiosk.services.audit.fold.access import held
from kiosk.services.audit.fold.state import State
from kiosk.services.audit.fold.stored import UNSAID
from kiosk.services.consent.agreements import must_agree
from kiosk.services.stars import lots
from kiosk.services.stars.lots import Candidate
from kiosk.services.stars.terms import FIRST, SEATS, YES


def check_barred(state: State, found: Collection[int], barred: Collection[int]) -> None:
    """Nobody near is drawn, and nobody is left out; of who left, the log knows no kin any more.

    Who lives next door it says itself: of a plate it has a digest alone.
    """
    if set(found) - set(barred) or (set(barred) - set(found) and not state.erased):
        state.not_allowed("not who is near")


def check_free(state: State, visit: Any, free: Sequence[Candidate], doors: Collection[int]) -> None:
    """Everybody who serves and is not near can be drawn, and nobody else."""
    had = {each.resident_id for each in state.rows(VisitSeat, visit_id=visit.id) if each.number}
    asked = state.rows(Inspector, round_id=visit.round_id, answer=YES)
    can = {
        each.resident_id
        for each in asked
        if each.resident_id not in had
        and serves(state, visit.round_id, each.resident_id)
        and not is_near(state, visit, each.resident_id, doors)
    }
    said = {who for who, _ in free}
    for who in said - can:
        state.not_allowed_unless_gone("not who could be drawn", who)
    if can - said and not state.erased:
        state.not_allowed("not who could be drawn")


def seat(state: State, visit: Any, seats: Sequence[Sequence[int]]) -> None:
    """Empty seats, each a number and whose it is, for the present look."""
    for number, who in seats:
        blank: dict[str, Any] = {"answers": {}, "put_forward": []}
        about = {"visit_id": visit.id, "number": number, "resident_id": who}
        state.put(VisitSeat, look=visit.look, **about, **blank)


def the_two_before(state: State, visit: Any) -> list[int]:
    """The two who looked at a household in the round before."""
    rounds = [each.id for each in state.rows(VisitRound) if each.id < visit.round_id]
    earlier = state.get(Visit, household_id=visit.household_id, round_id=max(rounds, default=0))
    if earlier is None:
        return []
    seats = state.rows(VisitSeat, visit_id=earlier.id, look=FIRST)
    looked = sorted((each.number, each.resident_id) for each in seats if each.scored_at)
    return [who for _, who in looked[: SEATS[FIRST]]]


def serves(state: State, round_id: int, resident_id: int) -> bool:
    """Who agreed, is here and does not pause; of who left the log knows nothing more."""
    asked = state.get(Inspector, round_id=round_id, resident_id=resident_id, answer=YES)
    if asked is None:
        return False
    if asked.place:
        return is_enrolled(state, resident_id)
    person = state.get(Resident, id=resident_id)
    resting = state.rows(Pause, resident_id=resident_id, ended_at=None)
    office = may("inspect_household", held(state, resident_id))
    return office and not resting and (person is None or person.active)


def is_enrolled(state: State, resident_id: int, unknown: bool = True) -> bool:
    """Whether somebody has joined; `unknown` of who left, of whom the log says nothing more."""
    person = state.get(Resident, id=resident_id)
    if person is None or person.name is UNSAID:
        return unknown
    return consent.enrolled(state, person)


def is_near(state: State, visit: Any, resident_id: int, doors: Collection[int] = ()) -> bool:
    """Whether somebody may not look at a household; `doors` are those next to it."""
    person, home = state.get(Resident, id=resident_id), visit.household_id
    if person is None:
        return False
    who = [(resident_id, person.household_id)]
    return bool(lots.barred(home, doors, kin(state, home), who))


def kin(state: State, household_id: int) -> set[int]:
    """Whom somebody who lives there declared as a relative."""
    people = {each.id for each in state.rows(Resident, household_id=household_id, active=True)}
    pairs = [
        pair
        for each in people
        for column in ("resident_id", "relative_id")
        for pair in state.rows(DeclaredRelative, **{column: each})
    ]
    return {each for pair in pairs for each in (pair.resident_id, pair.relative_id)} - people


def adults(state: State, visit: Any) -> set[int]:
    """Who replies for a household: the adults of it who take part."""
    people = state.rows(Resident, household_id=visit.household_id, active=True)
    days = village_day(state.entry.at)
    return {
        each.id
        for each in people
        if must_agree(each.born_on, days)
        and (consent.enrolled(state, each) or consent.standing(state, each.id, "household_sign"))
    }


def check_lives_there(
    state: State, visit: Any, resident_id: int, what: str = "somebody else"
) -> None:
    """Somebody replies for a household; of who left the log knows nothing more."""
    if resident_id not in adults(state, visit) and state.get(Resident, id=resident_id) is not None:
        state.not_allowed_unless_gone(what, resident_id)
