"""One enrolment at the desk, from the person to the card in their hand; its PIN is theirs."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.errors import ExpectedError
from kiosk.core.houses import house_words
from kiosk.core.ids import new_touch_id
from kiosk.services.consent.consents import PURPOSES
from kiosk.services.enrolment.new_card import NewCard, issue_and_print
from kiosk.services.register.people import Person
from kiosk.ui.enrolment import asking
from kiosk.ui.enrolment.flow import BACK, DOTS, QUESTIONS, SENTENCES, Question, Step
from kiosk.ui.shell.row import Row
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.enrolment"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class SentenceRow(Row):
    """A sentence of the consent text, with its picture."""

    icon: str
    text: str


@QmlElement
class AnswerRow(Row):
    """What can be answered."""

    key: str
    text: str


@QmlElement
class QuestionWords(Row):
    """The question that is asked, what was answered, and what is said once more."""

    place: str = ""
    text: str = ""
    answers: tuple[AnswerRow, ...] = ()
    chosen: str = ""
    right: bool = False
    again: str = ""


@QmlElement
class PurposeRow(Row):
    """What can be agreed to; neither yes nor no is chosen at first."""

    key: str
    title: str
    detail: str
    yes: bool
    no: bool


@QmlElement
class EnrolmentModel(ViewModel):
    """View-model of EnrolmentScreen."""

    stepChanged = Signal()
    heardChanged = Signal()
    wordsChanged = Signal()
    choiceChanged = Signal()
    cardChanged = Signal()
    cardQueued = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._step: Step = "find"
        self._person: Person | None = None
        self._house = ""
        self._place = 0
        self._answer = ""
        self._answers: list[tuple[str, str]] = []
        self._chosen: dict[str, bool] = {}
        self._purposes: list[PurposeRow] = []
        self._question = QuestionWords()
        self._sentences: list[SentenceRow] = []
        self._dots: list[str] = []
        self._card: NewCard | None = None
        self._joined = self._had_card = False
        self._seen: set[int] = set()
        self._read_out = False
        self._touch = ""

    # --- What QML sees ---------------------------------------------------------------------------

    @Property(str, notify=stepChanged)
    def step(self) -> str:
        """Where the enrolment stands: one of `flow.STEPS`."""
        return self._step

    @Property(int, notify=stepChanged)
    def dot(self) -> int:
        """The place of this step in the row of dots; -1 when it is not among them."""
        without = not self._touch or (self._step == "done" and self._card is None)
        return -1 if without or self._step not in DOTS else DOTS.index(self._step)

    @Property(list, notify=wordsChanged)
    def dots(self) -> list[str]:
        """The names of the steps."""
        return self._dots

    @Property(bool, notify=stepChanged)
    def leaves(self) -> bool:
        """Whether back leaves this screen."""
        return self._step not in BACK

    @Property(str, notify=stepChanged)
    def name(self) -> str:
        """Who stands at the desk."""
        return self._person.name if self._person else ""

    @Property(str, notify=wordsChanged)
    def house(self) -> str:
        """Where they live."""
        return self._house

    @Property(bool, notify=stepChanged)
    def enrolled(self) -> bool:
        """Whether they have a number already."""
        return bool(self._person and self._person.enrolled)

    @Property(bool, notify=stepChanged)
    def hadCard(self) -> bool:
        """Whether they ever had a card, so that another one can take its place."""
        return self._had_card or bool(self._person and self._person.enrolled)

    @Property(bool, notify=heardChanged)
    def heard(self) -> bool:
        """Whether every sentence was on the screen from beginning to end, or all was read out."""
        return self._was_heard()

    @Property(list, notify=wordsChanged)
    def sentences(self) -> list[SentenceRow]:
        """The consent text."""
        return self._sentences

    @Property(QuestionWords, notify=choiceChanged)
    def question(self) -> QuestionWords:
        """What is asked."""
        return self._question

    @Property(list, notify=choiceChanged)
    def purposes(self) -> list[PurposeRow]:
        """What can be agreed to, each by itself."""
        return self._purposes

    @Property(bool, notify=choiceChanged)
    def allChosen(self) -> bool:
        """Whether each purpose has its yes or no."""
        return len(self._chosen) == len(PURPOSES)

    @Property(bool, notify=cardChanged)
    def carded(self) -> bool:
        """Whether a card was issued, whose PIN is now for its holder to draw."""
        return self._card is not None

    @Property(str, notify=cardChanged)
    def cardNumber(self) -> str:
        """The new card's number, where no paper carries it; else empty."""
        return self._card.issued.number if self._card and self._card.unprintable else ""

    @Property(bool, notify=cardChanged)
    def prints(self) -> bool:
        """Whether a card comes out of the printer."""
        return self._card is not None and self._card.print_job_id is not None

    @Property(str, notify=cardChanged)
    def unprintable(self) -> str:
        """Characters of the name for which there is no card; empty when it comes out."""
        return self._card.unprintable if self._card else ""

    @Property(bool, notify=cardChanged)
    def joined(self) -> bool:
        """Whether somebody was enrolled, not only given a card."""
        return self._joined

    # --- What a tap does -------------------------------------------------------------------------

    @Slot(int)
    def choosePerson(self, resident_id: int) -> None:
        """Somebody stands at the desk; a clerk's own enrolment is another clerk's to do."""
        session = self.shell.session
        if session is not None and session.resident_id == resident_id:
            self._refuse(ExpectedError("own_enrolment"))
            return
        self.ask(asking.person, self.session_id, resident_id, then=self._met)

    @Slot()
    def begin(self) -> None:
        """They want to hear about joining."""
        self._touch = new_touch_id()
        self._place, self._answer, self._answers, self._chosen = 0, "", [], {}
        self._seen, self._read_out = set(), False
        self._go("listen")

    @Slot(int)
    def sawSentence(self, place: int) -> None:
        """A sentence of the text was on the screen from beginning to end."""
        if place not in self._seen:
            self._seen.add(place)
            self.heardChanged.emit()

    @Slot()
    def readOut(self) -> None:
        """The kiosk read the text aloud to its end."""
        self._read_out = True
        self.heardChanged.emit()

    @Slot()
    def goOn(self) -> None:
        """To the sample, to the questions, from one question to the next, to the choice."""
        if self._step == "listen" and self._was_heard():
            self._go("sample")
        elif self._step == "sample":
            self._place, self._answer = 0, ""
            self._go("question")
        elif self._step == "question" and self._understood:
            self._next_question()

    @Slot(str)
    def answer(self, key: str) -> None:
        """The person answers the question; another answer may follow."""
        question = QUESTIONS[self._place]
        self._answer = key
        self._answers.append((question.name, key))
        self.worded()

    @Slot(str, bool)
    def choose(self, purpose: str, yes: bool) -> None:
        """Yes or no to one purpose."""
        self._chosen[purpose] = yes
        self.worded()

    @Slot()
    def enrol(self) -> None:
        """Write down what was chosen; a card follows for who has no number yet."""
        wanted = tuple(each for each in PURPOSES if self._chosen.get(each))
        if not wanted:
            self._go("nothing")
        elif self._person is not None:
            who = self._person.resident_id
            heard = asking.TalkHeard(
                who, self._was_heard(), tuple(self._answers), self.shell.tongue
            )
            new_card = not self._person.enrolled
            self.ask(
                asking.enrol,
                self.session_id,
                heard,
                wanted,
                new_card,
                self._touch,
                then=self._enrolled,
            )

    @Slot()
    def newCard(self) -> None:
        """Only a card, in place of one that was lost or whose PIN was forgotten."""
        if self._person is not None:
            self.ask(issue_and_print, self.session_id, self._person.resident_id, then=self._carded)

    @Slot()
    def back(self) -> None:
        """One step back."""
        if self._step == "question" and self._place > 0:
            self._place, self._answer = self._place - 1, ""
            self._go("question")
        elif self._step in BACK:
            self._go(BACK[self._step])

    @Slot()
    def another(self) -> None:
        """The next person; nothing of this one stays."""
        self._person, self._card, self._touch = None, None, ""
        self._joined = False
        self._answers, self._chosen = [], {}
        self._go("find")

    # --- Answers and words -----------------------------------------------------------------------

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        person = self._person
        self._house = house_words(person.lane, person.number, self.shell.tongue) if person else ""
        self._dots = [self.text(f"enrolment.step_{each}") for each in DOTS]
        sentences = [
            SentenceRow(icon=icon, text=self.text(f"rights.{sentence}"))
            for sentence, icon in SENTENCES
        ]
        self._sentences = self.renewed(self._sentences, sentences)
        question = self._said_question(QUESTIONS[self._place])
        self._question = self.renewed(self._question, question)
        purposes = [self._said_purpose(each) for each in PURPOSES]
        self._purposes = self.renewed(self._purposes, purposes)
        self.wordsChanged.emit()
        self.choiceChanged.emit()

    def _was_heard(self) -> bool:
        return self._read_out or len(self._seen) == len(SENTENCES)

    @property
    def _understood(self) -> bool:
        return self._answer == QUESTIONS[self._place].right

    def _go(self, step: Step) -> None:
        self._step = step
        self.forgiveError()
        self.worded()
        self.stepChanged.emit()
        self.heardChanged.emit()
        self.cardChanged.emit()

    def _met(self, found: tuple[Person, bool]) -> None:
        person, self._had_card = found
        self._person, self._touch = person, ""
        self._go("who" if person.adult else "child" if person.born_on_known else "birthday")

    def _next_question(self) -> None:
        self._answer = ""
        if self._place + 1 < len(QUESTIONS):
            self._place += 1
            self._go("question")
        else:
            self._go("choose")

    def _enrolled(self, card: NewCard | None) -> None:
        self._joined = True
        if card is None:
            self._go("done")
        else:
            self._carded(card)

    def _carded(self, card: NewCard) -> None:
        self._card = card
        self._go("done")
        if card.print_job_id is not None:
            self.cardQueued.emit(card.print_job_id)

    def _said_question(self, question: Question) -> QuestionWords:
        key = f"enrolment.ask_{question.name}"
        wrong = bool(self._answer) and not self._understood
        return QuestionWords(
            place=self.text("enrolment.question_of", self._place + 1, len(QUESTIONS)),
            text=self.text(key),
            answers=tuple(
                AnswerRow(key=each, text=self.text(f"{key}_{each}")) for each in question.answers
            ),
            chosen=self._answer,
            right=self._understood,
            again=self.text(f"rights.{question.sentence}") if wrong else "",
        )

    def _said_purpose(self, purpose: str) -> PurposeRow:
        title = self.text(f"rights.purpose_{purpose}")
        return PurposeRow(
            key=purpose,
            title=title,
            detail=self.text(f"rights.purpose_{purpose}_detail"),
            yes=self._chosen.get(purpose) is True,
            no=self._chosen.get(purpose) is False,
        )
