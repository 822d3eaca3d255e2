"""From what stands in the settings to a driver.

``file`` · ``cups:NAME`` · ``ipp://HOST/…`` · ``ipps://HOST/…`` (with password and fingerprint, see
`ipp_line`) · ``escpos:HOST[:PORT]`` ·
``escpos:/dev/…``. After an ``escpos`` address may follow, parted by commas, ``column`` for a
printer without GS v 0, ``oneway`` for one that cannot answer, and ``baud=N`` for a serial line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.core.errors import EnvironmentFault
from kiosk.devices.connection import Connection, connect, open_device
from kiosk.devices.printers import (
    CONNECT_SECONDS,
    Form,
    PaperJob,
    Printer,
    PrinterFault,
    PrinterJobState,
    Reason,
)
from kiosk.devices.printers.file_printer import FilePrinter
from kiosk.devices.printers.ipp_line import without_password
from kiosk.devices.printers.ipp_printer import IppPrinter, cups_uri

_PORT = 9100
_BAUD = 115200


@dataclass(frozen=True)
class NoPrinter:
    """What stands where the settings name no printer: it takes nothing and says so."""

    name: str
    takes: Form = "pdf"

    def submit(self, job: PaperJob) -> str:  # noqa: ARG002
        """Refuse."""
        raise PrinterFault("not_found")

    def state(self, device_job: str) -> PrinterJobState:  # noqa: ARG002
        """Nobody can tell."""
        return PrinterJobState("failed", "lost")

    def cancel(self, device_job: str) -> None:
        """Nothing to take back."""

    def problems(self) -> tuple[Reason, ...]:
        """It is not there."""
        return ("not_found",)


def printer_for(setting: str, folder: Path) -> Printer:
    """Make the driver that `setting` names; `folder` is where the file printer writes.

    Raises:
        EnvironmentFault: ``printer_setting`` if it names none.
    """
    kind, _, rest = setting.partition(":")
    try:
        if setting == "file":
            return FilePrinter(folder)
        if kind in ("ipp", "ipps"):
            return IppPrinter(setting)
        if kind == "cups" and rest:
            return IppPrinter(cups_uri(rest), setting)
        if kind == "escpos" and rest:
            return _escpos(setting, rest)
    except ValueError as trouble:
        raise EnvironmentFault("printer_setting", without_password(setting)) from trouble
    raise EnvironmentFault("printer_setting", without_password(setting))


def _escpos(setting: str, rest: str) -> Printer:
    # Imported here: it draws in Pillow, which a hall without a slip printer does not need.
    from kiosk.devices.printers.escpos_printer import EscposPrinter, RasterCommand

    address, *wishes = rest.split(",")
    baud = next((int(wish[5:]) for wish in wishes if wish.startswith("baud=")), _BAUD)
    plain = {wish for wish in wishes if not wish.startswith("baud=")}
    if plain - {"column", "oneway"}:
        raise ValueError(f"unknown wish in {setting}")
    raster: RasterCommand = "bitImageColumn" if "column" in plain else "bitImageRaster"
    return EscposPrinter(setting, _dial(address, baud), raster, "oneway" not in plain)


def _dial(address: str, baud: int) -> Callable[[], Connection]:
    if address.startswith("/"):
        return lambda: open_device(Path(address), baud)
    host, _, port = address.partition(":")
    number = int(port or _PORT)
    return lambda: connect(host, number, CONNECT_SECONDS)
