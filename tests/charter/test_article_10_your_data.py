"""Article 10: see it, copy it, have it corrected, pause, leave; the proofs stay valid."""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError

from kiosk.core.ids import new_touch_id
from kiosk.models.ledger import Checkpoint, LedgerContent, LedgerEntry
from kiosk.services.access import grants, sessions
from kiosk.services.audit.log import verify_log
from kiosk.services.check import papers
from kiosk.services.consent import pauses
from kiosk.services.consent.consents import enrolled
from kiosk.services.consent.leaving import DAYS
from kiosk.services.enrolment import explanation, joining
from kiosk.services.my_data import consent_choices, corrections, data_copy, erasure
from kiosk.services.printing import spooler
from kiosk.services.record import my_record
from kiosk.services.work import reading
from tests.services.cases.conftest import Hamlet
from tests.worlds.full_day import WORDS, live_a_full_day
from tests.worlds.leaving import leave


@pytest.mark.long
def test_after_a_full_day_one_can_leave_and_every_slip_before_is_still_genuine(
    hamlet: Hamlet, tmp_path: Path
) -> None:
    live_a_full_day(hamlet, tmp_path)
    village = hamlet.village
    spooler.print_next(village)
    with village.read() as session:
        slips = [note for (note,) in session.query(Checkpoint.note)]
    leave(village, hamlet.sign("A"))
    report = verify_log(village)
    assert report.consistent
    assert report.checkpoints == len(slips)
    for note in slips:
        assert papers.check_paper(village, note).verdict in (
            "genuine",
            "replaced",
            "taken_down",
            "expired",
        )


def test_nobody_can_copy_pause_or_erase_somebody_else() -> None:
    for door in (
        erasure.ask,
        erasure.stay,
        erasure.wish,
        pauses.pause,
        pauses.resume,
        data_copy.data_copy,
        corrections.ask_correction,
        corrections.my_corrections,
        corrections.own_entry,
        consent_choices.agree,
        consent_choices.withdraw,
        my_record.opened,
    ):
        assert "resident_id" not in inspect.signature(door).parameters


def test_the_copy_holds_every_word_that_stands(sqlite_hamlet: Hamlet) -> None:
    case_id = sqlite_hamlet.hand_in("A", "A", "help", words=WORDS["deed"]).case_id
    sqlite_hamlet.decide("Y", case_id)
    copy = data_copy.data_copy(sqlite_hamlet.village, sqlite_hamlet.sign("A"))
    held = json.loads(data_copy.copy_json(copy))
    (case,) = held["cases_about_me"]
    assert case["words"] == WORDS["deed"]
    assert [move["by"] for move in case["moves"]] == ["林A", "林Y"]
    assert held["number"]["number"] == 53


def test_erasing_is_announced_in_the_log_and_cannot_be_done_silently(hamlet: Hamlet) -> None:
    hamlet.hand_in("A", "A", "help")
    with pytest.raises(DBAPIError, match="not announced"), hamlet.village.write() as session:
        session.execute(delete(LedgerContent))
    with pytest.raises(DBAPIError, match="append-only"), hamlet.village.write() as session:
        session.execute(delete(LedgerEntry))


def test_nothing_is_erased_for_seven_days_and_one_tap_takes_it_back(hamlet: Hamlet) -> None:
    village = hamlet.village
    case_id = hamlet.approved_deed("A")
    erasure.ask(village, hamlet.sign("A"), new_touch_id())
    with reading(village) as work:
        assert not enrolled(work.session, hamlet.people["A"]), "what was agreed to ends at once"
    for _ in range(DAYS):
        assert erasure.carry_out_wishes(village) == ()
        hamlet.clock.advance(days=1)
        assert erasure.wish(village, hamlet.sign("A")) is not None
    erasure.stay(village, hamlet.sign("A"), new_touch_id())
    hamlet.clock.advance(days=DAYS + 1)
    assert erasure.carry_out_wishes(village) == ()
    assert hamlet.case(case_id).state == "effective"
    assert hamlet.number("A") == 53


def test_who_wants_to_erase_somebody_with_a_card_that_they_issued_is_named(hamlet: Hamlet) -> None:
    village, clerk = hamlet.village, hamlet.sign("Z", "clerk")
    card = grants.issue_card(village, clerk, hamlet.people["A"])
    stolen = sessions.sign_in(village, card.number, card.pin).id
    wish = erasure.ask(village, stolen, new_touch_id())
    assert wish.issued_by == "林Z"
    hamlet.clock.advance(days=1)
    seen = erasure.wish(village, hamlet.sign("A"))
    assert seen is not None
    assert (seen.issued_by, seen.last_day) == ("林Z", wish.last_day)


def test_leaving_costs_nothing_and_one_can_join_again(sqlite_hamlet: Hamlet) -> None:
    left = leave(sqlite_hamlet.village, sqlite_hamlet.sign("A"))
    assert left.erased_cases == 0
    sqlite_hamlet.add("N", enrolled=False)  # as the next register has them
    enrolment = joining.enrol(
        sqlite_hamlet.village,
        sqlite_hamlet.sign("Z", "clerk"),
        sqlite_hamlet.people["N"],
        ("number",),
        new_touch_id(),
        read_aloud=True,
        answers=explanation.UNDERSTOOD,
    )
    assert enrolment.purposes == ("number",)
    assert sqlite_hamlet.number("N") == 50
