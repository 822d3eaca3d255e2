"""How a day is said: one form a language, on screen and on paper, never broken across two lines.

The parts of a day are held together by no-break spaces (U+00A0) and word joiners (U+2060), which
Unicode UAX 14 keeps on one line and which are not seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from kiosk.core.clock import VILLAGE_ZONE
from kiosk.core.open_days import DayAtTheHall

Say = Callable[..., str]
"""``say("room.key", value…)`` in the language of whom it is for."""

JOINER = "\u2060"
_SPACE = "\u00a0"
_SEAM = re.compile(r"(?<=[^\x00-\xa0])(?=.)|(?<=.)(?=[^\x00-\xa0])")
"""Beside an ideograph: there a line could end."""


def said_day(say: Say, day: date) -> str:
    """A day with its year: ``2026年11月29日``, ``29 November 2026``.

    A deadline on which the hall is closed says so: ``2027年1月1日（元旦，村部不开门）``.
    """
    said = unbroken(say("days.day", day.year, said_month(say, day), day.day))
    return _at_the_hall(say, day, said)


def said_birth(say: Say, written: str) -> str:
    """A day of birth as the register keeps it: ``1965-05-20``, or ``1965-05`` without a day."""
    if len(written) == len("1965-05-20"):
        return said_day(say, date.fromisoformat(written))
    month = date.fromisoformat(f"{written}-01")
    return say("days.month_alone", month.year, said_month(say, month))


def said_short_day(say: Say, day: date) -> str:
    """A day of these weeks, without its year: ``11月29日``, ``29 November``."""
    return _at_the_hall(say, day, _short(say, day))


def said_day_of_week(say: Say, day: date) -> str:
    """A day of these weeks with its weekday: ``11月29日（周日）``, ``Sunday, 29 November``."""
    weekday = say(f"days.weekday_{day.isoweekday()}")
    return _at_the_hall(say, day, unbroken(say("days.day_of_week", _short(say, day), weekday)))


def _short(say: Say, day: date) -> str:
    return unbroken(say("days.short_day", said_month(say, day), day.day))


def _at_the_hall(say: Say, day: date, said: str) -> str:
    """`said`, and that the hall is closed where the day knows it; a line may end before that."""
    closing = day.closing if isinstance(day, DayAtTheHall) else None
    if closing is None:
        return said
    if not closing.name:
        return say("days.closed", said)
    return say("days.closed_for", said, say(f"own.{closing.name}"))


def said_moment(say: Say, moment: datetime) -> str:
    """A day with its year, and the time in the village: ``2026年11月29日 09:30``."""
    local = moment.astimezone(VILLAGE_ZONE)
    return unbroken(say("days.moment", said_day(say, local.date()), f"{local:%H:%M}"))


def said_short_moment(say: Say, moment: datetime) -> str:
    """A day of these weeks, and the time in the village: ``11月29日 09:30``."""
    local = moment.astimezone(VILLAGE_ZONE)
    return unbroken(say("days.moment", said_short_day(say, local.date()), f"{local:%H:%M}"))


def said_month(say: Say, day: date) -> str:
    """The month: ``11月``, ``November``."""
    return say(f"days.month_{day.month}")


def said_short_month(say: Say, day: date) -> str:
    """The month where there is little room: ``11月``, ``Nov``."""
    return say(f"days.short_month_{day.month}")


def unbroken(said: str) -> str:
    """`said` as something that stays on one line, except after a comma."""
    return _SEAM.sub(JOINER, re.sub("(?<!,) ", _SPACE, plain(said)))


def plain(said: str) -> str:
    """`said` without what holds it together: for a voice, a code, or a comparison."""
    return said.replace(JOINER, "").replace(_SPACE, " ")
