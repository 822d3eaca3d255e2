"""The village of the journeys, and what its people do at the screen with their fingers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.models.printing import PrintJob
from kiosk.models.register import Resident
from kiosk.services.access import grants, pins, sessions
from kiosk.services.access.offices import Signature
from kiosk.services.audit.tables import verify_village
from kiosk.services.check.papers import check_paper
from kiosk.services.consent import consents
from kiosk.services.enrolment import joining
from kiosk.services.enrolment.explanation import RIGHT_ANSWERS
from kiosk.services.ledger.export import export_log
from kiosk.services.printing.queue import state
from kiosk.services.printing.spooler import Spooler
from kiosk.services.register.importing import plan as importing_plan
from kiosk.services.upkeep.founders import official
from kiosk.services.upkeep.setup import Beginning, found
from kiosk.services.village import Village
from tests.journeys.album import Album
from tests.qr import qr_codes
from tests.ui import touch
from tests.ui.touch import see, until, write
from tests.worlds import stars
from tests.worlds.builder import Builder
from tests.worlds.names import YANGQIAO

OFFICIALS = (
    "周根土,1961-05-04,河埠路,1,officer",
    "王建国,1958-11-20,桥南,3,officer",
    "解小燕,1970-02-14,西巷,5,clerk",
    "曾秀英,1972-06-01,西巷,9,clerk",
)
REGISTER = """杨桥村村民名册,,,
姓名,性别,出生日期,门牌号
林春生,男,1956年3月1日,东街12号
林小梅,女,1958/8/8,东街12号
李秀兰,女,19620512,东街8号
单小红,女,1990-01-01,东街15号
何大山,男,1964-04-09,西巷16号
陈桂香,女,1959-09-30,西巷17号
方志强,男,1975-09-19,西巷18号
"""
SERVING = ("单小红", "何大山", "陈桂香", "方志强")
"""Who agreed to sit on panels."""
READ_AT_DPI = 200
SMALL_SCREEN = {"size": (1280, 800), "mm": 1280 / 323}
"""A panel of 15 inches."""
VERIFIER = Path(__file__).parents[2] / "packaging" / "verifier" / "verify_log.py"


@dataclass
class Hall:
    """The village and what its people carry in their pockets."""

    village: Village
    folder: Path
    cards: dict[str, tuple[str, str]] = field(default_factory=dict)

    def resident(self, name: str) -> int:
        with self.village.read() as session:
            return session.scalars(select(Resident.id).where(Resident.name == name)).one()

    def session(self, name: str) -> str:
        return sessions.sign_in(self.village, *self.cards[name], official=True).id

    def enrol(self, name: str, *purposes: consents.Purpose) -> None:
        """A clerk enrols somebody and hands over a card."""
        person = self.resident(name)
        joining.enrol(
            self.village,
            self.session("解小燕"),
            person,
            purposes,
            new_touch_id(),
            read_aloud=True,
            answers=tuple(RIGHT_ANSWERS.items()),
        )
        card = grants.issue_card(self.village, self.session("解小燕"), person)
        self.cards[name] = (card.number, card.pin)

    def rate(self, name: str, **ratings: int) -> None:
        """A round, that is over, gave a household its stars."""
        with self.village.read() as session:
            household = session.get_one(Resident, self.resident(name)).household_id
        opening = (self.session("周根土"), Signature(*self.cards["王建国"]))
        stars.by_a_round(Builder(self.village), household, ratings, opening)
        stars.close(self.village, opening[0])

    def paper(self, kind: str) -> Path:
        """The newest paper of a kind, once the printer is done with it."""
        with self.village.read() as session:
            newest = select(PrintJob.id).where(PrintJob.paper == kind).order_by(PrintJob.id.desc())
            job = session.scalars(newest.limit(1)).one()
        view = until(lambda: (found := state(self.village, job)).phase == "done" and found)
        return Path(view.file)

    def qr_of(self, paper: Path) -> str:
        """What a scanner reads from the printed page."""
        page = self.folder / paper.stem
        command = ["pdftoppm", "-r", str(READ_AT_DPI), "-png", "-singlefile", str(paper), str(page)]
        subprocess.run(command, check=True)
        with Image.open(page.with_suffix(".png")) as picture:
            return str(qr_codes(picture)[0].text)


@pytest.fixture
def hall(tmp_path: Path, clock: SettableClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    monkeypatch.delenv("KIOSK_DATABASE_URL", raising=False)
    monkeypatch.setattr(pins, "SHIPPED", pins.Cost(memory_kib=64, passes=1))
    today = date(2026, 11, 23)
    first = tuple(official(told, today) for told in OFFICIALS)
    drives = str(tmp_path / "drives")
    origin, docks = "yangqiao.example/good-deed-book", ("docks_south", "docks_north")
    settings = Settings(YANGQIAO, origin, drives=drives, places=docks)
    directory = DataDirectory(tmp_path / "village")
    beginning = Beginning(settings=settings, founders=first, assembly=today)
    founded = found(directory, beginning, clock)
    cards = {each.of.name: (each.of.number, each.of.pin) for each in founded.sheets}
    with founded.village.closing() as village:
        register = tmp_path / "名册.csv"
        register.write_bytes(REGISTER.encode("gb18030"))
        plan = importing_plan.plan(village, importing_plan.read_register(register))
        assert importing_plan.apply(village, plan).added == len(REGISTER.splitlines()) - 2
        hall = Hall(village, tmp_path, cards)
        hall.enrol("林春生", "number", "household_sign")
        hall.enrol("林小梅", "number", "household_sign")
        hall.enrol("李秀兰", "number")
        for name in SERVING:
            hall.enrol(name, "number", "panel")
        hall.rate("林春生", courtyard=4, rules=5, recycling=3)
        spooler = Spooler(village)
        spooler.start()
        yield hall
        spooler.stop()


@pytest.fixture
def sqlite_village(hall: Hall) -> Village:
    """The window opens on the journey's village."""
    return hall.village


def tap(stage: MainWindow, name: str) -> None:
    """Tap as a person does: when the screen has answered the tap before."""
    answered: list[bool] = []
    stage.kiosk.runner.run(lambda: None, done=lambda _none: answered.append(True))
    until(lambda: answered, "the database")
    until(lambda: (item := see(stage.window, name)) and item.isEnabled(), f"{name} to be ready")
    touch.tap(stage.window, name)


def enter(stage: MainWindow, digits: str) -> None:
    for digit in digits.replace("-", ""):
        tap(stage, f"pad.{digit}")


def sign_in(stage: MainWindow, card: tuple[str, str]) -> None:
    until(lambda: see(stage.window, "number_pad"), "the number pad")
    enter(stage, card[0])
    until(lambda: see(stage.window, "pin_pad"), "the PIN pad")
    enter(stage, card[1])
    until(lambda: stage.kiosk.property("signedIn"), "being signed in")


def screen(stage: MainWindow, name: str) -> None:
    until(lambda: stage.kiosk.property("screenName") == name, f"the screen {name}")


def end_session(stage: MainWindow) -> None:
    tap(stage, "end_session")
    screen(stage, "home")


def rule_tile(stage: MainWindow, title: str) -> str:
    """The tile of the rule called `title`."""

    def found() -> str:
        for index in range(40):
            tile = see(stage.window, f"report.rule.{index}")
            if tile is not None and tile.property("text") == title:
                return f"report.rule.{index}"
        more = see(stage.window, "report.rules.more")
        if more is not None and more.isEnabled():
            tap(stage, "report.rules.more")
        return ""

    return str(until(found, f"the rule {title}"))


def report(stage: MainWindow, title: str, words: str = "") -> str:
    """Answer the questions from which rule on, hand in, and read the reference off the screen."""
    tap(stage, rule_tile(stage, title))
    tap(stage, "report.quick.0")
    tap(stage, "report.part.afternoon")
    tap(stage, "report.place.docks_south")
    if words:
        write(stage.window, "report.words", words)
    tap(stage, "report.words_done")
    ahead = ("report.photos_done", "report.witnesses_done", "report.hand_in")
    for button in ahead[:2]:
        until(lambda: any(see(stage.window, each) for each in ahead), "the next question")
        if see(stage.window, button):
            tap(stage, button)
    tap(stage, "report.hand_in")
    shown = until(lambda: see(stage.window, "report.reference"), "the reference")
    return str(shown.property("text"))


def sum_on_screen(stage: MainWindow) -> list[int]:
    """The amounts of the sum, from left to right."""
    until(lambda: see(stage.window, "sum"), "the sum")
    kinds = ("base", "deed", "star", "concern", "total")
    amounts = []
    for kind in kinds:
        box = see(stage.window, f"sum.{kind}")
        assert box is not None, kind
        amounts.append(int(_amount(box)))
    return amounts


def _amount(box: object) -> str:
    for child in box.childItems():  # type: ignore[attr-defined]
        if child.objectName() == "amount":
            return str(child.property("text"))
        if found := _amount(child):
            return found
    return ""


def officer_at_desk(stage: MainWindow, hall: Hall, name: str) -> None:
    """Sign in as an officer and open the oldest case."""
    tap(stage, "staff")
    sign_in(stage, hall.cards[name])
    tap(stage, "staff.desk")
    tap(stage, "desk.case.0")
    until(lambda: see(stage.window, "case.report"), "the case")


def choose(stage: MainWindow, tile: str, title: str) -> None:
    """Tap the one of the tiles `tile`.0, `tile`.1, … that says `title`."""

    def found() -> str:
        for index in range(12):
            item = see(stage.window, f"{tile}.{index}")
            if item is not None and item.property("text") == title:
                return f"{tile}.{index}"
        return ""

    tap(stage, str(until(found, title)))


def slip_in_sight(stage: MainWindow) -> None:
    """The printer says that the slip is out, and it is shown."""
    until(lambda: see(stage.window, "paper.picture"), "the slip")


def scanned(stage: MainWindow, text: str) -> str:
    """Hold a code before the scanner; the verdict's words."""
    stage.kiosk.note_scanned(text)
    card = until(lambda: see(stage.window, "check.verdict"), "the verdict")
    return str(card.property("heading"))


def slips_of(hall: Hall) -> list[str]:
    """What a scanner reads from every slip that was printed, oldest first."""
    with hall.village.read() as session:
        jobs = session.scalars(
            select(PrintJob.id).where(PrintJob.paper == "slip").order_by(PrintJob.id)
        ).all()
    done = [until(lambda job=job: _out(hall, job), "the printer") for job in jobs]  # type: ignore[misc]
    return [hall.qr_of(Path(file)) for file in done]


def _out(hall: Hall, job: int) -> str:
    view = state(hall.village, job)
    return view.file or "" if view.phase == "done" else ""


def verified_apart(hall: Hall, slips: list[str]) -> int:
    """What the verifier that shares no code with the kiosk says of the exported log: 0 is whole."""
    log, papers = hall.folder / "log.jsonl", []
    for place, text in enumerate(slips):
        papers.append(hall.folder / f"slip-{place}.txt")
        papers[-1].write_text(text, "utf-8")
    if not log.exists():
        export_log(hall.village, log)
    run = subprocess.run([sys.executable, VERIFIER, log, *papers], check=False, capture_output=True)
    return run.returncode


def every_paper_proves_the_log(hall: Hall, slips: list[str]) -> None:
    """The village's books, each slip, and the verifier that stands alone agree; it can disagree."""
    assert verify_village(hall.village).consistent
    for text in slips:
        found = check_paper(hall.village, text)
        assert (found.verdict, found.kind, found.consistent) == ("genuine", "slip", True)
    assert verified_apart(hall, slips) == 0
    log = hall.folder / "log.jsonl"
    lines = log.read_text("utf-8").splitlines()
    lines[5], lines[6] = lines[6], lines[5]  # two entries change places
    log.write_text("\n".join(lines) + "\n", "utf-8")
    assert verified_apart(hall, slips) == 1


def at_the_register(stage: MainWindow, hall: Hall, clerk: str, whose: str, album: Album) -> None:
    """A clerk opens somebody's household at the register desk."""
    tap(stage, "staff")
    sign_in(stage, hall.cards[clerk])
    tap(stage, "staff.register")
    until(lambda: see(stage.window, "register.search.input"), "the field")
    write(stage.window, "register.search.input", whose)
    until(lambda: see(stage.window, "register.household.0"), "the household")
    album.step(stage, "find-the-household")
    tap(stage, "register.household.0")
    until(lambda: see(stage.window, "register.purpose.0"), "the purposes")
    album.step(stage, "why-it-is-opened")
    tap(stage, "register.purpose.0")
    until(lambda: see(stage.window, "register.member.0"), "who lives there")
    album.step(stage, "the-household")


def second_officer(stage: MainWindow, hall: Hall, name: str, album: Album) -> None:
    """An officer of another household agrees, with card and PIN."""
    until(lambda: see(stage.window, "card_number"), "the card's page")
    album.step(stage, "a-second-officer")
    number, pin = hall.cards[name]
    enter(stage, number)
    until(lambda: see(stage.window, "card_label"), "the PIN's page")
    enter(stage, pin)
    until(lambda: see(stage.window, "register.done"), "that it is written down")


def nobody_is_found(stage: MainWindow, typed: str) -> None:
    """Somebody looks a neighbour up at the start screen, and there is none."""
    tap(stage, "tile.look_up")
    until(lambda: see(stage.window, "search"), "the field")
    write(stage.window, "search", typed)
    until(lambda: see(stage.window, "nobody"), "that nobody is found")
