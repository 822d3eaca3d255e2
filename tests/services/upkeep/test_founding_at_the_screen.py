"""A village is founded step by step: what is amiss is said, and what cuts it short leaves none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core import event_log
from kiosk.core.clock import SettableClock, village_day
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.paths import DataDirectory
from kiosk.services.audit.tables import verify_village
from kiosk.services.differences import reading
from kiosk.services.ledger import log
from kiosk.services.upkeep import founding_form, founding_left, founding_notes
from kiosk.services.upkeep.founding_notes import Notes
from kiosk.services.upkeep.opening import open_village
from kiosk.services.upkeep.recovery_key import key_text
from kiosk.services.village import Village
from tests.worlds.foundings import in_folder, said


@pytest.fixture
def founded(tmp_path: Path, clock: SettableClock) -> Village:
    founding_form.found(in_folder(tmp_path), said(clock), clock)
    return open_village(in_folder(tmp_path), clock)


def test_a_village_is_founded_with_all_that_was_said(
    founded: Village, clock: SettableClock
) -> None:
    assert founded.settings.origin == "yangqiao.example/good-deed-book"
    with founded.read() as session:
        told = [log.content_of(session, each) for each in range(log.log_size(session))]
    grants = [each for each in told if each and "role" in each]
    today = village_day(clock.now()).isoformat()
    assert sorted(each["role"] for each in grants) == ["clerk", "keeper", "officer", "officer"]
    assert {(each["reason"], each["assembly"]) for each in grants} == {("founding", today)}
    assert len(list(founded.directory.spool.glob("card-*.pdf"))) == 3, "a child has no card"
    assert verify_village(founded).consistent
    founded.database.close()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name_en": " "}, "village_name_missing"),
        ({"origin": ""}, "origin_missing"),
        ({"origin": "Yang Qiao"}, "origin_unclear"),
        ({"assembly": "1999-01-01"}, "assembly_day"),
        ({"assembly": "soon"}, "assembly_day"),
    ],
)
def test_what_is_amiss_is_said_and_founds_nothing(
    tmp_path: Path, clock: SettableClock, changes: dict[str, str], code: str
) -> None:
    notes = said(clock)
    with pytest.raises(ExpectedError) as refusal:
        founding_form.found(
            in_folder(tmp_path), replace(notes, typed={**notes.typed, **changes}), clock
        )
    assert refusal.value.code == code
    assert not in_folder(tmp_path).root.exists()


def test_the_programs_own_log_of_a_founding_names_nobody(
    tmp_path: Path, clock: SettableClock
) -> None:
    folder = tmp_path / "log"
    folder.mkdir()
    event_log.keep_journal(folder)
    directory = in_folder(tmp_path)
    founding_form.found(directory, said(clock), clock)
    with open_village(directory, clock).closing() as village:
        written = "".join(file.read_text("utf-8") for file in folder.iterdir())
        with village.read() as session:
            told = repr([log.content_of(session, at) for at in range(log.log_size(session))])
    assert written
    for name in ("周根土", "王建国", "林春生", "林小满"):
        assert name not in written
        assert name not in told


@pytest.mark.parametrize("without", ["officer", "clerk"])
def test_two_officers_of_two_households_and_a_clerk_have_to_be_there(
    tmp_path: Path, clock: SettableClock, without: str
) -> None:
    notes = said(clock)
    people = tuple(
        replace(each, roles=tuple(role for role in each.roles if role != without))
        if each.name == "王建国"
        else each
        for each in notes.people
    )
    with pytest.raises(ExpectedError, match="founders_incomplete"):
        founding_form.found(in_folder(tmp_path), replace(notes, people=people), clock)


def test_officers_of_one_household_are_not_two(clock: SettableClock) -> None:
    notes = said(clock)
    people = tuple(replace(each, lane="东街", number="1") for each in notes.people)
    today = village_day(clock.now())
    assert founding_form.missing(replace(notes, people=people), today) == ("officers",)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"person_name": ""}, "founder_name"),
        ({"person_born": "1961-13-04"}, "founder_birth"),
        ({"person_born": "2999-01-01"}, "founder_birth"),
        ({"person_lane": ""}, "founder_house"),
        ({"person_born": "2015-01-01"}, "official_under_age"),
        ({}, "founders_alike"),
    ],
)
def test_somebody_who_is_not_clear_stays_in_the_form(
    clock: SettableClock, changes: dict[str, str], code: str
) -> None:
    notes = founding_form.typed_again(said(clock), 0)
    twice = replace(notes, people=said(clock).people) if not changes else notes
    with pytest.raises(ExpectedError) as refusal:
        founding_form.with_person(replace(twice, typed={**twice.typed, **changes}), clock)
    assert refusal.value.code == code


def test_a_place_that_no_report_could_name_is_refused(clock: SettableClock) -> None:
    notes = said(clock)
    good = replace(notes, typed={**notes.typed, "place_zh": "南塘", "place_en": "South pond"})
    assert founding_form.with_place(good).places == ("南塘 / South pond",)
    for bad in ({}, {"place_zh": "拜佛的地方"}, {"place_zh": "塘" * 30, "place_en": "pond " * 6}):
        with pytest.raises(ExpectedError, match="place_unclear"):
            founding_form.with_place(replace(notes, typed={**notes.typed, **bad}))


def test_what_was_typed_is_read_again_and_a_spoilt_file_is_nothing(
    tmp_path: Path, clock: SettableClock
) -> None:
    directory = in_folder(tmp_path)
    notes = replace(said(clock), step="people")
    founding_notes.keep(directory, notes)
    assert founding_notes.read(directory) == notes
    assert directory.founding.stat().st_mode & 0o077 == 0
    for spoilt in (
        b"",
        b"[]",
        b'{"people": [{"name": 3}]}',
        b'{"typed": []}',
        b"\xff",
        b"{" * 9000,
    ):
        directory.founding.write_bytes(spoilt)
        assert founding_notes.read(directory) == Notes()


def test_once_the_village_stands_nothing_is_founded_again(
    founded: Village, clock: SettableClock
) -> None:
    with pytest.raises(EnvironmentFault, match="village_exists"):
        founding_form.found(founded.directory, said(clock), clock)
    founded.database.close()


def test_keys_that_no_founding_made_are_nobodys_to_sweep_away(
    founded: Village, clock: SettableClock
) -> None:
    """Somebody lost the settings of a village: its keys and its log are not to be lost as well."""
    directory = founded.directory
    founded.database.close()
    directory.settings.unlink()
    with pytest.raises(EnvironmentFault, match="keys_exist"):
        founding_form.found(directory, said(clock), clock)
    assert directory.database.exists()
    assert list(directory.keys.iterdir())


CUT = """
import os, signal, sys
from dataclasses import replace
from kiosk.core.clock import SettableClock
from tests.worlds import foundings as told
from kiosk.core.paths import DataDirectory
from kiosk.services.upkeep import founding_form
from pathlib import Path
after = int(sys.argv[2]); seen = [0]
KINDS = ("open", "os.rename", "os.mkdir", "os.chmod", "os.remove")
def trace(event, args):
    if event in KINDS and "village" in str(args[0]):
        seen[0] += 1
        if seen[0] == after:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(trace)
clock = SettableClock()
founding_form.found(DataDirectory(Path(sys.argv[1])), told.said(clock), clock)
print(seen[0])
"""


@pytest.mark.long
def test_wherever_the_power_is_cut_there_is_no_village_or_a_whole_one(tmp_path: Path) -> None:
    """Killed before each fifth of what it does to files; then it is founded, or goes on."""
    whole = _cut(tmp_path / "whole" / "village", 0)
    assert whole.returncode == 0, whole.stderr
    steps = int(whole.stdout)
    assert steps > 12
    clock = SettableClock()
    for after in range(1, steps + 1, 5):
        directory = DataDirectory(tmp_path / str(after) / "village")
        assert _cut(directory.root, after).returncode == -signal.SIGKILL
        if not directory.settings.exists():
            known = founding_notes.read(directory)
            assert known.typed in ({}, said(clock).typed), "what was typed is there"
            founding_form.found(directory, said(clock), clock)
        with open_village(directory, clock).closing() as village:
            assert verify_village(village).consistent
            assert founding_left.left(village).step == "cards"
            assert len(list(directory.spool.glob("card-*.pdf"))) == 3


def _cut(root: Path, after: int) -> subprocess.CompletedProcess[str]:
    told = [sys.executable, "-c", CUT, str(root), str(after)]
    return subprocess.run(
        told, env={**os.environ, "PYTHONPATH": str(Path.cwd())}, capture_output=True, text=True
    )


def test_what_is_left_is_done_in_its_order_and_then_never_again(founded: Village) -> None:
    village = founded
    assert founding_left.left(village).step == "cards"
    with pytest.raises(ExpectedError, match="cards_not_out"):
        founding_left.cards_are_handed_over(village)
    with pytest.raises(ExpectedError, match="founding_left"):
        founding_left.put_off(village, "sheet")
    sticks = village.directory.root.parent / "drives"
    (sticks / "STICK").mkdir(parents=True)
    here = replace(village, settings=replace(village.settings, drives=str(sticks)))
    assert founding_left.save_cards(here).sheets == 6
    assert founding_left.cards_are_handed_over(here).step == "sheet"
    assert not list(village.directory.spool.glob("*.pdf"))

    assert founding_left.save_recovery(here, "en").sheets == 1
    with pytest.raises(ExpectedError, match="recovery_key_wrong"):
        founding_left.confirm_key(here, key_text(b"\0" * 32))
    assert founding_left.confirm_key(here, key_text(village.keys.backup).lower()).step == "backup"

    made = founding_left.first_backup(here)
    assert made.made.file.exists()
    assert len(list((sticks / "STICK").glob("village-*.backup"))) == 1
    with pytest.raises(ExpectedError, match="founding_left"):
        founding_left.open_the_doors(here)
    founding_left.put_off(here, "register")
    founding_left.open_the_doors(here)

    assert not village.directory.founding.exists()
    for again in (
        founding_left.left,
        founding_left.print_cards,
        founding_left.save_cards,
        founding_left.first_backup,
        founding_left.open_the_doors,
        lambda one: founding_left.save_recovery(one, "zh"),
        lambda one: founding_left.print_recovery(one, "zh"),
    ):
        with pytest.raises(ExpectedError, match="founding_over"):
            again(here)
    village.database.close()


def test_notes_of_another_village_open_nothing(founded: Village) -> None:
    """They lay in the folder into which a village was put back."""
    founding_notes.change(founded.directory, lambda notes: replace(notes, key="other"))
    with pytest.raises(ExpectedError, match="founding_over"):
        founding_left.save_recovery(founded, "zh")
    founded.database.close()


def test_the_register_of_the_first_day_comes_in_beside_the_officials(founded: Village) -> None:
    sticks = founded.directory.root.parent / "drives"
    (sticks / "STICK").mkdir(parents=True)
    lines = [
        "姓名,性别,出生日期,门牌号",
        "周根土,男,1961-05-04,东街1号",
        "周小妹,女,1990-02-03,东街1号",
        "李秀兰,女,1970-02-14,西巷5号",
        "无名,男,1970-02-14,",
    ]
    (sticks / "STICK" / "名册.csv").write_text("\n".join(lines), "utf-8")
    here = replace(founded, settings=replace(founded.settings, drives=str(sticks)))
    (file,) = reading.on_sticks(str(sticks))
    found = founding_left.look_at_register(here, file)
    assert (found.added, found.known, len(found.refused)) == (2, 1, 1)
    assert founding_left.take_register(here, found) == 2
    assert founding_left.take_register(here, found) == 0, "a second tap brings nobody twice"
    assert verify_village(founded).consistent
    founded.database.close()
