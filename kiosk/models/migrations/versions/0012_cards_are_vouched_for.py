"""A card says since when it opens its holder's office; a session's id is kept as a digest."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic import op

from kiosk.core.encoding import decoded

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
SCHEMA = "b97cf95fe2e271bdb054cb3512f27abff60fef79382ec4f3c21aba01927c7766"
"""SHA-256 of the schema after this revision, which is asked for at every opening."""

_MOMENT = sa.DateTime(timezone=True)
_card = sa.table(
    "card",
    *(sa.column(name, sa.Integer) for name in ("id", "resident_id", "ledger_index")),
    *(sa.column(name, _MOMENT) for name in ("issued_at", "ended_at", "vouched_at")),
)
_grant = sa.table(
    "role_grant", sa.column("resident_id", sa.Integer), sa.column("ended_at", _MOMENT)
)
_session = sa.table("sign_in_session", sa.column("id", sa.String))
_entry = sa.table("ledger_entry", sa.column("index", sa.Integer), sa.column("kind", sa.String))
_content = sa.table(
    "ledger_content", sa.column("index", sa.Integer), sa.column("content", sa.LargeBinary)
)


def upgrade() -> None:
    """Cards of who holds an office go on opening it; each card is led to its entry."""
    op.add_column("card", sa.Column("vouched_at", _MOMENT, nullable=True))
    index = sa.Column("ledger_index", sa.Integer(), nullable=False, server_default="0")
    op.add_column("card", index)
    _vouch()
    _lead_to_entries()
    _hash_sessions()


def _vouch() -> None:
    in_office = sa.select(_grant.c.resident_id).where(_grant.c.ended_at.is_(None))
    living = (_card.c.ended_at.is_(None), _card.c.resident_id.in_(in_office))
    op.get_bind().execute(sa.update(_card).where(*living).values(vouched_at=_card.c.issued_at))


def _lead_to_entries() -> None:
    bind = op.get_bind()
    issued = (
        sa.select(_entry.c.index, _content.c.content)
        .join(_content, _content.c.index == _entry.c.index)
        .where(_entry.c.kind == "card_issued")
    )
    for index, content in bind.execute(issued).all():
        card = decoded(content)["card"]
        bind.execute(sa.update(_card).where(_card.c.id == card).values(ledger_index=index))


def _hash_sessions() -> None:
    bind = op.get_bind()
    for (key,) in bind.execute(sa.select(_session.c.id)).all():
        digest = hashlib.sha256(b"session\x00" + key.encode()).hexdigest()[:32]
        bind.execute(sa.update(_session).where(_session.c.id == key).values(id=digest))
