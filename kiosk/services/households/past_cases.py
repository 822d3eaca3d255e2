"""What was reported about a person before, for an officer who is asked: a look, with a purpose.

Of concerns only what this officer decides, or decided, while it is open: what others handle is
between them and the person, and what ended has vanished from view (charter 3, 7).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from kiosk.core.errors import ExpectedError
from kiosk.core.texts import Texts
from kiosk.models.cases import Case
from kiosk.models.register import Resident
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.access.roles import holders
from kiosk.services.access.views import record_view
from kiosk.services.cases import asking, reaching
from kiosk.services.cases.conflict_of_interest import decides
from kiosk.services.cases.views.related_cases import ENDED_STATES
from kiosk.services.register.people import related
from kiosk.services.village import Village


@dataclass(frozen=True, kw_only=True)
class PastCase:
    """A case about the person; its state has words at ``reports.state_<state>``."""

    case_id: int
    reference: str
    kind: str
    title: Texts
    happened_on: date
    state: str


def past_cases(village: Village, session_id: str, resident_id: int) -> tuple[PastCase, ...]:
    """The cases about somebody, the newest first; they see on their own screen who looked.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``resident_unknown``,
            ``life_own_family``: nobody looks into their own family's.
    """
    with acting.writing(village, session_id, *holders("decide_case")) as work:
        person = work.session.get(Resident, resident_id)
        if person is None or not person.active:
            raise ExpectedError("resident_unknown")
        if related(work.session, person.id, work.who.resident_id):
            raise ExpectedError("life_own_family")
        record_view(work, work.who, person.id, asking.PURPOSE)
        about = (Case.subject_id == person.id, reaching.reaches_somebody())
        newest = select(Case).where(*about).order_by(Case.submitted_at.desc(), Case.id.desc())
        return tuple(
            PastCase(
                case_id=case.id,
                reference=case.reference,
                kind=case.kind,
                title=case.rule_version.title,
                happened_on=case.happened_on,
                state=case.state,
            )
            for case in work.session.scalars(newest)
            if _may_know(work, case)
        )


def _may_know(work: Acting, case: Case) -> bool:
    if case.kind == "deed":
        return True
    return case.state not in ENDED_STATES and decides(work.session, case, work.who)
