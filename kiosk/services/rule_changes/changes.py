"""A change of a rule: proposed by an officer, shown, adopted by two, in force from a later day.

Everybody can read it for 14 days on the start screen and as a poster. Then the assembly decides,
and two officers of two households write that down: never its proposer alone. For ten minutes it can
be taken back; then the new version is written, in force from the day that was named. What nobody
adopted lapses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.core.texts import Texts
from kiosk.models.rulebook import RuleChange, RuleVersion
from kiosk.services.access import acting
from kiosk.services.access.offices import ASSEMBLY_WITHIN, Signature, second_officer
from kiosk.services.access.sessions import prove
from kiosk.services.ledger import log
from kiosk.services.retry import one_by_one
from kiosk.services.rule_changes import checklist, drafts, poster
from kiosk.services.rule_changes.checklist import ChecklistDifference, ChecklistDraft
from kiosk.services.rule_changes.drafts import CHECKLIST, Difference, Draft
from kiosk.services.rule_changes.terms import (
    ADOPTED,
    ADOPTION_UNDONE,
    BEGINS_WITHIN,
    DONE,
    LAPSED,
    LAPSES_AFTER,
    MAY,
    RULE_ADOPTED,
    RULE_CHANGE_OVER,
    RULE_PROPOSED,
    SHOWN_FOR,
    TAKEN_BACK_WITHIN,
    WAITING,
    WITHDRAWN,
    days_of,
    may_take_back,
    proposed_on,
)
from kiosk.services.rulebook import book
from kiosk.services.stars import checklists
from kiosk.services.village import Village
from kiosk.services.work import Work, reading, writing


@dataclass(frozen=True)
class Proposed:
    """A change that was proposed, and the print job of its poster."""

    change_id: int
    print_job_id: int


@dataclass(frozen=True)
class Adoption:
    """What two officers write down: the day of the assembly, and from which day it holds."""

    assembly: date
    begins: date


def preview(village: Village, session_id: str, draft: Draft) -> Difference:
    """What a draft would change, once it has gone through the gate; nothing is written.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``; as `drafts.checked`;
            ``rule_change_waits`` where another change of this rule is under way,
            ``rule_change_twin`` where another rule is called so.
    """
    with acting.reading(village, session_id, *MAY) as work:
        return _checked(work, draft)


def preview_lists(village: Village, session_id: str, draft: ChecklistDraft) -> ChecklistDifference:
    """What a draft of what inspectors look at would change; nothing is written.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``; as `checklist.checked`.
    """
    with acting.reading(village, session_id, *MAY) as work:
        return checklist.checked(work, draft)


def propose(
    village: Village, session_id: str, draft: Draft | ChecklistDraft, touch: str
) -> Proposed:
    """Propose a change, and print its poster. From now on everybody can read it.

    Raises:
        ExpectedError: as `preview` and `preview_lists`; ``unprintable``.
    """
    about = draft.rule if isinstance(draft, Draft) else CHECKLIST
    with acting.once(village, session_id, touch, "propose_rule", about, MAY) as work:
        if work.known is not None:
            return Proposed(**work.known)
        log.take_turn(work)
        change, entry = _proposed(work, draft, work.who.resident_id)
        proposed = Proposed(change.id, poster.queue_poster(work, change, entry, days_of(change)))
        work.remember(asdict(proposed))
        return proposed


def withdraw(village: Village, session_id: str, change_id: int, touch: str) -> None:
    """Take back what one proposed oneself, at any time before it is adopted.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``rule_change_over``,
            ``rule_change_not_own``.
    """
    with acting.once(village, session_id, touch, "withdraw_rule", change_id, MAY) as work:
        if work.known is not None:
            return
        change = _open(work, change_id)
        if change.by_id != work.who.resident_id:
            raise ExpectedError("rule_change_not_own")
        _end(work, change, WITHDRAWN)
        work.remember({"withdrawn": change_id})


def adopt(
    village: Village,
    session_id: str,
    change_id: int,
    adoption: Adoption,
    signature: Signature,
    touch: str,
) -> None:
    """Write down that the assembly adopted a change, with another officer's card and PIN.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``rule_change_over``;
            ``rule_change_shown`` with the day until which it is shown, ``rule_change_assembly``
            with the first day on which the assembly could decide, ``rule_change_begins``; as
            `sessions.prove` and `offices.second_officer`; as `drafts.checked` where the gate has
            become stricter.
    """
    second = prove(village, signature.card, signature.pin)
    with acting.once(village, session_id, touch, "adopt_rule", change_id, MAY) as work:
        if work.known is not None:
            return
        change = _open(work, change_id)
        _check_days(work, change, adoption)
        _check_again(change)
        agreed = second_officer(work, second, work.who.resident_id)
        _adopt(work, change, adoption, (work.who.resident_id, agreed))
        work.remember({"adopted": change_id})


def take_back(village: Village, session_id: str, change_id: int, touch: str) -> None:
    """Take back within ten minutes that a change was adopted, as one of the two who did.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``rule_change_over``.
    """
    with acting.once(village, session_id, touch, "undo_adoption", change_id, MAY) as work:
        if work.known is not None:
            return
        log.take_turn(work)
        change = work.session.get(RuleChange, change_id, with_for_update=True)
        if change is None or not may_take_back(work, change, work.who.resident_id):
            raise ExpectedError("rule_change_over")
        change.state, change.adopted_at = WAITING, None
        change.assembly = change.begins = change.first_id = change.second_id = None
        log.append(work, ADOPTION_UNDONE, {"change": change.id, "by": work.who.resident_id})
        work.remember({"undone": change_id})


def move_due(village: Village) -> int:
    """Write the versions whose ten minutes are over, and end what nobody adopted; how many.

    Called by the timer; calling it again changes nothing.
    """
    with reading(village) as work:
        under_way = select(RuleChange).where(RuleChange.state.in_((WAITING, ADOPTED)))
        due = [each.id for each in work.session.scalars(under_way) if _is_due(work, each)]
    return sum(one_by_one(_move, village, due))


def open_changes(session: Session) -> Iterable[RuleChange]:
    """What is proposed or adopted, and not over."""
    under_way = RuleChange.state.in_((WAITING, ADOPTED))
    return session.scalars(select(RuleChange).where(under_way).order_by(RuleChange.id))


def _move(village: Village, change_id: int) -> bool:
    with writing(village) as work:
        log.take_turn(work)
        change = work.session.get_one(RuleChange, change_id, with_for_update=True)
        if not _is_due(work, change):
            return False  # somebody was faster
        if change.state == WAITING:
            _end(work, change, LAPSED)
            return True
        _write(work, change)
        return True


def _is_due(work: Work, change: RuleChange) -> bool:
    if change.state == ADOPTED and change.adopted_at is not None:
        return work.now >= change.adopted_at + TAKEN_BACK_WITHIN
    return change.state == WAITING and work.today > proposed_on(change) + LAPSES_AFTER


def _write(work: Work, change: RuleChange) -> None:
    """The version; where the machine was off on its first day, it is in force from today."""
    day = max(change.begins or work.today, work.today)
    said = {"change": change.id}
    if change.what == CHECKLIST:
        checklists.install(work, change.text, day, said)
    elif change.text:
        book.take_over(work, drafts.read_text(change.text), day, said)
    else:
        book.end(work, change.rule, day, said)
    _end(work, change, DONE)


def _end(work: Work, change: RuleChange, state: str) -> None:
    change.state, change.ended_at = state, work.now
    log.append(work, RULE_CHANGE_OVER, {"change": change.id, "state": state})


def _open(work: Work, change_id: int) -> RuleChange:
    log.take_turn(work)
    change = work.session.get(RuleChange, change_id, with_for_update=True)
    if change is None or change.state != WAITING:
        raise ExpectedError("rule_change_over")
    return change


def _checked(work: Work, draft: Draft) -> Difference:
    found = drafts.checked(work.session, draft)
    under_way = list(open_changes(work.session))
    stands = book.standing_version(work.session, draft.rule)
    not_yet = stands is not None and stands.valid_from > work.today
    if not_yet or any(each.rule == draft.rule for each in under_way):
        raise ExpectedError("rule_change_waits")
    if found.after is not None:
        others = [each for each in _titles(work, under_way) if each[0] != draft.rule]
        if any({*found.after.title.values()} & {*title.values()} for _, title in others):
            raise ExpectedError("rule_change_twin")
    return found


def _titles(work: Work, under_way: Iterable[RuleChange]) -> list[tuple[str, Texts]]:
    """What rules are called, those that stand and those that are proposed."""
    standing = work.session.scalars(select(RuleVersion).where(RuleVersion.valid_to.is_(None)))
    rules = [each for each in under_way if each.text and each.what != CHECKLIST]
    proposed = [(each.rule, drafts.read_text(each.text).title) for each in rules]
    return [*((each.rule, each.title) for each in standing), *proposed]


def _check_days(work: Work, change: RuleChange, adoption: Adoption) -> None:
    first = proposed_on(change) + SHOWN_FOR
    if work.today < first:
        raise ExpectedError("rule_change_shown", first)
    earliest = max(first, work.today - ASSEMBLY_WITHIN)
    if not earliest <= adoption.assembly <= work.today:
        raise ExpectedError("rule_change_assembly", earliest)
    if not work.today < adoption.begins <= work.today + BEGINS_WITHIN:
        raise ExpectedError("rule_change_begins")


def _proposed(work: Work, draft: Draft | ChecklistDraft, by: int) -> tuple[RuleChange, int]:
    """The change, and the entry that says it."""
    if isinstance(draft, Draft):
        change = _of_a_rule(work, draft, _checked(work, draft), by)
    else:
        change = _of_the_lists(work, checklist.checked(work, draft), by)
    content = {"change": change.id, "what": change.what, "rule": change.rule}
    more = {"base": change.base, "text": change.text, "by": by}
    return change, log.append(work, RULE_PROPOSED, content | more)


def _of_the_lists(work: Work, found: ChecklistDifference, by: int) -> RuleChange:
    change = RuleChange(
        what=CHECKLIST,
        rule=CHECKLIST,
        base=checklist.base(work.session),
        text=checklist.written(found),
        by_id=by,
        at=work.now,
        state=WAITING,
    )
    work.session.add(change)
    work.session.flush()
    return change


def _of_a_rule(work: Work, draft: Draft, found: Difference, by: int) -> RuleChange:
    base = book.standing_version(work.session, draft.rule)
    change = RuleChange(
        what=draft.what,
        rule=draft.rule,
        base=0 if base is None else base.version,
        text="",
        by_id=by,
        at=work.now,
        state=WAITING,
    )
    work.session.add(change)
    work.session.flush()
    if found.after is not None:
        change.rule = draft.rule or f"own_{change.id}"
        change.text = drafts.written(drafts.called(found.after, change.rule))
    return change


def _check_again(change: RuleChange) -> None:
    if change.what == CHECKLIST:
        checklist.check_again(change.text)
    elif change.text:
        drafts.check_again(change.text)


def _adopt(work: Work, change: RuleChange, adoption: Adoption, both: tuple[int, int]) -> None:
    change.state, change.adopted_at = ADOPTED, work.now
    change.assembly, change.begins = adoption.assembly, adoption.begins
    change.first_id, change.second_id = both
    content: dict[str, object] = {"change": change.id, "by": both[0], "second": both[1]}
    days = {"assembly": adoption.assembly.isoformat(), "begins": adoption.begins.isoformat()}
    log.append(work, RULE_ADOPTED, content | days)
