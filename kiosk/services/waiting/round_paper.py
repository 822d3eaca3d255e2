"""What waits, on paper, for the day's round: what has to be carried to whom, and by when.

It says a matter's number and never what it is about: whoever finds it learns no accusation. Names
and houses are marks in the queue, as on every paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.core.catalogue import Language
from kiosk.core.days import Say, plain, said_day_of_week, said_short_day
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import Touch
from kiosk.services.access import acting, roles
from kiosk.services.access.acting import Once
from kiosk.services.printing import addressed, queue
from kiosk.services.printing.marks import house_mark, name_mark
from kiosk.services.printing.weekly_checkpoint import newest_whole_entry
from kiosk.services.village import Village
from kiosk.services.waiting.listed import SEE, Item, items_in

if TYPE_CHECKING:  # drawing is slow to import and not needed to queue a slip's words
    from kiosk.documents.slip import Said, SlipLine

KIND = "round"
MOST = 40
"""So many lines stand on one paper, the most urgent; it says how many more there are."""


def print_round(village: Village, session_id: str, touch: Touch) -> int:
    """Print everything that waits for this official, in their language; the print job.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``; ``nothing_waits``.
    """
    with acting.once(village, session_id, touch, "print_round", roles=roles.holders(SEE)) as work:
        if work.known is not None:
            return int(work.known["job"])
        job = _queued(work)
        work.remember({"job": job})
        return job


def _queued(work: Once) -> int:
    listed = items_in(work)
    if not listed:
        raise ExpectedError("nothing_waits")
    reference = f"R{work.today:%Y-%m%d}"

    def say(language: Language) -> Said:
        return _said(work, listed, language)

    who = addressed.reader(work, work.who.resident_id)
    slip = addressed.slip_for(work.village, who, KIND, reference, say, keep_why=False)
    covers = newest_whole_entry(work.session)
    if covers is None:
        raise ValueError("whoever is signed in stands in the log")
    return queue.enqueue_slip(work, slip, covers, (f"{KIND} {reference}",))


def _said(work: Once, listed: tuple[Item, ...], language: Language) -> Said:
    from kiosk.documents.slip import Said

    def say(key: str, *values: object) -> str:
        return work.village.catalogue.text(key, language, *values)

    facts = [say("waits.paper_head", len(listed), plain(said_day_of_week(say, work.today)))]
    if len(listed) > MOST:
        facts.append(say("waits.paper_more", len(listed) - MOST))
    return Said(language, tuple(facts), tuple(line_of(say, item) for item in listed[:MOST]))


def line_of(say: Say, item: Item) -> SlipLine:
    """By when, then what it is; to whom, where and under which number."""
    from kiosk.documents.slip import SlipLine

    parts = [say(f"waits.what_{item.what}", item.told or item.count)]
    if item.resident_id is not None:
        parts += [name_mark(item.resident_id), house_mark(item.resident_id)]
    if item.reference:
        parts.append(say("waits.reference", item.reference))
    lead = plain(said_short_day(say, item.by)) if item.by else ""
    return SlipLine(
        say("waits.paper_between").join(parts), say("waits.paper_lead", lead) if lead else ""
    )
