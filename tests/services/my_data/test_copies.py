from __future__ import annotations

import copy as copying
import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from kiosk.core.catalogue import catalogue
from kiosk.core.clock import SettableClock
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.core.open_days import Span
from kiosk.core.paths import ASSETS
from kiosk.devices.printers import PaperJob, PrinterFault, PrinterJobState, Reason
from kiosk.models import Base
from kiosk.models.about import Rows
from kiosk.models.access import Card
from kiosk.models.consent import Consent
from kiosk.models.ledger import Checkpoint
from kiosk.models.letters import Letter
from kiosk.models.printing import PrintJob
from kiosk.models.register import Resident
from kiosk.services import open_days
from kiosk.services.consent import pauses
from kiosk.services.enrolment import explanation
from kiosk.services.ledger import log
from kiosk.services.my_data import copies, corrections, data_copy, erasure
from kiosk.services.printing import queue
from kiosk.services.printing import spooler as printing_spooler
from kiosk.services.printing.in_hand import in_hand
from kiosk.services.printing.queue import COPY_IS_KEPT
from kiosk.services.printing.spooler import Spooler
from kiosk.services.register.people import declare_relative
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet
from tests.services.my_data.data_copy_schema import SCHEMA, breaches
from tests.services.my_data.past import NAME, with_a_past
from tests.worlds.kept import grown
from tests.worlds.leaving import leave

Code = Callable[..., str]
DOCS = ASSETS.parent / "docs"


def full(hamlet: Hamlet) -> Hamlet:
    """A has something of every kind that a copy can hold."""
    return grown(with_a_past(hamlet), _fill)


def _fill(hamlet: Hamlet) -> None:
    village = hamlet.village
    pauses.pause(village, hamlet.sign("A"), new_touch_id())
    pauses.resume(village, hamlet.sign("A"), new_touch_id())
    erasure.ask(village, hamlet.sign("A"), new_touch_id())
    erasure.stay(village, hamlet.sign("A"), new_touch_id())
    request = corrections.ask_correction(
        village, hamlet.sign("A"), "other", "别的事", new_touch_id()
    )
    clerk = hamlet.sign("Z", "clerk")
    said = (request, "unclear", "请来一次再说。", new_touch_id())
    corrections.decline_correction(village, clerk, *said)
    explanation.talk(
        village, clerk, hamlet.people["A"], True, explanation.UNDERSTOOD, new_touch_id()
    )
    with writing(village) as work:
        declare_relative(work, hamlet.people["A"], hamlet.people["C"])
        work.session.get_one(Resident, hamlet.people["A"]).sex = "F"
        work.session.add(
            Card(
                resident_id=hamlet.people["A"],
                number="4021-7735",
                token_hash=b"token",
                pin_hash="pin",
                issued_at=work.now,
            )
        )
        work.session.add(
            Letter(
                reference="L2026-0001",
                resident_id=hamlet.people["A"],
                language="zh",
                says='{"words": ["致：学校"]}',
                issued_at=work.now,
                valid_until=work.today,
                ledger_index=0,
            )
        )
        work.session.add(
            Consent(
                resident_id=hamlet.people["A"],
                purpose="letter",
                text_version=1,
                given_at=work.now,
                withdrawn_at=work.now,
                ledger_index=0,
            )
        )


def content(hamlet: Hamlet) -> dict[str, Any]:
    copy = data_copy.data_copy(hamlet.village, hamlet.sign("A"))
    held: dict[str, Any] = json.loads(data_copy.copy_json(copy))
    return held


# --- What a copy holds


@pytest.mark.long
def test_the_copy_holds_what_stands_and_keeps_the_reporter_sealed(sqlite_hamlet: Hamlet) -> None:
    hamlet = with_a_past(sqlite_hamlet)
    held = content(hamlet)
    assert held["person"]["name"] == NAME
    assert held["number"]["number"] == 50 + 3 - 5
    assert [case["words"] for case in held["cases_about_me"]] == [
        "帮邻居挑了两担水", "倒了两袋菜叶",
    ]  # fmt: skip
    assert held["cases_about_me"][1]["reported_by"] is None
    assert "林B" not in json.dumps(held, ensure_ascii=False)
    assert [case["reference"] for case in held["cases_i_reported"]] == ["2026-0003"]
    assert held["corrections"][0]["words"] == "电话换了"
    assert held["looks"] == []
    assert len(held["ledger"]) > 15


def test_a_full_copy_is_what_the_schema_says(hamlet: Hamlet) -> None:
    held = content(full(hamlet))
    empty = {key for key, value in held.items() if value in (None, [], {})}
    assert empty & SCHEMA["properties"].keys() <= {"vouchers", "reporting_pauses"}
    assert list(breaches(held)) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda held: held.pop("looks"),
        lambda held: held.update(extra=1),
        lambda held: held.update(extra=[{"at": [1]}]),
        lambda held: held["person"].update(extra=[]),
        lambda held: held.update(taken_at="2026-11-23T01:00:00+00:00"),
        lambda held: held["person"].update(born_on="1.3.1956"),
        lambda held: held["number"].update(number=101),
        lambda held: held["number"]["lines"][0].update(points="3"),
        lambda held: held["consents"][0].update(purpose="everything"),
        lambda held: held["ledger"][0].update(commitment="zz"),
    ],
)
def test_the_schema_notices_what_is_wrong(
    sqlite_hamlet: Hamlet, spoil: Callable[[dict[str, Any]], object]
) -> None:
    held = copying.deepcopy(content(full(sqlite_hamlet)))
    spoil(held)
    assert list(breaches(held)) != []


def test_a_section_that_the_schema_does_not_name_is_that_of_a_table(
    sqlite_hamlet: Hamlet,
) -> None:
    tables = {each.about.copied for each in Base.tables()}
    said = {each.section for each in tables if isinstance(each, Rows)}
    assert content(sqlite_hamlet).keys() - SCHEMA["properties"].keys() <= said


def test_the_page_describes_every_key_of_the_schema() -> None:
    described = (DOCS / "data-copy.md").read_text("utf-8")
    for key in SCHEMA["properties"]:
        assert f"`{key}`" in described, key


def test_the_copy_on_paper_is_in_words_and_interprets_nothing(sqlite_hamlet: Hamlet) -> None:
    hamlet = full(sqlite_hamlet)
    with hamlet.village.write() as session:
        person = session.get_one(Resident, hamlet.people["A"])
        person.name = "<b>欧阳</b>&<img src='x'>"
    copy = data_copy.data_copy(hamlet.village, hamlet.sign("A"))
    said = {language: _read(hamlet.village, copy, language) for language in ("zh", "en")}
    for text in said.values():
        assert "<b>欧阳</b>&<img src='x'>" in text
        assert "_" not in text
    for words in (
        "性别：女",
        "1956年3月1日",
        "好事",
        "已计入",
        "电话换了",
        "还没弄清要改什么",
    ):
        assert words in said["zh"], words
    for words in ("1 March 1956", "counts", "It is not clear yet", "Helping"):
        assert words in said["en"], words


def _read(village: Village, copy: data_copy.DataCopy, language: Any) -> str:
    pdf = data_copy.copy_pdf(village, copy, language)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) >= 2
    return "".join(pages).replace("\n", "")


def test_every_fact_has_its_word() -> None:
    def keys(schema: dict[str, Any]) -> Iterator[str]:
        for key, below in schema.get("properties", {}).items():
            yield key
            yield from keys(below)
        below = [schema["items"]] if "items" in schema else []
        for each in (*below, *schema.get("anyOf", ())):
            yield from keys(each)

    sections = set(SCHEMA["properties"])
    left_out = {"case_id", "rule", "photos", "text_version", "index", "commitment"}
    for key in {*keys(SCHEMA)} - sections - left_out:
        name = "title" if key.startswith("title_") else key
        assert f"rights.copy_key_{name}" in catalogue(), key
    for table in Base.tables():
        if isinstance(table.about.copied, Rows):
            for key in {*table.about.copied.columns} - left_out - {"answers"}:
                assert f"rights.copy_key_{key}" in catalogue(), (table, key)


# --- On paper


def print_copy(hamlet: Hamlet, touch: str = "") -> int:
    return copies.print_copy(hamlet.village, hamlet.sign("A"), touch or new_touch_id())


def row(hamlet: Hamlet, job_id: int) -> PrintJob:
    with hamlet.village.read() as session:
        found = session.get_one(PrintJob, job_id)
        session.expunge_all()
        return found


def test_a_printed_copy_comes_out_and_nothing_of_it_is_kept(hamlet: Hamlet) -> None:
    hamlet = with_a_past(hamlet)
    job_id = print_copy(hamlet)
    assert NAME not in repr(row(hamlet, job_id).payload)
    printing_spooler.print_next(hamlet.village)
    view = queue.state(hamlet.village, job_id)
    assert (view.paper, view.phase) == ("data_copy", "done")
    assert view.file is not None
    assert NAME in "".join(page.extract_text() for page in PdfReader(view.file).pages)
    assert (row(hamlet, job_id).payload, row(hamlet, job_id).qr_text) == ({}, "")
    assert in_hand.content(hamlet.village, job_id) == b""
    assert view.reference not in NAME


def test_that_a_copy_was_taken_stands_in_the_log_for_its_owner(sqlite_hamlet: Hamlet) -> None:
    touch = new_touch_id()
    assert print_copy(sqlite_hamlet, touch) == print_copy(sqlite_hamlet, touch)
    kinds = [each["kind"] for each in content(sqlite_hamlet)["ledger"]]
    assert kinds.count("copy_taken") == 1


def test_a_copy_in_the_spool_folder_is_gone_after_ten_minutes_or_at_the_end(
    sqlite_hamlet: Hamlet, clock: SettableClock
) -> None:
    village = sqlite_hamlet.village

    def printed(spooler: Spooler) -> Path:
        job_id = print_copy(sqlite_hamlet)
        while not queue.state(village, job_id).over:
            spooler.step()
        file = queue.state(village, job_id).file
        assert file is not None
        return Path(file)

    spooler = Spooler(village)
    file = printed(spooler)
    spooler.step()
    assert file.exists()
    clock.advance(minutes=10)
    spooler.step()
    assert not file.exists()

    left = printed(spooler)
    spooler.stop()
    assert not left.exists()

    lost = printed(Spooler(village))  # and then the power went
    Spooler(village).recover()
    assert not lost.exists()


class BarePrinter:
    """Out of paper for as long as a test wants it to be."""

    name, takes = "bare", "pdf"

    def __init__(self, *, takes_it: bool = False) -> None:
        self.takes_it, self.cancelled = takes_it, list[str]()

    def submit(self, job: PaperJob) -> str:
        if not self.takes_it:
            raise PrinterFault("out_of_paper")
        return "7"

    def state(self, device_job: str) -> PrinterJobState:
        return PrinterJobState("printing", "out_of_paper")

    def cancel(self, device_job: str) -> None:
        self.cancelled.append(device_job)

    def problems(self) -> tuple[Reason, ...]:
        return ("out_of_paper",)


@pytest.mark.parametrize("takes_it", [False, True])
def test_a_copy_that_waits_for_paper_longer_than_its_owner_is_never_printed(
    sqlite_hamlet: Hamlet, clock: SettableClock, takes_it: bool
) -> None:
    village, printer = sqlite_hamlet.village, BarePrinter(takes_it=takes_it)
    spooler = Spooler(village, {"sign": printer}, pause_seconds=0.0)  # type: ignore[dict-item]
    job_id = print_copy(sqlite_hamlet)
    spooler.step()
    view = queue.state(village, job_id)
    assert (view.over, view.reason) == (False, "out_of_paper")
    clock.advance(seconds=COPY_IS_KEPT.total_seconds())
    spooler.step()
    view = queue.state(village, job_id)
    assert (view.phase, view.reason) == ("failed", "copy_not_kept")
    assert printer.cancelled == (["7"] if takes_it else [])
    with pytest.raises(ExpectedError, match="copy_not_kept"):
        queue.print_again(village, sqlite_hamlet.sign("A"), job_id)


def test_after_a_restart_a_waiting_copy_is_not_printed(sqlite_hamlet: Hamlet) -> None:
    job_id = print_copy(sqlite_hamlet)
    in_hand.drop(sqlite_hamlet.village, job_id)  # what the memory of an ended program is
    printing_spooler.print_next(sqlite_hamlet.village)
    view = queue.state(sqlite_hamlet.village, job_id)
    assert (view.phase, view.reason) == ("failed", "copy_not_kept")


def test_nobody_prints_somebody_elses_copy_again(sqlite_hamlet: Hamlet) -> None:
    village = sqlite_hamlet.village
    job_id = print_copy(sqlite_hamlet)
    with village.write() as session:
        session.get_one(PrintJob, job_id).phase = "failed"
    for letter, roles in (("B", ()), ("Z", ("clerk",)), ("C", ("keeper",))):
        with pytest.raises(ExpectedError, match="copy_not_kept"):
            queue.print_again(village, sqlite_hamlet.sign(letter, *roles), job_id)
    assert queue.print_again(village, sqlite_hamlet.sign("A"), job_id) == job_id


def test_who_leaves_takes_a_waiting_copy_with_them(sqlite_hamlet: Hamlet) -> None:
    job_id = print_copy(sqlite_hamlet)
    leave(sqlite_hamlet.village, sqlite_hamlet.sign("A"))
    printing_spooler.print_next(sqlite_hamlet.village)
    view = queue.state(sqlite_hamlet.village, job_id)
    assert (view.phase, view.reason) == ("failed", "erased")
    with sqlite_hamlet.village.read() as session:
        assert session.get(PrintJob, job_id) is None


# --- Onto a drive


@pytest.fixture
def drive(hamlet: Hamlet) -> Path:
    """A drive that is in."""
    return plug_in(hamlet, "STICK")


def plug_in(hamlet: Hamlet, label: str) -> Path:
    folder = Path(hamlet.village.settings.drives, label)
    folder.mkdir(parents=True)
    return folder


def slip(hamlet: Hamlet, letter: str = "A") -> str:
    """The text of the slip's QR, as it comes out of the printer."""
    copies.print_slip(hamlet.village, hamlet.sign(letter), new_touch_id())
    printing_spooler.print_next(hamlet.village)
    with hamlet.village.read() as session:
        newest = session.query(Checkpoint.note).order_by(Checkpoint.id.desc()).first()
    assert newest is not None
    return str(newest[0])


def fetch(hamlet: Hamlet, letter: str, scanned: str) -> copies.OnDrive:
    return copies.copy_onto_drive(hamlet.village, hamlet.sign(letter), scanned)


def test_a_slip_and_ones_own_card_bring_the_files_onto_the_drive_once(
    hamlet: Hamlet, drive: Path, refused: Code
) -> None:
    hamlet = with_a_past(hamlet)
    scanned = slip(hamlet)
    copies.check_slip(hamlet.village, hamlet.sign("A"), scanned)
    done = fetch(hamlet, "A", scanned)
    assert done.label == "STICK"
    assert sorted(each.name for each in drive.iterdir()) == sorted(done.files)
    pdf, plain, page = (drive / name for name in done.files)
    assert page.read_bytes().startswith(b"<!DOCTYPE html>")
    assert (pdf.suffix, plain.suffix) == (".pdf", ".json")
    held = json.loads(plain.read_text("utf-8"))
    assert held["person"]["name"] == NAME
    assert list(breaches(held)) == []
    assert NAME in "".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert not any(NAME in name for name in done.files)
    assert refused(fetch, hamlet, "A", scanned) == "copy_slip_used"
    assert fetch(hamlet, "A", slip(hamlet)).files != done.files  # nothing is written over


def test_the_slip_says_nothing_about_its_owner(sqlite_hamlet: Hamlet) -> None:
    sqlite_hamlet = with_a_past(sqlite_hamlet)
    scanned = slip(sqlite_hamlet)
    job = next(each for each in sqlite_hamlet.jobs()[::-1] if each.paper == "slip")
    for text in (scanned, repr(job.payload), repr(job.note_lines)):
        assert NAME not in text
    assert job.payload["kind"] == "copy"


def test_a_slip_alone_or_with_another_card_gives_nothing_away(
    sqlite_hamlet: Hamlet, refused: Code
) -> None:
    hamlet = sqlite_hamlet
    drive, scanned = plug_in(hamlet, "STICK"), slip(hamlet)
    assert refused(copies.copy_onto_drive, hamlet.village, "f" * 32, scanned) == "session_over"
    for letter, roles in (("a", ()), ("B", ()), ("Z", ("clerk",)), ("Y", ("officer",))):
        session_id = hamlet.sign(letter, *roles)
        for door in (copies.check_slip, copies.copy_onto_drive):
            assert refused(door, hamlet.village, session_id, scanned) == "copy_slip_other"
    assert list(drive.iterdir()) == []


def test_a_slip_runs_to_a_day_on_which_the_hall_is_open(
    sqlite_hamlet: Hamlet, clock: SettableClock
) -> None:
    hamlet = sqlite_hamlet
    plug_in(hamlet, "STICK")
    last = hamlet.today + timedelta(days=copies.SLIP_DAYS)
    span = Span(what="closed", first=last, last=last, name="盘点 / Stock-taking")
    with writing(hamlet.village) as work:
        open_days.write(work, span, None)
    scanned = slip(hamlet)
    clock.advance(days=copies.SLIP_DAYS + 1)
    assert copies.check_slip(hamlet.village, hamlet.sign("A"), scanned) == hamlet.today
    assert fetch(hamlet, "A", scanned).files


def test_a_slip_works_for_a_week(
    sqlite_hamlet: Hamlet, clock: SettableClock, refused: Code
) -> None:
    hamlet = sqlite_hamlet
    plug_in(hamlet, "STICK")
    first, second = slip(hamlet), slip(hamlet)
    clock.advance(days=7)
    assert fetch(hamlet, "A", first).files
    clock.advance(days=1)
    assert refused(fetch, hamlet, "A", second) == "copy_slip_late"


def test_other_papers_and_forged_slips_fetch_nothing(sqlite_hamlet: Hamlet, refused: Code) -> None:
    hamlet = with_a_past(sqlite_hamlet)
    plug_in(hamlet, "STICK")
    with hamlet.village.read() as session:
        other = str(session.query(Checkpoint.note).first()[0])  # type: ignore[index]
    scanned = slip(hamlet)
    longer = scanned.replace("until 2026-11-30", "until 2036-11-30")
    for text in (other, longer, "copy 1", "", scanned.replace("copy ", "copy 1")):
        assert refused(fetch, hamlet, "A", text) == "copy_slip_unknown"


def test_a_slip_of_somebody_who_left_fetches_nothing(sqlite_hamlet: Hamlet, refused: Code) -> None:
    hamlet, scanned = sqlite_hamlet, slip(sqlite_hamlet)
    leave(hamlet.village, hamlet.sign("A"))
    assert refused(fetch, hamlet, "B", scanned) == "copy_slip_other"


def test_no_drive_two_drives_and_a_full_one_leave_the_slip_good(
    sqlite_hamlet: Hamlet, refused: Code, monkeypatch: pytest.MonkeyPatch
) -> None:
    hamlet, scanned = sqlite_hamlet, slip(sqlite_hamlet)
    assert refused(fetch, hamlet, "A", scanned) == "drive_missing"
    first, second = plug_in(hamlet, "ONE"), plug_in(hamlet, "TWO")
    assert refused(fetch, hamlet, "A", scanned) == "drive_several"
    second.rmdir()
    from kiosk.services.my_data import copies

    with monkeypatch.context() as full_drive:
        full_drive.setattr(copies, "_SPARE", 1 << 60)
        with pytest.raises(EnvironmentFault, match="drive_full"):
            fetch(hamlet, "A", scanned)
    assert list(first.iterdir()) == []
    assert fetch(hamlet, "A", scanned).files


def test_a_slip_and_what_it_fetched_stand_in_the_log(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    plug_in(hamlet, "STICK")
    fetch(hamlet, "A", slip(hamlet))
    with hamlet.village.read() as session:
        last = log.content_of(session, log.head(session).size - 1)
        asked = log.content_of(session, log.head(session).size - 3)
    assert (last, asked) == (
        {"resident": hamlet.people["A"], "road": "drive", "asked": log_index(last)},
        {"resident": hamlet.people["A"], "until": "2026-11-30"},
    )


def log_index(content: dict[str, Any] | None) -> int:
    assert content is not None
    return int(content["asked"])
