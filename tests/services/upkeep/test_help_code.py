"""The help code: versions, states and error numbers, and nothing that anybody is called."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from PIL import Image, ImageDraw

from kiosk.core import event_log
from kiosk.core.catalogue import catalogue
from kiosk.core.clock import VILLAGE_ZONE
from kiosk.core.errors import ExpectedError
from kiosk.core.event_log import Happened
from kiosk.models.register import Household, Resident
from kiosk.services.upkeep import help_code
from kiosk.services.upkeep.help_code import GRAMMAR
from kiosk.services.village import Village
from tests.qr import qr_codes
from tests.services.cases.conftest import Hamlet, sqlite_hamlet

__all__ = ["sqlite_hamlet"]
AT = datetime(2026, 11, 29, 9, 30, tzinfo=VILLAGE_ZONE)
WORD = re.compile(r"[a-z_]{2,}")


def test_every_word_of_a_help_code_is_one_of_the_programs_own(sqlite_hamlet: Hamlet) -> None:
    village = sqlite_hamlet.village
    events = (
        Happened(AT, "bug", number="A4F7-92AC"),
        Happened(AT, "trouble", code="disk_full"),
        Happened(AT, "backup_made"),
    )
    code = help_code.help_code(village, events)
    assert GRAMMAR.fullmatch(code)
    own = {"kiosk", "python", "qt", "sqlite", "schema", "log", "disk", "gb", "at", "wants"}
    own |= {key.partition(".")[2] for key in catalogue().keys("machine", "journal", "error")}
    assert set(WORD.findall(code)) <= own
    assert "20261129T0930 bug A4F7-92AC" in code
    assert "20261129T0930 trouble disk_full" in code
    assert "backup_made" not in code
    assert "wants backup_none" in code


def test_no_name_of_anybody_or_anything_stands_in_it(sqlite_hamlet: Hamlet) -> None:
    village = sqlite_hamlet.village
    with village.read() as session:
        people = {each.name for each in session.query(Resident)}
        places = {each.lane for each in session.query(Household)} - {""}
    code = help_code.help_code(village, event_log.recent(village.directory.log, 40))
    told = {village.settings.name.said(each) for each in catalogue().languages}
    assert people
    assert not [each for each in people | places | told if each.lower() in code.lower()]
    assert code.isascii()


@pytest.mark.parametrize(
    "written", ["林春生", "Lin", "lin", "A4F7-92AC lin", "a4f7-92ac", "disk full"]
)
def test_what_somebody_wrote_into_the_events_is_left_out(
    sqlite_hamlet: Hamlet, written: str
) -> None:
    events = (Happened(AT, "bug", number=written), Happened(AT, "trouble", code=written))
    code = help_code.help_code(sqlite_hamlet.village, events)
    assert code.splitlines()[-2:] == ["20261129T0930 bug", "20261129T0930 trouble"]


def test_an_event_that_is_none_of_the_programs_is_not_told(sqlite_hamlet: Hamlet) -> None:
    code = help_code.help_code(sqlite_hamlet.village, (Happened(AT, "bug lin"),))
    assert "lin" not in code


def test_what_is_outside_the_grammar_makes_no_code(
    sqlite_hamlet: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(help_code, "__version__", "lin")
    assert " kiosk 0 " in f" {help_code.help_code(sqlite_hamlet.village, ())[13:]}"
    monkeypatch.setattr(help_code, "_MOMENT", "lin")
    with pytest.raises(ValueError, match="help code"):
        help_code.help_code(sqlite_hamlet.village, ())


def test_the_picture_says_the_code(sqlite_hamlet: Hamlet) -> None:
    journal = help_code.journal(sqlite_hamlet.village, sqlite_hamlet.sign("A", "keeper"))
    assert read(journal.picture) == journal.code


def read(picture: bytes) -> str:
    """What a camera reads of the bars."""
    told = picture.decode()
    side = int(re.findall(r'viewBox="0 0 (\d+)', told)[0])
    sheet = Image.new("L", (side * 6, side * 6), 255)
    for bar in re.findall(r'x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"', told):
        x, y, width, height = (int(each) * 6 for each in bar)
        ImageDraw.Draw(sheet).rectangle((x, y, x + width - 1, y + height - 1), fill=0)
    (found,) = qr_codes(sheet)
    return str(found.text)


def test_only_the_keeper_reads_what_happened(sqlite_hamlet: Hamlet) -> None:
    with pytest.raises(ExpectedError, match="not_allowed"):
        help_code.journal(sqlite_hamlet.village, sqlite_hamlet.officer("Y"))


def test_the_newest_events_are_read_and_what_is_none_is_passed_over(
    sqlite_village: Village,
) -> None:
    folder = sqlite_village.directory.log
    event_log.keep_journal(folder)
    event_log.record("backup_started")
    number = event_log.record_bug(ValueError("林春生"))
    file = folder / event_log.FILE
    with file.open("a", encoding="utf-8") as stream:
        stream.write('{"at": "2026-11-29T09:30:00+08:00", "event": "no_such"}\n')
        stream.write('[1]\n{"event": "started"}\n{"at": "2026-11-29T09:30:00+08:00", "ev')
    found = event_log.recent(folder, 2)
    assert [(each.event, each.number) for each in found] == [
        ("bug", number),
        ("backup_started", ""),
    ]
    assert event_log.recent(folder, 1) == found[:1]
    assert event_log.recent(folder / "absent", 9) == ()
