"""From points in the wallet to something in the hand.

A perk is reserved and paid from the wallet, kept for fourteen days, and handed over at the desk
for its voucher. Who thinks better of it, or does not come, has the points back. The number is
never touched; what was reserved stays whoever's it is, also while they pause or once they withdrew
a consent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session, object_session

from kiosk.core.catalogue import CHINESE, Language
from kiosk.core.clock import start_of_day, village_day
from kiosk.core.errors import ExpectedError
from kiosk.core.texts import Texts
from kiosk.models.perks import Perk, Redemption
from kiosk.models.register import Resident
from kiosk.services.access import acting, roles, views
from kiosk.services.access.acting import Acting
from kiosk.services.consent import consents
from kiosk.services.consent.pauses import standing_pause
from kiosk.services.ledger import log
from kiosk.services.open_days import open_days
from kiosk.services.perks.catalogue import move_stock
from kiosk.services.perks.voucher import queue_voucher
from kiosk.services.retry import one_by_one
from kiosk.services.village import Village
from kiosk.services.wallet import balance, lots
from kiosk.services.work import Work, writing

KEPT_DAYS = 14
LIMIT_DAYS = timedelta(days=365)
"""What there is for one person is for so long."""
State = Literal["reserved", "collected", "cancelled", "refunded"]
STATES: tuple[State, ...] = get_args(State)
_MARK = "P"
"""First letter of a voucher's reference."""


@dataclass(frozen=True, kw_only=True)
class Reserved:
    """The answer to a reservation: the voucher to wait for, and what is left in the wallet."""

    redemption_id: int
    reference: str
    print_job_id: int
    collect_by: date
    wallet: int


@dataclass(frozen=True, kw_only=True)
class VoucherLine:
    """One of a person's own vouchers."""

    reference: str
    title: Texts
    picture: str
    price: int
    collect_by: date
    state: State


@dataclass(frozen=True, kw_only=True)
class VoucherView:
    """What the clerk sees of a voucher: whose it is, and what to hand over."""

    reference: str
    name: str
    title: Texts
    picture: str
    collect_by: date
    state: State
    ended_on: date | None
    """When it was collected, or the points went back."""
    late: bool
    """Whether its last day is over."""
    own: bool
    """Whether it is the clerk's own, or their household's: another one hands it over."""


@dataclass(frozen=True)
class HandedOver:
    """The answer to what was handed over."""

    reference: str
    name: str
    title: Texts


def reserve(
    village: Village, session_id: str, perk_id: int, touch: str, language: Language = CHINESE
) -> Reserved:
    """The signed-in person reserves a perk: points leave the wallet, a voucher is printed.

    Raises:
        ExpectedError: ``session_over``, ``perk_while_paused``, ``perk_not_enrolled``,
            ``perk_unknown``, ``perk_gone``, ``perk_had_enough`` with how many there are for one
            person, ``wallet_too_small`` with price and what is there.
    """
    with acting.once(village, session_id, touch, "reserve", perk_id) as work:
        me = work.who.resident_id
        if work.known is not None:
            return _reserved(work, work.known)
        _check_enrolled(work.session, me)
        log.take_turn(work)  # nobody else moves stock or wallets from here on
        perk = _on_the_shelf(work, perk_id, me)
        lots.end_over_in(work, me)
        if (there := balance.wallet_of(work.session, me)) < perk.price:
            raise ExpectedError("wallet_too_small", perk.price, there)
        redemption = _book(work, me, perk)
        left = there - perk.price
        job = queue_voucher(work, redemption, perk, left, language)
        answer = {
            "redemption_id": redemption.id,
            "reference": redemption.reference,
            "print_job_id": job,
            "collect_by": redemption.collect_by.isoformat(),
            "wallet": left,
        }
        work.remember(answer)
        return _reserved(work, answer)


def cancel(village: Village, session_id: str, reference: str, touch: str) -> VoucherLine:
    """The signed-in person would rather have the points back.

    Raises:
        ExpectedError: ``session_over``, ``voucher_unknown`` also for somebody else's,
            ``voucher_used``, ``voucher_over``.
    """
    with acting.once(village, session_id, touch, "cancel", reference) as work:
        me = work.who.resident_id
        log.take_turn(work)
        found = _found(work.session, reference)
        if found.resident_id != me:
            raise ExpectedError("voucher_unknown")
        if work.known is None:
            _check_reserved(found)
            _give_back(work, found, "cancelled")
            work.remember({"reference": reference})
        return _line(found, work.session.get_one(Perk, found.perk_id))


def my_vouchers(village: Village, session_id: str) -> tuple[VoucherLine, ...]:
    """The signed-in person's vouchers, newest first.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.reading(village, session_id) as work:
        return my_vouchers_in(work)


def my_vouchers_in(work: Acting) -> tuple[VoucherLine, ...]:
    """As `my_vouchers`, in the caller's unit."""
    mine = (
        select(Redemption, Perk)
        .join(Perk, Perk.id == Redemption.perk_id)
        .where(Redemption.resident_id == work.who.resident_id)
        .order_by(Redemption.id.desc())
    )
    return tuple(_line(found, perk) for found, perk in work.session.execute(mine))


def look(village: Village, session_id: str, reference: str) -> VoucherView:
    """A clerk looks at a voucher that somebody brought, which its holder can see.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``voucher_unknown``.
    """
    with acting.writing(village, session_id, *roles.holders("hand_over_perk")) as work:
        clerk = work.who
        found = _found(work.session, reference)
        views.record_view(work, clerk, found.resident_id, "hand_over_perk")
        perk = work.session.get_one(Perk, found.perk_id)
        receiver = work.session.get_one(Resident, found.resident_id)
        return VoucherView(
            reference=found.reference,
            name=receiver.name,
            title=perk.title,
            picture=perk.picture,
            collect_by=_told(found),
            state=_state(found),
            ended_on=village_day(found.ended_at) if found.ended_at else None,
            late=work.today > found.collect_by,
            own=receiver.household_id == clerk.household_id,
        )


def collect(village: Village, session_id: str, reference: str, touch: str) -> HandedOver:
    """A clerk hands a perk over for its voucher.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``voucher_unknown``, ``own_voucher`` for
            the clerk's own or their household's, ``voucher_used`` if it was collected,
            ``voucher_over`` if it was cancelled or kept long enough.
    """
    with acting.once(
        village, session_id, touch, "collect", reference, roles=roles.holders("hand_over_perk")
    ) as work:
        clerk = work.who
        log.take_turn(work)
        found = _found(work.session, reference)
        receiver = work.session.get_one(Resident, found.resident_id)
        if receiver.household_id == clerk.household_id:
            raise ExpectedError("own_voucher")
        if work.known is None:
            _check_reserved(found)
            if work.today > found.collect_by:
                raise ExpectedError("voucher_over")
            _end(work, found, "collected", {"by": clerk.resident_id})
            work.remember({"reference": reference})
        perk = work.session.get_one(Perk, found.perk_id)
        return HandedOver(found.reference, receiver.name, perk.title)


def refund_overdue(village: Village) -> int:
    """Give back the points of what was not collected in time, one transaction each; how many.

    Called by the timer; calling it again changes nothing.
    """
    today = village_day(village.clock.now())
    with village.read() as session:
        late = select(Redemption.reference).where(
            Redemption.state == "reserved", Redemption.collect_by < today
        )
        references = session.scalars(late.order_by(Redemption.id)).all()
    return sum(one_by_one(_refund, village, references))


def give_back_all(work: Work, resident_id: int) -> None:
    """What is kept for a person who leaves goes back on the shelf; erasure deletes the rows."""
    log.take_turn(work)
    kept = select(Redemption).where(
        Redemption.resident_id == resident_id, Redemption.state == "reserved"
    )
    for each in work.session.scalars(kept.order_by(Redemption.id)).all():
        perk = work.session.get_one(Perk, each.perk_id)
        move_stock(work, perk, 1, "returned")


def _refund(village: Village, reference: str) -> bool:
    with writing(village) as work:
        log.take_turn(work)
        found = _found(work.session, reference)
        if found.state != "reserved":
            return False  # somebody was faster
        _give_back(work, found, "refunded")
        return True


def why_not_at_all(session: Session, resident_id: int) -> str:
    """Why somebody can reserve nothing, whatever it is; empty where they can."""
    if consents.enrolled(session, resident_id):
        return ""
    paused = standing_pause(session, resident_id) is not None
    return "perk_while_paused" if paused else "perk_not_enrolled"


def _check_enrolled(session: Session, resident_id: int) -> None:
    if why := why_not_at_all(session, resident_id):
        raise ExpectedError(why)


def _on_the_shelf(work: Work, perk_id: int, resident_id: int) -> Perk:
    perk = work.session.get(Perk, perk_id)
    if perk is None:
        raise ExpectedError("perk_unknown")
    if perk.ended_at is not None or perk.stock < 1:
        raise ExpectedError("perk_gone")
    had = had_of(work.session, resident_id, work.today).get(perk.id, 0)
    if perk.per_person and had >= perk.per_person:
        raise ExpectedError("perk_had_enough", perk.per_person)
    return perk


def had_of(session: Session, resident_id: int, today: date) -> dict[int, int]:
    """How many of each perk somebody has had in the last 365 days, or has reserved."""
    mine = (
        select(Redemption.perk_id, func.count())
        .where(
            Redemption.resident_id == resident_id,
            Redemption.state.in_(("reserved", "collected")),
            Redemption.reserved_at >= start_of_day(today - LIMIT_DAYS),
        )
        .group_by(Redemption.perk_id)
    )
    return {perk_id: count for perk_id, count in session.execute(mine)}  # noqa: C416


def _book(work: Work, resident_id: int, perk: Perk) -> Redemption:
    now = work.now
    found = Redemption(
        reference=_next_reference(work.session, village_day(now).year),
        perk_id=perk.id,
        resident_id=resident_id,
        price=perk.price,
        reserved_at=now,
        collect_by=open_days(work.session).next_open(village_day(now) + timedelta(days=KEPT_DAYS)),
        state="reserved",
        ledger_index=0,
    )
    work.session.add(found)
    work.session.flush()
    content = {
        **_about(found),
        "perk": perk.id,
        "price": perk.price,
        "collect_by": found.collect_by.isoformat(),
    }
    found.ledger_index = log.append(work, "perk_reserved", content)
    move_stock(work, perk, -1, "reserved")
    balance.move(work, _about(found), -perk.price, "perk")
    return found


def _give_back(work: Work, found: Redemption, state: Literal["cancelled", "refunded"]) -> None:
    _end(work, found, state, {})
    move_stock(work, work.session.get_one(Perk, found.perk_id), 1, "returned")
    balance.move(work, _about(found), found.price, "perk_back")


def _end(work: Work, found: Redemption, state: State, also: Mapping[str, Any]) -> None:
    found.state, found.ended_at = state, work.now
    log.append(work, f"perk_{state}", {**_about(found), **also})
    work.session.flush()


def _about(found: Redemption) -> dict[str, Any]:
    return {
        "redemption": found.id,
        "reference": found.reference,
        "resident": found.resident_id,
    }


def _next_reference(session: Session, year: int) -> str:
    """Nobody else draws one meanwhile: the caller holds the log's turn."""
    begins = f"{_MARK}{year}-"
    last = session.scalar(
        select(Redemption.reference)
        .where(Redemption.reference.startswith(begins))
        .order_by(func.length(Redemption.reference).desc(), Redemption.reference.desc())
        .limit(1)
    )
    return f"{begins}{int(last.removeprefix(begins)) + 1 if last else 1:04d}"


def _found(session: Session, reference: str) -> Redemption:
    found = session.scalar(select(Redemption).where(Redemption.reference == reference))
    if found is None:
        raise ExpectedError("voucher_unknown")
    return found


def _check_reserved(found: Redemption) -> None:
    if found.state == "collected":
        raise ExpectedError("voucher_used")
    if found.state != "reserved":
        raise ExpectedError("voucher_over")


def _reserved(work: Work, answer: Mapping[str, Any]) -> Reserved:
    last = open_days(work.session).told(date.fromisoformat(answer["collect_by"]))
    return Reserved(**{**answer, "collect_by": last})


def _line(found: Redemption, perk: Perk) -> VoucherLine:
    return VoucherLine(
        reference=found.reference,
        title=perk.title,
        picture=perk.picture,
        price=found.price,
        collect_by=_told(found),
        state=_state(found),
    )


def _told(found: Redemption) -> date:
    """The last day, which says where the hall is closed on it."""
    session = object_session(found)
    assert session is not None
    return open_days(session).told(found.collect_by)


def _state(found: Redemption) -> State:
    return next(each for each in STATES if each == found.state)
