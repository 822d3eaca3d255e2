"""Decisions that were made before their persons had to be told of them.

Only days are moved here; the moves themselves are made by the timer, and stand in the log.
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_case = sa.table(
    "case",
    *(sa.column(name, sa.Integer) for name in ("id", "subject_id")),
    *(sa.column(name, sa.String) for name in ("kind", "state")),
    sa.column("due_at", _MOMENT),
)
_move = sa.table(
    "case_move",
    *(sa.column(name, sa.Integer) for name in ("id", "case_id")),
    *(sa.column(name, sa.String) for name in ("move", "from_state")),
    sa.column("at", _MOMENT),
)
_hand_over = sa.table(
    "hand_over",
    *(sa.column(name, sa.Integer) for name in ("case_id", "resident_id")),
    sa.column("handed_on", sa.Date),
)
_sign_in = sa.table(
    "sign_in_session",
    sa.column("resident_id", sa.Integer),
    sa.column("roles", sa.String),
    sa.column("opened_at", _MOMENT),
)
_entry = sa.table("ledger_entry", sa.column("at", _MOMENT))
_TWENTY_TO_THIRTY = timedelta(days=10)
"""The 20 days to appeal ran from the second signature; now 30 days to tell the person do."""


def upgrade() -> None:
    """Leave time to tell of what is decided, and end what counts though nobody was told."""
    _decided_concerns()
    _declined_deeds()
    _untold_effects()


def _decided_concerns() -> None:
    waiting = sa.select(_case.c.id, _case.c.due_at).where(
        _case.c.kind == "concern", _case.c.state == "countersigned", _case.c.due_at.is_not(None)
    )
    for case_id, due_at in op.get_bind().execute(waiting).all():
        _set_day(case_id, due_at + _TWENTY_TO_THIRTY)


def _declined_deeds() -> None:
    """Where an appeal is still open and no paper was handed over, its days begin with the telling.

    "Still" is by the newest entry of the log: a migration knows no other clock of the village.
    """
    bind = op.get_bind()
    now = bind.scalar(sa.select(sa.func.max(_entry.c.at)))
    if now is None:
        return
    declined = sa.select(_case.c.id).where(
        _case.c.kind == "deed", _case.c.state == "declined", _case.c.due_at > now, ~_handed_over()
    )
    for (case_id,) in bind.execute(declined).all():
        _set_day(case_id, None)


def _untold_effects() -> None:
    """What took effect without a sign that the person knew: its day is over, and it lapses.

    Signs are a paper handed over, an appeal, and a sign-in while the appeal was open: the screen
    put the decision first, and kept no note of it.
    """
    decided, effect = _move.alias("decided"), _move.alias("effect")
    appealed = sa.exists().where(_move.c.case_id == _case.c.id, _move.c.move == "appeal")
    was_there = sa.exists().where(
        _sign_in.c.resident_id == _case.c.subject_id,
        _sign_in.c.roles == "",
        _sign_in.c.opened_at > decided.c.at,
        _sign_in.c.opened_at < effect.c.at,
    )
    question = (
        sa.select(_case.c.id, effect.c.at)
        .join_from(_case, decided, decided.c.case_id == _case.c.id)
        .join(effect, effect.c.case_id == _case.c.id)
        .where(_case.c.kind == "concern", _case.c.state == "effective")
        .where(decided.c.move == "countersign", effect.c.move == "take_effect")
        .where(effect.c.from_state == "countersigned")
        .where(~appealed, ~_handed_over(), ~was_there)
    )
    for case_id, at in op.get_bind().execute(question).all():
        _set_day(case_id, at)


def _handed_over() -> sa.Exists:
    return sa.exists().where(
        _hand_over.c.case_id == _case.c.id,
        _hand_over.c.resident_id == _case.c.subject_id,
        _hand_over.c.handed_on.is_not(None),
    )


def _set_day(case_id: int, day: object) -> None:
    op.get_bind().execute(sa.update(_case).where(_case.c.id == case_id).values(due_at=day))
