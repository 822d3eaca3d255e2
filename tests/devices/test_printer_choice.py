"""What stands in the settings names a driver, or is refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.core.errors import EnvironmentFault
from kiosk.devices.printers.choice import printer_for
from kiosk.devices.printers.escpos_printer import EscposPrinter
from kiosk.devices.printers.file_printer import FilePrinter
from kiosk.devices.printers.ipp_printer import IppPrinter


@pytest.mark.parametrize(
    ("setting", "kind"),
    [
        ("file", FilePrinter),
        ("cups:Office", IppPrinter),
        ("ipp://printer.local/ipp/print", IppPrinter),
        ("ipps://printer.local/ipp/print", IppPrinter),
        ("escpos:192.0.2.7", EscposPrinter),
        ("escpos:192.0.2.7:9101,column", EscposPrinter),
        ("escpos:/dev/usb/lp0,oneway", EscposPrinter),
        ("escpos:/dev/ttyUSB0,baud=19200", EscposPrinter),
    ],
)
def test_every_kind_of_printer_can_be_named(tmp_path: Path, setting: str, kind: type) -> None:
    printer = printer_for(setting, tmp_path)
    assert isinstance(printer, kind)
    assert printer.name == setting


@pytest.mark.parametrize(
    "setting",
    [
        "",
        "laser",
        "cups:",
        "escpos:",
        "escpos:host:port",
        "escpos:host,fast",
        "ipp://",
        "escpos:/dev/ttyS0,baud=fast",
    ],
)
def test_a_setting_that_names_no_printer_is_refused(tmp_path: Path, setting: str) -> None:
    with pytest.raises(EnvironmentFault) as refusal:
        printer_for(setting, tmp_path)
    assert refusal.value.code == "printer_setting"
    assert refusal.value.values == (setting,)
