"""From a page to what came of it: the way that a decision and a vote have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.ui.shell.view_model import ViewModel

if TYPE_CHECKING:
    from kiosk.services.village import Village

QML_IMPORT_NAME = "kiosk.ui.parts"
QML_IMPORT_MAJOR_VERSION = 1

PAGE, REASON, SENTENCE, DONE = "page", "reason", "sentence", "done"
"""The steps that each has; a room adds its own between."""


class Outcome(Protocol):
    """What was decided, and the slip that is printed of it."""

    @property
    def print_job_id(self) -> int | None:
        """The print job, if there is a slip."""


@QmlElement
@QmlUncreatable("Every room has its own.")
class DecidingModel(ViewModel):  # type: ignore[operator]
    """Base of the view-models in which somebody reads a case, gives a reason and a sentence.

    A sentence is checked before anybody is asked whether they are sure of it. A room's own
    properties notify by a signal of its own, which its `worded` emits: Qt finds no other.
    """

    stageChanged = Signal()
    decided = Signal(int, arguments=["job"])
    sentenceStands = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._case_id = 0
        self._stage = PAGE
        self._reason = self._touch = self._sentence = ""

    @Property(str, notify=stageChanged)
    def stage(self) -> str:
        """``page``, ``reason``, ``sentence``, ``done``, or a step of the room's own."""
        return self._stage

    @Slot(str)
    def check(self, sentence: str) -> None:
        """Whether this sentence can stand: said before somebody is asked if they are sure."""
        self.ask(check_sentence, sentence, then=self._stands)

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

    def _go(self, stage: str) -> None:
        self._stage = stage
        self.forgiveError()
        self.worded()
        self.stageChanged.emit()


def check_sentence(_village: Village, sentence: str) -> str:
    """The sentence as it will be kept, or a refusal; for the database thread."""
    from kiosk.services.cases import reasons

    return reasons.checked_sentence(sentence)
