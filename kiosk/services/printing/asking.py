"""How the printers of this terminal are, asked of themselves."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from kiosk.core.errors import EnvironmentFault
from kiosk.devices.printers import CONNECT_SECONDS
from kiosk.devices.printers.choice import printer_for
from kiosk.devices.printers.ipp_line import certificate_of, without_password
from kiosk.models.printing import PrintJob
from kiosk.services.printing.spooler import TRAYS, Tray
from kiosk.services.village import Village


@dataclass(frozen=True)
class PrinterState:
    """A printer of the settings; `reason` is why it cannot print, empty when it can."""

    tray: Tray
    setting: str
    reason: str
    suggested: str = ""
    """What to write into the settings instead, for a printer with a certificate of its own."""


def printer_states(village: Village) -> tuple[PrinterState, ...]:
    """Both printers: a few seconds where one does not answer."""
    settings = village.settings.printers
    named: dict[Tray, str] = {"sign": settings.sign, "slip": settings.slip}
    return tuple(_state(village, tray, setting) for tray, setting in named.items())


def _state(village: Village, tray: Tray, setting: str) -> PrinterState:
    reason, shown = _reason(village, tray, setting), without_password(setting)
    if reason != "certificate":
        return PrinterState(tray, shown, reason)
    address = shown.partition("#")[0]
    fingerprint = certificate_of(address, CONNECT_SECONDS)
    return PrinterState(tray, shown, reason, f"{address}#sha256={fingerprint}")


def _reason(village: Village, tray: Tray, setting: str) -> str:
    """What is amiss. One that is printing is not asked: many printers take one caller at a time."""
    busy = _under_way(village, tray)
    if busy is not None:
        return busy
    try:
        found = printer_for(setting, village.directory.spool).problems()
    except EnvironmentFault:
        return "not_found"
    return found[0] if found else ""


def _under_way(village: Village, tray: Tray) -> str | None:
    """What the paper waits for that is at this printer now; None when there is no such paper."""
    query = select(PrintJob.reason).where(
        PrintJob.phase.in_(("sending", "printing")),
        PrintJob.terminal == village.settings.terminal,
        PrintJob.media.in_(TRAYS[tray]),
    )
    with village.read() as session:
        return session.scalar(query.limit(1))
