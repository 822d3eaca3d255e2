"""A small village on disk that every fault is tried on, and the work that is going on in it.

The village is founded once through the real services and then copied for every trial. Its clock
stands still and the sessions in it are open, so that a worker can begin at once.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, inspect

from kiosk.core.clock import SettableClock, village_day
from kiosk.core.ids import new_touch_id
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.core.shift import Shift
from kiosk.core.texts import Texts
from kiosk.devices.printers import Form, PaperJob, PrinterJobState, Reason
from kiosk.models import Base, migrations
from kiosk.models.schema import trigger_statements
from kiosk.services.access import first_pin, grants, pins, sessions
from kiosk.services.access.offices import Signature
from kiosk.services.cases import decide, notices
from kiosk.services.cases import submit as case_submit
from kiosk.services.cases.flow import timed_moves
from kiosk.services.cases.submit import Submission
from kiosk.services.consent import consents
from kiosk.services.my_data import erasure
from kiosk.services.perks import catalogue, redemptions
from kiosk.services.printing import papers, spooler
from kiosk.services.printing.media import put_in
from kiosk.services.printing.spooler import Spooler
from kiosk.services.register.importing import plan
from kiosk.services.rulebook import book
from kiosk.services.stars import door_signs
from kiosk.services.upkeep.opening import DATABASE_VARIABLE, open_village
from kiosk.services.upkeep.setup import Official, found
from kiosk.services.village import Village
from kiosk.services.wallet.balance import wallet_of
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
_NEXT_SHEET = "\f"

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
    cards: dict[str, tuple[str, str]] = {}
    officials = [
        Official(name="林一", born_on=BORN, lane="东街", number="1", role="officer"),
        Official(name="林二", born_on=BORN, lane="东街", number="2", role="officer"),
        Official(name="林三", born_on=BORN, lane="东街", number="3", role="clerk"),
    ]
    directory = DataDirectory(root / "village")
    with found(
        directory, SETTINGS, clock, officials, lambda c: cards.update({c.name: (c.number, c.pin)})
    ).closing() as village:
        hall = _Builder(village, clock, cards).furnish()
    (root / META).write_text(json.dumps(vars(hall)), "utf-8")
    return hall


TEXTS = {"rule_version": ("title", "text", "remedy"), "perk": ("title",)}
"""What stood in a column for each language up to revision 0008, by table."""
WITHOUT_TEXTS = {
    table: (
        *(
            f"ALTER TABLE {table} ADD COLUMN {name}_{language} VARCHAR(600) NOT NULL DEFAULT ''"
            for name in names
            for language in ("zh", "en")
        ),
        *(
            f"UPDATE {table} SET {name}_{language} = {name} ->> '{language}'"
            for name in names
            for language in ("zh", "en")
        ),
        *(f"ALTER TABLE {table} DROP COLUMN {name}" for name in names),
    )
    for table, names in TEXTS.items()
}


PLAIN_SHELF = tuple(
    f"ALTER TABLE perk DROP COLUMN {each}" for each in ("picture", "per_person", "ended_at")
)
"""What leads back to a shelf without pictures, limits and an end, where there was one."""


def tables_since(revision: str) -> tuple[str, ...]:
    """The tables that came after a revision, those that point to others before these."""
    from alembic.command import upgrade
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with create_engine("sqlite://").connect() as connection:
        config.attributes["connection"] = connection
        upgrade(config, revision)
        there = inspect(connection).get_table_names()
    return tuple(
        each.name for each in reversed(Base.metadata.sorted_tables) if each.name not in there
    )


UNRECORDED = (
    "ALTER TABLE print_job DROP COLUMN ledger_index",
    "ALTER TABLE checkpoint DROP COLUMN paper",
    "DROP INDEX ix_ledger_entry_rare",
    *(f"ALTER TABLE rule_version DROP COLUMN {each}" for each in ("caps", "ladder", "reminder")),
    'ALTER TABLE "case" DROP COLUMN hours',
    *(
        f'ALTER TABLE card DROP COLUMN "{name}"'
        for name in ("lost_at", "blocked_at", "pin_asked_at", "foreign")
    ),
    *(
        f"ALTER TABLE role_grant DROP COLUMN {each}"
        for each in ("last_day", "pause_first", "pause_last", "pause_reason", "paused_at")
    ),
)
"""What leads back to papers without an entry of their own, a log without an index, cards that are
never lost, and offices that neither rest nor end by themselves."""


def unannounced(dialect: str) -> tuple[str, ...]:
    """What leads back to erasures that name no entry, and to the guard of that time."""
    made = tuple(each for each in trigger_statements(dialect) if "was not announced" in each)
    guard = ("DROP TRIGGER ledger_content_delete_announced",) if dialect == "sqlite" else ()
    return (*guard, 'ALTER TABLE ledger_erasure DROP COLUMN "by"', *made)


def undo(dialect: str = "sqlite") -> tuple[str, ...]:
    """What leads from today's schema back to the first one, in a village without perks."""
    return (
        *WITHOUT_TEXTS["rule_version"],
        *(f"DROP TABLE {each}" for each in tables_since("0001")),
        *UNRECORDED,
        *unannounced(dialect),
        "ALTER TABLE resident DROP COLUMN born_day_known",
        "ALTER TABLE resident DROP COLUMN language",
        "ALTER TABLE correction_request DROP COLUMN reason",
        "ALTER TABLE card DROP COLUMN vouched_at",
        "ALTER TABLE card DROP COLUMN ledger_index",
        "UPDATE alembic_version SET version_num = '0001'",
    )


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


class Witness:
    """A printer that shows the QR text of what came out to whoever stands beside it."""

    name = "witness"
    takes: Form = "raster"

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._count = 0

    def submit(self, job: PaperJob) -> str:
        """The paper is out in the world from here on."""
        for note in (job.raster or job.pdf or b"").decode().split(_NEXT_SHEET):
            self._tell({"op": "paper", "note": note})
        self._count += 1
        return str(self._count)

    def state(self, device_job: str) -> PrinterJobState:
        return PrinterJobState("done")

    def cancel(self, device_job: str) -> None:
        """Nothing to take back."""

    def problems(self) -> tuple[Reason, ...]:
        return ()


def draw_quickly() -> None:
    """Papers are drawn as their QR text alone: drawing one is no matter of faults."""

    def rendered(order: papers.Order, form: Form, title: str, _shift: Shift) -> PaperJob:
        return PaperJob(title, None, order.qr_text.encode(), put_in(order.media))

    def sheets_together(orders: Sequence[papers.Order], title: str, _shift: Shift) -> PaperJob:
        texts = _NEXT_SHEET.join(each.qr_text for each in orders)
        return PaperJob(title, None, texts.encode(), put_in(orders[0].media))

    vars(spooler).update(rendered=rendered, sheets_together=sheets_together)


class Worker:
    """The kiosk at work: one business operation after the other, each said aloud once it is done.

    Before each operation `tell` hears what will be tried, with the id of its touch, so that it can
    be tried again after a crash, as a person would.
    """

    def __init__(self, village: Village, hall: Hall, tell: Tell, seed: int = 0) -> None:
        self.village, self.hall, self._tell = village, hall, tell
        self.tried: Ack = {}
        self.dice = random.Random(seed)
        self.today = village_day(village.clock.now())
        self.forms = {form.touch: form for form in self._deeds()}
        self.deeds = iter(self.forms.values())
        self.concerns = list(hall.concerns)
        witness = Witness(tell)
        self.spooler = Spooler(village, {"sign": witness, "slip": witness})

    def _deeds(self) -> list[Submission]:
        """Every person, rule and day once, in an order of their own for each seed."""
        rules = [r for r in book.current(self.village) if r.kind == "deed"]
        new = [r for r in rules if r.reporters in ("self", "anyone")]
        found = [
            Submission(
                touch=f"{self.dice.getrandbits(128):032x}",
                session_id=self.hall.residents[person],
                subject_id=int(person),
                rule_version_id=rule.rule_version_id,
                happened_on=self.today - timedelta(days=days),
                part_of_day="morning",
            )
            for person in self.hall.residents
            for rule in new
            for days in range(4)
        ]
        self.dice.shuffle(found)
        return found

    def tell(self, said: Ack) -> None:
        """Say it aloud, and remember what was tried last."""
        if "try" in said:
            self.tried = said
        self._tell(said)

    def run(self, operations: int) -> None:
        """So many operations of every kind, in an order of the seed's."""
        kinds = ("deed", "deed", "card", "first_pin", "leaving", "right", "redeem", "sign", "print")
        for _ in range(operations):
            getattr(self, self.dice.choice(kinds))()

    def again(self, tried: Ack) -> None:
        """Try once more what was tried, with the same touch, as a person would after a crash."""
        touch = tried["touch"]
        ways: dict[str, Callable[[], object]] = {
            "deed": lambda: self._hand_in(self.forms[touch]),
            "approve": lambda: self._approve(tried["case"], touch),
            "right": lambda: self._put_right(tried["case"], touch),
            "sign": lambda: self._issue_sign(touch),
            "redeem": lambda: self._reserve(tried["resident"], touch),
            "collect": lambda: self._collect(tried["reference"], touch),
            "ask": lambda: self._ask(touch),
            "stay": lambda: self._stay(touch),
        }
        ways[tried["try"]]()

    def deed(self) -> None:
        """A report is handed in, and approved."""
        self._hand_in(next(self.deeds))

    def _hand_in(self, form: Submission) -> None:
        self.tell({"try": "deed", "touch": form.touch})
        receipt = case_submit.hand_in(self.village, form)
        self.tell({"op": "deed", "touch": form.touch, "reference": receipt.reference})
        touch = f"{self.dice.getrandbits(128):032x}"
        self.tell({"try": "approve", "touch": touch, "case": receipt.case_id})
        self._approve(receipt.case_id, touch)

    def nominate(self) -> None:
        """A neighbour's deed is reported, which confirms it, accepted and approved."""
        by, about = list(self.hall.residents)[:2]
        rule = next(r for r in book.current(self.village) if r.rule == "clean_docks")
        form = Submission(
            touch=new_touch_id(),
            session_id=self.hall.residents[by],
            subject_id=int(about),
            rule_version_id=rule.rule_version_id,
            happened_on=self.today,
        )
        case = case_submit.hand_in(self.village, form).case_id
        notices.notices(self.village, self.hall.residents[about])
        seat = self.hall.residents[about]
        notices.accept_nomination(self.village, seat, case, new_touch_id())
        self._approve(case, new_touch_id())

    def _approve(self, case: int, touch: str) -> None:
        said = "当天看过现场。"
        decide.decide(self.village, self.hall.officer, case, True, "desk.reason_seen", said, touch)
        self.tell({"op": "approve", "touch": touch, "case": case})

    def right(self) -> None:
        """A concern was put right: its points are reversed."""
        if self.concerns:
            case, touch = self.concerns.pop(), f"{self.dice.getrandbits(128):032x}"
            self.tell({"try": "right", "touch": touch, "case": case})
            self._put_right(case, touch)

    def _put_right(self, case: int, touch: str) -> None:
        decide.put_right(self.village, self.hall.second, case, "河埠头已经打扫干净。", touch)
        self.tell({"op": "right", "touch": touch, "case": case})

    def card(self) -> None:
        """A card with a new PIN; the one before it ends."""
        person = int(self.dice.choice(list(self.hall.residents)))
        issued = grants.issue_card(self.village, self.hall.clerk, person)
        self.tell({"op": "card", "number": issued.number, "resident": person})

    def first_pin(self) -> None:
        """A card from the desk, whose holder draws its PIN and tries it."""
        person = int(self.dice.choice(list(self.hall.residents)))
        issued = grants.issue_card(self.village, self.hall.clerk, person, with_pin=False)
        self.tell({"op": "card", "number": issued.number, "resident": person})
        drawn = first_pin.draw(self.village, issued.token_text)
        self.tell({"op": "pin_drawn", "number": issued.number})
        first_pin.try_once(self.village, drawn, drawn.pin)
        self.tell({"op": "pin", "number": issued.number, "pin": drawn.pin})

    def leaving(self) -> None:
        """Somebody asks to leave, and takes it back; who asked long ago is erased."""
        touch = f"{self.dice.getrandbits(128):032x}"
        self.tell({"try": "ask", "touch": touch})
        self._ask(touch)
        touch = f"{self.dice.getrandbits(128):032x}"
        self.tell({"try": "stay", "touch": touch})
        self._stay(touch)
        if erasure.carry_out_wishes(self.village):
            self.tell({"op": "left", "residents": self.hall.leavers})

    def _ask(self, touch: str) -> None:
        erasure.ask(self.village, self.hall.waverer, touch)
        self.tell({"op": "ask", "touch": touch})

    def _stay(self, touch: str) -> None:
        erasure.stay(self.village, self.hall.waverer, touch)
        self.tell({"op": "stay", "touch": touch})

    def sign(self) -> None:
        """A door sign with its paper."""
        touch = f"{self.dice.getrandbits(128):032x}"
        self.tell({"try": "sign", "touch": touch})
        door_signs.sign_view(self.village, self.hall.clerk, self.hall.household)
        self._issue_sign(touch)

    def _issue_sign(self, touch: str) -> None:
        clerk, house = self.hall.clerk, self.hall.household
        issued = door_signs.issue(self.village, clerk, house, {"courtyard": 4}, "A5", touch)
        self.tell({"op": "sign", "touch": touch, "serial": issued.serial})

    def redeem(self) -> None:
        """Who has points reserves a perk, and the clerk hands it over."""
        person = self._who_can_pay()
        if person:
            touch = f"{self.dice.getrandbits(128):032x}"
            self.tell({"try": "redeem", "touch": touch, "resident": person})
            reference = self._reserve(person, touch)
            touch = f"{self.dice.getrandbits(128):032x}"
            self.tell({"try": "collect", "touch": touch, "reference": reference})
            self._collect(reference, touch)

    def _who_can_pay(self) -> str:
        with self.village.read() as session:
            wallets = {each: wallet_of(session, int(each)) for each in self.hall.residents}
        return next((each for each, there in wallets.items() if there >= PRICE), "")

    def _reserve(self, person: str, touch: str) -> str:
        seat = self.hall.residents[person]
        made = redemptions.reserve(self.village, seat, self.hall.perk, touch)
        self.tell({"op": "redeem", "touch": touch, "reference": made.reference})
        return made.reference

    def _collect(self, reference: str, touch: str) -> None:
        redemptions.collect(self.village, self.hall.clerk, reference, touch)
        self.tell({"op": "collect", "touch": touch, "reference": reference})

    def print(self) -> None:
        """The next papers come out of the printers."""
        self.spooler.step()
