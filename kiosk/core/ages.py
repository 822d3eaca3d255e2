"""How old somebody is on a day."""

from __future__ import annotations

from datetime import date

ADULT_YEARS = 18


def is_adult(born_on: date | None, today: date) -> bool:
    """Whether somebody is 18 or older; not if the register does not know when they were born."""
    if born_on is None:
        return False
    years = today.year - born_on.year
    had_birthday = (today.month, today.day) >= (born_on.month, born_on.day)
    return years - (not had_birthday) >= ADULT_YEARS
