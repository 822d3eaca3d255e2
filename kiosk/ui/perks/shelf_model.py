"""The shelf: what points can be spent on, and what is reserved."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_day
from kiosk.core.ids import new_touch_id
from kiosk.services.perks import redemptions, shelf
from kiosk.services.perks.floor import HandOutLine
from kiosk.services.perks.redemptions import Reserved
from kiosk.services.perks.shelf import Offer, Shelf
from kiosk.ui.parts.staged import PAGE, StagedModel
from kiosk.ui.perks.rows import OfferRow, ReservedWords

QML_IMPORT_NAME = "kiosk.ui.perks"
QML_IMPORT_MAJOR_VERSION = 1

DONE = "done"


@QmlElement
class ShelfModel(StagedModel):
    """View-model of PerksScreen."""

    shelfChanged = Signal()
    reserved = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf: Shelf | None = None
        self._made: Reserved | None = None
        self._touch = ""
        self._offers: list[OfferRow] = []
        self._words = ReservedWords()
        self._why_not = self._ending = self._waiting = self._outs = ""

    def started(self) -> None:
        """Ask what is on the shelf."""
        if self.session_id:
            self.ask(shelf.shelf, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say it in the language on the screen."""
        seen = self._shelf
        if seen is None:
            return
        self._offers = self.renewed(self._offers, [self._row(seen, each) for each in seen.offers])
        self._why_not = self.text(f"error.{seen.why_not}") if seen.why_not else ""
        self._ending = self._said_ending(seen)
        self._outs = "\n".join(self._said_out(each) for each in seen.outs)
        self._waiting = self.text("perks.waiting", len(seen.kept)) if seen.kept else ""
        if self._made is not None:
            self._words = self.renewed(self._words, self._said(self._made))
        self.shelfChanged.emit()

    @Property(bool, notify=shelfChanged)
    def there(self) -> bool:
        """Whether the shelf has arrived."""
        return self._shelf is not None

    @Property(int, notify=shelfChanged)
    def wallet(self) -> int:
        """Points to spend."""
        return self._shelf.wallet if self._shelf else 0

    @Property(list, notify=shelfChanged)
    def offers(self) -> list[OfferRow]:
        """Everything there is."""
        return self._offers

    @Property(str, notify=shelfChanged)
    def whyNot(self) -> str:
        """Why nothing can be reserved at all."""
        return self._why_not

    @Property(str, notify=shelfChanged)
    def ending(self) -> str:
        """Which points end soon."""
        return self._ending

    @Property(str, notify=shelfChanged)
    def waiting(self) -> str:
        """How much waits to be collected."""
        return self._waiting

    @Property(str, notify=shelfChanged)
    def outs(self) -> str:
        """What everybody gets at the desk, for no points."""
        return self._outs

    @Property(ReservedWords, notify=shelfChanged)
    def words(self) -> ReservedWords:
        """What came of the last reservation."""
        return self._words

    @Slot()
    def aboutToAnswer(self) -> None:
        """The question opens: whatever is tapped in it is one touch."""
        self._touch = new_touch_id()

    @Slot(int)
    def reserve(self, perk_id: int) -> None:
        """Reserve it."""
        asked = (self.session_id, perk_id, self._touch, self.shell.tongue)
        self.ask(redemptions.reserve, *asked, then=self._booked)

    @Slot()
    def back(self) -> None:
        """To the shelf, as it is now."""
        self._go(PAGE)
        self.started()

    def _show(self, seen: Shelf) -> None:
        self._shelf = seen
        self.worded()

    def _booked(self, made: Reserved) -> None:
        self._made = made
        self._go(DONE)
        self.reserved.emit(made.print_job_id)

    def _row(self, seen: Shelf, offer: Offer) -> OfferRow:
        perk = offer.perk
        title = perk.title.said(self.shell.tongue)
        limit = self.text("perks.limit", perk.per_person, offer.had) if perk.per_person else ""
        short = perk.price - seen.wallet
        return OfferRow(
            perkId=perk.perk_id,
            title=title,
            picture=perk.picture,
            price=self.text("perks.price", perk.price),
            left=self.text("perks.left", perk.stock) if perk.stock else "",
            limit=limit,
            mark="" if offer.now == "may" else self.text(f"perks.now_{offer.now}", short),
            may=offer.now == "may" and not seen.why_not,
            question=self.text("perks.sure", title, perk.price),
            explanation=self.text("perks.sure_detail", seen.wallet, -short),
        )

    def _said_out(self, line: HandOutLine) -> str:
        until = said_day(self.text, line.last_day)
        title, purpose = line.title.said(self.shell.tongue), self.text(f"own.{line.purpose}")
        return self.text("perks.out_for_you", title, purpose, until)

    def _said_ending(self, seen: Shelf) -> str:
        if not seen.ending:
            return ""
        first = seen.ending[0].ends
        points = sum(each.points for each in seen.ending)
        return self.text("perks.ending", points, said_day(self.text, first))

    def _said(self, made: Reserved) -> ReservedWords:
        return ReservedWords(
            reference=made.reference,
            until=self.text("perks.until", said_day(self.text, made.collect_by)),
            left=self.text("perks.slip_left", made.wallet),
        )
