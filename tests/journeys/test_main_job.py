"""The main job by touch, from a register file to paper in the hand, on a real SQLite file.

A register is imported; a villager is looked up, signs in, reports a deed of their own and one of a
neighbour; an officer signs in and approves; the number changes with its sum explained; a slip and a
door sign come out of the printer, and their QR codes hold against the village's log.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from kiosk.app import Stage
from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.core.places import DataDirectory
from kiosk.core.settings import Settings
from kiosk.models.printing import PrintJob
from kiosk.models.residents import Resident
from kiosk.services import access, rights, stars
from kiosk.services.access import pins
from kiosk.services.books import verify_village
from kiosk.services.check import check_paper
from kiosk.services.founding import FoundersCard, found, official
from kiosk.services.printing import Spooler, state
from kiosk.services.residents import importing
from kiosk.services.rights.enrolment_talk import RIGHT_ANSWERS
from kiosk.services.village import Village
from tests.ui import touch
from tests.ui.touch import see, texts, until, write

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
"""
READ_AT_DPI = 200


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
        return access.sign_in(self.village, *self.cards[name], official=True).id

    def enrol(self, name: str, *purposes: rights.Purpose) -> None:
        """A clerk enrols somebody and hands over a card."""
        person = self.resident(name)
        rights.enrol(
            self.village,
            self.session("解小燕"),
            person,
            purposes,
            new_touch_id(),
            read_aloud=True,
            answers=tuple(RIGHT_ANSWERS.items()),
        )
        card = access.issue_card(self.village, self.session("解小燕"), person)
        self.cards[name] = (card.number, card.pin)

    def rate(self, name: str, **ratings: int) -> None:
        """An officer publishes a round in which one household is rated."""
        with self.village.read() as session:
            household = session.get_one(Resident, self.resident(name)).household_id
        rated = stars.HouseholdRating(household, ratings)
        officer = self.session("周根土")
        stars.publish_round(self.village, officer, 2026, 4, (rated,), new_touch_id())

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
            return str(zxingcpp.read_barcodes(picture)[0].text)


@pytest.fixture
def hall(tmp_path: Path, clock: SettableClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    monkeypatch.delenv("KIOSK_DATABASE_URL", raising=False)
    monkeypatch.setattr(pins, "SHIPPED", pins.Cost(memory_kib=64, passes=1))
    cards: dict[str, tuple[str, str]] = {}

    def keep(card: FoundersCard) -> None:
        cards[card.name] = (card.number, card.pin)

    first = [official(told, date(2026, 11, 23)) for told in OFFICIALS]
    settings = Settings("杨桥村", "Yangqiao", "yangqiao.example/good-deed-book")
    directory = DataDirectory(tmp_path / "village")
    with found(directory, settings, clock, first, keep).closing() as village:
        register = tmp_path / "名册.csv"
        register.write_bytes(REGISTER.encode("gb18030"))
        plan = importing.plan(village, importing.read_register(register))
        assert importing.apply(village, plan).added == 4
        hall = Hall(village, tmp_path, cards)
        hall.enrol("林春生", "number", "household_sign")
        hall.enrol("林小梅", "number", "household_sign")
        hall.enrol("李秀兰", "number")
        hall.rate("林春生", courtyard=5, rules=4, recycling=3)
        spooler = Spooler(village)
        spooler.start()
        yield hall
        spooler.stop()


@pytest.fixture
def sqlite_village(hall: Hall) -> Village:
    """The window opens on the journey's village."""
    return hall.village


def tap(stage: Stage, name: str) -> None:
    """Tap as a person does: when the screen has answered the tap before."""
    answered: list[bool] = []
    stage.kiosk.runner.run(lambda: None, done=lambda _none: answered.append(True))
    until(lambda: answered, "the database")
    until(lambda: (item := see(stage.window, name)) and item.isEnabled(), f"{name} to be ready")
    touch.tap(stage.window, name)


def enter(stage: Stage, digits: str) -> None:
    for digit in digits.replace("-", ""):
        tap(stage, f"pad.{digit}")


def sign_in(stage: Stage, card: tuple[str, str]) -> None:
    until(lambda: see(stage.window, "number_pad"), "the number pad")
    enter(stage, card[0])
    until(lambda: see(stage.window, "pin_pad"), "the PIN pad")
    enter(stage, card[1])
    until(lambda: stage.kiosk.property("signedIn"), "being signed in")


def screen(stage: Stage, name: str) -> None:
    until(lambda: stage.kiosk.property("screenName") == name, f"the screen {name}")


def end_session(stage: Stage) -> None:
    tap(stage, "end_session")
    screen(stage, "home")


def rule_tile(stage: Stage, title: str) -> str:
    """The tile of the rule called `title`."""

    def found() -> str:
        for index in range(20):
            tile = see(stage.window, f"report.rule.{index}")
            if tile is not None and tile.property("text") == title:
                return f"report.rule.{index}"
        return ""

    return str(until(found, f"the rule {title}"))


def report(stage: Stage, title: str, words: str = "") -> str:
    """Answer the questions from which rule on, hand in, and read the reference off the screen."""
    tap(stage, rule_tile(stage, title))
    tap(stage, "report.quick.0")
    tap(stage, "report.part.afternoon")
    if see(stage.window, "report.next_step"):
        tap(stage, "report.next_step")
    tap(stage, "report.place.docks_south")
    if words:
        write(stage.window, "report.words", words)
    tap(stage, "report.words_done")
    tap(stage, "report.photos_done")
    tap(stage, "report.hand_in")
    shown = until(lambda: see(stage.window, "report.reference"), "the reference")
    return str(shown.property("text"))


def sum_on_screen(stage: Stage) -> list[int]:
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


def test_the_main_job_from_a_register_to_paper(hall: Hall, stage: Stage) -> None:
    window = stage.window

    # Somebody looks a neighbour up; of the number nothing is shown.
    tap(stage, "tile.look_up")
    write(window, "search", "lcs")
    until(lambda: "林春生" in texts(window), "the neighbour")
    assert not any("50" in text for text in texts(window))
    tap(stage, "back")

    # 林春生 signs in and sees where the number stands.
    tap(stage, "tile.my_record")
    sign_in(stage, hall.cards["林春生"])
    screen(stage, "my_record")
    assert sum_on_screen(stage) == [50, 0, 3, 0, 53]

    # He reports a deed of his own; the receipt comes out and its code holds.
    tap(stage, "back")
    tap(stage, "tile.good_deed")
    tap(stage, "report.whom.self")
    own = report(stage, "清理河埠头", "捡了两袋垃圾")
    receipt = hall.paper("slip")
    assert own in PdfReader(receipt).pages[0].extract_text()
    assert check_paper(hall.village, hall.qr_of(receipt)).verdict == "genuine"
    end_session(stage)

    # 李秀兰 names him for another one.
    tap(stage, "tile.good_deed")
    sign_in(stage, hall.cards["李秀兰"])
    tap(stage, "report.whom.neighbour")
    write(window, "report.search", "lcs")
    tap(stage, "report.person.0")
    named = report(stage, "帮邻居一把")
    end_session(stage)
    assert named != own

    # He is told, and agrees.
    tap(stage, "tile.my_record")
    sign_in(stage, hall.cards["林春生"])
    screen(stage, "notices")
    until(lambda: any("帮邻居一把" in text for text in texts(window)), "the nomination")
    tap(stage, "answer")
    screen(stage, "my_record")
    end_session(stage)

    # An officer of another house approves both, each with a reason and a sentence.
    for _ in range(2):
        approve_the_oldest(stage, hall.cards["周根土"])

    # The number has changed, each point explained.
    tap(stage, "tile.my_record")
    sign_in(stage, hall.cards["林春生"])
    screen(stage, "my_record")
    base, deeds, star, concerns, total = sum_on_screen(stage)
    assert (base, star, concerns) == (50, 3, 0)
    assert deeds > 0
    assert total == base + deeds + star - concerns
    shown = texts(window)
    assert any("清理河埠头" in text for text in shown)
    assert any("周根土" in text for text in shown)
    end_session(stage)

    # The clerk prints the household's door sign; it carries nobody's name, and its code holds.
    print_sign(stage, hall.cards["解小燕"], "东街12")
    sign = hall.paper("door_sign")
    words = PdfReader(sign).pages[0].extract_text()
    assert "12" in words
    assert not any(name in words for name in ("林春生", "林小梅"))
    assert check_paper(hall.village, hall.qr_of(sign)).verdict == "genuine"

    # Everything is in the log, and the log is whole.
    assert verify_village(hall.village).consistent


def approve_the_oldest(stage: Stage, card: tuple[str, str]) -> None:
    """Sign in at the desk, take the first case, approve it with a reason and a sentence."""
    window = stage.window
    tap(stage, "staff")
    sign_in(stage, card)
    tap(stage, "staff.desk")
    tap(stage, "desk.case.0")
    tap(stage, "case.approve")
    tap(stage, "case.reason.0")
    write(window, "case.sentence", "去看过了，河埠头很干净")
    tap(stage, "case.confirm")
    tap(stage, "dialog.yes")
    until(lambda: see(window, "case.outcome"), "the outcome")
    end_session(stage)


def print_sign(stage: Stage, card: tuple[str, str], house: str) -> None:
    """Find a household, look at its sign and print it."""
    window = stage.window
    tap(stage, "staff")
    sign_in(stage, card)
    tap(stage, "staff.signs")
    write(window, "signs.search", house)
    tap(stage, "signs.household.0")
    until(lambda: see(window, "signs.preview"), "the preview")
    tap(stage, "signs.print")
    until(lambda: see(window, "signs.serial"), "the serial")
    end_session(stage)
