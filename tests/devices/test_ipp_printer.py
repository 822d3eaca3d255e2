"""Signs on real IPP: CUPS's sample printer directly, and behind a private CUPS."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from kiosk.devices.printers import CONNECT_SECONDS, PaperJob, PrinterFault, PrinterJobState
from kiosk.devices.printers.ipp_printer import IppPrinter, cups_uri
from tests.devices.real_printing import (
    A5_LANDSCAPE,
    DONE,
    RealPrinter,
    free_port,
    needs_cups,
    real_printer,
    real_queue,
    sign,
    wait_for,
)


def text_of(pdf: bytes) -> str:
    return PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


@pytest.fixture
def device(tmp_path: Path) -> Iterator[RealPrinter]:
    with real_printer(tmp_path / "printer") as printer:
        yield printer


@needs_cups
def test_a_sign_reaches_a_real_printer_and_is_done_when_the_printer_says_so(
    device: RealPrinter,
) -> None:
    printer = IppPrinter(device.uri)
    assert printer.problems() == ()
    job = printer.submit(sign())
    wait_for(lambda: printer.state(job) == DONE)
    (received,) = device.received()
    assert text_of(received).strip() == "12-3"


@needs_cups
def test_out_of_paper_is_named_while_it_lasts_and_the_job_goes_on_by_itself(
    device: RealPrinter,
) -> None:
    printer = IppPrinter(device.uri)
    device.paper_out.touch()
    job = printer.submit(sign())
    wait_for(lambda: printer.state(job) == PrinterJobState("printing", "out_of_paper"))
    assert printer.problems() == ("out_of_paper",)
    device.paper_out.unlink()
    wait_for(lambda: printer.state(job) == DONE)
    assert len(device.received()) == 1


@needs_cups
def test_a_job_that_the_printer_gives_up_is_failed(device: RealPrinter) -> None:
    printer = IppPrinter(device.uri)
    device.broken.touch()
    job = printer.submit(sign())
    wait_for(lambda: printer.state(job).phase == "failed")


@needs_cups
def test_a_cancelled_job_is_failed_and_says_so(device: RealPrinter) -> None:
    printer = IppPrinter(device.uri)
    device.paper_out.touch()
    job = printer.submit(sign())
    wait_for(lambda: printer.state(job).reason == "out_of_paper")
    printer.cancel(job)
    device.paper_out.unlink()
    wait_for(lambda: printer.state(job) == PrinterJobState("failed", "cancelled"))


@needs_cups
def test_a_paper_size_that_the_printer_lacks_is_refused_before_anything_is_sent(
    tmp_path: Path,
) -> None:
    only_a4 = "ATTR keyword media-supported iso_a4_210x297mm\n"
    with real_printer(tmp_path / "printer", only_a4) as device:
        with pytest.raises(PrinterFault) as refusal:
            IppPrinter(device.uri).submit(sign())
        assert refusal.value.reason == "paper_size"
        assert device.received() == []


@needs_cups
def test_a_job_that_the_printer_has_forgotten_is_not_called_done(device: RealPrinter) -> None:
    assert IppPrinter(device.uri).state("4711") == PrinterJobState("failed", "lost")


@needs_cups
def test_a_sign_goes_through_cups_in_its_size_and_cups_waits_for_the_printer(
    device: RealPrinter,
) -> None:
    with real_queue(device.uri) as queue:
        printer = IppPrinter(queue.uri, "cups:signs")
        device.paper_out.touch()
        job = printer.submit(sign())
        wait_for(lambda: printer.state(job) == PrinterJobState("printing", "out_of_paper"), 30)
        device.paper_out.unlink()
        wait_for(lambda: printer.state(job) == DONE, 30)
        assert f"signs-{job}" in queue.cups("lpstat", "-W", "completed", "-o")
    (received,) = device.received()
    page = PdfReader(io.BytesIO(received)).pages[0]
    assert "12-3" in page.extract_text()
    sides = sorted(float(side) for side in page.mediabox[2:])
    assert sides == pytest.approx(sorted(A5_LANDSCAPE), abs=1.5)


@needs_cups
def test_the_sheets_that_a_printer_counts_are_told(tmp_path: Path) -> None:
    with real_printer(tmp_path / "printer") as device:
        command = tmp_path / "printer" / "print"
        counts = '#!/bin/sh\necho "ATTR: job-impressions-completed=2" >&2\n'
        command.write_text(command.read_text().replace("#!/bin/sh\n", counts))
        device.paper_out.touch()
        printer = IppPrinter(device.uri)
        job = printer.submit(sign())
        held = PrinterJobState("printing", "out_of_paper", sheets=2)
        wait_for(lambda: printer.state(job) == held)
        device.paper_out.unlink()


@needs_cups
def test_a_sheet_that_cups_has_only_drawn_is_not_told_as_out(device: RealPrinter) -> None:
    with real_queue(device.uri) as queue:
        printer = IppPrinter(queue.uri)
        device.paper_out.touch()
        job = printer.submit(sign())
        wait_for(lambda: printer.state(job).reason == "out_of_paper", 30)
        printer.cancel(job)
        cancelled = PrinterJobState("failed", "cancelled")
        wait_for(lambda: printer.state(job) == cancelled, 30)
        device.paper_out.unlink()


@needs_cups
def test_a_queue_that_the_keeper_paused_holds_the_job_and_says_stopped(
    device: RealPrinter,
) -> None:
    with real_queue(device.uri) as queue:
        printer = IppPrinter(queue.uri)
        queue.cups("cupsdisable", "signs")
        job = printer.submit(sign())
        assert printer.state(job) == PrinterJobState("queued", "stopped")
        assert printer.problems() == ("stopped",)
        queue.cups("cupsreject", "signs")
        with pytest.raises(PrinterFault) as refusal:
            printer.submit(sign())
        assert refusal.value.reason == "stopped"


@needs_cups
def test_a_queue_that_does_not_exist_is_not_found(device: RealPrinter) -> None:
    with real_queue(device.uri) as queue:
        absent = IppPrinter(queue.uri.replace("signs", "nobody"))
        assert absent.problems() == ("not_found",)
        with pytest.raises(PrinterFault) as refusal:
            absent.submit(sign())
        assert refusal.value.reason == "not_found"


def test_a_printer_that_is_off_is_offline_within_the_time_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limits: list[float] = []
    connect = socket.create_connection

    def within(address: tuple[str, int], timeout: float, *more: Any) -> socket.socket:
        limits.append(timeout)
        return connect(address, timeout, *more)

    monkeypatch.setattr(socket, "create_connection", within)
    printer = IppPrinter(f"ipp://127.0.0.1:{free_port()}/ipp/print")
    assert printer.problems() == ("offline",)
    assert printer.state("1") == PrinterJobState("printing", "offline")
    with pytest.raises(PrinterFault) as refusal:
        printer.submit(sign())
    assert refusal.value.reason == "offline"
    assert limits == [CONNECT_SECONDS] * 3


def test_a_slip_without_a_pdf_is_refused() -> None:
    with pytest.raises(PrinterFault) as refusal:
        IppPrinter("ipp://127.0.0.1:9/x").submit(PaperJob("Slip", None, b"png", "80"))
    assert refusal.value.reason == "wrong_format"


def test_the_name_of_a_queue_cannot_lead_out_of_its_place() -> None:
    assert cups_uri("Büro/../x") == "ipp://localhost:631/printers/B%C3%BCro%2F..%2Fx"
