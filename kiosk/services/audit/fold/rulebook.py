"""The rule book, as the log gives it: every version of every rule, their order, and each change."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from kiosk.core.clock import village_day
from kiosk.core.texts import named_in
from kiosk.models.rulebook import RuleChange, RuleVersion
from kiosk.services.audit.fold import access, apart
from kiosk.services.audit.fold.compare import SLACK
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.stored import UNSAID
from kiosk.services.audit.fold.takers import takes
from kiosk.services.ledger.contents import Told
from kiosk.services.rule_changes.drafts import KINDS, written
from kiosk.services.rule_changes.terms import (
    ADOPTED,
    ADOPTION_UNDONE,
    DONE,
    LAPSED,
    LAPSES_AFTER,
    RULE_ADOPTED,
    RULE_CHANGE_OVER,
    RULE_PROPOSED,
    SHOWN_FOR,
    TAKEN_BACK_WITHIN,
    WAITING,
    WITHDRAWN,
)
from kiosk.services.rulebook.reading import RuleText

_WORDS = ("title", "text", "remedy")
_PLAIN = ("rule", "version", "kind", "area", "points", "reporters", "icon")

_FURTHER: Final[dict[str, Any]] = {"caps": "", "ladder": "", "reminder": False}
"""What an entry says only where there is something to say."""


@takes("rule_installed")
def rule_installed(state: State, entry: Entry, told: Told) -> None:
    """A version follows the one before, which ends on the day on which this one begins.

    Its number, and the place of a rule that is new, stand in no entry of version 0.1 but in the one
    that carries them over.
    """
    begins = date.fromisoformat(told["valid_from"])
    earlier = state.rows(RuleVersion, rule=told["rule"])
    if told["version"] != len(earlier) + 1:
        state.not_allowed("not the next version")
    if begins < village_day(entry.at):
        state.not_allowed("reaches back")
    if "change" in told and not is_adopted(state, told, begins, _as_written(told)):
        state.not_allowed("not as it was adopted")
    state.change(RuleVersion, {"rule": told["rule"], "valid_to": None}, valid_to=begins)
    state.put(
        RuleVersion,
        id=told.get("rule_version", UNSAID),
        valid_from=begins,
        place_in_book=earlier[-1].place_in_book if earlier else UNSAID,
        ledger_index=entry.index,
        **{name: told.get(name, nothing) for name, nothing in _FURTHER.items()},
        **{name: told[name] for name in _PLAIN},
        **{name: named_in(told, name) for name in _WORDS},
    )


@takes("rule_ended")
def rule_ended(state: State, _entry: Entry, told: Told) -> None:
    """A rule that stood is taken out."""
    standing, ends = {"rule": told["rule"], "valid_to": None}, date.fromisoformat(told["from"])
    if "change" in told and not is_adopted(state, told, ends, ""):
        state.not_allowed("not as it was adopted")
    if not state.change(RuleVersion, standing, valid_to=ends):
        state.not_allowed("no rule stood")


@takes("rulebook_ordered")
def rulebook_ordered(state: State, _entry: Entry, told: Told) -> None:
    """Every rule that stands has its place."""
    for place, rule in enumerate(told["rules"], start=1):
        if not state.change(RuleVersion, {"rule": rule, "valid_to": None}, place_in_book=place):
            state.not_allowed("no rule stood")


@takes(RULE_PROPOSED)
def rule_proposed(state: State, entry: Entry, told: Told) -> None:
    """An officer proposes a change; of each rule one is under way at a time."""
    _by_officers(state, told["by"])
    if any(_under_way(each) for each in state.rows(RuleChange, rule=told["rule"])):
        state.not_allowed("another one is under way")
    if told["what"] not in KINDS:
        state.not_allowed("no change of a rule")
    state.put(
        RuleChange,
        id=told["change"],
        what=told["what"],
        rule=told["rule"],
        base=told["base"],
        text=told["text"],
        by_id=told["by"],
        at=entry.at,
        state=WAITING,
    )


@takes(RULE_ADOPTED)
def rule_adopted(state: State, entry: Entry, told: Told) -> None:
    """Two officers write down what the assembly decided, after everybody could read it."""
    change, today = state.get(RuleChange, id=told["change"]), village_day(entry.at)
    assembly, begins = (date.fromisoformat(told[name]) for name in ("assembly", "begins"))
    _by_officers(state, told["by"], told["second"])
    if apart.of_one_household(state, told["by"], told["second"]):
        state.not_allowed("without a second officer")
    if change.state != WAITING or not village_day(change.at) + SHOWN_FOR <= assembly <= today:
        state.not_allowed("not in its time")
    if begins <= today:
        state.not_allowed("reaches back")
    state.change(
        RuleChange,
        {"id": change.id},
        state=ADOPTED,
        assembly=assembly,
        begins=begins,
        first_id=told["by"],
        second_id=told["second"],
        adopted_at=entry.at,
    )


@takes(ADOPTION_UNDONE)
def adoption_undone(state: State, entry: Entry, told: Told) -> None:
    """One of the two takes back within ten minutes what they wrote down."""
    change = state.get(RuleChange, id=told["change"])
    late = entry.at - SLACK >= change.adopted_at + TAKEN_BACK_WITHIN
    if change.state != ADOPTED or late or told["by"] not in (change.first_id, change.second_id):
        state.not_allowed("not in its time")
    nothing = dict.fromkeys(("assembly", "begins", "first_id", "second_id", "adopted_at"))
    state.change(RuleChange, {"id": change.id}, state=WAITING, **nothing)


@takes(RULE_CHANGE_OVER)
def rule_change_over(state: State, entry: Entry, told: Told) -> None:
    """It became a version, was withdrawn, or nobody adopted it in time."""
    change, ends_as = state.get(RuleChange, id=told["change"]), told["state"]
    before = ADOPTED if ends_as == DONE else WAITING
    if ends_as not in (DONE, WITHDRAWN, LAPSED) or change.state != before:
        state.not_allowed("was over")
    late = village_day(entry.at) > village_day(change.at) + LAPSES_AFTER
    if ends_as == LAPSED and not late:
        state.not_allowed("not in its time")
    state.change(RuleChange, {"id": change.id}, state=ends_as, ended_at=entry.at)


def is_adopted(state: State, told: Told, begins: date, text: str) -> bool:
    """Whether a version is what a change says, and not in force before the change is."""
    change = state.get(RuleChange, id=told["change"])
    if (change.rule, change.state, change.text) != (told["rule"], ADOPTED, text):
        return False
    in_time = state.entry.at + SLACK >= change.adopted_at + TAKEN_BACK_WITHIN
    return bool(in_time and begins >= change.begins)


def _as_written(told: Told) -> str:
    said: dict[str, Any] = {name: told[name] for name in _PLAIN if name != "version"}
    said |= {name: named_in(told, name) for name in _WORDS}
    said |= {name: told.get(name, nothing) for name, nothing in _FURTHER.items()}
    return written(RuleText(**said))


def _by_officers(state: State, *officers: int) -> None:
    if any("officer" not in access.held(state, each) for each in officers):
        state.not_allowed("without the office")


def _under_way(change: Any) -> bool:
    return change.state in (WAITING, ADOPTED)
