"""The signs of a lane or the village: who is due, in which order, on which paper, and carried."""

from __future__ import annotations

from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.core.shift import Shift
from kiosk.models.access import RecordView
from kiosk.models.printing import PrintJob
from kiosk.models.stars import DoorSign
from kiosk.services.check.papers import check_paper
from kiosk.services.printing import offset, queue, spooler
from kiosk.services.printing.portions import MOST_SHEETS
from kiosk.services.stars import door_signs, sign_batch, sign_carrying
from kiosk.services.stars.door_signs import Media
from kiosk.services.stars.sign_batch import Portion, Wanted
from kiosk.services.village import Village
from tests.services.conftest import Street
from tests.worlds.builder import Home

EARNED = {"courtyard": 5, "rules": 4}


@pytest.fixture
def clerk(street: Street) -> str:
    return street.sign_in(street.house().people[0], "clerk")


def rated(street: Street, count: int, lane: str = "东街", quarter: int = 4) -> list[Home]:
    homes = [street.house(lane=lane) for _ in range(count)]
    for each in homes:
        street.agree(*each.people)
        street.rate(each.id, EARNED, 2026, quarter)
    return homes


def portion(
    village: Village,
    clerk: str,
    wanted: Wanted = Wanted(),  # noqa: B008 - frozen
    media: Media = "A5",
    first_label: int = 0,
) -> Portion:
    return sign_batch.issue_portion(
        village, clerk, wanted, media, new_touch_id(), first_label=first_label
    )


def homes_of(village: Village, issued: Portion) -> list[int]:
    with village.read() as session:
        found = {each.serial: each.household_id for each in session.scalars(select(DoorSign)).all()}
    return [found[each.serial] for each in issued.signs]


def media_of(village: Village) -> list[str]:
    with village.read() as session:
        return list(session.scalars(select(PrintJob.media).order_by(PrintJob.id)))


def test_signs_come_in_walking_order_and_each_look_is_seen(
    village: Village, street: Street, clerk: str
) -> None:
    west, east = rated(street, 1, "西街"), rated(street, 2)
    issued = portion(village, clerk)
    assert homes_of(village, issued) == [each.id for each in (*east, *west)]
    assert issued.left == 0
    with village.read() as session:
        seen = {each.subject_id for each in session.scalars(select(RecordView))}
    assert seen == {each.people[0] for each in (*east, *west)}


def test_a_lane_alone_and_then_the_rest(village: Village, street: Street, clerk: str) -> None:
    west, east = rated(street, 1, "西街"), rated(street, 1)
    told = {each.lane: (each.changed, each.all) for each in sign_batch.due(village, clerk).lanes}
    assert told == {"东街": (1, 1), "西街": (1, 1)}
    assert homes_of(village, portion(village, clerk, Wanted("西街"))) == [west[0].id]
    assert homes_of(village, portion(village, clerk)) == [east[0].id]
    told = {each.lane: (each.changed, each.all) for each in sign_batch.due(village, clerk).lanes}
    assert told == {"东街": (0, 1), "西街": (0, 1)}


def test_stars_of_an_older_quarter_that_still_hold_are_due_too(
    village: Village, street: Street, clerk: str
) -> None:
    older, newer = rated(street, 1, quarter=3), rated(street, 1)
    assert homes_of(village, portion(village, clerk)) == [older[0].id, newer[0].id]
    assert portion(village, clerk).signs == ()


def test_a_touch_that_comes_twice_issues_once(village: Village, street: Street, clerk: str) -> None:
    rated(street, 2)
    touch = new_touch_id()
    both = [sign_batch.issue_portion(village, clerk, Wanted(), "A5", touch) for _ in range(2)]
    assert both[0] == both[1]
    assert len(media_of(village)) == 2


def test_all_anew_replaces_what_has_not_changed_but_nothing_of_today(
    village: Village, street: Street, clerk: str, clock: SettableClock
) -> None:
    home, other = rated(street, 2)
    portion(village, clerk)
    assert portion(village, clerk, Wanted(again=True)).signs == ()
    clock.advance(days=1)
    clerk = street.sign_in(street.house().people[0], "clerk")
    again = portion(village, clerk, Wanted(again=True))
    assert homes_of(village, again) == [home.id, other.id]
    while spooler.print_next(village):
        pass
    with village.read() as session:
        old = session.scalars(select(PrintJob.qr_text).order_by(PrintJob.id)).first()
    assert old is not None
    assert check_paper(village, old).verdict == "replaced"


def test_whoever_may_not_print_signs_learns_nothing(village: Village, street: Street) -> None:
    rated(street, 1)
    keeper = street.sign_in(street.house().people[0], "keeper")
    for asked in (sign_batch.due, sign_carrying.standing):
        with pytest.raises(ExpectedError, match="not_allowed"):
            asked(village, keeper)
    with pytest.raises(ExpectedError, match="not_allowed"):
        portion(village, keeper)


def test_labels_begin_where_the_used_sheet_is_free_and_the_kiosk_remembers(
    village: Village, street: Street, clerk: str
) -> None:
    rated(street, 3)
    assert sign_batch.due(village, clerk).next_label == 1
    portion(village, clerk, media="label")
    assert media_of(village) == ["L1", "L2", "L3"]
    assert sign_batch.due(village, clerk).next_label == 4
    rated(street, 3)
    portion(village, clerk, media="label")
    assert media_of(village)[3:] == ["L4", "L1", "L2"]
    while spooler.print_next(village):
        pass
    files = {queue.state(village, each.job_id).file for each in queue.jobs(village)}
    (file,) = files - {None}
    assert file is not None
    assert [page.extract_text().count("号") for page in PdfReader(file).pages] == [8, 4]


def test_somebody_says_where_the_sheet_of_labels_is_free(
    village: Village, street: Street, clerk: str
) -> None:
    rated(street, 2)
    portion(village, clerk, media="label", first_label=3)
    assert media_of(village) == ["L3", "L4"]
    assert sign_batch.due(village, clerk).next_label == 1


def test_a_label_that_is_spoilt_comes_out_at_the_next_free_place(
    village: Village, street: Street, clerk: str
) -> None:
    rated(street, 1)
    (sign,) = portion(village, clerk, media="label").signs
    spooler.print_next(village)
    queue.print_again(village, clerk, sign.print_job_id, "print_sign")
    assert media_of(village) == ["L1", "L2"]


def test_the_list_goes_by_lane_and_says_what_is_on_each_sign_and_what_it_replaces(
    village: Village, street: Street, clerk: str, clock: SettableClock
) -> None:
    with pytest.raises(ExpectedError, match="no_signs_today"):
        sign_carrying.print_list(village, clerk, None, "zh", new_touch_id())
    (home,) = rated(street, 1, quarter=3)
    old = door_signs.issue(village, clerk, home.id, {"courtyard": 3}, "A5", new_touch_id())
    clock.advance(days=1)
    clerk = street.sign_in(street.house().people[0], "clerk")
    street.rate(home.id, {"courtyard": 5, "rules": 2})
    rated(street, 1, "西街")
    portion(village, clerk)
    job = sign_carrying.print_list(village, clerk, None, "zh", new_touch_id())
    with village.read() as session:
        told = session.get_one(PrintJob, job).payload
    east, west = told["lanes"]
    assert (east["lane"], west["lane"]) == ("东街", "西街")
    (sign,) = east["signs"]
    assert sign["stars"] == [3, 0, 0, 0, 0]  # as it last chose
    assert sign["replaces"] == old.serial
    assert west["signs"][0]["replaces"] == ""
    while spooler.print_next(village):
        pass
    file = queue.state(village, job).file
    assert file is not None
    assert old.serial in PdfReader(file).pages[0].extract_text()


def test_a_portion_is_one_file_and_the_next_begins_behind_it(
    village: Village, street: Street, clerk: str
) -> None:
    rated(street, 1)
    assert MOST_SHEETS % 4 == 0
    portion(village, clerk, media="label", first_label=2)
    assert sign_batch.due(village, clerk).next_label == 3


def test_the_offset_is_set_by_clerk_or_keeper_and_moves_what_is_cut(
    village: Village, street: Street, clerk: str
) -> None:
    rated(street, 1)
    portion(village, clerk, media="A4x2")
    officer = street.sign_in(street.house().people[0], "officer")
    with pytest.raises(ExpectedError, match="not_allowed"):
        offset.set_shift(village, officer, 1.0, 0.0)
    with pytest.raises(ExpectedError, match="offset_too_far"):
        offset.set_shift(village, clerk, 9.0, 0.0)
    assert offset.shift(village) == Shift()
    offset.set_shift(village, clerk, 1.5, -0.5)
    assert offset.shift(village) == Shift(1.5, -0.5)
    job = offset.print_test(village, clerk, new_touch_id())
    while spooler.print_next(village):
        pass
    file = queue.state(village, job).file
    assert file is not None
    assert "+1.5" in PdfReader(file).pages[0].extract_text()
    village.directory.printer_offset.write_text("{")
    assert offset.shift(village) == Shift()


def test_a_sign_that_nobody_is_sure_of_is_asked_about_until_somebody_says(
    village: Village, street: Street, clerk: str
) -> None:
    rated(street, 2)
    first, second = portion(village, clerk).signs
    with village.write() as session:
        session.get_one(PrintJob, first.print_job_id).phase = "unknown"
        session.get_one(PrintJob, second.print_job_id).phase = "done"
    now = sign_carrying.standing(village, clerk)
    assert (now.out, now.under_way, [each.serial for each in now.doubts]) == (1, 0, [first.serial])
    queue.came_out(village, clerk, first.print_job_id)
    now = sign_carrying.standing(village, clerk)
    assert (now.out, now.doubts) == (2, ())


def test_without_everybodys_agreement_or_when_taken_down_none_is_due(
    village: Village, street: Street, clerk: str
) -> None:
    alone = street.house(date(1956, 3, 1), date(1958, 8, 9))
    street.agree(alone.people[0])
    street.rate(alone.id, EARNED)
    (down,) = rated(street, 1)
    door_signs.issue(village, clerk, down.id, {"courtyard": 5}, "A5", new_touch_id())
    door_signs.take_down(village, clerk, down.id, new_touch_id())
    assert sign_batch.due(village, clerk).lanes == ()
    assert portion(village, clerk, Wanted(again=True)).signs == ()
    street.agree(alone.people[1])
    assert homes_of(village, portion(village, clerk)) == [alone.id]
