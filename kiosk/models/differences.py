"""What a yearly register says otherwise, as long as nobody has decided on it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.about import About, NotCopied, NotInLog
from kiosk.models.base import Base

_PROPOSAL = NotInLog("it is what a file says; what of it is accepted is an entry of its own")


class RegisterReading(Base):
    """A register that was held against the village; there is one at a time."""

    __tablename__ = "register_reading"
    about = About(
        kept={"by_id": "who read the register did so in an office, for the village"},
        copied=NotCopied("it says of a file when it was read, and by whom"),
    )
    logged = _PROPOSAL

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    file: Mapped[str] = mapped_column(String(80))
    """The file's own name."""
    people: Mapped[int]
    """How many people the file names."""
    unchanged: Mapped[int]
    """Of how many of them it says what the village has."""
    refused: Mapped[int]
    """How many lines could not be read."""
    lines: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    """Those lines and why, as `services.differences.refused` keeps them."""


class RegisterDifference(Base):
    """One difference that nobody has decided on; it goes when somebody does.

    It is about `resident_id`, or about somebody who is not in the register.
    """

    __tablename__ = "register_difference"
    about = About(
        erased=("resident_id",),
        copied=NotCopied("what a file says of somebody; what came of it stands with the person"),
    )
    logged = _PROPOSAL

    id: Mapped[int] = mapped_column(primary_key=True)
    reading_id: Mapped[int] = mapped_column(ForeignKey("register_reading.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    """One of `register.importing.differences.KINDS`."""
    why: Mapped[str] = mapped_column(String(8))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), index=True)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    """Where that person lives, or the household that it is about."""
    said: Mapped[str] = mapped_column(Text)
    """What the file says, as JSON; empty where it names nobody."""
    seen: Mapped[str] = mapped_column(String(64))
    """A digest of what the village had then: nothing is written over what changed since."""
