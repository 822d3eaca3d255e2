"""The printer that writes into a folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.devices.printers import PaperJob, PrinterFault, PrinterJobState
from kiosk.devices.printers.file_printer import FilePrinter

SIGN = PaperJob("Door sign", b"%PDF-1.7 sign", None, "A5")
SLIP = PaperJob("Slip", None, b"\x89PNG slip", "80")


def test_a_paper_is_on_the_disk_and_done_at_once(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path / "spool")
    job = printer.submit(SIGN)
    assert printer.state(job) == PrinterJobState("done")
    assert printer.path(job).read_bytes() == SIGN.pdf
    assert printer.path(job).suffix == ".pdf"


def test_a_slip_without_a_pdf_is_written_as_its_picture(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path)
    job = printer.submit(SLIP)
    assert printer.path(job).read_bytes() == SLIP.raster
    assert printer.path(job).suffix == ".png"


def test_two_papers_never_share_a_file_and_no_draft_is_left(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path)
    jobs = {printer.submit(SIGN), printer.submit(SIGN)}
    assert {file.name for file in tmp_path.iterdir()} == jobs


def test_a_folder_that_cannot_be_made_is_a_fault_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file stands here")
    printer = FilePrinter(tmp_path / "taken")
    with pytest.raises(PrinterFault) as refusal:
        printer.submit(SIGN)
    assert refusal.value.reason == "folder_not_writable"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_a_problem(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert FilePrinter(tmp_path).problems() == ("folder_not_writable",)


def test_a_paper_that_someone_removed_is_not_called_done(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path)
    job = printer.submit(SIGN)
    printer.path(job).unlink()
    assert printer.state(job) == PrinterJobState("failed", "lost")


def test_a_job_id_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    assert FilePrinter(tmp_path / "spool").state("../secret").phase == "failed"
