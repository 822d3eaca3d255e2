"""What becomes of a letter when its person is gone."""

from __future__ import annotations

from kiosk.models.letters import Letter
from kiosk.models.printing import PrintJob
from kiosk.services.check.papers import check_paper
from kiosk.services.my_data import erasure
from kiosk.services.work import writing
from tests.services.letters.conftest import Post
from tests.worlds.leaving import leave


def test_with_its_person_the_letter_and_its_words_go_and_a_sheet_of_it_counts_no_more(
    post: Post,
) -> None:
    reference = post.issue(post.draft(to="村小学"))
    code = post.printed(reference)
    leave(post.hamlet.village, post.hamlet.sign("A"))
    with post.hamlet.village.read() as session:
        assert session.query(Letter).count() == 0
        assert session.query(PrintJob).filter_by(reference=reference).count() == 0
    assert check_paper(post.hamlet.village, code).verdict == "revoked"


def test_with_a_death_it_goes_as_well(post: Post) -> None:
    code = post.printed(post.issue())
    hamlet = post.hamlet
    with writing(hamlet.village) as work:
        erasure.erase_who_is_gone(work, hamlet.people["A"], erasure.DIED, hamlet.people["Z"])
    with hamlet.village.read() as session:
        assert session.query(Letter).count() == 0
    assert check_paper(hamlet.village, code).verdict == "revoked"


def test_the_number_of_a_letter_is_not_given_twice(post: Post) -> None:
    gone = post.issue()
    code = post.printed(gone)
    leave(post.hamlet.village, post.hamlet.sign("A"))
    post.hamlet.consent([post.hamlet.people["B"]], "letter")
    assert post.issue(letter="B") != gone
    assert check_paper(post.hamlet.village, code).verdict == "revoked"
