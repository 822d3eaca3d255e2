"""The gate of charter 2: refuses words that reach for what is nobody's business here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A protected subject that was touched; its sentence is ``rulebook.gate_<area>``."""

    area: str
    term: str
    """The words found, as they were typed."""


def check_words(text: str) -> tuple[Finding, ...]:
    """What in free text the gate refuses; empty when it may stand."""
    raise NotImplementedError


def refuse_text(text: str) -> list[Finding]:
    """The same as a list."""
    return list(check_words(text))
