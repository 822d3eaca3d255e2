"""How a value stands in the state: as SQLite keeps it, whatever database it came from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import JSON, Boolean, Column, Date
from sqlalchemy.types import TypeEngine

from kiosk.core.texts import Texts
from kiosk.models.base import Moment, TextsColumn

Stored = None | int | float | str | bytes


class _Unsaid:
    """See `UNSAID`."""

    def __repr__(self) -> str:
        return "UNSAID"


UNSAID: Final = _Unsaid()
"""An entry of an earlier version does not say it: that column of that row is not compared."""
UNSAID_STORED: Final = b"\0unsaid"
_MOMENT: Final = "%Y-%m-%d %H:%M:%S.%f"


def stored(value: Any) -> Stored:
    """What stands for a Python value, or for what a database driver gave."""
    convert = _CONVERTERS.get(type(value))
    return value if convert is None else convert(value)


def all_stored(values: Iterable[Any]) -> list[Stored]:
    """`stored` for each of the values of a row."""
    of = _CONVERTERS.get
    return [each if (convert := of(type(each))) is None else convert(each) for each in values]


def parser(column: Column[Any]) -> Callable[[Any], Any] | None:
    """What makes the Python value of `column` of what `stored` made of it; None for the same."""
    return next((to for kind, to in _PARSERS if isinstance(column.type, kind)), None)


def moment(value: Stored) -> datetime | None:
    """The moment that a stored value is; None where it is none."""
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
    except ValueError:
        return None


def same_json(value: Stored) -> Stored:
    """JSON in the one order of keys; what is none stays what it is."""
    try:
        return _json(json.loads(value)) if isinstance(value, str) else value
    except ValueError:
        return value


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime(_MOMENT)


_CONVERTERS: Final[Mapping[type, Callable[[Any], Stored]]] = {
    bool: int,
    datetime: _moment,
    date: date.isoformat,
    dict: _json,
    list: _json,
    tuple: _json,
    Texts: lambda value: _json(dict(value)),
    memoryview: bytes,
    _Unsaid: lambda _: UNSAID_STORED,
}
_PARSERS: Final[tuple[tuple[type[TypeEngine[Any]], Callable[[Any], Any]], ...]] = (
    (Moment, moment),
    (Date, date.fromisoformat),
    (Boolean, bool),
    (TextsColumn, lambda value: Texts(json.loads(value))),
    (JSON, json.loads),
)
