"""Offices as they stand: giving and ending one, and vouching for a card, with a second officer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_day, said_day_of_week, said_month
from kiosk.core.ids import new_touch_id
from kiosk.services.access import office_pauses, offices
from kiosk.services.access.offices import Change, OfficeLine, Pause, Signature
from kiosk.services.access.roles import ROLES, Role
from kiosk.services.register import people
from kiosk.services.village import Village
from kiosk.ui.parts.card_asking import CardModel
from kiosk.ui.parts.days import day_rows, month_rows, weekdays
from kiosk.ui.parts.rows import ChoiceRow, DayRow
from kiosk.ui.parts.staged import PAGE
from kiosk.ui.parts.wording import in_a_row
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.view_model import followed_by

QML_IMPORT_NAME = "kiosk.ui.office"
QML_IMPORT_MAJOR_VERSION = 1

WHO, ROLE, REASON, DAY, UNTIL = "who", "role", "reason", "day", "until"
FIRST, LAST, CARD, DONE = "first", "last", "card", "done"
"""The steps after the page with the offices; the last one says what was done."""
BACK = {
    WHO: PAGE,
    ROLE: WHO,
    REASON: PAGE,
    DAY: REASON,
    UNTIL: DAY,
    CARD: PAGE,
    DONE: PAGE,
    FIRST: REASON,
    LAST: FIRST,
}
APPOINT, END, VOUCH, PAUSE, RETURN = "appoint", "end", "vouch", "pause", "return"
_BEFORE_CARD = {APPOINT: UNTIL, END: DAY, PAUSE: LAST}
"""The step before the second officer is asked; the page for what has none."""
_LISTED = {
    APPOINT: offices.GRANT_REASONS,
    END: offices.END_REASONS,
    PAUSE: office_pauses.REASONS,
}
_YEARS = (0, 1, 3, 5)
"""For so many years an office is given; 0 without a last day."""
_ICONS: dict[Role, str] = {"officer": "scale", "clerk": "clipboard-check", "keeper": "tools"}
_APPOINT = followed_by(offices.appoint, offices.offices)
_END = followed_by(offices.end, offices.offices)
_VOUCH = followed_by(offices.vouch, offices.offices)
_PAUSE = followed_by(office_pauses.pause, offices.offices)
_RETURN = followed_by(office_pauses.bring_back, offices.offices)


@QmlElement
class OfficeRow(Row):
    """An office of somebody, from when to when, and what can be done about it."""

    place: int
    name: str
    role: str
    icon: str
    detail: str
    held: bool
    ends: bool
    endText: str
    vouches: bool
    pauses: bool
    returns: bool


@dataclass
class Wish:
    """What is being done: about whom, and what was chosen so far."""

    act: str = ""
    resident_id: int = 0
    name: str = ""
    open_roles: tuple[Role, ...] = ()
    role: Role | None = None
    reason: str = ""
    day: date | None = None
    until: date | None = None
    first: date | None = None
    last: date | None = None
    own: bool = False
    touch: str = ""


@QmlElement
class OfficesModel(CardModel):
    """View-model of OfficesScreen."""

    officesChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[OfficeLine, ...] = ()
        self._rows: list[OfficeRow] = []
        self._wish = Wish()
        self._choices: list[ChoiceRow] = []
        self._days: list[DayRow] = []
        self._weekdays: list[str] = []
        self._summary = self._too_few = ""
        self._month: date | None = None

    def started(self) -> None:
        """Ask for the offices as they stand."""
        if self.shell.session and self.shell.session.roles:
            self.ask(offices.offices, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        super().worded()
        rows = [self._row(place, line) for place, line in enumerate(self._lines)]
        self._rows = self.renewed(self._rows, rows)
        self._choices = self.renewed(self._choices, self._said_choices())
        today = village_day(self.shell.clock.now())
        self._days = self.renewed(self._days, self._said_fields(today))
        self._weekdays = weekdays(self.text)
        self._summary = self._said_wish()
        self._too_few = self._said_few()
        self.officesChanged.emit()

    @Property(list, notify=officesChanged)
    def rows(self) -> list[OfficeRow]:
        """Every office: those that are held, then those that ended."""
        return self._rows

    @Property(list, notify=officesChanged)
    def choices(self) -> list[ChoiceRow]:
        """Offices or reasons to choose from."""
        return self._choices

    @Property(list, notify=officesChanged)
    def weekdays(self) -> list[str]:
        """The headings of the calendar."""
        return self._weekdays

    @Property(list, notify=officesChanged)
    def days(self) -> list[DayRow]:
        """The days on which the assembly may have met, or on which an office may rest."""
        return self._days

    @Property(str, notify=officesChanged)
    def month(self) -> str:
        """The month that is shown, and its year."""
        shown = self._month
        return self.text("hall.month", shown.year, said_month(self.text, shown)) if shown else ""

    @Property(str, notify=officesChanged)
    def tooFew(self) -> str:
        """That the officers are of too few households; empty while they are of enough."""
        return self._too_few

    @Property(str, notify=officesChanged)
    def tooFewDetail(self) -> str:
        """What comes of it, and what to do."""
        return self.text("offices.few_homes_detail") if self._too_few else ""

    @Property(str, notify=officesChanged)
    def person(self) -> str:
        """About whose office it is."""
        return self._wish.name

    @Property(str, notify=officesChanged)
    def summary(self) -> str:
        """What the second officer agrees to, all of it; afterwards what was done."""
        return self._summary

    @Property(bool, notify=officesChanged)
    def vouching(self) -> bool:
        """Whether it is about a card and not about an office."""
        return self._wish.act == VOUCH

    @Property(bool, notify=officesChanged)
    def laidDown(self) -> bool:
        """Whether who is signed in laid down their own office just now."""
        return self._wish.own and self._wish.act == END and self._stage == DONE

    @Slot()
    def begin(self) -> None:
        """Somebody is to be given an office."""
        self._wish = Wish(act=APPOINT, touch=new_touch_id())
        self._go(WHO)

    @Slot(int)
    def choosePerson(self, resident_id: int) -> None:
        """Who is to have it."""
        self.ask(_who, self.session_id, resident_id, then=self._met)

    @Slot(int)
    def endOffice(self, place: int) -> None:
        """An office is to end."""
        self._begin_about(END, self._lines[place])
        self._go(DAY if self._wish.reason else REASON)

    @Slot(int)
    def vouchFor(self, place: int) -> None:
        """The card of an official is to open the office."""
        self._begin_about(VOUCH, self._lines[place])
        self._go(CARD)

    @Slot(int)
    def pauseOffice(self, place: int) -> None:
        """An office is to rest."""
        self._begin_about(PAUSE, self._lines[place])
        self._go(REASON)

    @Slot(int)
    def bringBack(self, place: int) -> None:
        """An office that rests, or is going to, is to go on."""
        self._begin_about(RETURN, self._lines[place])
        self._go(CARD)

    @Slot(str)
    def choose(self, key: str) -> None:
        """An office, then a reason; for how long."""
        if self._stage == ROLE:
            self._wish.role = next(each for each in ROLES if each == key)
            self._go(REASON)
        elif self._stage == UNTIL:
            self._wish.until = self._after(int(key))
            self._go(CARD)
        else:
            self._wish.reason = key
            self._month = self._today().replace(day=1)
            self._go(FIRST if self._wish.act == PAUSE else DAY)

    @Slot(int)
    def turn(self, months: int) -> None:
        """Another month."""
        if self._month is not None:
            self._month = (self._month + timedelta(days=15 + 30 * months)).replace(day=1)
            self.worded()

    @Slot(str)
    def chooseDay(self, iso: str) -> None:
        """The day of the assembly; of a pause its first and its last."""
        day, stage = date.fromisoformat(iso), self._stage
        if stage == FIRST:
            self._wish.first = day
            self._go(LAST)
        elif stage == LAST:
            self._wish.last = day
            self._go(CARD)
        else:
            self._wish.day = day
            self._go(UNTIL if self._wish.act == APPOINT else CARD)

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        """The other officer agrees."""
        wish, signature = self._wish, Signature(self._card, pin)
        if wish.act == VOUCH:
            self._ask_signed(_VOUCH, wish.resident_id, signature, wish.touch)
        elif wish.act == RETURN:
            self._ask_signed(_RETURN, wish.resident_id, wish.role, signature, wish.touch)
        elif wish.act == PAUSE and wish.first is not None and wish.last is not None:
            pause = Pause(wish.first, wish.last, wish.reason)
            act = office_pauses.pause if self._own_officer() else _PAUSE
            self._ask_signed(act, wish.resident_id, wish.role, pause, signature, wish.touch)
        elif wish.role is not None and wish.day is not None:
            change = Change(wish.resident_id, wish.role, wish.reason, wish.day)
            act = _APPOINT if wish.act == APPOINT else offices.end if wish.own else _END
            until = (wish.until,) if wish.act == APPOINT else ()
            self._ask_signed(act, change, signature, wish.touch, *until)

    @Slot()
    def back(self) -> None:
        """One step back; from a PIN to the card."""
        if self._stage == CARD and self.hasCard:
            self.otherCard()
            return
        self._go(self._step_before())

    def _ask_signed(self, act: Callable[..., object], *said: object) -> None:
        self.ask(act, self.session_id, *said, then=self._done, refused=self._refused)

    def _step_before(self) -> str:
        if self._stage == CARD:
            return _BEFORE_CARD.get(self._wish.act, PAGE)
        if self._stage == REASON and self._wish.act == APPOINT:
            return ROLE
        if self._stage == DAY and self._wish.own:
            return PAGE
        return BACK[self._stage]

    def _begin_about(self, act: str, line: OfficeLine) -> None:
        self._wish = Wish(
            act=act,
            resident_id=line.resident_id,
            name=line.name,
            role=line.role,
            reason="resigned" if line.own and act == END else "",
            own=line.own,
            touch=new_touch_id(),
        )

    def _met(self, found: tuple[int, str, tuple[Role, ...]]) -> None:
        self._wish.resident_id, self._wish.name, self._wish.open_roles = found
        self._go(ROLE)

    def _show(self, lines: tuple[OfficeLine, ...]) -> None:
        self._lines = lines
        self.worded()

    def _done(self, lines: tuple[OfficeLine, ...] | None) -> None:
        self._lines = lines or ()  # who laid down their office sees no list of them any more
        self._take("", "", scanned=False)
        self._go(DONE)

    def _said_choices(self) -> list[ChoiceRow]:
        if self._stage == ROLE:
            return [
                ChoiceRow(key=each, name=self.text(f"access.role_{each}"), icon=_ICONS[each])
                for each in self._wish.open_roles
            ]
        if self._stage == UNTIL:
            return [
                ChoiceRow(
                    key=str(each), name=self.text("offices.for_years", each, self._after(each))
                )
                if each
                else ChoiceRow(key="0", name=self.text("offices.without_end"))
                for each in _YEARS
            ]
        begins = "pause" if self._wish.act == PAUSE else "reason"
        listed = _LISTED.get(self._wish.act, ())
        return [ChoiceRow(key=each, name=self.text(f"offices.{begins}_{each}")) for each in listed]

    def _said_years(self, years: int) -> str:
        last = self._after(years)
        return (
            self.text("offices.for_years", years, last)
            if last
            else self.text("offices.without_end")
        )

    def _today(self) -> date:
        return village_day(self.shell.clock.now())

    def _after(self, years: int) -> date | None:
        """The last day of an office that is given for so many years."""
        today = self._today()
        same = 28 if (today.month, today.day) == (2, 29) else today.day
        last = today.replace(year=today.year + years, day=same) - timedelta(days=1)
        return last if years else None

    def _own_officer(self) -> bool:
        """Whether who is signed in lets rest by which they see this page: no list comes back."""
        return self._wish.own and self._wish.role == "officer" and self._wish.first == self._today()

    def _said_fields(self, today: date) -> list[DayRow]:
        wish, month = self._wish, self._month or today.replace(day=1)
        if self._stage == FIRST:
            return month_rows(self.text, month, today, today + office_pauses.AHEAD, wish.first)
        if self._stage == LAST and wish.first is not None:
            most = wish.first + office_pauses.LONGEST
            return month_rows(self.text, month, wish.first, most, wish.first)
        return day_rows(self.text, today, offices.ASSEMBLY_WITHIN.days, wish.day)

    def _said_few(self) -> str:
        homes = offices.homes_of_officers(self._lines)
        few = bool(self._lines) and homes < offices.FEWEST_HOMES
        return self.text("offices.few_homes", homes) if few else ""

    def _said_wish(self) -> str:
        wish = self._wish
        if wish.act == VOUCH:
            return self.text("offices.sum_vouch", wish.name)
        if wish.act in (PAUSE, RETURN) and wish.role is not None:
            return self._said_pause(wish, wish.role)
        if wish.role is None or wish.day is None or not wish.act:
            return ""
        day = said_day_of_week(self.text, wish.day)
        role = self.text(f"access.role_{wish.role}")
        why = self.text(f"offices.reason_{wish.reason}")
        said = self.text(f"offices.sum_{wish.act}", wish.name, role, why, day)
        return said + self.text("offices.sum_until", wish.until) if wish.until else said

    def _said_pause(self, wish: Wish, held: Role) -> str:
        role = self.text(f"access.role_{held}")
        if wish.act == RETURN:
            return self.text("offices.sum_return", wish.name, role)
        if wish.first is None or wish.last is None:
            return ""
        why = self.text(f"offices.pause_{wish.reason}")
        return self.text("offices.sum_pause", wish.name, role, wish.first, wish.last, why)

    def _row(self, place: int, line: OfficeLine) -> OfficeRow:
        held = line.last_day is None
        return OfficeRow(
            place=place,
            name=line.name,
            role=self.text(f"access.role_{line.role}"),
            icon=_ICONS[line.role],
            detail=self._said_days(line),
            held=held,
            ends=held and (line.own or not line.at_home),
            endText=self.text("offices.lay_down" if line.own else "offices.end"),
            vouches=held and line.card == "waits",
            pauses=held and line.pause is None and (line.own or not line.at_home),
            returns=held and line.pause is not None and (line.own or not line.at_home),
        )

    def _said_days(self, line: OfficeLine) -> str:
        first = said_day(self.text, line.first_day)
        if line.last_day is not None:
            return self.text("offices.from_to", first, said_day(self.text, line.last_day))
        card = "" if line.card == "vouched" else self.text(f"offices.card_{line.card}")
        until = self.text("offices.until", line.until) if line.until else ""
        return in_a_row((self.text("offices.since", first), until, self._said_rest(line), card))

    def _said_rest(self, line: OfficeLine) -> str:
        if line.pause is None:
            return ""
        key = "rests" if line.pause.begun else "will_rest"
        return self.text(f"offices.{key}", line.pause.first, line.pause.last)


def _who(village: Village, session_id: str, resident_id: int) -> tuple[int, str, tuple[Role, ...]]:
    roles = offices.may_be_appointed(village, session_id, resident_id)
    return resident_id, people.resident(village, resident_id).name, roles
