"""The rule book: read from a TOML file through the gate, every version kept.

The first book of a village is in force from the day it is installed. A later change is in force
from the next day on, so that no rule reaches back to what was done before it was there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from kiosk.core.paths import ASSETS
from kiosk.core.texts import Texts
from kiosk.models.rulebook import RuleVersion
from kiosk.services.ledger import log
from kiosk.services.rulebook.reading import RuleText, read_rulebook
from kiosk.services.village import Village
from kiosk.services.work import Work, reading, writing

SHIPPED = ASSETS / "rulebook.toml"
NOTHING_MORE: Final[Mapping[str, object]] = {}
"""What the entry of a rule says that stood in a file."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One version of one rule; `points` is a magnitude, which a concern takes away."""

    rule_version_id: int
    rule: str
    version: int
    kind: str
    area: str
    points: int
    reporters: str
    icon: str
    title: Texts
    text: Texts
    remedy: Texts
    caps: str
    """How often it counts for one person (`caps`); empty without a limit."""
    ladder: str
    """What more hours give (`ladder`); empty without one."""
    reminder: bool
    """The first concern of its kind that stands takes no points."""


@dataclass(frozen=True, kw_only=True)
class Installed:
    """What installing a rule book changed: rule keys, and from which day on."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    ended: tuple[str, ...]
    unchanged: tuple[str, ...]
    valid_from: date


_COLUMNS = tuple(field.name for field in fields(RuleText))
_FURTHER = ("caps", "ladder", "reminder")
"""What not every rule has: an entry says it where there is something to say."""
_CONTENT = tuple(name for name in _COLUMNS if name != "rule")
_RULE = tuple(field.name for field in fields(Rule) if field.name != "rule_version_id")


def install(village: Village, file: Path = SHIPPED, chosen: tuple[RuleText, ...] = ()) -> Installed:
    """Put the rules of `file` in force, or those `chosen`; what did not change keeps its version.

    Raises:
        ExpectedError: as `kiosk.services.rulebook.reading.read_rulebook`.
    """
    texts = chosen or read_rulebook(file)
    with writing(village) as work:
        standing = _standing(work.session)
        day = _first_day(work)
        added = [each for each in texts if each.rule not in standing]
        kept = [each for each in texts if each.rule in standing]
        changed = [each for each in kept if not _same(each, standing[each.rule])]
        ended = [rule for rule in standing if rule not in {each.rule for each in texts}]
        for each in changed:
            standing[each.rule].valid_to = day
        for rule in ended:
            _end(work, standing[rule], day, {})
        before = {rule: row.place_in_book for rule, row in standing.items()}
        places = {each.rule: place for place, each in enumerate(texts, start=1)}
        for each in texts:
            if each in added or each in changed:
                _write_version(work, each, places[each.rule], day)
            else:
                standing[each.rule].place_in_book = places[each.rule]
        if places != before:
            log.append(work, "rulebook_ordered", {"rules": list(places)})
        return Installed(
            added=tuple(each.rule for each in added),
            changed=tuple(each.rule for each in changed),
            ended=tuple(ended),
            unchanged=tuple(each.rule for each in kept if each not in changed),
            valid_from=day,
        )


def take_over(work: Work, text: RuleText, day: date, said: Mapping[str, object]) -> None:
    """A version that the village adopted is in force from `day`; `said` stands in its entry too."""
    standing = _standing(work.session)
    known = standing.get(text.rule)
    if known is not None:
        known.valid_to = day
    place = len(standing) + 1 if known is None else known.place_in_book
    _write_version(work, text, place, day, said)
    if known is None:
        log.append(work, "rulebook_ordered", {"rules": list(_standing(work.session))})


def end(work: Work, rule: str, day: date, said: Mapping[str, object]) -> None:
    """A rule that stands is in force no more from `day` on."""
    standing = _standing(work.session)
    _end(work, standing[rule], day, said)
    left = [each for each in standing if each != rule]
    for place, each in enumerate(left, start=1):
        standing[each].place_in_book = place
    log.append(work, "rulebook_ordered", {"rules": left})


def standing_version(session: Session, rule: str) -> RuleVersion | None:
    """The newest version of a rule that was not ended, in force already or from a later day on."""
    return _standing(session).get(rule)


def current(village: Village) -> tuple[Rule, ...]:
    """The rules in force today, in the order of the rule book."""
    with reading(village) as work:
        return rules_on(work.session, work.today)


def rules_on(session: Session, day: date) -> tuple[Rule, ...]:
    """The rules in force on `day`, in the order of the rule book."""
    rows = session.scalars(
        select(RuleVersion)
        .where(*_in_force(day))
        .order_by(RuleVersion.place_in_book, RuleVersion.id)
    )
    return tuple(_rule(row) for row in rows)


def rule_on(session: Session, rule: str, day: date) -> Rule | None:
    """The version of `rule` in force on `day`; None if there was none."""
    row = session.scalar(select(RuleVersion).where(RuleVersion.rule == rule, *_in_force(day)))
    return None if row is None else _rule(row)


def version_on(session: Session, chosen: RuleVersion, day: date) -> Rule | None:
    """The version of the same rule in force on `day`, most often the chosen one itself."""
    if chosen.valid_from <= day and (chosen.valid_to is None or day < chosen.valid_to):
        return _rule(chosen)
    return rule_on(session, chosen.rule, day)


def rule_version(session: Session, rule_version_id: int) -> Rule:
    """One version, by its id."""
    return _rule(session.get_one(RuleVersion, rule_version_id))


def numbers(session: Session) -> list[list[Any]]:
    """Rule, version, number and place of every version: what entries of version 0.1 lack."""
    columns = (RuleVersion.rule, RuleVersion.version, RuleVersion.id, RuleVersion.place_in_book)
    return [list(row) for row in session.execute(select(*columns).order_by(RuleVersion.id))]


def _in_force(day: date) -> tuple[ColumnElement[bool], ...]:
    return (
        RuleVersion.valid_from <= day,
        (RuleVersion.valid_to.is_(None)) | (RuleVersion.valid_to > day),
    )


def _standing(session: Session) -> dict[str, RuleVersion]:
    """The newest version of each rule that was not ended."""
    rows = session.scalars(
        select(RuleVersion)
        .where(RuleVersion.valid_to.is_(None))
        .order_by(RuleVersion.place_in_book, RuleVersion.id)
        .with_for_update()
    )
    return {row.rule: row for row in rows}


def _first_day(work: Work) -> date:
    today = work.today
    any_before = work.session.scalar(select(RuleVersion.id).limit(1)) is not None
    return today + timedelta(days=1) if any_before else today


def _same(text: RuleText, row: RuleVersion) -> bool:
    return all(getattr(text, name) == getattr(row, name) for name in _CONTENT)


def _end(work: Work, row: RuleVersion, day: date, said: Mapping[str, object]) -> None:
    row.valid_to = day
    log.append(work, "rule_ended", {"rule": row.rule, "from": day.isoformat(), **said})


def _write_version(
    work: Work, text: RuleText, place: int, day: date, said: Mapping[str, object] = NOTHING_MORE
) -> None:
    last = work.session.scalar(
        select(RuleVersion.version)
        .where(RuleVersion.rule == text.rule)
        .order_by(RuleVersion.version.desc())
        .limit(1)
    )
    version = (last or 0) + 1
    columns = {name: getattr(text, name) for name in _COLUMNS}
    content = {"version": version, "valid_from": day.isoformat()}
    for name, value in columns.items():
        if name not in _FURTHER or value:
            content |= value.named(name) if isinstance(value, Texts) else {name: value}
    row = RuleVersion(
        version=version, valid_from=day, place_in_book=place, ledger_index=0, **columns
    )
    work.session.add(row)
    work.session.flush()
    entry = {"rule_version": row.id, **content, **said}
    row.ledger_index = log.append(work, "rule_installed", entry)


def _rule(row: RuleVersion) -> Rule:
    return Rule(rule_version_id=row.id, **{name: getattr(row, name) for name in _RULE})
