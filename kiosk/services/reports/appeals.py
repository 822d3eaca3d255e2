"""An appeal: it suspends the effect at once, and a panel of three is drawn by lot to hear it."""

from __future__ import annotations

from sqlalchemy import select

from kiosk.core.catalogue import Language
from kiosk.core.errors import ExpectedError
from kiosk.models.reports import Case
from kiosk.services import access, check
from kiosk.services.reports import due, flow, lot, slips, third_persons
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
            ``case_moved_on``, ``words_refused`` (term), ``words_name_somebody`` (name).
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
        third_persons.refuse(session, said, (me,))
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
        lot.draw(session, village, case)  # with too few people now, it is tried again by the timer
        access.remember(session, village, touch, {"reference": case.reference})
        return case.reference


def case_of_slip(village: Village, session_id: str, scanned: str) -> int:
    """The case of one's own slip, by its QR: where an appeal from paper begins.

    Raises:
        ExpectedError: ``slip_not_yours`` for any text that is not a genuine slip about the
            signed-in person.
    """
    found = check.check_paper(village, scanned)
    with village.read() as session:
        me = access.require(session, village, session_id).resident_id
        mine = select(Case.id).where(Case.reference == found.reference, Case.subject_id == me)
        case_id = session.scalar(mine)
    if case_id is None or found.verdict != "genuine":
        raise ExpectedError("slip_not_yours")
    return case_id
