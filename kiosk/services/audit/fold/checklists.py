"""What inspectors look at, as the log gives it: a round's lists, and those a village adopted."""

from __future__ import annotations

from datetime import date
from typing import Any

from kiosk.core.clock import village_day
from kiosk.models.rounds import RubricVersion, VisitRound
from kiosk.services.audit.fold.rulebook import is_adopted
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.takers import takes
from kiosk.services.ledger.contents import Told
from kiosk.services.rule_changes.drafts import CHECKLIST
from kiosk.services.stars import checklists, rubrics
from kiosk.services.stars.rubrics import Rubrics


@takes(checklists.INSTALLED)
def rubric_installed(state: State, entry: Entry, told: Told) -> None:
    """Lists that were adopted follow the ones before, and reach back to no round."""
    begins = date.fromisoformat(told["valid_from"])
    if told["version"] != len(state.rows(RubricVersion)) + 1:
        state.not_allowed("not the next version")
    if begins < village_day(entry.at):
        state.not_allowed("reaches back")
    if not is_adopted(state, told | {"rule": CHECKLIST}, begins, told["text"]):
        state.not_allowed("not as it was adopted")
    state.put(
        RubricVersion,
        version=told["version"],
        valid_from=begins,
        text=told["text"],
        ledger_index=entry.index,
    )


def check_opened_by(state: State, entry: Entry, version: str, digest: str) -> None:
    """A round goes by the village's own lists, or by those of the round before."""
    day = village_day(entry.at)
    held = [each.version for each in state.rows(RubricVersion) if each.valid_from <= day]
    brought = [
        each.rubric for each in state.rows(VisitRound) if checklists.own_number(each.rubric) is None
    ]
    wanted = checklists.own(max(held)) if held else brought[-1] if brought else version
    if version != wanted:
        state.not_allowed("by other lists")
    try:
        same = named(state, version).digest == digest
    except LookupError:
        same = False
    if not same:
        state.not_allowed("other words than the lists'")


def named(state: State, version: str) -> Rubrics:
    """The lists of a version.

    Raises:
        LookupError: there is no such version.
    """
    number = checklists.own_number(version)
    if number is None:
        return rubrics.shipped(version)
    found: Any = state.get(RubricVersion, version=number)
    if found is None:
        raise LookupError(version)
    return rubrics.kept(version, found.text)
