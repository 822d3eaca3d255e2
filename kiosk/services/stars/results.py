"""The slip that is carried to a household: what was seen, item by item, and what it can do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kiosk.core.catalogue import Language
from kiosk.core.errors import ExpectedError
from kiosk.models.rounds import Visit, VisitRound
from kiosk.services.access import acting
from kiosk.services.access.roles import holders
from kiosk.services.ledger import log
from kiosk.services.printing import addressed, queue
from kiosk.services.stars import checklists, recused, replies
from kiosk.services.stars.ratings import DIMENSIONS
from kiosk.services.stars.terms import OWN, REPLY_DAYS, TO_TELL
from kiosk.services.village import Village
from kiosk.services.work import Work

if TYPE_CHECKING:  # drawing is slow to import and not needed to queue a slip's words
    from kiosk.documents.slip import Said

MAY = holders("tell_household")


def print_result(village: Village, session_id: str, visit_id: int, touch: str) -> int:
    """Print the slip for a household that is to be told; the print job.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``visit_over``, ``unprintable``.
    """
    with acting.once(village, session_id, touch, "print_result", visit_id, MAY) as work:
        if work.known is not None:
            return int(work.known["job"])
        visit = work.session.get(Visit, visit_id)
        if visit is None or visit.state != TO_TELL:
            raise ExpectedError("visit_over")
        adults = recused.replying(work, visit.household_id)
        if not adults:
            raise ExpectedError("visit_over")
        who = addressed.reader(work, adults[0])

        def told(language: Language) -> Said:
            from kiosk.documents.slip import Said, SlipLine

            def say(key: str, *values: object) -> str:
                return village.catalogue.text(f"rounds.slip_{key}", language, *values)

            steps = (say("reply", REPLY_DAYS), say("ways"), say("nothing"))
            facts = tuple(_facts(work, visit, language))
            return Said(language, facts, tuple(SlipLine(each) for each in steps))

        slip = addressed.slip_for(village, who, "stars", visit.code, told, folded=True)
        covers = log.log_size(work.session) - 1
        job = queue.enqueue_slip(work, slip, covers, (f"stars {visit.code}",))
        work.remember({"job": job})
        return job


def _facts(work: Work, visit: Visit, language: Language) -> Iterator[str]:
    """Each dimension with its stars, and below it what somebody did not find in order."""
    text = work.village.catalogue.text
    of = work.session.get_one(VisitRound, visit.round_id)
    rubric = checklists.named(work.session, of.rubric).of(visit.premises)
    looks = [
        each
        for each in replies.looks_at(work.session, visit)
        if each.number != OWN and each.look == visit.look
    ]
    yield text("signs.quarter", language, of.year, of.quarter)
    for dimension in DIMENSIONS:
        if dimension not in visit.stars:
            continue
        name = text(f"stars.{dimension}", language)
        yield text("rounds.stars", language, name, visit.stars[dimension])
        for item in rubric.of(dimension):
            if any(each.answers.get(item.key) == "no" for each in looks):
                yield text("rounds.slip_no", language, item.text.said(language))
