"""A small village on disk that every fault is tried on, and the work that is going on in it.

The village is founded once through the real services and then copied for every trial. Its clock
stands still and the sessions in it are open, so that a worker can begin at once.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from kiosk.core.clock import SettableClock, village_day
from kiosk.core.ids import new_touch_id
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.core.texts import Texts
from kiosk.models import migrations
from kiosk.services.access import grants, pins, sessions
from kiosk.services.access.offices import Signature
from kiosk.services.cases import decide, notices
from kiosk.services.cases import submit as case_submit
from kiosk.services.cases.flow import timed_moves
from kiosk.services.cases.submit import Submission
from kiosk.services.consent import consents
from kiosk.services.my_data import erasure
from kiosk.services.perks import catalogue
from kiosk.services.register.importing import plan
from kiosk.services.rulebook import book
from kiosk.services.upkeep.founders import Founder
from kiosk.services.upkeep.opening import DATABASE_VARIABLE, open_village
from kiosk.services.upkeep.setup import Beginning, found
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.worlds import stars
from tests.worlds.builder import Builder
from tests.worlds.kept import kept
from tests.worlds.names import YANGQIAO

SETTINGS = Settings(
    YANGQIAO,
    "yangqiao.example/good-deed-book",
    places=("docks_south", "docks_north"),
)
BEGAN = datetime(2026, 10, 26, 1, 0, tzinfo=UTC)
BORN = date(1956, 3, 1)
RESIDENTS = 8
CONCERNS = 6
LEAVERS = 2
"""Who asked to leave more than seven days ago; beside them lives one who changes their mind."""
PRICE, PAYERS = 3, 4
META = "hall.json"
MEMORY = Path("/dev/shm")

Ack = dict[str, Any]
Tell = Callable[[Ack], None]


@dataclass(frozen=True)
class Hall:
    """What a worker has to know of the village: open sessions and ids."""

    moment: str
    officer: str
    second: str
    clerk: str
    residents: dict[str, str]
    """Resident id to open session."""
    concerns: list[int]
    """Cases of concerns that count, each good for one reversal."""
    household: int
    """Its stars are published and all in it agree to a sign."""
    perk: int
    """Costs three points and there is plenty of it."""
    waverer: str = ""
    """A session of somebody who asks to leave, and takes it back; a village of 0.1 has none."""
    leavers: list[int] = field(default_factory=list)
    """Whose time to take it back is over."""

    @property
    def clock(self) -> SettableClock:
        return SettableClock(datetime.fromisoformat(self.moment))


def cheap_pins() -> None:
    """The same argon2id at the smallest cost: what a PIN's hash costs is no matter of faults."""
    pins.SHIPPED = pins.Cost(8, 1, 1)


def build(root: Path) -> Hall:
    """The village in `root`, and what a worker has to know beside it: founded once and copied."""
    cheap_pins()
    if os.environ.get(DATABASE_VARIABLE):
        return _build(root)
    name = f"hall-{RESIDENTS}-{CONCERNS}"
    template = kept(name, _build)
    shutil.copytree(template, root, dirs_exist_ok=True)
    return read_hall(root)


def _build(root: Path) -> Hall:
    clock = SettableClock(BEGAN)
    officials = (
        Founder(name="林一", born_on=BORN, lane="东街", number="1", roles=("officer",)),
        Founder(name="林二", born_on=BORN, lane="东街", number="2", roles=("officer",)),
        Founder(name="林三", born_on=BORN, lane="东街", number="3", roles=("clerk",)),
    )
    beginning = Beginning(settings=SETTINGS, founders=officials, assembly=village_day(BEGAN))
    founded = found(DataDirectory(root / "village"), beginning, clock)
    cards = {each.of.name: (each.of.number, each.of.pin) for each in founded.sheets}
    with founded.village.closing() as village:
        hall = _Builder(village, clock, cards).furnish()
    (root / META).write_text(json.dumps(vars(hall)), "utf-8")
    return hall


def read_hall(root: Path) -> Hall:
    """What `build` left in `root`."""
    return Hall(**json.loads((root / META).read_text("utf-8")))


def copy(template: Path, target: Path) -> None:
    """A fresh copy of the village for one trial."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(template, target)


def opened(root: Path, clock: SettableClock | None = None, *, to_examine: bool = False) -> Village:
    """The village in `root`, opened as the program opens it; `to_examine`: also a doubtful one.

    The second opening of a folder goes on with the first one's engine, which has no connection
    left but knows how every statement is compiled: that is half of a trial's time.
    """
    clock = clock or read_hall(root).clock
    if root not in _engines:
        village = open_village(DataDirectory(root / "village"), clock, to_examine=to_examine)
        _engines[root] = village
        return village
    village = replace(_engines[root], clock=clock)
    migrations.upgrade(village.database)
    return village


def forget(root: Path) -> None:
    """Let go of what `opened` keeps of a village that goes away."""
    _engines.pop(root, None)


_engines: dict[Path, Village] = {}


@dataclass
class _Builder:
    village: Village
    clock: SettableClock
    cards: dict[str, tuple[str, str]]

    def furnish(self) -> Hall:
        every = self._register()
        people, (waverer, *leavers) = every[:RESIDENTS], every[RESIDENTS:]
        clerk = self._official("林三")
        purposes: tuple[consents.Purpose, ...] = ("number", "household_sign")
        with writing(self.village) as work:
            by = sessions.require(work, clerk, "clerk").resident_id
            for person in every:
                consents.book_consents(work, by, person, purposes)
        household = self._stars(people[0])
        perk = self._perk(clerk)
        for person in people[:PAYERS]:
            self._deed(person)
        open_cases = [self._concern(people, place) for place in range(CONCERNS)]
        for person in leavers:
            self._deed(person)
            erasure.ask(self.village, self._session(person), new_touch_id())
        self.clock.advance(days=22)
        timed_moves.tick(self.village)
        return Hall(
            moment=self.clock.now().isoformat(),
            officer=self._official("林一"),
            second=self._official("林二"),
            clerk=self._official("林三"),
            residents={str(person): self._session(person) for person in people},
            concerns=open_cases,
            household=household,
            perk=perk,
            waverer=self._session(waverer),
            leavers=leavers,
        )

    def _register(self) -> list[int]:
        from sqlalchemy import select

        from kiosk.models.register import Resident
        from kiosk.services.register.importing.rows import RegisterRow

        rows = tuple(
            RegisterRow(
                line=n,
                sheet="",
                name=f"王{'甲乙丙丁戊己庚辛壬癸子'[n]}",
                born_on=BORN,
                sex=None,
                code="",
                lane="河埠路",
                number=str(n + 1),
                premises="",
                is_head=None,
                relation="",
                phone="",
            )
            for n in range(RESIDENTS + 1 + LEAVERS)
        )
        plan.apply(self.village, plan.plan(self.village, plan.Register(rows)))
        with self.village.read() as session:
            return list(
                session.scalars(
                    select(Resident.id).where(Resident.name.startswith("王")).order_by(Resident.id)
                )
            )

    def _official(self, name: str) -> str:
        return sessions.sign_in(self.village, *self.cards[name], official=True).id

    def _session(self, person: int) -> str:
        """A session as card and PIN would open it; the card is drawn for it."""
        card = grants.issue_card(self.village, self._official("林三"), person)
        return sessions.sign_in(self.village, card.number, card.pin).id

    def _stars(self, person: int) -> int:
        from kiosk.models.register import Resident

        with self.village.read() as session:
            household = session.get_one(Resident, person).household_id
        opening = (self._official("林一"), Signature(*self.cards["林二"]))
        given = {"courtyard": 5, "recycling": 5}
        stars.by_a_round(Builder(self.village), household, given, opening)
        return household

    def _perk(self, clerk: str) -> int:
        soap = Texts({"zh": "肥皂", "en": "Soap"})
        return catalogue.offer(self.village, clerk, soap, PRICE, 500, new_touch_id()).perk_id

    def _deed(self, person: int) -> None:
        """Points in the wallet of somebody."""
        rule = next(r for r in book.current(self.village) if r.rule == "visit_older_person")
        day = village_day(self.clock.now())
        seat = self._session(person)
        form = Submission(
            touch=new_touch_id(),
            session_id=seat,
            subject_id=person,
            rule_version_id=rule.rule_version_id,
            happened_on=day,
        )
        case = case_submit.hand_in(self.village, form).case_id
        said = "当天看过现场。"
        officer = self._official("林一")
        decide.decide(self.village, officer, case, True, "desk.reason_seen", said, new_touch_id())

    def _concern(self, people: list[int], place: int) -> int:
        """A concern that both officers upheld and the person knows of; it counts after 20 days."""
        about, by = people[place], people[(place + 1) % len(people)]
        rule = next(r for r in book.current(self.village) if r.kind == "concern")
        form = Submission(
            touch=new_touch_id(),
            session_id=self._session(by),
            subject_id=about,
            rule_version_id=rule.rule_version_id,
            happened_on=village_day(self.clock.now()),
        )
        case = case_submit.hand_in(self.village, form).case_id
        touch = new_touch_id
        notices.reply(self.village, self._session(about), case, "not_so", "", touch())
        why, said = "desk.reason_evidence", "当天看过现场。"
        one, two = self._official("林一"), self._official("林二")
        decide.decide(self.village, one, case, True, why, said, touch())
        decide.countersign(self.village, two, case, True, why, said, touch())
        notices.acknowledge(self.village, self._session(about), case, touch())
        return case
