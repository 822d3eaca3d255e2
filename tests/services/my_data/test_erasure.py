from __future__ import annotations

import pytest
from sqlalchemy import text

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models import Base
from kiosk.models.ledger import Checkpoint
from kiosk.services.audit.log import verify_log
from kiosk.services.cases import confirmations
from kiosk.services.cases.views import own_view
from kiosk.services.check import papers
from kiosk.services.consent import pauses
from kiosk.services.ledger import log
from kiosk.services.my_data import erasure
from kiosk.services.record import my_record
from kiosk.services.village import Village
from tests.services.cases.conftest import Hamlet
from tests.services.my_data.past import NAME, PHONE, with_a_past


def everything(village: Village) -> str:
    """Every row of every table, as text; content of the ledger decoded."""
    held = []
    with village.read() as session:
        for table in Base.metadata.sorted_tables:
            if table.name == "ledger_content":
                continue
            held += [repr(tuple(row)) for row in session.execute(table.select())]
        indexes = session.execute(text('SELECT "index" FROM ledger_content')).scalars()
        held += [repr(log.content_of(session, index)) for index in indexes]
    return "\n".join(held)


def test_leaving_erases_the_person_and_every_proof_stays_valid(hamlet: Hamlet) -> None:
    hamlet = with_a_past(hamlet)
    village = hamlet.village
    with village.read() as session:
        slips = [note for (note,) in session.query(Checkpoint.note)]
        before = log.head(session)
    assert len(slips) >= 5
    left = erasure.leave(village, hamlet.sign("A"), new_touch_id())
    assert left.erased_cases == 2
    assert left.erased_entries > 15
    report = verify_log(village)
    assert report.consistent
    assert report.erased == left.erased_entries
    assert report.checkpoints == len(slips)
    assert {papers.check_paper(village, note).verdict for note in slips} == {"genuine"}
    with village.read() as session:
        assert log.root_at(session, before.size) == before.root
    remaining = everything(village)
    for secret in (NAME, PHONE, "ōu", "挑了两担水", "两袋菜叶", "风很大", "电话换了"):
        assert secret not in remaining, secret


def test_who_left_cannot_sign_in_be_found_or_be_reported_on(sqlite_hamlet: Hamlet) -> None:
    hamlet = with_a_past(sqlite_hamlet)
    village, session_id = hamlet.village, hamlet.sign("A")
    erasure.leave(village, session_id, new_touch_id())
    with pytest.raises(ExpectedError, match="session_over"):
        my_record.opened(village, session_id)
    with pytest.raises(ExpectedError, match="resident_unknown"):
        hamlet.hand_in("B", "A", "help")
    assert own_view.my_cases(village, hamlet.sign("C")) == ()
    # What A did for D is D's to keep, from somebody without a name.
    (line,) = own_view.my_cases(village, hamlet.sign("D"))
    assert line.about_me


def test_the_same_touch_again_says_the_same_after_the_session_is_gone(
    sqlite_hamlet: Hamlet,
) -> None:
    session_id, touch = sqlite_hamlet.sign("A"), new_touch_id()
    first = erasure.leave(sqlite_hamlet.village, session_id, touch)
    assert erasure.leave(sqlite_hamlet.village, session_id, touch) == first


def test_an_official_lays_down_the_office_first(sqlite_hamlet: Hamlet) -> None:
    session_id = sqlite_hamlet.officer("Y")
    with pytest.raises(ExpectedError, match="office_first"):
        erasure.leave(sqlite_hamlet.village, session_id, new_touch_id())


def test_the_seat_of_a_panel_member_who_leaves_goes_to_the_next(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    hamlet.add("F")
    hamlet.serve("CDEF")
    case_id = hamlet.decided_concern()
    panel = hamlet.appeal("A", case_id)
    erasure.leave(hamlet.village, hamlet.sign(panel[0]), new_touch_id())
    now = hamlet.seated(case_id)
    assert panel[0] not in now
    assert len(now) == 3


def test_what_somebody_confirmed_for_others_stands_after_they_left(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("A", "A", "help", witnesses="C").case_id
    hamlet.confirm("C", case_id)
    hamlet.decide("Y", case_id)
    erasure.leave(hamlet.village, hamlet.sign("C"), new_touch_id())
    assert hamlet.number("A") == 53
    assert confirmations.confirmable(hamlet.village, hamlet.sign("D")) == ()


# --- Pausing


def test_while_somebody_pauses_nothing_is_reported_and_afterwards_all_is_as_before(
    hamlet: Hamlet, clock: SettableClock
) -> None:
    village = hamlet.village
    hamlet.approved_deed("A")
    before = hamlet.sum_of("A")
    since = pauses.pause(village, hamlet.sign("A"), new_touch_id())
    assert pauses.paused(village, hamlet.sign("A")) == since
    assert my_record.opened(village, hamlet.sign("A")).record.number is None
    for rule in ("help", "litter"):
        with pytest.raises(ExpectedError, match="not_enrolled"):
            hamlet.hand_in("B", "A", rule)
    clock.advance(days=40)
    pauses.resume(village, hamlet.sign("A"), new_touch_id())
    assert pauses.paused(village, hamlet.sign("A")) is None
    assert hamlet.sum_of("A") == before
    assert hamlet.hand_in("B", "A", "help").case_id


def test_pausing_or_resuming_twice_is_harmless(sqlite_hamlet: Hamlet) -> None:
    village = sqlite_hamlet.village
    first = pauses.pause(village, sqlite_hamlet.sign("A"), new_touch_id())
    assert pauses.pause(village, sqlite_hamlet.sign("A"), new_touch_id()) == first
    for _ in range(2):
        pauses.resume(village, sqlite_hamlet.sign("A"), new_touch_id())
    assert sqlite_hamlet.number("A") == 50
