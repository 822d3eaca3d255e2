"""Article 9: no service, price or duty depends on the number; nothing is sent to anyone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import kiosk
from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.services.access import grants
from kiosk.services.cases.flow import timed_moves
from kiosk.services.my_data import corrections, data_copy
from kiosk.services.perks import catalogue, redemptions
from tests.services.cases.conftest import Hamlet

KIOSK = Path(kiosk.__file__).parent
KNOW_THE_NUMBER = {
    "services/record/my_record.py": "hands it to its owner's screen",
    "ui/record/view_model.py": "shows it to its owner",
    "services/my_data/data_copy.py": "copies it for its owner",
    "services/enrolment/explanation.py": "shows a made-up one",
    "ui/enrolment/sample_model.py": "shows the made-up one",
    "services/letters/facts.py": "a letter of its owner, who ticks it by itself",
    "services/audit/totals.py": "holds each sum against the log, says only where it does not fit",
}
SENDS = {"smtplib", "ftplib", "requests", "httpx", "aiohttp", "urllib3", "websockets", "paramiko"}
TALKS_TO_PRINTERS = {
    "app.py",  # one kiosk at a time on this machine
    "devices/connection.py",
    "devices/printers/ipp_line.py",
    "devices/printers/escpos_simulator.py",
    "devices/watchdog.py",
    "ui/shell/remote_view.py",  # a viewer on this machine, where there is no display
}


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return found


@pytest.mark.long
def test_nothing_but_its_owners_screens_and_copy_asks_for_the_number() -> None:
    asking = {
        file.relative_to(KIOSK).as_posix()
        for file in KIOSK.rglob("*.py")
        if {"kiosk.services.record.number", "kiosk.services.record.my_record"} & imports(file)
    }
    assert asking <= KNOW_THE_NUMBER.keys() | {"services/demo/making.py"}
    assert "services/my_data/data_copy.py" in asking


@pytest.mark.long
def test_nothing_is_sent_to_anyone() -> None:
    for file in KIOSK.rglob("*.py"):
        used = {name.split(".")[0] for name in imports(file)}
        assert not used & SENDS, file
        if {"socket", "http"} & used:
            assert file.relative_to(KIOSK).as_posix() in TALKS_TO_PRINTERS


@pytest.mark.long
def test_whoever_has_few_points_can_do_everything_that_others_can(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    hamlet.decided_concern()
    hamlet.clock.advance(days=21)
    timed_moves.tick(hamlet.village)
    assert (hamlet.number("A"), hamlet.number("C")) == (45, 50)
    for letter in "AC":
        village, session_id = hamlet.village, hamlet.sign(letter)
        assert hamlet.hand_in(letter, letter, "help").case_id
        assert hamlet.hand_in(letter, "D", "docks", days_ago=ord(letter) - 64).case_id
        assert data_copy.data_copy(village, session_id).content["number"]
        assert grants.issue_card(village, hamlet.sign("Z", "clerk"), hamlet.people[letter]).pin
        corrections.ask_correction(village, session_id, "phone", "换了号码", new_touch_id())


def test_a_perk_costs_everybody_the_same_and_never_moves_the_number(sqlite_hamlet: Hamlet) -> None:
    hamlet, village = sqlite_hamlet, sqlite_hamlet.village
    for letter in "AC":
        hamlet.approved_deed(letter)
    hamlet.decided_concern()
    hamlet.clock.advance(days=21)
    timed_moves.tick(village)
    clerk = hamlet.sign("Z", "clerk")
    title = Texts({"zh": "肥皂", "en": "Soap"})
    soap = catalogue.offer(village, clerk, title, 2, 5, new_touch_id())
    before = [hamlet.number(letter) for letter in "AC"]
    for letter in "AC":
        reserved = redemptions.reserve(village, hamlet.sign(letter), soap.perk_id, new_touch_id())
        assert reserved.wallet == 1
    assert [hamlet.number(letter) for letter in "AC"] == before == [48, 53]
