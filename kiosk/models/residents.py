"""The register: households, residents and what they can be found by.

National identity numbers, incomes and photographs have no column here, on purpose (charter 2).
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kiosk.models.base import Base


class Household(Base):
    """One door: a home, shop, farmyard or workshop."""

    __tablename__ = "household"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    """The register's household number (户号), or lane and number where it has none."""
    lane: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(20))
    """The house number as on the door, without 号."""
    premises: Mapped[str] = mapped_column(String(12), default="home")
    """home, shop, farmyard or workshop."""
    residents: Mapped[list[Resident]] = relationship(back_populates="household")


class Resident(Base):
    """One person of the register."""

    __tablename__ = "resident"

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    register_key: Mapped[str] = mapped_column(String(120), unique=True)
    """What makes a row of the register the same person on the next import."""
    name: Mapped[str] = mapped_column(String(80))
    sex: Mapped[str | None] = mapped_column(String(1))
    born_on: Mapped[date | None]
    relation: Mapped[str] = mapped_column(String(20), default="")
    is_head: Mapped[bool] = mapped_column(default=False)
    phone: Mapped[str] = mapped_column(String(20), default="")
    active: Mapped[bool] = mapped_column(default=True)
    """False once the person moved away, died or left and was erased."""
    household: Mapped[Household] = relationship(back_populates="residents")


class SearchTerm(Base):
    """What a resident can be found by: every suffix of the name, pinyin, initials, house number."""

    __tablename__ = "search_term"

    term: Mapped[str] = mapped_column(String(80), primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("resident.id", ondelete="CASCADE"), primary_key=True
    )

    __table_args__ = (Index("ix_search_term_resident_id", "resident_id"),)


class DeclaredRelative(Base):
    """Two people who declared that they are related: neither decides on the other."""

    __tablename__ = "declared_relative"

    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), primary_key=True)
    relative_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), primary_key=True)


class ImportRun(Base):
    """One import of a register, all or nothing."""

    __tablename__ = "import_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    added: Mapped[int]
    updated: Mapped[int]
    unchanged: Mapped[int]
    refused: Mapped[int]
