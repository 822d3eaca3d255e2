"""What hangs on the notice board: a change that is proposed, and the whole book of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from kiosk.core.catalogue import Language, catalogue
from kiosk.core.days import Say, plain, said_day
from kiosk.core.errors import ExpectedError
from kiosk.models.rulebook import RuleChange, RuleVersion
from kiosk.services.access import acting
from kiosk.services.access.roles import holders
from kiosk.services.check import kinds
from kiosk.services.ledger import log
from kiosk.services.printing import queue
from kiosk.services.printing.papers import payload_of
from kiosk.services.rule_changes import checklist, drafts, wording
from kiosk.services.rule_changes.checklist import ChecklistDifference
from kiosk.services.rule_changes.drafts import Days, Difference
from kiosk.services.rulebook.reading import RuleText
from kiosk.services.stars import checklists
from kiosk.services.stars.rubrics import LISTS, Rubrics
from kiosk.services.village import Village
from kiosk.services.work import Work

if TYPE_CHECKING:  # drawing is slow to import
    from kiosk.documents.rule_poster import RulePart, RulePoster

_CHANGE, _BOOK, _LISTS = "R", "B", "L"
"""First letters of the references: ``R12`` is change 12, ``B20261123`` the book of that day,
``Lown-2`` what inspectors look at by that version."""
MAY = holders("install_rulebook")
Versions = tuple[tuple[str, date | None], ...]
"""What inspectors look at by which version, and since when it holds."""


def queue_poster(work: Work, change: RuleChange, entry: int, days: Days) -> int:
    """Queue the poster of a change in the caller's transaction; its print job.

    Raises:
        ExpectedError: ``unprintable``.
    """
    village = work.village
    if change.what == drafts.CHECKLIST:
        lists = checklist.difference(work.session, change)
        parts = tuple(_lists_part(village, lists, each) for each in _languages(village))
    else:
        found = drafts.difference(work.session, change)
        parts = tuple(_part(village, found, each) for each in _languages(village))
    return _queue(work, f"{_CHANGE}{change.id}", entry, _of_change(village, parts, days))


def days(village: Village, session_id: str) -> tuple[date, ...]:
    """The days from which a book was, is, or will be in force, the newest first; for officers.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *MAY) as work:
        rows = work.session.scalars(select(RuleVersion)).all()
        found = {each.valid_from for each in rows} | {each.valid_to for each in rows}
        return tuple(sorted((each for each in found if each is not None), reverse=True))


def print_book(village: Village, session_id: str, day: date, touch: str, language: Language) -> int:
    """Print the whole book as it is in force on `day`; the print job.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``; ``rule_book_empty`` where no rule was in
            force; ``unprintable``.
    """
    about = f"{day.isoformat()} {language}"
    with acting.once(village, session_id, touch, "print_rules", about, MAY) as work:
        if work.known is not None:
            return int(work.known["job"])
        rows = _in_force(work, day)
        if not rows:
            raise ExpectedError("rule_book_empty")
        entry = max(each.ledger_index for each in rows)
        sheet = _of_book(village, map(drafts.text_of, rows), day, language)
        job = _queue(work, f"{_BOOK}{day:%Y%m%d}", entry, sheet)
        work.remember({"job": job})
        return job


def versions(village: Village, session_id: str) -> Versions:
    """What inspectors look at, each version and since when it holds, the newest first.

    One that the program brought holds since no day. For officers.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *MAY) as work:
        return checklists.versions(work.session)


def print_lists(
    village: Village, session_id: str, version: str, touch: str, language: Language
) -> int:
    """Print all that inspectors look at by a version; the print job.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``unprintable``.
        LookupError: there is no such version.
    """
    about = f"{version} {language}"
    with acting.once(village, session_id, touch, "print_lists", about, MAY) as work:
        if work.known is not None:
            return int(work.known["job"])
        since = dict(checklists.versions(work.session)).get(version)
        sheet = _of_lists(village, checklists.named(work.session, version), since, language)
        job = _queue(work, f"{_LISTS}{version}", log.log_size(work.session) - 1, sheet)
        work.remember({"job": job})
        return job


def _in_force(work: Work, day: date) -> list[RuleVersion]:
    until = RuleVersion.valid_to.is_(None) | (RuleVersion.valid_to > day)
    order = (RuleVersion.place_in_book, RuleVersion.id)
    rows = select(RuleVersion).where(RuleVersion.valid_from <= day, until).order_by(*order)
    return list(work.session.scalars(rows))


def _queue(work: Work, reference: str, entry: int, sheet: RulePoster) -> int:
    return queue.enqueue(
        work,
        paper="rule_poster",
        reference=reference,
        media="A4",
        payload=payload_of(sheet),
        covers=entry,
        note_lines=kinds.RULES.write(entry=entry),
    )


def _languages(village: Village) -> tuple[Language, ...]:
    return catalogue().pair(village.settings.language)


def _of_change(village: Village, parts: tuple[RulePart, ...], days: Days) -> RulePoster:
    """In two languages, the village's first: whoever stands before the board reads one of them."""
    from kiosk.documents.rule_poster import RulePoster

    first, second = (_say(village, each) for each in _languages(village))
    return RulePoster(
        village=village.settings.name,
        language=_languages(village)[0],
        title=first("rule_changes.poster_title"),
        subtitle=second("rule_changes.poster_title"),
        lead=(_lead(first, days), _lead(second, days)),
        parts=parts,
        foot=plain(first("rule_changes.poster_foot")),
        qr_text="",
    )


def _of_book(
    village: Village, rules: Iterable[RuleText], day: date, language: Language
) -> RulePoster:
    from kiosk.documents.rule_poster import RulePart, RulePoster

    say = _say(village, language)
    parts = (
        RulePart(
            icon=each.icon,
            heading=each.title.said(language),
            points=wording.signed(each),
            lines=wording.sentences(say, each, language),
        )
        for each in rules
    )
    return RulePoster(
        village=village.settings.name,
        language=language,
        title=say("rule_changes.book_title"),
        subtitle="",
        lead=(plain(say("rule_changes.book_lead", said_day(say, day))),),
        parts=tuple(parts),
        foot=plain(say("rule_changes.poster_foot")),
        qr_text="",
    )


def _of_lists(
    village: Village, lists: Rubrics, since: date | None, language: Language
) -> RulePoster:
    from kiosk.documents.rule_poster import RulePart, RulePoster

    say = _say(village, language)
    lead = (
        say("rule_changes.lists_lead", said_day(say, since))
        if since
        else say("rule_changes.lists_brought")
    )
    return RulePoster(
        village=village.settings.name,
        language=language,
        title=say("rule_changes.checklist"),
        subtitle="",
        lead=(plain(lead), plain(say("rule_changes.lists_rule"))),
        parts=tuple(
            RulePart(
                icon=wording.LIST_ICONS[name],
                heading=say(f"rule_changes.list_{name}"),
                points="",
                lines=wording.list_lines(say, lists, name, language),
            )
            for name in LISTS
        ),
        foot=plain(say("rule_changes.poster_foot")),
        qr_text="",
    )


def _lists_part(village: Village, found: ChecklistDifference, language: Language) -> RulePart:
    from kiosk.documents.rule_poster import BEFORE, RulePart

    say = _say(village, language)
    lines = [say("rule_changes.would_changed")]
    for each in wording.list_differences(say, found, language):
        lines += [f"{BEFORE}{each.name}: {each.before}"] if each.before else []
        lines += [f"+ {each.name}: {each.after}"] if each.after else []
    return RulePart(
        icon=checklist.ICON,
        heading=say("rule_changes.checklist"),
        points="",
        lines=(*lines, say("rule_changes.lists_from")),
    )


def _part(village: Village, found: Difference, language: Language) -> RulePart:
    from kiosk.documents.rule_poster import BEFORE, RulePart

    say, rule = _say(village, language), found.after or found.before
    assert rule is not None, "a change is about a rule"
    what = "new" if found.before is None else "ended" if found.after is None else "changed"
    lines = [say(f"rule_changes.would_{what}")]
    for each in wording.differences(say, found, language):
        lines += [f"{BEFORE}{each.name}: {each.before}", f"+ {each.name}: {each.after}"]
    if what != "changed":
        lines += wording.sentences(say, rule, language)
    return RulePart(
        icon=rule.icon,
        heading=rule.title.said(language),
        points=wording.signed(rule),
        lines=tuple(lines),
    )


def _lead(say: Say, days: Days) -> str:
    named = (said_day(say, each) for each in (days.proposed, days.decided_from, days.lapses))
    return plain(say("rule_changes.poster_lead", *named))


def _say(village: Village, language: Language) -> Say:
    def said(key: str, *values: object) -> str:
        return village.catalogue.text(key, language, *values)

    return said
