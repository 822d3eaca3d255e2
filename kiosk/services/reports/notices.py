"""Telling a person what was reported about them, and taking down the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kiosk.services.village import Village

Needs = Literal["accept", "reply", "read"]
REPLY_CHOICES: tuple[str, ...] = ("agree", "put_right", "not_so", "not_me", "own_words")
"""Listed replies; words at ``reports.reply_…``. ``own_words`` needs words."""


@dataclass(frozen=True)
class NoticeLine:
    """One thing to be told; `points` is signed; `from_whom` is empty when it is sealed."""

    case_id: int
    reference: str
    kind: str
    title_zh: str
    title_en: str
    points: int
    happened_on: date
    part_of_day: str
    place: str
    words: str
    from_whom: str
    needs: Needs
    reply_until: date | None
    state: str


def notices(village: Village, session_id: str) -> tuple[NoticeLine, ...]:
    """What is new about the signed-in person, oldest first."""
    raise NotImplementedError


def mark_noticed(village: Village, session_id: str, case_id: int, touch: str) -> NoticeLine:
    """The person saw the notice on screen: from now on the time to reply runs.

    Raises:
        ExpectedError: ``unknown_case``, ``illegal_move``, ``case_moved_on``.
    """
    raise NotImplementedError


def accept_nomination(village: Village, session_id: str, case_id: int, touch: str) -> str:
    """The person named wants the deed to be looked at; the reference."""
    raise NotImplementedError


def decline_nomination(village: Village, session_id: str, case_id: int, touch: str) -> str:
    """The person named does not want it recorded: the case ends; the reference."""
    raise NotImplementedError


def reply(
    village: Village, session_id: str, case_id: int, choice: str, words: str, touch: str
) -> str:
    """The person answers a concern; the reference.

    Raises:
        ExpectedError: ``reply_missing``, ``words_refused`` (term), ``case_moved_on``.
    """
    raise NotImplementedError
