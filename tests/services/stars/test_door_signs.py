"""Door signs: who agrees, what may be shown, and what is signed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.access import RecordView
from kiosk.models.consent import Consent
from kiosk.models.ledger import LedgerEntry
from kiosk.models.printing import PrintJob
from kiosk.models.register import Household, Resident
from kiosk.models.stars import DoorSign
from kiosk.services.check.papers import SignFacts, check_paper
from kiosk.services.ledger import log
from kiosk.services.my_data import consent_choices
from kiosk.services.stars import door_signs, sign_batch
from kiosk.services.stars.ratings import DIMENSIONS
from kiosk.services.village import Village
from kiosk.services.work import writing

if TYPE_CHECKING:
    from tests.services.conftest import Street
    from tests.worlds.builder import Home

EARNED = {"courtyard": 5, "rules": 4, "recycling": 4, "family_spirit": 5}
CHILD = date(2015, 6, 1)
LONGEST_QR_TEXT = 420  # bytes; the sign's code stays at a module size that a worn phone reads


@pytest.fixture
def home(street: Street) -> Home:
    """A couple with a child, with stars, who both agreed to a sign."""
    made = street.house(date(1956, 3, 1), date(1958, 8, 9), CHILD)
    street.rate(made.id, EARNED)
    street.agree(*made.people[:2])
    return made


@pytest.fixture
def clerk(street: Street) -> str:
    return street.sign_in(street.house().people[0], "clerk")


def issue(village: Village, clerk: str, home: Home, shown: dict[str, int | None]) -> str:
    return door_signs.issue(village, clerk, home.id, shown, "A5", new_touch_id()).serial


def refusal(village: Village, clerk: str, home: Home, shown: dict[str, int | None]) -> str:
    with pytest.raises(ExpectedError) as refused:
        issue(village, clerk, home, shown)
    with village.read() as session:
        assert session.query(DoorSign).count() == 0
        assert session.query(PrintJob).count() == 0
    return refused.value.code


def test_a_sign_is_booked_and_queued_in_one_go(village: Village, home: Home, clerk: str) -> None:
    issued = door_signs.issue(village, clerk, home.id, dict(EARNED), "A4", new_touch_id())
    assert issued.serial == "S26Q4-0001"
    with village.read() as session:
        sign = session.query(DoorSign).one()
        job = session.get_one(PrintJob, issued.print_job_id)
        entry = session.get_one(LedgerEntry, sign.ledger_index)
        assert (sign.shown, sign.valid_until) == (EARNED, date(2027, 6, 30))
        assert (job.paper, job.reference, job.media) == ("door_sign", "S26Q4-0001", "A4")
        assert (job.covers, entry.kind) == (sign.ledger_index, "door_sign")


def test_the_printed_note_checks_as_genuine_with_the_stars_shown(
    village: Village, home: Home, clerk: str
) -> None:
    serial = issue(village, clerk, home, {**EARNED, "rules": 3, "recycling": None})
    with writing(village) as work:
        job = work.session.query(PrintJob).one()
        note = log.sign_checkpoint(work, serial, job.covers or 0, tuple(job.note_lines))
    found = check_paper(village, note)
    assert found.verdict == "genuine"
    assert isinstance(found.facts, SignFacts)
    stars = {each.dimension: each.stars for each in found.facts.stars}
    assert stars == {"courtyard": 5, "rules": 3, "family_spirit": 5}


def test_the_note_is_short_says_the_house_and_names_nobody(
    village: Village, street: Street, clerk: str
) -> None:
    home = street.house()
    street.rate(home.id, dict.fromkeys(DIMENSIONS, 5))
    street.agree(*home.people)
    issue(village, clerk, home, dict.fromkeys(DIMENSIONS, 5))
    with village.read() as session:
        lines = tuple(session.query(PrintJob).one().note_lines)
        names = session.query(Resident.name).all()
        number = session.get_one(Household, home.id).number
    with writing(village) as work:
        note = log.sign_checkpoint(work, "x", 0, lines)
    assert len(note.encode()) <= LONGEST_QR_TEXT
    assert lines[0] == "serial S26Q4-0001"
    assert lines[1] == f"杨桥村 东街{number}号"
    assert lines[2] == "院落整洁 5"
    assert lines[-1] == "valid until 2027-06-30"
    assert not [name for (name,) in names if name in note]


def test_a_house_without_a_number_gets_a_sign_that_names_its_lane(
    village: Village, home: Home, clerk: str
) -> None:
    with village.write() as session:
        session.get_one(Household, home.id).number = ""
    issue(village, clerk, home, dict(EARNED))
    with village.read() as session:
        assert session.query(PrintJob).one().note_lines[1] == "杨桥村 东街"


def test_nobody_is_named_on_the_paper(village: Village, home: Home, clerk: str) -> None:
    issue(village, clerk, home, dict(EARNED))
    with village.read() as session:
        paper = str(session.query(PrintJob).one().payload)
        names = [name for (name,) in session.query(Resident.name)]
    assert names
    assert not [name for name in names if name in paper]


def test_serials_count_up_within_the_quarter(village: Village, home: Home, clerk: str) -> None:
    found = [issue(village, clerk, home, dict(EARNED)) for _ in range(3)]
    assert found == ["S26Q4-0001", "S26Q4-0002", "S26Q4-0003"]


def test_a_new_sign_replaces_the_one_before(village: Village, home: Home, clerk: str) -> None:
    first = issue(village, clerk, home, dict(EARNED))
    second = issue(village, clerk, home, {"courtyard": 4})
    with village.read() as session:
        found = {each.serial: each.ended_why for each in session.query(DoorSign)}
    assert found == {first: "replaced", second: ""}


def test_the_same_touch_issues_one_sign(village: Village, home: Home, clerk: str) -> None:
    touch = new_touch_id()
    first = door_signs.issue(village, clerk, home.id, dict(EARNED), "A5", touch)
    assert door_signs.issue(village, clerk, home.id, dict(EARNED), "A5", touch) == first
    with village.read() as session:
        assert session.query(DoorSign).count() == session.query(PrintJob).count() == 1


def test_every_adult_must_agree_and_the_refusal_only_counts(
    village: Village, street: Street, clerk: str
) -> None:
    home = street.house(date(1956, 3, 1), date(1958, 8, 9), CHILD)
    street.rate(home.id, EARNED)
    street.agree(home.people[0])
    with pytest.raises(ExpectedError) as refused:
        issue(village, clerk, home, dict(EARNED))
    assert (refused.value.code, refused.value.values) == ("sign_not_agreed", (1, 2))
    said = refused.value.sentence(village.catalogue, "zh")
    assert "林" not in said


def test_a_consent_withdrawn_stops_the_next_sign(village: Village, home: Home, clerk: str) -> None:
    with writing(village) as work:
        first = work.session.query(Consent).filter_by(resident_id=home.people[0]).one()
        first.withdrawn_at = work.now
    assert refusal(village, clerk, home, dict(EARNED)) == "sign_not_agreed"


@pytest.mark.parametrize(
    "shown", [{"rules": 5}, {"good_faith": 1}, {"courtyard": 0}, {"courtyard": -1}, {"piety": 3}]
)
def test_no_sign_shows_more_than_was_earned(
    village: Village, home: Home, clerk: str, shown: dict[str, int | None]
) -> None:
    assert refusal(village, clerk, home, shown) == "sign_more_than_earned"


def test_contested_stars_are_not_shown(
    village: Village, street: Street, home: Home, clerk: str
) -> None:
    street.contest(home.id, "courtyard")
    assert refusal(village, clerk, home, {"courtyard": 5}) == "sign_more_than_earned"


def test_a_sign_may_show_nothing_at_all(village: Village, home: Home, clerk: str) -> None:
    assert issue(village, clerk, home, {}) == "S26Q4-0001"


def test_a_household_without_stars_has_no_sign(
    village: Village, street: Street, clerk: str
) -> None:
    home = street.house()
    street.agree(*home.people)
    assert refusal(village, clerk, home, {}) == "sign_not_rated"


@pytest.mark.parametrize("role", [(), ("keeper",)])
def test_only_clerks_and_officers_issue_signs(
    village: Village, street: Street, home: Home, role: tuple[str, ...]
) -> None:
    other = street.sign_in(street.house().people[0], *role)
    assert refusal(village, other, home, dict(EARNED)) == "not_allowed"


def test_a_sign_holds_as_long_as_the_oldest_stars_on_it(
    village: Village, street: Street, clerk: str
) -> None:
    home = street.house()
    street.agree(*home.people)
    street.rate(home.id, {"courtyard": 5}, 2026, 3)
    street.rate(home.id, {"rules": 4}, 2026, 4)
    issue(village, clerk, home, {"courtyard": 5, "rules": 4})
    issue(village, clerk, home, {"rules": 4})
    with village.read() as session:
        found = [each.valid_until for each in session.query(DoorSign).order_by(DoorSign.id)]
    assert found == [date(2027, 3, 31), date(2027, 6, 30)]


def test_taking_down_ends_the_sign_and_keeps_no_reason(
    village: Village, home: Home, clerk: str
) -> None:
    serial = issue(village, clerk, home, dict(EARNED))
    touch = new_touch_id()
    assert door_signs.take_down(village, clerk, home.id, touch) == serial
    assert door_signs.take_down(village, clerk, home.id, touch) == serial
    with village.read() as session:
        assert session.query(DoorSign).one().ended_why == "taken_down"
        entry = session.query(LedgerEntry).filter_by(kind="sign_taken_down").one()
        content = log.content_of(session, entry.index)
    assert content is not None
    assert set(content) == {"serial", "household", "by"}


def test_one_adult_who_withdraws_ends_the_sign_at_once(
    village: Village, street: Street, home: Home, clerk: str
) -> None:
    issue(village, clerk, home, dict(EARNED))
    person = street.sign_in(home.people[1])
    consent_choices.withdraw(village, person, "household_sign", new_touch_id())
    with village.read() as session:
        assert session.query(DoorSign).one().ended_why == "taken_down"


def test_nothing_in_the_ledger_marks_that_fewer_stars_were_shown(
    village: Village, home: Home, clerk: str
) -> None:
    issue(village, clerk, home, {"courtyard": 2})
    with village.read() as session:
        entry = session.query(LedgerEntry).filter_by(kind="door_sign").one()
        content = log.content_of(session, entry.index)
    assert content is not None
    assert set(content) == {"serial", "household", "shown", "valid_until", "replaces", "by"}


def test_looking_at_a_household_is_seen_by_everyone_in_it(
    village: Village, home: Home, clerk: str
) -> None:
    found = door_signs.sign_view(village, clerk, home.id)
    assert found.agreed
    assert (found.agreed_adults, found.adults) == (2, 2)
    assert found.earned == EARNED
    assert (found.year, found.quarter, found.valid_until) == (2026, 4, date(2027, 6, 30))
    with village.read() as session:
        looks = {(each.subject_id, each.purpose) for each in session.query(RecordView)}
    assert looks == {(each, "print_sign") for each in home.people}


def test_the_view_knows_the_sign_in_force_and_its_print(
    village: Village, home: Home, clerk: str
) -> None:
    issued = door_signs.issue(village, clerk, home.id, dict(EARNED), "A5", new_touch_id())
    found = door_signs.sign_view(village, clerk, home.id)
    assert (found.current_serial, found.current_job) == (issued.serial, issued.print_job_id)


def test_a_preview_says_that_it_is_one_and_books_nothing(
    village: Village, home: Home, clerk: str
) -> None:
    door_signs.sign_view(village, clerk, home.id)
    pdf = door_signs.preview_pdf(village, clerk, home.id, {"courtyard": 3}, "A5")
    assert pdf.startswith(b"%PDF")
    assert "样张" in pdf_text(pdf)
    with village.read() as session:
        assert session.query(DoorSign).count() == session.query(PrintJob).count() == 0


def test_a_preview_is_not_a_way_round_the_record_of_looks(
    village: Village, home: Home, clerk: str, clock: SettableClock
) -> None:
    with pytest.raises(ExpectedError) as refused:
        door_signs.preview_pdf(village, clerk, home.id, {"courtyard": 3}, "A5")
    assert refused.value.code == "not_allowed"


def pdf_text(pdf: bytes) -> str:
    from io import BytesIO

    from pypdf import PdfReader

    return PdfReader(BytesIO(pdf)).pages[0].extract_text()


def shown_by_default(village: Village, clerk: str, home: Home) -> dict[str, int]:
    return door_signs.sign_view(village, clerk, home.id).shown


def test_fewer_stars_stay_chosen_until_the_household_shows_them_all(
    village: Village, street: Street, home: Home, clerk: str
) -> None:
    assert shown_by_default(village, clerk, home) == EARNED
    issue(village, clerk, home, {"courtyard": 4, "rules": 4, "recycling": None, "family_spirit": 5})
    fewer = {"courtyard": 4, "rules": 4, "family_spirit": 5}
    assert shown_by_default(village, clerk, home) == fewer
    issue(village, clerk, home, dict(fewer))
    assert shown_by_default(village, clerk, home) == fewer
    issue(village, clerk, home, dict(EARNED))
    assert shown_by_default(village, clerk, home) == EARNED


def test_what_was_chosen_holds_for_the_stars_of_the_next_quarter(
    village: Village, street: Street, clerk: str
) -> None:
    home = street.house()
    street.agree(*home.people)
    street.rate(home.id, {"courtyard": 5, "rules": 5, "good_faith": 4}, 2026, 3)
    issue(village, clerk, home, {"courtyard": 3, "rules": 5})
    street.rate(home.id, {"courtyard": 4, "rules": 4, "recycling": 2, "good_faith": 5}, 2026, 4)
    issued = sign_batch.issue_due(village, clerk, "A5")
    assert len(issued) == 1
    with village.read() as session:
        (sign,) = session.query(DoorSign).filter_by(serial=issued[0].serial)
        assert sign.shown == {"courtyard": 3, "rules": 4, "recycling": 2}


def test_a_household_that_took_its_sign_down_gets_none_in_bulk(
    village: Village, street: Street, clerk: str
) -> None:
    home, other = street.house(), street.house()
    for each in (home, other):
        street.agree(*each.people)
        street.rate(each.id, {"courtyard": 5}, 2026, 3)
        issue(village, clerk, each, {"courtyard": 5})
    door_signs.take_down(village, clerk, home.id, new_touch_id())
    for each in (home, other):
        street.rate(each.id, {"courtyard": 5}, 2026, 4)
    (issued,) = sign_batch.issue_due(village, clerk, "A5")
    with village.read() as session:
        (sign,) = session.query(DoorSign).filter_by(serial=issued.serial)
        assert sign.household_id == other.id


def test_the_view_says_whether_the_sign_on_the_door_is_of_the_newest_stars(
    village: Village, street: Street, clerk: str
) -> None:
    home = street.house()
    street.agree(*home.people)
    street.rate(home.id, {"courtyard": 5}, 2026, 3)
    assert not door_signs.sign_view(village, clerk, home.id).up_to_date
    issue(village, clerk, home, {"courtyard": 4})
    view = door_signs.sign_view(village, clerk, home.id)
    assert (view.up_to_date, view.on_the_door, view.shown) == (True, {"courtyard": 4}, view.shown)
    assert view.shown == {"courtyard": 4}
    street.rate(home.id, {"courtyard": 5}, 2026, 4)
    assert not door_signs.sign_view(village, clerk, home.id).up_to_date


def test_what_is_not_shown_and_what_was_not_rated_are_told_apart_on_paper(
    village: Village, home: Home, clerk: str
) -> None:
    issue(village, clerk, home, {**EARNED, "recycling": None})
    with village.read() as session:
        lines = session.query(PrintJob).one().payload["dimensions"]
    told = {each["key"]: (each["stars"], each["rated"]) for each in lines}
    assert told["recycling"] == (None, True)
    assert told["good_faith"] == (None, False)
