"""The board: what concerns everybody, of no more people than asked to be on it."""

from __future__ import annotations

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.services.board.board import board
from kiosk.services.perks import catalogue, redemptions
from kiosk.services.printing import spooler
from kiosk.services.printing.weekly_checkpoint import queue_checkpoint
from kiosk.services.upkeep import fire_drill
from kiosk.services.upkeep.backup import back_up
from kiosk.services.village import Village
from tests.services.cases.conftest import Hamlet


def test_in_a_new_village_little_stands_on_it(sqlite_village: Village) -> None:
    seen = board(sqlite_village)
    assert (seen.changes, seen.perks, seen.for_all, seen.wall) == ((), (), (), ())
    assert (seen.round, seen.drill, seen.paper) == (None, None, None)


def test_what_is_in_stock_stands_there_with_how_many_are_left(hamlet: Hamlet) -> None:
    village, clerk = hamlet.village, hamlet.sign("Z", "clerk")
    soap = catalogue.offer(
        village, clerk, Texts({"zh": "肥皂", "en": "Soap"}), 3, 1, new_touch_id()
    )
    assert [(each.price, each.stock) for each in board(village).perks] == [(3, 1)]
    hamlet.approved_deed("A")
    redemptions.reserve(village, hamlet.sign("A"), soap.perk_id, new_touch_id())
    assert board(village).perks == ()


def test_the_newest_weekly_checkpoint_that_came_out_stands_there(hamlet: Hamlet) -> None:
    village = hamlet.village
    hamlet.hand_in("A", "A", "help")
    assert queue_checkpoint(village) is not None
    assert board(village).paper is None, "it is on its way"
    while spooler.print_next(village):
        pass
    paper = board(village).paper
    assert paper is not None
    assert paper.reference.startswith("W")
    assert paper.day == hamlet.today
    first = paper.entries
    hamlet.clock.advance(days=8)
    hamlet.hand_in("A", "A", "docks")
    queue_checkpoint(village)
    while spooler.print_next(village):
        pass
    newer = board(village).paper
    assert newer is not None
    assert newer.entries > first


def test_how_the_last_backup_that_was_tried_out_did_stands_there(
    sqlite_hamlet: Hamlet, clock: SettableClock
) -> None:
    village = sqlite_hamlet.village
    back_up(village)
    clock.advance(hours=2)
    held = fire_drill.hold(village)
    assert held is not None
    assert board(village).drill == held
