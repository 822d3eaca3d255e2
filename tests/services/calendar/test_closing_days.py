"""A day on which the hall is closed makes nobody's deadline shorter: the next open day counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kiosk.core.ids import new_touch_id
from kiosk.core.open_days import Span, What
from kiosk.models.cases import Case
from kiosk.services import open_days
from kiosk.services.audit.log import Finding
from kiosk.services.audit.tables import check_tables
from kiosk.services.calendar import closing_days
from kiosk.services.cases import notices
from kiosk.services.cases.flow import due_dates, timed_moves
from kiosk.services.cases.views import own_view
from kiosk.services.ledger import log
from kiosk.services.perks import redemptions
from kiosk.services.work import reading, writing
from tests.services.calendar.conftest import Shop
from tests.services.cases.conftest import Hamlet

Refused = Callable[..., str]


def close(
    hamlet: Hamlet, first: date, last: date | None = None, what: What = "closed", name: str = ""
) -> int:
    span = Span(what=what, first=first, last=None if what == "weekly" else last or first, name=name)
    clerk = hamlet.sign("Z", "clerk")
    return closing_days.write_down(hamlet.village, clerk, span, new_touch_id())


def misfits(hamlet: Hamlet) -> list[str]:
    names = ("case", "redemption", "hall_day", "own_word", "due_moved", "perk_kept_longer")
    return [f"{e.code} {e.name}" for e in findings(hamlet) if e.name.startswith(names)]


def findings(hamlet: Hamlet) -> tuple[Finding, ...]:
    with reading(hamlet.village) as work:
        return tuple(check_tables(work).findings)


def told(hamlet: Hamlet, case_id: int) -> Case:
    notices.mark_noticed(hamlet.village, hamlet.sign("A"), case_id, new_touch_id())
    return hamlet.case(case_id)


def ends(case: Case) -> date:
    assert case.due_at is not None
    return due_dates.ends_on(case.due_at)


def test_days_to_reply_end_on_an_open_day(hamlet: Hamlet) -> None:
    last = hamlet.today + timedelta(days=7)
    close(hamlet, last, last + timedelta(days=1))
    case = told(hamlet, hamlet.hand_in("B", "A", "litter").case_id)
    assert ends(case) == last + timedelta(days=2)
    assert misfits(hamlet) == []


def test_a_closing_that_is_written_later_gives_the_next_open_day(hamlet: Hamlet) -> None:
    case = told(hamlet, hamlet.hand_in("B", "A", "litter").case_id)
    last = ends(case)
    assert close(hamlet, last) == 1
    assert ends(hamlet.case(case.id)) == last + timedelta(days=1)
    hamlet.clock.advance(days=(last - hamlet.today).days + 1)
    assert timed_moves.tick(hamlet.village) == 0
    hamlet.reply("A", case.id)
    assert hamlet.case(case.id).state == "replied"
    assert misfits(hamlet) == []


def test_a_deadline_never_becomes_shorter_again(hamlet: Hamlet) -> None:
    case = told(hamlet, hamlet.hand_in("B", "A", "litter").case_id)
    last = ends(case)
    close(hamlet, last)
    clerk = hamlet.sign("Z", "clerk")
    (line,) = closing_days.days(hamlet.village, clerk)
    closing_days.end(hamlet.village, clerk, line.day_id, new_touch_id())
    assert closing_days.days(hamlet.village, clerk) == ()
    assert ends(hamlet.case(case.id)) == last + timedelta(days=1)
    assert misfits(hamlet) == []


def test_what_binds_the_village_stays_as_it_is_and_says_it(hamlet: Hamlet) -> None:
    made = hamlet.hand_in("A", "A", "help")
    assert close(hamlet, made.due_on, name="盘点 / Stock-taking") == 0
    (line,) = own_view.my_cases(hamlet.village, hamlet.sign("A"))
    assert line.due_on == made.due_on
    words = hamlet.village.catalogue
    zh, en = (words.text("my_record.due_reply", each, line.due_on) for each in ("zh", "en"))
    assert "（盘点，村部不开门）" in zh
    assert "(Stock-taking, the hall is closed)" in en


def test_what_is_kept_for_somebody_is_kept_until_an_open_day(shop: Shop) -> None:
    hamlet = shop.hamlet
    last = hamlet.today + timedelta(days=14)
    close(hamlet, last)
    assert shop.reserve("A", shop.soap).collect_by == last + timedelta(days=1)
    assert close(hamlet, last + timedelta(days=1)) == 1
    (kept,) = redemptions.my_vouchers(hamlet.village, hamlet.sign("A"))
    assert kept.collect_by == last + timedelta(days=2)
    hamlet.clock.advance(days=16)
    assert redemptions.refund_overdue(hamlet.village) == 0
    shop.collect(kept.reference)
    assert misfits(hamlet) == []


def test_a_weekday_is_closed_in_every_week_but_on_days_that_were_named(hamlet: Hamlet) -> None:
    sunday = hamlet.today + timedelta(days=7 - hamlet.today.isoweekday())
    close(hamlet, sunday, what="weekly")
    close(hamlet, sunday + timedelta(days=7), what="open")
    hall = open_days.of_village(hamlet.village)
    assert [hall.is_open(sunday + timedelta(days=each)) for each in (0, 1, 7, 14)] == [
        *(False, True, True, False)
    ]
    assert misfits(hamlet) == []


def test_no_day_of_the_week_left_is_refused(hamlet: Hamlet, refused: Refused) -> None:
    for ahead in range(6):
        close(hamlet, hamlet.today + timedelta(days=ahead), what="weekly")
    last = hamlet.today + timedelta(days=6)
    assert refused(close, hamlet, last, what="weekly") == "hall_never_open"


@pytest.mark.parametrize(("first", "days"), [(-1, 1), (0, 0), (0, 16), (401, 1)])
def test_days_that_cannot_be_are_refused(
    hamlet: Hamlet, refused: Refused, first: int, days: int
) -> None:
    begins = hamlet.today + timedelta(days=first)
    assert refused(close, hamlet, begins, begins + timedelta(days=days - 1)) == "hall_days"


def test_the_gate_reads_the_name_and_a_villager_writes_nothing(
    hamlet: Hamlet, refused: Refused
) -> None:
    assert refused(close, hamlet, hamlet.today, name="教堂礼拜 / Church") == "words_refused"
    span = Span(what="closed", first=hamlet.today, last=hamlet.today)
    asked = (hamlet.village, hamlet.sign("A"), span, new_touch_id())
    assert refused(closing_days.write_down, *asked) == "not_allowed"


def test_a_double_tap_writes_days_once(hamlet: Hamlet) -> None:
    span = Span(what="closed", first=hamlet.today, last=hamlet.today)
    asked = (hamlet.village, hamlet.sign("Z", "clerk"), span, new_touch_id())
    assert [closing_days.write_down(*asked) for _ in range(2)] == [0, 0]
    assert len(closing_days.days(*asked[:2])) == 1


def test_the_law_s_days_are_written_down_by_the_machine_once_a_year(hamlet: Hamlet) -> None:
    assert open_days.write_law_days(hamlet.village) == 3
    hall = open_days.of_village(hamlet.village)
    year = hamlet.today.year + 1
    closed = [date(year, 1, 1), date(year, 5, 2), date(year, 10, 3)]
    assert not any(hall.is_open(each) for each in closed)
    assert hall.next_open(date(year, 10, 1)) == date(year, 10, 4)
    clerk = hamlet.sign("Z", "clerk")
    first = closing_days.days(hamlet.village, clerk)[0]
    closing_days.end(hamlet.village, clerk, first.day_id, new_touch_id())
    assert open_days.write_law_days(hamlet.village) == 0
    assert misfits(hamlet) == []


def test_the_spring_festival_is_asked_for_from_december_on(hamlet: Hamlet) -> None:
    def missing() -> int | None:
        with reading(hamlet.village) as work:
            return closing_days.spring_festival_missing(work)

    assert hamlet.today.month == 11
    hamlet.clock.advance(days=35)
    assert missing() == 2027
    close(hamlet, date(2027, 2, 5), date(2027, 2, 9), "holiday", "春节 / Spring Festival")
    assert missing() is None


NOT_ALLOWED: dict[str, tuple[str, dict[str, object]]] = {
    "the machine invents a day off": ("hall_day_written", {"by": None}),
    "a villager closes the hall": ("hall_day_written", {"by": "A"}),
    "yesterday was closed": ("hall_day_written", {"first": "2026-11-01", "last": "2026-11-01"}),
    "a month is closed": ("hall_day_written", {"last": "2027-02-01"}),
    "days that are not there end": ("hall_day_ended", {"day": 77}),
    "a deadline earlier": ("due_moved", {"due": "2026-11-30T16:00:00+00:00"}),
    "a deadline a day too late": ("due_moved", {"due": "2027-06-01T16:00:00+00:00"}),
    "a voucher for ever": ("perk_kept_longer", {"until": "2027-06-01"}),
    "words by nobody in office": ("own_word_written", {"by": "A"}),
    "words that are not there": ("own_word_changed", {}),
    "words of no kind": ("own_word_written", {"what": "person"}),
}


@pytest.mark.parametrize("what", NOT_ALLOWED)
def test_an_entry_that_no_service_would_write_is_named(shop: Shop, what: str) -> None:
    hamlet = shop.hamlet
    kind, said = NOT_ALLOWED[what]
    case = told(hamlet, hamlet.hand_in("B", "A", "litter").case_id)
    kept = shop.reserve("A", shop.soap)
    clerk = hamlet.people["Z"]
    hamlet.sign("Z", "clerk")
    days = {"first": "2026-12-20", "last": "2026-12-20", "name": "", "what": "closed", "day": 9}
    base: dict[str, dict[str, object]] = {
        "hall_day_written": days | {"by": clerk},
        "hall_day_ended": {"by": clerk},
        "due_moved": {"case": case.id, "reference": case.reference},
        "perk_kept_longer": {"redemption": kept.redemption_id, "resident": hamlet.people["A"]},
        "own_word_written": {"word": 9, "what": "place", "name": "榕树下", "by": clerk},
        "own_word_changed": {"word": 9, "name": "榕树下", "by": clerk},
    }
    letters = {name: hamlet.people.get(str(each), each) for name, each in said.items()}
    before = _refusals(hamlet, kind)
    with writing(hamlet.village) as work:
        log.append(work, kind, {**base[kind], **letters})
    assert len(_refusals(hamlet, kind)) > len(before)


def _refusals(hamlet: Hamlet, kind: str) -> list[str]:
    return [e.name for e in findings(hamlet) if e.code == "not_allowed" and e.name.startswith(kind)]


def test_a_closing_that_moves_the_row_and_says_nothing_is_found(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service broken on purpose: it gives more days and logs none of them."""
    hamlet = shop.hamlet
    case = told(hamlet, hamlet.hand_in("B", "A", "litter").case_id)
    kept = shop.reserve("A", shop.soap)
    silent = (closing_days.DUE_MOVED, closing_days.KEPT_LONGER, open_days.DAY_WRITTEN)
    honest = log.append

    def says_nothing(work: object, kind: str, content: dict[str, object]) -> int:
        return 0 if kind in silent else honest(work, kind, content)  # type: ignore[arg-type]

    monkeypatch.setattr(log, "append", says_nothing)
    close(hamlet, ends(case), kept.collect_by)
    monkeypatch.undo()
    assert {"row_altered case.due_at", "row_altered redemption.collect_by"} <= set(misfits(hamlet))
    assert "row_extra hall_day" in misfits(hamlet)
