"""The rule book, as the log gives it: every version of every rule, and their order."""

from __future__ import annotations

from datetime import date

from kiosk.core.clock import village_day
from kiosk.core.texts import named_in
from kiosk.models.rulebook import RuleVersion
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.stored import UNSAID
from kiosk.services.audit.fold.takers import takes
from kiosk.services.ledger.contents import Told

_WORDS = ("title", "text", "remedy")
_PLAIN = ("rule", "version", "kind", "area", "points", "reporters", "icon")


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
    state.change(RuleVersion, {"rule": told["rule"], "valid_to": None}, valid_to=begins)
    state.put(
        RuleVersion,
        id=told.get("rule_version", UNSAID),
        valid_from=begins,
        place_in_book=earlier[-1].place_in_book if earlier else UNSAID,
        ledger_index=entry.index,
        **{name: told[name] for name in _PLAIN},
        **{name: named_in(told, name) for name in _WORDS},
    )


@takes("rule_ended")
def rule_ended(state: State, _entry: Entry, told: Told) -> None:
    """A rule that stood is taken out."""
    standing = {"rule": told["rule"], "valid_to": None}
    if not state.change(RuleVersion, standing, valid_to=date.fromisoformat(told["from"])):
        state.not_allowed("no rule stood")


@takes("rulebook_ordered")
def rulebook_ordered(state: State, _entry: Entry, told: Told) -> None:
    """Every rule that stands has its place."""
    for place, rule in enumerate(told["rules"], start=1):
        if not state.change(RuleVersion, {"rule": rule, "valid_to": None}, place_in_book=place):
            state.not_allowed("no rule stood")
