"""One's own household: its stars, item by item why, and what can be done about them."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_day
from kiosk.core.dimensions import DIMENSION_ICONS
from kiosk.core.houses import house_words
from kiosk.core.ids import new_touch_id
from kiosk.services.consent.consents import CONSENT_TEXT_VERSION
from kiosk.services.my_data import consent_choices
from kiosk.services.stars import my_household, replies
from kiosk.services.stars.my_household import DimensionLine, ItemLine, MyHousehold
from kiosk.services.stars.my_sign import MySign
from kiosk.ui.parts.wording import in_a_row
from kiosk.ui.shell.view_model import ViewModel, followed_by
from kiosk.ui.stars.rows import HouseholdDimensionRow, SeenItemRow

QML_IMPORT_NAME = "kiosk.ui.stars"
QML_IMPORT_MAJOR_VERSION = 1

_READ = followed_by(replies.read, my_household.my_household)
_AGREE = followed_by(replies.agree, my_household.my_household)
_ASK = followed_by(replies.ask, my_household.my_household)
_SIGN_ON = followed_by(consent_choices.agree, my_household.my_household)
_SIGN_OFF = followed_by(consent_choices.withdraw, my_household.my_household)
_SIGN: Final = "household_sign"


@QmlElement
class HouseholdModel(ViewModel):
    """View-model of HouseholdScreen."""

    pageChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page: MyHousehold | None = None
        self._rows: list[HouseholdDimensionRow] = []
        self._house = self._state = self._detail = self._looked = self._sign = ""

    def started(self) -> None:
        """Ask for the page of the household."""
        if self.session_id:
            self.ask(my_household.my_household, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        page = self._page
        if page is None:
            return
        self._rows = self.renewed(self._rows, [self._row(page, each) for each in page.dimensions])
        self._house = house_words(page.house.lane, page.house.number, self.shell.tongue)
        self._state, self._detail = self._said_state(page)
        names = in_a_row(page.inspectors)
        self._looked = self.text("rounds.looked", names) if names else ""
        self._sign = self._said_sign(page.sign)
        self.pageChanged.emit()

    @Property(bool, notify=pageChanged)
    def there(self) -> bool:
        """Whether the page has arrived."""
        return self._page is not None

    @Property(str, notify=pageChanged)
    def house(self) -> str:
        """Lane and house."""
        return self._house

    @Property(str, notify=pageChanged)
    def state(self) -> str:
        """How the household stands in the round; empty where none looks at it."""
        return self._state

    @Property(str, notify=pageChanged)
    def detail(self) -> str:
        """What comes next, and by when."""
        return self._detail

    @Property(str, notify=pageChanged)
    def looked(self) -> str:
        """Who looked; empty until all looks are in."""
        return self._looked

    @Property(list, notify=pageChanged)
    def rows(self) -> list[HouseholdDimensionRow]:
        """The five dimensions."""
        return self._rows

    @Property(int, notify=pageChanged)
    def visit(self) -> int:
        """The visit of the round; 0 without one."""
        return (self._page.visit_id or 0) if self._page else 0

    @Property(bool, notify=pageChanged)
    def mayAgree(self) -> bool:
        """Whether this person can agree."""
        return self._page is not None and self._page.may_agree

    @Property(bool, notify=pageChanged)
    def mayAsk(self) -> bool:
        """Whether a new look can be asked for."""
        return self._page is not None and self._page.may_ask

    @Property(bool, notify=pageChanged)
    def mayAppeal(self) -> bool:
        """Whether it can be appealed."""
        return self._page is not None and self._page.may_appeal

    @Property(bool, notify=pageChanged)
    def mayLook(self) -> bool:
        """Whether the household can look at itself."""
        return self._page is not None and self._page.may_look

    @Property(str, notify=pageChanged)
    def sign(self) -> str:
        """How the household stands with the sign at its door."""
        return self._sign

    @Property(bool, notify=pageChanged)
    def mayHaveSign(self) -> bool:
        """Whether this person's agreement to a sign is asked for, and not given."""
        return self._page is not None and self._page.sign.may_agree and not self._page.sign.mine

    @Property(bool, notify=pageChanged)
    def agreedToSign(self) -> bool:
        """Whether this person agreed to a sign."""
        return self._page is not None and self._page.sign.mine

    @Slot()
    def signOn(self) -> None:
        """Agree to a sign at the door."""
        given = (_SIGN, CONSENT_TEXT_VERSION, new_touch_id())
        self.ask(_SIGN_ON, self.session_id, *given, then=self._show)

    @Slot()
    def signOff(self) -> None:
        """Take the sign down: it is valid no longer."""
        self.ask(_SIGN_OFF, self.session_id, _SIGN, new_touch_id(), then=self._show)

    @Slot()
    def agree(self) -> None:
        """Agree to what was seen."""
        self.ask(_AGREE, self.session_id, self.visit, new_touch_id(), then=self._show)

    @Slot()
    def askAgain(self) -> None:
        """Ask for a new look."""
        given = (self.visit, "again", new_touch_id())
        self.ask(_ASK, self.session_id, *given, then=self._show)

    @Slot()
    def appeal(self) -> None:
        """Appeal against what was seen."""
        given = (self.visit, "appeal", new_touch_id())
        self.ask(_ASK, self.session_id, *given, then=self._show)

    def _show(self, page: MyHousehold) -> None:
        """What is to be told is told by being read here."""
        self._page = page
        self.worded()
        if page.may_read:
            self.ask(_READ, self.session_id, page.visit_id, new_touch_id(), then=self._show)

    def _said_state(self, page: MyHousehold) -> tuple[str, str]:
        if page.visit_id is None:
            return "", self.text("rounds.no_visit")
        quarter = self.text("signs.quarter", page.year, page.quarter)
        told = page.state == "told" and page.reply_by is not None
        key = f"open_{page.look}" if page.state == "open" else page.state
        by = self._day(page.reply_by) if told and page.reply_by else ""
        heading = in_a_row((quarter, self.text(f"rounds.state_{key}")))
        return heading, self.text(f"rounds.state_{key}_detail", by, page.agreed, page.adults)

    def _said_sign(self, sign: MySign) -> str:
        if sign.shown is not None and sign.until is not None:
            return self.text("rounds.sign_hangs", sum(sign.shown.values()), self._day(sign.until))
        key = "sign_agreed" if 0 < sign.agreed == sign.adults else "sign_waits"
        return self.text(f"rounds.{key}", sign.agreed, sign.adults)

    def _row(self, page: MyHousehold, line: DimensionLine) -> HouseholdDimensionRow:
        is_new = page.state not in ("", "effective", "lapsed") and line.seen is not None
        shown = line.seen if is_new else line.counts.stars
        name = self.text(f"stars.{line.dimension}")
        return HouseholdDimensionRow(
            key=line.dimension,
            name=name,
            icon=DIMENSION_ICONS[line.dimension],
            stars=shown or 0,
            spoken=self.text("rounds.stars", name, shown) if shown else self.text("signs.unrated"),
            quarter=self._counts(line, is_new=is_new),
            detail=self.text("rounds.next_star", line.more) if line.more else "",
            items=[self._item(each) for each in line.items],
        )

    def _counts(self, line: DimensionLine, *, is_new: bool) -> str:
        """What counts now, and until when; beside what was seen this time, that it does not yet."""
        now = line.counts
        if is_new:
            new = self.text("rounds.counts_not_yet")
            return new if now.stars is None else in_a_row((new, self._counts(line, is_new=False)))
        if now.stars is None:
            return self.text("rounds.counts_nothing")
        if now.contested:
            return self.text("signs.contested")
        until = self._day(now.valid_until) if now.valid_until else ""
        return self.text("rounds.counts", now.stars, until)

    def _item(self, item: ItemLine) -> SeenItemRow:
        applies = item.yes + item.no
        own = self.text(f"rounds.own_{item.own}") if item.own else ""
        said = self.text("rounds.seen_by", item.yes, applies) if applies else self.text("rounds.na")
        good = item.no == 0
        return SeenItemRow(
            text=item.text.said(self.shell.tongue),
            said=in_a_row(filter(None, (said, own))),
            icon="minus" if not applies else "circle-check" if good else "alert-circle",
            good=good,
        )

    def _day(self, day: date) -> str:
        return said_day(self.text, day)
