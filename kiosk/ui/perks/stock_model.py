"""Who keeps the shelf: what is new, brought, counted, over, and what everybody gets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.catalogue import CHINESE, ENGLISH
from kiosk.core.clock import village_day
from kiosk.core.days import said_day, said_short_day
from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.services.access.offices import Signature
from kiosk.services.perks import catalogue, floor, stock
from kiosk.services.perks.floor import Given, HandOutLine
from kiosk.services.perks.stock import Found, ShelfLine
from kiosk.services.village import Village
from kiosk.ui.parts.card_asking import CardModel
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.parts.staged import PAGE
from kiosk.ui.perks.rows import HandOutRow, PictureRow, StockRow

QML_IMPORT_NAME = "kiosk.ui.perks"
QML_IMPORT_MAJOR_VERSION = 1

PICTURE, NAME, NUMBERS = "picture", "name", "numbers"
MORE, COUNT, WHY = "more", "count", "why"
PURPOSE, UNTIL, CARD, WHO = "purpose", "until", "card", "who"
_BACK: Final = {NAME: PICTURE, NUMBERS: NAME, WHY: COUNT, UNTIL: PURPOSE}
"""The step before; the page for all others."""
_DAYS: Final = (14, 30, 90)
"""So long something is handed out to everybody."""

Standing = tuple[tuple[ShelfLine, ...], tuple[HandOutLine, ...]]


def _standing(village: Village, session_id: str) -> Standing:
    return stock.lines(village, session_id), floor.open_hand_outs(village)


def _then_standing(act: Callable[..., Any]) -> Callable[..., Any]:
    """What `act` answers, and how the shelf stands then."""

    def both(village: Village, session_id: str, *said: Any) -> tuple[Any, Standing]:
        return act(village, session_id, *said), _standing(village, session_id)

    return both


@dataclass(frozen=True)
class Draft:
    """What is being written down, so far."""

    perk: int = 0
    title: str = ""
    picture: str = "gift"
    chinese: str = ""
    english: str = ""
    price: int = 3
    number: int = 10
    limit: int = 0
    expected: int = 0
    reason: str = ""
    days: int = 0
    hand_out: int = 0
    touch: str = field(default_factory=new_touch_id)


def _offer(village: Village, session_id: str, draft: Draft) -> object:
    title = Texts({CHINESE: draft.chinese, ENGLISH: draft.english})
    given = (title, draft.price, draft.number, draft.touch)
    return catalogue.offer(
        village, session_id, *given, picture=draft.picture, per_person=draft.limit
    )


@QmlElement
class StockModel(CardModel):
    """View-model of StockScreen."""

    stockChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._standing: Standing = ((), ())
        self._draft = Draft()
        self._done: tuple[str, tuple[object, ...]] | None = None
        self._rows: list[StockRow] = []
        self._outs: list[HandOutRow] = []
        self._choices: list[ChoiceRow] = []
        self._pictures: list[PictureRow] = []
        self._said_done = self._about = ""

    def started(self) -> None:
        """Ask what is on the shelf."""
        if self.shell.session and self.shell.session.roles:
            self.ask(_standing, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        super().worded()
        shelf, outs = self._standing
        self._rows = self.renewed(self._rows, [self._row(each) for each in shelf])
        self._outs = self.renewed(self._outs, [self._out(each) for each in outs])
        self._choices = self.renewed(self._choices, self._said_choices())
        if self._stage == PICTURE:
            self._pictures = self.renewed(self._pictures, self._said_pictures())
        done = self._done
        self._said_done = self.text(done[0], *done[1]) if done else ""
        self._about = self._draft.title
        self.stockChanged.emit()

    @Property(list, notify=stockChanged)
    def rows(self) -> list[StockRow]:
        """What is on the shelf."""
        return self._rows

    @Property(list, notify=stockChanged)
    def outs(self) -> list[HandOutRow]:
        """What everybody gets now."""
        return self._outs

    @Property(list, notify=stockChanged)
    def choices(self) -> list[ChoiceRow]:
        """Reasons or days to choose from."""
        return self._choices

    @Property(list, notify=stockChanged)
    def pictures(self) -> list[PictureRow]:
        """The pictures to choose from."""
        return self._pictures

    @Property(str, notify=stockChanged)
    def done(self) -> str:
        """What was written down last."""
        return self._said_done

    @Property(str, notify=stockChanged)
    def about(self) -> str:
        """What is being counted, brought or handed out."""
        return self._about

    @Property(int, notify=stockChanged)
    def expected(self) -> int:
        """How many ought to be there."""
        return self._draft.expected

    @Slot()
    def add(self) -> None:
        """Something new."""
        self._draft = Draft()
        self._go(PICTURE)

    @Slot(str)
    def choose(self, key: str) -> None:
        """A picture, a reason or so many days."""
        if self._stage == PICTURE:
            self._draft = replace(self._draft, picture=key)
            self._go(NAME)
        elif self._stage == WHY:
            self._draft = replace(self._draft, reason=key)
            self._go(CARD)
        else:
            self._draft = replace(self._draft, days=int(key))
            self._go(CARD)

    @Slot(str, str)
    def name(self, chinese: str, english: str) -> None:
        """What it is called, or what it is handed out for."""
        self._draft = replace(self._draft, chinese=chinese, english=english)
        self._go(NUMBERS if self._stage == NAME else UNTIL)

    @Slot(int, int, int)
    def offer(self, price: int, number: int, limit: int) -> None:
        """Put it on the shelf."""
        self._draft = replace(self._draft, price=price, number=number, limit=limit)
        act = _then_standing(_offer)
        self.ask(act, self.session_id, self._draft, then=self._wrote("stock_offered"))

    @Slot(int)
    def bring(self, perk: int) -> None:
        """More of it came."""
        self._draft = Draft(perk=perk, title=self._title(perk))
        self._go(MORE)

    @Slot(int)
    def brought(self, more: int) -> None:
        """So many."""
        said = (self._draft.perk, more, self._draft.touch)
        act = _then_standing(catalogue.restock)
        self.ask(act, self.session_id, *said, then=self._wrote("stock_brought", more))

    @Slot(int)
    def take(self, perk: int) -> None:
        """It is counted."""
        line = next(each for each in self._standing[0] if each.perk.perk_id == perk)
        expected = line.perk.stock + line.kept
        self._draft = Draft(perk=perk, title=self._title(perk), expected=expected)
        self._go(COUNT)

    @Slot(int)
    def counted(self, found: int) -> None:
        """So many were there; where something differs, a reason and a second name follow."""
        self._draft = replace(self._draft, number=found)
        if found != self._draft.expected:
            self._go(WHY)
        else:
            self._count(None)

    @Slot(int)
    def end(self, perk: int) -> None:
        """It is offered no more."""
        act = _then_standing(catalogue.end)
        given = (perk, new_touch_id())
        self.ask(act, self.session_id, *given, then=self._wrote("stock_ended", self._title(perk)))

    @Slot(int)
    def giveOut(self, perk: int) -> None:
        """Everybody gets it."""
        self._draft = Draft(perk=perk, title=self._title(perk))
        self._go(PURPOSE)

    @Slot(int)
    def give(self, hand_out: int) -> None:
        """Somebody gets theirs."""
        line = next(each for each in self._standing[1] if each.hand_out_id == hand_out)
        self._draft = Draft(hand_out=hand_out, title=line.title.said(self.shell.tongue))
        self._go(WHO)

    @Slot(int)
    def giveTo(self, resident_id: int) -> None:
        """To this person."""
        said = (self._draft.hand_out, resident_id, new_touch_id())
        self.ask(_then_standing(floor.hand_over), self.session_id, *said, then=self._gave)

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        """An officer agrees."""
        signature, draft = Signature(self._card, pin), self._draft
        if draft.reason:
            self._count(signature)
            return
        last = village_day(self.shell.clock.now()) + timedelta(days=draft.days)
        said = (draft.perk, (draft.chinese, draft.english), last, signature, draft.touch)
        done = self._wrote("stock_out", draft.title)
        act = _then_standing(floor.start)
        self.ask(act, self.session_id, *said, then=done, refused=self._refused)

    @Slot()
    def back(self) -> None:
        """One step back."""
        before = (WHY if self._draft.reason else UNTIL) if self._stage == CARD else PAGE
        self._go(_BACK.get(self._stage, before))

    def _count(self, signature: Signature | None) -> None:
        draft = self._draft
        found = Found(draft.number, draft.reason, signature)
        done = self._wrote("stock_counted", draft.title, draft.number)
        act = _then_standing(stock.count)
        said = (draft.perk, found, draft.touch)
        self.ask(act, self.session_id, *said, then=done, refused=self._refused)

    def _wrote(self, key: str, *values: object) -> Callable[[tuple[object, Standing]], None]:
        def show(answer: tuple[object, Standing]) -> None:
            self._done = (f"perks.{key}", values)
            self._show(answer[1])

        return show

    def _gave(self, answer: tuple[Given, Standing]) -> None:
        given, standing = answer
        self._done = ("perks.stock_gave", (self._draft.title, given.name))
        self._show(standing)

    def _show(self, standing: Standing) -> None:
        self._standing = standing
        self._take("", "", scanned=False)
        self._go(PAGE)

    def _title(self, perk: int) -> str:
        line = next(each for each in self._standing[0] if each.perk.perk_id == perk)
        return line.perk.title.said(self.shell.tongue)

    def _row(self, line: ShelfLine) -> StockRow:
        perk = line.perk
        on = said_short_day(self.text, line.counted_on) if line.counted_on else ""
        counted = self.text("perks.stock_counted_on", on) if on else self.text("perks.stock_never")
        numbers = self.text("perks.stock_line", perk.price, perk.stock, line.kept)
        return StockRow(
            perkId=perk.perk_id,
            title=perk.title.said(self.shell.tongue),
            picture=perk.picture,
            detail=f"{numbers} · {counted}",
        )

    def _out(self, line: HandOutLine) -> HandOutRow:
        until = said_day(self.text, line.last_day)
        numbers = self.text("perks.out_line", until, line.handed, line.stock)
        return HandOutRow(
            handOutId=line.hand_out_id,
            title=line.title.said(self.shell.tongue),
            picture=line.picture,
            detail=f"{self.text(f'own.{line.purpose}')} · {numbers}",
        )

    def _said_choices(self) -> list[ChoiceRow]:
        if self._stage == WHY:
            words = [(each, self.text(f"perks.count_{each}")) for each in stock.REASONS]
        else:
            words = [(str(each), self.text("perks.out_days", each)) for each in _DAYS]
        return [ChoiceRow(key=key, name=name) for key, name in words]

    def _said_pictures(self) -> list[PictureRow]:
        return [
            PictureRow(picture=each, name=self.text(f"perks.pic_{each}"))
            for each in catalogue.PICTURES
        ]
