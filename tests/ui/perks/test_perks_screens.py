"""By touch: points are earned, spent and seen, and a clerk hands over what they were spent on."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.models.printing import PrintJob
from kiosk.services.perks import redemptions
from kiosk.services.printing import queue, spooler
from kiosk.services.village import Village
from kiosk.services.wallet.balance import wallet_of
from tests.ui.beginnings import ME, a_shelf, neighbourhood
from tests.ui.neighbours import CLERK, Neighbours
from tests.ui.touch import see, tap, texts, until
from tests.ui.walking import Walk
from tests.worlds.kept import grown


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), neighbourhood)


def steps(stage: MainWindow, *names: str) -> None:
    for name in names:
        until(lambda each=name: see(stage.window, each), name)  # type: ignore[misc]
        tap(stage.window, name)


def says(stage: MainWindow, *words: str) -> None:
    until(lambda: all(any(each in shown for shown in texts(stage.window)) for each in words))


@pytest.mark.long
def test_points_are_spent_and_what_they_were_spent_on_is_handed_over_once(
    stage: MainWindow, lane: Neighbours
) -> None:
    a_shelf(Walk(stage, lane))
    village = lane.village
    stage.kiosk.begin_session(lane.signed_in(ME))
    stage.kiosk.open("my_record")
    steps(stage, "open_perks")
    says(stage, "换东西不影响您的分数", "肥皂", "1 积分", "还有 5 份", "每人一年 4 份")
    steps(stage, "perks.offer.0", "dialog.yes")
    until(lambda: see(stage.window, "perks.done"), "that it is reserved")
    (kept,) = redemptions.my_vouchers(village, lane.at_home(ME))
    says(stage, kept.reference, "给您留好了", "服务台领", "还有 2 积分", "不影响您的分数")
    with village.read() as session:
        assert wallet_of(session, lane.people[ME]) == 2
    while spooler.print_next(village):
        pass
    slip = next(each for each in queue.jobs(village) if each.reference == kept.reference)
    assert slip.over
    steps(stage, "perks.done")
    says(stage, "还有 4 份", "您已有 1 份")
    steps(stage, "perks.my_wallet")
    says(stage, "有 2 积分可以换东西", "等您来领", "做了好事")
    note = next(each for each in _codes(village) if f"voucher {kept.reference}" in each)

    stage.kiosk.wipe()
    stage.kiosk.begin_session(lane.signed_in(CLERK, official=True))
    stage.kiosk.open("perk_desk")
    until(lambda: see(stage.window, "number_pad"), "the pad")
    stage.kiosk.note_scanned("这不是兑换券")
    says(stage, "不是这里出的")
    stage.kiosk.note_scanned(note)
    steps(stage, "perk_desk.hand_over")
    says(stage, "已经交给", ME)
    steps(stage, "perk_desk.next")
    stage.kiosk.note_scanned(note)
    says(stage, "已经领过了")
    assert see(stage.window, "perk_desk.hand_over") is None
    (line,) = redemptions.my_vouchers(village, lane.at_home(ME))
    assert line.state == "collected"


def _codes(village: Village) -> list[str]:
    with village.read() as session:
        return list(session.scalars(select(PrintJob.qr_text)))
