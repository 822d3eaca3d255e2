"""Article 11: reporting a concern earns nothing; the reporter's name is sealed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.services.cases import decide, duplicates, notices, panel_correction, paper_notices
from kiosk.services.cases.flow import timed_moves
from kiosk.services.cases.views import own_view, panel_view
from kiosk.services.my_data import data_copy
from kiosk.services.printing import spooler
from kiosk.services.record import my_record
from kiosk.services.rulebook import book
from tests.services.cases.conftest import Hamlet
from tests.services.rulebook.wordings import CONCERN


def test_from_report_to_effect_the_reporter_gains_nothing(
    hamlet: Hamlet, clock: SettableClock
) -> None:
    before = my_record.opened(hamlet.village, hamlet.sign("B")).record
    hamlet.decided_concern("A", "B")
    clock.advance(days=21)
    timed_moves.tick(hamlet.village)
    after = my_record.opened(hamlet.village, hamlet.sign("B")).record
    assert hamlet.number("A") == 45
    assert (after.number, after.wallet, after.lines) == (before.number, before.wallet, ())
    assert hamlet.credits() == []


@pytest.mark.parametrize("line", ["reward = 1", "reporter_points = 3", "bounty = 2"])
def test_no_rule_file_can_pay_a_reporter(sqlite_hamlet: Hamlet, tmp_path: Path, line: str) -> None:
    file = tmp_path / "book.toml"
    file.write_text(f"{CONCERN}\n{line}\n", "utf-8")
    with pytest.raises(ExpectedError, match="rulebook_unknown"):
        book.install(sqlite_hamlet.village, file)


@pytest.mark.long
def test_at_every_step_nobody_but_the_deciding_officer_learns_who_reported(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    village = hamlet.village
    hamlet.serve("CDE")
    shown: list[object] = []

    def look() -> None:
        clerk = hamlet.sign("C", "clerk")
        shown.extend(
            (
                notices.notices(village, hamlet.sign("A")),
                own_view.my_cases(village, hamlet.sign("A")),
                my_record.opened(village, hamlet.sign("A")).record,
                data_copy.data_copy(village, hamlet.sign("A")),
                paper_notices.waiting(village, clerk),
                paper_notices.to_take_down(village, clerk),
                decide.queue(village, hamlet.officer("y")),
            )
        )

    case_id = hamlet.hand_in("B", "A", "litter").case_id
    look()
    paper_notices.print_notice(village, hamlet.sign("Z", "clerk"), case_id, new_touch_id())
    notices.mark_noticed(village, hamlet.sign("A"), case_id, new_touch_id())
    look()
    hamlet.reply("A", case_id)
    shown.append(decide.open_case(village, hamlet.officer("Y"), case_id))
    hamlet.decide("Y", case_id)
    hamlet.countersign("Z", case_id)
    look()
    panel = hamlet.appeal("A", case_id)
    for letter in panel[:2]:
        shown.append(panel_view.open_panel_case(village, hamlet.sign(letter), case_id))
        hamlet.vote(letter, case_id, uphold=True)
    timed_moves.tick(village)
    look()
    spooler.print_next(village)
    shown += [(job.payload, job.note_lines, job.qr_text) for job in hamlet.jobs()]
    assert "林A" in repr(shown)
    assert "林B" not in repr(shown)


def test_the_reporter_sees_when_an_officer_asked_for_their_name(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", case_id)
    decide.unseal_reporter(hamlet.village, hamlet.officer("Y"), case_id, new_touch_id())
    (look,) = my_record.opened(hamlet.village, hamlet.sign("B")).record.views
    assert (look.viewer_name, look.purpose) == ("林Y", "unseal_reporter")


def test_a_good_deed_never_tells_that_its_reporter_raised_a_concern(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    raised = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", raised)
    named = hamlet.hand_in("B", "A", "help").case_id
    hamlet.accept("A", named)
    back = hamlet.hand_in("A", "B", "help").case_id
    hamlet.accept("B", back)
    for case_id in (named, back):
        view = decide.open_case(hamlet.village, hamlet.officer("Y"), case_id)
        assert view.reporter_name in ("林A", "林B")
        assert {line.kind for line in view.between} == {"deed"}
        assert view.similar == ()


def test_no_door_of_the_desk_lets_who_reported_a_concern_be_inferred(
    sqlite_hamlet: Hamlet, clock: SettableClock
) -> None:
    """Y lives with y, who reported; Y could work it out from a refusal, a line or a count."""
    hamlet = sqlite_hamlet
    village = hamlet.village
    sealed = hamlet.hand_in("y", "A", "litter").case_id
    other = hamlet.hand_in("B", "A", "litter").case_id
    for case_id in (sealed, other):
        hamlet.reply("A", case_id)
    unknown = hamlet.case(other).id + 50

    def refusal(step: Callable[..., object], *args: object) -> str:
        with pytest.raises(ExpectedError) as found:
            step(village, hamlet.officer("Y"), *args)
        return found.value.code

    queue = decide.queue(village, hamlet.officer("Y"))
    assert [line.case_id for line in queue] == [other]
    for case_id in (sealed, unknown):  # one that is there and one that is not: the same answer
        assert refusal(decide.open_case, case_id) == "unknown_case"
        assert refusal(decide.unseal_reporter, case_id, new_touch_id()) == "unknown_case"
    view = decide.open_case(village, hamlet.officer("Y"), other)
    assert (view.similar, view.between) == ((), ())
    assert refusal(decide.merge, other, sealed, new_touch_id()) == "not_the_same"
    hamlet.decide("Z", sealed)
    hamlet.add("W")
    hamlet.countersign("W", sealed)
    hamlet.acknowledge("A", sealed)
    clock.advance(days=21)
    timed_moves.tick(village)
    reference = hamlet.case(sealed).reference
    for number in (reference, "2026-0999"):
        assert refusal(panel_correction.case_to_correct, number) == "no_such_entry"


def test_nobody_learns_by_reporting_that_somebody_else_reported_before(
    sqlite_hamlet: Hamlet,
) -> None:
    hamlet = sqlite_hamlet
    hamlet.hand_in("B", "A", "litter")
    asked = [
        duplicates.possible_duplicate(
            hamlet.village,
            hamlet.sign("C"),
            hamlet.people[about],
            hamlet.rules["litter"],
            hamlet.today,
        )
        for about in "AD"  # one who was reported, and one who was not
    ]
    assert asked == [None, None]
    receipts = [hamlet.hand_in("C", about, "litter") for about in "AD"]
    assert len({(each.next_key, each.due_on) for each in receipts}) == 1


def test_who_reported_what_was_merged_does_not_decide_on_it(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    first = hamlet.hand_in("B", "A", "litter").case_id
    second = hamlet.hand_in("y", "A", "litter").case_id
    for case_id in (first, second):
        hamlet.reply("A", case_id)
    decide.merge(hamlet.village, hamlet.officer("Z"), second, first, new_touch_id())
    assert decide.queue(hamlet.village, hamlet.officer("Y")) == ()
    with pytest.raises(ExpectedError, match="own_household"):
        hamlet.decide("Y", first)
