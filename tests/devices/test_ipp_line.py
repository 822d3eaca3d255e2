"""Printers that are particular: an old protocol, a password, a certificate of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from kiosk.devices.printers import PrinterFault, PrinterJobState
from kiosk.devices.printers.ipp import Operation
from kiosk.devices.printers.ipp_line import certificate_of, without_password
from kiosk.devices.printers.ipp_printer import IppPrinter
from tests.devices.picky_printer import NAME, PASSWORD, picky_printer
from tests.devices.real_printing import DONE, RealPrinter, needs_cups, real_printer, sign, wait_for

pytestmark = needs_cups


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealPrinter]:
    with real_printer(tmp_path_factory.mktemp("real") / "printer") as printer:
        yield printer


def prints(printer: IppPrinter, device: RealPrinter) -> bool:
    """Whether a sign comes out, once."""
    before = len(device.received())
    job = printer.submit(sign())
    wait_for(lambda: printer.state(job) == DONE)
    return len(device.received()) == before + 1


def with_password(uri: str, password: str = PASSWORD) -> str:
    return uri.replace("://", f"://{NAME}:{quote(password, safe='')}@")


def test_a_printer_of_ipp_1_1_alone_prints(device: RealPrinter, tmp_path: Path) -> None:
    with picky_printer(device.uri, tmp_path, only_1_1=True) as door:
        printer = IppPrinter(door.uri)
        assert printer.problems() == ()
        assert prints(printer, device)


def test_a_printer_that_makes_no_job_in_two_steps_gets_it_in_one(
    device: RealPrinter, tmp_path: Path
) -> None:
    with picky_printer(device.uri, tmp_path, only_1_1=True, one_step=True) as door:
        assert prints(IppPrinter(door.uri), device)
        assert Operation.PRINT_JOB in door.operations
        assert Operation.SEND_DOCUMENT not in door.operations


def test_an_answer_in_another_encoding_is_read(device: RealPrinter, tmp_path: Path) -> None:
    with picky_printer(device.uri, tmp_path, latin_1=True) as door:
        printer = IppPrinter(door.uri)
        assert printer.problems() == ()
        assert prints(printer, device)


@pytest.mark.parametrize("scheme", ["Basic", "Digest"])
def test_a_printer_that_wants_a_password_gets_the_one_of_the_settings_or_says_so(
    device: RealPrinter, tmp_path: Path, scheme: str
) -> None:
    with picky_printer(device.uri, tmp_path, password=scheme) as door:
        assert prints(IppPrinter(with_password(door.uri)), device)
        for uri in (door.uri, with_password(door.uri, "wrong")):
            assert IppPrinter(uri).problems() == ("password",)
            assert IppPrinter(uri).state("1") == PrinterJobState("printing", "password")
            with pytest.raises(PrinterFault) as refusal:
                IppPrinter(uri).submit(sign())
            assert refusal.value.reason == "password"


@pytest.mark.long
def test_a_printers_own_certificate_is_taken_once_it_is_written_down(
    device: RealPrinter, tmp_path: Path
) -> None:
    with picky_printer(device.uri, tmp_path, tls=True) as door:
        assert IppPrinter(door.uri).problems() == ("certificate",)
        assert certificate_of(door.uri, 3) == door.fingerprint
        assert prints(IppPrinter(f"{door.uri}#sha256={door.fingerprint}"), device)
        pairs = ":".join(door.fingerprint[at : at + 2] for at in range(0, 64, 2)).upper()
        assert IppPrinter(f"{door.uri}#sha256={pairs}").problems() == ()
        other = "0" * 64
        with pytest.raises(PrinterFault) as refusal:
            IppPrinter(f"{door.uri}#sha256={other}").submit(sign())
        assert refusal.value.reason == "certificate"


@pytest.mark.long
def test_a_printer_that_wants_encryption_gets_it_at_the_same_port(
    device: RealPrinter, tmp_path: Path
) -> None:
    with picky_printer(device.uri, tmp_path, tls=True, password="Digest") as door:
        plain = with_password(door.uri.replace("ipps:", "ipp:"))
        assert prints(IppPrinter(f"{plain}#sha256={door.fingerprint}"), device)
        assert IppPrinter(plain).problems() == ("certificate",)


def test_no_password_is_ever_shown() -> None:
    uri = "ipps://hall:secret@printer.local:631/ipp/print#sha256=" + "a" * 64
    assert "secret" not in without_password(uri)
    assert IppPrinter(uri).name == without_password(uri)
    with pytest.raises(ValueError, match="no IPP") as refusal:
        IppPrinter("http://hall:secret@printer.local/")
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("fragment", ["sha256=12", "md5=" + "a" * 64, "yes"])
def test_a_fingerprint_that_is_none_is_refused(fragment: str) -> None:
    with pytest.raises(ValueError, match="fingerprint"):
        IppPrinter(f"ipps://printer.local/ipp/print#{fragment}")
