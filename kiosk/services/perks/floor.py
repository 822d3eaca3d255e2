"""What everybody in the village gets, joined or not: something of the shelf, for a purpose.

It costs no points and asks for none. Two people in office open it, a clerk hands it over, once to
each person, and nobody's number, stars or wallet is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select

from kiosk.core.errors import ExpectedError
from kiosk.core.texts import Texts
from kiosk.models.perks import HandedOut, HandOut, Perk
from kiosk.models.register import Resident
from kiosk.services.access import acting, offices
from kiosk.services.access.offices import Signature
from kiosk.services.access.sessions import prove
from kiosk.services.hall.words import checked_name
from kiosk.services.ledger import log
from kiosk.services.open_days import open_days
from kiosk.services.perks.catalogue import move_stock
from kiosk.services.perks.stock import MAY
from kiosk.services.village import Village
from kiosk.services.work import Work, reading

HAND_OUT, HANDED_OUT = "hand_out_opened", "handed_out"
LONGEST: Final = timedelta(days=366)
WORDS: Final = 80
"""Characters of the purpose in both languages together."""


@dataclass(frozen=True, kw_only=True)
class HandOutLine:
    """Something that is handed out to everybody, until a day."""

    hand_out_id: int
    title: Texts
    picture: str
    purpose: str
    """``中文 / English``."""
    last_day: date
    stock: int
    handed: int
    """How many got theirs; never who."""


@dataclass(frozen=True)
class Given:
    """The answer: who got what."""

    name: str
    title: Texts


def open_hand_outs(village: Village) -> tuple[HandOutLine, ...]:
    """What is handed out now, for everybody to read."""
    with reading(village) as work:
        return open_in(work)


def open_in(work: Work) -> tuple[HandOutLine, ...]:
    """As `open_hand_outs`, in the caller's unit."""
    rows = work.session.execute(
        select(HandOut, Perk)
        .join(Perk, Perk.id == HandOut.perk_id)
        .where(HandOut.last_day >= work.today)
        .order_by(HandOut.id)
    )
    return tuple(_line(work, each, perk) for each, perk in rows)


def start(
    village: Village,
    session_id: str,
    perk_id: int,
    purpose: tuple[str, str],
    last_day: date,
    signature: Signature,
    touch: str,
) -> None:
    """Open it: a clerk and an officer of another household agree on what, for what, until when.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``perk_unknown``, ``hand_out_days``,
            ``hand_out_purpose`` without Chinese words; as `hall.words.checked_name`,
            `sessions.prove` and `offices.second_officer`.
    """
    said = checked_name(*purpose, WORDS)
    if not said:
        raise ExpectedError("hand_out_purpose")
    second = prove(village, signature.card, signature.pin)
    with acting.once(village, session_id, touch, "start_hand_out", perk_id, MAY) as work:
        if work.known is not None:
            return
        log.take_turn(work)
        perk = work.session.get(Perk, perk_id)
        if perk is None or perk.ended_at is not None:
            raise ExpectedError("perk_unknown")
        if not work.today <= last_day <= work.today + LONGEST:
            raise ExpectedError("hand_out_days")
        row = HandOut(
            perk_id=perk.id,
            purpose=said,
            last_day=last_day,
            by_id=work.who.resident_id,
            second_id=offices.second_officer(work, second, work.who.resident_id),
            at=work.now,
        )
        work.session.add(row)
        work.session.flush()
        content = {"hand_out": row.id, "perk": perk.id, "purpose": said}
        content |= {"last_day": last_day.isoformat(), "by": row.by_id, "second": row.second_id}
        log.append(work, HAND_OUT, content)
        work.remember({"hand_out": row.id})


def hand_over(
    village: Village, session_id: str, hand_out_id: int, resident_id: int, touch: str
) -> Given:
    """A clerk hands somebody theirs.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``hand_out_over``, ``hand_out_gone``
            where nothing is left, ``hand_out_had`` who got theirs, ``hand_out_not_here`` for who
            does not live here, ``hand_out_own`` for the clerk and their household.
    """
    about = f"{hand_out_id} {resident_id}"
    with acting.once(village, session_id, touch, "hand_out", about, MAY) as work:
        log.take_turn(work)
        row = work.session.get(HandOut, hand_out_id)
        who = work.session.get(Resident, resident_id)
        if row is None or (work.known is None and work.today > row.last_day):
            raise ExpectedError("hand_out_over")
        if who is None or not who.active:
            raise ExpectedError("hand_out_not_here")
        perk = work.session.get_one(Perk, row.perk_id)
        if work.known is None:
            if who.household_id == work.who.household_id:
                raise ExpectedError("hand_out_own")
            _give(work, row, perk, who)
            work.remember({"hand_out": row.id})
        return Given(who.name, perk.title)


def _give(work: acting.Once, row: HandOut, perk: Perk, who: Resident) -> None:
    if work.session.get(HandedOut, (row.id, who.id)) is not None:
        raise ExpectedError("hand_out_had")
    if perk.stock < 1:
        raise ExpectedError("hand_out_gone")
    by = work.who.resident_id
    work.session.add(HandedOut(hand_out_id=row.id, resident_id=who.id, by_id=by, at=work.now))
    work.session.flush()
    log.append(work, HANDED_OUT, {"hand_out": row.id, "resident": who.id, "by": by})
    move_stock(work, perk, -1, "handed_out")
    work.session.flush()


def _line(work: Work, row: HandOut, perk: Perk) -> HandOutLine:
    had = select(func.count()).where(HandedOut.hand_out_id == row.id)
    return HandOutLine(
        hand_out_id=row.id,
        title=perk.title,
        picture=perk.picture,
        purpose=row.purpose,
        last_day=open_days(work.session).told(row.last_day),
        stock=perk.stock,
        handed=work.session.scalar(had) or 0,
    )
