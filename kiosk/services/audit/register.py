"""What follows from the register: by what people are found, and that who left left nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.about import Projected
from kiosk.models.register import Household, Resident, SearchTerm
from kiosk.services.audit.log import Finding
from kiosk.services.register.name_readings import Address, pinyin_order
from kiosk.services.register.search_index import TermRow, term_rows

_BATCH = 1_000


def check_register(session: Session) -> Iterator[Finding]:
    """Hold the index of the search, and the rows of those who left, against the register.

    ``search_altered`` and ``left_not_erased`` name the resident by the register's number. The
    register itself is held against the log (`fold.register`).
    """
    for row, written in _with_terms(session):
        if row is None:
            yield Finding("search_altered", written[0][0], written[0][0])
            continue
        if row.name_order != pinyin_order(row.pinyin) or not _is_found_so(row, written):
            yield Finding("search_altered", row.id, row.id)
        if row.register_key.startswith("left/") and _is_left_of(row):
            yield Finding("left_not_erased", row.id, row.id)


def _with_terms(session: Session) -> Iterator[tuple[Any, list[TermRow]]]:
    """Every resident with the terms that are theirs; None with terms that are nobody's."""
    terms = _by_resident(session)
    found = next(terms, None)
    for row in _residents(session):
        while found is not None and found[0][0] < row.id:
            yield None, found
            found = next(terms, None)
        if found is not None and found[0][0] == row.id:
            yield row, found
            found = next(terms, None)
        else:
            yield row, []
    for left in (found, *terms):
        if left:
            yield None, left


def _unproved() -> dict[str, Any]:
    """What is blank of who left, where the log does not say so."""
    assert isinstance(Resident.logged, Projected)
    return {
        name: value
        for name, value in Resident.about.blanked.items()
        if name in Resident.logged.unproved
    }


def _is_left_of(row: Any) -> bool:
    return any(getattr(row, name) != value for name, value in _unproved().items())


def _is_found_so(row: Any, written: list[TermRow]) -> bool:
    """Whether somebody is found by what they ought to be, and nobody who is not here."""
    if not row.active:
        return not written
    if not row.pinyin:  # which the log says, too: a name that was never read
        return True
    address = Address(row.lane, row.number, row.code)
    return written == list(term_rows(row.id, row.name, row.name_order, address))


def _residents(session: Session) -> Iterator[Any]:
    columns = (Resident.id, Resident.active, Resident.name, Resident.pinyin, Resident.register_key)
    unproved = (getattr(Resident, name) for name in _unproved())
    yield from session.execute(
        select(*columns, *unproved, Household.lane, Household.number, Household.code)
        .join(Household)
        .order_by(Resident.id)
        .execution_options(yield_per=_BATCH)
    )


def _by_resident(session: Session) -> Iterator[list[TermRow]]:
    columns = (SearchTerm.resident_id, SearchTerm.term, SearchTerm.shared, SearchTerm.name_order)
    question = select(*columns).order_by(SearchTerm.resident_id, SearchTerm.term)
    found = session.execute(question.execution_options(yield_per=5 * _BATCH))
    for _, rows in groupby(found, key=itemgetter(0)):
        yield [(number, term, shared, order) for number, term, shared, order in rows]
