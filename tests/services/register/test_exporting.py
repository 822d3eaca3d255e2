"""The register for the office: what the office wrote, as text, and everybody sees who took it."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.register import Resident
from kiosk.services.access.views import views_on
from kiosk.services.register import exporting
from kiosk.services.register.exporting import Form
from kiosk.services.register.importing import plan as importing_plan
from tests.services.cases.conftest import refused
from tests.services.differences.yearly import STICK, Office, office, sqlite_office
from tests.services.register.registers import WANG

__all__ = ["office", "refused", "sqlite_office"]
HEADS = [
    "户号",
    "街巷",
    "门牌号",
    "姓名",
    "性别",
    "出生日期",
    "是否户主",
    "与户主关系",
    "房屋用途",
    "联系电话",
]


def taken(office: Office, form: Form) -> Path:
    """The file as it lies on the stick."""
    (office.sticks / STICK).mkdir(parents=True, exist_ok=True)
    said = (office.clerk, "export_office", form, new_touch_id())
    return office.sticks / STICK / exporting.export(office.village, *said).file


@pytest.mark.parametrize("form", exporting.FORMS)
def test_what_is_taken_along_changes_nobody_when_it_comes_back(office: Office, form: Form) -> None:
    """Read back by the reader of registers, which shares nothing with what wrote it."""
    register = importing_plan.read_register(taken(office, form))
    assert (len(register.rows), register.refused) == (5, ())
    found = importing_plan.plan(office.village, register)
    assert (found.added, found.unchanged + found.updated, found.waiting) == (0, 5, ())
    (wang,) = [each for each in register.rows if each.name == WANG[0]]
    assert (wang.code, wang.lane, wang.number, wang.phone, wang.is_head) == (
        *("0013", "西街", "3", "13800000002", True),
    )


def test_it_holds_the_columns_of_the_office_alone(sqlite_office: Office) -> None:
    heads, *lines = csv.reader(io.StringIO(taken(sqlite_office, "csv").read_text("utf-8-sig")))
    assert heads == HEADS
    assert lines[0] == [
        *(
            "0012",
            "东街",
            "12号",
            "林春生",
            "男",
            "1956-03-01",
            "是",
            "户主",
            "住家",
            "13800000001",
        ),
    ]


@pytest.mark.parametrize("begins", "=+-@")
def test_no_cell_is_a_formula(sqlite_office: Office, begins: str) -> None:
    with sqlite_office.village.write() as session:
        session.get_one(Resident, 1).relation = f"{begins}1+1"
    assert f",'{begins}1+1," in taken(sqlite_office, "csv").read_text("utf-8-sig")
    with zipfile.ZipFile(taken(sqlite_office, "xlsx")) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert b"<f" not in sheet
    assert f"<t>{begins}1+1</t>".encode() in b"".join(parts.values())


def test_everybody_in_it_sees_who_took_it_and_for_what(office: Office) -> None:
    taken(office, "xlsx")
    for name in ("林春生", "赵敏"):
        with office.village.read() as session:
            (look,) = views_on(session, office.person(name).id)
        assert (look.viewer_name, look.role, look.purpose) == ("钱办事", "clerk", "export_office")
    assert office.misfits() == []


def test_a_second_tap_is_one_look_and_without_a_stick_there_is_none(sqlite_office: Office) -> None:
    said = (sqlite_office.clerk, "export_office", "csv", new_touch_id())
    with pytest.raises(ExpectedError) as refusal:
        exporting.export(sqlite_office.village, *said)  # type: ignore[arg-type]
    assert refusal.value.code == "drive_missing"
    (sqlite_office.sticks / STICK).mkdir(parents=True)
    for _ in range(2):
        exporting.export(sqlite_office.village, *said)  # type: ignore[arg-type]
    with sqlite_office.village.read() as session:
        assert len(views_on(session, sqlite_office.person("林春生").id)) == 1


def test_a_stick_that_cannot_be_written_says_so(
    sqlite_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "SPARE", 1 << 62)
    with pytest.raises(EnvironmentFault) as trouble:
        taken(sqlite_office, "csv")
    assert trouble.value.code == "drive_full"
