"""Random people, officers, clocks and moves against real services: what must hold, always.

`CaseMachine` is driven by hypothesis. Most steps are moves that the table allows where the case
stands, by somebody drawn at random; whoever may not make them is refused by a typed error, and
nothing else is ever raised.

What must hold is judged by this file alone: who belongs together, what silence leads to and how
many days there are stand here once more, so that a mistake in the services' own tables is a
mistake and not a new truth. `test_case_machine` breaks the services on purpose and sees each
invariant fail.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.clock import SettableClock, village_day
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.models.cases import Case, CaseMove, PanelSeat, PointEntry
from kiosk.models.register import Resident
from kiosk.services.audit.log import verify_log
from kiosk.services.cases import (
    appeal,
    decide,
    disowned,
    hand_overs,
    notices,
    panel,
    panel_correction,
    paper_notices,
    reasons,
    remedy,
    submit,
)
from kiosk.services.cases.flow import standing, table, timed_moves
from kiosk.services.consent import pauses
from kiosk.services.record import number as record_number
from kiosk.services.register.people import declare_relative
from kiosk.services.upkeep.opening import found_village, open_village
from kiosk.services.wallet.balance import wallet_of
from kiosk.services.work import Work, writing
from tests.services.cases.conftest import Hamlet, furnish
from tests.worlds.names import YANGQIAO

EVERYBODY = "AaBCDEFGXYyZK"
OFFICERS = "XYyZ"
START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
DECIDING = ("approve", "decline", "countersign", "merge", "uphold", "overturn", "correct")
HOUSES = ("Aa", "B", "C", "D", "E", "Yy", "Z", "F", "G", "X", "K")
DECLARED = ({"A", "X"},)
"""Who declared that they are related."""
SILENCE = {
    "concern": {
        "submitted": {"lapsed"},
        "noticed": {"reply_time_over"},
        "replied": {"lapsed"},
        "reply_time_over": {"lapsed"},
        "decided": {"lapsed"},
        "countersigned": {"lapsed"},
        "told": {"effective", "lapsed"},
        "appealed": {"lapsed"},
        "upheld": {"effective", "lapsed"},
        "effective": {"ended"},
    },
    "own_deed": {"appealed": {"submitted"}, "effective": {"ended"}},
    "nomination": {
        "submitted": {"lapsed"},
        "noticed": {"lapsed"},
        "appealed": {"accepted"},
        "effective": {"ended"},
    },
}
"""What time alone leads to, track by track: in a concern never against the person."""
DAYS = {
    "concern": {
        "submitted": 30, "noticed": 7, "replied": 30, "reply_time_over": 30, "countersigned": 30,
        "told": 20, "appealed": 14,
    },
    "own_deed": {"submitted": 7, "appealed": 14},
    "nomination": {"submitted": 60, "accepted": 7, "appealed": 14},
}  # fmt: skip
"""How many whole days a state has, the day after it was reached being the first."""
COUNTED = {"concern": 180, "own_deed": 365, "nomination": 365}
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Twenty thousand commits: a disk would take minutes for what proves nothing here."""
people = st.sampled_from(EVERYBODY)
SENTENCE = "当天看过现场。"


class Template:
    """A furnished village, made once and copied for every run."""

    folder: ClassVar[Path | None] = None
    hamlet: ClassVar[Hamlet]

    @classmethod
    def copy(cls) -> tuple[Path, Hamlet]:
        if cls.folder is None:
            cls.folder = Path(tempfile.mkdtemp(prefix="cases-", dir=MEMORY))
            atexit.register(shutil.rmtree, cls.folder, ignore_errors=True)
            settings = Settings(
                YANGQIAO,
                "yangqiao.example/good-deed-book",
                places=("docks_south", "docks_north"),
            )
            clock = SettableClock(START)
            with found_village(
                DataDirectory(cls.folder / "village"), settings, clock
            ).closing() as village:
                cls.hamlet = furnish(Hamlet(village, clock))
                for letter in "FGXK":
                    cls.hamlet.add(letter)
                cls.hamlet.serve("BCDEFG")
                for letter in OFFICERS:
                    cls.hamlet.officer(letter)
                cls.hamlet.sign("K", "clerk")
                with writing(village) as work:
                    declare_relative(work, cls.hamlet.people["A"], cls.hamlet.people["X"])
        target = Path(tempfile.mkdtemp(prefix="cases-", dir=MEMORY))
        shutil.copytree(cls.folder / "village", target / "village")
        clock = SettableClock(START)
        village = open_village(DataDirectory(target / "village"), clock)
        hamlet = Hamlet(village, clock, dict(cls.hamlet.people), dict(cls.hamlet.rules))
        return target, hamlet


class CaseMachine(RuleBasedStateMachine):
    """The world that hypothesis drives."""

    steps: ClassVar[int] = 0
    done: ClassVar[dict[str, int]] = {}
    """How often each move was made, over all runs."""

    @initialize()
    def begin(self) -> None:
        self.target, self.hamlet = Template.copy()
        self.village, self.clock = self.hamlet.village, self.hamlet.clock
        self.checked_moves = 0
        self.touched: set[int] = set()
        self.ticked = True

    def teardown(self) -> None:
        if not hasattr(self, "village"):
            return
        try:
            timed_moves.tick(self.village)
            self.touched = set(self.hamlet.people.values())
            self.the_number_is_the_sum_of_its_lines()
            self.nothing_is_overdue()
            report = verify_log(self.village)
            assert report.consistent, report.findings
        finally:
            self.village.database.close()
            shutil.rmtree(self.target, ignore_errors=True)

    # --- What people do

    def attempt(self, step: Callable[[], object]) -> None:
        """Do something; a typed refusal is fine, anything else is a bug."""
        CaseMachine.steps += 1
        self.ticked = False
        try:
            step()
        except ExpectedError as refused:
            self.village.catalogue.text(f"error.{refused.code}", "zh", *refused.values)

    @rule(
        by=people,
        about=people,
        which=st.sampled_from(("help", "docks", "visit", "litter", "litter", "repayment")),
        days=st.integers(-1, 31),
        witness=st.sampled_from(("", "B", "C", "Z")),
        concerned=st.booleans(),
    )
    def hand_in(
        self, by: str, about: str, which: str, days: int, witness: str, concerned: bool
    ) -> None:
        def step() -> None:
            form = self.hamlet.form(
                by, about, which, days_ago=days, witnesses=witness, concerned=concerned
            )
            submit.hand_in(self.village, form)

        self.attempt(step)

    @rule(by=people)
    def report_a_deed_of_ones_own(self, by: str) -> None:
        self.attempt(lambda: self.hamlet.hand_in(by, by, "help"))

    @rule(by=people, about=st.sampled_from("ABCD"))
    def report_a_concern(self, by: str, about: str) -> None:
        self.attempt(lambda: self.hamlet.hand_in(by, about, "litter"))

    @rule(data=st.data())
    def move_a_case(self, data: st.DataObject) -> None:
        """A move that the table knows here, by somebody: often whom it names, else anybody."""
        case_id, state, track = self._some_case(data)
        if case_id is None:
            self.attempt(lambda: timed_moves.tick(self.village))
            return
        rows = [row for row in table.MOVES if track in row.tracks and state in row.from_states]
        names = [row.name for row in rows if row.who != ("time",)]
        name = data.draw(st.sampled_from(names or ["withdraw"]))
        who = self._fitting(case_id, name)
        letter = data.draw(st.one_of(people, st.sampled_from(who or EVERYBODY)))
        side = data.draw(st.booleans())
        self.attempt(lambda: self.make(name, letter, case_id, side))

    @rule(
        about=st.sampled_from("ABCD"),
        by=st.sampled_from("BCDEF"),
        officers=st.permutations(OFFICERS),
        far=st.sampled_from((2, 4, 5, 6, 7, 8, 9, 10)),
        teller=st.sampled_from(("", "K")),
        uphold=st.booleans(),
    )
    def a_concern_goes_its_way(
        self, about: str, by: str, officers: list[str], far: int, teller: str, uphold: bool
    ) -> None:
        """The usual way, as far as `far`: random moves alone seldom get to a panel or an effect."""
        case_id = 0

        def begin() -> None:
            nonlocal case_id
            case_id = self.hamlet.hand_in(by, about, "litter").case_id

        def votes() -> None:
            for letter in self.hamlet.seated(case_id)[:2]:
                self.make("uphold" if uphold else "overturn", letter, case_id, far % 2 == 0)

        steps: list[Callable[[], object]] = [
            begin,
            lambda: self.make("reply", about, case_id, True),
            lambda: self.make("approve", officers[0], case_id, True),
            lambda: self.make("countersign", officers[1], case_id, True),
            lambda: self.make("countersign", officers[2], case_id, True),
            lambda: self.make("tell", teller or about, case_id, True),
            (lambda: self.make("appeal", about, case_id, True)) if far != 8 else lambda: None,
            votes if far > 8 else lambda: self.time_goes_by(days=21, tick=True),
            lambda: timed_moves.tick(self.village),
            lambda: self.make("put_right", officers[3], case_id, True),
        ]
        for step in steps[:far]:
            self.attempt(step)
            if not case_id:
                return

    @rule(
        by=st.sampled_from("AaBXYyZ"),
        about=st.sampled_from("AaXYyZ"),
        officer=st.sampled_from(OFFICERS),
        concern=st.booleans(),
        heard=st.sampled_from(("", "notice", "answer")),
    )
    def an_officer_reaches_for_a_case(
        self, by: str, about: str, officer: str, concern: bool, heard: str
    ) -> None:
        """Their own, their house's, a relative's, one by themselves, or before it was answered."""
        made = self.hamlet.cases()
        which = "litter" if concern and by != about else "docks"
        self.attempt(lambda: self.hamlet.hand_in(by, about, which))
        case_id = self.hamlet.cases()
        if case_id == made:
            return
        answer = "reply" if which == "litter" else "accept"
        if by != about and heard:
            step = "notice" if heard == "notice" else answer
            self.attempt(lambda: self.make(step, about, case_id, True))
        self.attempt(lambda: self.make("approve", officer, case_id, True))

    @rule(data=st.data(), name=st.sampled_from(table.MOVE_NAMES), letter=people, side=st.booleans())
    def try_anything(self, data: st.DataObject, name: str, letter: str, side: bool) -> None:
        case_id, _, _ = self._some_case(data)
        if case_id is not None:
            self.attempt(lambda: self.make(name, letter, case_id, side))

    @rule(days=st.sampled_from((0, 1, 3, 8, 15, 21, 31, 61, 181)), tick=st.booleans())
    def time_goes_by(self, days: int, tick: bool) -> None:
        self.clock.advance(days=days, hours=1)
        CaseMachine.steps += 1
        self.ticked = False
        if tick:
            timed_moves.tick(self.village)
            self.ticked = True

    @precondition(lambda self: self.clock.now() > START + timedelta(days=40))
    @rule(days=st.sampled_from((1, 30)))
    def the_clock_is_set_back(self, days: int) -> None:
        self.clock.advance(days=-days)
        self.touched = set(self.hamlet.people.values())
        CaseMachine.steps += 1
        self.ticked = False

    @rule(letter=st.sampled_from("ABC"), back=st.booleans())
    def somebody_pauses_or_comes_back(self, letter: str, back: bool) -> None:
        door = pauses.resume if back else pauses.pause
        self.attempt(lambda: door(self.village, self.hamlet.sign(letter), new_touch_id()))

    def make(self, name: str, letter: str, case_id: int, side: bool) -> None:
        """One touch of one person; what the person is decides whether it is refused."""
        village, touch = self.village, new_touch_id()
        mine = self.hamlet.sign(letter)
        case = self.hamlet.case(case_id)
        role = ("officer",) if letter in OFFICERS else ("clerk",) if letter == "K" else ()
        official = self.hamlet.sign(letter, *role)
        decision = ("approve" if name != "decline" else "decline", case.kind)
        reason = reasons.REASONS[decision[1], decision[0]][0]
        voted = reasons.panel_reasons(case.kind, name == "uphold", case.state)[0]
        doors: dict[str, Callable[[], object]] = {
            "notice": lambda: self._notice(letter, official, mine, case_id),
            "accept": lambda: self._answer(letter, official, mine, case_id, True),
            "decline_nomination": lambda: self._answer(letter, official, mine, case_id, False),
            "reply": lambda: self._reply(letter, official, mine, case_id),
            "approve": lambda: decide.decide(
                village, official, case_id, True, reason, SENTENCE, touch
            ),
            "decline": lambda: (decide.countersign if case.state == "decided" else decide.decide)(
                village, official, case_id, False, reason, SENTENCE, touch
            ),
            "countersign": lambda: decide.countersign(
                village, official, case_id, True, reason, SENTENCE, touch
            ),
            "recuse": lambda: decide.recuse(village, official, case_id, touch),
            "return": lambda: decide.come_back(village, official, case_id, touch),
            "tell": lambda: self._tell(letter, official, mine, case_id),
            "withdraw": lambda: submit.withdraw(village, mine, case_id, touch),
            "merge": lambda: decide.merge(village, official, case_id, max(1, case_id - 1), touch),
            "disown": lambda: disowned.answer(village, mine, case_id, side, touch),
            "put_right": lambda: self._put_right(letter, official, mine, case_id, side),
            "appeal": lambda: appeal.appeal(village, mine, case_id, "当时我不在家", touch),
            "uphold": lambda: panel.vote(
                village, mine, case_id, True, voted, SENTENCE, touch, malice=side
            ),
            "overturn": lambda: panel.vote(
                village, mine, case_id, False, voted, SENTENCE, touch, malice=side
            ),
            "correct": lambda: self._correct(official, mine, case_id, voted),
        }
        if name in doors:
            doors[name]()

    def _notice(self, letter: str, official: str, mine: str, case_id: int) -> None:
        if letter != "K":
            notices.mark_noticed(self.village, mine, case_id, new_touch_id())
            return
        paper_notices.print_notice(self.village, official, case_id, new_touch_id())
        day = self.hamlet.today
        paper_notices.handed_over(self.village, official, case_id, day, new_touch_id())

    def _tell(self, letter: str, official: str, mine: str, case_id: int) -> None:
        if letter != "K":
            notices.acknowledge(self.village, mine, case_id, new_touch_id())
            return
        paper = (case_id, self.hamlet.case(case_id).subject_id)
        hand_overs.print_paper(self.village, official, *paper, new_touch_id())
        day = self.hamlet.today
        hand_overs.handed_over(self.village, official, *paper, day, new_touch_id())

    def _reply(self, letter: str, official: str, mine: str, case_id: int) -> None:
        given = (case_id, "not_so", "")
        if letter == "K":
            paper_notices.take_down_reply(self.village, official, *given, True, new_touch_id())
        else:
            notices.reply(self.village, mine, *given, new_touch_id())

    def _answer(self, letter: str, official: str, mine: str, case_id: int, accepts: bool) -> None:
        if letter == "K":
            answer = (case_id, accepts, True, new_touch_id())
            paper_notices.take_down_answer(self.village, official, *answer)
        elif accepts:
            notices.accept_nomination(self.village, mine, case_id, new_touch_id())
        else:
            notices.decline_nomination(self.village, mine, case_id, new_touch_id())

    def _put_right(self, letter: str, official: str, mine: str, case_id: int, side: bool) -> None:
        if letter in OFFICERS and side:
            decide.put_right(self.village, official, case_id, SENTENCE, new_touch_id())
        else:
            remedy.confirm_put_right(self.village, mine, case_id, new_touch_id())

    def _correct(self, official: str, mine: str, case_id: int, voted: str) -> None:
        if self.hamlet.seated(case_id):
            panel.vote(self.village, mine, case_id, False, voted, SENTENCE, new_touch_id())
        else:
            panel_correction.ask_to_correct(
                self.village, official, case_id, SENTENCE, new_touch_id()
            )

    def _some_case(self, data: st.DataObject) -> tuple[int | None, table.State, table.Track]:
        with self.village.read() as session:
            rows = list(session.scalars(select(Case).order_by(Case.id.desc()).limit(6)))
            if not rows:
                return None, "draft", "concern"
            case = rows[data.draw(st.integers(0, len(rows) - 1))]
            return case.id, standing.state_of(case), standing.track_of(case)

    def _fitting(self, case_id: int, name: str) -> str:
        """Letters of those for whom the table is made; empty when it is any officer's."""
        by_id = {number: letter for letter, number in self.hamlet.people.items()}
        case = self.hamlet.case(case_id)
        if name in ("notice", "reply", "accept", "decline_nomination", "tell"):
            return by_id[case.subject_id] + "K"
        if name == "appeal":
            return by_id[case.subject_id]
        if name in ("withdraw", "disown"):
            return by_id[case.reporter_id]
        if name in ("uphold", "overturn", "correct"):
            return self.hamlet.seated(case_id) or OFFICERS
        return OFFICERS

    # --- What must hold

    @invariant()
    def every_move_was_the_right_ones_to_make(self) -> None:
        if not hasattr(self, "village"):
            return
        with self.village.read() as session:
            made = list(
                session.scalars(
                    select(CaseMove).where(CaseMove.id > self.checked_moves).order_by(CaseMove.id)
                )
            )
            for each in made:
                self._check_move(session, each)
                self.checked_moves = each.id

    def _check_move(self, session: Session, made: CaseMove) -> None:
        case = session.get_one(Case, made.case_id)
        CaseMachine.done[made.move] = CaseMachine.done.get(made.move, 0) + 1
        self.touched |= {case.subject_id, case.reporter_id}
        before = [each for each in case.moves if each.id < made.id]
        if made.actor_id is None:
            self._check_silence(case, made, before)
        if made.move in DECIDING:
            self._check_decision(session, case, made, before)
        if made.to_state == "effective" and case.kind == "concern":
            self._check_the_way_to_an_effect(made, before)
        if made.move in ("correct", "disown", "put_right") and made.from_state == "effective":
            self._check_restored(session, case, village_day(made.at))

    def _check_silence(self, case: Case, made: CaseMove, before: list[CaseMove]) -> None:
        """Time leads where it should, and never before its day."""
        track = standing.track_of(case)
        assert made.to_state in SILENCE[track].get(made.from_state, ()), (
            "silence lapses", track, made.from_state, made.to_state,
        )  # fmt: skip
        since = next(m for m in reversed(before) if m.from_state != m.to_state)
        if made.from_state == "decided":
            since = next(m for m in before if m.to_state in ("replied", "reply_time_over"))
        if made.from_state == "noticed" and track == "nomination":
            since = before[0]
        waited = (village_day(made.at) - village_day(since.at)).days
        if made.from_state == "effective":
            assert waited >= COUNTED[track], "ended before its day"
        elif made.from_state not in ("upheld", "noticed", "decided"):
            assert waited > DAYS[track][made.from_state], "time was over before its day"

    def _check_decision(
        self, session: Session, case: Case, made: CaseMove, before: list[CaseMove]
    ) -> None:
        by_id = {number: letter for letter, number in self.hamlet.people.items()}
        deciding = {by_id[each] for each in (made.actor_id,) if each is not None}
        if made.move in ("uphold", "overturn", "correct"):
            voted = select(PanelSeat.resident_id).where(
                PanelSeat.case_id == case.id, PanelSeat.uphold.is_not(None)
            )
            deciding |= {by_id[each] for each in session.scalars(voted)}
            first = {by_id[m.actor_id] for m in before if m.actor_id and m.move in DECIDING[:3]}
            assert not deciding & first, "the panel is not who decided"
            assert len(deciding) >= 2, "a panel's decision has two votes"
        assert deciding
        for letter in deciding:
            for person in (by_id[case.subject_id], by_id[case.reporter_id]):
                assert letter != person, "nobody decides on themselves or their own report"
                assert house_of(letter) != house_of(person), "nobody decides on their household"
                assert {letter, person} not in DECLARED, "nobody decides on a declared relative"
        assert made.move == "merge" or (made.reason and made.sentence), "reason and sentence"
        if case.kind == "concern":
            heard = {each.move for each in before}
            assert "notice" in heard, "nothing is decided before notice"
            assert heard & {"reply", "reply_time_over"}, "nothing is decided before reply time"
        if made.move == "countersign":
            officer = next(m.actor_id for m in reversed(before) if m.move == "approve")
            assert officer is not None
            assert house_of(by_id[officer]) not in map(house_of, deciding), "two houses decide"

    def _check_the_way_to_an_effect(self, effect: CaseMove, before: list[CaseMove]) -> None:
        """Notice, reply or its time, two officers, and told and time to appeal or a lost appeal."""
        at = {each.move: each for each in before}
        assert {"notice", "approve", "countersign"} <= at.keys(), "nothing counts before notice"
        assert "reply" in at or "reply_time_over" in at, "nothing counts before reply time"
        if "reply_time_over" in at:
            waited = village_day(at["reply_time_over"].at) - village_day(at["notice"].at)
            assert waited.days > 7, "nothing counts before reply time"
        if "appeal" in at:
            assert effect.from_state == "upheld", "an appeal stops the effect"
            assert "uphold" in at, "an appeal stops the effect"
        else:
            assert "tell" in at, "nothing counts before the person was told"
            waited = village_day(effect.at) - village_day(at["tell"].at)
            assert waited.days > 20, "nothing counts before appeal time"

    def _check_restored(self, session: Session, case: Case, day: date) -> None:
        """The sum is, line by line, what it is without the case, and the case's row ended."""
        (ended,) = session.scalars(select(PointEntry.ended_on).where(PointEntry.case_id == case.id))
        assert ended == day, "a reversal restores the number exactly"
        person = session.get_one(Resident, case.subject_id)
        entries = record_number.entries_of(session, person)
        today = self.hamlet.today
        without = [each for each in entries if each.case_id != case.id]
        restored = record_number.add_up(entries, 0, today) == record_number.add_up(
            without, 0, today
        )
        assert restored, "a reversal restores the number exactly"

    @invariant()
    def the_number_is_the_sum_of_its_lines(self) -> None:
        if not hasattr(self, "village"):
            return
        with self.village.read() as session:
            for resident_id in self.touched:
                self._check_number(session, resident_id)
        self.touched = set()

    def _check_number(self, session: Session, resident_id: int) -> None:
        assert wallet_of(session, resident_id) >= 0
        today = self.hamlet.today
        found = record_number.number_of(Work(session, self.village), resident_id, today)
        if found is None:
            return
        assert 0 <= found.number <= 100, "the number stays 0 to 100"
        assert found.number == 50 + sum(line.points for line in found.lines), "sum of its lines"
        for line in found.lines:
            if line.case_id is not None:
                state = session.get_one(Case, line.case_id).state
                assert state == "effective", ("an appeal stops the effect", state)
        standing = (
            select(PointEntry)
            .join(Case, Case.id == PointEntry.case_id)
            .where(PointEntry.resident_id == resident_id, Case.state == "effective")
            .where(PointEntry.effective_on <= today, PointEntry.ends_on > today)
        )
        points = [each.points for each in session.scalars(standing)]
        assert found.concerns == min(50, -sum(p for p in points if p < 0)), "sum of its lines"
        assert found.deeds <= min(40, sum(p for p in points if p > 0)), "sum of its lines"

    @invariant()
    def every_open_concern_has_the_day_that_was_told(self) -> None:
        """Whole days from the state's first moment; the day of a decision stays the reply's."""
        if not hasattr(self, "village"):
            return
        with self.village.read() as session:
            for case in session.scalars(select(Case).where(Case.state.in_(SILENCE["concern"]))):
                track = standing.track_of(case)
                days = DAYS[track].get(case.state)
                if days is None or (track, case.state) == ("nomination", "noticed"):
                    continue
                reached = next(m for m in reversed(case.moves) if m.from_state != m.to_state)
                ends = village_day(reached.at) + timedelta(days=days + 1)
                assert case.due_at is not None, "silence lapses"
                assert village_day(case.due_at) == ends, ("told another day", case.state)

    @invariant()
    def nothing_is_overdue(self) -> None:
        """Once the timer has run, silence has had its effect: it lapsed, or went on."""
        if not hasattr(self, "village") or not self.ticked:
            return
        with self.village.read() as session:
            for case in session.scalars(select(Case).where(Case.due_at <= self.clock.now())):
                overdue = case.state in SILENCE[standing.track_of(case)]
                assert not overdue, ("silence lapses", case.state, case.due_at)


def house_of(letter: str) -> str:
    """The household of somebody, by its letters."""
    return next(house for house in HOUSES if letter in house)
