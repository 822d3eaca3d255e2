"""From a page to what came of it: the way that a decision and a vote have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.services.cases import reasons
from kiosk.services.village import Village
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.parts.staged import StagedModel
from kiosk.ui.shell.row import Row

QML_IMPORT_NAME = "kiosk.ui.parts"
QML_IMPORT_MAJOR_VERSION = 1

REASON, SENTENCE, DONE = "reason", "sentence", "done"
"""The steps that each has, beside the page; a room adds its own between."""


class Outcome(Protocol):
    """What was decided, and the slip that is printed of it."""

    @property
    def print_job_id(self) -> int | None:
        """The print job, if there is a slip."""


@QmlElement
class DecidingWords(Row):
    """What the steps say; empty where there is nothing to say."""

    question: str = ""
    chosen: str = ""
    whom: str = ""
    """For whom the sentence is."""
    note: str = ""
    asked: str = ""
    """All of it once more, before the question whether one is sure."""
    outcome: str = ""
    outcomeDetail: str = ""


@QmlElement
@QmlUncreatable("Every room has its own.")
class DecidingModel(StagedModel):  # type: ignore[operator]
    """Base of the view-models in which somebody reads a case, gives a reason and a sentence.

    A sentence is checked before anybody is asked whether they are sure of it. A room's own
    properties notify by a signal of its own, which its `worded` emits: Qt finds no other.
    """

    saidChanged = Signal()
    decided = Signal(int, arguments=["job"])
    sentenceStands = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._case_id = 0
        self._there = False
        self._reason = self._touch = self._sentence = ""
        self._said = DecidingWords()
        self._choices: list[ChoiceRow] = []
        self._starters: list[str] = []

    @Property(bool, notify=saidChanged)
    def there(self) -> bool:
        """Whether the case was opened."""
        return self._there

    @Property(DecidingWords, notify=saidChanged)
    def said(self) -> DecidingWords:
        """What the steps say."""
        return self._said

    @Property(list, notify=saidChanged)
    def choices(self) -> list[ChoiceRow]:
        """What the step asks to choose from."""
        return self._choices

    @Property(list, notify=saidChanged)
    def starters(self) -> list[str]:
        """Sentences to begin with, for whoever does not like to write."""
        return self._starters

    @Slot(str)
    def choose(self, key: str) -> None:
        """One of the choices; override."""
        raise NotImplementedError

    @Slot()
    def back(self) -> None:
        """One step back, and what was chosen stays; override."""
        raise NotImplementedError

    @Slot(str)
    def check(self, sentence: str) -> None:
        """Whether this sentence can stand: said before somebody is asked if they are sure."""
        self.ask(check_sentence, sentence, then=self._stands)

    @Slot()
    def decide(self) -> None:
        """Decide, with the sentence that was checked, and that the person will read; override."""
        raise NotImplementedError

    def _say(
        self, said: DecidingWords, choices: Iterable[ChoiceRow], starters: Iterable[str]
    ) -> None:
        """What the steps say from now on."""
        self._said = self.renewed(self._said, said)
        self._choices = self.renewed(self._choices, list(choices))
        self._starters = list(starters)
        self.saidChanged.emit()

    def _reasons(self, keys: Iterable[str]) -> list[ChoiceRow]:
        """The listed reasons by their names."""
        return [ChoiceRow(key=key, name=self.text(key), chosen=key == self._reason) for key in keys]

    def _stands(self, sentence: str) -> None:
        self._sentence = sentence
        self.worded()
        self.sentenceStands.emit()

    def _done(self, outcome: Any) -> None:
        made: Outcome = outcome
        self._keep(outcome)
        self._go(DONE)
        self.decided.emit(made.print_job_id or 0)

    def _keep(self, outcome: Any) -> None:
        """Override to keep what came of it, before it is worded."""
        raise NotImplementedError


def check_sentence(_village: Village, sentence: str) -> str:
    """The sentence as it will be kept, or a refusal; for the database thread."""
    return reasons.checked_sentence(sentence)
