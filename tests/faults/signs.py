"""The signs of a whole village: each comes out once, in walking order, and its code reads back.

400 households agreed and hold stars. Their signs are issued portion by portion through the services
and go through the spooler to a printer that counts its sheets: at sheet 213 it has no paper and
gives the file up. Every page that came out is drawn, its codes are
read and held to what the village signed. The defect: a printer that counts a sheet too many.
"""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import zxingcpp
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import func, select

from kiosk.core.clock import VILLAGE_ZONE, SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.core.settings import Settings
from kiosk.devices.printers import Form as Takes
from kiosk.devices.printers import PaperJob, PrinterJobState, Reason
from kiosk.models.printing import PrintJob
from kiosk.services.check.papers import check_paper
from kiosk.services.printing.spooler import Spooler
from kiosk.services.stars import sign_batch
from kiosk.services.stars.door_signs import Media
from kiosk.services.stars.sign_batch import Wanted
from kiosk.services.village import Village
from tests.faults.report import Form, Report
from tests.services.conftest import Street
from tests.worlds.kept import founded
from tests.worlds.names import YANGQIAO

HOUSES: dict[Form, int] = {"brief": 6, "usual": 400, "long": 400}
_NO_PAPER: dict[Form, int] = {"brief": 4, "usual": 213, "long": 213}
_MEDIA: dict[Form, tuple[Media, ...]] = {
    "brief": ("A5",),
    "usual": ("A5",),
    "long": ("A5", "A4", "A4x2", "label"),
}
_LANES = ("东街", "桥头巷", "西街", "北河沿")
_ON_A_SHEET = {"A5": 1, "A4": 1, "A4x2": 2, "label": 4}
_DPI = 150
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
"""Two signs on a sheet were once taken for a code of bars, too."""
_BEGINS = datetime(2026, 12, 1, 9, 0, tzinfo=VILLAGE_ZONE)


@dataclass
class _Counting:
    """A printer that counts its sheets, and has no paper for one of them."""

    no_paper_at: int
    too_many: int = 0
    """The defect: so many more are counted than lie in the tray."""
    name: str = "counting"
    takes: Takes = "pdf"
    out: list[tuple[bytes, int]] = field(default_factory=list)
    """Each file, and how many of its sheets came out."""
    _sheets: int = 0
    _now: PrinterJobState = field(default_factory=lambda: PrinterJobState("printing"))

    def submit(self, job: PaperJob) -> str:
        assert job.pdf is not None
        pages = len(PdfReader(io.BytesIO(job.pdf)).pages)
        left = self.no_paper_at - 1 - self._sheets
        if 0 <= left < pages:
            self._now = PrinterJobState("failed", "out_of_paper", sheets=left + self.too_many)
            self.no_paper_at, came = 0, left
        else:
            self._now, came = PrinterJobState("done"), pages
        self._sheets += came
        self.out.append((job.pdf, came))
        return str(len(self.out))

    def state(self, device_job: str) -> PrinterJobState:
        assert device_job == str(len(self.out))
        return self._now

    def cancel(self, device_job: str) -> None:
        raise AssertionError("nobody called a sign off")

    def problems(self) -> tuple[Reason, ...]:
        return ()


def run(*, form: Form = "usual", defect: bool = False) -> Report:
    """Print them all on each paper; what came out, and what its codes say."""
    report = Report("signs")
    for media in _MEDIA[form]:
        with tempfile.TemporaryDirectory() as folder:
            clock = SettableClock(_BEGINS)
            settings = Settings(YANGQIAO, "yangqiao.example/good-deed-book")
            with founded(Path(folder) / "village", settings, clock).closing() as village:
                _print(report, village, media, form, defect)
    return report


def _print(report: Report, village: Village, media: Media, form: Form, defect: bool) -> None:
    clerk = _clerk_of(village, HOUSES[form])
    at = -(-_NO_PAPER[form] // _ON_A_SHEET[media])
    printer = _Counting(at, too_many=int(defect))
    spooler = Spooler(village, {"sign": printer}, pause_seconds=0.0)
    wanted: list[str] = []
    left = 1
    while left:
        some = sign_batch.issue_portion(village, clerk, Wanted(), media, new_touch_id())
        wanted, left = [*wanted, *(each.serial for each in some.signs)], some.left
        while spooler.step() or _waiting(village):
            pass
    report.count("signs issued", len(wanted))
    came = list(_came_out(report, village, printer))
    report.count("signs that came out", len(came))
    report.count("codes read back", sum(bool(each) for each in came))
    if came != wanted:
        report.breach(media, [f"{len(came)} came out, {len(wanted)} were issued, in this order"])


def _waiting(village: Village) -> int:
    active = select(func.count()).where(PrintJob.phase.in_(("waiting", "sending", "printing")))
    with village.read() as session:
        return session.scalar(active) or 0


def _came_out(report: Report, village: Village, printer: _Counting) -> Iterator[str]:
    """The serial on each sign that lies in the tray, as its code says it."""
    for pdf, sheets in printer.out:
        for page in range(1, sheets + 1):
            report.count("sheets")
            for text in _codes(pdf, page):
                found = check_paper(village, text)
                if found.verdict != "genuine":
                    report.breach(found.reference, [f"its code is {found.verdict}"])
                yield found.reference


def _codes(pdf: bytes, page: int) -> list[str]:
    """In the order of the places on the sheet."""
    place = ["-f", str(page), "-singlefile"]
    command = ["pdftoppm", "-gray", "-r", str(_DPI), *place, "-"]
    drawn = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    picture = Image.open(io.BytesIO(drawn))
    half = picture.height / 2
    found = sorted(
        zxingcpp.read_barcodes(picture, formats=_QR),
        key=lambda each: (each.position.top_left.y > half, each.position.top_left.x),
    )
    return [bytes(each.bytes).decode() for each in found]


def _clerk_of(village: Village, count: int) -> str:
    """The clerk's session in a village of so many households that agreed and hold stars."""
    street = Street(village)
    clerk = street.sign_in(street.house().people[0], "clerk")
    for number in range(count):
        home = street.house(lane=_LANES[number % len(_LANES)])
        street.agree(*home.people)
        street.rate(home.id, {"courtyard": 1 + number % 5, "rules": 4})
    return clerk
