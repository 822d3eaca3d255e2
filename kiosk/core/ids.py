"""Identifiers: the id of a touch, of a session, of a bug."""

from __future__ import annotations

import hashlib
import re
import secrets
import uuid
from dataclasses import dataclass

_OF_A_FORM = re.compile(r"[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True)
class VillageTouch:
    """The touch of what a village does once, whoever asks for it; its id holds a blank.

    No id of a form does: nobody can answer beforehand what the village has still to do.
    """

    name: str
    about: int | str


Touch = str | VillageTouch
"""The id that a form made when it opened, or a touch of the village's own."""


def new_touch_id() -> str:
    """An id for one form, made when it opens, so that a retry never books twice (UUID 4)."""
    return uuid.uuid4().hex


def touch_id(touch: Touch) -> str:
    """The id under which a touch is known.

    Raises:
        ValueError: no form makes such an id.
    """
    if isinstance(touch, VillageTouch):
        return f"{touch.name} {touch.about}"
    if not _OF_A_FORM.fullmatch(touch):
        raise ValueError("a touch needs the id that was made when its form opened")
    return touch


def new_session_id() -> str:
    """An unguessable session id: 128 random bits in hexadecimal."""
    return secrets.token_hex(16)


def session_digest(session_id: str) -> str:
    """What is kept of a session id: the first 128 bits of its SHA-256, in hexadecimal.

    The id has 128 random bits and needs no salt. Who reads the database can open no session.
    """
    return hashlib.sha256(b"session\x00" + session_id.encode()).hexdigest()[:32]


def new_trouble_number() -> str:
    """A short number that a person can read out to the keeper, e.g. ``K4F7-92AC``."""
    digits = secrets.token_hex(4).upper()
    return f"{digits[:4]}-{digits[4:]}"
