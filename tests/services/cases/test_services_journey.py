"""The main job through the services alone: real rule book, real cards and PINs, real paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from kiosk.core.clock import SettableClock, village_day
from kiosk.core.ids import new_touch_id
from kiosk.services.access import grants, sessions
from kiosk.services.access.cards import IssuedCard
from kiosk.services.audit.log import verify_log
from kiosk.services.cases import confirmations, decide, notices, submit
from kiosk.services.cases.flow import timed_moves
from kiosk.services.cases.submit import CaseReceipt
from kiosk.services.enrolment import explanation, joining
from kiosk.services.printing import queue, spooler
from kiosk.services.record import my_record
from kiosk.services.rulebook import book
from kiosk.services.village import Village
from tests.worlds.builder import Builder, Person

NAMES = ("林春生", "李秀兰", "周根土", "王建国", "沈阿梅")
SPRING, ORCHID, OFFICER, SECOND, CLERK = range(5)


@dataclass
class Hall:
    """Five households with one adult each, who sign in with their own card and PIN."""

    village: Village
    ids: tuple[int, ...]
    cards: dict[int, IssuedCard]

    def sign_in(self, who: int, *, official: bool = False) -> str:
        card = self.cards[who]
        return sessions.sign_in(self.village, card.token_text, card.pin, official=official).id

    def rule(self, key: str) -> int:
        return next(each.rule_version_id for each in book.current(self.village) if each.rule == key)

    def hand_in(self, who: int, about: int, rule: str, words: str) -> CaseReceipt:
        form = Builder(self.village).written(
            self.sign_in(who), self.ids[about], self.rule(rule), words
        )
        return submit.hand_in(self.village, form)

    def record(self, who: int) -> my_record.Record:
        return my_record.opened(self.village, self.sign_in(who)).record


def settle(village: Village) -> Hall:
    """Register, rule book, offices, cards and consents, as a village begins."""
    builder = Builder(village)
    homes = [
        builder.home([Person(name, name)], code=str(n), lane="河埠路", number=str(n))
        for n, name in enumerate(NAMES, start=1)
    ]
    ids = tuple(home.people[0] for home in homes)
    book.install(village)
    founders = grants.founding(
        village,
        {
            ids[OFFICER]: frozenset({"officer"}),
            ids[SECOND]: frozenset({"officer"}),
            ids[CLERK]: frozenset({"clerk"}),
        },
    )
    hall = Hall(village, ids, dict(zip((OFFICER, SECOND, CLERK), founders, strict=True)))
    clerk = hall.sign_in(CLERK, official=True)
    for who in (SPRING, ORCHID):
        joining.enrol(
            village,
            clerk,
            ids[who],
            ("number",),
            new_touch_id(),
            read_aloud=True,
            answers=explanation.UNDERSTOOD,
        )
        hall.cards[who] = grants.issue_card(village, clerk, ids[who])
    return hall


@pytest.mark.long
def test_the_main_job_from_handing_in_to_a_number_that_is_explained(
    village: Village, clock: SettableClock
) -> None:
    hall = settle(village)
    assert hall.record(SPRING).number == 50

    # Spring hands in a deed of his own and asks Orchid, who saw it.
    own = hall.hand_in(SPRING, SPRING, "visit_older_person", "陪老人出门办事")
    confirmations.ask_to_confirm(
        village, hall.sign_in(SPRING), own.case_id, hall.ids[ORCHID], new_touch_id()
    )
    (asked,) = confirmations.confirmable(village, hall.sign_in(ORCHID))
    confirmations.confirm(village, hall.sign_in(ORCHID), asked.case_id, new_touch_id())

    # Orchid writes one down for Spring, who accepts it.
    clock.advance(days=1)
    nominated = hall.hand_in(ORCHID, SPRING, "clean_docks", "下午扫了石阶")
    (notice,) = notices.notices(village, hall.sign_in(SPRING))
    assert (notice.needs, notice.from_whom) == ("accept", "李秀兰")
    notices.accept_nomination(village, hall.sign_in(SPRING), notice.case_id, new_touch_id())
    assert hall.record(SPRING).number == 50  # nothing counts before an officer's word

    # An officer opens both, oldest first, and approves.
    for case_id in (own.case_id, nominated.case_id):
        officer = hall.sign_in(OFFICER, official=True)
        first = decide.queue(village, officer)[0]
        assert (first.case_id, first.mine_to_decide) == (case_id, True)
        view = decide.open_case(village, officer, case_id, "decide_case")
        assert view.confirmations == ("李秀兰",)
        outcome = decide.decide(
            village,
            officer,
            case_id,
            True,
            "desk.reason_confirmed",
            "李秀兰当时在场。",
            new_touch_id(),
        )
        assert outcome.state == "effective"

    # The number changed, and every line says why. Orchid's word carries one deed a month.
    record = hall.record(SPRING)
    assert (record.number, record.deeds, record.wallet, record.pending) == (56, 6, 9, 0)
    assert [(line.title["zh"], line.points, line.cap) for line in record.lines] == [
        ("清理河埠头", 0, "confirmer"),
        ("看望老人、陪老人看医生", 6, ""),
    ]
    assert record.lines[1].confirmed_by == ("李秀兰",)
    assert record.lines[1].decided_by == ("周根土",)
    assert [view.viewer_name for view in record.views] == ["周根土", "周根土", "沈阿梅"]
    assert record.looks == 4
    assert record.number == record.base + sum(line.points for line in record.lines)

    # A concern: told, answered, two officers, time to appeal, and only then an effect.
    concern = hall.hand_in(SPRING, ORCHID, "littering_docks", "两袋菜叶")
    (notice,) = notices.notices(village, hall.sign_in(ORCHID))
    assert (notice.needs, notice.from_whom, notice.points) == ("reply", "", -5)
    notices.mark_noticed(village, hall.sign_in(ORCHID), concern.case_id, new_touch_id())
    clock.advance(days=3)
    notices.reply(
        village, hall.sign_in(ORCHID), concern.case_id, "own_words", "风吹下去的", new_touch_id()
    )
    reason = ("desk.reason_evidence", "照片上看得很清楚。")
    officer, second = (hall.sign_in(who, official=True) for who in (OFFICER, SECOND))
    decided = decide.decide(village, officer, concern.case_id, True, *reason, new_touch_id())
    assert (decided.state, decided.print_job_id) == ("decided", None)
    signed = decide.countersign(village, second, concern.case_id, True, *reason, new_touch_id())
    assert signed.state == "countersigned"
    notices.acknowledge(village, hall.sign_in(ORCHID), concern.case_id, new_touch_id())
    clock.advance(days=20)
    assert (timed_moves.tick(village), hall.record(ORCHID).number) == (0, 50)
    clock.advance(days=1)
    assert (timed_moves.tick(village), hall.record(ORCHID).number) == (1, 45)

    # It was cleaned up: confirmed, it ends at once, and the number is what it was.
    ended = decide.put_right(
        village,
        hall.sign_in(OFFICER, official=True),
        concern.case_id,
        "已经清理干净。",
        new_touch_id(),
    )
    record = hall.record(ORCHID)
    assert (ended.state, record.number, record.lines) == ("ended", 50, ())

    # Every step left its paper; each is signed over the log, and the log fits.
    papers = queue.jobs(village)
    assert len(papers) == 3 + 2 + 1 + 1  # receipts, deeds decided, concern decided, put right
    assert {paper.reference for paper in papers} == {"2026-0001", "2026-0002", "2026-0003"}
    spooler.print_next(village)
    assert {queue.state(village, paper.job_id).phase for paper in papers} == {"done"}
    report = verify_log(village)
    assert report.consistent
    assert report.checkpoints == len(papers)

    # A year on, what counted has ended by itself.
    clock.advance(days=365)
    timed_moves.tick(village)
    assert hall.record(SPRING).number == 50
    assert village_day(clock.now()) - date(2026, 11, 24) > timedelta(days=365)
