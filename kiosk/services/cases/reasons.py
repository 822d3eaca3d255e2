"""The listed reasons of a decision, as data. Words at the keys themselves, in ``desk.toml``."""

from __future__ import annotations

from kiosk.core.errors import ExpectedError
from kiosk.services.cases.flow.standing import checked_words

SHORTEST_SENTENCE = 4
LONGEST_SENTENCE = 400

REASONS: dict[tuple[str, str], tuple[str, ...]] = {
    ("deed", "approve"): (
        "desk.reason_seen",
        "desk.reason_confirmed",
        "desk.reason_on_record",
        "desk.reason_result",
    ),
    ("deed", "decline"): (
        "desk.reason_unclear",
        "desk.reason_no_rule",
        "desk.reason_counted",
        "desk.reason_other_day",
    ),
    ("concern", "approve"): (
        "desk.reason_evidence",
        "desk.reason_agreed",
        "desk.reason_checked",
    ),
    ("concern", "decline"): (
        "desk.reason_unproven",
        "desk.reason_someone",
        "desk.reason_mishap",
        "desk.reason_no_rule",
    ),
}
"""By kind of case and by decision. A concern that was put right ends by a move of its own."""
PANEL_REASONS: dict[tuple[str, str], tuple[str, ...]] = {
    ("deed", "uphold"): ("desk.reason_panel_agrees", *REASONS["deed", "decline"]),
    ("deed", "overturn"): ("desk.reason_new_facts", *REASONS["deed", "approve"]),
    ("concern", "uphold"): ("desk.reason_panel_agrees", *REASONS["concern", "approve"]),
    ("concern", "overturn"): (
        "desk.reason_new_facts",
        "desk.reason_cleared",
        *REASONS["concern", "decline"],
    ),
    ("deed", "keep"): ("desk.reason_panel_agrees", *REASONS["deed", "approve"]),
    ("deed", "correct"): ("desk.reason_new_facts", *REASONS["deed", "decline"]),
    ("concern", "keep"): ("desk.reason_panel_agrees", *REASONS["concern", "approve"]),
    ("concern", "correct"): (
        "desk.reason_new_facts",
        "desk.reason_cleared",
        *REASONS["concern", "decline"],
    ),
}
"""Of a panel's vote: on an appeal, or on whether what counts is to be kept or corrected."""
PUT_RIGHT_REASON = "desk.reason_cleared"


def check_reason(kind: str, approve: bool, reason: str) -> None:
    """Refuse a decision without a listed reason (charter 4).

    Raises:
        ExpectedError: ``reason_missing``.
    """
    if reason not in REASONS[kind, "approve" if approve else "decline"]:
        raise ExpectedError("reason_missing")


def panel_reasons(kind: str, uphold: bool, state: str) -> tuple[str, ...]:
    """The listed reasons of a panel's vote on a case in `state`."""
    if state == "effective":
        return PANEL_REASONS[kind, "keep" if uphold else "correct"]
    return PANEL_REASONS[kind, "uphold" if uphold else "overturn"]


def checked_sentence(typed: str) -> str:
    """The sentence that goes with the reason.

    Raises:
        ExpectedError: ``sentence_missing`` when it says nothing, ``words_refused`` (term).
    """
    sentence = checked_words(typed, LONGEST_SENTENCE)
    letters = sum(ch.isalnum() for ch in sentence)
    if letters < SHORTEST_SENTENCE:
        raise ExpectedError("sentence_missing")
    return sentence
