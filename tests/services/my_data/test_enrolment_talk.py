from __future__ import annotations

from datetime import date

import pytest

from kiosk.core.catalogue import catalogue
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.enrolment import EnrolmentTalk
from kiosk.services.enrolment import explanation, joining
from kiosk.services.ledger import log
from tests.services.cases.conftest import Hamlet

WRONG = (("stay_out", "loses"), ("who_sees", "me"), ("leave", "any_time"))


@pytest.fixture
def newcomer(sqlite_hamlet: Hamlet) -> int:
    sqlite_hamlet.add("N", enrolled=False)
    return sqlite_hamlet.people["N"]


def test_nobody_joins_before_the_text_was_read_and_understood(
    sqlite_hamlet: Hamlet, newcomer: int
) -> None:
    village, clerk = sqlite_hamlet.village, sqlite_hamlet.sign("Z", "clerk")

    def enrol(**more: object) -> joining.Enrolment:
        return joining.enrol(village, clerk, newcomer, ("number",), new_touch_id(), **more)  # type: ignore[arg-type]

    for more, code in (
        ({}, "not_understood"),
        ({"answers": explanation.UNDERSTOOD}, "not_read_aloud"),
        ({"read_aloud": True, "answers": WRONG}, "not_understood"),
        ({"read_aloud": True, "answers": WRONG[:2]}, "questions_missing"),
    ):
        with pytest.raises(ExpectedError, match=code):
            enrol(**more)
    assert enrol(read_aloud=True, answers=(*WRONG, ("stay_out", "nothing"))).purposes == ("number",)


def test_a_misunderstanding_is_explained_and_both_answers_are_kept_as_given(
    sqlite_hamlet: Hamlet, newcomer: int
) -> None:
    village, clerk = sqlite_hamlet.village, sqlite_hamlet.sign("Z", "clerk")
    first = explanation.talk(village, clerk, newcomer, True, WRONG, new_touch_id())
    assert (first.understood, first.explain) == (False, ("stay_out",))
    again = (*WRONG, ("stay_out", "unsure"), ("stay_out", "nothing"))
    assert explanation.talk(village, clerk, newcomer, True, again, new_touch_id()).understood
    with village.read() as session:
        talks = session.query(EnrolmentTalk).order_by(EnrolmentTalk.id).all()
        assert talks[1].answers[-2:] == [
            ["stay_out", "unsure", False],
            ["stay_out", "nothing", True],
        ]
        written = log.content_of(session, talks[1].ledger_index)
        assert written is not None
        assert written["answers"] == talks[1].answers
    assert joining.enrol(village, clerk, newcomer, ("number",), new_touch_id()).purposes


def test_a_talk_about_an_older_text_is_no_talk_about_this_one(
    sqlite_hamlet: Hamlet, newcomer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    village, clerk = sqlite_hamlet.village, sqlite_hamlet.sign("Z", "clerk")
    explanation.talk(village, clerk, newcomer, True, explanation.UNDERSTOOD, new_touch_id())
    from kiosk.services.consent import consents

    monkeypatch.setattr(consents, "CONSENT_TEXT_VERSION", 2)
    with pytest.raises(ExpectedError, match="not_understood"):
        joining.enrol(village, clerk, newcomer, ("number",), new_touch_id())


def test_the_practice_record_is_nobodys_and_stores_nothing(sqlite_hamlet: Hamlet) -> None:
    with sqlite_hamlet.village.read() as session:
        before = log.head(session)
    record = explanation.practice_record(date(2026, 11, 23), catalogue())
    assert record.number == record.base + sum(line.points for line in record.lines) == 67
    assert record.number == record.base + record.deeds + record.stars - record.concerns
    assert all(line.case_id is None for line in record.lines)
    assert "练习" in record.lines[0].title["zh"]
    with sqlite_hamlet.village.read() as session:
        assert log.head(session) == before
