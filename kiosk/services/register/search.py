"""Finding a neighbour while typing: by name, pinyin, initials or house number.

Rows come in the order of a dictionary: first the surnames that were typed (li: 李, 黎), then
the names that begin with it (梁, 林), then those that have it further on; each by name and house,
never by anything else (charter 7).
"""

from __future__ import annotations

import json
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, case, func, literal, select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.models.register import Household, Resident, SearchTerm
from kiosk.services.consent.consents import enrolled_among
from kiosk.services.register.name_readings import AFTER_ANY, CODE_MARK, fold, is_han, name_ranges
from kiosk.services.register.vocabulary import household_sign
from kiosk.services.village import Village

MOST_ROWS = 20
_MORE = 3 * MOST_ROWS
_LEAST_LETTERS = 2
_LONGEST_HOUSE_NUMBER = 4


@dataclass(frozen=True, kw_only=True)
class SearchRow:
    """One row: a neighbour's name and house, and what that neighbour chose to share."""

    resident_id: int
    name: str
    pinyin: str
    lane: str
    number: str
    premises: str
    enrolled: bool
    shared: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchResult:
    """At most twenty rows, and how many people there are in all."""

    typed: str
    rows: tuple[SearchRow, ...]
    total: int
    too_short: bool


def search(village: Village, typed: str) -> SearchResult:
    """Find active residents by what was `typed` so far.

    From two letters, one Chinese character or one digit on; spaces, case, tone marks and
    full-width forms do not matter. `total` is exact.
    """
    sought = sought_prefix(typed)
    if sought is None:
        return SearchResult(typed, (), 0, too_short=True)
    with village.read() as session:
        total, first = _first_ids(session, sought)
        rows = _rows(session, first, name_ranges(sought))
        return SearchResult(typed, rows, total, too_short=False)


def sought_prefix(typed: str) -> str | None:
    """The prefix of terms that `typed` asks for; None if it is too short."""
    folded = fold(typed)
    if not folded:
        return None
    if folded[0] == household_sign() and folded[1:2].isdigit():
        return CODE_MARK + folded[1:]
    if folded.isdecimal():
        is_code = folded[0] == "0" or len(folded) > _LONGEST_HOUSE_NUMBER
        return CODE_MARK + folded if is_code else folded
    if len(folded) < _LEAST_LETTERS and not is_han(folded[0]):
        return None
    return folded


def matching(sought: str) -> tuple[ColumnElement[bool], ...]:
    """The conditions on `SearchTerm` that hold for one row of each resident behind a prefix."""
    return (
        SearchTerm.term >= sought,
        SearchTerm.term < sought + AFTER_ANY,
        SearchTerm.shared < len(sought),
    )


def _first_ids(session: Session, sought: str) -> tuple[int, list[int]]:
    """How many match, and the ids among which the first rows are.

    `name_order` holds only the start of a name, so everybody level with the last row comes along.
    """
    found = matching(sought)
    near = _nearness(name_ranges(sought))
    by_name = (near, SearchTerm.name_order)
    ordered = select(*by_name, SearchTerm.resident_id).where(*found)
    some = session.execute(ordered.order_by(*by_name).limit(_MORE)).all()
    if len(some) < _MORE:
        return len(some), [row.resident_id for row in some]
    total = session.scalar(select(func.count()).select_from(SearchTerm).where(*found)) or 0
    last = tuple(some[MOST_ROWS - 1][:2])
    if tuple(some[-1][:2]) == last:
        level = (near == last[0]) & (SearchTerm.name_order <= last[1])
        some = session.execute(ordered.where((near < last[0]) | level)).all()
    return total, [row.resident_id for row in some if tuple(row[:2]) <= last]


def _nearness(ranges: tuple[range, ...]) -> ColumnElement[int]:
    """Which of `ranges` holds a name first, as `_place_among` says it."""
    cases = [
        (SearchTerm.name_order.between(each.start, each.stop - 1), place)
        for place, each in enumerate(ranges)
    ]
    nearness = case(*cases, else_=len(ranges)) if cases else literal(0)
    return nearness.label("nearness")


def _place_among(ranges: tuple[range, ...], order: int) -> int:
    return next((place for place, each in enumerate(ranges) if order in each), len(ranges))


def _rows(
    session: Session, resident_ids: list[int], ranges: tuple[range, ...]
) -> tuple[SearchRow, ...]:
    people = session.execute(
        select(Resident, Household)
        .join(Household)
        .where(Resident.id.in_(resident_ids), Resident.active)
    ).all()
    ordered = sorted(
        people,
        key=lambda row: (_place_among(ranges, row[0].name_order), *name_place(row[0], row[1])),
    )[:MOST_ROWS]
    enrolled = enrolled_among(session, [resident.id for resident, _ in ordered])
    return tuple(
        SearchRow(
            resident_id=resident.id,
            name=resident.name,
            pinyin=resident.pinyin,
            lane=house.lane,
            number=house.number,
            premises=house.premises,
            enrolled=resident.id in enrolled,
        )
        for resident, house in ordered
    )


def name_place(resident: Resident, house: Household) -> tuple[object, ...]:
    """Where a row stands in a list of people: by name, then by house."""
    return (
        resident.name_order,
        resident.pinyin,
        resident.name,
        *house_place(house.lane, house.number),
        resident.id,
    )


def house_place(lane: str, number: str) -> tuple[object, ...]:
    """Where a house stands in its village: by lane, then number 2 before number 10."""
    digits = "".join(ch if ch.isdecimal() else " " for ch in number).split()
    return lane, [int(each) for each in digits], number


@dataclass(frozen=True)
class Limit:
    """So many different searches within so many seconds."""

    searches: int
    seconds: float


LIMITS = (Limit(30, 60), Limit(150, 900))
"""A name typed in pinyin is about ten searches, one more with each letter. Thirty a minute let a
person look up three neighbours in a row; 150 in a quarter of an hour let a queue of villagers pass,
while typing every pair of letters would take more than an hour in front of everybody's eyes."""


class Throttle:
    """Keeps a terminal from being used to page through the village.

    The same text again is free, so that deleting letters and a second look cost nothing. When each
    search was made, not what was looked for, is kept in `file`: whoever starts the kiosk anew waits
    as long as before. Where the file cannot be read or written, it is kept in memory alone.
    """

    def __init__(self, seconds: Callable[[], float] = time.time, file: Path | None = None) -> None:
        self._seconds, self._file = seconds, file
        self._made = OrderedDict((f"{n} before", at) for n, at in enumerate(_kept(file, seconds())))

    def admit(self, typed: str) -> None:
        """Let a search for `typed` pass, and count it.

        Raises:
            ExpectedError: ``search_throttled`` with the seconds to wait.
        """
        sought = sought_prefix(typed)
        if sought is None:
            return
        now = self._seconds()
        self._forget(now)
        if sought in self._made:
            return
        wait = max(self._wait(limit, now) for limit in LIMITS)
        if wait > 0:
            raise ExpectedError("search_throttled", math.ceil(wait))
        self._made[sought] = now
        self._keep()

    def _forget(self, now: float) -> None:
        longest = max(limit.seconds for limit in LIMITS)
        while self._made and next(iter(self._made.values())) <= now - longest:
            self._made.popitem(last=False)
        if self._made and next(reversed(self._made.values())) > now:  # the clock was set back
            self._made = OrderedDict((text, min(at, now)) for text, at in self._made.items())

    def _keep(self) -> None:
        if self._file is None:
            return
        with suppress(OSError):
            self._file.touch(mode=0o600)
            self._file.write_text(json.dumps([*self._made.values()]), "utf-8")

    def _wait(self, limit: Limit, now: float) -> float:
        """Seconds until `limit` has room again; 0 or less if it has room now."""
        if len(self._made) < limit.searches:
            return 0
        made = list(self._made.values())[-limit.searches]
        return made + limit.seconds - now


def _kept(file: Path | None, now: float) -> list[float]:
    """The moments in a file that a `Throttle` kept, none of them later than `now`.

    A file that says something else was spoilt by hand: then every search that there may be counts
    as made just now, and spoiling it gains nothing.
    """
    if file is None or not file.exists():
        return []
    most = max(limit.searches for limit in LIMITS)
    try:
        told = json.loads(file.read_text("utf-8"))
        return sorted(min(float(each), now) for each in told)[-most:]
    except (OSError, ValueError, TypeError):
        return [now] * most
