"""A row as an entry of the log can say it, and back: for what no other entry says any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date

from kiosk.core.encoding import digest_of
from kiosk.models.about import Projected
from kiosk.models.base import Base, Moment


def told(row: Base) -> dict[str, Any]:
    """What a row of a projected table says, in the columns that the log has to give."""
    logged = _logged(type(row))
    names = logged.compared(type(row).__table__.c.keys())
    return {name: _told(getattr(row, name), name in logged.digested) for name in names}


def parsed(table: type[Base], said: Mapping[str, Any]) -> dict[str, Any]:
    """What `told` made of a row of `table`, for the state; of digests what they are."""
    return {name: _parsed(table, name, value) for name, value in said.items()}


def _logged(table: type[Base]) -> Projected:
    assert isinstance(table.logged, Projected)
    return table.logged


def _told(value: Any, as_digest: bool) -> Any:
    if as_digest and value:
        return digest_of(value)
    return value.isoformat() if isinstance(value, date) else value


def _parsed(table: type[Base], name: str, value: Any) -> Any:
    kind = table.__table__.c[name].type
    if value is not None and isinstance(kind, Date):
        return date.fromisoformat(value)
    if value is not None and isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    return value
