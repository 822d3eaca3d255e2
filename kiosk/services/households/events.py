"""Life events: shown, written down, taken back within ten minutes, or carried out after them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import select

from kiosk.core import event_log
from kiosk.core.encoding import digest_of
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House
from kiosk.models.households import LifeEvent
from kiosk.models.register import Household, Resident
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.access.offices import Signature, second_officer
from kiosk.services.access.roles import holders
from kiosk.services.access.sessions import Proven, prove
from kiosk.services.households import carrying_out, checking, whom
from kiosk.services.households.consequences import Consequences, consequences
from kiosk.services.households.plans import (
    GOES,
    KINDS,
    NEEDS_TWO,
    Kind,
    Plan,
    households_of,
    read_plan,
    seen_now,
)
from kiosk.services.ledger import log
from kiosk.services.retry import one_by_one
from kiosk.services.village import Village
from kiosk.services.work import Work, reading, writing

TAKEN_BACK_WITHIN: Final = timedelta(minutes=10)
"""How long a life event waits, and whoever wrote it down can take it back (design 4)."""
SHOWN_FOR: Final = timedelta(days=7)
"""How long the desk sees what could not be done any more."""
FOUND_FOR: Final = timedelta(days=365)
"""How long the desk finds a household in which nobody lives any more, should that be wrong."""
LIFE_EVENT, LIFE_EVENT_OVER = "life_event", "life_event_over"
WAITING, DONE, WITHDRAWN, DROPPED = "waiting", "done", "withdrawn", "dropped"
MAY = holders("keep_register")

Ask = Literal["", "head", "head_left"]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a plan would change; or who is to become head, where that has to be said first."""

    plan: Plan
    """As it was shown, to be handed in."""
    ask: Ask
    candidates: tuple[tuple[int, str], ...]
    """Of whom the head is chosen: number and name."""
    consequences: Consequences


@dataclass(frozen=True, kw_only=True)
class EventLine:
    """A life event that waits, could not be done, or is past; words at ``register.kind_<kind>``."""

    event_id: int
    kind: Kind
    household_id: int
    house: House
    until: datetime
    """Until when it can be taken back; then it takes effect."""
    state: str
    """``waiting``, ``dropped``, or ``done`` where nobody of the household is found any more."""


def preview(village: Village, session_id: str, plan: Plan) -> Preview:
    """What would change if that happened, and what would not; nothing is written.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``; as `checking.check`.
    """
    with acting.reading(village, session_id, *MAY) as work:
        checking.check(work, plan, work.who.resident_id)
        ask, people = _head_to_choose(work, plan)
        told = consequences(work, plan) if not ask else Consequences((), ())
        shown = replace(plan, seen=seen_now(work.session, plan))
        candidates = tuple((each.id, each.name) for each in people)
        return Preview(plan=shown, ask=ask, candidates=candidates, consequences=told)


def write_down(
    village: Village, session_id: str, plan: Plan, touch: str, signature: Signature | None = None
) -> EventLine:
    """Write down what happens, as it was shown; it takes effect after `TAKEN_BACK_WITHIN`.

    Raises:
        ExpectedError: as `preview`; ``life_head``; ``life_changed`` where the register says
            something else by now; ``life_waits`` where something else waits for the same
            household; of `NEEDS_TWO` as `sessions.prove` and `offices.second_officer`.
    """
    proven = None
    if plan.kind in NEEDS_TWO:
        if signature is None:
            raise ExpectedError("second_officer")
        proven = prove(village, signature.card, signature.pin)
    with acting.once(village, session_id, touch, LIFE_EVENT, plan.household_id, MAY) as work:
        if work.known is not None:
            return _line(work, work.session.get_one(LifeEvent, work.known["event"]))
        event = write_in(work, plan, proven)
        work.remember({"event": event.id})
        return _line(work, event)


def write_in(work: Acting, plan: Plan, proven: Proven | None = None) -> LifeEvent:
    """As `write_down`, in the caller's unit; what is refused has written nothing."""
    log.take_turn(work)
    _check(work, plan, work.who.resident_id)
    _check_free(work, plan)
    return _keep(work, plan, proven)


def take_back(village: Village, session_id: str, event_id: int, touch: str) -> None:
    """Take back what was written down, whichever official did; nothing has changed by then.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``life_over`` once it took effect.
    """
    with acting.once(village, session_id, touch, "take_back", event_id, MAY) as work:
        if work.known is not None:
            return
        event = work.session.get(LifeEvent, event_id, with_for_update=True)
        if event is None or event.state != WAITING or work.now >= event.at + TAKEN_BACK_WITHIN:
            raise ExpectedError("life_over")
        _end(work, event, WITHDRAWN, work.who.resident_id)
        work.remember({"taken_back": event_id})


def waiting(village: Village, session_id: str) -> tuple[EventLine, ...]:
    """What waits at the desk, what of the last days could not be done, and whom nobody finds.

    The newest first; of the last, those where a household became empty within a year.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *MAY) as work:
        return tuple(_line(work, each) for each in _to_show(work))


def waiting_in(work: Work) -> tuple[EventLine, ...]:
    """What waits its ten minutes and can be taken back, in the caller's unit, the newest first."""
    return tuple(_line(work, each) for each in _to_show(work) if each.state == WAITING)


def carry_out_due(village: Village) -> int:
    """Let everything take effect whose ten minutes are over, one transaction each; how many.

    Called by the timer; calling it again changes nothing. What is not possible any more, because
    the register says something else by now, is dropped, and stands on the desk as that.
    """
    with reading(village) as work:
        due = LifeEvent.at <= work.now - TAKEN_BACK_WITHIN
        waits = select(LifeEvent.id).where(LifeEvent.state == WAITING, due).order_by(LifeEvent.id)
        found = list(work.session.scalars(waits))
    return sum(one_by_one(_carry_out, village, found))


def _carry_out(village: Village, event_id: int) -> bool:
    try:
        with writing(village) as work:
            log.take_turn(work)
            event = work.session.get_one(LifeEvent, event_id, with_for_update=True)
            if event.state != WAITING:
                return False  # somebody was faster
            plan = read_plan(event.plan)
            _check(work, plan, event.by_id)
            carrying_out.carry_out(work, plan, event.by_id)
            _end(work, event, DONE, event.by_id)
            return True
    except ExpectedError as refusal:
        event_log.record("life_event_dropped", event=event_id, why=refusal.code)
        with writing(village) as work:
            log.take_turn(work)
            event = work.session.get_one(LifeEvent, event_id, with_for_update=True)
            if event.state == WAITING:
                _end(work, event, DROPPED, event.by_id)
        return False


def _check(work: Work, plan: Plan, by: int) -> None:
    """As it was shown, it can still be."""
    if plan.kind not in KINDS:
        raise ValueError(plan.kind)
    checking.check(work, plan, by)
    if _head_to_choose(work, plan)[0]:
        raise ExpectedError("life_head")
    if plan.seen != seen_now(work.session, plan):
        raise ExpectedError("life_changed")


def _check_free(work: Work, plan: Plan) -> None:
    """One thing after the other in one family: what waits may change what was shown."""
    homes = households_of(work.session, plan)
    waits = select(LifeEvent).where(LifeEvent.state == WAITING)
    for each in work.session.scalars(waits):
        if homes & households_of(work.session, read_plan(each.plan)):
            raise ExpectedError("life_waits")


def _head_to_choose(work: Work, plan: Plan) -> tuple[Ask, list[Resident]]:
    """Who could be head, where there is a choice that was not made yet."""
    goes, stay = whom.heads(work, plan)
    if len(goes) > 1 and plan.head not in {each.id for each in goes}:
        return "head", list(goes)
    if len(stay) > 1 and plan.head_left not in {each.id for each in stay}:
        return "head_left", list(stay)
    return "", []


def _keep(work: Acting, plan: Plan, proven: Proven | None) -> LifeEvent:
    event = LifeEvent(
        kind=plan.kind,
        household_id=plan.household_id,
        by_id=work.who.resident_id,
        at=work.now,
        plan=plan.text(),
        state=WAITING,
    )
    work.session.add(event)
    work.session.flush()
    content = {
        "event": event.id,
        "kind": plan.kind,
        "household": plan.household_id,
        "plan": digest_of(event.plan),
        "by": event.by_id,
    }
    if proven is not None:
        content["second"] = second_officer(work, proven, plan.people[0])
    log.append(work, LIFE_EVENT, content)
    return event


def _end(work: Work, event: LifeEvent, state: str, by: int) -> None:
    """Nothing of the plan stays; what came of it stands in the register."""
    event.state, event.plan, event.ended_at = state, "", work.now
    work.session.flush()
    log.append(work, LIFE_EVENT_OVER, {"event": event.id, "state": state, "by": by})


def _to_show(work: Work) -> Iterator[LifeEvent]:
    dropped = (LifeEvent.state == DROPPED) & (LifeEvent.ended_at >= work.now - SHOWN_FOR)
    past = (LifeEvent.state == DONE) & (LifeEvent.ended_at >= work.now - FOUND_FOR)
    listed = work.session.scalars(
        select(LifeEvent)
        .where((LifeEvent.state == WAITING) | dropped | (past & LifeEvent.kind.in_(GOES)))
        .order_by(LifeEvent.id.desc())
    ).all()
    homes = {each.household_id for each in listed if each.state == DONE}
    living = select(Resident.household_id).where(Resident.household_id.in_(homes), Resident.active)
    inhabited = set(work.session.scalars(living))
    yield from (each for each in listed if each.state != DONE or each.household_id not in inhabited)


def _line(work: Work, event: LifeEvent) -> EventLine:
    home = work.session.get_one(Household, event.household_id)
    return EventLine(
        event_id=event.id,
        kind=next(each for each in KINDS if each == event.kind),
        household_id=home.id,
        house=House(home.lane, home.number),
        until=event.at + TAKEN_BACK_WITHIN,
        state=event.state,
    )
