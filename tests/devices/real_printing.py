"""Real servers for the printing tests: an IPP Everywhere printer and a private CUPS, on loopback.

`ippeveprinter` is CUPS's own sample printer. It asks D-Bus for Avahi and gives up without a bus, so
that it gets one of its own; nothing is announced. The printer runs out of paper while the file
`paper_out` exists, and fails the job while `broken` exists.
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from kiosk.devices.printers import PaperJob, PrinterJobState

_PRINT_COMMAND = """#!/bin/sh
if [ -e {broken} ]; then exit 1; fi
while [ -e {paper_out} ]; do echo "STATE: +media-empty-error" >&2; sleep 0.1; done
echo "STATE: -media-empty-error" >&2
exit 0
"""

_ATTRIBUTES = """\
ATTR keyword media-supported iso_a4_210x297mm,iso_a5_148x210mm
ATTR keyword media-default iso_a4_210x297mm
ATTR keyword media-ready iso_a4_210x297mm,iso_a5_148x210mm
ATTR collection media-size-supported {
MEMBER integer x-dimension 21000
MEMBER integer y-dimension 29700
},{
MEMBER integer x-dimension 14800
MEMBER integer y-dimension 21000
}
ATTR mimeMediaType document-format-supported application/pdf,application/octet-stream
"""

_BUS = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={address}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""

_CUPSD = """\
Listen 127.0.0.1:{port}
LogLevel info
MaxLogSize 0
WebInterface No
Browsing No
DefaultAuthType None
ErrorPolicy retry-job
JobRetryInterval 1
<Location />
  Order allow,deny
  Allow 127.0.0.1
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order allow,deny
    Allow 127.0.0.1
  </Limit>
</Policy>
"""

_CUPS_FILES = """\
ServerRoot {root}
RequestRoot {root}/spool
TempDir {root}/spool/tmp
CacheDir {root}/cache
StateDir {root}/state
ServerKeychain {root}/ssl
AccessLog {root}/access_log
ErrorLog {root}/error_log
PageLog {root}/page_log
FileDevice Yes
Sandboxing relaxed
Printcap {root}/printcap
"""


@dataclass(frozen=True)
class RealPrinter:
    """A running `ippeveprinter`."""

    uri: str
    spool: Path
    paper_out: Path
    broken: Path

    def received(self) -> list[bytes]:
        """Every PDF that came in, oldest first."""
        files = sorted(self.spool.glob("*.pdf"), key=lambda file: int(file.name.split("-")[0]))
        return [file.read_bytes() for file in files]


@dataclass(frozen=True)
class RealQueue:
    """A queue of a private `cupsd`."""

    uri: str
    server: str

    def cups(self, *command: str) -> str:
        """Run one of CUPS's own commands against this server."""
        environment = os.environ | {"CUPS_SERVER": self.server}
        return subprocess.run(
            command, env=environment, check=True, capture_output=True, text=True, timeout=30
        ).stdout


def missing_programs(*names: str) -> list[str]:
    """Those of `names` that this machine does not have."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    return [name for name in names if shutil.which(name, path=path) is None]


def free_port() -> int:
    """A loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: Callable[[], object], seconds: float = 15.0) -> None:
    """Wait until `what` is true; fail the test when it does not come."""
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            raise AssertionError(f"did not come within {seconds} s")
        time.sleep(0.05)


@contextmanager
def _running(
    command: list[str], log: Path, environment: dict[str, str] | None = None
) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env=os.environ | (environment or {})
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def real_printer(folder: Path, attributes: str = _ATTRIBUTES) -> Iterator[RealPrinter]:
    """A real IPP Everywhere printer with A4 and A5 that keeps what it received in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    printer = RealPrinter(
        f"ipp://localhost:{port}/ipp/print",
        folder / "spool",
        folder / "paper_out",
        folder / "broken",
    )
    printer.spool.mkdir()
    command = folder / "print"
    command.write_text(_PRINT_COMMAND.format(paper_out=printer.paper_out, broken=printer.broken))
    command.chmod(0o755)
    (folder / "attributes.conf").write_text(attributes)
    address = folder / "bus"
    (folder / "bus.conf").write_text(_BUS.format(address=address))
    bus = ["dbus-daemon", f"--config-file={folder / 'bus.conf'}", "--nofork", "--nopidfile"]
    serve = ["ippeveprinter", "-r", "off", "-n", "localhost", "-p", str(port), "-k"]
    serve += ["-d", str(printer.spool), "-a", str(folder / "attributes.conf")]
    serve += ["-c", str(command), "-v", "Village hall"]
    with _running(bus, folder / "bus_log"):
        wait_for(address.exists)
        with _running(serve, folder / "log", {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={address}"}):
            wait_for(lambda: _listens(port))
            yield printer


@contextmanager
def real_queue(device_uri: str) -> Iterator[RealQueue]:
    """A private CUPS with the queue ``signs`` that prints to `device_uri`.

    It lives outside pytest's own folders, which CUPS's filters, run as another user, cannot enter.
    """
    with tempfile.TemporaryDirectory(prefix="cups-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with _cups(folder, device_uri) as queue:
            yield queue


@contextmanager
def _cups(folder: Path, device_uri: str) -> Iterator[RealQueue]:
    for name in ("spool/tmp", "cache", "state", "ssl", "ppd"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    port = free_port()
    (folder / "cupsd.conf").write_text(_CUPSD.format(port=port))
    (folder / "cups-files.conf").write_text(_CUPS_FILES.format(root=folder))
    serve = ["/usr/sbin/cupsd", "-f", "-c", str(folder / "cupsd.conf")]
    serve += ["-s", str(folder / "cups-files.conf")]
    queue = RealQueue(f"ipp://localhost:{port}/printers/signs", f"127.0.0.1:{port}")
    with _running(serve, folder / "log"):
        wait_for(lambda: _listens(port))
        queue.cups("lpadmin", "-p", "signs", "-E", "-v", device_uri, "-m", "everywhere")
        # Until then CUPS has not read the queue's filters, and a job would be given up.
        wait_for(lambda: "is now available" in (folder / "error_log").read_text())
        yield queue


MISSING = missing_programs("ippeveprinter", "dbus-daemon", "cupsd", "lpadmin")


needs_cups = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")


DONE = PrinterJobState("done")


def sign(text: str = "12-3") -> PaperJob:
    """An A5 landscape page that says `text`."""
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=A5_LANDSCAPE)
    canvas.drawString(100, 200, text)
    canvas.save()
    return PaperJob("Door sign", paper.getvalue(), None, "A5")


A5_LANDSCAPE = (595.28, 419.53)
