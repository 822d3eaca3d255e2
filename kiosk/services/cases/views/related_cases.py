"""What an officer sees beside a case: reports of perhaps the same thing, and what lay between two.

Of what lay between the person concerned and who reported it there are counts and outcomes alone:
an entry of its own, with its number, would lead to a page that names a sealed reporter. Concerns
are counted for nobody but an officer who asked who reported this one, and who decides those, too.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.cases import Case
from kiosk.models.rulebook import RuleVersion
from kiosk.services.access.sessions import SignedIn
from kiosk.services.cases import reaching
from kiosk.services.cases.conflict_of_interest import decides, involved, sealed_from
from kiosk.services.cases.flow import table
from kiosk.services.cases.flow.standing import state_of, track_of

SAME_DEED_WITHIN: Final = timedelta(days=1)
"""Two reports of one thing name days that are at most this far apart."""
ENDED_STATES: Final = ("withdrawn", "declined", "ended", "lapsed", "overturned")
"""States of a case that nothing is merged into any more."""
Direction = Literal["about", "back"]
Outcome = Literal["open", "stands", "not_upheld", "taken_back"]
OUTCOMES: Final[tuple[Outcome, ...]] = ("open", "stands", "not_upheld", "taken_back")


@dataclass(frozen=True, kw_only=True)
class SimilarLine:
    """Another case about the same person and rule, within a day: perhaps the same thing."""

    case_id: int
    reference: str
    happened_on: date
    part_of_day: str
    place: str
    hours: int
    words: str
    state: str
    merge_id: int
    """The later of the two, which can be closed now and point to the earlier; 0 when neither."""


@dataclass(frozen=True)
class BetweenLine:
    """What the reporter handed in about the person (``about``), or the person about them."""

    direction: Direction
    kind: str
    outcomes: tuple[tuple[Outcome, int], ...]
    """How many of each, in the order of `OUTCOMES`; none with 0."""

    @property
    def total(self) -> int:
        """How many in all."""
        return sum(count for _, count in self.outcomes)


def may_be_same(case: Case, into: Case) -> bool:
    """True when an officer may say that `case` is the same thing as `into`."""
    same = (case.subject_id, case.rule_version.rule) == (into.subject_id, into.rule_version.rule)
    near = abs(case.happened_on - into.happened_on) <= SAME_DEED_WITHIN
    return same and near and case.id != into.id and into.state not in ENDED_STATES


def similar_to(session: Session, case: Case, officer: SignedIn) -> tuple[SimilarLine, ...]:
    """Cases that may be the same thing, open, counting or a deed declined, oldest first."""
    found = session.scalars(
        select(Case)
        .join(RuleVersion, RuleVersion.id == Case.rule_version_id)
        .where(Case.subject_id == case.subject_id, Case.id != case.id)
        .where(reaching.reaches_somebody())
        .where(RuleVersion.rule == case.rule_version.rule)
        .where(
            Case.happened_on.between(
                case.happened_on - SAME_DEED_WITHIN, case.happened_on + SAME_DEED_WITHIN
            )
        )
        .where(
            Case.state.not_in(ENDED_STATES) | ((Case.kind == "deed") & (Case.state == "declined"))
        )
        .order_by(Case.id)
    )
    return tuple(
        _similar(session, case, each, officer)
        for each in found
        if not sealed_from(session, each, officer)
    )


def _similar(session: Session, case: Case, other: Case, officer: SignedIn) -> SimilarLine:
    later, earlier = (case, other) if case.id > other.id else (other, case)
    may = table.allowed(state_of(later), track_of(later), "merge", "officer")
    free = not involved(session, later, officer) and may_be_same(later, earlier)
    return SimilarLine(
        case_id=other.id,
        reference=other.reference,
        happened_on=other.happened_on,
        part_of_day=other.part_of_day,
        place=other.place,
        hours=other.hours,
        words=other.words,
        state=other.state,
        merge_id=later.id if may and free else 0,
    )


def between(
    session: Session, case: Case, officer: SignedIn, *, unsealed: bool = False
) -> tuple[BetweenLine, ...]:
    """What these two handed in about one another, as far as this officer may know it.

    Nothing on a concern, unless it is `unsealed`: counts would tell who reported it. Concerns that
    ended have vanished from view.
    """
    if case.kind == "concern" and not unsealed:
        return ()
    pair = (case.subject_id, case.reporter_id)
    found = session.scalars(
        select(Case)
        .where(Case.subject_id.in_(pair), Case.reporter_id.in_(pair), Case.id != case.id)
        .where(Case.subject_id != Case.reporter_id, Case.merged_into_id.is_(None))
        .where(reaching.reaches_somebody())
        .where((Case.kind == "deed") | (Case.state != "ended"))
        .order_by(Case.id)
    )
    counted: Counter[tuple[Direction, str, Outcome]] = Counter()
    for each in found:
        if each.kind == "deed" or (unsealed and _known_to(session, each, case, officer)):
            direction: Direction = "about" if each.subject_id == case.subject_id else "back"
            counted[direction, each.kind, _outcome(each.kind, each.state)] += 1
    sides: tuple[Direction, ...] = ("about", "back")
    lines = (
        BetweenLine(
            side,
            kind,
            tuple((each, n) for each in OUTCOMES if (n := counted[side, kind, each])),
        )
        for side in sides
        for kind in ("concern", "deed")
    )
    return tuple(line for line in lines if line.outcomes)


def _known_to(session: Session, concern: Case, case: Case, officer: SignedIn) -> bool:
    """Whether a concern has the reporter who was asked for, and is this officer's to decide."""
    return concern.reporter_id == case.reporter_id and decides(session, concern, officer)


def _outcome(kind: str, state: str) -> Outcome:
    if state in ("effective", "ended"):
        return "stands"
    if state == "withdrawn":
        return "taken_back"
    if state in ("declined", "overturned", "lapsed") or (kind, state) == ("deed", "upheld"):
        return "not_upheld"  # an appeal against declining a deed that was upheld leaves it declined
    return "open"
