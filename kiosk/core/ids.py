"""Identifiers: the id of a touch, of a session, of a bug."""

from __future__ import annotations

import secrets
import uuid


def new_touch_id() -> str:
    """An id for one form, made when it opens, so that a retry never books twice (UUID 4)."""
    return uuid.uuid4().hex


def new_session_id() -> str:
    """An unguessable session id: 128 random bits in hexadecimal."""
    return secrets.token_hex(16)


def new_trouble_number() -> str:
    """A short number that a person can read out to the keeper, e.g. ``K4F7-92AC``."""
    digits = secrets.token_hex(4).upper()
    return f"{digits[:4]}-{digits[4:]}"
