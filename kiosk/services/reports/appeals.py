"""An appeal: it suspends the effect at once; the panel that hears it comes with its own screen."""

from __future__ import annotations

from kiosk.core.catalogue import Language
from kiosk.core.errors import ExpectedError
from kiosk.services import access
from kiosk.services.reports import due, flow, slips
from kiosk.services.reports.cases import advance, checked_words, load, state_of, track_of
from kiosk.services.reports.own_cases import may_appeal
from kiosk.services.village import Village

LONGEST_APPEAL = 400


def appeal(
    village: Village,
    session_id: str,
    case_id: int,
    words: str,
    touch: str,
    language: Language = "zh",
) -> str:
    """The person does not agree with a decision; the reference.

    A panel has 14 days. If it stays silent, a concern lapses, and a declined deed goes back to
    the desk.

    Raises:
        ExpectedError: ``unknown_case``, ``appeal_over`` (too late, or a second one),
            ``case_moved_on``, ``words_refused`` (term).
    """
    said = checked_words(words, LONGEST_APPEAL)
    with village.write() as session:
        me = access.require(session, village, session_id).resident_id
        if (known := access.answered(session, touch)) is not None:
            return str(known["reference"])
        case = load(session, case_id, to_move=True)
        if case.subject_id != me:
            raise ExpectedError("unknown_case")
        flow.require(state_of(case), track_of(case), "appeal", "subject")
        if not may_appeal(case, village.clock.now()):
            raise ExpectedError("appeal_over")
        made = advance(session, village, case, "appeal", "subject", actor_id=me, sentence=said)
        day = due.last_day(case.due_at) if case.due_at else None
        slips.queue_slip(
            session,
            village,
            case,
            "appeal",
            (slips.case_fact(village, case, language),),
            (slips.Step("reports.next_appeal", (day,)), slips.Step("reports.next_suspended")),
            made.ledger_index,
            language,
        )
        access.remember(session, village, touch, {"reference": case.reference})
        return case.reference
