"""Article 8: every look by an official at a person's record asks for a purpose and appears, with
name, time and purpose, on that person's own screen."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError

from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.access import RecordView
from kiosk.models.ledger import LedgerEntry
from kiosk.models.register import Household, Resident
from kiosk.services.access import grants, roles, sessions
from kiosk.services.access import views as access_views
from kiosk.services.cases import decide, photos, submit
from kiosk.services.consent import consents
from kiosk.services.enrolment import explanation, joining
from kiosk.services.ledger import log
from kiosk.services.my_data import corrections
from kiosk.services.record import my_record
from kiosk.services.stars import door_signs
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet


def looks_at(hamlet: Hamlet, letter: str) -> list[tuple[str, str, str]]:
    """What the person reads: by whom, in which office, for what."""
    lines = access_views.views_of(hamlet.village, hamlet.sign(letter))
    return [(line.viewer_name, line.role, line.purpose) for line in lines]


def ledger_looks(hamlet: Hamlet) -> list[dict[str, object]]:
    with hamlet.village.read() as session:
        indices = session.query(LedgerEntry.index).filter_by(kind="record_view").all()
        return [log.content_of(session, index) or {} for (index,) in indices]


def test_opening_a_case_is_seen_by_the_person_it_is_about(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("A", "A", "help").case_id
    assert looks_at(hamlet, "A") == []
    decide.open_case(hamlet.village, hamlet.officer("Y"), case_id, "decide_case")
    assert looks_at(hamlet, "A") == [("林Y", "officer", "decide_case")]
    assert looks_at(hamlet, "B") == []


def with_a_photograph(hamlet: Hamlet) -> int:
    picture = io.BytesIO()
    Image.new("RGB", (80, 60), "green").save(picture, "JPEG")
    form = submit.Submission(
        **(vars(hamlet.form("B", "A", "litter")) | {"photos": (picture.getvalue(),)})
    )
    return submit.hand_in(hamlet.village, form).case_id


def test_the_photographs_of_a_case_are_a_look_of_their_own_or_part_of_opening_it(
    hamlet: Hamlet,
) -> None:
    case_id = with_a_photograph(hamlet)
    officer = hamlet.officer("Y")
    for _ in range(2):
        assert len(photos.photos_of(hamlet.village, officer, case_id)) == 1
    assert looks_at(hamlet, "A") == [("林Y", "officer", "decide_case")]
    (look,) = ledger_looks(hamlet)
    assert look["reference"] == hamlet.case(case_id).reference
    hamlet.clock.advance(seconds=1)
    opening = hamlet.officer("Z")
    decide.open_case(hamlet.village, opening, case_id)
    photos.photos_of(hamlet.village, opening, case_id)
    assert len(looks_at(hamlet, "A")) == 2
    hamlet.clock.advance(seconds=1)  # another session is another look
    photos.photos_of(hamlet.village, hamlet.officer("Z"), case_id)
    assert len(looks_at(hamlet, "A")) == 3
    for letter in "AB":  # whose it is, and who took them
        photos.photos_of(hamlet.village, hamlet.sign(letter), case_id)
    assert len(looks_at(hamlet, "A")) == 3


def test_having_looked_at_one_case_of_a_person_is_no_look_at_the_photographs_of_another(
    sqlite_hamlet: Hamlet,
) -> None:
    other = sqlite_hamlet.hand_in("A", "A", "help").case_id
    case_id = with_a_photograph(sqlite_hamlet)
    officer = sqlite_hamlet.officer("Y")
    decide.open_case(sqlite_hamlet.village, officer, other)
    photos.photos_of(sqlite_hamlet.village, officer, case_id)
    assert len(looks_at(sqlite_hamlet, "A")) == 2


def test_the_lists_of_what_waits_say_nothing_that_would_be_a_look(hamlet: Hamlet) -> None:
    hamlet.hand_in("A", "A", "help")
    corrections.ask_correction(
        hamlet.village, hamlet.sign("A"), "phone", "我的号码变了", new_touch_id()
    )
    waiting = decide.queue(hamlet.village, hamlet.officer("Y"))
    asked = corrections.corrections_waiting(hamlet.village, hamlet.sign("Z", "clerk"))
    assert (len(waiting), len(asked)) == (1, 1)
    assert not any(word in repr(waiting) for word in ("林A", "河埠路"))
    assert "号码变了" not in repr(asked)
    assert looks_at(hamlet, "A") == []


def test_looking_twice_is_seen_twice_with_the_time_of_each(sqlite_hamlet: Hamlet) -> None:
    case_id = sqlite_hamlet.hand_in("A", "A", "help").case_id
    times = []
    for _ in range(2):
        sqlite_hamlet.clock.advance(minutes=3)
        times.append(sqlite_hamlet.clock.now())
        decide.open_case(sqlite_hamlet.village, sqlite_hamlet.officer("Y"), case_id, "decide_case")
    views = my_record.opened(sqlite_hamlet.village, sqlite_hamlet.sign("A")).record.views
    assert [view.at for view in views] == times[::-1]


@pytest.mark.parametrize("purpose", ["", "curiosity", "other", "decide_case\n"])
def test_without_a_purpose_from_the_list_nothing_is_shown(
    sqlite_hamlet: Hamlet, purpose: str
) -> None:
    case_id = sqlite_hamlet.hand_in("A", "A", "help").case_id
    with pytest.raises(ExpectedError, match="purpose_missing"):
        decide.open_case(sqlite_hamlet.village, sqlite_hamlet.officer("Y"), case_id, purpose)


def test_there_is_no_purpose_for_everything_else() -> None:
    assert not {"other", "general", "inspection", "check", ""} & set(access_views.PURPOSES)


@pytest.mark.parametrize("role", ["clerk", "keeper"])
def test_who_may_not_decide_cannot_look_in_order_to_decide(
    sqlite_hamlet: Hamlet, role: roles.Role
) -> None:
    case_id = sqlite_hamlet.hand_in("A", "A", "help").case_id
    with pytest.raises(ExpectedError, match="not_allowed"):
        decide.open_case(
            sqlite_hamlet.village, sqlite_hamlet.sign("Y", role), case_id, "decide_case"
        )
    assert looks_at(sqlite_hamlet, "A") == []


def test_the_keeper_has_no_purpose_at_all(sqlite_hamlet: Hamlet) -> None:
    with writing(sqlite_hamlet.village) as work:
        keeper = sessions.require(work, sqlite_hamlet.sign("Z", "keeper"))
        for purpose in access_views.PURPOSES:
            with pytest.raises(ExpectedError, match="not_allowed"):
                access_views.record_view(work, keeper, sqlite_hamlet.people["A"], purpose)


def test_looking_at_a_household_for_its_sign_is_seen_by_all_who_live_there(
    sqlite_hamlet: Hamlet,
) -> None:
    with sqlite_hamlet.village.read() as session:
        home = session.get_one(Resident, sqlite_hamlet.people["A"]).household_id
    door_signs.sign_view(sqlite_hamlet.village, sqlite_hamlet.sign("Z", "clerk"), home)
    for letter in "Aa":
        assert looks_at(sqlite_hamlet, letter) == [("林Z", "clerk", "print_sign")]


def test_the_stars_of_a_household_are_not_shown_before_the_look_stands_written(
    sqlite_hamlet: Hamlet,
) -> None:
    with sqlite_hamlet.village.read() as session:
        home = session.query(Household).filter_by(code="B").one().id
    with pytest.raises(ExpectedError):
        door_signs.preview_pdf(
            sqlite_hamlet.village, sqlite_hamlet.sign("Z", "clerk"), home, {}, "A5"
        )


def test_being_enrolled_and_being_given_a_card_are_seen_too(sqlite_hamlet: Hamlet) -> None:
    sqlite_hamlet.add("N", enrolled=False)
    clerk, person = sqlite_hamlet.sign("Z", "clerk"), sqlite_hamlet.people["N"]
    joining.enrol(
        sqlite_hamlet.village,
        clerk,
        person,
        ("number",),
        new_touch_id(),
        read_aloud=True,
        answers=explanation.UNDERSTOOD,
    )
    grants.issue_card(sqlite_hamlet.village, clerk, person)
    assert [purpose for _, _, purpose in looks_at(sqlite_hamlet, "N")] == ["print_card", "enrol"]


def test_a_look_that_is_wiped_from_the_table_is_still_in_the_ledger(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("A", "A", "help").case_id
    decide.open_case(hamlet.village, hamlet.officer("Y"), case_id, "decide_case")
    with hamlet.village.write() as session:
        session.execute(delete(RecordView))
    reference = hamlet.case(case_id).reference
    about = {"subject": hamlet.people["A"], "purpose": "decide_case", "reference": reference}
    assert ledger_looks(hamlet) == [{"viewer": hamlet.people["Y"], **about}]
    with pytest.raises(DBAPIError, match="append-only"), hamlet.village.write() as session:
        session.execute(delete(LedgerEntry).where(LedgerEntry.kind == "record_view"))


def test_a_look_whose_transaction_failed_showed_nothing_and_left_nothing(
    sqlite_hamlet: Hamlet,
) -> None:
    with pytest.raises(ExpectedError, match="unknown_case"):
        decide.open_case(sqlite_hamlet.village, sqlite_hamlet.officer("Y"), 9_999, "decide_case")
    assert ledger_looks(sqlite_hamlet) == []


def test_nobody_has_a_door_to_somebody_elses_record(sqlite_hamlet: Hamlet) -> None:
    for door in (my_record.opened, access_views.views_of, consents.consents):
        assert door.__code__.co_varnames[: door.__code__.co_argcount] == ("village", "session_id")
