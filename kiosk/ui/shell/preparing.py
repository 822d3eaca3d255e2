"""The screens are made ready behind the first frame, so that nobody's first tap waits for them.

The words of all screens are compiled, and what view-models stand on, the services above all, is
imported, on the database thread, where it takes no frame away. The view-models themselves are types
of Qt's: they come on this thread, one module a turn. QML needs nothing of the kind: it is read from
Qt's cache, compiled.
"""

from __future__ import annotations

import ast
import gc
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.ui.shell.runner import Runner
from kiosk.ui.shell.screens import SCREENS

_PAUSE_MS = 20
"""Between two modules, so that a tap in between is answered as if nothing went on."""
_UI = Path(__file__).resolve().parents[1]
_BELOW = ("kiosk.services.", "kiosk.devices.", "kiosk.core.")


class Preparing(QObject):
    """Imports what every screen needs, from `begin` to `ready`."""

    ready = Signal()

    def __init__(
        self,
        runner: Runner,
        words: Sequence[Callable[[], object]],
        parent: QObject | None = None,
    ) -> None:
        """Each of `words` compiles those of a language."""
        super().__init__(parent)
        self._runner = runner
        self._words = list(words)
        self._files = sorted(_UI.rglob("*.py"))
        self._modules = list(dict.fromkeys(chain.from_iterable(each.modules for each in SCREENS)))
        self._timer = QTimer(self, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._step)
        self._begun = False

    def begin(self) -> None:
        """Begin, once; a second call changes nothing."""
        if not self._begun:
            self._begun = True
            self._go_on()

    def _go_on(self, _answer: object = None) -> None:
        """One file after the other, so that what a screen asks gets in between."""
        if self._words:
            self._runner.run(self._words.pop(0), done=self._go_on, owner=self)
        elif self._files:
            file = self._files.pop(0)
            self._runner.run(_import_what_stands_below, file, done=self._go_on, owner=self)
        else:
            self._timer.start()

    def _step(self) -> None:
        if self._modules:
            import_module(self._modules.pop(0))
            return
        self._timer.stop()
        gc.freeze()  # no later collection on this thread goes through all this
        self.ready.emit()


def _import_what_stands_below(file: Path) -> None:
    """Import what a module of the screens imports from the floors below them."""
    for node in ast.parse(file.read_bytes()).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_BELOW):
            _import_from(str(node.module), [each.name for each in node.names])


def _import_from(name: str, parts: list[str]) -> None:
    """As ``from name import parts`` does: a part of a package may be a module of its own."""
    module = import_module(name)
    for part in parts:
        if not hasattr(module, part):
            import_module(f"{name}.{part}")
