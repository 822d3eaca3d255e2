from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from kiosk.core.houses import House
from kiosk.core.ids import new_touch_id
from kiosk.models.ledger import LedgerEntry
from kiosk.models.register import Resident
from kiosk.services.access.views import views_of
from kiosk.services.ledger import log
from kiosk.services.my_data import corrections, data_copy
from kiosk.services.register.people import declare_relative
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet
from tests.services.my_data.data_copy_schema import breaches

Code = Callable[..., str]
SAID = "看过户口本了。"


def ask(hamlet: Hamlet, letter: str, what: corrections.What, words: str) -> int:
    return corrections.ask_correction(
        hamlet.village, hamlet.sign(letter), what, words, new_touch_id()
    )


def correct(hamlet: Hamlet, clerk: str, request: int, value: str, sentence: str = SAID) -> None:
    corrections.correct(hamlet.village, clerk, request, value, sentence, new_touch_id())


def decline(
    hamlet: Hamlet, clerk: str, request: int, reason: str = "papers", sentence: str = SAID
) -> None:
    corrections.decline_correction(hamlet.village, clerk, request, reason, sentence, new_touch_id())


def person(hamlet: Hamlet, letter: str) -> Resident:
    with hamlet.village.read() as session:
        found = session.get_one(Resident, hamlet.people[letter])
        session.expunge_all()
        return found


def test_a_clerk_corrects_what_was_asked_for_and_the_person_reads_it(hamlet: Hamlet) -> None:
    request = ask(hamlet, "A", "name", "名字写错了")
    clerk = hamlet.sign("Z", "clerk")
    (line,) = corrections.corrections_waiting(hamlet.village, clerk)
    assert (line.person_name, line.words) == ("林A", "")
    line = corrections.open_correction(hamlet.village, clerk, request).line
    assert (line.person_name, line.words) == ("林A", "名字写错了")
    correct(hamlet, clerk, request, "林爱", "照身份证改过来了。")
    (mine,) = corrections.my_corrections(hamlet.village, hamlet.sign("A"))
    assert (mine.state, mine.reason, mine.sentence) == ("done", "", "照身份证改过来了。")
    assert (person(hamlet, "A").name, person(hamlet, "A").pinyin) == ("林爱", "lín ài")
    assert corrections.corrections_waiting(hamlet.village, clerk) == ()


def test_the_log_has_of_a_request_and_its_answer_all_but_the_words(hamlet: Hamlet) -> None:
    request = ask(hamlet, "A", "name", "名字写错了")
    decline(hamlet, hamlet.sign("Z", "clerk"), request, "not_shown", SAID)
    with hamlet.village.read() as session:
        kinds = ("correction_requested", "correction")
        indexes = select(LedgerEntry.index).where(LedgerEntry.kind.in_(kinds))
        asked, answered = log.contents_of(session, indexes).values()
    about = {"request": request, "resident": hamlet.people["A"], "what": "name"}
    assert asked == about | {"words_digest": hashlib.sha256("名字写错了".encode()).hexdigest()}
    assert answered == about | {
        "state": "declined",
        "reason": "not_shown",
        "sentence_digest": hashlib.sha256(SAID.encode()).hexdigest(),
        "by": hamlet.people["Z"],
    }


def test_a_no_carries_a_listed_reason_and_a_sentence_and_changes_nothing(
    hamlet: Hamlet, refused: Code
) -> None:
    request = ask(hamlet, "A", "name", "名字写错了")
    clerk = hamlet.sign("Z", "clerk")
    for reason, sentence, code in (
        ("", SAID, "reason_missing"),
        ("because", SAID, "reason_missing"),
        ("papers", "不", "sentence_missing"),
    ):
        assert refused(decline, hamlet, clerk, request, reason, sentence) == code
    decline(hamlet, clerk, request, "not_shown", "请带户口本来一次。")
    (mine,) = corrections.my_corrections(hamlet.village, hamlet.sign("A"))
    assert (mine.state, mine.reason, mine.sentence) == (
        "declined", "not_shown", "请带户口本来一次。",
    )  # fmt: skip
    assert person(hamlet, "A").name == "林A"
    with hamlet.village.read() as session:
        last = log.content_of(session, log.head(session).size - 1)
    assert last is not None
    assert (last["state"], last["reason"]) == ("declined", "not_shown")


@pytest.mark.parametrize("reason", corrections.DECLINE_REASONS)
def test_every_listed_reason_has_its_words(sqlite_hamlet: Hamlet, reason: str) -> None:
    for language in ("zh", "en"):
        words = sqlite_hamlet.village.catalogue.text(f"rights.decline_{reason}", language)
        assert len(words) > 5


def test_the_page_shows_what_is_held_now_and_the_person_sees_one_look(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    with hamlet.village.write() as session:
        session.get_one(Resident, hamlet.people["A"]).phone = "0571 8800"
    held = {"name": "林A", "born_on": "1956-03-01", "phone": "0571 8800", "house": "河埠路1号"}
    requests = {what: ask(hamlet, "A", what, "写得不对") for what in corrections.CORRECTABLE}
    clerk = hamlet.sign("Z", "clerk")
    for what, request in requests.items():
        page = corrections.open_correction(hamlet.village, clerk, request)
        assert (page.held, page.house) == (held.get(what, ""), House("河埠路", "1"))
        corrections.open_correction(hamlet.village, clerk, request)
    correct(hamlet, clerk, requests["phone"], "0571 8801")
    (look,) = views_of(hamlet.village, hamlet.sign("A"))
    assert (look.viewer_name, look.purpose) == ("林Z", "correct_register")


def test_requests_are_listed_oldest_first(sqlite_hamlet: Hamlet) -> None:
    asked = [ask(sqlite_hamlet, letter, "other", "写得不对") for letter in "CAB"]
    clerk = sqlite_hamlet.sign("Z", "clerk")
    waiting = corrections.corrections_waiting(sqlite_hamlet.village, clerk)
    assert [line.request_id for line in waiting] == asked


def test_a_month_of_birth_is_shown_as_that_until_its_day_is_written(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    with hamlet.village.write() as session:
        someone = session.get_one(Resident, hamlet.people["A"])
        someone.born_on, someone.born_day_known = date(1956, 3, 31), False
    copy = json.loads(data_copy.copy_json(data_copy.data_copy(hamlet.village, hamlet.sign("A"))))
    assert copy["person"]["born_on"] == "1956-03"
    assert list(breaches(copy)) == []
    request = ask(hamlet, "A", "born_on", "我是三月初一生的")
    clerk = hamlet.sign("Z", "clerk")
    assert corrections.open_correction(hamlet.village, clerk, request).held == "1956-03"
    correct(hamlet, clerk, request, "1956-03-01")
    assert (person(hamlet, "A").born_on, person(hamlet, "A").born_day_known) == (
        date(1956, 3, 1),
        True,
    )


@pytest.mark.parametrize("written", ["1960-02-03", "1960.2.3", "19600203", "1960年2月3日"])
def test_a_day_of_birth_is_read_as_people_write_it(sqlite_hamlet: Hamlet, written: str) -> None:
    request = ask(sqlite_hamlet, "A", "born_on", "生日不对")
    correct(sqlite_hamlet, sqlite_hamlet.sign("Z", "clerk"), request, written)
    assert person(sqlite_hamlet, "A").born_on == date(1960, 2, 3)


def test_a_wrong_value_a_second_answer_and_ones_own_or_familys_request_are_refused(
    sqlite_hamlet: Hamlet, refused: Code
) -> None:
    hamlet = sqlite_hamlet
    clerk = hamlet.sign("Z", "clerk")
    with writing(hamlet.village) as work:
        declare_relative(work, hamlet.people["C"], hamlet.people["Z"])
    request = ask(hamlet, "A", "born_on", "生日不对")
    phone = ask(hamlet, "A", "phone", "电话换了")
    own = ask(hamlet, "Z", "born_on", "生日不对")
    family = ask(hamlet, "C", "born_on", "生日不对")
    day = "1960-02-03"
    for number, value, sentence, code in (
        (request, "去年", SAID, "correction_value"),
        (request, "", SAID, "correction_value"),
        (request, "1960-02-30", SAID, "correction_value"),
        (request, "2026-11-24", SAID, "correction_value"),
        (request, "1850-01-01", SAID, "correction_value"),
        (request, day, "好", "sentence_missing"),
        (phone, " ", SAID, "correction_value"),
        (phone, "330106195603011234", SAID, "words_refused"),
        (own, day, SAID, "own_correction"),
        (family, day, SAID, "own_correction"),
        (9999, day, SAID, "request_unknown"),
    ):
        assert refused(correct, hamlet, clerk, number, value, sentence) == code
    for number in (own, family):
        opened = refused(corrections.open_correction, hamlet.village, clerk, number)
        assert opened == "own_correction"
    correct(hamlet, clerk, request, day)
    assert refused(decline, hamlet, clerk, request) == "request_unknown"
    for letter, role in (("Y", "officer"), ("C", "keeper")):
        official = hamlet.sign(letter, role)
        for door in (corrections.corrections_waiting, corrections.open_correction):
            more = () if door is corrections.corrections_waiting else (phone,)
            assert refused(door, hamlet.village, official, *more) == "not_allowed"
    assert phone in {
        line.request_id for line in corrections.corrections_waiting(hamlet.village, clerk)
    }


def test_a_request_takes_a_telephone_number_and_no_identity_number(
    sqlite_hamlet: Hamlet, refused: Code
) -> None:
    assert ask(sqlite_hamlet, "A", "phone", "应该是 13800138000")
    assert refused(ask, sqlite_hamlet, "A", "other", "身份证 330106195603011234") == (
        "words_refused"
    )


def test_the_same_touch_answers_once(sqlite_hamlet: Hamlet) -> None:
    hamlet, touch = sqlite_hamlet, new_touch_id()
    request = ask(hamlet, "A", "phone", "电话换了")
    clerk = hamlet.sign("Z", "clerk")
    for value in ("0571 8800", "0571 8801"):
        corrections.correct(hamlet.village, clerk, request, value, SAID, touch)
    assert person(hamlet, "A").phone == "0571 8800"
