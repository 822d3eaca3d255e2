"""Is this the same? What was perhaps reported before, told to nobody whose report it is not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.models.cases import Case
from kiosk.models.rulebook import RuleVersion
from kiosk.services.access import acting
from kiosk.services.cases import reaching
from kiosk.services.cases.flow.standing import track_of
from kiosk.services.cases.views import related_cases
from kiosk.services.village import Village


@dataclass(frozen=True)
class PossibleDuplicate:
    """A report that may be of the same thing, as the asking person may know it."""

    reference: str
    happened_on: date
    place: str
    to_accept: bool
    """A neighbour handed it in about the asking person, who has yet to accept it."""


def possible_duplicate(
    village: Village,
    session_id: str,
    subject_id: int,
    rule_version_id: int,
    happened_on: date,
    others: Collection[str] = (),
) -> PossibleDuplicate | None:
    """A report of perhaps the same thing, the nearest day first, if it is the asking person's.

    It is theirs when they reported it or when it is about them: anybody else could otherwise ask
    their way through the village. `others` are references that they said are another thing.
    """
    with acting.reading(village, session_id) as work:
        asking = work.who.resident_id
        rule = work.session.get_one(RuleVersion, rule_version_id).rule
        known = _known_to(work.session, asking, subject_id, rule, happened_on, others)
        nearest = min(known, key=lambda case: abs(case.happened_on - happened_on), default=None)
        if nearest is None:
            return None
        return PossibleDuplicate(
            nearest.reference,
            nearest.happened_on,
            nearest.place,
            track_of(nearest) == "nomination"
            and nearest.subject_id == asking
            and nearest.state in ("submitted", "noticed"),
        )


def refuse(
    session: Session,
    reporter_id: int,
    subject_id: int,
    rule: str,
    happened_on: date,
    others: Collection[str] = (),
) -> None:
    """Refuse one's own report of the same person, rule and day, unless one said it is another.

    Of anybody else's nothing is said. A second reporter's is taken like the first: an officer sees
    the two beside each other, and merges what is one thing.

    Raises:
        ExpectedError: ``already_reported`` (reference).
    """
    for case in _known_to(session, reporter_id, subject_id, rule, happened_on, others):
        if case.happened_on == happened_on:
            raise ExpectedError("already_reported", case.reference)


def _known_to(
    session: Session,
    asking_id: int,
    subject_id: int,
    rule: str,
    happened_on: date,
    others: Collection[str],
) -> list[Case]:
    """What the asking person may know of what was reported near that day, without `others`."""
    return [
        case
        for case in _near(session, asking_id, subject_id, rule, happened_on)
        if case.reference not in others
    ]


def _near(
    session: Session, asking_id: int, subject_id: int, rule: str, happened_on: date
) -> list[Case]:
    """The asking person's of the same person and rule: of that day, or open or counting near it."""
    asked = {
        "subject": subject_id,
        "asking": asking_id,
        "rule": rule,
        "day": happened_on,
        "first": happened_on - related_cases.SAME_DEED_WITHIN,
        "last": happened_on + related_cases.SAME_DEED_WITHIN,
    }
    return list(session.scalars(_NEAR, asked))


_NEAR = (
    select(Case)
    .join(RuleVersion, RuleVersion.id == Case.rule_version_id)
    .where(
        Case.subject_id == bindparam("subject"),
        or_(
            Case.reporter_id == bindparam("asking"),
            (Case.subject_id == bindparam("asking")) & reaching.reaches_somebody(),
        ),
        Case.happened_on.between(bindparam("first"), bindparam("last")),
        RuleVersion.rule == bindparam("rule"),
        Case.merged_into_id.is_(None),
        Case.state != "withdrawn",
        (Case.happened_on == bindparam("day")) | Case.state.not_in(related_cases.ENDED_STATES),
    )
    .order_by(Case.id)
)
