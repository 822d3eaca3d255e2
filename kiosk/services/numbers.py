"""The number, with every point explained (design section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy.orm import Session

from kiosk.services.access import RecordViewLine
from kiosk.services.reports.own_cases import CaseLine
from kiosk.services.village import Village

BASE = 50
DEEDS_MOST = 40
STARS_MOST = 10
CONCERNS_MOST = 50

LineKind = Literal["deed", "star", "concern"]
CAPS: tuple[str, ...] = ("rule", "confirmer", "households", "deeds", "concerns")
"""Why fewer points count than a line has; the sentence is ``numbers.cap_<code>``."""


@dataclass(frozen=True)
class SumLine:
    """One line of the sum: `points` is what counts today, `full_points` what the rule gives.

    Both are signed: deeds and stars above 0, concerns below.
    """

    case_id: int | None
    kind: LineKind
    title_zh: str
    title_en: str
    points: int
    full_points: int
    happened_on: date | None
    confirmed_by: tuple[str, ...]
    """Names of those who confirmed, for “…家确认”."""
    decided_by: tuple[str, ...]
    counts_until: date | None
    """The last day on which it counts."""
    cap: str
    """One of `CAPS`, or empty when every point counts."""


@dataclass(frozen=True)
class Sum:
    """``number = base + deeds + stars - concerns``; `concerns` is a magnitude."""

    number: int
    base: int
    deeds: int
    stars: int
    concerns: int
    lines: tuple[SumLine, ...]


@dataclass(frozen=True)
class ComingChange:
    """What will change by itself: `points` is what the number gains or loses on that day."""

    on: date
    title_zh: str
    title_en: str
    points: int


@dataclass(frozen=True)
class Record:
    """What “my record” shows; `number` is None without a current consent."""

    number: int | None
    base: int
    deeds: int
    stars: int
    concerns: int
    lines: tuple[SumLine, ...]
    coming: tuple[ComingChange, ...]
    wallet: int
    views: tuple[RecordViewLine, ...]
    cases: tuple[CaseLine, ...]
    pending: int
    """How many of the cases are still open."""


def number_of(session: Session, village: Village, resident_id: int, today: date) -> Sum | None:
    """One person's sum on `today`; None without a current consent (charter 1)."""
    raise NotImplementedError


def my_record(village: Village, session_id: str) -> Record:
    """The signed-in person's own record."""
    raise NotImplementedError
