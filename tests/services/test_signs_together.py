"""Signs that wait behind one another go to the printer in one file, and each is told by itself."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field, replace

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from kiosk.devices.printers import Form, Media, PaperJob, PrinterJobState, Reason
from kiosk.models.printing import PrintJob
from kiosk.services.printing import queue
from kiosk.services.printing.media import LABELS
from kiosk.services.printing.portions import MOST_SHEETS
from kiosk.services.printing.spooler import Spooler
from kiosk.services.village import Village
from tests.services.conftest import Street
from tests.services.queued_signs import SIGN, queue_sign

SIGNS = 5


@dataclass
class Stack:
    """A printer that counts its sheets, and stops where it is told to."""

    name: str = "stack"
    takes: Form = "pdf"
    files: list[PaperJob] = field(default_factory=list)
    now: PrinterJobState = field(default_factory=lambda: PrinterJobState("printing"))
    cancelled: bool = False

    def submit(self, job: PaperJob) -> str:
        self.files.append(job)
        return str(len(self.files))

    def state(self, device_job: str) -> PrinterJobState:
        assert device_job == str(len(self.files))
        return replace(self.now, phase="failed", reason="cancelled") if self.cancelled else self.now

    def cancel(self, device_job: str) -> None:
        assert device_job == str(len(self.files))
        self.cancelled = True

    def problems(self) -> tuple[Reason, ...]:
        return ()


@pytest.fixture
def stack() -> Stack:
    return Stack()


def queue_signs(village: Village, count: int = SIGNS) -> list[int]:
    signs = (replace(SIGN, serial=f"S26Q4-{number:04}") for number in range(1, count + 1))
    return [queue_sign(village, sign) for sign in signs]


def spooler_for(village: Village, stack: Stack) -> Spooler:
    return Spooler(village, {"sign": stack}, pause_seconds=0.0)


def phases(village: Village, jobs: list[int]) -> list[str]:
    return [queue.state(village, each).phase for each in jobs]


def pages(paper: PaperJob) -> int:
    assert paper.pdf is not None
    return len(PdfReader(io.BytesIO(paper.pdf)).pages)


def test_signs_are_one_file_of_a_page_each_and_every_job_leads_to_it(village: Village) -> None:
    jobs = queue_signs(village)
    Spooler(village).step()
    seen = [queue.state(village, each) for each in jobs]
    (file,) = {each.file for each in seen}
    assert file is not None
    assert phases(village, jobs) == ["done"] * SIGNS
    texts = [page.extract_text() for page in PdfReader(file).pages]
    assert [each.reference in text for each, text in zip(seen, texts, strict=True)] == [True] * 5


def test_a_file_ends_before_another_size_and_after_so_many_sheets(
    village: Village, stack: Stack
) -> None:
    queue_signs(village, MOST_SHEETS + 1)
    spooler, stack.now = spooler_for(village, stack), PrinterJobState("done")
    spooler.step()
    spooler.step()
    assert [pages(each) for each in stack.files] == [MOST_SHEETS, 1]
    sizes: tuple[Media, ...] = ("A5", "A4", "A5", "A4")
    for media in sizes:
        queue_sign(village, media=media)
    for _ in range(4):
        spooler.step()
    assert [each.media for each in stack.files[2:]] == [*sizes]


def test_each_sign_is_done_as_the_printer_counts_it(village: Village, stack: Stack) -> None:
    jobs, spooler = queue_signs(village), spooler_for(village, stack)
    spooler.step()
    assert phases(village, jobs) == ["printing"] * SIGNS
    stack.now = PrinterJobState("printing", sheets=2)
    spooler.step()
    assert phases(village, jobs) == ["done", "done", "printing", "printing", "printing"]
    stack.now = PrinterJobState("done", sheets=SIGNS)
    spooler.step()
    assert phases(village, jobs) == ["done"] * SIGNS


def test_after_a_jam_it_goes_on_behind_the_sheet_where_it_stopped(
    village: Village, stack: Stack, street: Street
) -> None:
    jobs, spooler = queue_signs(village), spooler_for(village, stack)
    spooler.step()
    stack.now = PrinterJobState("failed", "paper_jam", sheets=2)
    spooler.step()
    assert phases(village, jobs) == ["done", "done", "unknown", "waiting", "waiting"]
    stack.now = PrinterJobState("done", sheets=2)
    spooler.step()
    assert phases(village, jobs) == ["done", "done", "unknown", "done", "done"]
    assert [pages(each) for each in stack.files] == [SIGNS, 2]
    clerk = street.sign_in(street.house().people[0], "clerk")
    again = queue.print_again(village, clerk, jobs[2], "print_sign")
    spooler.step()
    assert (queue.state(village, again).phase, queue.state(village, again).duplicate) == (
        "done",
        True,
    )


@pytest.mark.long
def test_where_there_was_no_paper_it_goes_on_with_that_sheet_and_prints_none_twice(
    village: Village, stack: Stack
) -> None:
    """The paper is out at sheet 23 of 26, and the printer gives the file up."""
    queue_signs(village, 26)
    spooler = spooler_for(village, stack)
    came_out: list[str] = []
    for there in (MOST_SHEETS, 2, MOST_SHEETS):
        spooler.step()
        serials = serials_in(stack.files[-1])[:there]
        came_out += serials
        given_up = there < MOST_SHEETS
        now = PrinterJobState("failed", "out_of_paper") if given_up else PrinterJobState("done")
        stack.now = replace(now, sheets=len(serials))
        spooler.step()
        stack.now = PrinterJobState("printing")
    assert came_out == [f"S26Q4-{number:04}" for number in range(1, 27)]
    with village.read() as session:
        assert set(session.scalars(select(PrintJob.phase))) == {"done"}
        assert not any(session.scalars(select(PrintJob.duplicate)))


def test_a_jam_on_a_sheet_of_two_asks_for_both_and_goes_on_with_the_next(
    village: Village, stack: Stack
) -> None:
    signs = (replace(SIGN, serial=f"S26Q4-{number:04}") for number in range(1, 6))
    jobs = [queue_sign(village, each, "A4x2") for each in signs]
    spooler = spooler_for(village, stack)
    spooler.step()
    assert pages(stack.files[0]) == 3
    stack.now = PrinterJobState("failed", "paper_jam", sheets=1)
    spooler.step()
    assert phases(village, jobs) == ["done", "done", "unknown", "unknown", "waiting"]


def test_a_file_of_labels_ends_with_a_whole_sheet(village: Village, stack: Stack) -> None:
    places = (LABELS[(start + 2) % 4] for start in range(26))
    jobs = [
        queue_sign(village, replace(SIGN, serial=f"S26Q4-{number:04}"), place)
        for number, place in enumerate(places, 1)
    ]
    spooler = spooler_for(village, stack)
    spooler.step()
    stack.now = PrinterJobState("failed", "paper_jam", sheets=1)
    spooler.step()
    out = phases(village, jobs)
    assert out[:6] == ["done", "done", *["unknown"] * 4]
    assert out[6:] == ["waiting"] * 20
    stack.now = PrinterJobState("done")
    spooler.step()
    assert [each.media for each in stack.files] == ["A4", "A4"]
    assert [pages(each) for each in stack.files] == [6, 5]


def serials_in(paper: PaperJob) -> list[str]:
    assert paper.pdf is not None
    read = (page.extract_text() for page in PdfReader(io.BytesIO(paper.pdf)).pages)
    return [found for text in read for found in re.findall(r"S26Q4-\d{4}", text)]


def test_a_printer_that_counts_nothing_and_gives_up_leaves_all_for_a_person_to_see(
    village: Village, stack: Stack
) -> None:
    jobs, spooler = queue_signs(village), spooler_for(village, stack)
    spooler.step()
    stack.now = PrinterJobState("failed", "paper_jam")
    spooler.step()
    assert phases(village, jobs) == ["unknown"] * SIGNS


def test_what_was_in_one_file_with_a_sign_that_was_called_off_is_printed_in_the_next(
    village: Village, stack: Stack, street: Street
) -> None:
    jobs, spooler = queue_signs(village), spooler_for(village, stack)
    spooler.step()
    stack.now = PrinterJobState("printing", sheets=1)
    spooler.step()
    queue.cancel(village, street.sign_in(street.house().people[0], "clerk"), jobs[3])
    spooler.step()
    assert phases(village, jobs) == ["done", "unknown", "waiting", "failed", "waiting"]
    stack.now, stack.cancelled = PrinterJobState("done"), False
    spooler.step()
    assert phases(village, jobs) == ["done", "unknown", "done", "failed", "done"]
    assert [pages(each) for each in stack.files] == [SIGNS, 2]


def test_after_a_restart_a_file_is_followed_from_the_sheet_at_which_it_was(
    village: Village, stack: Stack
) -> None:
    jobs, before = queue_signs(village), spooler_for(village, stack)
    before.step()
    stack.now = PrinterJobState("printing", sheets=2)
    before.step()
    after = spooler_for(village, stack)
    after.recover()
    stack.now = PrinterJobState("printing", sheets=3)
    after.step()
    assert phases(village, jobs) == ["done", "done", "done", "printing", "printing"]
    stack.now = PrinterJobState("done", sheets=SIGNS)
    after.step()
    assert phases(village, jobs) == ["done"] * SIGNS
    assert len(stack.files) == 1


def test_one_sign_that_cannot_be_drawn_ends_and_the_others_come_out(
    village: Village, stack: Stack
) -> None:
    jobs, spooler = queue_signs(village), spooler_for(village, stack)
    stack.now = PrinterJobState("done")
    with village.write() as session:
        row = session.get_one(PrintJob, jobs[1])
        row.qr_text = "x" * 2_000
    spooler.step()
    assert phases(village, jobs) == ["done", "failed", "done", "done", "done"]
    assert pages(stack.files[0]) == SIGNS - 1
    with village.read() as session:
        assert (
            session.scalar(select(PrintJob.reason).where(PrintJob.id == jobs[1])) == "qr_too_long"
        )
