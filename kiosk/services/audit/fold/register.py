"""The register and declared relatives, as the log gives them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from kiosk.models import Base
from kiosk.models.households import LifeEvent
from kiosk.models.register import DeclaredRelative, Household, ImportRun, Resident
from kiosk.services.access.roles import holders
from kiosk.services.audit.fold import access, apart
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.takers import takes
from kiosk.services.households.events import WAITING
from kiosk.services.ledger.contents import Told
from kiosk.services.ledger.founding import CARRIED_OVER
from kiosk.services.register.entries import (
    HOUSEHOLD_CHANGED,
    IMPORT,
    PERSON,
    PERSON_CHANGED,
    REGISTER_IMPORTED,
    RELATIVE_DECLARED,
    RELATIVE_ENDED,
    RELATIVES,
    told_in_row,
)


@takes(REGISTER_IMPORTED)
def register_imported(state: State, entry: Entry, told: Told) -> None:
    """The people and households that an import made or changed, each in a row.

    What was accepted at the desk moves nobody, and is about nobody of who accepted it.
    """
    counts = {name: told[name] for name in ("added", "updated", "unchanged", "refused")}
    state.put(ImportRun, id=told["run"], at=entry.at, **counts)
    by = told.get("by")
    if by is not None and access.held(state, by).isdisjoint(holders("keep_register")):
        state.not_allowed("without the office")
    for row in state.rows_under(entry.index):
        if by is not None:
            _accepted(state, row, by)
        take_row(state, row)


def _accepted(state: State, row: Any, by: int) -> None:
    what, number, *_ = row
    told = told_in_row(row)
    if what == PERSON:
        was = state.get(Resident, id=number)
        if was is not None and was.household_id != told["household"]:
            state.not_allowed("moved")
        if _is_near(state, by, number, {told["household"]}):
            state.not_allowed("one's own")
    elif getattr(state.get(Resident, id=by), "household_id", None) == number:
        state.not_allowed("one's own")


@takes(CARRIED_OVER)
def carried_over(state: State, entry: Entry, told: Told) -> None:
    """The register as it stood when a program first wrote it down in the log; and the cards."""
    access.cards_carried_over(state, told)
    for row in state.rows_under(entry.index):
        take_row(state, row)


def take_row(state: State, row: Any) -> None:
    """A row under an entry: a person, a household, two relatives or an import."""
    what, *values = row
    if what == RELATIVES:
        low, high = values
        state.put(DeclaredRelative, resident_id=low, relative_id=high)
    elif what == IMPORT:
        names = ("added", "updated", "unchanged", "refused")
        number, at, *counts = values
        said = dict(zip(names, counts, strict=True))
        state.put(ImportRun, id=number, at=datetime.fromisoformat(at), **said)
    elif what == PERSON:
        _person(state, told_in_row(row))
    else:
        _household(state, told_in_row(row))


@takes(PERSON_CHANGED)
def person_changed(state: State, _entry: Entry, told: Told) -> None:
    """What is written of somebody changed, or begins, by who is not of their family."""
    was = state.get(Resident, id=told["resident"])
    if (was is None) != ("came" in told):
        state.not_allowed("nobody" if was is None else "was there")
    if was is not None and not was.active and told["active"]:
        _check_still_here(state, told)
    homes = {told["household"]} if was is None else {was.household_id, told["household"]}
    if _is_near(state, told["by"], told["resident"], homes):
        state.not_allowed("one's own")
    _person(state, told)


def _check_still_here(state: State, told: Told) -> None:
    """Who was gone is here again because two officials wrote down that it was wrong."""
    wrong = {"kind": "still_here", "household_id": told["household"], "state": WAITING}
    if not state.rows(LifeEvent, **wrong):
        state.not_allowed("had gone")


@takes(HOUSEHOLD_CHANGED)
def household_changed(state: State, _entry: Entry, told: Told) -> None:
    """A clerk corrected what is written of a household that is not theirs."""
    living = state.rows(Resident, household_id=told["household"], active=True)
    near = (_is_near(state, told["by"], each.id, {told["household"]}) for each in living)
    if any(near):
        state.not_allowed("one's own")
    _household(state, told)


@takes(RELATIVE_DECLARED)
def relative_declared(state: State, _entry: Entry, told: Told) -> None:
    """Two people are related, who both are here; nobody is related to themselves."""
    pair = _pair(told)
    here = [state.get(Resident, id=each, active=True) for each in pair.values()]
    if None in here or len({*pair.values()}) < 2 or state.get(DeclaredRelative, **pair):
        state.not_allowed("not two people, or said before")
    state.put(DeclaredRelative, **pair)


@takes(RELATIVE_ENDED)
def relative_ended(state: State, _entry: Entry, told: Told) -> None:
    """They are not related any more."""
    if not state.drop(DeclaredRelative, **_pair(told)):
        state.not_allowed("were not related")


def blank(state: State, resident_id: int, household_id: Any) -> None:
    """Of somebody who left a number stays, and nothing of them: what was told of them is erased."""
    named = {*Resident.about.blanked} - {*Resident.logged.unproved}
    blanked = {name: Resident.about.blanked[name] for name in named}
    _stands(state, Resident, resident_id, household_id=household_id, **blanked)


def _person(state: State, told: Told) -> None:
    if state.get(Household, id=told["household"]) is None:
        state.not_allowed("no household")
    _stands(
        state,
        Resident,
        told["resident"],
        household_id=told["household"],
        born_on=date.fromisoformat(told["born_on"]) if told["born_on"] else None,
        born_day_known=told["born_day_known"],
        active=told["active"],
        is_head=told["is_head"],
        name=told["name"],
        pinyin=told["pinyin"],
    )


def _household(state: State, told: Told) -> None:
    said = {name: told[name] for name in ("code", "lane", "number", "premises")}
    _stands(state, Household, told["household"], **said)


def _stands(state: State, table: type[Base], row_id: int, /, **columns: Any) -> None:
    """The row of this number says so from now on, whether there was one or not."""
    if not state.change(table, {"id": row_id}, **columns):
        state.put(table, id=row_id, **columns)


def _is_near(state: State, clerk: int, person: int, homes: set[int]) -> bool:
    """Whether somebody is the clerk, lives with them, or is a relative of theirs (charter 4)."""
    return apart.near(state, clerk, [person]) or apart.home(state, clerk) in homes


def _pair(told: Told) -> dict[str, int]:
    return {"resident_id": told["resident"], "relative_id": told["relative"]}
