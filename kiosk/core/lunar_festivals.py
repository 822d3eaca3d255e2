"""The festivals that follow the moon, from a table.

The dates are those of the conversion table of the Hong Kong Observatory (GB/T 33661-2017 reckons
the same way); lunardate 0.3.0, which has that table, and sxtwl 2.0.7, which reckons the moon, agree
on each of them. What reckons it less exactly is a day off in 2027 and 2030.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

NAMES: Final = (
    "spring_festival",
    "lantern",
    "dragon_boat",
    "qixi",
    "mid_autumn",
    "double_ninth",
    "laba",
)
"""In the order of the table: 春节, 元宵, 端午, 七夕, 中秋, 重阳, 腊八."""
EVE: Final = "new_years_eve"
"""除夕, the day before the Spring Festival."""
_DAYS: Final = {
    2026: "0217 0303 0619 0819 0925 1018 0115",
    2027: "0206 0220 0609 0808 0915 1008 0104",
    2028: "0126 0209 0528 0826 1003 1026 0122",
    2029: "0213 0227 0616 0816 0922 1016 0111",
    2030: "0203 0217 0605 0805 0912 1005 0101",
    2031: "0123 0206 0624 0824 1001 1024 0120",
    2032: "0211 0225 0612 0812 0919 1012 0108",
    2033: "0131 0214 0601 0801 0908 1001 0127",
    2034: "0219 0305 0620 0820 0927 1020 0116",
    2035: "0208 0222 0610 0810 0916 1009 0105",
    2036: "0128 0211 0530 0828 1004 1027 0123",
    2037: "0215 0301 0618 0817 0924 1017 0112",
    2038: "0204 0218 0607 0807 0913 1007 0102",
    2039: "0124 0207 0527 0826 1002 1026 0121",
    2040: "0212 0226 0614 0814 0920 1014 0110",
    2041: "0201 0215 0603 0803 0910 1003 1230",
    2042: "0122 0205 0622 0822 0928 1022 0118",
    2043: "0210 0224 0611 0811 0917 1011 0107",
    2044: "0130 0213 0531 0731 1005 1029 0125",
    2045: "0217 0303 0619 0819 0925 1018 0114",
    2046: "0206 0220 0608 0808 0915 1008 0103",
    2047: "0126 0209 0529 0827 1004 1027 0122",
    2048: "0214 0228 0615 0816 0922 1016 0111",
    2049: "0202 0216 0604 0805 0911 1005 0101",
    2050: "0123 0206 0623 0823 0930 1024 0120",
}
"""By the year of the moon, month and day; the last of them mostly falls into January after it."""


def festivals(first: date, last: date) -> tuple[tuple[date, str], ...]:
    """The festivals from `first` to `last`, by their day; none beyond the table."""
    return tuple(each for each in _all() if first <= each[0] <= last)


def spring_festival(year: int) -> date | None:
    """The first day of the year of the moon; None beyond the table."""
    found = (day for day, name in _all() if name == NAMES[0] and day.year == year)
    return next(found, None)


@cache
def _all() -> tuple[tuple[date, str], ...]:
    found = [each for year, days in _DAYS.items() for each in _of(year, days.split())]
    return tuple(sorted(found))


def _of(year: int, days: list[str]) -> list[tuple[date, str]]:
    begins = _day(year, days[0])
    each = [_day(year + (told < days[0]), told) for told in days]
    return [(begins - timedelta(days=1), EVE), *zip(each, NAMES, strict=True)]


def _day(year: int, told: str) -> date:
    return date(year, int(told[:2]), int(told[2:]))
