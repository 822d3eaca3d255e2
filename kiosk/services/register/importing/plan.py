"""Import of a register: plan what would happen, apply it whole or not at all.

Nobody is taken out of the village because a new register does not name them; the plan counts them.
What a register leaves blank stays as it was.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from kiosk.core import event_log
from kiosk.core.catalogue import CHINESE, ON_EVERY_PAPER, catalogue
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.models.register import Household, Resident
from kiosk.services.consent.agreements import must_agree
from kiosk.services.register import entries, search_index
from kiosk.services.register.entries import PERSON_COLUMNS, Facts, HouseholdFacts, PersonFacts
from kiosk.services.register.exporting import harmless
from kiosk.services.register.importing import differences
from kiosk.services.register.importing.accounts import RegisterAccount, account
from kiosk.services.register.importing.differences import Difference, columns_that_differ
from kiosk.services.register.importing.matching import (
    House,
    Match,
    Matched,
    match,
    register_key,
)
from kiosk.services.register.importing.register_file import Register, read_register
from kiosk.services.register.importing.rows import RefusedRow, RegisterRow
from kiosk.services.register.name_readings import Address
from kiosk.services.village import Village
from kiosk.services.work import Work, reading, writing

__all__ = [
    "ImportOutcome",
    "ImportPlan",
    "RefusedRow",
    "Register",
    "RegisterRow",
    "apply",
    "plan",
    "read_register",
    "write_refused",
]

_BATCH = 2_000
_MANY = 20_000
"""From so many new people on, the prefix index is built anew rather than grown."""

_SAID = ("household_id", "born_on", "born_day_known", "active", "is_head", "name", "pinyin")
"""Columns of a new person that the log is told, beside the number."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """What an import would do."""

    added: int
    updated: int
    unchanged: int
    absent: int
    """Active residents whom the register does not name; they stay as they are."""
    waiting: tuple[Difference, ...]
    """What no import decides, the absent included: the desk does, person by person."""
    refused: tuple[RefusedRow, ...]
    identity_numbers: int
    """How many identity numbers were dropped from the register."""
    register: Register
    account: RegisterAccount


@dataclass(frozen=True, kw_only=True)
class ImportOutcome:
    """What an import did."""

    run_id: int
    added: int
    updated: int
    unchanged: int
    absent: int
    refused: tuple[RefusedRow, ...]


@dataclass(frozen=True)
class _Change:
    """A person who stays, and the columns that differ."""

    resident_id: int
    columns: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class _Steps:
    """What there is to write."""

    added: list[Match]
    changes: list[_Change]
    unchanged: int
    matched: Matched
    waiting: tuple[Difference, ...]
    """What is left to the desk."""


def plan(village: Village, register: Register, *, further_part: bool = False) -> ImportPlan:
    """What importing `register` would do; writes nothing.

    A `further_part` of the village may well name nobody who is here.

    Raises:
        ExpectedError: ``register_other_village``.
    """
    with reading(village) as work:
        steps = _steps(work, register)
    if not further_part:
        differences.check_village(steps.matched)
    return ImportPlan(
        added=len(steps.added),
        updated=len(steps.changes),
        unchanged=steps.unchanged,
        absent=len(steps.matched.absent),
        waiting=steps.waiting,
        refused=_in_order(register, steps),
        identity_numbers=register.identity_numbers,
        register=register,
        account=account(register, steps.matched),
    )


def apply(
    village: Village, plan: ImportPlan, progress: Progress = lambda _done, _of: None
) -> ImportOutcome:
    """Import the register of `plan` in one transaction: whole, or nothing of it.

    The register is held against the database once more, so that nothing is written twice if
    somebody changed it since. `progress` gets the number of people written and of all.
    """
    event_log.record("import_started", rows=len(plan.register.rows))
    with writing(village) as work:
        steps = _steps(work, plan.register)
        refused = _in_order(plan.register, steps)
        written = _write(work.session, steps, progress)
        run_id = entries.imported(
            work,
            written,
            added=len(steps.added),
            updated=len(steps.changes),
            unchanged=steps.unchanged,
            refused=len(refused),
        )
    event_log.record("import_ended", added=len(steps.added), updated=len(steps.changes))
    if steps.added or steps.changes:
        search_index.settle(village.database)
    return ImportOutcome(
        run_id=run_id,
        added=len(steps.added),
        updated=len(steps.changes),
        unchanged=steps.unchanged,
        absent=len(steps.matched.absent),
        refused=refused,
    )


def check_refused(file: Path, register: Path) -> None:
    """Make sure that the refused rows of `register` can be written to `file`, and change nothing.

    Raises:
        ExpectedError: ``refused_no_folder``, ``refused_is_folder``, ``refused_is_register``.
        EnvironmentFault: ``no_permission``.
    """
    if file.is_dir():
        raise ExpectedError("refused_is_folder", file)
    if not file.parent.is_dir():
        raise ExpectedError("refused_no_folder", file.parent)
    if file.exists() and file.samefile(register):
        raise ExpectedError("refused_is_register", file)
    was_there = file.exists()
    try:
        with file.open("a", encoding="utf-8"):
            pass
        if not was_there:
            file.unlink()
    except OSError as trouble:
        raise EnvironmentFault("no_permission", file) from trouble


def write_refused(file: Path, refused: Sequence[RefusedRow]) -> None:
    """Write the refused rows for the office, as `refused_as_csv` has them.

    Raises:
        EnvironmentFault: ``no_permission``.
    """
    try:
        file.write_bytes(refused_as_csv(refused))
    except OSError as trouble:
        raise EnvironmentFault("no_permission", file) from trouble


def refused_as_csv(refused: Iterable[RefusedRow]) -> bytes:
    """The refused rows as a table: sheet, line, reason in both languages.

    With a byte order mark, so that spreadsheets read it as UTF-8; no cell can become a formula.
    """
    words, out = catalogue(), io.StringIO(newline="")
    heads = [words.text(f"residents.refused_{each}", CHINESE) for each in ("sheet", "line")]
    heads += [words.text("residents.refused_reason", language) for language in ON_EVERY_PAPER]
    writer = csv.writer(out)
    writer.writerow(heads)
    for row in refused:
        key = f"residents.{row.reason_code}"
        reasons = (words.text(key, language, *row.values) for language in ON_EVERY_PAPER)
        writer.writerow([harmless(str(cell)) for cell in (row.sheet, row.line, *reasons)])
    return out.getvalue().encode("utf-8-sig")


def _in_order(register: Register, steps: _Steps) -> tuple[RefusedRow, ...]:
    refused = (*register.refused, *steps.matched.refused)
    return tuple(sorted(refused, key=lambda row: (row.sheet, row.line)))


def _steps(work: Work, register: Register) -> _Steps:
    matched = match(work.session, register.rows, work.today)
    found = differences.find(work.session, matched)
    waiting = _for_the_desk(work, found.differences)
    held = {id(each.match) for each in waiting if each.match is not None}
    written = [each for each in matched.matches if id(each) not in held]
    added: list[Match] = []
    changes: list[_Change] = []
    unchanged = 0
    for each in written:
        columns = columns_that_differ(each)
        if each.known is None:
            added.append(each)
        elif columns or each.house.is_changed:
            changes.append(_Change(each.known.id, columns))
        else:
            unchanged += 1
    return _Steps(
        added=added, changes=changes, unchanged=unchanged, matched=matched, waiting=waiting
    )


def _for_the_desk(work: Work, found: Sequence[Difference]) -> tuple[Difference, ...]:
    """What a person decides: moves, doubts, who is missing, and what ends a sign at a door."""
    signs = differences.with_signs(work.session)
    waiting = []
    for each in found:
        home = each.house or (each.match.house if each.match else None)
        known = home.known if home else None
        has_sign = known is not None and known.id in signs
        if each.kind in ("moved", "doubt", "gone") or (has_sign and _ends_sign(each, work.today)):
            waiting.append(each)
    for each in waiting:
        if each.house is not None and each.house.known is not None:
            each.house.lane, each.house.number = each.house.known.lane, each.house.known.number
    return tuple(waiting)


def _ends_sign(difference: Difference, today: date) -> bool:
    """Whether the sign of the household would say another door, or has not every adult's yes."""
    if difference.kind == "new" and difference.match is not None:
        return must_agree(difference.match.row.born_on, today)
    house = difference.house
    return house is not None and house.is_at_another_door


def _write(session: Session, steps: _Steps, progress: Progress) -> list[Facts]:
    """Write everything; what the log is told of it."""
    houses = _houses_of(steps)
    house_ids = _write_houses(session, houses)
    written: list[Facts] = [*_houses_written(houses, house_ids)]
    moved = _changed_people(session, steps)
    total = len(steps.added) + len(moved)
    progress(0, total)
    written += _write_changes(session, steps, house_ids)
    search_index.index_residents(session, moved)
    progress(len(moved), total)
    if len(steps.added) < _MANY:
        written += _write_added(session, steps.added, house_ids, len(moved), progress)
    else:
        with search_index.without_prefix_index(session):
            written += _write_added(session, steps.added, house_ids, len(moved), progress)
    progress(total, total)
    return written


def _houses_of(steps: _Steps) -> list[House]:
    """The households to write: of the new ones those to which somebody comes."""
    come_to = {each.house.code for each in steps.added}
    return [each for each in steps.matched.houses if each.known or each.code in come_to]


def _write_houses(session: Session, houses: Sequence[House]) -> dict[str, int]:
    """Write new and changed households; returns every household's id by its code."""
    changed = [
        {"id": house.known.id, **_house_columns(house)}
        for house in houses
        if house.known and house.is_changed
    ]
    if changed:
        session.execute(update(Household), changed)
    new = [_house_columns(house) for house in houses if house.known is None]
    for some in _batches(new):
        session.execute(insert(Household), some)
    return dict(session.execute(select(Household.code, Household.id)).all())


def _houses_written(houses: Sequence[House], house_ids: dict[str, int]) -> Iterator[Facts]:
    for house in houses:
        if house.known is None or house.is_changed:
            yield HouseholdFacts(household_id=house_ids[house.code], **_house_columns(house))


def _house_columns(house: House) -> dict[str, Any]:
    return {
        "code": house.code,
        "lane": house.lane,
        "number": house.number,
        "premises": house.premises,
    }


def _changed_people(session: Session, steps: _Steps) -> list[int]:
    """Who is found by something else from now on: themselves changed, or their house."""
    houses = [house.known.id for house in steps.matched.houses if house.known and house.is_changed]
    living_there: set[int] = set()
    for some in _batches(houses):
        living_there.update(
            session.scalars(select(Resident.id).where(Resident.household_id.in_(some)))
        )
    return sorted(living_there | {change.resident_id for change in steps.changes})


def _write_changes(session: Session, steps: _Steps, house_ids: dict[str, int]) -> Iterator[Facts]:
    for change in steps.changes:
        columns = dict(change.columns)
        if "household" in columns:
            columns["household_id"] = house_ids[columns.pop("household")]
        if "name" in columns:
            columns |= search_index.reading_of(columns["name"])
        if columns:
            session.execute(
                update(Resident).where(Resident.id == change.resident_id).values(**columns)
            )
    _rekey_others(session, steps)
    yield from _people_written(session, [each.resident_id for each in steps.changes])


def _people_written(session: Session, resident_ids: Sequence[int]) -> Iterator[Facts]:
    for some in _batches(resident_ids):
        question = select(*PERSON_COLUMNS).where(Resident.id.in_(some)).order_by(Resident.id)
        for row in session.execute(question):
            yield PersonFacts(**row._mapping)


def _rekey_others(session: Session, steps: _Steps) -> None:
    """Whoever else lives in a house keeps up with its new code."""
    renamed = {
        house.code
        for house in steps.matched.houses
        if house.known and house.known.code != house.code
    }
    doubted = (each.known for each in steps.waiting if each.match and each.known)
    for each in (*steps.matched.absent, *doubted):
        if each.household in renamed:
            key = register_key(each.household, each.name, each.born_on, each.born_day_known)
            session.execute(update(Resident).where(Resident.id == each.id).values(register_key=key))


def _write_added(
    session: Session,
    added: Sequence[Match],
    house_ids: dict[str, int],
    done: int,
    progress: Progress,
) -> Iterator[Facts]:
    total = done + len(added)
    for some in _batches(added):
        columns = [_new_columns(each, house_ids) for each in some]
        session.execute(insert(Resident), columns)
        keys = [each["register_key"] for each in columns]
        found = select(Resident.register_key, Resident.id).where(Resident.register_key.in_(keys))
        ids = dict(session.execute(found).all())
        search_index.insert_terms(
            session,
            (
                row
                for each, written in zip(some, columns, strict=True)
                for row in search_index.term_rows(
                    ids[written["register_key"]],
                    each.row.name,
                    written["name_order"],
                    Address(each.house.lane, each.house.number, each.house.code),
                )
            ),
        )
        for written in columns:
            yield PersonFacts(
                resident_id=ids[written["register_key"]],
                **{name: written[name] for name in _SAID},
            )
        done += len(some)
        progress(done, total)


def _new_columns(each: Match, house_ids: dict[str, int]) -> dict[str, Any]:
    row = each.row
    return {
        "household_id": house_ids[each.house.code],
        "register_key": register_key(each.house.code, row.name, row.born_on, row.born_day_known),
        "name": row.name,
        "sex": row.sex,
        "born_on": row.born_on,
        "born_day_known": row.born_day_known,
        "relation": row.relation,
        "is_head": bool(row.is_head),
        "phone": row.phone,
        "active": True,
        **search_index.reading_of(row.name),
    }


def _batches(things: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(things), _BATCH):
        yield things[start : start + _BATCH]
