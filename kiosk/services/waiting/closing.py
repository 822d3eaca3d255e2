"""The end of a day: what is open and has to be carried, what was counted, and two who sign.

The slip stands for the folder at the desk. It says a matter's number and never what it is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk.core.catalogue import Language
from kiosk.core.days import Say, plain, said_day_of_week
from kiosk.core.ids import Touch
from kiosk.core.texts import Texts
from kiosk.models.perks import Perk
from kiosk.services.access import acting
from kiosk.services.access.acting import Once
from kiosk.services.access.offices import Signature
from kiosk.services.access.sessions import prove
from kiosk.services.check import kinds
from kiosk.services.printing import addressed, queue
from kiosk.services.printing.marks import name_mark
from kiosk.services.village import Village
from kiosk.services.waiting.listed import Item, items_in
from kiosk.services.waiting.round_paper import MOST, line_of
from kiosk.services.work import Work
from kiosk.services.workday import counting, days
from kiosk.services.workday.counting import Answer, Count
from kiosk.services.workday.days import MAY, Desk

if TYPE_CHECKING:  # drawing is slow to import and not needed to queue a slip's words
    from kiosk.documents.slip import Said

KIND: Final = "closing"


@dataclass(frozen=True)
class DayPage:
    """Where the office stands, and what waits for who looks at it."""

    desk: Desk
    waits: tuple[Item, ...]


def page(village: Village, session_id: str) -> DayPage:
    """Everything that the screen of the day shows.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *MAY) as work:
        return DayPage(days.desk_in(work), items_in(work))


def close_day(
    village: Village,
    session_id: str,
    day: date,
    answers: Iterable[Answer],
    signature: Signature,
    touch: Touch,
) -> int:
    """Close a day with another official's card and PIN; the print job of its slip.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``; as `sessions.prove` and `days.close_in`.
    """
    second = prove(village, signature.card, signature.pin)
    about = day.isoformat()
    with acting.once(village, session_id, touch, "close_day", about, MAY) as work:
        if work.known is not None:
            return int(work.known["job"])
        listed = items_in(work)
        closed = days.close_in(work, day, answers, second)
        job = _queued(work, day, listed, closed)
        work.remember({"job": job})
        return job


def _queued(
    work: Once, day: date, listed: tuple[Item, ...], closed: tuple[tuple[Count, ...], int, int]
) -> int:
    counts, second, entry = closed
    say = partial(_said, work, (day, second), listed, counts)
    who = addressed.reader(work, work.who.resident_id)
    slip = addressed.slip_for(work.village, who, KIND, f"D{day:%Y-%m%d}", say, keep_why=False)
    lines = kinds.CLOSING.write(day=day.isoformat(), entry=entry)
    return queue.enqueue_slip(work, slip, entry, lines)


def _said(
    work: Work,
    signed: tuple[date, int],
    listed: tuple[Item, ...],
    counts: tuple[Count, ...],
    language: Language,
) -> Said:
    from kiosk.documents.slip import Said

    def say(key: str, *values: object) -> str:
        return work.village.catalogue.text(key, language, *values)

    day, second = signed
    facts = [
        say("workday.paper_day", plain(said_day_of_week(say, day))),
        say("workday.paper_second", name_mark(second)),
        *(said_count(say, each, titles(work).get(each.item), language) for each in counts),
        say("workday.paper_open", len(listed)) if listed else say("workday.paper_nothing"),
    ]
    if len(listed) > MOST:
        facts.append(say("waits.paper_more", len(listed) - MOST))
    return Said(language, tuple(facts), tuple(line_of(say, item) for item in listed[:MOST]))


def titles(work: Work) -> dict[str, Texts]:
    """What the pieces that are counted are called."""
    perks = work.session.query(Perk)
    return {counting.perk_item(each.id): each.title for each in perks}


def said_count(say: Say, count: Count, title: Texts | None, language: Language) -> str:
    """A count in one sentence, with what there should have been where it is another number."""
    name = title.said(language) if title else say(f"workday.item_{count.item}")
    if count.expected is None or count.expected == count.counted:
        return say("workday.count", name, count.counted)
    said = say("workday.count_other", name, count.counted, count.expected)
    if not count.reason:
        return said
    return say("workday.count_why", said, say(f"workday.reason_{count.reason}"))
