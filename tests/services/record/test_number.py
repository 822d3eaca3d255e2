"""The number: the formula with its caps, by law and by example."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.texts import Texts
from kiosk.services.record.my_record import coming_changes
from kiosk.services.record.number import Confirmer, Entry, Sum, add_up

TODAY = date(2026, 11, 23)
RULES = ("help", "docks", "festival", "lost", "sort")


def deed(
    number: int,
    points: int = 3,
    *,
    rule: str = "",
    days_ago: int = 0,
    confirmers: tuple[tuple[int, int], ...] = (),
) -> Entry:
    """Deed `number`; by default of a rule of its own, effective on the day of the deed."""
    day = TODAY - timedelta(days=days_ago)
    return Entry(
        entry_id=number,
        case_id=number,
        rule=rule or f"rule{number}",
        points=points,
        happened_on=day,
        effective_on=day,
        ends_on=day + timedelta(days=365),
        confirmers=tuple(Confirmer(*each) for each in confirmers),
        title=Texts({"zh": f"第{number}件"}),
    )


def concern(number: int, points: int = 5, *, days_ago: int = 0) -> Entry:
    day = TODAY - timedelta(days=days_ago)
    return Entry(
        entry_id=number,
        case_id=number,
        rule="litter",
        points=-points,
        happened_on=day,
        effective_on=day,
        ends_on=day + timedelta(days=180),
    )


def total(*entries: Entry, stars: int = 0, today: date = TODAY) -> Sum:
    return add_up(entries, stars, today)


def caps(found: Sum) -> list[tuple[int, str]]:
    """Points and cap of each deed, oldest first."""
    lines = [line for line in found.lines if line.kind == "deed"]
    return [(line.points, line.cap) for line in reversed(lines)]


def often(number: int, caps: str, *, days_ago: int = 0) -> Entry:
    """Deed `number` of one rule that counts so often."""
    return replace(deed(number, 2, rule="course", days_ago=days_ago), caps=caps)


THREE_HOUSES = ((1, 101), (2, 102), (3, 103))

# --- by example -----------------------------------------------------------------------------


def test_a_rule_counts_so_many_times_a_day_a_month_and_a_year() -> None:
    assert caps(total(*(often(each, "day:1") for each in (1, 2)))) == [(2, ""), (0, "often")]
    month = [often(each, "month:2", days_ago=22 - 5 * each) for each in (1, 2, 3)]
    assert caps(total(*month)) == [(2, ""), (2, ""), (0, "often")]
    beyond = [often(1, "month:1", days_ago=30), often(2, "month:1")]
    assert caps(total(*beyond)) == [(2, ""), (2, "")], "another month of the calendar"
    year = [often(each, "day:1 year:2", days_ago=320 - 70 * each) for each in (1, 2, 3)]
    assert caps(total(*year)) == [(2, ""), (2, ""), (0, "often")]


def test_a_deed_that_is_one_too_many_uses_up_no_confirmer_and_takes_nothing_from_another() -> None:
    first, second = often(1, "day:1"), replace(often(2, "day:1"), confirmers=(Confirmer(1, 101),))
    other = deed(3, confirmers=((1, 101),))
    assert caps(total(first, second, other)) == [(2, ""), (0, "often"), (3, "")]
    gone = replace(first, ended_on=TODAY)
    assert caps(total(gone, second)) == [(2, "")], "the one before was reversed"


def test_what_will_change_knows_how_often_a_rule_counts() -> None:
    book = [often(1, "year:1", days_ago=300), often(2, "year:1", days_ago=200)]
    changes = coming_changes(book, TODAY)
    assert total(*book).number + sum(each.points for each in changes) == 50


def reminded(number: int, *, days_ago: int = 0) -> Entry:
    return replace(concern(number, 3, days_ago=days_ago), reminder=True)


def test_the_first_concern_of_a_rule_that_reminds_takes_nothing_and_the_next_its_points() -> None:
    found = total(reminded(1, days_ago=40), reminded(2, days_ago=10), reminded(3))
    lines = [(line.points, line.cap) for line in reversed(found.lines)]
    assert lines == [(0, "reminder"), (-3, ""), (-3, "")]
    assert found.number == 44
    other = replace(reminded(2), rule="noise")
    assert total(reminded(1), other).number == 50, "each rule reminds for itself"
    assert total(concern(1, 3), reminded(2)).number == 44, "an earlier one of the rule stands"


def test_a_reminder_that_is_over_is_forgotten_and_the_number_is_foreseen() -> None:
    """What ended leaves nothing behind (charter 6): the next one is a first one again."""
    first, second = reminded(1, days_ago=100), reminded(2, days_ago=20)
    assert total(first, second).number == 47
    assert total(replace(first, ended_on=TODAY), second).number == 50
    changes = [(each.on, each.points) for each in coming_changes([first, second], TODAY)]
    assert changes == [(first.ends_on, 3)]


def test_everybody_starts_at_fifty() -> None:
    assert total() == Sum(number=50, base=50, deeds=0, stars=0, concerns=0, lines=())


def test_the_row_of_the_sketch_adds_up() -> None:
    entries = (deed(1, 6), deed(2), deed(3), deed(4))
    found = total(*entries, stars=2)
    assert (found.base, found.deeds, found.stars, found.concerns, found.number) == (
        50,
        15,
        2,
        0,
        67,
    )


def test_one_rule_counts_twelve_points_and_the_line_says_why_no_more() -> None:
    found = total(*(deed(n, 5, rule="help") for n in (1, 2, 3)))
    assert caps(found) == [(5, ""), (5, ""), (2, "rule")]
    assert found.deeds == 12
    assert [line.full_points for line in found.lines] == [5, 5, 5]


def test_above_twenty_three_other_households_are_needed() -> None:
    entries = [deed(n, 6) for n in range(1, 6)]
    assert caps(total(*entries))[-2:] == [(2, "households"), (0, "households")]
    entries[0] = deed(1, 6, confirmers=THREE_HOUSES[:2])
    assert total(*entries).deeds == 20
    entries[0] = deed(1, 6, confirmers=((1, 101), (2, 102), (3, 102)))  # two of one household
    assert total(*entries).deeds == 20
    entries[0] = deed(1, 6, confirmers=THREE_HOUSES)
    assert total(*entries).deeds == 30


def test_good_deeds_together_count_forty() -> None:
    entries = [deed(n, 6) for n in range(1, 8)]
    entries.append(deed(8, 6, confirmers=THREE_HOUSES))
    found = total(*entries)
    assert caps(found)[6:] == [(4, "deeds"), (0, "deeds")]
    assert found.number == 90


def test_one_neighbours_word_carries_one_deed_in_thirty_days() -> None:
    first = deed(1, days_ago=60, confirmers=((7, 107),))
    too_soon = deed(2, days_ago=31, confirmers=((7, 107),))
    again = deed(3, days_ago=30, confirmers=((7, 107),))
    assert caps(total(first, too_soon, again)) == [(3, ""), (0, "confirmer"), (3, "")]
    with_another = replace(too_soon, confirmers=(Confirmer(7, 107), Confirmer(8, 108)))
    assert caps(total(first, with_another, again)) == [(3, "")] * 3


def test_a_deed_that_nobody_was_asked_about_needs_no_confirmer() -> None:
    assert total(deed(1, 4), deed(2, 4)).deeds == 8


def test_a_year_later_and_from_the_day_of_its_end_a_line_counts_no_more() -> None:
    one = deed(1)
    assert total(one, today=TODAY - timedelta(days=1)).number == 50
    assert total(one, today=TODAY + timedelta(days=364)).number == 53
    assert total(one, today=TODAY + timedelta(days=365)).number == 50
    assert total(one).lines[0].counts_until == TODAY + timedelta(days=364)
    assert total(replace(one, ended_on=TODAY)).lines == ()


def test_concerns_take_fifty_at_the_most() -> None:
    found = total(*(concern(n, 8) for n in range(1, 9)))
    assert (found.concerns, found.number) == (50, 0)
    held_back = [(line.points, line.cap) for line in found.lines if line.cap]
    assert held_back == [(0, "concerns"), (-2, "concerns")]


def test_a_hundred_and_zero_are_reached_exactly() -> None:
    best = [deed(n, 8, confirmers=((n, 100 + n),)) for n in range(1, 6)]
    assert total(*best, stars=10).number == 100
    worst = [concern(n, 10) for n in range(1, 6)]
    assert total(*worst).number == 0


def test_what_will_change_is_what_the_number_really_does() -> None:
    old, new = deed(1, 3, days_ago=300), deed(2, 6, days_ago=10)
    assert [(each.on, each.points) for each in coming_changes((old, new), TODAY)] == [
        (old.ends_on, -3),
        (new.ends_on, -6),
    ]
    capped = [deed(n, 6, rule="help", days_ago=200 - n) for n in (1, 2, 3)]
    first, second, third = capped
    assert [(each.on, each.points) for each in coming_changes(capped, TODAY)] == [
        # the first ends and the third takes its place: the number does not move that day
        (second.ends_on, -6),
        (third.ends_on, -6),
    ]
    assert first.ends_on < second.ends_on


def test_a_decided_concern_is_foreseen_with_its_beginning_and_its_end() -> None:
    coming = replace(
        concern(1), effective_on=TODAY + timedelta(days=5), ends_on=TODAY + timedelta(days=185)
    )
    assert [(each.on, each.points) for each in coming_changes([coming], TODAY)] == [
        (TODAY + timedelta(days=5), -5),
        (TODAY + timedelta(days=185), 5),
    ]


# --- by law ---------------------------------------------------------------------------------

people = st.tuples(st.integers(1, 9), st.integers(1, 5)).map(lambda pair: Confirmer(*pair))


# Made once, since making a strategy takes longer than drawing from it.
days_ago, out_of_four, some_points = st.integers(-30, 500), st.integers(0, 3), st.integers(1, 10)
days_later, days_before = st.none() | st.integers(0, 400), st.integers(0, 60)
some_rule, some_people = st.sampled_from(RULES), st.lists(people, max_size=3)


@st.composite
def an_entry(draw: st.DrawFn) -> Entry:
    effective = TODAY - timedelta(days=draw(days_ago))
    is_deed = draw(out_of_four) > 0
    points = draw(some_points)
    later = draw(days_later)
    ended = None if later is None else effective + timedelta(days=later)
    if ended is not None and ended > TODAY:
        ended = None  # nobody ends a line ahead of its day
    return Entry(
        entry_id=0,
        case_id=0,
        rule=draw(some_rule),
        points=points if is_deed else -points,
        happened_on=effective - timedelta(days=draw(days_before)),
        effective_on=effective,
        ends_on=effective + timedelta(days=365 if is_deed else 180),
        ended_on=ended,
        confirmers=tuple(draw(some_people)) if is_deed else (),
        reminder=not is_deed and points > 5,
    )


books = st.lists(an_entry(), max_size=40).map(
    lambda found: [replace(each, entry_id=n, case_id=n) for n, each in enumerate(found)]
)


@pytest.mark.long
@settings(max_examples=200)
@given(books, st.integers(0, 10))
def test_the_number_is_zero_to_a_hundred_and_the_sum_of_its_lines(
    book: list[Entry], stars: int
) -> None:
    found = add_up(book, stars, TODAY)
    assert 0 <= found.number <= 100
    assert found.number == 50 + sum(line.points for line in found.lines)
    assert found.number == found.base + found.deeds + found.stars - found.concerns
    assert (0 <= found.deeds <= 40, found.stars == stars, 0 <= found.concerns <= 50) == (
        True,
        True,
        True,
    )


@pytest.mark.long
@settings(max_examples=200)
@given(books)
def test_no_cap_is_broken_and_every_line_that_counts_less_says_why(book: list[Entry]) -> None:
    found = add_up(book, 0, TODAY)
    by_case = {each.case_id: each for each in book}
    per_rule: dict[str, int] = {}
    households = set()
    for line in found.lines:
        assert (line.points == line.full_points) == (line.cap == "")
        assert 0 <= line.points * line.full_points <= line.full_points**2
        entry = by_case[line.case_id or 0]
        assert entry.counts_on(TODAY)
        if line.kind == "deed":
            per_rule[entry.rule] = per_rule.get(entry.rule, 0) + line.points
            households |= {each.household_id for each in entry.confirmers}
    assert all(points <= 12 for points in per_rule.values())
    if len(households) < 3:
        assert found.deeds <= 20


@pytest.mark.long
@settings(max_examples=200)
@given(books)
def test_a_deed_others_confirmed_has_a_confirmer_who_carried_no_other_that_month(
    book: list[Entry],
) -> None:
    found = add_up(book, 0, TODAY)
    counted = {line.case_id for line in found.lines if line.kind == "deed" and line.points}
    confirmed = [e for e in book if e.case_id in counted and e.confirmers]
    # the deeds of one month need as many different confirmers: Hall's condition on each pair
    for one in confirmed:
        for other in confirmed:
            close = abs((one.happened_on - other.happened_on).days) < 30
            if one.entry_id < other.entry_id and close:
                who = {each.resident_id for each in (*one.confirmers, *other.confirmers)}
                assert len(who) >= 2


@pytest.mark.long
@settings(max_examples=200)
@given(books, an_entry())
def test_a_new_deed_never_lowers_the_number_and_its_reversal_restores_it_exactly(
    book: list[Entry], new: Entry
) -> None:
    before = add_up(book, 4, TODAY)
    fresh = replace(
        new,
        entry_id=len(book),
        case_id=len(book),
        points=abs(new.points),
        effective_on=TODAY,
        ends_on=TODAY + timedelta(days=365),
        ended_on=None,
    )
    # what takes effect later than today has not been written yet
    written = [each for each in book if each.effective_on <= TODAY]
    assert add_up(written, 4, TODAY) == before
    assert add_up([*written, fresh], 4, TODAY).number >= before.number
    assert add_up([*written, replace(fresh, ended_on=TODAY)], 4, TODAY) == before


@pytest.mark.long
@settings(max_examples=100)
@given(books, st.data())
def test_reversing_any_line_gives_the_sum_as_if_it_had_never_been(
    book: list[Entry], data: st.DataObject
) -> None:
    if not book:
        return
    gone = data.draw(st.sampled_from(book))
    reversed_book = [replace(e, ended_on=TODAY) if e is gone else e for e in book]
    assert add_up(reversed_book, 0, TODAY) == add_up([e for e in book if e is not gone], 0, TODAY)


@pytest.mark.long
@settings(max_examples=200)
@given(books)
def test_the_order_in_which_the_database_gives_the_entries_does_not_matter(
    book: list[Entry],
) -> None:
    assert add_up(book, 0, TODAY) == add_up(reversed(book), 0, TODAY)


def added_up_anew(book: list[Entry], today: date) -> list[tuple[date, Texts, int]]:
    """The coming changes by their plain definition: all that stands is added up at each event."""
    lasting = [each for each in book if each.ended_on is None and each.ends_on > today]
    events = [(each.effective_on, 1, each) for each in lasting if each.effective_on > today]
    events += [(each.ends_on, 0, each) for each in lasting]
    events.sort(key=lambda event: (event[0], event[1], event[2].entry_id))
    standing = [each for each in lasting if each.effective_on <= today]
    changes, before = [], number_while_all_count(standing)
    for day, begins, entry in events:
        if begins:
            standing.append(entry)
        else:
            standing.remove(entry)
        after = number_while_all_count(standing)
        if after != before:
            changes.append((day, entry.title, after - before))
        before = after
    return changes


def number_while_all_count(standing: list[Entry]) -> int:
    """The number on a day that lies in the time of every entry, which leaves their order alone."""
    return add_up(
        [replace(each, ends_on=date.max) for each in standing], 0, date(9999, 1, 1)
    ).number


# Few days and few confirmers: much begins and ends on one day, and many words are held back.
crowded = st.lists(
    st.builds(
        lambda entry, days: replace(
            entry,
            effective_on=TODAY - timedelta(days=days % 40 - 3),
            happened_on=TODAY - timedelta(days=days % 40 - 3 + days // 40),
            ends_on=TODAY - timedelta(days=days % 40 - 3) + timedelta(days=180 + days % 7),
        ),
        an_entry(),
        st.integers(0, 400),
    ),
    max_size=60,
).map(lambda found: [replace(each, entry_id=n, case_id=n) for n, each in enumerate(found)])


@pytest.mark.long
@settings(max_examples=300)
@given(books | crowded)
def test_the_coming_changes_are_those_of_adding_everything_up_anew(book: list[Entry]) -> None:
    named = [replace(each, title=Texts({"zh": str(each.entry_id)})) for each in book]
    found = [(each.on, each.title, each.points) for each in coming_changes(named, TODAY)]
    assert found == added_up_anew(named, TODAY)


@pytest.mark.long
@settings(max_examples=200)
@given(books)
def test_the_coming_changes_lead_from_todays_number_back_to_fifty(book: list[Entry]) -> None:
    today = add_up(book, 0, TODAY).number
    changes = coming_changes(book, TODAY)
    assert today + sum(each.points for each in changes) == 50
    assert all(each.points for each in changes)
    assert [each.on for each in changes] == sorted(each.on for each in changes)
    for day in {each.on for each in changes}:
        until = sum(each.points for each in changes if each.on <= day)
        assert add_up(book, 0, day).number == today + until
