"""The register desk: a household is opened for a purpose, and what happens in it written down."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.ids import new_touch_id
from kiosk.services.access.offices import Signature
from kiosk.services.access.roles import may
from kiosk.services.households import desk, events, past_cases
from kiosk.services.households.desk import OpenedHousehold, Relative
from kiosk.services.households.events import EventLine, Preview
from kiosk.services.households.past_cases import PastCase
from kiosk.services.households.plans import MENDS, NEEDS_TWO, Kind
from kiosk.ui.parts.card_asking import CardModel
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.parts.staged import PAGE
from kiosk.ui.register import steps
from kiosk.ui.register.rows import AtHomeRow, HouseholdPage, LifeRow, PastCaseRow, RelativeRow
from kiosk.ui.register.said import Said
from kiosk.ui.register.steps import Draft, Pair
from kiosk.ui.shell.view_model import followed_by

QML_IMPORT_NAME = "kiosk.ui.register"
QML_IMPORT_MAJOR_VERSION = 1

_TAKE_BACK = followed_by(events.take_back, events.waiting)


@QmlElement
class RegisterModel(CardModel):
    """View-model of RegisterScreen: nothing is written down before it was shown."""

    deskChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trail: list[str] = []
        self._lines: tuple[EventLine, ...] = ()
        self._household_id = 0
        self._purpose = ""
        self._opened: OpenedHousehold | None = None
        self._draft: Draft | None = None
        self._preview: Preview | None = None
        self._kin = 0
        self._person = 0
        self._cases: tuple[PastCase, ...] = ()
        self._past: list[PastCaseRow] = []
        self._pair: Pair | None = None
        self._written: EventLine | None = None
        self._pending: list[LifeRow] = []
        self._members: list[AtHomeRow] = []
        self._relatives: list[RelativeRow] = []
        self._choices: list[ChoiceRow] = []
        self._mends: list[ChoiceRow] = []
        self._page = HouseholdPage()
        self._changes: list[str] = []
        self._stays: list[str] = []
        self._summary = ""

    def started(self) -> None:
        """Ask what waits at the desk."""
        if self.shell.session and self.shell.session.roles:
            self.ask(events.waiting, self.session_id, then=self._show_waiting)

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        super().worded()
        roles = self.shell.session.roles if self.shell.session else frozenset()
        said = Said(self.text, self.shell.tongue, roles)
        self._pending = self.renewed(self._pending, [said.life(each) for each in self._lines])
        if self._opened is not None:
            members = [said.member(each) for each in self._opened.members]
            self._members = self.renewed(self._members, members)
            relatives = [said.relative(each) for each in self._opened.relatives]
            self._relatives = self.renewed(self._relatives, relatives)
            self._page = self.renewed(self._page, said.page(self._opened))
            self._mends = self.renewed(self._mends, said.mends(self._opened))
        self._past = self.renewed(self._past, [said.past(each) for each in self._cases])
        self._choices = self.renewed(self._choices, self._said_choices(said))
        if self._preview is not None:
            told = self._preview.consequences
            self._changes = [said.line(each) for each in told.changes]
            self._stays = [said.line(each) for each in told.stays]
        self._summary = said.written(self._written) if self._written else ""
        self.deskChanged.emit()

    # --- What is shown

    @Property(list, notify=deskChanged)
    def pending(self) -> list[LifeRow]:
        """What waits its ten minutes, and what could not be done."""
        return self._pending

    @Property(list, notify=deskChanged)
    def members(self) -> list[AtHomeRow]:
        """Everybody of the household, its head first."""
        return self._members

    @Property(list, notify=deskChanged)
    def relatives(self) -> list[RelativeRow]:
        """Who of the household is related to somebody of another."""
        return self._relatives

    @Property(HouseholdPage, notify=deskChanged)
    def page(self) -> HouseholdPage:
        """The texts of the household."""
        return self._page

    @Property(list, notify=deskChanged)
    def choices(self) -> list[ChoiceRow]:
        """What there is to choose from in this step."""
        return self._choices

    @Property(list, notify=deskChanged)
    def mends(self) -> list[ChoiceRow]:
        """What puts right what is written wrongly of the household."""
        return self._mends

    @Property(list, notify=deskChanged)
    def past(self) -> list[PastCaseRow]:
        """Past cases about one of the household, the newest first."""
        return self._past

    @Property(str, notify=deskChanged)
    def pastTitle(self) -> str:
        """Whose past cases they are."""
        members = self._opened.members if self._opened else ()
        name = next((each.name for each in members if each.resident_id == self._person), "")
        return self.text("register.cases_title", name)

    @Property(list, notify=deskChanged)
    def changes(self) -> list[str]:
        """What would change, and for whom."""
        return self._changes

    @Property(list, notify=deskChanged)
    def stays(self) -> list[str]:
        """What would not."""
        return self._stays

    @Property(str, notify=deskChanged)
    def summary(self) -> str:
        """What was written down, and when it takes effect."""
        return self._summary

    @Property(str, notify=deskChanged)
    def kind(self) -> str:
        """What happens, in a few words."""
        return self.text(f"register.kind_{self._draft.kind}") if self._draft else ""

    @Property(str, notify=deskChanged)
    def note(self) -> str:
        """What is to be known before one chooses; empty where that is nothing."""
        if self._stage in steps.SAID:
            return self.text(f"register.{steps.SAID[self._stage]}")
        if self._stage == steps.WHO and self._draft is not None:
            word = "who_note" if self.several else steps.NOTES.get(self._draft.kind, "")
            return self.text(f"register.{word}") if word else ""
        return ""

    @Property(str, notify=deskChanged)
    def asksWho(self) -> str:
        """The question for somebody of the household."""
        new_head = self._draft is not None and self._draft.kind == "new_head"
        return self.text("register.head_title" if new_head else "register.who_title")

    @Property(str, notify=deskChanged)
    def asksName(self) -> str:
        """The question for a name and a day of birth, or for the day alone."""
        kind = self._draft.kind if self._draft else ""
        return self.text(f"register.{steps.NAMED.get(kind, 'newcomer_title')}")

    @Property(bool, notify=deskChanged)
    def unnamed(self) -> bool:
        """Whether it is known who it is, so that the day of birth alone is asked for."""
        return self._draft is not None and self._draft.kind == "birthday"

    @Property(bool, notify=deskChanged)
    def toAHousehold(self) -> bool:
        """Whether it has to be a household in which somebody lives."""
        return self._draft is not None and self._draft.kind == "merge"

    @Property(bool, notify=deskChanged)
    def mayStay(self) -> bool:
        """Whether the new household may stay behind the same door."""
        return self._draft is not None and self._draft.kind == "split"

    @Property(bool, notify=deskChanged)
    def several(self) -> bool:
        """Whether several people can be chosen, so that a button goes on."""
        return bool(
            self._stage == steps.WHO and self._draft and self._draft.kind not in steps.ONE_ALONE
        )

    @Property(bool, notify=deskChanged)
    def chosen(self) -> bool:
        """Whether somebody is chosen."""
        return bool(self._draft and self._draft.people)

    @Property(bool, notify=deskChanged)
    def relating(self) -> bool:
        """Whether the card that is asked for is that of one of two relatives."""
        return self._stage == steps.CARD and self._pair is not None

    # --- What is done

    @Slot(int)
    def find(self, household_id: int) -> None:
        """A household was found: it is opened for a purpose."""
        self._household_id = household_id
        self._step(steps.PURPOSE)

    @Slot(str)
    def findByCard(self, token: str) -> None:
        """Somebody's card was held to the scanner: their household."""
        asked = (self.session_id, token)
        self.ask(desk.household_of_card, *asked, then=self.find, newest=True)

    @Slot(int)
    def lookAtCases(self, resident_id: int) -> None:
        """What was reported about somebody before."""
        self._person = resident_id
        asked = (self.session_id, resident_id)
        self.ask(past_cases.past_cases, *asked, then=self._show_cases)

    @Slot(str)
    def choose(self, key: str) -> None:
        """One of the choices of this step."""
        if self._stage == steps.PURPOSE:
            self._purpose = key
            self._open_again()
        elif self._stage == steps.HOME:
            self._begin(key)
        elif self._stage == steps.FROM:
            self._step(steps.PERSON if key == steps.HERE else steps.NEWCOMER)
        elif self._stage == steps.KIN_WHO:
            self._kin = int(key)
            self._step(steps.KIN)
        else:
            self._choose_person(int(key))

    @Slot()
    def goOn(self) -> None:
        """Everybody whom it is about is chosen."""
        if self._draft is not None:
            self._ask_or_show(steps.AFTER_WHO.get(self._draft.kind, steps.SHOWN))

    @Slot(str, str)
    def newcomer(self, name: str, born_on: str) -> None:
        """Who is new in the register."""
        if self._draft is not None:
            self._draft.name, self._draft.born_on = name, born_on
            if self._draft.kind not in MENDS:
                self._draft.people = []
            self._show_plan()

    @Slot(int)
    def takePerson(self, resident_id: int) -> None:
        """Somebody of the village: who marries in, or a relative."""
        if self._stage == steps.KIN:
            self._relate(Pair(desk.declare, self._kin, resident_id))
        elif self._draft is not None:
            self._draft.people = [resident_id]
            self._show_plan()

    @Slot(int)
    def comeTo(self, household_id: int) -> None:
        """The household that they come to."""
        if self._draft is not None:
            self._draft.to, self._draft.plate = household_id, ""
            self._show_plan()

    @Slot()
    def toDoor(self) -> None:
        """They come to a door behind which nobody lives."""
        self._step(steps.DOOR)

    @Slot(str)
    def behind(self, plate: str) -> None:
        """The door of the new household."""
        if self._draft is not None:
            self._draft.to, self._draft.plate = 0, plate
            self._show_plan()

    @Slot()
    def writeDown(self) -> None:
        """As it was shown; what cannot be undone asks a second officer first."""
        if self._draft is not None and self._draft.kind in NEEDS_TWO:
            self._step(steps.CARD)
        else:
            self._write(None)

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        """The other officer agrees, or one of two relatives."""
        signature = Signature(self._card, pin)
        if self._pair is not None:
            self._write_pair(self._pair, signature)
        else:
            self._write(signature)

    @Slot(int)
    def takeBack(self, place: int) -> None:
        """What waits is taken back; nothing changed by it."""
        said = (self._lines[place].event_id, new_touch_id())
        self.ask(_TAKE_BACK, self.session_id, *said, then=self._show_waiting)

    @Slot()
    def takeBackThis(self) -> None:
        """What was written down just now is taken back."""
        if self._written is not None:
            said = (self._written.event_id, new_touch_id())
            self.ask(_TAKE_BACK, self.session_id, *said, then=self._taken_back)

    @Slot()
    def beginKin(self) -> None:
        """Somebody of the household is related to somebody of another."""
        self._step(steps.KIN_WHO)

    @Slot(int)
    def endKin(self, place: int) -> None:
        """Two people are not related any more."""
        if self._opened is not None:
            line = self._opened.relatives[place]
            self._relate(Pair(desk.end, line.resident_id, line.relative_id))

    @Slot()
    def back(self) -> None:
        """One step back; from a PIN to the card, and from what is done to the list."""
        if self._stage == steps.CARD and self.hasCard:
            self.otherCard()
            return
        if self._draft is not None:
            self._draft.head = self._draft.head_left = 0
        self._pair = None
        if self._stage in (steps.DONE, steps.HOME, steps.PURPOSE):
            self._trail.clear()
        self._go(self._trail.pop() if self._trail else PAGE)
        if self._stage == PAGE:
            self.started()

    # --- How it goes on

    def _step(self, stage: str) -> None:
        self._trail.append(self._stage)
        self._go(stage)

    def _begin(self, key: str) -> None:
        kind: Kind = next(each for each in steps.ICONS if each == key)
        self._draft = Draft(kind, self._household_id)
        if kind == "merge" and self._opened is not None:
            self._draft.people = [each.resident_id for each in self._opened.members]
        self._preview = None
        self._step(steps.FIRST[kind])

    def _choose_person(self, resident_id: int) -> None:
        draft = self._draft
        if draft is None:
            return
        if self._stage == steps.HEAD and self._preview is not None:
            setattr(draft, self._preview.ask, resident_id)
            self._show_plan()
        elif draft.kind in steps.ONE_ALONE:
            draft.people = [resident_id]
            self.goOn()
        else:
            draft.toggle(resident_id)
            self.worded()

    def _ask_or_show(self, stage: str) -> None:
        if stage == steps.SHOWN:
            self._show_plan()
        else:
            self._step(stage)

    def _show_plan(self) -> None:
        if self._draft is not None:
            plan = self._draft.plan()
            self.ask(events.preview, self.session_id, plan, then=self._show_preview)

    def _show_preview(self, preview: Preview) -> None:
        self._preview = preview
        if self._stage == steps.HEAD:
            self._go(steps.HEAD if preview.ask else steps.SURE)
        else:
            self._step(steps.HEAD if preview.ask else steps.SURE)

    def _write(self, signature: Signature | None) -> None:
        if self._preview is not None and self._draft is not None:
            said = (self._preview.plan, self._draft.touch, signature)
            self.ask(
                events.write_down, self.session_id, *said, then=self._done, refused=self._refused
            )

    def _done(self, line: EventLine) -> None:
        self._written = line
        self._trail.clear()
        self._take("", "", scanned=False)
        self._go(steps.DONE)

    def _taken_back(self, lines: tuple[EventLine, ...]) -> None:
        self._lines, self._written = lines, None
        self._go(PAGE)

    def _open_again(self) -> None:
        said = (self._household_id, self._purpose)
        self.ask(desk.open_household, self.session_id, *said, then=self._show_household)

    def _show_household(self, opened: OpenedHousehold) -> None:
        self._opened, self._pair = opened, None
        self._take("", "", scanned=False)
        self._trail.clear()
        self._go(steps.HOME)

    def _show_cases(self, cases: tuple[PastCase, ...]) -> None:
        self._cases = cases
        self._step(steps.CASES)

    def _relate(self, pair: Pair) -> None:
        """An officer writes it down alone; a clerk asks one of the two for their card."""
        session = self.shell.session
        if session is not None and may("grant_role", session.roles):
            self._write_pair(pair, None)
        else:
            self._pair = pair
            self._step(steps.CARD)

    def _write_pair(self, pair: Pair, signature: Signature | None) -> None:
        said = (pair.resident_id, pair.relative_id, pair.touch, signature)
        then, refused = self._show_relatives, self._refused
        self.ask(pair.act, self.session_id, *said, then=then, refused=refused)

    def _show_relatives(self, relatives: tuple[Relative, ...]) -> None:
        if self._opened is not None:
            self._show_household(replace(self._opened, relatives=relatives))

    def _show_waiting(self, lines: tuple[EventLine, ...]) -> None:
        self._lines = lines
        self.worded()

    # --- How it is said

    def _said_choices(self, said: Said) -> list[ChoiceRow]:
        if self._stage == steps.PURPOSE:
            return said.purposes()
        if self._stage == steps.FROM:
            return said.origins()
        if self._opened is None:
            return []
        if self._stage == steps.HOME:
            return said.kinds(self._opened)
        if self._stage == steps.HEAD and self._preview is not None:
            return said.people(self._preview.candidates, ())
        draft = self._draft if self._stage == steps.WHO else None
        if draft is not None and draft.kind == "still_here":
            return said.gone(self._opened.gone)
        whom = steps.whom(draft.kind, self._opened.members) if draft else self._opened.members
        return said.people(
            [(each.resident_id, each.name) for each in whom], draft.people if draft else ()
        )
