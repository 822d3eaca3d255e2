"""The 24 solar terms, by which a village still tells the time of year.

A term begins when the sun's apparent longitude passes a multiple of 15 degrees. The longitude is
the low-accuracy formula of Meeus, Astronomical Algorithms, chapter 25 (0.01 degrees, which is a
quarter of an hour).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import radians, sin

from kiosk.core.clock import start_of_day

_J2000 = 2451545.0
_UNIX_EPOCH = 2440587.5
_DYNAMICAL_AHEAD = 75 / 86400
"""Days by which dynamical time is ahead of UTC in this decade."""


@dataclass(frozen=True)
class SolarTerm:
    """A term, 0 for the spring equinox, 23 for the awakening of insects, and how long it lasts."""

    number: int
    days_since: int


def solar_term(day: date) -> SolarTerm:
    """The term that began last, on `day` in the village."""
    number = _term_at_end_of(day)
    began = day
    while _term_at_end_of(began - timedelta(days=1)) == number:
        began -= timedelta(days=1)
    return SolarTerm(number, (day - began).days)


def _term_at_end_of(day: date) -> int:
    """The term in force when `day` ends in the village."""
    seconds = start_of_day(day + timedelta(days=1)).timestamp()
    return int(_sun_longitude(seconds / 86400 + _UNIX_EPOCH + _DYNAMICAL_AHEAD) // 15)


def _sun_longitude(julian_day: float) -> float:
    """Apparent geocentric longitude of the sun, 0 to 360 degrees."""
    t = (julian_day - _J2000) / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t
    anomaly = radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (
        (1.914602 - 0.004817 * t - 0.000014 * t * t) * sin(anomaly)
        + (0.019993 - 0.000101 * t) * sin(2 * anomaly)
        + 0.000289 * sin(3 * anomaly)
    )
    node = radians(125.04 - 1934.136 * t)
    return (mean + centre - 0.00569 - 0.00478 * sin(node)) % 360
