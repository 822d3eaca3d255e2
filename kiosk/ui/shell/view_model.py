"""What view-models have in common: the kiosk, busy, and the sentence of what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.core import event_log
from kiosk.core.errors import EnvironmentFault, KioskError
from kiosk.ui.shell.kiosk import Kiosk
from kiosk.ui.shell.row import Row, rows_in, take_leave
from kiosk.ui.shell.runner import Ticket

if TYPE_CHECKING:
    from kiosk.services.village import Village

QML_IMPORT_NAME = "kiosk.ui.shell"
QML_IMPORT_MAJOR_VERSION = 1

_Shown = TypeVar("_Shown", bound=Row | Sequence[Row] | None)


def followed_by(act: Callable[..., object], read: Callable[..., Any]) -> Callable[..., Any]:
    """What `ask` asks to have something done, and to be told by `read` how things stand then."""

    def both(village: Village, session_id: str, *said: object) -> Any:
        act(village, session_id, *said)
        return read(village, session_id)

    return both


@QmlElement
@QmlUncreatable("Every room has its own.")
class ViewModel(QObject):  # type: ignore[operator]
    """Base of the view-models. QML makes them, and gives them the kiosk.

    Bindings may read a property before the kiosk is there, so a property returns a field, and
    `started`, `worded` and the answers of services fill the fields.
    """

    kioskChanged = Signal()
    busyChanged = Signal()
    errorChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kiosk: Kiosk | None = None
        self._asked: list[Ticket] = []
        self._refusal: KioskError | None = None
        self._rows_owner: QObject | None = None

    @Property(Kiosk, notify=kioskChanged)
    def kiosk(self) -> Kiosk | None:
        """The kiosk."""
        return self._kiosk

    @kiosk.setter  # type: ignore[no-redef]
    def kiosk(self, kiosk: Kiosk | None) -> None:
        if kiosk is None or kiosk is self._kiosk:
            return
        self._kiosk = kiosk
        kiosk.languageChanged.connect(self._language_changed)
        self.kioskChanged.emit()
        self.started()
        self.worded()

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        """Whether an answer is awaited, so that a second tap asks nothing."""
        return bool(self._asked)

    @Property(str, notify=errorChanged)
    def error(self) -> str:
        """What went wrong and what to do next, in the language on the screen; empty when well."""
        return "" if self._refusal is None else self.shell.sentence(self._refusal)

    @Slot()
    def forgiveError(self) -> None:
        """Take the sentence away."""
        self._refuse(None)

    # --- For the rooms --------------------------------------------------------------------------

    @property
    def shell(self) -> Kiosk:
        """The kiosk; there from `started` on."""
        if self._kiosk is None:
            raise RuntimeError("the view-model has no kiosk yet")
        return self._kiosk

    @property
    def session_id(self) -> str:
        """The id of the session, which services ask for; empty when nobody is signed in."""
        return self.shell.session.id if self.shell.session else ""

    def started(self) -> None:
        """The kiosk is there: override to ask for what the screen shows."""

    def worded(self) -> None:
        """Override to make the texts that Python makes: after `started`, and in a new language."""

    def text(self, key: str, *values: object) -> str:
        """The words of `key` in the language on the screen."""
        return self.shell.text(key, *values)

    def renewed(self, shown: _Shown, now: _Shown) -> _Shown:
        """The row or rows to show `now`, which go with the screen; those `shown` so far go.

        They go after the delegates that look at them, which QML deletes once it has heard of the
        change: a binding would otherwise read from a row that is not there.
        """
        for row in rows_in(now):
            row.setParent(self._keeper())
        if leaving := rows_in(shown):
            take_leave(leaving, self._keeper())
        return now

    def _keeper(self) -> QObject:
        """The owner of the rows, which goes a turn after the screen.

        Delegates look at their rows to their end, and the view-model may end before them.
        """
        if self._rows_owner is None:
            self._rows_owner = QObject(self.shell)
            self.destroyed.connect(self._rows_owner.deleteLater)
        return self._rows_owner

    def ask(
        self,
        function: Callable[..., Any],
        *arguments: object,
        then: Callable[[Any], None],
        refused: Callable[[KioskError], None] | None = None,
        newest: bool = False,
    ) -> None:
        """Call ``function(village, *arguments)`` on the database thread; `then` gets the answer.

        A refusal becomes `error`, after `refused` was told. Nothing is asked while busy, unless
        only the `newest` question counts, as with a search that follows the typing.
        """
        if self._asked and not newest:
            return
        for older in self._asked:
            older.drop()
        self._refuse(None)

        def done(answer: Any) -> None:
            self._set_asked([])
            then(answer)

        def failed(refusal: KioskError) -> None:
            self._set_asked([])
            if refused is not None:
                refused(refusal)
            self._refuse(refusal)

        ticket = self.shell.ask(function, *arguments, done=done, failed=failed, owner=self)
        self._set_asked([ticket])

    def _set_asked(self, asked: list[Ticket]) -> None:
        was_busy, self._asked = bool(self._asked), asked
        if was_busy != bool(asked):
            self.busyChanged.emit()

    def _refuse(self, refusal: KioskError | None) -> None:
        if refusal is self._refusal:
            return
        self._refusal = refusal
        if isinstance(refusal, EnvironmentFault):
            event_log.record("trouble", code=refusal.code)
        self.errorChanged.emit()

    @Slot()
    def _language_changed(self) -> None:
        self.worded()
        self.errorChanged.emit()
