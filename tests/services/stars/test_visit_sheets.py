"""Visit sheets are queued in walking order and come out in it, twenty to a file."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from kiosk.core.catalogue import CHINESE
from kiosk.models.printing import PrintJob
from kiosk.services.printing import papers, queue
from kiosk.services.printing.papers import Order
from kiosk.services.printing.portions import go_together
from kiosk.services.printing.spooler import print_next
from kiosk.services.stars import rubrics, visit_sheets
from kiosk.services.stars.rubrics import CURRENT
from kiosk.services.stars.visit_sheets import FormsOnASheet, Visit
from kiosk.services.work import writing
from tests.services.conftest import Street

CODES = tuple(f"V-26Q4-00{last}-1-9F3C" for last in range(11, 16))
VISITS = tuple(
    Visit(
        code=code,
        seat=1,
        kind="home",
        lane="桥头巷",
        number=str(place),
        year=2026,
        quarter=4,
        rubric=rubrics.rubric(CURRENT, "home"),
    )
    for place, code in enumerate(CODES, start=1)
)


def queued(street: Street, on_a_sheet: FormsOnASheet) -> list[Order]:
    with writing(street.village) as work:
        jobs = visit_sheets.enqueue(work, VISITS, on_a_sheet=on_a_sheet)
    with street.village.read() as session:
        rows = [session.get_one(PrintJob, each) for each in jobs]
        return [Order(paper="visit_sheet", media="A4", payload=row.payload) for row in rows]


@pytest.mark.parametrize(("on_a_sheet", "sheets"), [(1, 5), (2, 3)])
def test_sheets_come_out_in_the_order_in_which_they_were_asked_for(
    street: Street, on_a_sheet: FormsOnASheet, sheets: int
) -> None:
    orders = queued(street, on_a_sheet)

    assert all(go_together([each], "visit_sheet", "A4") for each in orders)
    pdf = papers.sheets_together(orders, "visits").pdf
    assert pdf is not None
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    found = [code for page in pages for code in CODES if code in page]
    assert (len(pages), tuple(found)) == (sheets, CODES)


def test_a_sheet_goes_through_the_hall_s_printer_and_bears_a_house_and_no_name(
    street: Street,
) -> None:
    queued(street, 1)
    assert print_next(street.village)

    with street.village.read() as session:
        job = session.query(PrintJob).order_by(PrintJob.id).first()
        assert job is not None
        view = queue.state(street.village, job.id)
    assert (view.phase, view.paper, view.reference) == ("done", "visit_sheet", CODES[0])
    assert street.village.catalogue.text("paper.kind_visit_sheet", CHINESE) == "入户查看表"
