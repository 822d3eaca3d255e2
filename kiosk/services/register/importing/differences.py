"""What a register says otherwise than the village's, person by person; never a silent guess.

A line and a person belong together only where nothing else could be meant. Whatever could mean
somebody who is here, or somebody who was, is a doubt that a person decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.models.ledger import LedgerEntry, of_kind
from kiosk.models.register import Resident
from kiosk.models.stars import DoorSign
from kiosk.services.ledger import log
from kiosk.services.register.importing.dates import shown_birth
from kiosk.services.register.importing.matching import (
    House,
    Known,
    Match,
    Matched,
    register_key,
)
from kiosk.services.register.importing.rows import RegisterRow

Kind = Literal["new", "changed", "moved", "house", "doubt", "gone"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""What a difference is; words at ``differences.kind_<kind>``."""
Why = Literal["", "name", "birth", "several", "left"]
"""Why it is a doubt: another name at the same birth, another birth of the same name, several whom
it may be, or somebody of that house who is not here any more. Words at ``differences.why_<why>``.
"""
WHYS: Final[tuple[Why, ...]] = get_args(Why)
FEW: Final = 20
"""Villages and files with fewer people say nothing about whose register it is."""
_KNOWN_PART: Final = 5
"""One in so many of the smaller side has to be known on the other."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that a register says otherwise."""

    kind: Kind
    why: Why = ""
    known: Known | None = None
    """Who of the village it is about, or may be."""
    match: Match | None = None
    """What the register says of a person; None where it names nobody."""
    house: House | None = None
    """A household whose number, plate or use is another."""


@dataclass(frozen=True)
class Found:
    """A register held against the village."""

    differences: tuple[Difference, ...]
    unchanged: int


def find(session: Session, matched: Matched) -> Found:
    """What of `matched` differs: houses first, then the lines in their order, then who is missing.

    Reads, and writes nothing.
    """
    looking = _Looking(session, matched)
    lines = [found for each in matched.matches if (found := looking.at(each)) is not None]
    houses = (Difference(kind="house", house=each) for each in matched.houses if each.is_changed)
    gone = (
        Difference(kind="gone", known=each)
        for each in sorted(matched.absent, key=lambda known: (known.household, known.id))
        if each.id not in looking.claimed
    )
    return Found((*houses, *lines, *gone), len(matched.matches) - len(lines))


def check_village(matched: Matched) -> None:
    """Refuse the register of another village: next to nobody of one side is on the other.

    Raises:
        ExpectedError: ``register_other_village`` with how many people it names, how many live
            here, and how many are in both.
    """
    both = sum(each.known is not None for each in matched.matches)
    named, here = len(matched.matches), both + len(matched.absent)
    if min(named, here) >= FEW and both * _KNOWN_PART < min(named, here):
        raise ExpectedError("register_other_village", named, here, both)


def columns_that_differ(match: Match) -> dict[str, Any]:
    """The columns of a known person that the register says otherwise; the house by its code."""
    known, told = match.known, _told(match)
    if known is None:
        return {}
    was: dict[str, Any] = {name: getattr(known, name) for name in told if name != "household"}
    was["household"] = known.household
    return {name: value for name, value in told.items() if was[name] != value}


def _told(match: Match) -> dict[str, Any]:
    """What the register says of a person; blanks say nothing."""
    row, known = match.row, match.known
    born_on, day_known = better_birth(row, known)
    told: dict[str, Any] = {
        "household": match.house.code,
        "register_key": register_key(match.house.code, row.name, born_on, day_known),
        "name": row.name,
        "born_on": born_on,
        "born_day_known": day_known,
        "active": True,
    }
    optional = {
        "sex": row.sex,
        "relation": row.relation or None,
        "is_head": row.is_head,
        "phone": row.phone or None,
    }
    return told | {name: value for name, value in optional.items() if value is not None}


def better_birth(row: RegisterRow, known: Known | None) -> tuple[date | None, bool]:
    """The better of two births: a known day of a month before that month alone."""
    if known is None or known.born_on is None:
        return row.born_on, row.born_day_known
    if row.born_on is None:
        return known.born_on, known.born_day_known
    if _month(row) == _month(known) and not row.born_day_known:
        return known.born_on, known.born_day_known
    return row.born_on, row.born_day_known


class _Looking:
    """Who of the village nobody named yet, by what a line could mean them by."""

    def __init__(self, session: Session, matched: Matched) -> None:
        self.claimed: set[int] = set()
        """Those whom a doubt is about: they may well be in the register."""
        self._left = _left_on(session)
        self._by_birth: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        for each in matched.absent:
            self._by_name[each.spelled].append(each)
            if each.born_on is not None:
                self._by_birth[each.household, _birth(each)].append(each)

    def at(self, match: Match) -> Difference | None:
        """What a line says otherwise; None where it says nothing new."""
        if match.known is None:
            return self._unknown(match)
        known = match.known
        if not known.active:
            return Difference(kind="doubt", why="left", match=match)
        differ = columns_that_differ(match)
        if not differ.keys() - {"register_key"}:
            return None
        self.claimed.add(known.id)
        if not _may_be_one_birth(match.row, known):
            return Difference(kind="doubt", why="birth", known=known, match=match)
        if "household" not in differ:
            return Difference(kind="changed", known=known, match=match)
        if not (match.row.born_day_known and known.born_day_known):
            return Difference(kind="doubt", why="birth", known=known, match=match)
        return Difference(kind="moved", known=known, match=match)

    def _unknown(self, match: Match) -> Difference:
        row, house = match.row, match.house
        same = [each for each in self._by_name[row.name] if _may_be_one_birth(row, each)]
        if same:
            why: Why = "several" if len(same) > 1 else "birth"
            return self._doubt(match, why, same)
        if row.born_on is not None and (near := self._by_birth[house.code, _birth(row)]):
            return self._doubt(match, "name", near)
        left_on = self._left.get(house.known.id) if house.known else None
        if left_on is not None and (row.born_on is None or row.born_on <= left_on):
            return Difference(kind="doubt", why="left", match=match)
        return Difference(kind="new", match=match)

    def _doubt(self, match: Match, why: Why, people: list[Known]) -> Difference:
        free = [each for each in people if each.id not in self.claimed]
        known = (free or people)[0]
        self.claimed.update(each.id for each in people)
        return Difference(kind="doubt", why=why, known=known, match=match)


def _may_be_one_birth(row: RegisterRow, known: Known) -> bool:
    """Whether two births can be one: nobody says otherwise."""
    if row.born_on is None or known.born_on is None:
        return True
    if row.born_day_known and known.born_day_known:
        return row.born_on == known.born_on
    return _month(row) == _month(known)


def _birth(of: RegisterRow | Known) -> str:
    return shown_birth(of.born_on, of.born_day_known)


def _month(of: RegisterRow | Known) -> str:
    return shown_birth(of.born_on, day_known=False)


def _left_on(session: Session) -> dict[int, date]:
    """On which day somebody of each household was last erased; of them nothing else is known."""
    gone = select(Resident.id, Resident.household_id).where(Resident.register_key.like("left/%"))
    homes = dict(session.execute(gone).all())
    if not homes:
        return {}
    entries = select(LedgerEntry.index, LedgerEntry.at).where(of_kind("left"))
    at = dict(session.execute(entries).all())
    said = log.contents_of(session, select(LedgerEntry.index).where(of_kind("left")))
    found: dict[int, date] = {}
    for index, told in said.items():
        home = homes.get(told.get("resident", 0))
        if home is not None:
            found[home] = max(found.get(home, date.min), village_day(at[index]))
    return found


def with_signs(session: Session) -> frozenset[int]:
    """The households with a sign in force."""
    return frozenset(
        session.scalars(select(DoorSign.household_id).where(DoorSign.ended_at.is_(None)))
    )


def counted(differences: Iterable[Difference]) -> Iterator[tuple[Kind, int]]:
    """How many there are of each kind, in the order of `KINDS`, of those that there are."""
    kinds = [each.kind for each in differences]
    for kind in KINDS:
        if kind in kinds:
            yield kind, kinds.count(kind)
