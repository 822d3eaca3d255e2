"""Who is too near to decide (charter 4), as the log gives it at the entry that is being taken in.

Of whom nothing is known any more, because they left since and their entries are erased, nothing is
asked: whatever they did was held to this while they were here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kiosk.models.cases import Case, CaseMove, Confirmation
from kiosk.models.register import DeclaredRelative, Resident
from kiosk.services.audit.fold.state import State
from kiosk.services.cases.conflict_of_interest import BACK_AT_THE_DESK


def home(state: State, resident_id: int | None) -> int | None:
    """The household of somebody who is here; None where the log does not know it any more.

    Who left may have come back, moved, and left again: of that time nothing is told any more.
    """
    person = state.get(Resident, id=resident_id)
    return person.household_id if person is not None and person.active else None


def of_one_household(state: State, one: int | None, other: int | None) -> bool:
    """Whether two people are known to live in one household, or are one."""
    there = home(state, one)
    return one == other or (there is not None and there == home(state, other))


def near(state: State, me: int, people: Iterable[int | None]) -> bool:
    """Whether somebody lives with one of `people`, is one of them, or a declared relative."""
    return any(of_one_household(state, me, each) or _related(state, me, each) for each in people)


def nearest(state: State, me: int) -> frozenset[int]:
    """Somebody, who is known to live with them, and their declared relatives."""
    house = home(state, me)
    there = state.rows(Resident, household_id=house, active=True) if house is not None else ()
    one, other = (
        state.rows(DeclaredRelative, **{side: me}) for side in ("resident_id", "relative_id")
    )
    relatives = [each.relative_id for each in one] + [each.resident_id for each in other]
    return frozenset((me, *(each.id for each in there), *relatives))


def involved(state: State, case: Any, me: int, then: frozenset[int] | None = None) -> bool:
    """Whether somebody leaves a case to others, as `conflict_of_interest.why_involved` says.

    Of a moment that is past, `then` says who was `nearest`.
    """
    merged = {each.reporter_id for each in state.rows(Case, merged_into_id=case.id)}
    people = {case.subject_id, case.reporter_id, *merged}
    return (
        bool(then & people)
        if then is not None
        else near(state, me, people)
        or bool(state.rows(Confirmation, case_id=case.id, confirmer_id=me))
        or _stands_aside(state.rows(CaseMove, case_id=case.id, actor_id=me), case.state)
    )


def _stands_aside(moves: Iterable[Any], now: str) -> bool:
    """They stepped aside, or declined the deed that is back at the desk."""
    made = [each.move for each in moves]
    steps = [each for each in made if each in ("recuse", "return")]
    return steps[-1:] == ["recuse"] or ("decline" in made and now in BACK_AT_THE_DESK)


def _related(state: State, one: int, other: int | None) -> bool:
    if other is None:
        return False
    low, high = sorted((one, other))
    return state.get(DeclaredRelative, resident_id=low, relative_id=high) is not None
