"""The declarative base and the column types that behave alike on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from kiosk.core.texts import Texts
from kiosk.models.about import About, NotInLog, Projected, Proved

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: timezone-aware in Python on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a moment without a timezone, and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a timezone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give UTC back, also where the database keeps no timezone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class TextsColumn(TypeDecorator[Texts]):
    """One text by language, as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Texts | None, _dialect: Dialect) -> dict[str, str] | None:
        """What JSON knows."""
        return None if value is None else dict(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> Texts | None:
        """As it was given; a database in which something else stands is damaged."""
        if value is None:
            return None
        if not isinstance(value, dict):
            raise TypeError("no text by language")
        return Texts(value)


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment,
        Texts: TextsColumn,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }
    about: ClassVar[About]
    logged: ClassVar[Projected | Proved | NotInLog | None] = None
    """How the log gives the rows, which is what audit compares."""

    @classmethod
    def tables(cls) -> tuple[type[Base], ...]:
        """Every table, those that others point to before these."""
        order = {table.name: place for place, table in enumerate(cls.metadata.sorted_tables)}
        every = (mapper.class_ for mapper in cls.registry.mappers)
        return tuple(sorted(every, key=lambda each: order[each.__tablename__]))


__all__ = ["Base", "Moment", "date"]
