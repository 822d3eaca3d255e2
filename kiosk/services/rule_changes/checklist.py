"""A change of what inspectors look at: the lists as they are to be, held to the gate and the paper.

All lists are one text, so that what was shown is what is adopted. A round that was opened before
goes on by the lists that it was opened with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.core.texts import Texts
from kiosk.models.rulebook import RuleChange
from kiosk.services.access import acting
from kiosk.services.rule_changes.drafts import CHECKLIST, NOT_YET, in_both
from kiosk.services.rule_changes.terms import MAY
from kiosk.services.stars import checklists, rubrics
from kiosk.services.stars.ratings import PUT_FORWARD_ONLY
from kiosk.services.stars.rubrics import (
    CURRENT,
    FEWEST_ITEMS,
    KINDS,
    LISTS,
    PUT_FORWARD,
    Item,
    Lists,
    Rubrics,
)
from kiosk.services.village import Village
from kiosk.services.work import Work

ICON: Final = "list-check"
"""The picture of a change of what is looked at."""
_OWN_KEY: Final = "own_"
_ON_THE_SCREEN: Final = {
    "rubric_gate": "checklist_gate",
    "rubric_wrong": "checklist_words",
}


@dataclass(frozen=True)
class ChecklistDraft:
    """All lists, by the names in `rubrics.LISTS`; an item without a key is a new one."""

    lists: Lists


@dataclass(frozen=True)
class ItemDifference:
    """What would be another in a list: `before` of a new item and `after` of one left out None."""

    name: str
    """Of the list."""
    dimension: str
    before: Item | None
    after: Item | None


@dataclass(frozen=True)
class ChecklistDifference:
    """The lists as they are, and as they would be."""

    before: Rubrics
    after: Rubrics

    @property
    def items(self) -> tuple[ItemDifference, ...]:
        """What is not the same, list by list."""
        return tuple(each for name in LISTS for each in self._in(name))

    def _in(self, name: str) -> Iterator[ItemDifference]:
        was = {each.key: each for each in self.before.lists[name]}
        will = {each.key: each for each in self.after.lists[name]}
        for key in dict.fromkeys((*was, *will)):
            one, other = was.get(key), will.get(key)
            if one != other:
                named = other or one
                assert named is not None, "it stands in one of the two"
                yield ItemDifference(name, named.dimension, one, other)


@dataclass(frozen=True)
class ChecklistPage:
    """The lists in force, and those of the program where they are newer; for who changes them."""

    now: Rubrics
    offered: Rubrics | None
    waits: bool
    """Whether a change is under way already: one at a time."""


def page(village: Village, session_id: str) -> ChecklistPage:
    """What can be changed.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *MAY) as work:
        now = _standing(work)
        newest = rubrics.shipped(CURRENT)
        waits = _waits(work.session, work.today)
        return ChecklistPage(now, newest if newest.lists != now.lists else None, waits)


def checked(work: Work, draft: ChecklistDraft) -> ChecklistDifference:
    """What a draft would change, once it has gone through the gate and fits the sheet.

    A text in one language alone stands for the others.

    Raises:
        ExpectedError: ``checklist_gate`` with the words that no item may have,
            ``checklist_words`` where an item has none or too many, ``checklist_few`` (dimension)
            where too few are left to give stars, ``checklist_long`` where the lines do not fit a
            sheet, ``rule_change_same``, ``rule_change_waits``.
    """
    if _waits(work.session, work.today):
        raise ExpectedError("rule_change_waits")
    now = _standing(work)
    after = _read(_entries(draft.lists, now))
    if after.lists == now.lists:
        raise ExpectedError("rule_change_same")
    return ChecklistDifference(now, after)


def check_again(text: str) -> None:
    """Refuse what the gate lets through no more since it was proposed.

    Raises:
        ExpectedError: as `checked`.
    """
    _read(_entries(rubrics.kept("", text).lists, None))


def difference(session: Session, change: RuleChange) -> ChecklistDifference:
    """What a change changes, against the lists that stood when it was proposed."""
    before = (
        checklists.named(session, checklists.own(change.base))
        if change.base
        else checklists.named(session, checklists.standing(session, village_day(change.at)))
    )
    return ChecklistDifference(before, rubrics.kept("", change.text))


def base(session: Session) -> int:
    """The number of the village's own lists that a change changes; 0 of the program's."""
    newest = checklists.newest(session)
    return 0 if newest is None else newest.version


def written(found: ChecklistDifference) -> str:
    """As a change keeps it."""
    return rubrics.written(found.after.lists)


def _standing(work: Work) -> Rubrics:
    return checklists.named(work.session, checklists.standing(work.session, work.today))


def _waits(session: Session, today: date) -> bool:
    newest = checklists.newest(session)
    if newest is not None and newest.valid_from > today:
        return True
    under_way = session.query(RuleChange).filter(RuleChange.what == CHECKLIST)
    return under_way.filter(RuleChange.state.in_(NOT_YET)).first() is not None


def _entries(lists: Lists, now: Rubrics | None) -> dict[str, list[dict[str, Any]]]:
    """The items as a file would have them, new ones under keys that nobody types."""
    known = [each.key for found in (lists, now.lists if now else {}) for each in _every(found)]
    taken = [int(key.removeprefix(_OWN_KEY)) for key in known if _is_own(key)]
    number = max(taken, default=0)
    found: dict[str, list[dict[str, Any]]] = {}
    for name in LISTS:
        found[name] = []
        for item in lists[name]:
            key = item.key
            if not key:
                number += 1
                key = f"{_OWN_KEY}{number}"
            text = in_both(item.text)
            found[name].append({"key": key, "dimension": item.dimension, "text": text})
    return found


def _every(lists: Mapping[str, Sequence[Item]]) -> Iterator[Item]:
    for found in lists.values():
        yield from found


def _is_own(key: str) -> bool:
    return (
        key.startswith(_OWN_KEY)
        and key.removeprefix(_OWN_KEY).isascii()
        and (key.removeprefix(_OWN_KEY).isdigit())
    )


def _read(entries: Mapping[str, Sequence[Mapping[str, Any]]]) -> Rubrics:
    for name, items in entries.items():
        forward = {each["dimension"] in PUT_FORWARD_ONLY for each in items}
        if forward - {name == PUT_FORWARD}:
            raise ValueError(name)
    try:
        found = rubrics.checked("", entries)
    except ExpectedError as refusal:
        raise _refused(refusal) from refusal
    for kind in KINDS:
        rubric = found.of(kind)
        for dimension in rubric.dimensions:
            if len(rubric.of(dimension)) < FEWEST_ITEMS:
                raise ExpectedError("checklist_few", FEWEST_ITEMS)
        if not rubrics.fits(rubric):
            raise ExpectedError("checklist_long")
    return found


def _refused(refusal: ExpectedError) -> ExpectedError:
    """What a file is refused with, as somebody reads it who has no file before them."""
    if refusal.values[1:] == ("dimension",):
        return ExpectedError("checklist_few", FEWEST_ITEMS)
    return ExpectedError(_ON_THE_SCREEN[refusal.code], *refusal.values[1:])


def title(village: Village) -> Texts:
    """What such a change is called."""
    say = village.catalogue.text
    languages = village.catalogue.languages
    return Texts({each: say("rule_changes.checklist", each) for each in languages})
