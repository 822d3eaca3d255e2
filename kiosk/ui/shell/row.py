"""What QML sees of a row: an object whose fields qmllint knows by name and by type."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any, dataclass_transform, get_args, get_origin

from PySide6.QtCore import Property, QObject, QTimer

_TICK_MS = 20


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Row(QObject):
    """Base of the rows. A subclass is a `@QmlElement` and names its fields, each with its type.

    A field holds an ``int``, ``str``, ``bool`` or ``float``, another row (or None), or a list of
    any of these; it is given by name when the row is made, and never changes. A row is the parent
    of the rows in its fields; a view-model becomes the parent of its own with
    `ViewModel.renewed`, so that they go with the screen.
    """

    def __init__(self, **fields: Any) -> None:
        super().__init__()
        self._fields = fields
        for value in fields.values():
            for each in rows_in(value):
                each.setParent(self)

    def __init_subclass__(cls, **keywords: Any) -> None:
        # The meta object is made when this returns, of the properties that the class has by then.
        super().__init_subclass__(**keywords)
        for name, kind in inspect.get_annotations(cls, eval_str=True).items():
            setattr(cls, name, _field(name, kind, vars(cls).get(name)))


def rows_in(value: object) -> Sequence[Row]:
    """The rows that `value` is or holds."""
    held = value if isinstance(value, list | tuple) else (value,)
    return [each for each in held if isinstance(each, Row)]


class Leaving(QObject):
    """Rows that are shown no more: they go at the second tick, in a later turn of the event loop.

    Before that, QML has deleted the delegates that look at them.
    """

    def __init__(self, rows: Sequence[Row], parent: QObject) -> None:
        super().__init__(parent)
        for row in rows:
            row.setParent(self)
        self._ticks = 0
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        self._ticks += 1
        if self._ticks > 1:
            self._timer.stop()
            self.deleteLater()


def _field(name: str, kind: Any, default: object) -> Property:
    def read(row: Row) -> Any:
        return row._fields.get(name, default)

    return Property(_type_in_qml(kind), read, constant=True)


def _type_in_qml(kind: Any) -> type:
    """``int`` for ``int``, ``list`` for ``list[str]``, ``Paper`` for ``Paper | None``."""
    if get_origin(kind) in (list, tuple):
        return list
    kinds: list[type] = [each for each in get_args(kind) or (kind,) if each is not type(None)]
    return kinds[0]
