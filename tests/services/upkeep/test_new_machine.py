"""The hall burnt down: a backup on a stick and a sheet of paper open the village again."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.models.ledger import LedgerEntry
from kiosk.services.access import first_pin, peppers, sessions
from kiosk.services.audit.tables import verify_village
from kiosk.services.enrolment import joining, new_card
from kiosk.services.enrolment.explanation import RIGHT_ANSWERS
from kiosk.services.ledger import log
from kiosk.services.register.search import search
from kiosk.services.signing.keys import PEPPER
from kiosk.services.upkeep import official_cards
from kiosk.services.upkeep.backup import back_up
from kiosk.services.upkeep.founders import official
from kiosk.services.upkeep.key_transfer import export_keys, import_keys
from kiosk.services.upkeep.official_cards import PutDown
from kiosk.services.upkeep.opening import open_village
from kiosk.services.upkeep.recovery_key import parse_key, sheet_pdf
from kiosk.services.upkeep.restore import restore
from kiosk.services.upkeep.setup import Beginning, found
from kiosk.services.village import Village
from tests.qr import qr_codes
from tests.worlds.kept import kept
from tests.worlds.names import YANGQIAO

pytestmark = pytest.mark.long

OFFICIALS = (
    "周根土,1961-05-04,东街,1,officer",
    "王建国,1958-11-20,桥南,3,officer",
    "李秀兰,1970-02-14,西巷,5,clerk",
    "解小燕,1981-03-02,西巷,9,keeper",
)
SETTINGS = Settings(YANGQIAO, "yangqiao.example/good-deed-book")


@pytest.fixture(autouse=True)
def on_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KIOSK_DATABASE_URL", raising=False)


@pytest.fixture
def hall(tmp_path: Path, clock: SettableClock) -> Iterator[tuple[Village, dict[str, str]]]:
    """A founded village, and the officials' cards and PINs of the first day."""
    today = date(2026, 11, 23)
    first = tuple(official(told, today) for told in OFFICIALS)

    def make(draft: Path) -> None:
        beginning = Beginning(settings=SETTINGS, founders=first, assembly=today)
        founded = found(DataDirectory(draft / "village"), beginning, clock)
        founded.village.database.close()
        pins_of = {each.of.number: each.of.pin for each in founded.sheets}
        (draft / "pins").write_text(json.dumps(pins_of))

    made = kept("four-officials", make)
    directory = DataDirectory(tmp_path / "old machine")
    shutil.copytree(made / "village", directory.root)
    pins_of: dict[str, str] = json.loads((made / "pins").read_text())
    with open_village(directory, clock).closing() as village:
        yield village, pins_of


def key_from_paper(sheet: bytes, folder: Path) -> bytes:
    """Type the key from the sheet that lay in the safe: here its code is read."""
    (folder / "sheet.pdf").write_bytes(sheet)
    command = ["pdftoppm", "-r", "200", "-png", str(folder / "sheet.pdf"), str(folder / "sheet")]
    subprocess.run(command, check=True)
    with Image.open(next(folder.glob("sheet*.png"))) as picture:
        return parse_key(qr_codes(picture)[0].text)


@contextmanager
def on_a_new_machine(
    village: Village, clock: SettableClock, folder: Path
) -> Iterator[tuple[Village, bool]]:
    """The village of a backup and its recovery sheet, and whether its officials are locked out."""
    stick, safe = folder / "stick", folder / "safe"
    safe.mkdir()
    backup = back_up(village, stick).file
    sheet = sheet_pdf(village, "zh")
    new = DataDirectory(folder / "new machine")
    done = restore(new, backup, key_from_paper(sheet, safe), clock)
    with open_village(new, clock).closing() as there:
        yield there, done.locked_out


def pin_of(sheets: PutDown) -> str:
    """The PIN as its owner reads it from the letter."""
    told = PdfReader(sheets.letter).pages[0].extract_text()
    return next(
        word for word in told.replace("\n", " ").split() if word.isdigit() and len(word) == 6
    )


def issued_entries(village: Village) -> list[dict[str, object]]:
    query = select(LedgerEntry.index).where(LedgerEntry.kind == "card_issued")
    with village.read() as session:
        return [log.content_of(session, index) or {} for index in session.scalars(query)]


def test_from_a_backup_and_the_sheet_alone_up_to_a_residents_new_card(
    hall: tuple[Village, dict[str, str]], clock: SettableClock, tmp_path: Path
) -> None:
    old, old_pins = hall
    with on_a_new_machine(old, clock, tmp_path) as (village, locked_out):
        assert locked_out
        number, pin = next(iter(old_pins.items()))
        with pytest.raises(ExpectedError, match="sign_in_refused"):
            sessions.sign_in(village, number, pin, official=True)

        sheets = official_cards.reissue(village)
        by_name = {each.of.name: each for each in sheets}
        assert set(by_name) == {"周根土", "王建国", "李秀兰", "解小燕"}
        clerk = sessions.sign_in(
            village, by_name["李秀兰"].of.number, pin_of(by_name["李秀兰"]), official=True
        )
        assert clerk.roles == {"clerk"}

        (found,) = search(village, "周根土").rows
        joining.enrol(
            village,
            clerk.id,
            found.resident_id,
            ("number",),
            new_touch_id(),
            read_aloud=True,
            answers=tuple(RIGHT_ANSWERS.items()),
        )
        card = new_card.issue_and_print(village, clerk.id, found.resident_id).issued
        drawn = first_pin.draw(village, card.token_text)
        assert first_pin.try_once(village, drawn, drawn.pin)
        resident = sessions.sign_in(village, card.token_text, drawn.pin)
        assert resident.name == "周根土"
        assert verify_village(village).consistent


def test_each_card_issued_at_the_machine_is_an_entry_and_every_official_is_told(
    hall: tuple[Village, dict[str, str]], clock: SettableClock, tmp_path: Path
) -> None:
    with on_a_new_machine(hall[0], clock, tmp_path) as (village, _locked_out):
        assert official_cards.reissued(village) is None
        before = len(issued_entries(village))
        official_cards.reissue(village)
        issued = issued_entries(village)[before:]
        assert len(issued) == len(OFFICIALS)
        assert {each["clerk"] for each in issued} == {None}
        told = official_cards.reissued(village)
        assert told is not None
        assert set(told.names) == {"周根土", "王建国", "李秀兰", "解小燕"}
        assert told.at == clock.now()


def test_no_pin_lies_anywhere_but_in_its_owners_letter_which_only_this_user_can_read(
    hall: tuple[Village, dict[str, str]], clock: SettableClock, tmp_path: Path
) -> None:
    with on_a_new_machine(hall[0], clock, tmp_path) as (village, _locked_out):
        for sheets in official_cards.reissue(village):
            assert pin_of(sheets) == sheets.of.pin
            assert sheets.of.pin not in PdfReader(sheets.card).pages[0].extract_text()
            assert {each.stat().st_mode & 0o777 for each in (sheets.card, sheets.letter)} == {0o600}
            assert sheets.of.pin not in repr(sheets)


def test_what_was_interrupted_can_be_done_again_and_only_the_last_papers_lie_there(
    hall: tuple[Village, dict[str, str]], clock: SettableClock, tmp_path: Path
) -> None:
    with on_a_new_machine(hall[0], clock, tmp_path) as (village, _locked_out):
        first = official_cards.reissue(village)
        again = official_cards.reissue(village)
        lying = set(village.directory.spool.glob("*.pdf"))
        assert lying == {file for each in again for file in (each.card, each.letter)}
        with pytest.raises(ExpectedError, match="sign_in_refused"):
            sessions.sign_in(village, first[0].of.number, first[0].of.pin, official=True)
        sessions.sign_in(village, again[0].of.number, again[0].of.pin, official=True)


def test_a_power_cut_before_the_cards_count_leaves_a_village_that_can_still_issue_them(
    hall: tuple[Village, dict[str, str]], clock: SettableClock, tmp_path: Path
) -> None:
    with on_a_new_machine(hall[0], clock, tmp_path) as (village, _locked_out):
        before = len(issued_entries(village))
        village.directory.spool.rmdir()
        village.directory.spool.write_text("no folder")
        with pytest.raises(OSError, match="card-"):
            official_cards.reissue(village)
        assert len(issued_entries(village)) == before
        village.directory.spool.unlink()
        village.directory.spool.mkdir()
        assert len(official_cards.reissue(village)) == len(OFFICIALS)


def test_once_an_official_has_signed_in_the_machine_issues_no_more_cards(
    hall: tuple[Village, dict[str, str]], clock: SettableClock, tmp_path: Path
) -> None:
    with on_a_new_machine(hall[0], clock, tmp_path) as (village, _locked_out):
        first = official_cards.reissue(village)[0].of
        sessions.sign_in(village, first.number, first.pin, official=True)
        with pytest.raises(ExpectedError, match="officials_can_sign_in"):
            official_cards.reissue(village)
        sessions.sign_in(village, first.number, first.pin, official=True)


def test_a_village_that_never_moved_issues_no_cards_at_the_machine(
    hall: tuple[Village, dict[str, str]], clock: SettableClock
) -> None:
    village, _pins = hall
    with pytest.raises(ExpectedError, match="officials_can_sign_in"):
        official_cards.reissue(village)
    made = back_up(village)
    village.database.close()
    done = restore(village.directory, made.file, village.keys.backup, clock)
    assert not done.locked_out
    opened = open_village(village.directory, clock)
    with opened.closing(), pytest.raises(ExpectedError, match="officials_can_sign_in"):
        official_cards.reissue(opened)


def test_a_pepper_put_in_by_hand_opens_no_way_to_cards(
    hall: tuple[Village, dict[str, str]], clock: SettableClock, tmp_path: Path
) -> None:
    with on_a_new_machine(hall[0], clock, tmp_path) as (there, _locked_out):
        pass
    (there.directory.keys / PEPPER).write_bytes(os.urandom(32))
    forged = open_village(there.directory, clock)
    with forged.closing(), pytest.raises(ExpectedError, match="pepper_not_noted"):
        official_cards.reissue(forged)


def test_keys_of_a_second_terminal_spare_the_officials_new_cards(
    hall: tuple[Village, dict[str, str]], clock: SettableClock, tmp_path: Path
) -> None:
    """The pepper came with the keys, so the PINs of before still open."""
    old, old_pins = hall
    sealed, new = tmp_path / "keys.sealed", DataDirectory(tmp_path / "new machine")
    export_keys(old, sealed)
    made = back_up(old, tmp_path / "stick")
    import_keys(new, sealed, old.keys.backup, clock)
    done = restore(new, made.file, old.keys.backup, clock)
    assert (done.new_keys, done.locked_out) == (False, False)
    with open_village(new, clock).closing() as village:
        number, pin = next(iter(old_pins.items()))
        sessions.sign_in(village, number, pin, official=True)


def test_keys_with_another_pepper_lock_the_officials_out_and_say_so_in_the_log(
    hall: tuple[Village, dict[str, str]], clock: SettableClock, tmp_path: Path
) -> None:
    old, _pins = hall
    sealed = tmp_path / "keys.sealed"
    with on_a_new_machine(old, clock, tmp_path) as (village, _locked_out):
        official_cards.reissue(village)
        export_keys(village, sealed)
    back = back_up(old, tmp_path / "stick").file
    third = DataDirectory(tmp_path / "third machine")
    done = import_keys(third, sealed, old.keys.backup, clock)
    assert not done.locked_out  # there is no village there yet
    assert restore(third, back, old.keys.backup, clock).locked_out
    with open_village(third, clock).closing() as restored:
        cards = official_cards.reissue(restored)
        sessions.sign_in(restored, cards[0].of.number, cards[0].of.pin, official=True)


def test_keys_imported_over_another_pepper_are_noted_before_they_are_there(
    hall: tuple[Village, dict[str, str]], clock: SettableClock, tmp_path: Path
) -> None:
    village, _pins = hall
    sealed = tmp_path / "keys.sealed"
    pepper = (village.directory.keys / PEPPER).read_bytes()
    (village.directory.keys / PEPPER).write_bytes(os.urandom(32))
    with open_village(village.directory, clock).closing() as other:
        export_keys(other, sealed)
    (village.directory.keys / PEPPER).write_bytes(pepper)
    done = import_keys(village.directory, sealed, village.keys.backup, clock)
    assert done.locked_out
    with open_village(village.directory, clock).closing() as changed:
        assert len(official_cards.reissue(changed)) == len(OFFICIALS)


def test_the_right_pepper_brought_back_ends_nobodys_card(
    hall: tuple[Village, dict[str, str]], clock: SettableClock, tmp_path: Path
) -> None:
    """Somebody copied one of the files by itself; the exported keys put it right."""
    village, old_pins = hall
    sealed = tmp_path / "keys.sealed"
    export_keys(village, sealed)
    (village.directory.keys / PEPPER).write_bytes(os.urandom(32))
    assert not import_keys(village.directory, sealed, village.keys.backup, clock).locked_out
    with open_village(village.directory, clock).closing() as mended:
        number, pin = next(iter(old_pins.items()))
        sessions.sign_in(mended, number, pin, official=True)


def test_the_name_of_a_pepper_says_nothing_about_it() -> None:
    one, other = peppers.pepper_id(bytes(32)), peppers.pepper_id(b"\x01" + bytes(31))
    assert one != other
    assert len(one) == len(other) == 16


def test_the_sheets_say_whose_they_are(
    hall: tuple[Village, dict[str, str]], clock: SettableClock, tmp_path: Path
) -> None:
    with on_a_new_machine(hall[0], clock, tmp_path) as (village, _locked_out):
        for sheets in official_cards.reissue(village):
            told = PdfReader(io.BytesIO(sheets.of.letter)).pages[0].extract_text()
            assert sheets.of.name in told
            assert sheets.of.number in told
            assert village.catalogue.text(f"access.role_{sheets.of.roles[0]}", "zh") in told
