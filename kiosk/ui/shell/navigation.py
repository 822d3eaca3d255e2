"""The way from the start screen to the one in sight, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot

from kiosk.ui.shell.comfort import GOOD_BYE, Comfort
from kiosk.ui.shell.screens import screen_entry
from kiosk.ui.shell.surroundings import Surroundings

HOME = "home"
_PASSED_BY = frozenset({"sign_in", "first_pin"})
"""Screens that back never leads to: the PIN of a card that was held up is not asked for again."""


@dataclass
class _Visit:
    """One screen on the way back home, with what it was opened with."""

    name: str
    properties: dict[str, Any]


class Navigation(Comfort):
    """The middle layer of `Kiosk`: which screen is in sight. It knows nothing of sessions."""

    screenChanged = Signal()
    leading = Signal()
    """A screen is about to be opened. QML's own handlers of `screenChanged`, which load it, come
    before any slot of that."""

    def __init__(self, around: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(around, parent)
        self._visits = [_Visit(HOME, {})]
        self.screenChanged.connect(self._reader.stop)

    @Property(str, notify=screenChanged)
    def screenName(self) -> str:
        """The screen in sight."""
        return self._visits[-1].name

    @Property(QUrl, notify=screenChanged)
    def screenUrl(self) -> QUrl:
        """The QML file of the screen in sight."""
        entry = screen_entry(self._visits[-1].name)
        entry.prepare()
        return QUrl.fromLocalFile(str(entry.path))

    @Property("QVariantMap", notify=screenChanged)  # type: ignore[arg-type]
    def screenProperties(self) -> dict[str, Any]:
        """What the screen in sight is opened with."""
        return self._visits[-1].properties

    @Property(bool, notify=screenChanged)
    def atHome(self) -> bool:
        """Whether the start screen is in sight."""
        return len(self._visits) == 1

    @Slot(str)
    @Slot(str, "QVariantMap")
    def open(self, name: str, properties: dict[str, Any] | None = None) -> None:
        """Go on to the screen `name`, setting `properties` on it."""
        if self._visits[-1].name in _PASSED_BY:
            self._visits.pop()
        if self._hint == GOOD_BYE:
            self.hint_at("")
        self.leading.emit()
        self._visits.append(_Visit(name, dict(properties or {})))
        self.screenChanged.emit()

    @Slot(str)
    @Slot(str, "QVariantMap")
    def replace(self, name: str, properties: dict[str, Any] | None = None) -> None:
        """Go to the screen `name` in place of this one, so that back does not return here."""
        if len(self._visits) > 1:
            self._visits.pop()
        self.leading.emit()
        self._visits.append(_Visit(name, dict(properties or {})))
        self.screenChanged.emit()

    @Slot(str, "QVariant")
    def remember(self, name: str, value: Any) -> None:
        """Open the screen in sight with this property when one comes back to it."""
        self._visits[-1].properties[name] = value

    def step_back(self) -> None:
        """Return to the screen before; from the start screen there is none."""
        if len(self._visits) > 1:
            self._visits.pop()
            self.screenChanged.emit()

    def go_home(self) -> None:
        """Return to the start screen at once."""
        self._visits = [_Visit(HOME, {})]
        self.screenChanged.emit()
