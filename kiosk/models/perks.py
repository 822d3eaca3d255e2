"""The wallet, apart from the number: credits from approved good points, debits for perks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.models.base import Base


class WalletMovement(Base):
    """One credit or debit."""

    __tablename__ = "wallet_movement"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    points: Mapped[int]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), unique=True)
    """The case whose good points were credited, once."""
    why: Mapped[str] = mapped_column(String(20))
    """deed, reversal, or what later perks add."""
    at: Mapped[datetime]
    ledger_index: Mapped[int]
