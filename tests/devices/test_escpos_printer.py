"""Slips on a simulated slip printer, over TCP and over a serial line (a real pty)."""

from __future__ import annotations

import io
import os
import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import qrcode
from PIL import Image, ImageChops

from kiosk.devices import connection
from kiosk.devices.connection import Connection, connect, open_device
from kiosk.devices.printers import PaperJob, PrinterFault, PrinterJobState
from kiosk.devices.printers.escpos_printer import DOTS, EscposPrinter, RasterCommand
from kiosk.devices.printers.escpos_simulator import EscposSimulator, SimulatedPrinter
from tests.devices.real_printing import free_port, wait_for
from tests.qr import qr_codes

DONE = PrinterJobState("done")
QR_TEXT = "yangqiao.example/good-deed-book\n418\nroot=\n\n— yangqiao.example sig="
COMMANDS: tuple[RasterCommand, ...] = ("bitImageRaster", "bitImageColumn")


def picture(width: int = 576, height: int = 700) -> Image.Image:
    """A slip with a QR code and one dot in each corner."""
    code = qrcode.QRCode(box_size=5, border=4)
    code.add_data(QR_TEXT.encode())
    paper = Image.new("1", (width, height), 1)
    paper.paste(code.make_image().get_image().convert("1"), (20, 100))
    for corner in ((0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)):
        paper.putpixel(corner, 0)
    return paper


def slip(paper: Image.Image | None = None, copies: int = 1) -> PaperJob:
    buffer = io.BytesIO()
    (paper or picture()).save(buffer, "PNG")
    return PaperJob("Slip", None, buffer.getvalue(), "80", copies)


@pytest.fixture
def simulator() -> Iterator[EscposSimulator]:
    with EscposSimulator() as simulator:
        yield simulator


class PatientConnection(Connection):
    """A line that knows how long it was asked to wait at most, each time."""

    def __init__(self, line: Connection) -> None:
        super().__init__(os.dup(line.fileno()))
        line.close()
        self.waits: list[float] = []

    def write(self, content: bytes, seconds: float) -> None:
        self.waits.append(seconds)
        super().write(content, seconds)

    def read(self, seconds: float) -> bytes:
        self.waits.append(seconds)
        return super().read(seconds)


def networked(
    simulator: EscposSimulator, raster: RasterCommand = "bitImageRaster", answers: bool = True
) -> EscposPrinter:
    def dial() -> Connection:
        return connect("127.0.0.1", simulator.port, 3.0)

    return EscposPrinter("escpos:127.0.0.1", dial, raster, answers)


@pytest.mark.parametrize("raster", COMMANDS)
def test_the_paper_shows_every_dot_of_the_picture_and_its_qr_reads(
    simulator: EscposSimulator, raster: RasterCommand
) -> None:
    printer = networked(simulator, raster)
    job = printer.submit(slip())
    wait_for(lambda: printer.state(job) == DONE)
    (paper,) = simulator.printer.slips
    printed = paper.crop((0, 0, 576, 700))
    assert ImageChops.difference(printed.convert("L"), picture().convert("L")).getbbox() is None
    assert qr_codes(paper.convert("L"))[0].text == QR_TEXT


def test_a_narrow_slip_keeps_its_width(simulator: EscposSimulator) -> None:
    simulator.printer.width = DOTS["58"]
    printer = networked(simulator)
    narrow = slip(picture(384, 500))
    job = printer.submit(PaperJob("Slip", None, narrow.raster, "58"))
    wait_for(lambda: printer.state(job) == DONE)
    assert qr_codes(simulator.printer.slips[0].convert("L"))[0].text == QR_TEXT


def test_two_copies_are_two_papers(simulator: EscposSimulator) -> None:
    printer = networked(simulator)
    job = printer.submit(slip(copies=2))
    wait_for(lambda: printer.state(job) == DONE)
    assert len(simulator.printer.slips) == 2


def test_the_printer_is_not_called_done_before_it_has_printed(simulator: EscposSimulator) -> None:
    simulator.printer.knows_end_of_paper = False
    printer = networked(simulator)
    job = printer.submit(slip())
    assert printer.state(job) == PrinterJobState("printing")


@pytest.mark.parametrize("trouble", ["out_of_paper", "cover_open"])
def test_nothing_is_sent_to_a_printer_that_cannot_print(
    simulator: EscposSimulator, trouble: str
) -> None:
    simulator.printer.rows_of_paper = 0 if trouble == "out_of_paper" else None
    simulator.printer.cover_open = trouble == "cover_open"
    printer = networked(simulator)
    assert printer.problems() == (trouble,)
    with pytest.raises(PrinterFault) as refusal:
        printer.submit(slip())
    assert refusal.value.reason == trouble
    assert simulator.printer.hanging_rows == 0


def test_paper_that_runs_out_half_way_fails_the_job_and_the_next_slip_is_whole(
    simulator: EscposSimulator,
) -> None:
    simulator.printer.rows_of_paper = 200
    printer = networked(simulator)
    job = printer.submit(slip())
    assert printer.state(job) == PrinterJobState("failed", "out_of_paper")
    assert simulator.printer.slips == []
    simulator.printer.load_paper()
    assert printer.problems() == ()
    again = printer.submit(slip())
    wait_for(lambda: printer.state(again) == DONE)
    fragment, whole = simulator.printer.slips
    assert fragment.height < 400
    assert (
        ImageChops.difference(
            whole.crop((0, 0, 576, 700)).convert("L"), picture().convert("L")
        ).getbbox()
        is None
    )


def test_a_cover_opened_after_everything_was_sent_fails_the_job(
    simulator: EscposSimulator,
) -> None:
    simulator.printer.knows_end_of_paper = False
    printer = networked(simulator)
    job = printer.submit(slip())
    simulator.printer.cover_open = True
    assert printer.state(job) == PrinterJobState("failed", "cover_open")


def test_a_printer_that_falls_silent_leaves_the_job_lost(simulator: EscposSimulator) -> None:
    simulator.printer.knows_end_of_paper = False
    line = PatientConnection(connect("127.0.0.1", simulator.port, 3.0))
    printer = EscposPrinter("escpos:127.0.0.1", lambda: line)
    job = printer.submit(slip())
    simulator.printer.silent = True
    line.waits.clear()
    assert printer.state(job) == PrinterJobState("failed", "lost")
    assert sum(line.waits) < 3


def test_a_line_that_leads_one_way_is_done_but_unconfirmed(simulator: EscposSimulator) -> None:
    simulator.printer.silent = True
    printer = networked(simulator, answers=False)
    job = printer.submit(slip())
    assert printer.state(job) == PrinterJobState("done", "unconfirmed")
    wait_for(lambda: simulator.printer.slips)


def test_a_cancelled_slip_is_dropped_from_the_printer(simulator: EscposSimulator) -> None:
    simulator.printer.knows_end_of_paper = False
    printer = networked(simulator)
    job = printer.submit(slip())
    printer.cancel(job)
    assert printer.state(job) == PrinterJobState("failed", "cancelled")


def test_a_printer_that_is_off_is_offline() -> None:
    port = free_port()
    printer = EscposPrinter("escpos:off", lambda: connect("127.0.0.1", port, 3.0))
    assert printer.problems() == ("offline",)
    with pytest.raises(PrinterFault) as refusal:
        printer.submit(slip())
    assert refusal.value.reason == "offline"


def test_a_job_of_another_life_is_lost_not_done(simulator: EscposSimulator) -> None:
    assert networked(simulator).state("0123456789abcdef") == PrinterJobState("failed", "lost")


@pytest.mark.parametrize(
    ("job", "reason"),
    [
        (PaperJob("Sign", b"%PDF", None, "A5"), "wrong_format"),
        (PaperJob("Slip", None, b"no picture", "80"), "wrong_format"),
        (PaperJob("Slip", None, slip().raster, "58"), "paper_size"),
    ],
)
def test_what_is_no_slip_is_refused(simulator: EscposSimulator, job: PaperJob, reason: str) -> None:
    with pytest.raises(PrinterFault) as refusal:
        networked(simulator).submit(job)
    assert refusal.value.reason == reason


@contextmanager
def serial_simulator(machine: SimulatedPrinter) -> Iterator[Path]:
    """`machine` at the far end of a pty."""
    near, far = os.openpty()
    path = Path(os.ttyname(far))
    done = threading.Event()

    def serve() -> None:
        while not done.is_set():
            try:
                machine.feed(os.read(near, 4096), lambda answer: _write_all(near, answer))
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield path
    finally:
        done.set()
        os.close(far)
        thread.join(5)
        os.close(near)


def _write_all(descriptor: int, content: bytes) -> None:
    assert os.write(descriptor, content) == len(content)


def test_a_serial_line_prints_every_byte_as_it_is() -> None:
    machine = SimulatedPrinter()
    with serial_simulator(machine) as path:
        printer = EscposPrinter("escpos:serial", lambda: open_device(path))
        job = printer.submit(slip())
        wait_for(lambda: printer.state(job) == DONE)
    assert qr_codes(machine.slips[0].convert("L"))[0].text == QR_TEXT


def test_a_device_that_is_not_there_is_offline(tmp_path: Path) -> None:
    printer = EscposPrinter("escpos:usb", lambda: open_device(tmp_path / "lp0"))
    assert printer.problems() == ("offline",)
    (tmp_path / "lp0").write_text("a plain file")
    assert printer.problems() == ("offline",)


def test_writing_to_a_device_that_takes_nothing_ends_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    near, far = os.openpty()
    line = open_device(Path(os.ttyname(far)))
    in_vain: list[float] = []

    def waiting(*asked: Any) -> Any:
        if not any(ready := select.select(*asked)):
            in_vain.append(asked[3])
        return ready

    monkeypatch.setattr(connection, "select", SimpleNamespace(select=waiting))
    with pytest.raises(TimeoutError):
        line.write(bytes(1 << 20), 0.2)
    assert in_vain == [0.2]
    line.close()
    os.close(near)
    os.close(far)
