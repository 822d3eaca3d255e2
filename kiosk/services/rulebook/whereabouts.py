"""Where something can have happened: the places of the village, and those that every village has.

A place of the village's own stands in its settings as ``中文 / English`` and is written into a case
as it stands there, so that it keeps its words when the settings change.
"""

from __future__ import annotations

from kiosk.core.catalogue import catalogue
from kiosk.core.settings import Settings
from kiosk.core.text import clean
from kiosk.services.rulebook.gate import check_words

EVERYWHERE: tuple[str, ...] = (
    "hall",
    "square",
    "lanes",
    "river",
    "home",
    "school",
    "fields",
    "elsewhere",
)
"""Places that every village has; words at ``place.…``."""
LONGEST = 40
"""Characters of a place in the settings, in both languages together: what a case has room for."""


def places(settings: Settings) -> tuple[str, ...]:
    """What a report can be asked to choose from, the village's own places first."""
    own = [each for each in settings.places if _may_stand(each)]
    return tuple(dict.fromkeys((*own, *EVERYWHERE)))


def refused(settings: Settings) -> tuple[str, ...]:
    """Places of the settings that are not offered: too long, or reaching for what no rule may."""
    return tuple(each for each in settings.places if not _may_stand(each))


def _may_stand(place: str) -> bool:
    if f"place.{place}" in catalogue():
        return True
    whole = bool(place) and clean(place, LONGEST) == place
    return whole and not any(check_words(name) for name in place.split(" / "))
