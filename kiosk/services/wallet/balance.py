"""What is in a person's wallet, and the one way in which it changes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from kiosk.models.perks import WalletMovement
from kiosk.services.ledger import log
from kiosk.services.work import Work

_TOTAL = select(func.sum(WalletMovement.points)).where(
    WalletMovement.resident_id == bindparam("resident_id")
)


def wallet_of(session: Session, resident_id: int) -> int:
    """What is in a person's wallet: apart from the number, which spending never moves."""
    return int(session.scalar(_TOTAL, {"resident_id": resident_id}) or 0)


def move(
    work: Work,
    about: dict[str, Any],
    points: int,
    why: str,
    *,
    credits_case: int | None = None,
) -> None:
    """Book points in or out in the caller's transaction.

    `about` is what the entry says of the cause, with the ``resident`` whose wallet it is;
    `credits_case` is the case whose points come in.
    """
    content = {**about, "points": points, "why": why}
    work.session.add(
        WalletMovement(
            resident_id=about["resident"],
            points=points,
            case_id=credits_case,
            why=why,
            at=work.now,
            ledger_index=log.append(work, "wallet", content),
        )
    )
