"""What a change is to be: a new rule, other words and points of one that stands, or its end."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal, get_args

from sqlalchemy.orm import Session

from kiosk.core.catalogue import ON_EVERY_PAPER
from kiosk.core.errors import ExpectedError
from kiosk.core.texts import NO_TEXT, Texts
from kiosk.models.rulebook import RuleChange, RuleVersion
from kiosk.services.rulebook import book
from kiosk.services.rulebook import caps as rule_caps
from kiosk.services.rulebook import ladder as rule_ladder
from kiosk.services.rulebook.reading import RuleText, further, read_rule

What = Literal["new", "changed", "ended", "rubric"]
KINDS: Final[tuple[What, ...]] = get_args(What)
"""What can be proposed; words at ``rule_changes.about_<what>``."""
CHECKLIST: Final = "rubric"
"""A change of what inspectors look at (`checklist`), and the key under which it stands."""
NOT_YET: Final = ("waiting", "adopted")
"""How a change stands that is not over."""
_NEW: Final = "new"
NO_REMEDY: Final = dict.fromkeys(ON_EVERY_PAPER, "")
_ON_THE_SCREEN: Final = {
    "rulebook_kind": "rule_change_kind",
    "rulebook_area": "rule_change_area",
    "rulebook_points": "rule_change_points",
    "rulebook_reporters": "rule_change_reporters",
    "rulebook_icon": "rule_change_icon",
    "rulebook_missing": "rule_change_missing",
    "rulebook_too_long": "rule_change_too_long",
    "rulebook_remedy": "rule_change_remedy",
    "rulebook_caps": "rule_change_caps",
    "rulebook_ladder": "rule_change_ladder",
    "rulebook_reminder": "rule_change_reminder",
    "rulebook_gate": "rule_change_gate",
    "rulebook_no_act": "rule_change_no_act",
}
"""What a file is refused with, as somebody reads it who has no file before them."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A change as an officer put it together; of an end, `rule` alone counts."""

    what: What
    rule: str = ""
    """Its key, where it stands already."""
    kind: str = "deed"
    area: str = ""
    points: int = 0
    reporters: str = "anyone"
    icon: str = ""
    title: Texts = NO_TEXT
    text: Texts = NO_TEXT
    remedy: Texts = NO_TEXT
    caps: str = ""
    """As `rulebook.caps` keeps it."""
    ladder: str = ""
    """As `rulebook.ladder` keeps it."""
    reminder: bool = False


@dataclass(frozen=True)
class Days:
    """The days of a change: proposed, the assembly may decide from, and lapses after."""

    proposed: date
    decided_from: date
    lapses: date


@dataclass(frozen=True)
class Difference:
    """What would be another than before: `before` of a new rule and `after` of an end are None."""

    before: RuleText | None
    after: RuleText | None

    @property
    def fields(self) -> tuple[str, ...]:
        """Which of `FIELDS` are not the same."""
        if self.before is None or self.after is None:
            return ()
        return tuple(
            name for name in FIELDS if getattr(self.before, name) != getattr(self.after, name)
        )


FIELDS: Final = (
    *("title", "text", "area", "points", "ladder", "caps", "reminder", "reporters", "icon"),
    "remedy",
)
"""What a change may change; nobody's good deed becomes a concern."""


def checked(session: Session, draft: Draft) -> Difference:
    """What a draft would change, once it has gone through the gate.

    A text in one language alone stands for the others.

    Raises:
        ExpectedError: ``rule_change_unknown`` where there is no such rule, ``rule_change_same``;
            ``rule_change_kind``, ``rule_change_area``, ``rule_change_points``,
            ``rule_change_reporters``, ``rule_change_icon`` with what is not on the list,
            ``rule_change_missing``, ``rule_change_too_long``, ``rule_change_remedy``,
            ``rule_change_caps``, ``rule_change_ladder``, ``rule_change_reminder``,
            ``rule_change_gate`` with the words that no rule may have,
            ``rule_change_no_act``.
    """
    if draft.what not in KINDS or draft.what == CHECKLIST:
        raise ValueError(draft.what)
    row = book.standing_version(session, draft.rule) if draft.what != _NEW else None
    if draft.what != _NEW and row is None:
        raise ExpectedError("rule_change_unknown")
    before = None if row is None else text_of(row)
    if draft.what == "ended":
        return Difference(before, None)
    found = Difference(before, _read(_entry(draft, before)))
    if before is not None and not found.fields:
        raise ExpectedError("rule_change_same")
    return found


def difference(session: Session, change: RuleChange) -> Difference:
    """What a change changes, against the version that stood when it was proposed."""
    version = {"rule": change.rule, "version": change.base}
    row = session.query(RuleVersion).filter_by(**version).one_or_none()
    after = read_text(change.text) if change.text else None
    return Difference(None if row is None else text_of(row), after)


def text_of(row: RuleVersion) -> RuleText:
    """A version as a change writes it."""
    names = ("rule", "kind", *FIELDS)
    return RuleText(**{name: getattr(row, name) for name in names})


def called(text: RuleText, rule: str) -> RuleText:
    """The same under a key of its own, which nobody types."""
    return replace(text, rule=rule)


def written(text: RuleText) -> str:
    """As it is kept, and as its entry says it."""
    return json.dumps(text.entry(), ensure_ascii=False, sort_keys=True)


def read_text(kept: str) -> RuleText:
    """What `written` wrote."""
    entry = json.loads(kept)
    words: dict[str, Any] = {
        name: Texts(entry.get(name, NO_REMEDY)) for name in ("title", "text", "remedy")
    }
    plain = {name: entry[name] for name in ("kind", "area", "points", "reporters", "icon")}
    return RuleText(rule=entry["key"], **plain, **further(entry), **words)


def check_again(kept: str) -> None:
    """Refuse what the gate lets through no more since it was proposed.

    Raises:
        ExpectedError: as `checked`.
    """
    _read(json.loads(kept))


def _entry(draft: Draft, before: RuleText | None) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "key": before.rule if before else _NEW,
        "kind": before.kind if before else draft.kind,
        "area": draft.area,
        "points": draft.points,
        "reporters": draft.reporters,
        "icon": draft.icon,
        "title": in_both(draft.title),
        "text": in_both(draft.text),
    }
    if any(draft.remedy.values()):
        entry["remedy"] = in_both(draft.remedy)
    if draft.reminder:
        entry["reminder"] = True
    return entry | _tables(draft)


def _tables(draft: Draft) -> dict[str, dict[str, int]]:
    try:
        caps = {"caps": rule_caps.table_of(draft.caps)} if draft.caps else {}
        steps = {"ladder": rule_ladder.table_of(draft.ladder)} if draft.ladder else {}
    except ExpectedError as refusal:
        raise ExpectedError(_ON_THE_SCREEN[refusal.code], *refusal.values[1:]) from refusal
    return caps | steps


def in_both(texts: Texts) -> dict[str, str]:
    """In each language that stands on every paper; what was left empty is as in the other."""
    stripped = {language: text.strip() for language, text in texts.items()}
    said = Texts({language: text for language, text in stripped.items() if text})
    return {**said, **{each: said.said(each) for each in ON_EVERY_PAPER}}


def _read(entry: dict[str, Any]) -> RuleText:
    try:
        return read_rule(entry)
    except ExpectedError as refusal:
        raise ExpectedError(_ON_THE_SCREEN[refusal.code], *refusal.values[1:]) from refusal
