"""Whose household a row means, where a register's household numbers stand for several houses.

Numbers that begin anew in every group, or in every file, must not put strangers under one roof. A
household is told from another one of the same number by its head, its plate, and the people who
are known to live there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kiosk.core.catalogue import CHINESE
from kiosk.core.houses import house_words
from kiosk.services.register.importing.rows import LONGEST_CODE, RefusedRow, RegisterRow

Place = tuple[str, str]
_Spot = tuple[str, str, str]
"""Lane and number; where a register has neither, the group or sheet."""


@dataclass(frozen=True)
class KnownHousehold:
    """A household of the village under its number: its plate, and the names of who lives there."""

    place: Place
    names: frozenset[str]


def told_apart(
    rows: Iterable[RegisterRow], known: Mapping[str, KnownHousehold]
) -> tuple[list[RegisterRow], list[RefusedRow]]:
    """The rows with a household number for each house, and those that could mean either of two."""
    told = list(rows)
    by_code: dict[str, list[RegisterRow]] = defaultdict(list)
    for row in told:
        by_code[row.code].append(row)
    answers: dict[int, RegisterRow | RefusedRow] = {}
    for code, some in by_code.items():
        found = _of_code(code, some, known) if code else _without_code(some)
        answers |= {id(row): answer for row, answer in zip(some, found, strict=True)}
    all_ = [answers[id(row)] for row in told]
    refused = [each for each in all_ if isinstance(each, RefusedRow)]
    return [each for each in all_ if isinstance(each, RegisterRow)], refused


def _of_code(
    code: str, rows: list[RegisterRow], known: Mapping[str, KnownHousehold]
) -> list[RegisterRow | RefusedRow]:
    spots = _spots(rows)
    heads = {spot: {row.name for row in some if row.is_head} for spot, some in spots.items()}
    main = _main(code, heads, known)
    answers: dict[int, RegisterRow | RefusedRow] = {}
    for spot, some in spots.items():
        is_own = spot != main and heads[spot] - heads[main] and heads[main]
        for row in some:
            answers[id(row)] = (
                _placed(row, spot, _code_at(code, spot, some, known, is_other=spot != main))
                if is_own or spot == main
                else _member(row, main, code, spots[main][0])
            )
    return [answers[id(row)] for row in rows]


def _spots(rows: list[RegisterRow]) -> dict[_Spot, list[RegisterRow]]:
    """The rows by where they live; one without an address goes with its sheet's only house."""
    of_sheet: dict[str, set[Place]] = defaultdict(set)
    for row in rows:
        if row.lane or row.number:
            of_sheet[_section(row)].add((row.lane, row.number))
    everywhere = set().union(*of_sheet.values())
    spots: dict[_Spot, list[RegisterRow]] = defaultdict(list)
    for row in rows:
        places = of_sheet[_section(row)] or everywhere
        lane, number = (row.lane, row.number)
        if not (lane or number) and len(places) == 1:
            lane, number = next(iter(places))
        spots[(lane, number, "" if lane or number else _section(row))].append(row)
    return _same_spelled(spots)


def _section(row: RegisterRow) -> str:
    return row.section or row.sheet


def _same_spelled(spots: dict[_Spot, list[RegisterRow]]) -> dict[_Spot, list[RegisterRow]]:
    """One spot for a number with its lane and the same number without it."""
    kept: dict[_Spot, list[RegisterRow]] = {}
    for spot in sorted(spots, key=lambda each: -len(each[0])):
        longer = next((each for each in kept if _is_same(each, spot)), spot)
        kept.setdefault(longer, []).extend(spots[spot])
    return {spot: kept[spot] for spot in sorted(kept, key=lambda each: kept[each][0].line)}


def _is_same(longer: _Spot, spot: _Spot) -> bool:
    return longer[1:] == spot[1:] and bool(spot[1]) and longer[0].endswith(spot[0])


def _main(code: str, heads: Mapping[_Spot, set[str]], known: Mapping[str, KnownHousehold]) -> _Spot:
    """The spot that keeps the number as it is: the known one, else the first with a head."""
    place = known[code].place if code in known else None
    was = next((spot for spot in heads if spot[:2] == place and any(place)), None)
    with_head = next((spot for spot in heads if heads[spot]), None)
    return was or with_head or next(iter(heads))


def _code_at(
    code: str,
    spot: _Spot,
    rows: list[RegisterRow],
    known: Mapping[str, KnownHousehold],
    *,
    is_other: bool,
) -> str:
    """`code`, or with its house behind it where another household has it already."""
    longer = f"{code} {house_words(spot[0], spot[1], CHINESE) or spot[2]}"[:LONGEST_CODE]
    if is_other or longer in known:
        return longer
    was = known.get(code)
    if was is None or not any(was.place) or was.place == spot[:2] or not any(spot[:2]):
        return code
    return code if not was.names or was.names & {row.name for row in rows} else longer


def _placed(row: RegisterRow, spot: _Spot, code: str) -> RegisterRow:
    return replace(row, code=code, lane=spot[0], number=spot[1])


def _member(
    row: RegisterRow, main: _Spot, code: str, first: RegisterRow
) -> RegisterRow | RefusedRow:
    """A relative of the household by its number, wherever they live now; nobody else."""
    if row.is_head is False or not (row.lane or row.number):
        return _placed(row, main, code)
    values = (code, house_words(main[0], main[1], CHINESE), first.line)
    return RefusedRow(row.line, "row_code_elsewhere", values, row.sheet)


def _without_code(rows: list[RegisterRow]) -> list[RegisterRow | RefusedRow]:
    """Without a number on the door, two households of a lane cannot be told apart."""
    bare: dict[str, list[RegisterRow]] = defaultdict(list)
    for row in rows:
        if not row.number:
            bare[row.lane].append(row)
    numbered = {row.lane for row in rows if row.number}
    unclear = {lane for lane, some in bare.items() if _are_several(some, lane in numbered)}
    return [
        RefusedRow(row.line, "row_lane_only", (row.lane,), row.sheet)
        if not row.number and row.lane in unclear
        else row
        for row in rows
    ]


def _are_several(rows: list[RegisterRow], others_have_numbers: bool) -> bool:
    """Whether people without a number on their door may be more than one household."""
    heads = {row.name for row in rows if row.is_head}
    nobody_says = all(row.is_head is None for row in rows)
    return len(heads) > 1 or (others_have_numbers and nobody_says and len(rows) > 1)
