"""The house of a correction is really changed, for whom it says, and an import finds it so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kiosk.core.houses import House
from kiosk.core.ids import new_touch_id
from kiosk.models.consent import Consent
from kiosk.models.register import Household, Resident
from kiosk.models.stars import DoorSign
from kiosk.services.audit.tables import verify_village
from kiosk.services.consent import consents
from kiosk.services.ledger import log
from kiosk.services.my_data import corrections, houses
from kiosk.services.register import people
from kiosk.services.register.importing import plan as importing_plan
from kiosk.services.register.people import declare_relative
from kiosk.services.register.search import search
from kiosk.services.stars import door_signs
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet
from tests.worlds import stars

Code = Callable[..., str]
SAID = "照户口本改好了。"


def ask(hamlet: Hamlet, letter: str = "A", what: corrections.What = "house") -> int:
    words = "门牌不对"
    return corrections.ask_correction(
        hamlet.village, hamlet.sign(letter), what, words, new_touch_id()
    )


def home_of(hamlet: Hamlet, letter: str) -> int:
    with hamlet.village.read() as session:
        return session.get_one(Resident, hamlet.people[letter]).household_id


def move(hamlet: Hamlet, clerk: str, request: int, to: str, sentence: str = SAID) -> None:
    there = home_of(hamlet, to)
    houses.move_person(hamlet.village, clerk, request, there, sentence, new_touch_id())


def plate(hamlet: Hamlet, clerk: str, request: int, written: str, sentence: str = SAID) -> None:
    houses.change_plate(hamlet.village, clerk, request, written, sentence, new_touch_id())


def sign_for(hamlet: Hamlet, letters: str) -> str:
    """The household of `letters` has stars, agreed, and got a sign."""
    stars.by_a_round(hamlet, home_of(hamlet, letters[0]), {"courtyard": 4})
    for letter in letters:
        agree(hamlet, letter)
    home, touch = home_of(hamlet, letters[0]), new_touch_id()
    clerk = hamlet.sign("Z", "clerk")
    return door_signs.issue(hamlet.village, clerk, home, {"courtyard": 4}, "A5", touch).serial


def agree(hamlet: Hamlet, letter: str) -> None:
    with writing(hamlet.village) as work:
        consents.book_consents(work, hamlet.people["Z"], hamlet.people[letter], ("household_sign",))


def ended(hamlet: Hamlet) -> dict[str, str]:
    with hamlet.village.read() as session:
        return {each.serial: each.ended_why for each in session.query(DoorSign)}


def test_a_clerk_writes_a_person_down_in_another_household_where_they_are_found(
    hamlet: Hamlet,
) -> None:
    request, clerk = ask(hamlet), hamlet.sign("Z", "clerk")
    told = houses.preview_move(hamlet.village, clerk, request, home_of(hamlet, "B"))
    assert (told.kind, told.name, told.people) == ("move", "林A", ("林B",))
    assert (told.before, told.after) == (House("河埠路", "1"), House("河埠路", "3"))
    assert home_of(hamlet, "A") != home_of(hamlet, "B")
    move(hamlet, clerk, request, "B")

    assert home_of(hamlet, "A") == home_of(hamlet, "B") != home_of(hamlet, "a")
    (mine,) = corrections.my_corrections(hamlet.village, hamlet.sign("A"))
    assert (mine.state, mine.sentence) == ("done", SAID)
    assert corrections.corrections_waiting(hamlet.village, clerk) == ()
    found = {row.name: row.number for row in search(hamlet.village, "3").rows}
    assert found == {"林A": "3"}
    with hamlet.village.read() as session:
        kinds = [log.content_of(session, index) for index in range(log.head(session).size)][-2:]
    assert kinds[0] == {
        "request": request,
        "resident": hamlet.people["A"],
        "from": home_of(hamlet, "a"),
        "to": home_of(hamlet, "B"),
        "by": hamlet.people["Z"],
    }


def test_the_number_of_everybody_else_stays_and_the_stars_are_the_new_households(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    sign_for(hamlet, "B")
    before = {letter: hamlet.number(letter) for letter in "aBCD"}
    was = hamlet.number("A")
    move(hamlet, hamlet.sign("Z", "clerk"), ask(hamlet), "B")
    assert {letter: hamlet.number(letter) for letter in "aBCD"} == before
    assert hamlet.number("A") == was + 1


@pytest.mark.long
def test_the_sign_of_a_household_with_one_adult_more_ends_and_its_agreement_is_asked_anew(
    hamlet: Hamlet,
) -> None:
    left, joined = sign_for(hamlet, "Aa"), sign_for(hamlet, "B")
    request, clerk = ask(hamlet), hamlet.sign("Z", "clerk")
    told = houses.preview_move(hamlet.village, clerk, request, home_of(hamlet, "B"))
    assert (told.ends_sign_before, told.ends_sign, told.asks_anew) == (False, True, True)
    of_before = verify_village(hamlet.village).findings  # the hamlet's own rows are in no log
    move(hamlet, clerk, request, "B")

    assert ended(hamlet) == {left: "", joined: "outdated"}
    view = door_signs.sign_view(hamlet.village, clerk, home_of(hamlet, "B"))
    assert (view.agreed_adults, view.adults) == (1, 2)
    with hamlet.village.read() as session:
        given = session.query(Consent).filter_by(
            resident_id=hamlet.people["A"], purpose="household_sign", withdrawn_at=None
        )
        assert given.count() == 0
    assert verify_village(hamlet.village).findings == of_before


def test_the_sign_of_a_house_that_is_left_empty_ends(sqlite_hamlet: Hamlet) -> None:
    serial = sign_for(sqlite_hamlet, "B")
    request, clerk = ask(sqlite_hamlet, "B"), sqlite_hamlet.sign("Z", "clerk")
    told = houses.preview_move(sqlite_hamlet.village, clerk, request, home_of(sqlite_hamlet, "A"))
    assert told.ends_sign_before
    move(sqlite_hamlet, clerk, request, "A")
    assert ended(sqlite_hamlet) == {serial: "outdated"}


def test_a_child_ends_no_sign(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    serial = sign_for(hamlet, "B")
    with hamlet.village.write() as session:
        session.get_one(Resident, hamlet.people["a"]).born_on = date(2015, 1, 1)
    move(hamlet, hamlet.sign("Z", "clerk"), ask(hamlet, "a"), "B")
    assert ended(hamlet) == {serial: ""}


@pytest.mark.parametrize("written", ["河埠路1号乙", "河埠路 1号乙"])
def test_a_household_gets_the_plate_that_is_on_its_door(hamlet: Hamlet, written: str) -> None:
    serial = sign_for(hamlet, "Aa")
    request, clerk = ask(hamlet), hamlet.sign("Z", "clerk")
    told = houses.preview_plate(hamlet.village, clerk, request, written)
    assert (told.kind, told.after.words("zh")) == ("plate", "河埠路1号乙")
    assert (told.people, told.ends_sign) == (("林A", "林a"), True)
    plate(hamlet, clerk, request, written)
    found = people.household(hamlet.village, home_of(hamlet, "A"))
    assert House(found.lane, found.number).words("zh") == "河埠路1号乙"
    assert {each.name for each in found.residents} == {"林A", "林a"}
    assert ended(hamlet) == {serial: "outdated"}


def test_the_register_written_like_that_changes_nobody_when_it_is_imported(
    sqlite_hamlet: Hamlet, tmp_path: Path
) -> None:
    hamlet = sqlite_hamlet
    with hamlet.village.write() as session:
        for home in session.query(Household):
            home.code = f"{home.lane}{home.number}"  # the register gives no code
    clerk = hamlet.sign("Z", "clerk")
    move(hamlet, clerk, ask(hamlet, "a"), "C")
    plate(hamlet, clerk, ask(hamlet, "A"), "东街12号乙")
    file = tmp_path / "register.csv"
    lines = ["姓名,地址,出生日期", "林A,东街12号乙,1956-03-01", "林a,河埠路4号,1956-03-01"]
    file.write_text("\n".join(lines), "utf-8")
    plan = importing_plan.plan(hamlet.village, importing_plan.read_register(file))
    assert (plan.added, plan.updated, plan.unchanged) == (0, 0, 2)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("河埠路1号", "same_house"),
        ("河埠路3号", "house_taken"),
        ("", "house_unclear"),
        ("我家", "house_unclear"),
        ("河埠路" + "1" * 40, "house_unclear"),
    ],
)
def test_a_plate_that_is_none_or_anothers_is_refused_and_nothing_is_changed(
    sqlite_hamlet: Hamlet, refused: Code, written: str, code: str
) -> None:
    request, clerk = ask(sqlite_hamlet), sqlite_hamlet.sign("Z", "clerk")
    assert refused(plate, sqlite_hamlet, clerk, request, written) == code
    assert people.household(sqlite_hamlet.village, home_of(sqlite_hamlet, "A")).number == "1"
    assert len(corrections.corrections_waiting(sqlite_hamlet.village, clerk)) == 1


def test_nobody_moves_their_own_family_or_somebody_into_it(
    sqlite_hamlet: Hamlet, refused: Code
) -> None:
    hamlet = sqlite_hamlet
    request = ask(hamlet)
    assert refused(move, hamlet, hamlet.sign("a", "clerk"), request, "B") == "own_correction"
    assert refused(move, hamlet, hamlet.sign("B", "clerk"), request, "B") == "own_correction"
    with writing(hamlet.village) as work:
        declare_relative(work, hamlet.people["C"], hamlet.people["B"])
    assert refused(move, hamlet, hamlet.sign("C", "clerk"), request, "B") == "own_correction"
    with writing(hamlet.village) as work:
        declare_relative(work, hamlet.people["D"], hamlet.people["a"])
    assert refused(plate, hamlet, hamlet.sign("D", "clerk"), request, "东街9号") == "own_correction"
    assert refused(move, hamlet, hamlet.sign("Z", "officer"), request, "B") == "not_allowed"
    assert home_of(hamlet, "A") == home_of(hamlet, "a")


def test_one_person_is_never_made_two_in_a_house(sqlite_hamlet: Hamlet, refused: Code) -> None:
    hamlet = sqlite_hamlet
    with hamlet.village.write() as session:
        session.get_one(Resident, hamlet.people["B"]).name = "林A"
    request, clerk = ask(hamlet), hamlet.sign("Z", "clerk")
    assert refused(move, hamlet, clerk, request, "B") == "namesake_there"
    assert refused(move, hamlet, clerk, request, "a") == "same_house"


def test_a_house_is_never_called_corrected_without_a_change(
    sqlite_hamlet: Hamlet, refused: Code
) -> None:
    hamlet = sqlite_hamlet
    request, clerk = ask(hamlet), hamlet.sign("Z", "clerk")
    call = (hamlet.village, clerk, request, "", SAID, new_touch_id())
    assert refused(corrections.correct, *call) == "correction_value"
    assert refused(move, hamlet, clerk, request, "B", "") == "sentence_missing"
    assert home_of(hamlet, "A") == home_of(hamlet, "a")


@pytest.mark.parametrize("what", ["house", "other"])
def test_what_cannot_be_corrected_here_is_passed_on_stays_open_and_is_answered_later(
    hamlet: Hamlet, what: corrections.What
) -> None:
    request, clerk = ask(hamlet, what=what), hamlet.sign("Z", "clerk")
    corrections.pass_on(hamlet.village, clerk, request, "等新的名册导入。", new_touch_id())
    (waiting,) = corrections.corrections_waiting(hamlet.village, clerk)
    assert (waiting.state, waiting.sentence) == ("passed_on", "等新的名册导入。")
    (mine,) = corrections.my_corrections(hamlet.village, hamlet.sign("A"))
    assert (mine.state, mine.sentence) == ("passed_on", "等新的名册导入。")
    if what == "house":
        move(hamlet, clerk, request, "B")
    else:
        touch = new_touch_id()
        corrections.decline_correction(hamlet.village, clerk, request, "papers", SAID, touch)
    assert corrections.corrections_waiting(hamlet.village, clerk) == ()


def test_the_same_touch_moves_once(sqlite_hamlet: Hamlet) -> None:
    hamlet, touch = sqlite_hamlet, new_touch_id()
    request, clerk = ask(hamlet), hamlet.sign("Z", "clerk")
    for to in "BC":
        houses.move_person(hamlet.village, clerk, request, home_of(hamlet, to), SAID, touch)
    assert home_of(hamlet, "A") == home_of(hamlet, "B")
