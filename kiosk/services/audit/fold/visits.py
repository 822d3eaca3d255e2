"""Visits, as the log gives them: who follows in the draw, and what the looks give together."""

from __future__ import annotations

from typing import Any

from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.models.rounds import Visit, VisitReply, VisitRound, VisitSeat
from kiosk.models.stars import Rating, StarRound
from kiosk.services.access.roles import may
from kiosk.services.audit.fold import near
from kiosk.services.audit.fold.access import held
from kiosk.services.audit.fold.checklists import named
from kiosk.services.audit.fold.compare import SLACK
from kiosk.services.audit.fold.hall import open_days_of
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.takers import takes
from kiosk.services.ledger.contents import Told
from kiosk.services.stars import lots, outcomes, rubrics
from kiosk.services.stars.terms import (
    AGAIN,
    APPEAL,
    APPEAL_DAYS,
    EFFECTIVE,
    FIRST,
    GONE,
    HOUSEHOLD_LOOKED,
    LAPSED,
    LOOK_ASKED,
    MISSED,
    OPEN,
    OWN,
    SEATS,
    THIRD,
    TO_TELL,
    TOLD,
    UNDER_WAY,
    VISIT_AGREED,
    VISIT_OVER,
    VISIT_SCORED,
    VISIT_SEATED,
    VISIT_TOLD,
    end_of,
    reply_ends,
)


@takes(VISIT_SEATED)
def visit_seated(state: State, entry: Entry, told: Told) -> None:
    """The next in the draw look, beside who sits or in somebody's place."""
    visit = state.get(Visit, id=told["visit"])
    of = state.get(VisitRound, id=visit.round_id)
    if visit.state != OPEN or visit.look != told["look"]:
        state.not_allowed("no look is made")
    if told["left"] is not None:
        seat = {"visit_id": visit.id, "number": told["left"], "left_at": None, "scored_at": None}
        if not state.change(VisitSeat, seat, left_at=entry.at, left_why=told["why"]):
            state.not_allowed("not a seat to leave")
    sits, beside = _sitting(state, visit), lots.candidates(told["beside"])
    if {each.resident_id for each in sits} != {who for who, _ in beside}:
        state.not_allowed("not who sits")
    free = lots.candidates(told["free"])
    near.check_free(state, visit, free, told["doors"])
    more = told["why"] == THIRD or told["left"] is not None
    if told["why"] == THIRD and not _is_apart(state, visit):
        state.not_allowed("nobody needs a third look")
    wanted = lots.wanted(SEATS[visit.look], len(sits), more)
    before = near.the_two_before(state, visit) if visit.look == FIRST else ()
    order = lots.seats(of.seed, visit.code, free, beside, wanted, before)
    if [who for _, who in told["seats"]] != order:
        state.not_allowed("not whom the lot seats")
    near.seat(state, visit, told["seats"])


@takes(HOUSEHOLD_LOOKED)
def household_looked(state: State, entry: Entry, told: Told) -> None:
    """A household looks at itself, once: nothing follows from it."""
    visit = state.get(Visit, id=told["visit"])
    if visit.state != OPEN or state.rows(VisitSeat, visit_id=visit.id, number=OWN):
        state.not_allowed("was looked at")
    near.check_lives_there(state, visit, told["by"])
    state.put(
        VisitSeat,
        visit_id=visit.id,
        number=OWN,
        look=OWN,
        resident_id=told["by"],
        **_scored(entry, told),
    )
    _stars(state, visit, told)


@takes(VISIT_SCORED)
def visit_scored(state: State, entry: Entry, told: Told) -> None:
    """A look is in, from the seat of who was drawn; after the last, what they give together."""
    visit = state.get(Visit, id=told["visit"])
    seat = {
        "visit_id": visit.id,
        "number": told["number"],
        "resident_id": told["by"],
        "look": visit.look,
        "left_at": None,
        "scored_at": None,
    }
    scored = _scored(entry, told)
    if visit.state != OPEN or told["number"] == OWN or not state.change(VisitSeat, seat, **scored):
        state.not_allowed("no seat to look from")
        return
    if near.is_near(state, visit, told["by"]):
        state.not_allowed("of the household, related or next door")
    if told["entered_by"] != told["by"]:
        _check_enters(state, visit, told["entered_by"])
    _stars(state, visit, told)
    sits = _sitting(state, visit)
    if len(sits) < SEATS[visit.look] or any(each.scored_at is None for each in sits):
        return
    if _is_apart(state, visit):
        return
    stars = outcomes.together(_looks(state, visit))
    if stars:
        state.change(Visit, {"id": visit.id}, stars=stars, state=TO_TELL, due_at=None)
    else:
        state.owe(VISIT_OVER)


@takes(VISIT_TOLD)
def visit_told(state: State, entry: Entry, told: Told) -> None:
    """The household read what was seen, or has it in hand: its time to reply begins."""
    visit = state.get(Visit, id=told["visit"])
    if visit.state != TO_TELL:
        state.not_allowed("nothing to tell")
    if told["by"] is not None and not may("tell_household", held(state, told["by"])):
        state.not_allowed("without the office")
    if told["by"] is None:
        near.check_lives_there(state, visit, told["to"], "somebody else was told")
    due = reply_ends(open_days_of(state), village_day(entry.at))
    state.change(Visit, {"id": visit.id}, state=TOLD, told_at=entry.at, due_at=due)


@takes(VISIT_AGREED)
def visit_agreed(state: State, entry: Entry, told: Told) -> None:
    """An adult of the household agrees."""
    visit = state.get(Visit, id=told["visit"])
    if visit.state != TOLD or told["look"] != visit.look:
        state.not_allowed("nothing to agree to")
    near.check_lives_there(state, visit, told["by"])
    said = {"resident_id": told["by"], "look": told["look"], "at": entry.at}
    state.put(VisitReply, visit_id=visit.id, **said)


@takes(LOOK_ASKED)
def look_asked(state: State, entry: Entry, told: Told) -> None:
    """A household wants a new look, or appeals: what it appeals counts for nothing until then."""
    visit, look = state.get(Visit, id=told["visit"]), told["look"]
    of = state.get(VisitRound, id=visit.round_id)
    if visit.state not in (TOLD, EFFECTIVE) or not visit.look < look <= APPEAL:
        state.not_allowed("no look to ask for")
    if look == AGAIN and of.closed_at is not None:
        state.not_allowed("the round is closed")
    near.check_lives_there(state, visit, told["by"])
    due = end_of(village_day(entry.at), APPEAL_DAYS) if look == APPEAL else None
    if look == APPEAL and visit.state == EFFECTIVE:
        state.change(Rating, _rated(state, visit), contested=True)
    state.change(Visit, {"id": visit.id}, look=look, state=OPEN, due_at=due)


@takes(VISIT_OVER)
def visit_over(state: State, entry: Entry, told: Told) -> None:
    """It ends without stars: the household keeps what it had, but for what it appealed."""
    visit, ends_as = state.get(Visit, id=told["visit"]), told["state"]
    if visit.state not in UNDER_WAY or ends_as not in (MISSED, LAPSED, GONE):
        state.not_allowed("was over")
    if ends_as == LAPSED and visit.look == APPEAL and visit.state == OPEN:
        if entry.at + SLACK < visit.due_at:
            state.not_allowed("not in its time")
        state.drop(Rating, **_rated(state, visit))
    change = {"state": ends_as, "ended_at": entry.at, "due_at": None}
    state.change(Visit, {"id": visit.id}, **change)


def take_effect(state: State, entry: Entry, told: Told) -> None:
    """Stars that a visit gives: told before, agreed to or the time to reply over, and no others."""
    visit = state.get(Visit, id=told["visit"])
    of = state.get(VisitRound, id=visit.round_id)
    if (of.year, of.quarter, visit.household_id) != (
        told["year"],
        told["quarter"],
        told["household"],
    ) or told["stars"] != visit.stars:
        state.not_allowed("not what was seen")
    said = {each.resident_id for each in state.rows(VisitReply, visit_id=visit.id, look=visit.look)}
    had_time = entry.at + SLACK >= visit.due_at or visit.look == APPEAL
    if visit.state != TOLD or not (had_time or near.adults(state, visit) <= said):
        state.not_allowed("before its time")
    if len([each for each in _sitting(state, visit) if each.scored_at is not None]) < SEATS[FIRST]:
        state.not_allowed("fewer than two looked")
    state.drop(Rating, **_rated(state, visit))
    state.change(Visit, {"id": visit.id}, state=EFFECTIVE, effective_at=entry.at, due_at=None)


def _check_enters(state: State, visit: Any, by: int) -> None:
    """Another's sheet is entered in office, and by nobody who looks there, too."""
    if not may("enter_sheet", held(state, by)):
        state.not_allowed("without the office")
    if by in {each.resident_id for each in _sitting(state, visit)}:
        state.not_allowed("both by one hand")


def _rated(state: State, visit: Any) -> dict[str, Any]:
    """Which rows are the stars of a visit's quarter; none where that has none yet."""
    of = state.get(VisitRound, id=visit.round_id)
    star_round = state.get(StarRound, year=of.year, quarter=of.quarter)
    number = star_round.id if star_round is not None else None
    return {"household_id": visit.household_id, "round_id": number}


def _scored(entry: Entry, told: Told) -> dict[str, Any]:
    said = {name: told[name] for name in ("answers", "put_forward", "entered_by")}
    return {**said, "scored_at": entry.at}


def _sitting(state: State, visit: Any) -> list[Any]:
    rows = state.rows(VisitSeat, visit_id=visit.id, look=visit.look, left_at=None)
    return [each for each in rows if each.number != OWN]


def _looks(state: State, visit: Any) -> list[dict[str, int]]:
    return [
        _given(state, visit, each.answers, each.put_forward)
        for each in _sitting(state, visit)
        if each.scored_at is not None
    ]


def _stars(state: State, visit: Any, told: Told) -> None:
    """Answers that give no stars are none of the checklist's."""
    _given(state, visit, told["answers"], told["put_forward"])


def _given(state: State, visit: Any, answers: Any, put_forward: Any) -> dict[str, int]:
    """What a look gives by itself.

    Raises:
        LookupError, ValueError: answers to no checklist, or to a part of one.
    """
    of = state.get(VisitRound, id=visit.round_id)
    try:
        return rubrics.stars_of(named(state, of.rubric).of(visit.premises), answers, put_forward)
    except ExpectedError as refusal:
        raise ValueError(refusal.code) from refusal


def _is_apart(state: State, visit: Any) -> bool:
    looks = _looks(state, visit)
    alone = len(looks) == SEATS[visit.look] and visit.look != APPEAL
    return alone and len(_sitting(state, visit)) == len(looks) and outcomes.too_far_apart(looks)
