"""National identity numbers (GB 11643-1999): recognised in any cell, and dropped.

The number itself never leaves this module. What a register often says nowhere else, the day of
birth and the sex, may be taken from a number whose check digit is right, before it is dropped.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

LENGTH = 18
OLD_LENGTH = 15
LENGTHS = (LENGTH, OLD_LENGTH)
_PROVINCES = frozenset(
    map(str, (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55)))
) | frozenset(map(str, (*range(61, 66), 71, 81, 82, 83, 91)))
_WEIGHTS = tuple(2**power % 11 for power in range(17, 0, -1))
_CHECKS = "10X98765432"
_GROUP = re.compile(r"\d+[Xx]?")
_JOINT = re.compile(r"[\s\-\u00ad]?")
_ROUNDED = re.compile(r"\d\.\d+E\+1[47]", re.IGNORECASE)
"""What a spreadsheet makes of an identity number that it took for a quantity."""


@dataclass(frozen=True)
class Bearer:
    """What an identity number says of its bearer."""

    born_on: date
    sex: str
    certain: bool = True
    """False for the old numbers of 15 digits, which have no check digit."""


def scrub(text: str) -> tuple[str, list[Bearer | None]]:
    """`text` without identity numbers, and one item for each that was dropped.

    The item is None if the number's check digit is wrong; what a number of the old kind, which
    has none, says of its bearer is not certain.
    Numbers written with spaces or hyphens, in full-width digits or rounded count too.
    """
    if sum(map(str.isdecimal, text)) < OLD_LENGTH and not _ROUNDED.search(text):
        return text, []
    half_width = unicodedata.normalize("NFKC", text)
    kept, rounded = _ROUNDED.subn("", half_width)
    bearers: list[Bearer | None] = [None] * rounded
    while span := _first_number(kept):
        bearers.append(_bearer(_compact(kept[span[0] : span[1]])))
        kept = kept[: span[0]] + " " + kept[span[1] :]
    return (kept.strip(), bearers) if bearers else (text, [])


def is_identity_number(number: str) -> bool:
    """Whether `number`, 15 or 18 characters, is one, even one with a mistyped check digit.

    The first two digits name a province, and either the day of birth is a day, or (18 characters)
    the check digit is right.
    """
    if len(number) not in LENGTHS or number[:2] not in _PROVINCES:
        return False
    return _born_on(number) is not None or (len(number) == LENGTH and _is_checked(number))


def is_old_number(number: str) -> bool:
    """Whether `number` may be one of the 15 digits issued until 1999."""
    return len(number) == OLD_LENGTH and is_identity_number(number)


def _first_number(text: str) -> tuple[int, int] | None:
    """Where the first identity number stands, joined across single spaces and hyphens."""
    groups = list(_GROUP.finditer(text))
    for first, group in enumerate(groups):
        end, compact = group.end(), group[0]
        for following in [*groups[first + 1 :], None]:
            for number in (compact, compact.rstrip("Xx")):
                if is_identity_number(number.upper()):
                    return group.start(), end - (len(compact) - len(number))
            if following is None or len(compact) >= LENGTH:
                break
            if not _JOINT.fullmatch(text, end, following.start()):
                break
            end, compact = following.end(), compact + following[0]
    return None


def _compact(text: str) -> str:
    return "".join(_GROUP.findall(text)).upper()


def _bearer(number: str) -> Bearer | None:
    born_on = _born_on(number)
    is_old = len(number) == OLD_LENGTH
    if born_on is None or not (is_old or _is_checked(number)):
        return None
    sex = "M" if int(number[14 if is_old else 16]) % 2 else "F"
    return Bearer(born_on, sex, certain=not is_old)


def _born_on(number: str) -> date | None:
    digits = number[6:14] if len(number) == LENGTH else "19" + number[6:12]
    if not digits.isdecimal() or not "1850" < digits < "2100":
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _is_checked(number: str) -> bool:
    """ISO 7064 MOD 11-2 over the first 17 digits."""
    if not number[:17].isdecimal():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == number[17]
