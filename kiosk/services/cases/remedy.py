"""Every concern can be put right, in a concrete way, and then ends at once.

The person says how they did it; an officer who is not involved, or whoever reported it, confirms.
A concern that ended vanishes from view: what was said in it is erased, and the proof remains.
"""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.models.reports import Case, CasePhoto, PanelSeat
from kiosk.services.access import answered_requests, sessions
from kiosk.services.cases import third_party_names
from kiosk.services.cases.flow import table
from kiosk.services.cases.flow.advance import (
    advance,
    checked_words,
    load,
    state_of,
    time_is_over,
    track_of,
)
from kiosk.services.cases.flow.effects import reverse
from kiosk.services.cases.reasons import PUT_RIGHT_REASON
from kiosk.services.ledger import log
from kiosk.services.printing import queue
from kiosk.services.village import Village

WAYS: tuple[str, ...] = ("cleaned_up", "made_good", "apologised")
"""Words at ``reports.way_<way>``; the rule's remedy says which is meant."""
LONGEST = 400


def say_put_right(
    village: Village, session_id: str, case_id: int, way: str, words: str, touch: str
) -> str:
    """The person says how they put it right; the reference. It ends once somebody confirms it.

    Raises:
        ExpectedError: ``way_missing``, ``unknown_case``, ``case_moved_on``, ``words_refused``,
            ``words_name_somebody``.
    """
    if way not in WAYS:
        raise ExpectedError("way_missing")
    said = checked_words(words, LONGEST)
    with village.write() as session:
        me = sessions.require(session, village, session_id).resident_id
        if (
            known := answered_requests.answered(session, touch, "say_put_right", me, case_id)
        ) is not None:
            return str(known["reference"])
        case = load(session, case_id, to_move=True)
        if case.subject_id != me or case.kind != "concern":
            raise ExpectedError("unknown_case")
        _check_open(village, case)
        third_party_names.refuse(session, said, (me,))
        case.put_right_way, case.put_right_words = way, said
        case.put_right_at = village.clock.now()
        content = {"case": case.id, "reference": case.reference, "way": way, "words": said}
        log.append(session, village, "put_right_said", content)
        answered_requests.remember(session, village, touch, {"reference": case.reference})
        return case.reference


def confirm_put_right(village: Village, session_id: str, case_id: int, touch: str) -> str:
    """Whoever reported it saw that it was put right: it ends at once; the reference.

    Raises:
        ExpectedError: ``unknown_case``, ``case_moved_on``.
    """
    with village.write() as session:
        me = sessions.require(session, village, session_id).resident_id
        if (
            known := answered_requests.answered(session, touch, "confirm_put_right", me, case_id)
        ) is not None:
            return str(known["reference"])
        case = load(session, case_id, to_move=True)
        if case.reporter_id != me or case.kind != "concern":
            raise ExpectedError("unknown_case")
        advance(
            session, village, case, "put_right", "reporter", actor_id=me, reason=PUT_RIGHT_REASON
        )
        reverse(session, village, case, "put_right")
        forget(session, village, case)
        answered_requests.remember(session, village, touch, {"reference": case.reference})
        return case.reference


def forget_ended(village: Village) -> int:
    """Erase what was said in the concerns that ended while a paper of theirs was on its way."""
    with village.read() as session:
        question = select(Case.id).where(
            Case.kind == "concern", Case.state == "ended", Case.forgotten_at.is_(None)
        )
        waiting = list(session.scalars(question.order_by(Case.id)))
    return sum(_forget_later(village, case_id) for case_id in waiting)


def _forget_later(village: Village, case_id: int) -> bool:
    with village.write() as session:
        return forget(session, village, load(session, case_id, to_move=True))


def forget(session: Session, village: Village, case: Case) -> bool:
    """Erase what was said in a concern that ended; commitments and proofs stay.

    A paper on its way is printed first: its signature reads back the entry that it covers. The
    entry of the end itself keeps its content, which is no more than that it ended: the slip about
    it is signed after this. False when a paper was on its way; the timer tries again.
    """
    if queue.on_their_way(session, case.reference):
        return False
    case.forgotten_at = village.clock.now()
    case.words = case.reply_choice = case.reply_words = ""
    case.put_right_words = case.part_of_day = case.place = ""
    session.execute(delete(CasePhoto).where(CasePhoto.case_id == case.id))
    last = next(each.ledger_index for each in case.moves if each.to_state == "ended")
    for move in case.moves:
        if move.ledger_index < last:
            move.reason = move.sentence = ""
    for seat in session.scalars(select(PanelSeat).where(PanelSeat.case_id == case.id)):
        seat.reason = seat.sentence = ""
    first = case.moves[0].ledger_index
    for index in log.indexes_of(session, lambda found: found.get("case") == case.id, first):
        if index < last:
            log.erase_content(session, village, index)
    queue.erase(session, case.reference)
    session.flush()
    return True


def _check_open(village: Village, case: Case) -> None:
    table.require(state_of(case), track_of(case), "put_right", "officer")
    if time_is_over(case, village.clock.now()):
        raise ExpectedError("case_moved_on")
