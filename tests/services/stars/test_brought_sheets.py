"""A round's sheets: printed by who walks, photographed, read from a stick, and handed in."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.core.sheet_layout import FormName
from kiosk.documents.visit_sheet import VisitSheet
from kiosk.models.printing import PrintJob
from kiosk.models.rounds import VisitSeat
from kiosk.services.printing import papers
from kiosk.services.printing.papers import Order
from kiosk.services.stars import brought_sheets, visit_sheets, visits
from kiosk.services.stars.brought_sheets import FileRead
from kiosk.services.stars.rubrics import Answer
from kiosk.services.stars.sheet_reading import SheetRead
from kiosk.services.village import Village
from tests.services.stars.street import Street, begun, furnish
from tests.worlds import photographed
from tests.worlds.kept import grown
from tests.worlds.photographed import Filled, Hand


@pytest.fixture
def street(sqlite_village: Village, clock: SettableClock) -> Street:
    return grown(Street(sqlite_village, clock), begun)


def drawn_sheets(street: Street, jobs: tuple[int, ...]) -> list[VisitSheet]:
    """The sheets that wait for the printer, as they are drawn."""
    with street.village.read() as session:
        rows = [session.get_one(PrintJob, each) for each in jobs]
        orders = [Order(paper="visit_sheet", media="A4", payload=each.payload) for each in rows]
    return [papers._visit_sheet(each) for each in orders]


def first_seat(street: Street) -> VisitSeat:
    return street.seats("A")[0]


def test_an_inspector_prints_what_is_left_in_walking_order_and_once_for_a_touch(
    street: Street,
) -> None:
    inspector = street.open_session(first_seat(street).resident_id)
    lines, touch = visits.my_visits(street.village, inspector), new_touch_id()

    jobs = visit_sheets.print_mine(street.village, inspector, 2, touch)

    forms = [form for each in drawn_sheets(street, jobs) for form in each.forms]
    assert [each.code for each in forms] == [each.code for each in lines]
    assert len(jobs) == (len(lines) + 1) // 2
    assert visit_sheets.print_mine(street.village, inspector, 2, touch) == jobs


def test_what_is_left_at_the_doors_is_printed_by_lane_two_on_a_sheet(street: Street) -> None:
    jobs = visit_sheets.print_own_looks(street.village, street.officer("Y"), new_touch_id())

    forms = [form for each in drawn_sheets(street, jobs) for form in each.forms]
    houses = [form.house[0] for form in forms]
    assert houses == sorted(houses)
    assert {form.seat for form in forms} == {0}
    assert len(jobs) == (len(forms) + 1) // 2
    with pytest.raises(ExpectedError) as refused:
        visit_sheets.print_own_looks(street.village, street.sign("A"), new_touch_id())
    assert refused.value.code == "not_allowed"


def test_who_has_nothing_to_look_at_is_told_so(
    sqlite_village: Village, clock: SettableClock
) -> None:
    street = grown(Street(sqlite_village, clock), furnish)
    with pytest.raises(ExpectedError) as refused:
        visit_sheets.print_mine(street.village, street.sign("A"), 1, new_touch_id())
    assert refused.value.code == "no_visits"


@pytest.mark.long
def test_a_photographed_sheet_is_found_again_and_handed_in_once(
    street: Street, tmp_path: Path
) -> None:
    inspector = street.open_session(first_seat(street).resident_id)
    jobs = visit_sheets.print_mine(street.village, inspector, 1, new_touch_id())
    (sheet,) = drawn_sheets(street, jobs[:1])
    (page,) = photographed.printed([sheet])
    by = random.Random(4)
    (filled,) = Hand(by, "ticks", pencil=False).fill(page, sheet)
    picture = photographed.seen(page, photographed.at_random(by), by)
    stick = Path(street.village.settings.drives, "PHONE")
    stick.mkdir(parents=True)
    (stick / "sheet.jpg").write_bytes(photographed.jpeg(picture, 80))

    (chosen,) = brought_sheets.on_sticks(street.village.settings.drives)
    read = brought_sheets.read(chosen, brought_sheets.printed_by(street.village))
    (found,) = brought_sheets.matched(street.village, inspector, read)

    assert (found.refused, found.sheet.answers) == ("", filled.answers)
    answers = answered(found.sheet, filled)
    assert found.line is not None
    forward = sorted(found.sheet.put_forward)
    visits.score(street.village, inspector, found.line.seat, answers, forward, new_touch_id())
    (again,) = brought_sheets.matched(street.village, inspector, read)
    assert again.refused == "visit_scored"


def answered(sheet: SheetRead, filled: Filled) -> dict[str, Answer]:
    """What is asked is answered by who looks at its picture."""
    for each in sheet.questions:
        assert each.item in filled.both
        sheet = sheet.told(each, "yes")
    return dict(sheet.answers)


def test_a_sheet_of_elsewhere_of_another_kind_or_twice_is_not_handed_in(street: Street) -> None:
    seat = first_seat(street)
    inspector = street.open_session(seat.resident_id)
    line = next(
        each
        for each in visits.my_visits(street.village, inspector)
        if each.seat.visit_id == seat.visit_id
    )

    def refused(*codes: tuple[str, str]) -> list[str]:
        sheets = tuple(
            SheetRead(
                name=FormName("full", premises, code),
                answers={},
                put_forward=frozenset(),
                questions=(),
            )
            for code, premises in codes
        )
        found = brought_sheets.matched(street.village, inspector, FileRead(sheets, ()))
        return [each.refused for each in found]

    assert refused((line.code, line.premises)) == [""]
    assert refused((line.code, line.premises), (line.code, line.premises)) == ["", "sheet_twice"]
    assert refused((line.code, "workshop")) == ["sheet_other_kind"]
    assert refused(("V-26Q4-0001-1-0000", "home")) == ["sheet_not_ours"]
    other = f"{line.code[:-4]}{'0' * 4}"
    assert refused((other, line.premises)) == ["sheet_not_ours"]
