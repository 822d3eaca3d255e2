"""Whom a report about a neighbour reaches: nobody, unless the neighbour had joined (charter 1).

Who has not joined, or pauses, is nobody else's business. So a report about them is taken like any
other, with the same answer, slip and line in its reporter's record, and it waits to be told until
it lapses, as it does with a neighbour who never comes. Until then and afterwards no clerk, no
officer and no notice has it, also when they join or come back later: nothing is said about
somebody in a time for which they gave no consent.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.models.cases import Case
from kiosk.services.consent.consents import enrolled_when


def reaches_somebody() -> ColumnElement[bool]:
    """The condition that a case is one's own, or about somebody enrolled when it was handed in."""
    return or_(
        Case.subject_id == Case.reporter_id, enrolled_when(Case.subject_id, Case.submitted_at)
    )


def check(session: Session, case: Case) -> None:
    """Refuse a case that reaches nobody.

    Raises:
        ExpectedError: ``unknown_case``.
    """
    if session.scalar(select(Case.id).where(Case.id == case.id, reaches_somebody())) is None:
        raise ExpectedError("unknown_case")
