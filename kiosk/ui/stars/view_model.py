"""One household's sign: what was earned, what is shown, its preview, and the print."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.dimensions import DIMENSION_ICONS
from kiosk.core.houses import house_words
from kiosk.core.ids import new_touch_id
from kiosk.services.printing import queue
from kiosk.services.stars import door_signs
from kiosk.services.stars.door_signs import IssuedSign, SignView
from kiosk.services.stars.ratings import RatingView
from kiosk.services.village import Village
from kiosk.ui.parts.pdf_preview import picture_of
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.runner import Ticket
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.stars"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class DimensionRow(Row):
    """What a household earned on one dimension, and how much of it the sign shows."""

    key: str
    icon: str
    name: str
    shown: int
    most: int
    note: str
    spoken: str
    fewer: str
    more: str


@QmlElement
class SignWords(Row):
    """A household and its sign in words; what does not apply is empty."""

    house: str = ""
    premises: str = ""
    quarter: str = ""
    agreement: str = ""
    current: str = ""
    replaces: str = ""
    kept: str = ""
    takenDown: str = ""


@QmlElement
class SignModel(ViewModel):
    """View-model of HouseholdSign. What is shown is never more than what was earned."""

    signChanged = Signal()
    previewChanged = Signal()
    printed = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._household_id = 0
        self._touch = ""
        self._view: SignView | None = None
        self._shown: dict[str, int] = {}
        self._media = "A5"
        self._words = SignWords()
        self._rows: list[DimensionRow] = []
        self._ended = ""
        self._preview = ""
        self._drawing: Ticket | None = None

    # --- What QML sees ---------------------------------------------------------------------------

    @Property(bool, notify=signChanged)
    def opened(self) -> bool:
        """Whether the household is there."""
        return self._view is not None

    @Property(bool, notify=signChanged)
    def rated(self) -> bool:
        """Whether the household holds stars that can be shown."""
        return bool(self._view and self._view.earned)

    @Property(bool, notify=signChanged)
    def agreed(self) -> bool:
        """Whether every adult of the house agreed."""
        return bool(self._view and self._view.agreed)

    @Property(SignWords, notify=signChanged)
    def words(self) -> SignWords:
        """Where it is, who agreed, in numbers, never by name, and what is on the door now."""
        return self._words

    @Property(list, notify=signChanged)
    def rows(self) -> list[DimensionRow]:
        """One per dimension."""
        return self._rows

    @Property(bool, notify=signChanged)
    def showsAll(self) -> bool:
        """Whether everything that was earned is shown."""
        return self._view is None or self._shown == self._view.earned

    @Property(str, notify=signChanged)
    def media(self) -> str:
        """``A5`` or ``A4``."""
        return self._media

    @Property(bool, notify=signChanged)
    def unchanged(self) -> bool:
        """Whether a new sign would say the same as the one on the door."""
        view = self._view
        return bool(view and view.up_to_date and dict(view.on_the_door) == self._shown)

    @Property(bool, notify=signChanged)
    def altered(self) -> bool:
        """Whether other stars were chosen here than the sign would show by itself."""
        return self._view is not None and self._shown != self._view.shown

    @Property(int, notify=signChanged)
    def currentJob(self) -> int:
        """The print of the sign in force; 0 when there is none."""
        return (self._view.current_job or 0) if self._view else 0

    @Property(str, notify=previewChanged)
    def preview(self) -> str:
        """The picture's address; empty until it is drawn."""
        return self._preview

    @Property(bool, notify=previewChanged)
    def drawing(self) -> bool:
        """Whether the picture is behind what was chosen."""
        return self._drawing is not None

    # --- What can be done ------------------------------------------------------------------------

    @Slot(int)
    def open(self, household_id: int) -> None:
        """Look at a household; the people who live there can see that."""
        self._household_id, self._touch = household_id, new_touch_id()
        self._forget()
        self.ask(door_signs.sign_view, self.session_id, household_id, then=self._show)

    @Slot(str, int)
    def change(self, dimension: str, step: int) -> None:
        """Show one star more or fewer, down to none, up to what was earned."""
        if self._view is None:
            return
        most = self._view.earned.get(dimension, 0)
        count = min(most, max(0, self._shown.get(dimension, 0) + step))
        self._choose({**self._shown, dimension: count})

    @Slot()
    def showAll(self) -> None:
        """Show everything that was earned."""
        if self._view is not None:
            self._choose(self._view.earned)

    @Slot(str)
    def chooseMedia(self, media: str) -> None:
        """Choose the paper."""
        self._media = media
        self.signChanged.emit()

    @Slot()
    def issue(self) -> None:
        """Issue the sign and send it to the printer."""
        chosen = (self._household_id, dict(self._shown), self._media, self._touch)
        self.ask(door_signs.issue, self.session_id, *chosen, then=self._issued)

    @Slot()
    def takeDown(self) -> None:
        """The household does not want its sign any more."""
        self.ask(
            door_signs.take_down,
            self.session_id,
            self._household_id,
            new_touch_id(),
            then=self._taken_down,
        )

    @Slot()
    def printAgain(self) -> None:
        """Print the sign in force once more."""
        again = (self.session_id, self.currentJob, "print_sign")
        self.ask(queue.print_again, *again, then=self.printed.emit)

    # --- Answers and words -----------------------------------------------------------------------

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        if self._view is not None:
            self._words = self.renewed(self._words, self._worded(self._view))
            rows = [self._row(each) for each in self._view.ratings]
            self._rows = self.renewed(self._rows, rows)
        self.signChanged.emit()

    def _forget(self) -> None:
        """Nothing of the household before stays in sight."""
        if self._drawing is not None:
            self._drawing.drop()
        self._view, self._drawing = None, None
        self._words = self.renewed(self._words, SignWords())
        self._ended = self._preview = ""
        self.signChanged.emit()
        self.previewChanged.emit()

    def _show(self, view: SignView) -> None:
        self._view = view
        self._choose(view.shown)

    def _choose(self, shown: dict[str, int]) -> None:
        self._shown = {name: count for name, count in shown.items() if count}
        self.worded()
        self._draw()

    def _issued(self, issued: IssuedSign) -> None:
        self._touch = new_touch_id()
        self.printed.emit(issued.print_job_id)

    def _taken_down(self, serial: str) -> None:
        self._ended = serial
        self.ask(door_signs.sign_view, self.session_id, self._household_id, then=self._show)

    def _draw(self) -> None:
        """Draw the preview anew; only the newest choice counts."""
        if not self.rated:
            return
        if self._drawing is not None:
            self._drawing.drop()
        self._drawing = self.shell.ask(
            _preview,
            self.session_id,
            self._household_id,
            dict(self._shown),
            done=self._drawn,
            failed=self._not_drawn,
            owner=self,
        )
        self.previewChanged.emit()

    def _drawn(self, address: str) -> None:
        self._drawing, self._preview = None, address
        self.previewChanged.emit()

    def _not_drawn(self, refusal: Any) -> None:
        self._drawn("")
        self._refuse(refusal)

    def _worded(self, view: SignView) -> SignWords:
        home = view.household
        until = view.valid_until
        quarter = self.text("signs.quarter", view.year, view.quarter)
        serial = view.current_serial
        return SignWords(
            house=house_words(home.lane, home.number, self.shell.tongue),
            premises=self.text(f"signs.premises_{home.premises}"),
            quarter=f"{quarter} · {self.text('signs.valid_until', until)}" if until else "",
            agreement=self._agreement(view),
            current=self.text("signs.current", serial) if serial else "",
            replaces=self.text("signs.replaces", serial) if serial else "",
            kept=self.text("signs.kept") if view.shown != view.earned else "",
            takenDown=self.text("signs.taken_down", self._ended) if self._ended else "",
        )

    def _agreement(self, view: SignView) -> str:
        if not view.agreed:
            return self.text("signs.not_agreed", view.agreed_adults, view.adults)
        return self.text("signs.agreed" if view.adults > 1 else "signs.agreed_one", view.adults)

    def _row(self, rating: RatingView) -> DimensionRow:
        name = self.text(f"stars.{rating.dimension}")
        most = 0 if rating.contested else rating.stars or 0
        shown = min(most, self._shown.get(rating.dimension, 0))
        return DimensionRow(
            key=rating.dimension,
            icon=DIMENSION_ICONS[rating.dimension],
            name=name,
            shown=shown,
            most=most,
            note=self._note(rating, shown),
            spoken=self.text("signs.line_spoken", name, shown, most),
            fewer=self.text("signs.fewer", name),
            more=self.text("signs.more", name),
        )

    def _note(self, rating: RatingView, shown: int) -> str:
        if rating.stars is None:
            return self.text("signs.unrated")
        if rating.contested:
            return self.text("signs.contested")
        earned = self.text("signs.earned", rating.stars)
        return earned if shown else f"{self.text('signs.hidden')} · {earned}"


def _preview(village: Village, session_id: str, household_id: int, shown: dict[str, int]) -> str:
    return picture_of(door_signs.preview_pdf(village, session_id, household_id, shown, "A5"))
