"""The report form on its way from the first question to the receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.catalogue import Language
from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.services.cases import confirmations, duplicates, slips, submit, third_party_names
from kiosk.services.cases.duplicates import PossibleDuplicate
from kiosk.services.cases.submit import CaseReceipt, Submission
from kiosk.services.hall import words
from kiosk.services.hall.words import Offered
from kiosk.services.register import people
from kiosk.services.register.people import Person
from kiosk.services.rulebook import book, gate
from kiosk.services.rulebook.book import Rule
from kiosk.services.village import Village
from kiosk.ui.cases.report import form as flow
from kiosk.ui.cases.report.form import CHECK, CONCERN, DEED, DONE, NEIGHBOUR, SAME, SELF, ReportForm
from kiosk.ui.cases.report.rows import (
    CheckedLineRow,
    QuickDayRow,
    RuleChoiceRow,
    WitnessRow,
)
from kiosk.ui.cases.report.wording import FormWords
from kiosk.ui.parts.days import weekdays
from kiosk.ui.parts.photographs import content_of
from kiosk.ui.parts.rows import ChoiceRow, DayRow
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.cases.report"
QML_IMPORT_MAJOR_VERSION = 1


Beginning: TypeAlias = tuple[tuple[Rule, ...], Offered, Person | ExpectedError | None]
"""The rules in force, the village's own words, and a neighbour or why it cannot be them."""

_NAMING = frozenset({"rule", flow.HOURS, flow.WHEN, flow.PART, "where", "words", flow.PHOTO})
"""The steps that say whom the form is about."""


@QmlElement
class ReportModel(ViewModel):
    """View-model of ReportsScreen: one question at a time, every answer kept."""

    stepChanged = Signal()
    formChanged = Signal()
    left = Signal()
    handedIn = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._form = ReportForm(new_touch_id())
        self._step = ""
        self._returning = self._resumed = False
        self._rules: tuple[Rule, ...] = ()
        self._own = Offered()
        self._next: tuple[str, date] | None = None
        self._misplaced: tuple[str, str] | None = None
        self._duplicate: PossibleDuplicate | None = None
        self._others: tuple[str, ...] = ()
        self._receipt: CaseReceipt | None = None
        self._question = self._about = self._gentle = self._what_next = self._same = ""
        self._step_names: list[str] = []
        self._weekdays: list[str] = []
        self._phrases: list[str] = []
        self._rule_rows: list[RuleChoiceRow] = []
        self._quick_days: list[QuickDayRow] = []
        self._days: list[DayRow] = []
        self._hour_rows: list[ChoiceRow] = []
        self._part_rows: list[ChoiceRow] = []
        self._place_rows: list[ChoiceRow] = []
        self._lines: list[CheckedLineRow] = []
        self._witnesses: list[WitnessRow] = []

    # --- What QML sees: the step ----------------------------------------------------------------

    @Property(str, notify=stepChanged)
    def step(self) -> str:
        """The question that is asked; empty until the form is there."""
        return self._step

    @Property(str, notify=formChanged)
    def question(self) -> str:
        """The same in words."""
        return self._question

    @Property(str, notify=formChanged)
    def about(self) -> str:
        """Which neighbour it is about, on every step after they were chosen; else empty."""
        return self._about

    @Property(list, notify=formChanged)
    def stepNames(self) -> list[str]:
        """The names of all steps, for the dots."""
        return self._step_names

    @Property(int, notify=formChanged)
    def stepNow(self) -> int:
        """The place of this step among them; one that is offered beside them is at the last."""
        steps = flow.steps_of(self._form)
        if self._step == flow.PHOTO and self._step not in steps:
            return len(steps) - 1
        return steps.index(self._step) if self._step in steps else 0

    @Property(str, notify=formChanged)
    def draft(self) -> str:
        """The form as a text, so that it is found again after a look at another screen."""
        return flow.written(self._form)

    # --- What QML sees: answers and choices -----------------------------------------------------

    @Property(bool, notify=formChanged)
    def concern(self) -> bool:
        """Whether it is a concern."""
        return self._form.kind == CONCERN

    @Property(str, notify=formChanged)
    def whom(self) -> str:
        """``self`` or ``neighbour``, or empty."""
        return self._form.whom

    @Property(list, notify=formChanged)
    def rules(self) -> list[RuleChoiceRow]:
        """The rules that are offered."""
        return self._rule_rows

    @Property(list, notify=formChanged)
    def quickDays(self) -> list[QuickDayRow]:
        """Today, yesterday, the day before."""
        return self._quick_days

    @Property(list, notify=formChanged)
    def weekdays(self) -> list[str]:
        """The headings of the calendar."""
        return self._weekdays

    @Property(list, notify=formChanged)
    def days(self) -> list[DayRow]:
        """The calendar, whole weeks."""
        return self._days

    @Property(bool, notify=formChanged)
    def earlier(self) -> bool:
        """Whether a day was chosen that only the calendar shows."""
        return bool(self._form.day) and not any(each.chosen for each in self._quick_days)

    @Property(list, notify=formChanged)
    def hours(self) -> list[ChoiceRow]:
        """The steps of the rule's ladder, with what each gives."""
        return self._hour_rows

    @Property(list, notify=formChanged)
    def parts(self) -> list[ChoiceRow]:
        """Parts of the day, and that one does not remember."""
        return self._part_rows

    @Property(list, notify=formChanged)
    def places(self) -> list[ChoiceRow]:
        """Places."""
        return self._place_rows

    @Property(str, notify=formChanged)
    def words(self) -> str:
        """What was written."""
        return self._form.words

    @Property(list, notify=formChanged)
    def phrases(self) -> list[str]:
        """Sentences that are ready to be taken with a tap."""
        return self._phrases

    @Property(str, notify=formChanged)
    def gentle(self) -> str:
        """Why something that was written does not belong here; empty when all may stand."""
        return self._gentle

    @Property(list, notify=formChanged)
    def lines(self) -> list[CheckedLineRow]:
        """The whole form, one line a step."""
        return self._lines

    @Property(list, notify=formChanged)
    def witnesses(self) -> list[WitnessRow]:
        """Who is asked to confirm it."""
        return self._witnesses

    @Property(bool, notify=formChanged)
    def witnessesEnough(self) -> bool:
        """Whether nobody more can be asked."""
        return len(self._form.witnesses) >= flow.MOST_WITNESSES

    @Property(str, notify=formChanged)
    def whatNext(self) -> str:
        """What happens after handing in, and by when."""
        return self._what_next

    @Property(str, notify=formChanged)
    def duplicate(self) -> str:
        """What is known of a report that may be the same thing; empty when there is none."""
        return self._same

    @Property(bool, notify=formChanged)
    def toAccept(self) -> bool:
        """Whether it is a neighbour's, which the person can accept."""
        return bool(self._duplicate and self._duplicate.to_accept)

    @Property(str, notify=formChanged)
    def reference(self) -> str:
        """The reference number of what was handed in, or had been before."""
        if self._receipt is not None:
            return self._receipt.reference
        return self._duplicate.reference if self._duplicate and self._step == SAME else ""

    # --- Going ----------------------------------------------------------------------------------

    @Slot(str, int, str)
    def begin(self, kind: str, subject_id: int, draft: str) -> None:
        """Open the form: anew, with what the tile or the look-up said, or as it was left."""
        if draft:
            self._form = flow.read(draft)
        elif kind:
            known = CONCERN if kind == CONCERN else DEED
            self._form = replace(flow.with_kind(self._form, known), kind_given=True)
        self._resumed = bool(draft)
        opening = 0 if draft else subject_id
        self.ask(_beginning, self.session_id, opening, then=self._open)

    @Slot()
    def back(self) -> None:
        """The question before, or away from the form in front of the first."""
        if self._step in (DONE, SAME):
            self.shell.home()
        elif self._returning:
            self._go(CHECK)
        elif before := flow.step_before(self._form, self._step) if self._step else "":
            self._go(before)
        else:
            self.left.emit()

    @Slot(str)
    def change(self, step: str) -> None:
        """From the look at the whole back to one question."""
        self._go(step)
        self._returning = True

    @Slot()
    def goOn(self) -> None:
        """The next question; from one that was changed, straight back to the whole."""
        if self._returning and self._step == flow.WHEN:
            self._go(flow.PART)  # the hour belongs to the day
        elif self._returning:
            self._go(flow.first_open(self._form))
        else:
            self._go(flow.step_after(self._form, self._step))

    # --- Answering ------------------------------------------------------------------------------

    @Slot(str)
    def chooseKind(self, kind: str) -> None:
        """A good deed or a concern."""
        self._answer(flow.with_kind(self._form, kind))

    @Slot(str)
    def chooseWhom(self, whom: str) -> None:
        """For oneself or for a neighbour."""
        if whom != self._form.whom:
            me = self.shell.session.resident_id if self.shell.session and whom == SELF else 0
            self._form = replace(
                self._form, whom=whom, subject_id=me, subject_name="", witnesses=()
            )
            self._drop_rule_not_offered()
        self._answer(self._form)

    @Slot(int)
    def choosePerson(self, resident_id: int) -> None:
        """A neighbour, by the search; one for whom nothing can be written down is said so here."""
        self.ask(_neighbour, self.session_id, resident_id, then=self._take_person)

    @Slot(int)
    def chooseRule(self, rule_id: int) -> None:
        """What was done."""
        self._answer(flow.with_rule(self._form, self._rule_of(rule_id)))

    @Slot(int)
    def chooseAsConcerned(self, rule_id: int) -> None:
        """The same, by the person whom it concerns."""
        self._answer(flow.with_rule(self._form, self._rule_of(rule_id), concerned=True))

    @Slot(str)
    def chooseHours(self, hours: str) -> None:
        """How many hours it took, by the ladder of the rule."""
        self._answer(replace(self._form, hours=int(hours)))

    @Slot(str)
    def chooseDay(self, iso: str) -> None:
        """The day."""
        self._answer(replace(self._form, day=iso))

    @Slot(str)
    def choosePart(self, part: str) -> None:
        """The part of the day; empty when it is not remembered."""
        self._answer(replace(self._form, part_of_day=part))

    @Slot(str)
    def choosePlace(self, place: str) -> None:
        """The place."""
        self._answer(replace(self._form, place=place))

    @Slot(str)
    def write(self, words: str) -> None:
        """A few words; those that do not belong here are not let on, and stay where they are."""
        self._form = replace(self._form, words=words.strip())
        self.ask(_misplaced, self.session_id, self._form, then=self._judge)

    @Slot(int)
    def takePhotos(self, number: int) -> None:
        """So many photographs go with it; handing in brings them."""
        if number != self._form.photos:
            self._set(replace(self._form, photos=number))

    @Slot(bool)
    def takeDrive(self, there: bool) -> None:
        """Photographs are asked about while there is a drive to take them from."""
        if there != self._form.drive:
            self._set(replace(self._form, drive=there))

    @Slot(int)
    def askWitness(self, resident_id: int) -> None:
        """Somebody of another house saw it and will be asked; who cannot be is said so here."""
        self.ask(_witness, self.session_id, resident_id, then=self._take_witness)

    @Slot(int)
    def leaveWitness(self, resident_id: int) -> None:
        """That person is not asked after all."""
        left = tuple(each for each in self._form.witnesses if each[0] != resident_id)
        self._set(replace(self._form, witnesses=left))

    @Slot()
    def isSame(self) -> None:
        """It is what was reported before: nothing is handed in a second time."""
        self._go(SAME)

    @Slot()
    def isAnother(self) -> None:
        """It is something else: it can be handed in, unless there is a second one to ask about."""
        if self._duplicate is not None:
            self._others = (*self._others, self._duplicate.reference)
            self._look_at_whole()

    @Slot(list)
    def handIn(self, photos: list[str]) -> None:
        """Hand it in, with these photographs."""
        if self._form.happened_on is not None:
            made = (self._form, self._others, photos, self.shell.tongue)
            self.ask(_hand_in, self.session_id, *made, then=self._thank)

    # --- Answers of the services ----------------------------------------------------------------

    def _open(self, found: Beginning) -> None:
        self._rules, self._own, person = found
        if isinstance(person, ExpectedError):
            self._form = replace(self._form, whom=NEIGHBOUR)
            self._go("neighbour")
            self._refuse(person)
            return
        if person is not None:
            self._form = replace(self._with_person(person), subject_given=True)
        self._go(flow.first_open(self._form) if self._resumed else flow.steps_of(self._form)[0])

    def _take_person(self, person: Person) -> None:
        self._answer(self._with_person(person))

    def _take_witness(self, person: Person) -> None:
        asked = dict(self._form.witnesses) | {person.resident_id: person.name}
        self._set(replace(self._form, witnesses=tuple(asked.items())))

    def _with_person(self, person: Person) -> ReportForm:
        return replace(
            self._form,
            whom=NEIGHBOUR,
            subject_id=person.resident_id,
            subject_name=person.name,
            subject_lane=person.lane,
            subject_number=person.number,
        )

    def _judge(self, misplaced: tuple[str, str] | None) -> None:
        self._misplaced = misplaced
        if misplaced is None:
            self.goOn()
        else:
            self.worded()

    def _looked(self, found: tuple[tuple[str, date], PossibleDuplicate | None]) -> None:
        self._next, self._duplicate = found
        self.worded()

    def _thank(self, receipt: CaseReceipt) -> None:
        self._receipt = receipt
        self._next = (receipt.next_key, receipt.due_on)
        self._go(DONE)
        self.handedIn.emit(receipt.print_job_id or 0)

    # --- Steps and words ------------------------------------------------------------------------

    def _set(self, form: ReportForm) -> None:
        self._form = form
        self.worded()

    def _answer(self, form: ReportForm) -> None:
        self._form = form
        self.goOn()

    def _drop_rule_not_offered(self) -> None:
        offered = {rule.rule_version_id for rule in self._offered()}
        if self._form.rule_id not in offered:
            self._form = flow.with_rule(self._form, None)

    def _go(self, step: str) -> None:
        self._step, self._returning = step, self._returning and step not in (CHECK, DONE)
        self._duplicate = self._duplicate if step == SAME else None
        self.forgiveError()
        self.worded()
        self.stepChanged.emit()
        if step == CHECK:
            self._look_at_whole()

    def _look_at_whole(self) -> None:
        self.ask(_look_at_whole, self.session_id, self._form, self._others, then=self._looked)

    def _rule_of(self, rule_id: int) -> Rule | None:
        return next((each for each in self._rules if each.rule_version_id == rule_id), None)

    def _offered(self) -> list[Rule]:
        official = bool(self.shell.session and self.shell.session.roles)
        return [rule for rule in self._rules if flow.may_use(self._form, rule, official)]

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        said = FormWords(
            self.text,
            self.shell.tongue,
            village_day(self.shell.clock.now()),
            self._form,
            self._offered(),
            self._own.places,
            self._own.sentences(self._form.kind),
        )
        self._step_names, self._weekdays, self._phrases = (
            said.steps(),
            weekdays(self.text),
            said.phrases(),
        )
        self._rule_rows = self.renewed(self._rule_rows, said.rules())
        self._hour_rows = self.renewed(self._hour_rows, said.hours())
        self._part_rows = self.renewed(self._part_rows, said.parts())
        self._place_rows = self.renewed(self._place_rows, said.places())
        self._quick_days = self.renewed(self._quick_days, said.quick_days())
        self._days = self.renewed(self._days, said.days())
        self._lines = self.renewed(self._lines, said.lines())
        self._witnesses = self.renewed(self._witnesses, said.witnesses())
        self._say(said)
        self.formChanged.emit()

    def _say(self, said: FormWords) -> None:
        misplaced, coming = self._misplaced, self._next
        self._question = said.question(self._step)
        self._about = said.about() if self._step in _NAMING else ""
        self._gentle = self.text(*misplaced) if misplaced else ""
        self._what_next = self.text(coming[0], said.day(coming[1])) if coming else ""
        self._same = said.same(self._duplicate) if self._duplicate else ""


def _beginning(village: Village, session_id: str, subject_id: int) -> Beginning:
    """What the form begins with; the neighbour is whom the look-up had found, if anybody."""
    offered = (book.current(village), words.offered(village))
    if not subject_id:
        return *offered, None
    try:
        return *offered, _neighbour(village, session_id, subject_id)
    except ExpectedError as refused:
        return *offered, refused


def _neighbour(village: Village, session_id: str, resident_id: int) -> Person:
    """A neighbour for whom something can be written down."""
    submit.check_neighbour(village, session_id, resident_id)
    return people.resident(village, resident_id)


def _witness(village: Village, session_id: str, resident_id: int) -> Person:
    """Somebody who can be asked to confirm a deed of the signed-in person."""
    confirmations.check_witness(village, session_id, resident_id)
    return people.resident(village, resident_id)


def _misplaced(village: Village, session_id: str, form: ReportForm) -> tuple[str, str] | None:
    """The sentence, and its value, for words that touch what is protected or name somebody else."""
    about = people.resident(village, form.subject_id).name
    for found in gate.check_words(form.words, (about,)):
        return f"rulebook.gate_{found.area}", found.term
    name = third_party_names.third_person_in(village, session_id, form.subject_id, form.words)
    return ("error.words_name_somebody", name) if name else None


def _look_at_whole(
    village: Village, session_id: str, form: ReportForm, others: tuple[str, ...]
) -> tuple[tuple[str, date], PossibleDuplicate | None]:
    """What happens next and by when, and what may be the same thing."""
    found = duplicates.possible_duplicate(
        village, session_id, form.subject_id, form.rule_id, _day_of(form), others
    )
    track: Any = form.track
    return slips.comes_next(village, track), found


def _hand_in(
    village: Village,
    session_id: str,
    form: ReportForm,
    others: tuple[str, ...],
    photos: list[str],
    language: Language,
) -> CaseReceipt:
    return submit.hand_in(
        village,
        Submission(
            touch=form.touch,
            session_id=session_id,
            subject_id=form.subject_id,
            rule_version_id=form.rule_id,
            happened_on=_day_of(form),
            part_of_day=form.part_of_day,
            place=form.place,
            hours=max(0, form.hours),
            words=form.words,
            concerned=form.concerned,
            witnesses=tuple(who for who, _name in form.witnesses),
            photos=tuple(content_of(each) for each in photos),
            others=others,
        ),
        language,
    )


def _day_of(form: ReportForm) -> date:
    if form.happened_on is None:
        raise ValueError("the day is asked before the whole is looked at")
    return form.happened_on
