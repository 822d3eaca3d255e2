"""The village's own places and sentences: written, put otherwise, ended; the gate reads them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from kiosk.core.ids import new_touch_id
from kiosk.services.audit.tables import check_tables
from kiosk.services.cases import submit
from kiosk.services.hall import words
from kiosk.services.rulebook.whereabouts import EVERYWHERE
from kiosk.services.work import reading
from tests.services.cases.conftest import Hamlet

Refused = Callable[..., str]
EVERY = (*("docks_south", "docks_north"), *EVERYWHERE)
"""What this village's settings name, and the places of every village."""


def write(hamlet: Hamlet, what: words.What, chinese: str, english: str = "") -> None:
    clerk = hamlet.sign("Z", "clerk")
    words.write_down(hamlet.village, clerk, what, chinese, english, new_touch_id())


def lines(hamlet: Hamlet) -> tuple[words.WordLine, ...]:
    return words.words(hamlet.village, hamlet.sign("Z", "clerk"))


def handed_in_at(hamlet: Hamlet, place: str) -> int:
    form = dataclasses.replace(hamlet.form("A", "A", "help"), place=place)
    return submit.hand_in(hamlet.village, form).case_id


def test_a_case_keeps_the_words_of_its_day(hamlet: Hamlet, refused: Refused) -> None:
    write(hamlet, "place", "老榕树下", "Under the banyan")
    name = "老榕树下 / Under the banyan"
    assert words.offered(hamlet.village).places[0] == name
    case_id = handed_in_at(hamlet, name)
    line = lines(hamlet)[-1]
    asked = (hamlet.village, hamlet.sign("Z", "clerk"), line.word_id or 0)
    words.put_otherwise(*asked, "榕树广场", "", new_touch_id())
    assert words.offered(hamlet.village).places[0] == "榕树广场"
    assert hamlet.case(case_id).place == name
    assert refused(handed_in_at, hamlet, name) == "place_over"
    words.end(*asked, new_touch_id())
    assert words.offered(hamlet.village).places == EVERY
    assert refused(words.end, *asked, new_touch_id()) == "word_over"
    with reading(hamlet.village) as work:
        found = check_tables(work).findings
    assert not [each for each in found if each.name.startswith("own_word")]


def test_sentences_are_offered_for_their_kind(hamlet: Hamlet) -> None:
    write(hamlet, "deed", "扫了埠头的石阶")
    offered = words.offered(hamlet.village)
    assert (offered.sentences("deed"), offered.sentences("concern")) == (("扫了埠头的石阶",), ())


@pytest.mark.parametrize(
    ("chinese", "english", "code"),
    [
        ("", "Hall", "word_unclear"),
        ("  ", "", "word_unclear"),
        ("东/西", "", "word_unclear"),
        ("在教堂里做礼拜", "", "words_refused"),
        ("广场", "going to church on Sunday", "words_refused"),
        ("很" * 41, "", "word_too_long"),
    ],
)
def test_what_cannot_be_a_place_is_refused(
    hamlet: Hamlet, refused: Refused, chinese: str, english: str, code: str
) -> None:
    assert refused(write, hamlet, "place", chinese, english) == code
    assert words.offered(hamlet.village).places == EVERY


def test_no_two_are_called_alike_and_there_are_not_too_many(
    hamlet: Hamlet, refused: Refused
) -> None:
    for each in range(words.MOST):
        write(hamlet, "place", f"{each}号埠头")
    assert refused(write, hamlet, "place", "0号埠头") == "words_too_many"
    write(hamlet, "deed", "扫了埠头")
    assert refused(write, hamlet, "deed", "扫了埠头", "Swept") == "word_twice"


def test_villagers_and_the_keeper_keep_no_words(hamlet: Hamlet, refused: Refused) -> None:
    for session in (hamlet.sign("A"), hamlet.sign("Z", "keeper")):
        asked = (hamlet.village, session, "place", "榕树下", "", new_touch_id())
        assert refused(words.write_down, *asked) == "not_allowed"
