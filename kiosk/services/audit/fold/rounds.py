"""Rounds of visits, as the log gives them: every lot is drawn again, every look reckoned anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kiosk.core.clock import village_day
from kiosk.models.rounds import Inspector, Visit, VisitRound
from kiosk.services.access.roles import may
from kiosk.services.audit.fold import apart, near
from kiosk.services.audit.fold.access import held
from kiosk.services.audit.fold.checklists import check_opened_by
from kiosk.services.audit.fold.days import days_of
from kiosk.services.audit.fold.hall import open_days_of
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.takers import takes
from kiosk.services.ledger import lot
from kiosk.services.ledger.contents import Told
from kiosk.services.stars import lots, ratings
from kiosk.services.stars.terms import (
    AGAIN,
    EFFECTIVE,
    FIRST,
    INSPECTOR_ANSWERED,
    INSPECTORS_DRAWN,
    INSPECTORS_LISTED,
    MISSED,
    NO,
    OPEN,
    ROUND_CLOSED,
    ROUND_OPENED,
    SEATS,
    TOLD,
    VISITS_DRAWN,
    VISITS_LISTED,
    YES,
    invited_about,
    last_day,
    reply_ends,
    visits_about,
)


@takes(ROUND_OPENED)
def round_opened(state: State, entry: Entry, told: Told) -> None:
    """Two officers open a quarter's round, once, after the one before it was closed."""
    both, year, quarter = (told["by"], told["second"]), told["year"], told["quarter"]
    if apart.of_one_household(state, *both) or any(
        "officer" not in held(state, each) for each in both
    ):
        state.not_allowed("without two officers")
    if state.rows(VisitRound, year=year, quarter=quarter) or state.rows(VisitRound, closed_at=None):
        state.not_allowed("was opened")
    if ratings.first_day(year, quarter) > max(days_of(entry)):
        state.not_allowed("a quarter to come")
    check_opened_by(state, entry, told["rubric"], told["digest"])
    state.put(
        VisitRound,
        id=told["round"],
        year=year,
        quarter=quarter,
        rubric=told["rubric"],
        digest=told["digest"],
        first_id=told["by"],
        second_id=told["second"],
        opened_at=entry.at,
        candidates=[],
        invited_by="",
        pool=[],
        seed="",
    )
    state.owe(INSPECTORS_LISTED)


@takes(INSPECTORS_LISTED)
def inspectors_listed(state: State, entry: Entry, told: Told) -> None:
    """Who could be invited is written down before the lot; officers inspect by their office."""
    if any(not may("inspect_household", held(state, each)) for each in told["officers"]):
        state.not_allowed("without the office")
    for who, _ in told["candidates"]:
        if not near.is_enrolled(state, who):
            state.not_allowed_unless_gone("somebody who has not joined", who)
    state.change(VisitRound, {"id": told["round"]}, candidates=told["candidates"])
    for who in told["officers"]:
        said = {"answer": YES, "answered_at": entry.at}
        state.put(Inspector, round_id=told["round"], resident_id=who, place=0, **said)
    state.owe(INSPECTORS_DRAWN)


@takes(INSPECTORS_DRAWN)
def inspectors_drawn(state: State, entry: Entry, told: Told) -> None:
    """So many are invited, in the order that the log's own root gives."""
    _check_seed(state, entry, told, invited_about(told["round"]))
    of = state.get(VisitRound, id=told["round"])
    order = lot.ranked(told["seed"], dict(lots.candidates(of.candidates)))
    if told["invited"] != order[: len(told["invited"])]:
        state.not_allowed("not whom the lot invites")
    state.change(VisitRound, {"id": of.id}, invited_by=told["seed"])
    for place, who in enumerate(told["invited"], start=1):
        state.put(Inspector, round_id=of.id, resident_id=who, place=place, answer="")


@takes(INSPECTOR_ANSWERED)
def inspector_answered(state: State, entry: Entry, told: Told) -> None:
    """Somebody agrees to inspect, or is followed by the next of the list."""
    of = {"round_id": told["round"], "resident_id": told["inspector"]}
    asked, follows = state.get(Inspector, **of), told["follows"]
    if asked.place == 0 or told["answer"] not in (YES, NO):
        state.not_allowed("was not asked")
    state.change(Inspector, of, answer=told["answer"], answered_at=entry.at)
    if follows is None:
        return
    rows = state.rows(Inspector, round_id=told["round"])
    listed = state.get(VisitRound, id=told["round"])
    order = lot.ranked(listed.invited_by, dict(lots.candidates(listed.candidates)))
    left = [each for each in order if each not in {row.resident_id for row in rows}]
    if follows not in left or any(
        near.is_enrolled(state, each, False) for each in _until(left, follows)
    ):
        state.not_allowed("not who follows")
    place = 1 + max(each.place for each in rows)
    state.put(Inspector, round_id=told["round"], resident_id=follows, place=place, answer="")


@takes(VISITS_LISTED)
def visits_listed(state: State, _entry: Entry, told: Told) -> None:
    """Who could be drawn for which household is written down before the lot."""
    of = state.get(VisitRound, id=told["round"])
    if of.seed:
        state.not_allowed("was drawn")
    pool = lots.candidates(told["pool"])
    for who, _ in pool:
        if not near.serves(state, of.id, who):
            state.not_allowed_unless_gone("somebody who does not inspect", who)
    state.change(VisitRound, {"id": of.id}, pool=told["pool"])
    for number, home, code, premises, barred, doors in told["visits"]:
        near.check_barred(state, lots.barred(home, doors, near.kin(state, home), pool), barred)
        about = {"round_id": of.id, "household_id": home, "code": code, "premises": premises}
        blank = {"look": FIRST, "state": OPEN, "stars": {}}
        state.put(Visit, id=number, barred=barred, **about, **blank)
    state.owe(VISITS_DRAWN)


@takes(VISITS_DRAWN)
def visits_drawn(state: State, entry: Entry, told: Told) -> None:
    """The pairs are those that the log's own root gives, and not those of the round before."""
    _check_seed(state, entry, told, visits_about(told["round"]))
    state.change(VisitRound, {"id": told["round"]}, seed=told["seed"], drawn_at=entry.at)
    pool = lots.candidates(state.get(VisitRound, id=told["round"]).pool)
    for number, *pair in told["seats"]:
        visit = state.get(Visit, id=number)
        free = [each for each in pool if each[0] not in visit.barred]
        before = near.the_two_before(state, visit)
        if pair != lots.seats(told["seed"], visit.code, free, (), SEATS[FIRST], before):
            state.not_allowed("not whom the lot seats")
        near.seat(state, visit, [[place, who] for place, who in enumerate(pair, start=1)])


@takes(ROUND_CLOSED)
def round_closed(state: State, entry: Entry, told: Told) -> None:
    """An officer ends a round, or its time does: what nobody looked at is over."""
    of, by = state.get(VisitRound, id=told["round"]), told["by"]
    if of.closed_at is not None:
        state.not_allowed("was closed")
    if by is not None and "officer" not in held(state, by):
        state.not_allowed("without the office")
    if by is None and max(days_of(entry)) <= last_day(of.year, of.quarter):
        state.not_allowed("not in its time")
    state.change(VisitRound, {"id": of.id}, closed_at=entry.at, closed_by=by)
    for visit in state.rows(Visit, round_id=of.id, state=OPEN):
        mine: dict[str, Any] = {"id": visit.id}
        if visit.look == FIRST:
            state.change(Visit, mine, state=MISSED, ended_at=entry.at)
        elif visit.look == AGAIN and visit.effective_at is not None:
            state.change(Visit, mine, look=FIRST, state=EFFECTIVE)
        elif visit.look == AGAIN:
            due = reply_ends(open_days_of(state), village_day(entry.at))
            state.change(Visit, mine, look=FIRST, state=TOLD, due_at=due)


def _check_seed(state: State, entry: Entry, told: Told, about: str) -> None:
    root = state.root_at(told["size"])
    if told["size"] != entry.index or (root and told["seed"] != lot.seed_of(root, about)):
        state.not_allowed("not the seed of the log")


def _until(order: Sequence[int], who: int) -> Sequence[int]:
    return order[: order.index(who)]
