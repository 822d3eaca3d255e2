"""What QML sees of a row: an object whose fields qmllint knows by name and by type."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any, dataclass_transform, get_args, get_origin

from PySide6.QtCore import Property, QObject


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Row(QObject):
    """Base of the rows. A subclass is a `@QmlElement` and names its fields, each with its type.

    A field holds an ``int``, ``str``, ``bool`` or ``float``, another row (or None), or a list of
    any of these; it is given by name when the row is made, and never changes. A row is the parent
    of the rows in its fields; a view-model keeps its own with
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


def take_leave(rows: Sequence[Row], owner: QObject) -> None:
    """Delete rows that are shown no more, after the delegates that look at them.

    QML deletes its delegates later, as soon as it hears of the change, which follows this call. So
    they stand in the queue between what is deleted later here and what that deletes later in turn,
    however long it takes until anything of the queue is done.
    """
    leaving, before = QObject(owner), QObject(owner)
    for row in rows:
        row.setParent(leaving)
    before.destroyed.connect(leaving.deleteLater)
    before.deleteLater()


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
