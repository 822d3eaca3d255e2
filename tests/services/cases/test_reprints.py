"""A second print asks for a purpose, is a look, and is not for every office (charter 8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.models.access import RecordView
from kiosk.models.printing import PrintJob
from kiosk.services.access import views
from kiosk.services.printing import queue
from kiosk.services.printing.archive import archive
from tests.services.cases.conftest import Hamlet

Code = Callable[..., str]


def papers_of_a_concern(hamlet: Hamlet) -> dict[str, int]:
    """B reported A; both officers upheld it; everything came out, an hour ago. Jobs by kind."""
    hamlet.decided_concern("A", "B")
    with hamlet.village.write() as session:
        for job in session.query(PrintJob):
            job.phase = "done"
    hamlet.clock.advance(hours=1)
    return {str(job.payload["kind"]): job.id for job in hamlet.jobs()}


def again(hamlet: Hamlet, session_id: str, job_id: int, purpose: str = "reprint_lost") -> int:
    return queue.print_again(hamlet.village, session_id, job_id, purpose)


def looks(hamlet: Hamlet) -> set[tuple[int, int, str]]:
    with hamlet.village.read() as session:
        return {
            (each.viewer_id, each.subject_id, each.purpose)
            for each in session.query(RecordView)
            if each.purpose.startswith("reprint")
        }


@pytest.mark.parametrize("role", ["clerk", "officer"])
def test_a_decision_printed_again_is_a_look_that_the_person_reads_with_its_purpose(
    hamlet: Hamlet, role: str
) -> None:
    jobs = papers_of_a_concern(hamlet)
    again(hamlet, hamlet.sign("D", role), jobs["decision"], "reprint_not_received")
    first = views.views_of(hamlet.village, hamlet.sign("A"))[0]
    assert (first.viewer_name, first.role, first.purpose) == ("林D", role, "reprint_not_received")
    assert looks(hamlet) == {(hamlet.people["D"], hamlet.people["A"], "reprint_not_received")}


def test_a_receipt_is_its_reporters_who_sees_the_look_as_well(sqlite_hamlet: Hamlet) -> None:
    jobs = papers_of_a_concern(sqlite_hamlet)
    again(sqlite_hamlet, sqlite_hamlet.sign("D", "clerk"), jobs["receipt"])
    people = sqlite_hamlet.people
    assert looks(sqlite_hamlet) == {
        (people["D"], people["A"], "reprint_lost"),
        (people["D"], people["B"], "reprint_lost"),
    }


@pytest.mark.parametrize("kind", ["receipt", "decision"])
@pytest.mark.parametrize("roles", [("keeper",), ()])
def test_the_keeper_has_no_paper_of_a_case_again_nor_has_a_resident(
    hamlet: Hamlet, refused: Code, kind: str, roles: tuple[str, ...]
) -> None:
    jobs = papers_of_a_concern(hamlet)
    before = len(hamlet.jobs())
    assert refused(again, hamlet, hamlet.sign("D", *roles), jobs[kind]) == "not_allowed"
    assert looks(hamlet) == set()
    assert len(hamlet.jobs()) == before


@pytest.mark.parametrize("purpose", ["", "curiosity", "print_sign", "decide_case"])
def test_without_a_purpose_from_the_list_nothing_is_printed(
    sqlite_hamlet: Hamlet, refused: Code, purpose: str
) -> None:
    jobs = papers_of_a_concern(sqlite_hamlet)
    clerk = sqlite_hamlet.sign("D", "clerk")
    assert refused(again, sqlite_hamlet, clerk, jobs["decision"], purpose) == "purpose_missing"
    assert looks(sqlite_hamlet) == set()


@pytest.mark.parametrize("letter", ["A", "a", "B"])
def test_nobody_prints_the_paper_of_their_own_case_or_familys_as_an_official(
    sqlite_hamlet: Hamlet, refused: Code, letter: str
) -> None:
    jobs = papers_of_a_concern(sqlite_hamlet)
    clerk = sqlite_hamlet.sign(letter, "clerk")
    assert refused(again, sqlite_hamlet, clerk, jobs["receipt"]) == "own_paper"


def test_a_paper_that_failed_is_tried_again_by_whoever_asked_for_it_and_by_nobody_else(
    sqlite_hamlet: Hamlet, refused: Code
) -> None:
    hamlet = sqlite_hamlet
    reporter = hamlet.sign("A")
    hamlet.hand_in("A", "A", "help", session_id=reporter)
    (job,) = hamlet.jobs()
    with hamlet.village.write() as session:
        session.get_one(PrintJob, job.id).phase = "failed"
    hamlet.clock.advance(seconds=timedelta(minutes=1).seconds)
    assert refused(again, hamlet, hamlet.sign("C"), job.id) == "not_allowed"
    assert refused(again, hamlet, hamlet.sign("D", "keeper"), job.id) == "not_allowed"
    assert again(hamlet, reporter, job.id, "") == job.id
    assert looks(hamlet) == set()


def test_the_list_has_one_line_a_paper_with_what_it_is_and_no_house_of_a_case(
    hamlet: Hamlet,
) -> None:
    jobs = papers_of_a_concern(hamlet)
    clerk = hamlet.sign("D", "clerk")
    copy = again(hamlet, clerk, jobs["decision"])
    lines = archive(hamlet.village, clerk)
    assert lines[0].kind == "decision"
    assert len(lines) == len(jobs)
    newest = lines[0]
    assert (newest.job.job_id, newest.prints, newest.job.duplicate) == (copy, 2, True)
    assert newest.asked_at == hamlet.clock.now()
    assert {(line.about, line.lane, line.number) for line in lines} == {("case", "", "")}


def test_the_keepers_list_offers_no_paper_of_a_case(sqlite_hamlet: Hamlet, refused: Code) -> None:
    papers_of_a_concern(sqlite_hamlet)
    lines = archive(sqlite_hamlet.village, sqlite_hamlet.sign("D", "keeper"))
    assert lines
    assert not any(line.again for line in lines)
    assert refused(archive, sqlite_hamlet.village, sqlite_hamlet.sign("D")) == "not_allowed"
