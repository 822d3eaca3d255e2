from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from kiosk.core.clock import SettableClock, start_of_day, village_day
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models import Base
from kiosk.models.ledger import Checkpoint, LedgerEntry
from kiosk.services.access import grants, offices
from kiosk.services.audit.log import verify_log
from kiosk.services.audit.tables import verify_village
from kiosk.services.cases import confirmations, notices
from kiosk.services.cases.views import own_view
from kiosk.services.check import papers
from kiosk.services.consent import consents, pauses
from kiosk.services.enrolment import explanation, joining
from kiosk.services.ledger import log
from kiosk.services.my_data import erasure
from kiosk.services.record import my_record
from kiosk.services.village import Village
from tests.services.cases.conftest import Hamlet
from tests.services.my_data.past import NAME, PHONE, with_a_past
from tests.worlds.leaving import leave, let_the_days_pass


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
    left = leave(village, hamlet.sign("A"))
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
    leave(village, session_id)
    with pytest.raises(ExpectedError, match="session_over"):
        my_record.opened(village, session_id)
    with pytest.raises(ExpectedError, match="resident_unknown"):
        hamlet.hand_in("B", "A", "help")
    assert own_view.my_cases(village, hamlet.sign("C")) == ()
    # What A did for D is D's to keep, from somebody without a name.
    (line,) = own_view.my_cases(village, hamlet.sign("D"))
    assert line.about_me


@pytest.mark.long
def test_who_asks_to_leave_is_erased_after_seven_days_and_not_before(
    sqlite_hamlet: Hamlet, clock: SettableClock
) -> None:
    hamlet = sqlite_hamlet
    village = hamlet.village
    hamlet.approved_deed("A")
    wish = erasure.ask(village, hamlet.sign("A"), new_touch_id())
    assert wish.last_day == village_day(clock.now()) + timedelta(days=7)
    for _ in range(7):
        clock.advance(days=1)
        assert erasure.carry_out_wishes(village) == ()
        assert erasure.wish(village, hamlet.sign("A")) == wish
    clock.advance(days=1)
    (erased,) = erasure.carry_out_wishes(village)
    assert erased.erased_cases == 1
    assert erasure.carry_out_wishes(village) == ()
    assert verify_village(village).consistent


def test_the_last_day_ends_at_midnight_in_the_village(
    sqlite_hamlet: Hamlet, clock: SettableClock
) -> None:
    village = sqlite_hamlet.village
    clock.moment = start_of_day(date(2026, 11, 24)) - timedelta(seconds=1)
    wish = erasure.ask(village, sqlite_hamlet.sign("A"), new_touch_id())
    assert wish.last_day == date(2026, 11, 30)
    clock.moment = start_of_day(date(2026, 12, 1)) - timedelta(seconds=1)
    assert erasure.carry_out_wishes(village) == ()
    clock.advance(seconds=1)
    assert len(erasure.carry_out_wishes(village)) == 1


@pytest.mark.long
def test_consents_end_at_once_and_come_back_with_one_tap(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    village = hamlet.village
    hamlet.approved_deed("A")
    before = hamlet.sum_of("A")
    given = [each.given for each in consents.consents(village, hamlet.sign("A"))]
    erasure.ask(village, hamlet.sign("A"), new_touch_id())
    assert not any(each.given for each in consents.consents(village, hamlet.sign("A")))
    assert my_record.opened(village, hamlet.sign("A")).record.number is None
    with pytest.raises(ExpectedError, match="not_enrolled"):
        hamlet.hand_in("A", "A", "help")
    hamlet.hand_in("B", "A", "litter")  # it reaches nobody
    hamlet.clock.advance(minutes=1)
    erasure.stay(village, hamlet.sign("A"), new_touch_id())
    assert notices.notices(village, hamlet.sign("A")) == ()
    assert erasure.wish(village, hamlet.sign("A")) is None
    assert [each.given for each in consents.consents(village, hamlet.sign("A"))] == given
    assert hamlet.sum_of("A") == before
    assert let_the_days_pass(village) == ()
    assert verify_village(village).consistent


def test_a_consent_to_a_text_that_was_changed_meanwhile_is_not_given_again(
    sqlite_hamlet: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = sqlite_hamlet.village
    erasure.ask(village, sqlite_hamlet.sign("A"), new_touch_id())
    for room in (consents, erasure):
        monkeypatch.setattr(room, "CONSENT_TEXT_VERSION", 2)
    erasure.stay(village, sqlite_hamlet.sign("A"), new_touch_id())
    assert not any(each.given for each in consents.consents(village, sqlite_hamlet.sign("A")))


def test_who_asked_to_leave_agrees_to_nothing_before_they_take_it_back(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    erasure.ask(hamlet.village, hamlet.sign("A"), new_touch_id())
    with pytest.raises(ExpectedError, match="leaving_stands"):
        joining.enrol(
            hamlet.village,
            hamlet.sign("Z", "clerk"),
            hamlet.people["A"],
            ("number",),
            new_touch_id(),
            read_aloud=True,
            answers=explanation.UNDERSTOOD,
        )


def test_the_wish_names_who_issued_the_card_it_was_asked_with(
    sqlite_hamlet: Hamlet, clock: SettableClock
) -> None:
    hamlet = sqlite_hamlet
    village, me = hamlet.village, hamlet.people["A"]
    grants.issue_card(village, hamlet.sign("Z", "clerk"), me)
    clock.advance(minutes=1)
    mine = hamlet.sign("A")
    clock.advance(minutes=1)
    grants.issue_card(village, hamlet.sign("Y", "clerk"), me)
    asked = erasure.ask(village, mine, new_touch_id())
    assert asked.issued_by == "林Z"
    assert let_the_days_pass(village)
    with village.read() as session:
        left = select(LedgerEntry.index).where(LedgerEntry.kind == "left")
        told = log.content_of(session, session.scalars(left).one()) or {}
    assert told["issued_by"] == hamlet.people["Z"]
    assert verify_village(village).consistent


def test_asking_and_staying_twice_are_harmless(sqlite_hamlet: Hamlet) -> None:
    village, mine, touch = sqlite_hamlet.village, sqlite_hamlet.sign("A"), new_touch_id()
    first = erasure.ask(village, mine, touch)
    assert erasure.ask(village, mine, touch) == erasure.ask(village, mine, new_touch_id()) == first
    stays = new_touch_id()
    for each in (stays, stays, new_touch_id()):
        erasure.stay(village, mine, each)
    with pytest.raises(ExpectedError, match="leaving_taken_back"):
        erasure.ask(village, mine, touch)
    assert verify_village(village).consistent


def test_an_official_lays_down_the_office_first(sqlite_hamlet: Hamlet) -> None:
    session_id = sqlite_hamlet.officer("Y")
    with pytest.raises(ExpectedError, match="office_first"):
        erasure.ask(sqlite_hamlet.village, session_id, new_touch_id())


def test_nobody_is_given_an_office_who_asked_to_leave(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    erasure.ask(hamlet.village, hamlet.sign("A"), new_touch_id())
    with pytest.raises(ExpectedError, match="office_leaving"):
        offices.may_be_appointed(hamlet.village, hamlet.officer("Y"), hamlet.people["A"])


def test_the_seat_of_a_panel_member_who_leaves_goes_to_the_next(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    hamlet.add("F")
    hamlet.serve("CDEF")
    case_id = hamlet.decided_concern()
    panel = hamlet.appeal("A", case_id)
    leave(hamlet.village, hamlet.sign(panel[0]))
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
    leave(hamlet.village, hamlet.sign("C"))
    assert hamlet.number("A") == 53
    assert confirmations.confirmable(hamlet.village, hamlet.sign("D")) == ()


# --- Pausing


def test_while_somebody_pauses_nothing_reaches_anybody_and_afterwards_all_is_as_before(
    hamlet: Hamlet, clock: SettableClock
) -> None:
    village = hamlet.village
    hamlet.approved_deed("A")
    before = hamlet.sum_of("A")
    since = pauses.pause(village, hamlet.sign("A"), new_touch_id())
    assert pauses.paused(village, hamlet.sign("A")) == since
    assert my_record.opened(village, hamlet.sign("A")).record.number is None
    for rule in ("help", "litter"):
        hamlet.hand_in("B", "A", rule)  # it reaches nobody, and B does not learn of the pause
    clock.advance(days=40)
    pauses.resume(village, hamlet.sign("A"), new_touch_id())
    assert pauses.paused(village, hamlet.sign("A")) is None
    assert hamlet.sum_of("A") == before
    assert notices.notices(village, hamlet.sign("A")) == ()
    later = hamlet.hand_in("B", "A", "help", days_ago=1).case_id
    assert [each.case_id for each in notices.notices(village, hamlet.sign("A"))] == [later]


def test_pausing_or_resuming_twice_is_harmless(sqlite_hamlet: Hamlet) -> None:
    village = sqlite_hamlet.village
    first = pauses.pause(village, sqlite_hamlet.sign("A"), new_touch_id())
    assert pauses.pause(village, sqlite_hamlet.sign("A"), new_touch_id()) == first
    for _ in range(2):
        pauses.resume(village, sqlite_hamlet.sign("A"), new_touch_id())
    assert sqlite_hamlet.number("A") == 50
