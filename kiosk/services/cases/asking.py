"""How far is it? A case found by the number of its slip, for an officer who is asked."""

from __future__ import annotations

from sqlalchemy import select

from kiosk.core.errors import ExpectedError
from kiosk.models.cases import Case
from kiosk.services.access import acting, roles
from kiosk.services.cases.conflict_of_interest import involved, sealed_from
from kiosk.services.cases.views import related_cases
from kiosk.services.village import Village

PURPOSE = "answer_question"


def case_asked_about(village: Village, session_id: str, reference: str) -> int:
    """The id of the case with this number; `desk.open_case` opens it and writes the look down.

    Every number that this officer may not open is answered alike: one that nobody has, a concern
    that is over, and one that they, their household or a relative are part of.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``no_case_for_you``.
    """
    with acting.reading(village, session_id, *roles.holders("decide_case")) as work:
        officer = work.who
        case = work.session.scalar(select(Case).where(Case.reference == reference))
        if case is None or sealed_from(work.session, case, officer):
            raise ExpectedError("no_case_for_you")
        over = case.state in related_cases.ENDED_STATES
        if case.kind == "concern" and (over or involved(work.session, case, officer)):
            raise ExpectedError("no_case_for_you")
        return case.id
