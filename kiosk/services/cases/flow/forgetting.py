"""A concern that ended vanishes from view: what was said in it is erased, and the proof remains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kiosk.models import Base
from kiosk.models.about import Projected
from kiosk.models.cases import Case
from kiosk.models.told_rows import told
from kiosk.services.cases.flow.standing import load
from kiosk.services.ledger import erasing, log
from kiosk.services.printing import queue
from kiosk.services.retry import one_by_one
from kiosk.services.village import Village
from kiosk.services.work import Work, writing


def forget(work: Work, case: Case) -> bool:
    """Erase what was said in a concern that ended; commitments and proofs stay.

    A paper on its way is printed first: its signature reads back the entry that it covers. The
    entry of the end itself keeps its content, which is no more than that it ended: the slip about
    it is signed after this. False when a paper was on its way; the timer tries again.
    """
    if queue.on_their_way(work.session, case.reference):
        return False
    case.forgotten_at = work.now
    last = next(each.ledger_index for each in case.moves if each.to_state == "ended")
    for table in Base.tables():
        _forget_rows(work.session, table, case.id, last)
    first = case.moves[0].ledger_index
    theirs = log.indexes_of(work.session, lambda found: found.get("case") == case.id, first)
    said = [index for index in theirs if index < last]
    said += log.indexes_of(work.session, lambda found: _says_all(found, case.id), last)
    said += queue.under(work.session, case.reference)
    erasing.erase(work, "forgotten", {"case": case.id}, said)
    queue.erase(work, said)
    work.session.flush()
    say_what_remains(work, case)
    return True


def _says_all(content: dict[str, Any], case_id: int) -> bool:
    """Whether an entry of the carry-over says everything of the case, also what is forgotten."""
    return content.get("case") == case_id and "rows" in content


def say_what_remains(work: Work, case: Case) -> None:
    """What the tables say of a case that no other entry says: any more, or in version 0.1 ever."""
    rows = {
        table.__tablename__: [told(row) for row in _rows(work.session, table, case.id)]
        for table in Base.tables()
        if isinstance(table.logged, Projected) and _is_of_case(table)
    }
    content = {"case": case.id, "reference": case.reference, "rows": rows}
    log.append(work, "remains", content)


def _is_of_case(table: type[Base]) -> bool:
    columns = table.__table__.c
    return table is Case or ("case_id" in columns and not columns["case_id"].nullable)


def _rows(session: Session, table: type[Base], case_id: int) -> Sequence[Base]:
    column = table.__table__.c["id" if table is Case else "case_id"]
    order = [*table.__mapper__.primary_key]
    rows = select(table).where(column == case_id).order_by(*order)
    return session.scalars(rows.execution_options(populate_existing=True)).all()


def _forget_rows(session: Session, table: type[Base], case_id: int, last: int) -> None:
    """What the table says that it forgets; not what was written with the end itself."""
    forgets, columns = table.about.forgets, table.__table__.c
    theirs = [columns["id" if table is Case else "case_id"] == case_id] if forgets else []
    if "ledger_index" in columns:
        theirs.append(columns["ledger_index"] < last)
    if forgets == "row":
        session.execute(delete(table).where(*theirs))
    elif forgets:
        session.execute(update(table).where(*theirs).values(dict.fromkeys(forgets, "")))


def forget_ended(village: Village) -> int:
    """Erase what was said in the concerns that ended while a paper of theirs was on its way."""
    with village.read() as session:
        question = select(Case.id).where(
            Case.kind == "concern", Case.state == "ended", Case.forgotten_at.is_(None)
        )
        waiting = list(session.scalars(question.order_by(Case.id)))
    return sum(one_by_one(_forget_later, village, waiting))


def _forget_later(village: Village, case_id: int) -> bool:
    with writing(village) as work:
        return forget(work, load(work.session, case_id, to_move=True))
