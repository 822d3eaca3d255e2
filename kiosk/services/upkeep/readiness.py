"""The readiness report, and papers to try the printers with: they go past the queue and the log.

A queue's paper is somebody's, and is an entry; these are the machine's own. No name of a person
stands in the report: a line that could hold one, a file's name among the backups or who was given a
card, is left out.
"""

from __future__ import annotations

import io
import time
from typing import Final, Literal

from kiosk.core import event_log
from kiosk.core.catalogue import Language
from kiosk.core.clock import village_day
from kiosk.core.errors import EnvironmentFault
from kiosk.devices import removable
from kiosk.devices.printers import PaperJob, PrinterFault, Reason
from kiosk.devices.printers.choice import printer_for
from kiosk.services.access import sessions
from kiosk.services.upkeep import doctor, help_code
from kiosk.services.upkeep.check import moment_said
from kiosk.services.village import Village

Tray = Literal["sign", "slip"]
MAY_NAME: Final = frozenset({"cards_reissued", "backup_strays"})
"""Lines in which a person's name could stand."""
FILE: Final = "kiosk-readiness-{day}.pdf"
_POLL_SECONDS: Final = 0.5
_LONGEST_SECONDS: Final = 45.0


def report(village: Village, language: Language) -> bytes:
    """The page as a PDF; asks the printers, which may take seconds.

    Raises:
        ExpectedError: ``qr_too_long``.
    """
    from kiosk.documents.readiness_report import Light, ReadinessReport, readiness_report_pdf

    def say(key: str, *values: object) -> str:
        return village.catalogue.text(key, language, *values)

    checks = [each for each in doctor.examine(village) if each.code not in MAY_NAME]
    return readiness_report_pdf(
        ReadinessReport(
            village=village.settings.name.said(language),
            title=say("machine.report_title"),
            moment=moment_said(village.clock.now(), say),
            lights=tuple(
                Light(each.light, say(f"machine.{each.light}"), each.phrase.said(say))
                for each in sorted(checks, key=lambda each: each.well)
            ),
            code_title=say("machine.help_code"),
            code_detail=say("machine.report_code"),
            code=help_code.help_code(village, event_log.recent(village.directory.log, 40)),
        )
    )


def print_report(village: Village, session_id: str, language: Language) -> Reason:
    """Print it on the printer for signs; why it did not come out, or an empty text.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    sessions.holding(village, session_id, "back_up")
    return _sent(village, "sign", PaperJob("readiness", report(village, language), None, "A4"))


def save_report(village: Village, session_id: str, language: Language) -> str:
    """Write it to the stick that is in; the file's name.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``drive_missing``, ``drive_several``.
        EnvironmentFault: as `removable.write`.
    """
    sessions.holding(village, session_id, "back_up")
    drive = removable.the_one(village.settings.drives)
    name = FILE.format(day=village_day(village.clock.now()))
    return removable.write(drive, name, report(village, language))


def test_print(village: Village, session_id: str, tray: Tray, language: Language) -> Reason:
    """Print a page, or a slip, on which everything can be seen; why not, or an empty text.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    if tray == "sign":
        return print_report(village, session_id, language)
    sessions.holding(village, session_id, "back_up")
    return _sent(village, tray, _test_slip(village, language))


def _test_slip(village: Village, language: Language) -> PaperJob:
    from kiosk.documents.slip import Slip, SlipLine, slip_pdf, slip_raster

    def say(key: str, *values: object) -> str:
        return village.catalogue.text(key, language, *values)

    slip = Slip(
        village=village.settings.name,
        language=language,
        kind="test",
        reference="0000-0000",
        facts=(moment_said(village.clock.now(), say),),
        next_steps=(SlipLine(say("machine.test_slip")),),
        qr_text="KIOSK-TEST",
        keep_why=False,
    )
    width: Literal[58, 80] = 58 if village.settings.printers.slip_width_mm == 58 else 80
    media: Literal["58", "80"] = "58" if width == 58 else "80"
    buffer = io.BytesIO()
    slip_raster(slip, width).save(buffer, "PNG")
    return PaperJob("test", slip_pdf(slip, width), buffer.getvalue(), media)


def _sent(village: Village, tray: Tray, job: PaperJob) -> Reason:
    """Hand it to the printer and follow it to its end."""
    printers = village.settings.printers
    setting = printers.sign if tray == "sign" else printers.slip
    try:
        printer = printer_for(setting, village.directory.spool)
        device_job = printer.submit(job)
    except PrinterFault as fault:
        return fault.reason
    except EnvironmentFault:
        return "not_found"
    until = time.monotonic() + _LONGEST_SECONDS
    while time.monotonic() < until:
        found = printer.state(device_job)
        if found.phase in ("done", "failed"):
            return found.reason if found.phase == "done" else found.reason or "unknown"
        time.sleep(_POLL_SECONDS)
    printer.cancel(device_job)
    return found.reason or "unknown"
