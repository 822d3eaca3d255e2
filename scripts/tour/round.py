"""One round: import, look up, report, approve, number, slip, sign, each by touch."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.app import MainWindow
from kiosk.cli.base import LANGUAGE
from kiosk.core.catalogue import catalogue
from kiosk.core.clock import SystemClock
from kiosk.core.paths import DataDirectory
from kiosk.services.access import sessions
from kiosk.services.audit.tables import verify_village
from kiosk.services.demo.cards import demo_cards
from kiosk.services.demo.making import make_demo
from kiosk.services.printing.spooler import Spooler
from kiosk.services.upkeep.opening import open_village
from kiosk.services.village import Village
from kiosk.ui.shell.surroundings import Surroundings
from scripts.tour.page import FAILED, Album, words
from tests.journeys.hall import Hall, end_session, report, screen, sign_in, sum_on_screen, tap
from tests.ui import touch
from tests.ui.touch import items, see, texts, until, write

SIZE = (1280, 800)
MM = 1280 / 261
"""A panel of 12.1 inches."""
REGISTER = """户号,姓名,性别,出生日期,门牌号,与户主关系
N0901,欧阳晓舟,男,1979-05-06,茶山路88号,户主
N0901,方小满,女,1981-05-21,茶山路88号,妻
N0902,仇大海,男,1950年8月2日,石榴巷61号,户主
"""
NEWCOMER, INITIALS = "欧阳晓舟", "oyxz"
ON_THE_WAY = ("asked.mine", "asked.go_on", "later")
"""What is tapped between sign-in and one's own record."""
SENTENCE = {"zh": "去看过了，河埠头很干净", "en": "I went and looked; the docks are clean."}


def go_round(place: Path, album: Album) -> None:
    """Make a demo village in `place` and go the round on it.

    Raises:
        AssertionError: a screen does not get where it should; the sentence says which.
    """
    directory = DataDirectory(place / "village")
    make_demo(directory, SystemClock().now())
    album.said("import", _import_register(place, directory))
    with (
        open_village(directory, SystemClock()).closing() as village,
        _stage(village, album) as stage,
    ):
        spooler = Spooler(village)
        spooler.start()
        try:
            _Round(stage, Hall(village, place, _cards(village)), album).go()
        finally:
            spooler.stop()


def _import_register(place: Path, directory: DataDirectory) -> str:
    register = place / "register.csv"
    register.write_text(REGISTER, "utf-8")
    village = ["--data", str(directory.root)]
    command = [sys.executable, "-m", "kiosk", *village, "import", str(register)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _cards(village: Village) -> dict[str, tuple[str, str]]:
    """Card number and PIN of each story of the demo."""
    cards: dict[str, tuple[str, str]] = {}
    for card in demo_cards(village):
        cards.setdefault(card.story, (card.number, card.pin))
    return cards


@contextmanager
def _stage(village: Village, album: Album) -> Iterator[MainWindow]:
    around = Surroundings(
        settings=village.settings,
        catalogue=catalogue(),
        clock=village.clock,
        directory=village.directory,
        village=lambda: village,
        sign_out=sessions.sign_out,
    )
    stage = MainWindow(around, size=SIZE, mm=MM, motion=False)
    stage.show()
    if stage.kiosk.tongue != LANGUAGE:
        stage.kiosk.switchLanguage()
    try:
        yield stage
        assert stage.complaints == []
    except AssertionError:
        stage.window.grabWindow().save(str(album.folder / FAILED))
        raise
    finally:
        stage.close()


class _Round:
    """The steps, in their order."""

    def __init__(self, stage: MainWindow, hall: Hall, album: Album) -> None:
        self._stage, self._window, self._hall, self._album = stage, stage.window, hall, album

    def go(self) -> None:
        self._picture("home")
        self._look_up()
        before, reference = self._report()
        self._approve(reference)
        assert self._number("record_after") > before
        self._album.paper("slip_pdf", self._hall.paper("slip"))
        self._print_sign()
        self._check_sign()
        checked = verify_village(self._hall.village)
        assert checked.consistent
        self._album.note(words("log", checked.entries))

    def _look_up(self) -> None:
        self._tap("tile.look_up")
        write(self._window, "search", INITIALS)
        until(lambda: NEWCOMER in texts(self._window), "the newcomer")
        self._picture("look_up")
        self._tap("back")
        screen(self._stage, "home")

    def _number(self, picture: str) -> int:
        self._tap("tile.my_record")
        sign_in(self._stage, self._hall.cards["main"])
        self._arrive("my_record")
        total = sum_on_screen(self._stage)[-1]
        self._picture(picture)
        return total

    def _arrive(self, name: str) -> None:
        """Answer what is asked at sign-in, leave what is told for later, and get to `name`."""

        def there() -> str:
            ready = (each for each in ON_THE_WAY if self._ready(each))
            return name if self._on(name) else next(ready, "")

        while (button := str(until(there, f"the screen {name}"))) != name:
            touch.tap(self._window, button)

    def _report(self) -> tuple[int, str]:
        before = self._number("record")
        end_session(self._stage)
        self._tap("tile.good_deed")
        sign_in(self._stage, self._hall.cards["main"])
        self._tap("report.whom.self")
        tile = until(lambda: see(self._window, "report.rule.0"), "the deeds")
        self._picture("which")
        reference = report(self._stage, str(tile.property("text")))
        until(lambda: see(self._window, "paper.picture"), "the slip")
        self._picture("receipt")
        end_session(self._stage)
        return before, reference

    def _approve(self, reference: str) -> None:
        self._tap("staff")
        sign_in(self._stage, self._hall.cards["officer"])
        self._tap("staff.desk")
        row = until(lambda: self._row_of(reference), f"the case {reference}")
        self._picture("queue")
        self._tap(row)
        until(lambda: see(self._window, "case.approve"), "the case")
        self._picture("case")
        self._tap("case.approve")
        self._tap("case.reason.0")
        write(self._window, "case.sentence", SENTENCE[LANGUAGE])
        self._tap("case.confirm")
        self._tap("dialog.yes")
        until(lambda: see(self._window, "case.outcome"), "the outcome")
        self._picture("decided")
        end_session(self._stage)

    def _row_of(self, reference: str) -> str:
        rows = [each for each in items(self._window) if "desk.case." in each.objectName()]
        found = [each.objectName() for each in rows if each.property("aside") == reference]
        return str(found[0]) if found else ""

    def _print_sign(self) -> None:
        end_session(self._stage)
        self._tap("staff")
        sign_in(self._stage, self._hall.cards["clerk"])
        self._tap("staff.signs")
        write(self._window, "signs.search", self._home())
        self._tap("signs.household.0")
        until(lambda: see(self._window, "signs.preview"), "the preview")
        self._picture("sign")
        self._tap("signs.print")
        until(lambda: see(self._window, "signs.serial"), "the serial")
        self._picture("sign_done")
        end_session(self._stage)
        self._album.paper("sign_pdf", self._hall.paper("door_sign"))

    def _check_sign(self) -> None:
        self._stage.kiosk.note_scanned(self._hall.qr_of(self._hall.paper("door_sign")))
        until(lambda: see(self._window, "check.verdict"), "the verdict")
        self._picture("genuine")

    def _picture(self, key: str) -> None:
        answered: list[bool] = []
        self._stage.kiosk.runner.run(lambda: None, done=lambda _none: answered.append(True))
        until(lambda: answered, "the database")
        self._window.grabWindow()
        self._album.picture(key, self._window)

    def _tap(self, name: str) -> None:
        tap(self._stage, name)

    def _ready(self, name: str) -> bool:
        item = see(self._window, name)
        return item is not None and item.isEnabled()

    def _on(self, name: str) -> bool:
        return bool(self._stage.kiosk.property("screenName") == name)

    @staticmethod
    def _home() -> str:
        return "东街12"
