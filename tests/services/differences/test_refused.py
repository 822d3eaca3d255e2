"""The lines of a register that were not taken: kept, printed, and put on the stick."""

from __future__ import annotations

import csv
from collections.abc import Callable

import pytest

from kiosk.core.ids import new_touch_id
from kiosk.models.printing import PrintJob
from kiosk.services.differences import reading, refused
from tests.services.differences.yearly import LAST_YEAR, STICK, Office, otherwise
from tests.services.register.registers import LIN, WANG

Code = Callable[..., str]
NAMELESS, UNDATED = otherwise(LIN, name=""), otherwise(WANG, born_on="三月初七")


@pytest.mark.long
def test_they_are_kept_in_the_order_of_the_file_and_printed_once(office: Office) -> None:
    office.hold_beside(*LAST_YEAR, NAMELESS, UNDATED)
    rows = refused.refused(office.village, office.clerk)
    assert [(row.line, row.reason_code) for row in rows] == [
        (6, "row_no_name"),
        (7, "row_date_unclear"),
    ]
    touch = new_touch_id()
    job = refused.print_out(office.village, office.clerk, touch)
    assert refused.print_out(office.village, office.clerk, touch) == job, "a double tap"
    with office.village.read() as session:
        found = session.get_one(PrintJob, job)
        said = str(found.payload)
    assert "三月初七" in said
    assert "第 7 行" in said
    assert office.misfits() == []


@pytest.mark.long
def test_they_are_put_on_the_stick_for_a_spreadsheet(office: Office) -> None:
    office.hold_beside(*LAST_YEAR, otherwise(LIN, name="=1+1", born_on="=2"), NAMELESS)
    saved = refused.save(office.village, office.clerk)
    file = office.sticks / STICK / saved.file
    heads, *rows = csv.reader(file.read_text("utf-8-sig").splitlines())
    assert (len(heads), len(rows), saved.lines) == (4, 2, 2)
    assert rows[1][1] == "7"
    assert all(reason for row in rows for reason in row[2:]), "in both languages"
    assert not any(cell.startswith("=") for row in rows for cell in row)


@pytest.mark.long
def test_nothing_is_printed_or_saved_where_every_line_was_taken_or_the_reading_is_over(
    office: Office, refused: Code
) -> None:
    office.hold_beside(*LAST_YEAR, NAMELESS)
    reading.put_aside(office.village, office.clerk, new_touch_id())
    assert refused(save, office) == "nothing_refused"
    assert refused(printed, office) == "nothing_refused"
    (office.sticks / STICK).rename(office.sticks.parent / "pulled")
    assert refused(save, office) == "drive_missing"


def save(office: Office) -> refused.Saved:
    return refused.save(office.village, office.clerk)


def printed(office: Office) -> int:
    return refused.print_out(office.village, office.clerk, new_touch_id())
