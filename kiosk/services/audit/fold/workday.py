"""The days of the office, as the log gives them: opened by one, closed by two.

Of what was reserved by somebody who left nothing is told any more: the books had at least as many
pieces as the log still gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from kiosk.models.perks import Perk, Redemption
from kiosk.models.workday import Workday
from kiosk.services.audit.fold import access, apart
from kiosk.services.audit.fold.compare import SLACK
from kiosk.services.audit.fold.days import days_of
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.takers import takes
from kiosk.services.ledger.contents import Told
from kiosk.services.workday import counting, days
from kiosk.services.workday.counting import Count


@takes(days.DAY_OPENED)
def day_opened(state: State, entry: Entry, told: Told) -> None:
    """A day begins, on itself, once, and after every other."""
    day = date.fromisoformat(told["day"])
    before = _newest(state)
    _in_office(state, told["by"])
    if day not in days_of(entry):
        state.not_allowed("on another day")
    if before is not None and before.day >= day:
        state.not_allowed("was opened")
    _check_counts(state, told["counts"])
    row = {"opened_at": entry.at, "opened_by_id": told["by"], "opened_with": told["counts"]}
    state.put(Workday, day=day, **row)


@takes(days.DAY_CLOSED)
def day_closed(state: State, entry: Entry, told: Told) -> None:
    """The newest day ends, once, by two in office who live apart."""
    day, by, second = date.fromisoformat(told["day"]), told["by"], told["second"]
    before = _newest(state)
    for each in (by, second):
        _in_office(state, each)
    if apart.of_one_household(state, by, second):
        state.not_allowed("by one household")
    if before is None or before.day != day or before.closed_at is not None:
        state.not_allowed("was closed")
    _check_counts(state, told["counts"])
    signed = {"closed_by_id": by, "second_id": second}
    state.change(Workday, {"day": day}, closed_at=entry.at, closed_with=told["counts"], **signed)


@takes(days.DAY_REOPENED)
def day_reopened(state: State, entry: Entry, told: Told) -> None:
    """One of the two takes the closing back within ten minutes; what was counted is no more."""
    before = _newest(state)
    if before is None or before.day.isoformat() != told["day"] or before.closed_at is None:
        state.not_allowed("was not closed")
    if told["by"] not in (before.closed_by_id, before.second_id):
        state.not_allowed("somebody else's")
    if entry.at > before.closed_at + days.TAKEN_BACK_WITHIN + SLACK:
        state.not_allowed("too late")
    nothing = dict.fromkeys(("closed_at", "closed_by_id", "second_id", "closed_with"))
    state.change(Workday, {"day": before.day}, **nothing)


def _newest(state: State) -> Any:
    return max(state.rows(Workday), key=lambda each: each.day, default=None)


def _check_counts(state: State, rows: Iterable[dict[str, Any]]) -> None:
    """Each thing once, with a number that can be, beside what there should be, and explained."""
    counts, before = counting.read(rows), _newest(state)
    known = [] if before is None else before.closed_with or before.opened_with
    last = {each.item: each.counted for each in counting.read(known)}
    items = [each.item for each in counts]
    if len(set(items)) < len(items) or not {*items} >= {*counting.PAPERS}:
        state.not_allowed("not everything counted")
    if not all(counting.fits(each) for each in counts):
        state.not_allowed("not explained")
    if not all(_is_expected(state, each, last) for each in counts):
        state.not_allowed("not what there should be")


def _is_expected(state: State, count: Count, last: dict[str, int]) -> bool:
    perk = counting.perk_of(count.item)
    if perk is None:
        return count.item in counting.PAPERS and count.expected == last.get(count.item)
    kept = len(state.rows(Redemption, perk_id=perk, state="reserved"))
    there = counting.on_shelf(state.get(Perk, id=perk), kept)
    return count.expected is not None and count.expected >= there


def _in_office(state: State, by: int) -> None:
    if access.held(state, by).isdisjoint(days.MAY):
        state.not_allowed("without the office")
