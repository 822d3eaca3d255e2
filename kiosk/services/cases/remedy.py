"""Every concern can be put right, in a concrete way, and then ends at once.

The person says how they did it; an officer who is not involved, or whoever reported it, confirms.
"""

from __future__ import annotations

from kiosk.core.errors import ExpectedError
from kiosk.models.cases import Case
from kiosk.services.access import acting
from kiosk.services.cases import third_party_names
from kiosk.services.cases.flow import table
from kiosk.services.cases.flow.advance import advance
from kiosk.services.cases.flow.standing import checked_words, load, state_of, time_is_over, track_of
from kiosk.services.cases.reasons import PUT_RIGHT_REASON
from kiosk.services.ledger import log
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
    with acting.once(village, session_id, touch, "say_put_right", case_id) as work:
        me = work.who.resident_id
        if work.known is not None:
            return str(work.known["reference"])
        case = load(work.session, case_id, to_move=True)
        if case.subject_id != me or case.kind != "concern":
            raise ExpectedError("unknown_case")
        _check_open(village, case)
        third_party_names.refuse(work.session, said, (me,))
        case.put_right_way, case.put_right_words = way, said
        case.put_right_at = work.now
        content = {"case": case.id, "reference": case.reference, "way": way, "words": said}
        log.append(work, "put_right_said", content)
        work.remember({"reference": case.reference})
        return case.reference


def confirm_put_right(village: Village, session_id: str, case_id: int, touch: str) -> str:
    """Whoever reported it saw that it was put right: it ends at once; the reference.

    Raises:
        ExpectedError: ``unknown_case``, ``case_moved_on``.
    """
    with acting.once(village, session_id, touch, "confirm_put_right", case_id) as work:
        me = work.who.resident_id
        if work.known is not None:
            return str(work.known["reference"])
        case = load(work.session, case_id, to_move=True)
        if case.reporter_id != me or case.kind != "concern":
            raise ExpectedError("unknown_case")
        advance(work, case, "put_right", "reporter", actor_id=me, reason=PUT_RIGHT_REASON)
        work.remember({"reference": case.reference})
        return case.reference


def _check_open(village: Village, case: Case) -> None:
    table.require(state_of(case), track_of(case), "put_right", "officer")
    if time_is_over(case, village.clock.now()):
        raise ExpectedError("case_moved_on")
