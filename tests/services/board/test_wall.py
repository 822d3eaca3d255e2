"""The thank-you wall on the poster: who asked to be on it, and nobody else."""

from __future__ import annotations

import io

from pypdf import PdfReader

from kiosk.core.catalogue import CHINESE
from kiosk.core.ids import new_touch_id
from kiosk.services.board import board
from kiosk.services.thanks import giving
from tests.services.cases.conftest import Hamlet
from tests.services.thanks.conftest import hamlet  # noqa: F401 - with the shipped rule book


def words(hamlet: Hamlet) -> str:  # noqa: F811
    pdf = PdfReader(io.BytesIO(board.poster(hamlet.village, CHINESE)))
    return "".join("".join(each.extract_text().split()) for each in pdf.pages)


def test_who_is_thanked_is_named_once_they_wish_it_and_who_thanks_never(
    hamlet: Hamlet,  # noqa: F811
) -> None:
    seat = hamlet.sign("A")
    made = giving.say(hamlet.village, seat, hamlet.people["B"], "harvest", new_touch_id(), CHINESE)
    hamlet.accept("B", made.case_id)
    hamlet.decide("Y", made.case_id)
    assert "林" not in words(hamlet)
    hamlet.consent([hamlet.people["B"]], "thank_you_wall")
    found = words(hamlet)
    assert found.count("林B：") == 1
    assert "林A" not in found
