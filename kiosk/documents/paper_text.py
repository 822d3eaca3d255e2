"""The papers' words, from the catalogue's room ``paper``."""

from __future__ import annotations

from kiosk.core.catalogue import Language, catalogue


def words(name: str, language: Language, *values: object) -> str:
    """The text ``paper.<name>`` in `language`."""
    return catalogue().text(f"paper.{name}", language, *values)
