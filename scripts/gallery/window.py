"""The window of the gallery, and its pictures."""

from __future__ import annotations

import re
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, QUrl
from PySide6.QtQml import QQmlApplicationEngine, QQmlError
from PySide6.QtQuick import QQuickWindow

from kiosk.app import load_fonts
from kiosk.ui.shell.icons import IconProvider
from kiosk.ui.shell.pixels_per_mm import cap_height

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SIZE, MM = (1280, 800), 1280 / 261.0
"""A panel of 12.1 inches, in pixels and pixels to a millimetre."""


def controls() -> tuple[str, ...]:
    """The controls that can be seen, in the order of their list; singletons have no look."""
    listed = (ROOT / "kiosk" / "ui" / "controls" / "qmldir").read_text("utf-8")
    return tuple(re.findall(r"^(\w+) 1\.0 \w+\.qml$", listed, re.MULTILINE))


class Gallery:
    """An open window with every control in it."""

    def __init__(self, size: tuple[int, int] = SIZE, mm: float = MM) -> None:
        load_fonts()
        self.complaints: list[str] = []
        self.engine = QQmlApplicationEngine()
        self.engine.warnings.connect(self._complain)
        self.engine.addImportPath(str(ROOT))
        self.engine.addImageProvider("icon", IconProvider())
        self.theme(mm=mm, capHeight=cap_height(), motion=False)
        given = {"names": list(controls()), "width": size[0], "height": size[1]}
        self.engine.setInitialProperties(given)
        self.engine.load(QUrl.fromLocalFile(str(HERE / "Gallery.qml")))
        if not self.engine.rootObjects():
            raise RuntimeError("\n".join(self.complaints))
        window = self.engine.rootObjects()[0]
        if not isinstance(window, QQuickWindow):
            raise TypeError("the gallery is no window")
        self.window = window
        self.window.show()
        self.window.requestActivate()  # nothing has the focus in a window that has not

    def theme(self, **values: float | bool) -> None:
        """Set properties of the theme, such as ``textStep`` or ``highContrast``."""
        theme = self._shared("Theme")
        for name, value in values.items():
            theme.setProperty(name, value)

    def rest(self) -> None:
        """Let the time pass in which what has just appeared takes no tap."""
        clock = self._shared("TapClock")
        clock.setProperty("passed", float(clock.property("passed")) + 1000)

    def _shared(self, name: str) -> QObject:
        found = self.engine.singletonInstance("kiosk.ui.controls", name)
        if not isinstance(found, QObject):
            raise TypeError(f"the QML of {name} does not load")
        return found

    def choose(self, name: str) -> None:
        """Show one control alone; all of them when `name` is empty."""
        self.window.setProperty("chosen", name)

    def close(self) -> None:
        """Take the window away."""
        self.window.close()
        shiboken6.delete(self.engine)

    def _complain(self, warnings: list[QQmlError]) -> None:
        self.complaints += [warning.toString() for warning in warnings]
