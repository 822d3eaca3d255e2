"""The table of moves is obeyed in every cell: whichever is changed, what a move does is changed.

What each move of each track does stands here once more, written by hand from the design's section
4 and the charter, apart from the table. The first test makes every one of those moves. The second
changes one cell of the table at a time and makes one move that meets it: it must turn out
otherwise than written here, or the changed table must be refused before the program starts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from itertools import product
from typing import Any, cast

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from kiosk.core.clock import start_of_day, village_day
from kiosk.core.errors import ExpectedError
from kiosk.models.cases import Case, PointEntry
from kiosk.models.ledger import LedgerEntry
from kiosk.models.perks import WalletMovement
from kiosk.models.printing import PrintJob
from kiosk.services.cases.flow import effects, table
from kiosk.services.cases.flow.advance import advance
from kiosk.services.cases.flow.standing import load, signed_points
from kiosk.services.cases.flow.table import ROLES, STATES, TRACKS, Move, Role, State, Track
from kiosk.services.cases.slips import SLIPS
from kiosk.services.printing.recorded import PAPER
from kiosk.services.work import Work
from tests.services.cases.conftest import Hamlet

# from, move, who, to, last day (today is 0), log, prints, handed over with it, forgets
OWN_DEED = """
draft           hand_in      reporter      submitted  7     report         receipt  -        -
submitted       approve      officer       effective  364   decision,points,wallet decision - -
submitted       decline      officer       declined   never decision       decision -        -
submitted       merge        officer       withdrawn  never merge          -        -        -
submitted       recuse       officer       submitted  kept  recusal        -        -        -
submitted       return       officer       submitted  kept  recusal        -        -        -
submitted       withdraw     reporter      withdrawn  never withdrawal     -        -        -
declined        tell         subject,clerk declined   20    tell           -        decision -
effective       tell         subject,clerk effective  kept  tell           -        decision -
upheld          tell         subject,clerk upheld     kept  tell           -        decision -
overturned      tell         subject,clerk overturned kept  tell           -        decision -
declined        appeal       subject       appealed   14    appeal         appeal   -        -
appealed        uphold       panel         upheld     never decision       decision -        -
appealed        overturn     panel         effective  364   decision,points,wallet decision - -
appealed        reopen       time          submitted  7     lapse          -        -        -
effective       end          time          ended      never end            -        -        -
effective       correct      panel         overturned never decision,reversal,wallet decision - -
"""
NOMINATION = """
draft           hand_in      reporter      submitted  60    report         receipt  -        -
submitted       notice       subject,clerk noticed    kept  notice         -        notice   -
noticed         accept       subject,clerk accepted   7     acceptance     -        -        -
noticed         decline_nomination subject,clerk withdrawn never withdrawal -       -        -
accepted        approve      officer       effective  364   decision,points,wallet decision - -
accepted        decline      officer       declined   never decision       decision -        -
accepted        merge        officer       withdrawn  never merge          -        -        -
accepted        recuse       officer       accepted   kept  recusal        -        -        -
accepted        return       officer       accepted   kept  recusal        -        -        -
submitted,noticed withdraw   reporter      withdrawn  never withdrawal     -        -        -
accepted        withdraw     reporter,subject withdrawn never withdrawal   -        -        -
submitted,noticed,accepted disown reporter withdrawn  never withdrawal     -        -        -
effective       disown       reporter      overturned never withdrawal,reversal,wallet - -   -
submitted,noticed lapse      time          lapsed     never lapse          -        -        -
declined        tell         subject,clerk declined   20    tell           -        decision -
effective       tell         subject,clerk effective  kept  tell           -        decision -
upheld          tell         subject,clerk upheld     kept  tell           -        decision -
overturned      tell         subject,clerk overturned kept  tell           -        decision -
declined        appeal       subject       appealed   14    appeal         appeal   -        -
appealed        uphold       panel         upheld     never decision       decision -        -
appealed        overturn     panel         effective  364   decision,points,wallet decision - -
appealed        reopen       time          accepted   7     lapse          -        -        -
effective       end          time          ended      never end            -        -        -
effective       correct      panel         overturned never decision,reversal,wallet decision - -
"""
CONCERN = """
draft           hand_in      reporter      submitted  30    report         receipt  -        -
submitted       notice       subject,clerk noticed    7     notice         -        notice   -
noticed         reply        subject,clerk replied    30    reply          -        -        -
noticed         reply_time_over time       reply_time_over 30 lapse        -        -        -
replied,reply_time_over approve officer    decided    kept  decision       -        -        -
replied,reply_time_over decline officer    declined   never decision       decision -        -
replied,reply_time_over merge officer      withdrawn  never merge          -        -        -
replied         recuse       officer       replied    kept  recusal        -        -        -
replied         return       officer       replied    kept  recusal        -        -        -
reply_time_over recuse       officer       reply_time_over kept recusal    -        -        -
reply_time_over return       officer       reply_time_over kept recusal    -        -        -
decided         recuse       officer       decided    kept  recusal        -        -        -
decided         return       officer       decided    kept  recusal        -        -        -
decided         countersign  second_officer countersigned 30 decision      decision -        -
decided         decline      second_officer declined  never decision       decision -        -
countersigned   tell         subject,clerk told       20    tell           -        decision -
declined        tell         subject,clerk declined   kept  tell           -        decision -
withdrawn       tell         subject,clerk withdrawn  kept  tell           -        decision -
ended           tell         subject,clerk ended      kept  tell           -        decision -
lapsed          tell         subject,clerk lapsed     kept  tell           -        decision -
effective       tell         subject,clerk effective  kept  tell           -        decision -
overturned      tell         subject,clerk overturned kept  tell           -        decision -
told            appeal       subject       appealed   14    appeal         appeal   -        -
appealed        uphold       panel         upheld     now   decision       decision -        -
appealed        overturn     panel         overturned never decision       decision -        -
told,upheld     take_effect  time          effective  179   effect,points  -        -        -
all_but_noticed lapse        time          lapsed     never lapse          -        -        -
effective       lapse        time          lapsed     never lapse,reversal -        -        -
effective       end          time          ended      never end            -        -        forgets
effective       correct      panel         overturned never decision,reversal decision -     -
undecided       withdraw     reporter      withdrawn  never withdrawal     -        -        -
any_open        disown       reporter      withdrawn  never withdrawal     -        -        -
effective       disown       reporter      overturned never withdrawal,reversal -   -        -
any_open        put_right    officer       ended      never end            decision -        forgets
any_open        put_right    reporter      ended      never end            -        -        forgets
effective       put_right    officer       ended      never end,reversal   decision -        forgets
effective       put_right    reporter      ended      never end,reversal   -        -        forgets
"""

UNDECIDED = "submitted,noticed,replied,reply_time_over,decided"
DECIDED = "countersigned,told,appealed,upheld"
SEVERAL = {
    "undecided": UNDECIDED,
    "any_open": f"{UNDECIDED},{DECIDED}",
    "all_but_noticed": f"submitted,replied,reply_time_over,decided,{DECIDED}",
}
Step = tuple[Track, State, str, Role]
Outcome = tuple[str, ...]
"""What a move did: state, last day, log, prints, handed over, forgets; or why it did nothing."""
REFUSED: Outcome = ("refused",)


def written_by_hand() -> dict[Step, Outcome]:
    """What each legal step does; of any other it is that it is refused."""
    found: dict[Step, Outcome] = {}
    for track, text in zip(TRACKS, (OWN_DEED, NOMINATION, CONCERN), strict=True):
        for line in text.strip().splitlines():
            states, move, roles, *does = line.split()
            begins = SEVERAL.get(states, states).split(",")
            for state, role in product(begins, roles.split(",")):
                carried = does[4] if role == "clerk" else "-"
                step = (track, cast(State, state), move, cast(Role, role))
                assert step not in found, step
                found[step] = (*does[:4], carried, does[5])
    return found


EXPECTED = written_by_hand()
OF_OTHER_CELLS = (PAPER, "to_hand_over", "remains", "forgotten")
"""What a slip writes, one that is carried to somebody too, and what forgetting writes."""


class Enough(Exception):
    """What a step did was seen; nothing of it is kept."""


@dataclass
class World:
    """A case of each track, handed in, and one that still is to be."""

    hamlet: Hamlet
    cases: dict[tuple[Track, bool], int]
    standing: datetime
    """Until when the state that a step begins in lasts."""

    def make(self, step: Step) -> Outcome:
        """What the step does, through `advance`, to a case that was put where it begins."""
        found: Outcome = ()
        try:
            with self.hamlet.village.write() as session:
                try:
                    found = self._made(session, step)
                except ExpectedError:
                    found = REFUSED
                except Exception as broken:
                    found = (type(broken).__name__,)
                raise Enough
        except Enough:
            return found

    def _made(self, session: Session, step: Step) -> Outcome:
        track, state, move, role = step
        village = self.hamlet.village
        case = load(session, self.cases[track, state == "draft"])
        case.state, case.due_at = state, self.standing
        if state == "effective":
            self._counts(session, case)
        session.flush()
        carried = self._carried(session, case, move) if role == "clerk" else "-"
        before = session.scalar(select(func.count()).select_from(LedgerEntry))
        advance(
            Work(session, village),
            case,
            move,
            role,
            actor_id=self.hamlet.people["Y"],
            reason="desk.reason_no_rule",
            sentence="当天看过现场。",
        )
        written = select(LedgerEntry.kind).where(
            LedgerEntry.index >= before, LedgerEntry.kind.not_in(OF_OTHER_CELLS)
        )
        jobs = session.scalars(select(PrintJob).where(PrintJob.phase == "waiting"))
        return (
            case.state,
            self._last_day(case),
            ",".join(session.scalars(written.order_by(LedgerEntry.index))),
            ",".join(job.payload["kind"] for job in jobs) or "-",
            carried,
            "forgets" if case.forgotten_at else "-",
        )

    def _counts(self, session: Session, case: Case) -> None:
        today = self.hamlet.today
        line = {"effective_on": today, "ends_on": today + timedelta(days=180), "ledger_index": 0}
        points = signed_points(case)
        session.add(
            PointEntry(
                resident_id=case.subject_id,
                case_id=case.id,
                points=points,
                happened_on=case.happened_on,
                **line,
            )
        )

    def _carried(self, session: Session, case: Case, move: str) -> str:
        """What a clerk prints beforehand to hand it over; it is out when the move is made."""
        covers = case.moves[-1].ledger_index
        try:
            job = effects.print_to_hand_over(Work(session, self.hamlet.village), case, move, covers)
        except ExpectedError:
            return "-"
        printed = session.get_one(PrintJob, job)
        printed.phase = "done"
        session.flush()
        return str(printed.payload["kind"])

    def _last_day(self, case: Case) -> str:
        now = self.hamlet.village.clock.now()
        if case.due_at is None:
            return "never"
        if case.due_at == self.standing:
            return "kept"
        if case.due_at == now:
            return "now"
        assert case.due_at == start_of_day(village_day(case.due_at))
        return str((village_day(case.due_at) - self.hamlet.today).days - 1)


@pytest.fixture
def world(sqlite_hamlet: Hamlet) -> World:
    hamlet = sqlite_hamlet
    about: dict[Track, tuple[str, str, str]] = {
        "own_deed": ("A", "A", "help"),
        "nomination": ("B", "A", "help"),
        "concern": ("B", "A", "litter"),
    }
    cases: dict[tuple[Track, bool], int] = {}
    for track, given in about.items():
        cases[track, False] = hamlet.hand_in(*given).case_id
        cases[track, True] = hamlet.hand_in(*given, days_ago=3).case_id
    now = hamlet.village.clock.now()
    with hamlet.village.write() as session:
        session.execute(update(PrintJob).values(phase="done"))
        kept = WalletMovement(points=50, why="deed", at=now, ledger_index=0)
        kept.resident_id = hamlet.people["A"]
        session.add(kept)
    return World(hamlet, cases, now + timedelta(days=3))


@pytest.mark.long
def test_every_move_does_what_was_written_down_by_hand(world: World) -> None:
    for step, expected in EXPECTED.items():
        assert world.make(step) == expected, step
    assert len(EXPECTED) == 142


# --- Every cell in turn

DEADLINES: tuple[table.Deadline, ...] = (None, "kept", 0, 5, 7, 14, 20, 30, 60, 180, 365)
PAPERS = ("", *SLIPS)


def toggled(cell: tuple[Any, ...], words: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The cell without each word that it has, and with each that it has not."""
    for word in words:
        if word in cell:
            yield tuple(each for each in cell if each != word)
        else:
            yield (*cell, word)


def changes(row: Move) -> Iterator[tuple[str, Move]]:
    """Every row that differs from this one in one cell, by the cell's column."""
    others: dict[str, Iterator[Any]] = {
        "name": iter(("moonlight",)),
        "tracks": toggled(row.tracks, TRACKS),
        "from_states": toggled(row.from_states, STATES),
        "to_state": iter(("same", *STATES)),
        "who": toggled(row.who, ROLES),
        "deadline": iter(DEADLINES),
        "writes": toggled(row.writes, (*row.writes, *effects.WRITES)),
        "prints": iter(PAPERS),
        "hands_over": iter(PAPERS),
        "forgets": iter((True, False)),
    }
    assert others.keys() == {each.name for each in fields(Move)}
    for column, cells in others.items():
        for cell in dict.fromkeys(cells):
            changed = replace(row, **{column: cell})
            if not alike(changed, row):
                yield column, changed


def alike(one: Move, other: Move) -> bool:
    """True for the same row said in other words: where it leads is what counts."""
    leads = [one.leads_to(state) for state in one.from_states]
    led = [other.leads_to(state) for state in other.from_states]
    return leads == led and replace(one, to_state=other.to_state) == other


def steps_of(row: Move) -> Iterator[Step]:
    for track, state, role in product(row.tracks, row.from_states, row.who):
        yield track, state, row.name, role


def said(step: Step) -> object:
    """What the table says of a step, as it stands now."""
    track, state, move, role = step
    row = table.find(state, track, move, role)
    if row is None:
        return None
    carried = row.hands_over if role == "clerk" else ""
    return (row.leads_to(state), row.deadline, row.writes, row.prints, carried, row.forgets)


def noticed(world: World, patch: pytest.MonkeyPatch, row: Move, changed: Move) -> str:
    """How the table with that change is found out: ``refused``, ``seen``, or not at all."""
    rows = tuple(changed if each is row else each for each in table.MOVES)
    try:
        effects.check(rows)
    except ValueError:
        return "refused"
    met = {step: said(step) for step in (*steps_of(row), *steps_of(changed))}
    with patch.context() as patched:
        patched.setattr(table, "MOVES", rows)
        for step, before in met.items():
            if said(step) != before:
                return "" if world.make(step) == EXPECTED.get(step, REFUSED) else "seen"
    return ""


@pytest.mark.long
@pytest.mark.timeout(300)
def test_whichever_cell_is_changed_somebody_notices(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """580 cells are changed in 3,997 ways, and none survives.

    3,597 of these are seen by a move that turns out otherwise, and 400 are refused before the
    program starts.
    """
    how = Counter[str]()
    survivors = []
    for row in table.MOVES:
        for column, changed in changes(row):
            found = noticed(world, monkeypatch, row, changed)
            how[found] += 1
            if not found:
                survivors.append((row.name, row.tracks, column, getattr(changed, column)))
    assert survivors == []
    assert len(table.MOVES) * len(fields(Move)) == 580
    assert how == {"seen": 3597, "refused": 400}


DECLINE = next(row for row in table.MOVES if row.name == "decline")


@pytest.mark.parametrize(
    "row",
    [
        replace(DECLINE, writes=("decision", "moonlight")),
        replace(DECLINE, writes=("decision", "reversal")),
        replace(DECLINE, writes=()),
        replace(DECLINE, prints="confetti"),
        replace(DECLINE, hands_over="confetti"),
        replace(DECLINE, hands_over="decision"),
        DECLINE,
    ],
)
def test_a_table_that_nobody_can_obey_is_refused_before_the_program_starts(row: Move) -> None:
    """A word that nothing is done for, a paper without a clerk, a second row for the same step."""
    with pytest.raises(ValueError, match="the move decline"):
        effects.check((*table.MOVES, row))
