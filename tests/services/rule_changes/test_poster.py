"""The poster of a change, and the book of every day, come out of the printer and can be checked."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from kiosk.core.catalogue import ENGLISH, Language
from kiosk.core.ids import new_touch_id
from kiosk.models.printing import PrintJob
from kiosk.services.check import kinds, papers
from kiosk.services.printing import queue
from kiosk.services.printing.papers import Order, rendered
from kiosk.services.printing.spooler import print_next
from kiosk.services.rule_changes import poster
from kiosk.services.rule_changes.drafts import Draft
from tests.services.cases.conftest import Hamlet
from tests.services.rule_changes import road
from tests.services.rule_changes.road import ENDED, NEW, OTHER_POINTS

Refused = Callable[..., str]


def job(hamlet: Hamlet) -> PrintJob:
    return hamlet.jobs()[-1]


def said(hamlet: Hamlet) -> str:
    """Every word on the paper that was queued last, without blanks."""
    printed = job(hamlet)
    order = Order(
        paper="rule_poster", media="A4", payload=printed.payload, qr_text=printed.qr_text or "x"
    )
    pdf = rendered(order, "pdf", "rules").pdf
    assert pdf is not None
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return "".join("".join(pages).split())


def test_a_proposal_is_a_poster_with_its_differences_in_both_languages(hamlet: Hamlet) -> None:
    road.propose(hamlet, OTHER_POINTS)
    words = said(hamlet)
    for each in (
        "清理河埠",
        "Cleaningthedocks",
        "–分数:+4",
        "+分数:+6",
        "–Points:+4",
        "+Points:+6",
    ):
        assert each in words
    assert (job(hamlet).paper, job(hamlet).reference) == ("rule_poster", "R1")


@pytest.mark.parametrize(("draft", "word"), [(NEW, "提议新加"), (ENDED, "提议不再用")])
def test_what_is_new_or_ends_says_all_of_the_rule(
    sqlite_hamlet: Hamlet, draft: Draft, word: str
) -> None:
    road.propose(sqlite_hamlet, draft)
    assert word in said(sqlite_hamlet)


def test_the_poster_is_printed_and_its_code_is_the_villages(hamlet: Hamlet) -> None:
    road.propose(hamlet)
    assert print_next(hamlet.village) == 1
    assert queue.state(hamlet.village, job(hamlet).id).phase == "done"
    found = papers.check_paper(hamlet.village, job(hamlet).qr_text)
    assert found.verdict == "genuine"
    assert kinds.read(tuple(job(hamlet).note_lines)) is not None
    assert road.misfits(hamlet) == []


@pytest.mark.parametrize("language", ["zh", ENGLISH])
def test_the_book_of_every_day_can_be_printed(sqlite_hamlet: Hamlet, language: Language) -> None:
    hamlet = sqlite_hamlet
    road.comes_into_force(hamlet, OTHER_POINTS)
    village = hamlet.village
    tomorrow = hamlet.today + timedelta(days=1)
    assert poster.days(village, hamlet.officer("Y")) == (tomorrow, date(2026, 1, 1))
    for day, points in ((tomorrow, "+6"), (date(2026, 1, 1), "+4")):
        touch = new_touch_id()
        first = poster.print_book(village, hamlet.officer("Y"), day, touch, language)
        assert poster.print_book(village, hamlet.officer("Y"), day, touch, language) == first
        words = said(hamlet)
        assert points in words
        assert ("清理河埠" if language == "zh" else "Cleaningthedocks") in words


def test_before_there_were_rules_there_is_no_book(sqlite_hamlet: Hamlet, refused: Refused) -> None:
    asked = (sqlite_hamlet.officer("Y"), date(2020, 1, 1), new_touch_id(), ENGLISH)
    assert refused(poster.print_book, sqlite_hamlet.village, *asked) == "rule_book_empty"
