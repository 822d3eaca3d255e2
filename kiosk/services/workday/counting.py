"""What is counted at the beginning and the end of a day, and what has to be explained.

Paper is used without anybody writing it down, so that only more of it than before asks for a
reason. Of what the village gives for points the books say how many pieces must be on the shelf: any
other number asks for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import func, select

from kiosk.core.errors import ExpectedError
from kiosk.core.texts import NO_TEXT, Texts
from kiosk.models.perks import Perk, Redemption
from kiosk.models.workday import Workday
from kiosk.services.work import Work

PAPERS: Final = ("a4", "a5", "labels", "rolls")
"""Sheets of A4, A5 and labels, and rolls of receipt paper; words at ``workday.item_<item>``."""
REASONS: Final = ("brought", "spoilt", "given", "miscounted", "unknown")
"""Why there is another number than should be; words at ``workday.reason_<reason>``."""
MOST: Final = 99_999
NO_THING: Final = ("hall", "trip", "wish")
"""Pictures of perks that do not lie on a shelf."""
_PERK: Final = "perk_"


@dataclass(frozen=True)
class Count:
    """How many there were; `expected` is None for what was not counted before."""

    item: str
    counted: int
    expected: int | None
    reason: str = ""


@dataclass(frozen=True)
class Answer:
    """What somebody counted, and why it is another number, where that is asked."""

    item: str
    counted: int
    reason: str = ""


@dataclass(frozen=True)
class ToCount:
    """One thing that is to be counted; a perk has its title."""

    item: str
    expected: int | None
    title: Texts = NO_TEXT


def needs_reason(item: str, counted: int, expected: int | None) -> bool:
    """Whether this number has to be explained."""
    if expected is None:
        return False
    return counted > expected if item in PAPERS else counted != expected


def fits(count: Count) -> bool:
    """Whether a count says a number that can be, and a listed reason exactly where one is due."""
    needed = needs_reason(count.item, count.counted, count.expected)
    said = count.reason in REASONS if needed else not count.reason
    return 0 <= count.counted <= MOST and said


def to_count(work: Work) -> tuple[ToCount, ...]:
    """Everything there is to count now, and how many of each there should be."""
    before = {each.item: each.counted for each in last_counts(work)}
    papers = [ToCount(each, before.get(each)) for each in PAPERS]
    kept = dict(
        work.session.execute(
            select(Redemption.perk_id, func.count())
            .where(Redemption.state == "reserved")
            .group_by(Redemption.perk_id)
        ).all()
    )
    perks = work.session.scalars(select(Perk).order_by(Perk.id))
    shelf = [(each, on_shelf(each, kept.get(each.id, 0))) for each in perks]
    pieces = [ToCount(perk_item(each.id), there, each.title) for each, there in shelf if there]
    return (*papers, *pieces)


def counted(work: Work, answers: Iterable[Answer]) -> tuple[Count, ...]:
    """The answers beside what there should be now, in the order of `to_count`.

    Raises:
        ExpectedError: ``workday_number`` for a number that cannot be, ``workday_recount`` where
            something is not counted, or not there any more, ``workday_reason`` where a number has
            to be explained.
    """
    given = {each.item: each for each in answers}
    asked = to_count(work)
    if given.keys() != {each.item for each in asked}:
        raise ExpectedError("workday_recount")
    return tuple(_count(each, given[each.item]) for each in asked)


def on_shelf(perk: Any, kept: int) -> int:
    """How many pieces must be there, those `kept` for somebody included; none of what is no thing.

    Of what is not offered any more only what is kept for somebody is there still.
    """
    if perk.picture in NO_THING:
        return 0
    return kept if perk.ended_at is not None else int(perk.stock) + kept


def last_counts(work: Work) -> tuple[Count, ...]:
    """What was counted last, in a morning or an evening."""
    newest = work.session.scalar(select(Workday).order_by(Workday.id.desc()).limit(1))
    if newest is None:
        return ()
    return read(newest.opened_with if newest.closed_with is None else newest.closed_with)


def read(rows: Iterable[Mapping[str, Any]]) -> tuple[Count, ...]:
    """The counts that a row of the table, or an entry, holds."""
    return tuple(Count(**each) for each in rows)


def written(counts: Iterable[Count]) -> list[dict[str, Any]]:
    """As a row of the table, and an entry, hold them."""
    return [asdict(each) for each in counts]


def perk_item(perk_id: int) -> str:
    """What the pieces of a perk are counted under."""
    return f"{_PERK}{perk_id}"


def perk_of(item: str) -> int | None:
    """Whose pieces are counted under `item`; None for paper."""
    return int(item.removeprefix(_PERK)) if item.startswith(_PERK) else None


def _count(asked: ToCount, given: Answer) -> Count:
    if not 0 <= given.counted <= MOST:
        raise ExpectedError("workday_number", MOST)
    needed = needs_reason(asked.item, given.counted, asked.expected)
    if needed and given.reason not in REASONS:
        raise ExpectedError("workday_reason")
    return Count(asked.item, given.counted, asked.expected, given.reason if needed else "")
