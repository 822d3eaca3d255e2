"""My record: the number with its lines, as they come out of cases in a real database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from kiosk.core.ids import new_touch_id
from kiosk.models.cases import Confirmation
from kiosk.models.register import Resident
from kiosk.models.stars import Rating, StarRound
from kiosk.services.cases import decide
from kiosk.services.cases.flow.timed_moves import tick
from kiosk.services.record import my_record, number
from kiosk.services.record.my_record import Record
from kiosk.services.work import reading, writing
from tests.services.cases.conftest import Hamlet


def record(hamlet: Hamlet, letter: str) -> Record:
    return my_record.opened(hamlet.village, hamlet.sign(letter)).record


def test_a_record_without_a_deed_is_fifty_and_nothing_else(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    found = record(hamlet, "A")
    assert (found.number, found.base, found.lines, found.coming) == (50, 50, (), ())
    assert (found.wallet, found.views, found.cases, found.pending) == (0, (), (), 0)


def test_without_a_current_consent_there_is_no_number_and_no_line(hamlet: Hamlet) -> None:
    hamlet.approved_deed("A")
    hamlet.leave("A")
    found = record(hamlet, "A")
    assert (found.number, found.lines, found.coming) == (None, (), ())
    assert found.wallet == 3
    with reading(hamlet.village) as work:
        nothing = number.number_of(work, hamlet.people["A"], hamlet.today)
    assert nothing is None


def test_each_line_says_what_when_who_confirmed_who_decided_and_until_when(
    hamlet: Hamlet,
) -> None:
    case_id = hamlet.hand_in("A", "A", "help", days_ago=2, witnesses="BC").case_id
    hamlet.confirm("B", case_id)
    hamlet.confirm("C", case_id)
    hamlet.decide("Y", case_id)
    (line,) = record(hamlet, "A").lines
    assert (line.case_id, line.kind, line.title["zh"], line.title["en"]) == (
        case_id,
        "deed",
        "助人",
        "Helping",
    )
    assert (line.points, line.full_points, line.cap) == (3, 3, "")
    assert (line.confirmed_by, line.decided_by) == (("林B", "林C"), ("林Y",))
    assert line.happened_on == hamlet.today - timedelta(days=2)
    assert line.counts_until == hamlet.today + timedelta(days=364)


def test_a_concern_that_will_count_is_announced_before_it_does(hamlet: Hamlet) -> None:
    hamlet.decided_concern()
    found = record(hamlet, "A")
    assert (found.number, found.lines) == (50, ())
    begins = hamlet.today + timedelta(days=21)
    assert [(each.on, each.points) for each in found.coming] == [
        (begins, -5),
        (begins + timedelta(days=180), 5),
    ]
    hamlet.clock.advance(days=21)
    tick(hamlet.village)
    found = record(hamlet, "A")
    assert (found.number, found.concerns) == (45, 5)
    (line,) = found.lines
    assert (line.kind, line.points, line.decided_by) == ("concern", -5, ("林Y", "林Z"))
    assert found.coming[0].on == hamlet.today + timedelta(days=180)


def test_stars_of_the_household_are_a_line_with_words_in_both_languages(hamlet: Hamlet) -> None:
    with hamlet.village.write() as session:
        now = hamlet.clock.now()
        until = hamlet.today + timedelta(days=90)
        session.add(
            StarRound(
                id=1, year=2026, quarter=4, opened_at=now, published_at=now, valid_until=until
            )
        )
        session.flush()
        household = session.get_one(Resident, hamlet.people["A"]).household_id
        for dimension, stars in (("courtyard", 5), ("recycling", 4), ("rules", 3)):
            session.add(
                Rating(
                    round_id=1,
                    household_id=household,
                    dimension=dimension,
                    stars=stars,
                    ledger_index=0,
                )
            )
    found = record(hamlet, "A")
    assert (found.number, found.stars) == (53, 3)
    (line,) = found.lines
    assert (line.kind, line.points, line.title["zh"], line.title["en"]) == (
        "star",
        3,
        "家里的星",
        "Household stars",
    )


def test_who_looked_and_what_is_open_stand_beside_the_number(hamlet: Hamlet) -> None:
    case_id = hamlet.hand_in("A", "A", "help").case_id
    decide.open_case(hamlet.village, hamlet.officer("Y"), case_id)
    found = record(hamlet, "A")
    assert [(view.viewer_name, view.purpose) for view in found.views] == [("林Y", "decide_case")]
    assert (found.pending, [case.case_id for case in found.cases]) == (1, [case_id])
    hamlet.decide("Y", case_id)
    found = record(hamlet, "A")
    assert (found.pending, found.wallet, found.number) == (0, 3, 53)


def test_every_cap_has_a_sentence_in_both_languages(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    for cap in number.CAPS:
        for language in ("zh", "en"):
            assert hamlet.village.catalogue.text(f"numbers.cap_{cap}", language)


def test_the_same_neighbours_second_nomination_of_a_month_counts_nothing_and_says_why(
    hamlet: Hamlet,
) -> None:
    for rule in ("help", "docks"):
        case_id = hamlet.hand_in("B", "A", rule).case_id
        hamlet.accept("A", case_id)
        hamlet.decide("Y", case_id)
    found = record(hamlet, "A")
    assert [(line.points, line.full_points, line.cap) for line in found.lines] == [
        (0, 4, "confirmer"),
        (3, 3, ""),
    ]
    assert (found.number, found.wallet) == (53, 7)


def test_a_reversal_restores_the_number_exactly_and_takes_its_credit_back(
    hamlet: Hamlet,
) -> None:
    from kiosk.services.cases.flow.advance import advance
    from kiosk.services.cases.flow.effects import reverse
    from kiosk.services.cases.flow.standing import load

    hamlet.approved_deed("A")
    before = record(hamlet, "A")
    wrong = hamlet.approved_deed("A", "docks")
    assert record(hamlet, "A").number == 57
    with writing(hamlet.village) as work:
        case = load(work.session, wrong)
        advance(work, case, "correct", "panel", actor_id=None)
        assert not reverse(work, case, "correct")
    after = record(hamlet, "A")
    assert (after.number, after.lines, after.coming) == (
        before.number,
        before.lines,
        before.coming,
    )
    assert after.wallet == before.wallet == 3
    assert sorted(hamlet.credits()) == [-4, 3, 4]


def test_no_statement_orders_or_filters_people_by_their_points(sqlite_hamlet: Hamlet) -> None:
    hamlet, seen = sqlite_hamlet, list[str]()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement.lower())

    event.listen(hamlet.village.database.engine, "before_cursor_execute", note)
    hamlet.approved_deed("A")
    hamlet.decided_concern()
    record(hamlet, "A")
    decide.queue(hamlet.village, hamlet.officer("Y"))
    decide.put_right(
        hamlet.village,
        hamlet.officer("Y"),
        hamlet.decided_concern("D", "C"),
        "已经清理干净。",
        new_touch_id(),
    )
    event.remove(hamlet.village.database.engine, "before_cursor_execute", note)
    assert len(seen) > 100
    for statement in seen:
        tail = statement.partition(" where ")[2] + statement.partition(" order by ")[2]
        assert ".points" not in tail
        assert "stars" not in statement.partition(" order by ")[2]


def furnished_with_deeds(hamlet: Hamlet, count: int) -> None:
    """So many more deeds of A that count, each handed in, looked at, confirmed and approved."""
    for _ in range(count):
        case_id = hamlet.hand_in("A", "A", "help", witnesses="BC").case_id
        with writing(hamlet.village) as work:
            row = {"case_id": case_id, "at": work.now, "ledger_index": 0}
            for letter in "BC":
                house = work.session.get_one(Resident, hamlet.people[letter]).household_id
                who = {"confirmer_id": hamlet.people[letter], "household_id": house}
                work.session.add(Confirmation(**row, **who))
        decide.open_case(hamlet.village, hamlet.officer("Y"), case_id)
        hamlet.decide("Y", case_id)
        hamlet.clock.advance(days=1)


@pytest.mark.long
def test_the_page_asks_the_database_as_often_for_thirty_entries_as_for_two(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet, seen = sqlite_hamlet, list[str]()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    def asked_for(entries: int) -> list[str]:
        session_id = hamlet.sign("A")
        seen.clear()
        event.listen(hamlet.village.database.engine, "before_cursor_execute", note)
        found = my_record.opened(hamlet.village, session_id).record
        event.remove(hamlet.village.database.engine, "before_cursor_execute", note)
        assert (len(found.lines), found.looks) == (entries, entries)
        assert len(found.views) == min(entries, my_record.NEWEST)
        assert found.cases == (), "what counts is a line, and nothing is under way"
        return list(seen)

    furnished_with_deeds(hamlet, 2)
    few = asked_for(2)
    furnished_with_deeds(hamlet, 28)
    many = asked_for(30)
    assert len(many) == len(few) < 40
