"""By which lists a round looks: those that the program brings, or the village's own.

A village's own lists come by the road of a rule (`rule_changes`). Until there are any, a round goes
by the lists of the one before, so that a newer program turns no criterion; the first one by the
newest that the program brings.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.rounds import RubricVersion, VisitRound
from kiosk.services.ledger import log
from kiosk.services.stars import rubrics
from kiosk.services.stars.rubrics import CURRENT, Rubrics
from kiosk.services.work import Work

INSTALLED: Final = "rubric_installed"
"""The entry of a village's own lists."""
_OWN: Final = "own-"


def own(number: int) -> str:
    """What a round calls the village's own lists of a number."""
    return f"{_OWN}{number}"


def own_number(version: str) -> int | None:
    """The number of a village's own lists; None of those that the program brings."""
    return int(version.removeprefix(_OWN)) if version.startswith(_OWN) else None


def named(session: Session, version: str) -> Rubrics:
    """The lists of a version.

    Raises:
        LookupError: there is no such version.
    """
    number = own_number(version)
    if number is None:
        return rubrics.shipped(version)
    text = session.scalar(select(RubricVersion.text).where(RubricVersion.version == number))
    if text is None:
        raise LookupError(version)
    return rubrics.kept(version, text)


def standing(session: Session, day: date) -> str:
    """The version by which a round that is opened on `day` looks."""
    return _own_on(session, day) or _before(session)


def versions(session: Session) -> tuple[tuple[str, date | None], ...]:
    """Every version that a round went by or can go by, and since when the village's own hold.

    The newest first; those that the program brought last, which hold since no day.
    """
    rows = session.scalars(select(RubricVersion).order_by(RubricVersion.version.desc()))
    mine = tuple((own(each.version), each.valid_from) for each in rows)
    opened = select(VisitRound.rubric).order_by(VisitRound.id.desc())
    brought = [each for each in session.scalars(opened) if own_number(each) is None]
    return (*mine, *((each, None) for each in dict.fromkeys(brought or [CURRENT])))


def newest(session: Session) -> RubricVersion | None:
    """The village's own lists that were adopted last, in force already or from a later day on."""
    return session.scalars(select(RubricVersion).order_by(RubricVersion.version.desc())).first()


def install(work: Work, text: str, day: date, said: Mapping[str, object]) -> None:
    """Lists that the village adopted, for rounds from `day` on; `said` stands in the entry, too."""
    before = newest(work.session)
    number = 1 if before is None else before.version + 1
    content = {"version": number, "valid_from": day.isoformat(), "text": text}
    index = log.append(work, INSTALLED, content | dict(said))
    work.session.add(RubricVersion(version=number, valid_from=day, text=text, ledger_index=index))
    work.session.flush()


def _own_on(session: Session, day: date) -> str:
    holds = select(RubricVersion.version).where(RubricVersion.valid_from <= day)
    number = session.scalars(holds.order_by(RubricVersion.version.desc())).first()
    return "" if number is None else own(number)


def _before(session: Session) -> str:
    opened = select(VisitRound.rubric).order_by(VisitRound.id.desc())
    brought = (each for each in session.scalars(opened) if own_number(each) is None)
    return next(brought, CURRENT)
