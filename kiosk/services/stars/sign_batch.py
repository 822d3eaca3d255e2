"""The signs of a lane or the whole village: who is due, portion by portion, in walking order.

A portion is one touch and one transaction, and as many sheets as go to the printer in one file. So
a pause is asking for no more, and after a power cut whoever is still due gets theirs: what was
issued is not due again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select

from kiosk.core.clock import village_day
from kiosk.core.ids import new_touch_id
from kiosk.models.register import Household
from kiosk.models.stars import DoorSign, SignChoice, StarRound
from kiosk.services.access import acting, roles, sessions
from kiosk.services.access.acting import Once
from kiosk.services.consent import agreements
from kiosk.services.printing import queue
from kiosk.services.printing.media import LABELS, QueuedMedia, label
from kiosk.services.printing.portions import MOST_SHEETS
from kiosk.services.register.search import house_place
from kiosk.services.retry import retry_on_conflict
from kiosk.services.stars import door_signs
from kiosk.services.stars import ratings as star_ratings
from kiosk.services.stars.door_signs import IssuedSign
from kiosk.services.stars.ratings import RatingView
from kiosk.services.stars.sign_paper import as_wished, earned, quarter_of
from kiosk.services.village import Village
from kiosk.services.work import Work

_MAY: Final = roles.holders("print_sign")


@dataclass(frozen=True)
class Wanted:
    """Which signs: of a `lane`, or (None) of the whole village; `again` also those up to date."""

    lane: str | None = None
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class LaneDue:
    """How many signs of a lane are due, and how many households there could have a new one."""

    lane: str
    changed: int
    all: int


@dataclass(frozen=True)
class Due:
    """Every lane with households that agreed to a sign and hold stars; and the next free label."""

    lanes: tuple[LaneDue, ...]
    next_label: int
    """The first free place, from 1, of the sheet of labels that was used last."""


@dataclass(frozen=True)
class Portion:
    """The signs of a portion, in walking order, and how many are due after it."""

    signs: tuple[IssuedSign, ...]
    left: int


def due(village: Village, session_id: str) -> Due:
    """Which signs are due, lane by lane; counts, and nobody's choice.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *_MAY) as work:
        lanes: dict[str, list[bool]] = {}
        for each in _homes(work):
            lanes.setdefault(each.lane, []).append(each.changed)
        counted = (
            LaneDue(lane=lane, changed=sum(found), all=len(found)) for lane, found in lanes.items()
        )
        return Due(tuple(counted), queue.next_label(work))


def issue_portion(
    village: Village,
    session_id: str,
    wanted: Wanted,
    media: door_signs.Media,
    touch: str,
    first_label: int = 0,
) -> Portion:
    """Issue the next signs that are due and queue them, in walking order: one file's.

    Each shows what its household last chose to show. A household that took its last sign down is
    left alone. `again` means those too whose sign is up to date, but for signs of today. The first
    label is at `first_label` of its sheet, from 1; 0 is where the last one left off.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``unprintable``.
    """
    return retry_on_conflict(_issue_portion, village, session_id, wanted, media, touch, first_label)


def issue_due(
    village: Village,
    session_id: str,
    media: door_signs.Media,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> tuple[IssuedSign, ...]:
    """Issue every sign of the village that is due.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    sessions.holding(village, session_id, "print_sign")
    issued: list[IssuedSign] = []
    while True:
        some = issue_portion(village, session_id, Wanted(), media, new_touch_id())
        issued += some.signs
        if some.signs:
            progress(len(issued), len(issued) + some.left)
        if not some.left:
            return tuple(issued)


def _issue_portion(
    village: Village,
    session_id: str,
    wanted: Wanted,
    media: door_signs.Media,
    touch: str,
    first_label: int,
) -> Portion:
    if media not in door_signs.MEDIA or not 0 <= first_label <= len(LABELS):
        raise ValueError(media)
    about = f"{wanted.lane or ''} {wanted.again:d} {media}"
    with acting.once(village, session_id, touch, "issue_signs", about, roles=_MAY) as work:
        if work.known is not None:
            return _portion(work.known)
        first = first_label or (queue.next_label(work) if media == "label" else 1)
        room = MOST_SHEETS - (first - 1 if media == "label" else 0)
        waiting = list(_wanted(work, wanted))
        signs = [
            [sign.serial, sign.print_job_id] for sign in _issued(work, waiting[:room], media, first)
        ]
        answer = {"signs": signs, "left": len(waiting) - len(signs)}
        work.remember(answer)
        return _portion(answer)


def _issued(
    work: Once, homes: list[_Home], media: door_signs.Media, first: int
) -> Iterator[IssuedSign]:
    for number, each in enumerate(homes):
        on: QueuedMedia = label(first + number) if media == "label" else media
        yield door_signs.issue_as_wished(work, work.who, each.id, on)


def _portion(answer: dict[str, Any]) -> Portion:
    return Portion(tuple(IssuedSign(*each) for each in answer["signs"]), answer["left"])


@dataclass(frozen=True, kw_only=True)
class _Home:
    """A household that agreed, holds stars, and did not take its last sign down."""

    id: int
    lane: str
    changed: bool
    """Whether a new sign would say something else than the one in force, or there is none."""
    issued_today: bool


def _wanted(work: Work, wanted: Wanted) -> Iterator[_Home]:
    for each in _homes(work):
        here = wanted.lane is None or each.lane == wanted.lane
        if here and (each.changed or (wanted.again and not each.issued_today)):
            yield each


def _homes(work: Work) -> Iterator[_Home]:
    """In walking order: by lane and house."""
    agreeing = agreements.agreeing_households(work.session, work.today)
    held = star_ratings.current_of_all(work)
    newest, most = _newest_signs(work), _choices(work)
    question = select(Household.id, Household.lane, Household.number)
    houses = [home for home in work.session.execute(question) if home.id in held]
    for home in sorted(houses, key=lambda each: (*house_place(each.lane, each.number), each.id)):
        sign, of = newest.get(home.id, (None, None))
        ratings, taken_down = held[home.id], sign and sign.ended_why == "taken_down"
        if home.id not in agreeing or not earned(ratings) or taken_down:
            continue
        hangs = sign is not None and sign.ended_at is None
        shown = as_wished(ratings, most.get(home.id, {}))
        same = sign and of and hangs and _says_the_same(work, sign, of, ratings, shown)
        yield _Home(
            id=home.id,
            lane=home.lane,
            changed=not same,
            issued_today=bool(sign and hangs and village_day(sign.issued_at) == work.today),
        )


def _says_the_same(
    work: Work,
    sign: DoorSign,
    of: StarRound,
    ratings: tuple[RatingView, ...],
    shown: dict[str, int],
) -> bool:
    same_quarter = (of.year, of.quarter) == quarter_of(ratings)
    return same_quarter and dict(sign.shown) == shown and sign.valid_until >= work.today


def _newest_signs(work: Work) -> dict[int, tuple[DoorSign, StarRound]]:
    """Each household's last sign, whatever became of it."""
    last = select(func.max(DoorSign.ledger_index)).group_by(DoorSign.household_id)
    question = (
        select(DoorSign, StarRound)
        .join(StarRound, DoorSign.round_id == StarRound.id)
        .where(DoorSign.ledger_index.in_(last))
    )
    return {sign.household_id: (sign, of) for sign, of in work.session.execute(question)}


def _choices(work: Work) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for each in work.session.scalars(select(SignChoice)):
        found.setdefault(each.household_id, {})[each.dimension] = each.most
    return found
