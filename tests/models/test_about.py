"""Every table says whether its rows are about a person, and what follows from that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import LargeBinary

from kiosk.models import Base
from kiosk.models.about import NOBODY, About, NotCopied, NotInLog, Projected, Rows, Within
from kiosk.models.access import Card, RecordView
from kiosk.models.cases import Case, CasePhoto, PointEntry
from kiosk.models.register import Resident
from kiosk.services.ledger.contents import NAMED_AS

PERSON = Resident.__table__.c.id
SECTIONS = {
    *("person", "number", "vouchers", "letters", "looks", "cases_about_me", "cases_i_reported"),
    *("confirmations_i_gave", "ledger"),
}
"""What the copy puts together from several tables."""
OF_DEEDS_ALONE = {"second_reading"}
"""Tables that no concern has a row in."""


def silent(table: type[Base]) -> Iterator[str]:
    """What the table should say of itself and does not, or says wrongly."""
    if "about" not in vars(table):
        yield "whether its rows are about a person"
        return
    yield from _people(table)
    yield from _copied(table, table.about)
    yield from _logged(table)


def _people(table: type[Base]) -> Iterator[str]:
    about, columns = table.about, table.__table__.c
    named = {*about.erased, *about.kept}
    for column in columns:
        if column.references(PERSON) and column.key not in named:
            yield f"what becomes of a row when the person in {column.key} leaves"
    for name in (*named, *about.blanked, *filter(None, [about.papers])):
        if name not in columns:
            yield f"it has no column {name}"
    if set(about.erased) & set(about.kept):
        yield "a row goes or stays"


def _copied(table: type[Base], about: About) -> Iterator[str]:
    goes_with_case = any(column.references(Case.__table__.c.id) for column in table.__table__.c)
    if about.copied is None:
        if about != NOBODY or goes_with_case:
            yield "whether the copy of one's data holds it"
    elif isinstance(about.copied, Within):
        yield from (f"no section {each}" for each in {*about.copied.sections} - SECTIONS)
    elif isinstance(about.copied, Rows):
        yield from _columns(table, about.copied)


def _columns(table: type[Base], rows: Rows) -> Iterator[str]:
    said = {*rows.columns, *rows.left_out}
    for column in table.__table__.c:
        leads = column.primary_key or column.foreign_keys or column.key == "ledger_index"
        if not leads and column.key not in said:
            yield f"whether the copy holds {column.key}"
    yield from (f"it has no column {each}" for each in said - {*table.__table__.c.keys()})
    if not table.about.erased:
        yield "whose row it is"


def _logged(table: type[Base]) -> Iterator[str]:
    logged, columns = table.logged, table.__table__.c
    if "ledger_index" in columns and logged is None:
        yield "what of a row its entry says too"
    if not isinstance(logged, Projected) or not logged.entry:
        return
    for name in (*logged.told.values(), *filter(None, [logged.at])):
        if name not in columns:
            yield f"it has no column {name}"
    for name, column in logged.told.items():
        if column in table.about.erased and name not in NAMED_AS:
            yield f"erasure would not find a person whom the entry calls {name}"


@pytest.mark.parametrize("table", Base.tables(), ids=lambda table: table.__tablename__)
def test_a_table_says_of_itself_whom_it_is_about_and_what_follows(table: type[Base]) -> None:
    assert list(silent(table)) == []


def test_of_a_resident_every_column_is_blanked_that_says_something() -> None:
    numbers = {"id", "household_id", "register_key"}
    assert {*Resident.__table__.c.keys()} == {*Resident.about.blanked} | numbers


def test_a_reason_is_a_sentence() -> None:
    for table in Base.tables():
        about = table.about
        said = (about.copied, table.logged)
        reasons = [each.why for each in said if isinstance(each, NotCopied | NotInLog)]
        assert all(len(each) > 10 for each in (*reasons, *about.kept.values())), table


def test_no_two_tables_write_into_one_section() -> None:
    rows = [each.about.copied for each in Base.tables()]
    sections = [each.section for each in rows if isinstance(each, Rows)]
    assert len({*sections} | SECTIONS) == len(sections) + len(SECTIONS)


def test_free_words_and_pictures_of_a_case_are_forgotten_when_a_concern_ends() -> None:
    for table in Base.tables():
        forgets = table.about.forgets
        if table is not Case and "case_id" not in table.__table__.c:
            assert forgets == (), table
        for column in table.__table__.c if table.__tablename__ not in OF_DEEDS_ALONE else ():
            free = isinstance(column.type, LargeBinary) or getattr(column.type, "length", 0) == 400
            of_case = table is Case or "case_id" in table.__table__.c
            if free and of_case:
                assert forgets == "row" or column.key in forgets, column
        if forgets != "row":
            assert {*forgets} <= {*table.__table__.c.keys()}, table


# --- The rule notices what is missing


LESS = Rows("cards", ("number",), ("token_hash", "pin_hash", "failures", "wait_until"))


@pytest.mark.parametrize(
    ("table", "name", "said", "missing"),
    [
        (Card, "erased", (), "resident_id leaves"),
        (RecordView, "kept", {}, "viewer_id leaves"),
        (Card, "copied", None, "the copy of one's data"),
        (CasePhoto, "copied", None, "the copy of one's data"),
        (CasePhoto, "copied", Within(("somewhere",)), "no section somewhere"),
        (Card, "copied", LESS, "holds ended_at"),
        (Card, "papers", "reference", "no column reference"),
    ],
)
def test_a_table_that_leaves_something_out_is_found(
    table: type[Base], name: str, said: Any, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "about", replace(table.about, **{name: said}))
    assert missing in " ".join(silent(table))


@pytest.mark.parametrize(
    ("logged", "missing"),
    [
        (None, "its entry says too"),
        (Projected(key=("id",), entry="points", told={"case": "cases"}), "no column cases"),
        (Projected(key=("id",), entry="points", told={"whose": "resident_id"}), "calls whose"),
    ],
)
def test_a_row_with_an_entry_that_says_nothing_of_it_is_found(
    logged: Projected | None, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PointEntry, "logged", logged)
    assert missing in " ".join(silent(PointEntry))


def test_a_table_that_says_nothing_at_all_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Card, "about")
    assert list(silent(Card)) == ["whether its rows are about a person"]
