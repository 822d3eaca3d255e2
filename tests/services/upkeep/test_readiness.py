"""The readiness report says how everything is and names nobody; test prints come out."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from kiosk.core.catalogue import Language, catalogue
from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.settings import PrinterSettings
from kiosk.models.register import Resident
from kiosk.services.access import peppers
from kiosk.services.upkeep import official_cards, readiness
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.worlds.kept import grown
from tests.worlds.logged import LoggedHamlet, furnish


@pytest.fixture
def hamlet(sqlite_village: Village, clock: SettableClock) -> LoggedHamlet:
    return grown(LoggedHamlet(sqlite_village, clock), furnish)


def words_of(pdf: bytes) -> str:
    """Everything on its only page, without its line ends."""
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    return page.extract_text().replace("\n", "")


@pytest.mark.long
@pytest.mark.parametrize("language", catalogue().languages)
def test_one_page_says_every_light_the_hour_and_the_help_code_and_names_nobody(
    hamlet: LoggedHamlet, language: Language
) -> None:
    village = hamlet.village
    with writing(village) as work:
        peppers.note_changed(work, village.keys.pepper)
    official_cards.reissue(village)
    with village.read() as session:
        people = session.scalars(select(Resident.name)).all()
    village.directory.backups.mkdir(exist_ok=True)
    (village.directory.backups / f"{people[0]}.pdf").write_bytes(b"somebody's")
    told = words_of(readiness.report(village, language))
    text = catalogue().text
    for key in ("machine.report_title", "machine.help_code", "machine.attention", "machine.well"):
        assert text(key, language).replace(" ", "") in told.replace(" ", "")
    assert village.settings.name.said(language) in told
    assert "schema" in told
    assert not [each for each in people if each in told]


def test_the_report_is_printed_or_written_to_the_stick_that_is_in(
    hamlet: LoggedHamlet, tmp_path: Path
) -> None:
    village = hamlet.village
    keeper = hamlet.sign("K", "keeper")
    assert readiness.print_report(village, keeper, "zh") == ""
    assert len(list(village.directory.spool.glob("*.pdf"))) == 1
    settings = replace(village.settings, drives=str(tmp_path / "slot"))
    with_slot = replace(village, settings=settings)
    with pytest.raises(ExpectedError, match="drive_missing"):
        readiness.save_report(with_slot, keeper, "zh")
    (tmp_path / "slot" / "STICK").mkdir(parents=True)
    name = readiness.save_report(with_slot, keeper, "zh")
    assert (tmp_path / "slot" / "STICK" / name).read_bytes().startswith(b"%PDF")
    with pytest.raises(ExpectedError, match="not_allowed"):
        readiness.print_report(village, hamlet.officer("Y"), "zh")


@pytest.mark.parametrize("width", [58, 80])
def test_a_test_slip_is_as_wide_as_the_roll(hamlet: LoggedHamlet, width: int) -> None:
    printers = PrinterSettings(slip_width_mm=width)
    village = replace(hamlet.village, settings=replace(hamlet.village.settings, printers=printers))
    job = readiness._test_slip(village, "zh")
    assert job.raster is not None
    assert Image.open(io.BytesIO(job.raster)).width == {58: 384, 80: 576}[width]
    assert readiness.test_print(village, hamlet.sign("K", "keeper"), "slip", "zh") == ""


def test_a_printer_that_is_not_there_is_a_reason_and_no_bug(hamlet: LoggedHamlet) -> None:
    printers = PrinterSettings(sign="lpt1", slip="escpos:/dev/none")
    settings = replace(hamlet.village.settings, printers=printers)
    village = replace(hamlet.village, settings=settings)
    keeper = hamlet.sign("K", "keeper")
    assert readiness.test_print(village, keeper, "sign", "zh") == "not_found"
    assert readiness.test_print(village, keeper, "slip", "zh") != ""
