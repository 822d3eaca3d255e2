"""Cards, PINs, roles, sessions, who looked at a record, and touches already answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, String, and_, false
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.about import NOBODY, About, NotCopied, NotInLog, Projected, Rows, Within
from kiosk.models.base import Base


class Card(Base):
    """A resident's card: the token on it is stored hashed, the PIN as argon2id with a pepper."""

    __tablename__ = "card"
    about = About(
        erased=("resident_id",),
        copied=Rows(
            "cards",
            (
                "number",
                "issued_at",
                "ended_at",
                "vouched_at",
                "lost_at",
                "blocked_at",
                "pin_asked_at",
                "foreign",
            ),
            left_out=("token_hash", "pin_hash", "failures", "wait_until"),
        ),
        papers="number",
    )
    logged = Projected(
        key=("id",),
        digested=("number", "pin_hash"),
        unproved={
            "failures": "it makes whoever tries a PIN wait; the right PIN is asked for in any case",
            "wait_until": "it makes whoever tries a PIN wait; the right one is asked for anyway",
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    number: Mapped[str] = mapped_column(String(12), unique=True)
    """The short number printed on the card, for choosing it when the scanner cannot read."""
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    pin_hash: Mapped[str] = mapped_column(String(200))
    failures: Mapped[int] = mapped_column(default=0)
    wait_until: Mapped[datetime | None]
    issued_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    """Set once the card is replaced, or its PIN was not fetched in time."""
    lost_at: Mapped[datetime | None]
    """Since when it is reported lost and opens nothing; it may be found again."""
    blocked_at: Mapped[datetime | None]
    """Since when it opens nothing, after too many wrong PINs or as its holder wished."""
    pin_asked_at: Mapped[datetime | None]
    """Since when it waits for another PIN, where the one before was forgotten."""
    foreign: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it is a card of something else: its token is an HMAC of what stands on it."""
    vouched_at: Mapped[datetime | None]
    """Since when it opens its holder's office: an officer of another household vouched for it."""
    ledger_index: Mapped[int] = mapped_column(default=0, server_default="0")


class UnknownCardAttempts(Base):
    """Failed tries with a card that the village does not know: counted like those of a real one."""

    __tablename__ = "strange_card"
    about = NOBODY
    logged = NotInLog("it makes whoever tries cards that nobody was given wait, and opens nothing")

    key: Mapped[bytes] = mapped_column(primary_key=True)
    """HMAC of what was shown, under the pepper: never the text itself."""
    failures: Mapped[int] = mapped_column(default=0)
    wait_until: Mapped[datetime | None]
    tried_at: Mapped[datetime]


class RoleGrant(Base):
    """An office held: officer, clerk or keeper."""

    __tablename__ = "role_grant"
    about = About(
        kept={"resident_id": "who held which office is the village's to know"},
        copied=NotCopied("an office is held in public"),
    )
    logged = Projected(key=("resident_id", "role"), counted="id")

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    granted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    last_day: Mapped[date | None]
    """After which it ends by itself; None where no day was named."""
    pause_first: Mapped[date | None]
    pause_last: Mapped[date | None]
    """The first and the last day on which it rests; both or neither."""
    pause_reason: Mapped[str] = mapped_column(String(12), default="")
    paused_at: Mapped[datetime | None]
    """Since when it rests: nothing can be done by it, and nobody waits for who holds it."""

    @hybrid_property
    def in_office(self) -> bool:
        """Whether it is held and does not rest."""
        return self.ended_at is None and self.paused_at is None

    @in_office.inplace.expression
    @classmethod
    def _in_office(cls) -> ColumnElement[bool]:
        return and_(cls.ended_at.is_(None), cls.paused_at.is_(None))


class SignInSession(Base):
    """One sign-in at the terminal, from card and PIN to end, idle or restart.

    Its id is kept as a digest: who reads the table can act for nobody.
    """

    __tablename__ = "sign_in_session"
    about = About(
        erased=("resident_id",),
        copied=Rows("sign_ins", ("opened_at", "ended_at"), left_out=("roles", "seen_at")),
    )
    logged = NotInLog(
        "when residents came is kept out of the log; a session acts only in offices that are held, "
        "and its id is known to the terminal that opened it alone"
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    roles: Mapped[str] = mapped_column(String(60), default="")
    """Comma-separated; empty for a resident."""
    opened_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class RecordView(Base):
    """An official looked at a person's record, for a purpose (charter 8)."""

    __tablename__ = "record_view"
    about = About(
        erased=("subject_id",),
        kept={"viewer_id": "who was looked at still sees that somebody looked"},
        copied=Within(("looks",)),
    )
    logged = Projected(key=("ledger_index",), counted="id")

    id: Mapped[int] = mapped_column(primary_key=True)
    viewer_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    ledger_index: Mapped[int]


class AnsweredRequest(Base):
    """A touch that was answered: the same id again gets the same answer and books nothing."""

    __tablename__ = "touch"
    about = NOBODY
    logged = NotInLog("it answers a second touch as the first; what was booked is in its own table")

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime]
    answer: Mapped[dict[str, Any]]
