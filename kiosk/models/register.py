"""The register: households, residents and what they can be found by.

National identity numbers, incomes and photographs have no column here, on purpose (charter 2).
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kiosk.models.about import NOBODY, About, NotCopied, NotInLog, Projected, Within
from kiosk.models.base import Base


class Household(Base):
    """One door: a home, shop, farmyard or workshop."""

    __tablename__ = "household"
    about = About(copied=Within(("person",)))
    logged = Projected(key=("id",))

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
    about = About(
        blanked={
            "name": "",
            "pinyin": "",
            "name_order": 0,
            "sex": None,
            "born_on": None,
            "born_day_known": True,
            "relation": "",
            "is_head": False,
            "phone": "",
            "language": "",
            "active": False,
        },
        erased_by="register",
        copied=Within(("person",)),
    )
    logged = Projected(
        key=("id",),
        unproved={
            "register_key": "an import looks by it for whom a line means, and logs whom it wrote",
            "name_order": "it follows from the pinyin, which audit holds it against",
            "sex": "it is shown to the person and a clerk alone, and no rule asks for it",
            "relation": "it is shown to the person and a clerk alone, and no rule asks for it",
            "phone": "a clerk calls it; whoever is told by telephone is told on paper, too",
            "language": "papers are printed in it, which the person reads before they count",
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    register_key: Mapped[str] = mapped_column(String(120), unique=True)
    """What makes a row of the register the same person on the next import."""
    name: Mapped[str] = mapped_column(String(80))
    pinyin: Mapped[str] = mapped_column(String(200), default="")
    """As shown, with tone marks: reading it here keeps the dictionary off the way of a touch."""
    name_order: Mapped[int] = mapped_column(BigInteger, default=0)
    """The start of the pinyin as a number, see `register.name_readings.name_order`."""
    sex: Mapped[str | None] = mapped_column(String(1))
    born_on: Mapped[date | None]
    born_day_known: Mapped[bool] = mapped_column(default=True)
    """False where the register has year and month alone; `born_on` is the month's last day."""
    relation: Mapped[str] = mapped_column(String(20), default="")
    is_head: Mapped[bool] = mapped_column(default=False)
    phone: Mapped[str] = mapped_column(String(20), default="")
    language: Mapped[str] = mapped_column(String(2), default="", server_default="")
    """``zh`` or ``en``, as last chosen by this person; empty while nobody knows."""
    active: Mapped[bool] = mapped_column(default=True)
    """False once the person moved away, died or left and was erased."""
    household: Mapped[Household] = relationship(back_populates="residents")


TERM_LENGTH = 40
_BY_CODE_POINT = String(TERM_LENGTH).with_variant(String(TERM_LENGTH, collation="C"), "postgresql")


class SearchTerm(Base):
    """What an active resident can be found by, in code point order on every database.

    Of all terms of one resident that begin with the same n characters, exactly the first has
    ``shared < n``. So the number of people behind a prefix is a plain count over one stretch of
    the index, without sorting out doubles; `name_order` beside it gives the first rows as cheaply.
    """

    __tablename__ = "search_term"
    about = About(
        erased=("resident_id",), copied=NotCopied("terms are made of the name and the house")
    )
    logged = NotInLog("terms follow from the name and the house, as audit holds them to")

    resident_id: Mapped[int] = mapped_column(
        ForeignKey("resident.id", ondelete="CASCADE"), primary_key=True
    )
    term: Mapped[str] = mapped_column(_BY_CODE_POINT, primary_key=True)
    shared: Mapped[int] = mapped_column(SmallInteger)
    """How many leading characters it has in common with this resident's term before it."""
    name_order: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (
        Index("ix_search_term_prefix", "term", "shared", "name_order", "resident_id"),
        {"sqlite_with_rowid": False},
    )


class DeclaredRelative(Base):
    """Two people who declared that they are related: neither decides on the other."""

    __tablename__ = "declared_relative"
    about = About(erased=("resident_id", "relative_id"), copied=Within(("person",)))
    logged = Projected(key=("resident_id", "relative_id"))

    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), primary_key=True)
    relative_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), primary_key=True)


class ImportRun(Base):
    """One import of a register, all or nothing."""

    __tablename__ = "import_run"
    about = NOBODY
    logged = Projected(key=("id",))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    added: Mapped[int]
    updated: Mapped[int]
    unchanged: Mapped[int]
    refused: Mapped[int]
