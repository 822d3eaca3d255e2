"""A page, and the steps that follow it on the same screen."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.parts"
QML_IMPORT_MAJOR_VERSION = 1

PAGE = "page"
"""The first step of most."""


@QmlElement
@QmlUncreatable("Every room has its own.")
class StagedModel(ViewModel):  # type: ignore[operator]
    """Base of the view-models that show one step after the other."""

    stageChanged = Signal()

    def __init__(self, parent: QObject | None = None, stage: str = PAGE) -> None:
        super().__init__(parent)
        self._stage = stage

    @Property(str, notify=stageChanged)
    def stage(self) -> str:
        """The step that is shown, by a name of the room's own."""
        return self._stage

    def _go(self, stage: str) -> None:
        """Show that step, in the words that it has now, and without what went wrong before."""
        self._stage = stage
        self.forgiveError()
        self.worded()
        self.stageChanged.emit()
