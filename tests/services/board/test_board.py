"""What stands on the notice board, and the poster of it."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from kiosk.core.catalogue import CHINESE, ENGLISH, Language, catalogue
from kiosk.core.texts import Texts
from kiosk.documents.board_poster import Bar, BoardPart, BoardPoster, board_poster_pdf
from kiosk.services.board import board
from kiosk.services.board.board import HOW
from kiosk.services.village import Village
from tests.services.cases.conftest import Hamlet
from tests.services.rule_changes import road
from tests.services.rule_changes.conftest import hamlet  # noqa: F401 - its people and rule book
from tests.services.rule_changes.road import OTHER_POINTS

A4_HIGH, A3_HIGH = 297, 420


def pages(pdf: bytes) -> list[str]:
    """The words of each page, without blanks."""
    return ["".join(each.extract_text().split()) for each in PdfReader(io.BytesIO(pdf)).pages]


def told(*parts: BoardPart) -> BoardPoster:
    name = Texts({CHINESE: "桥南村", ENGLISH: "South Bridge"})
    return BoardPoster(village=name, language=ENGLISH, title="News", parts=parts, foot="Foot")


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_an_empty_village_has_a_board(sqlite_village: Village, language: Language) -> None:
    words = "".join(pages(board.poster(sqlite_village, language)))
    for name in (*(f"how_{name}" for name, _ in HOW), "no_perks", "drill_none"):
        assert "".join(catalogue().text(f"board.{name}", language).split()) in words
    assert board.board(sqlite_village).round is None


def test_a_change_of_rules_stands_there_and_nobodys_name_does(hamlet: Hamlet) -> None:  # noqa: F811
    assert board.board(hamlet.village).changes == ()
    road.propose(hamlet, OTHER_POINTS)
    (change,) = board.board(hamlet.village).changes
    words = "".join(pages(board.poster(hamlet.village, ENGLISH)))
    assert "".join(change.title.said(ENGLISH).split()) in words
    assert [each for each in hamlet.people if f"林{each}" in words] == []


@pytest.mark.parametrize(("size", "high"), [("A4", A4_HIGH), ("A3", A3_HIGH)])
def test_the_poster_has_the_size_that_was_asked_for(size: board.Size, high: int) -> None:
    (page,) = PdfReader(io.BytesIO(board_poster_pdf(told(), size))).pages
    assert round(float(page.mediabox.height) / 72 * 25.4) == high


def test_a_part_longer_than_a_page_goes_on_and_none_other_is_cut() -> None:
    lines = tuple(f"line{number}end" for number in range(60))
    short = BoardPart(icon="gift", heading="Short", lines=("one", "two"))
    found = pages(
        board_poster_pdf(told(BoardPart(icon="gift", heading="Long", lines=lines), short))
    )
    assert len(found) > 1
    assert all(each in "".join(found) for each in lines)
    (last,) = [each for each in found if "Short" in each]
    assert "onetwo" in last
    assert all("Foot" in each for each in found)


def test_a_very_long_name_is_broken_and_stays_whole() -> None:
    name = "长" * 60
    part = BoardPart(icon="star", heading=name, bars=(Bar(name, 12), Bar("none", 0)))
    assert name in "".join(pages(board_poster_pdf(told(part))))


def test_a_band_of_one_is_said_as_one_and_households_in_tens() -> None:
    said = [catalogue().text("board.band_one", ENGLISH, 3, 130)]
    said.append(catalogue().text("board.band", ENGLISH, 1, 2, 30))
    assert said == ["3 stars: about 130 households", "Stars 1 to 2: about 30 households"]


@pytest.mark.parametrize(("homes", "told"), [(10, 10), (14, 10), (16, 20), (131, 130), (139, 140)])
def test_what_one_total_has_more_than_another_is_nobodys_household(homes: int, told: int) -> None:
    assert board.about(homes) == told
