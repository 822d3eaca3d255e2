"""A house as people write it: one form for every screen, slip and sign.

A house number is kept without the sign behind it where nothing else stands there, and as it is on
the plate otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.catalogue import CHINESE, Language, catalogue


@dataclass(frozen=True, slots=True)
class House:
    """Where somebody lives; both parts may be empty."""

    lane: str = ""
    number: str = ""

    def words(self, language: Language) -> str:
        """Lane and number as people write them; empty if nothing is known."""
        return house_words(self.lane, self.number, language)


def house_words(lane: str, number: str, language: Language) -> str:
    """Lane and number as people write them, whichever of the two there is."""
    said = number_words(number, language)
    if not (lane and said):
        return lane or said
    apart = catalogue().text("language.script", language) != "han" or _is_ascii_letter_or_digit(
        lane[-1]
    )
    return f"{lane} {said}" if apart else f"{lane}{said}"


def number_words(number: str, language: Language) -> str:
    """A house number as on its plate; empty if there is none."""
    if not number or not _is_ascii_letter_or_digit(number[-1]):
        return number
    key = "house.inner_number" if _sign() in number else "house.number"
    return catalogue().text(key, language, number)


def plate(number: str) -> tuple[str, str]:
    """What stands large on a plate, and what stands smaller behind it; both may be empty."""
    large, sign, behind = number_words(number, CHINESE).partition(_sign())
    return large, sign + behind


def _sign() -> str:
    return catalogue().text("house.sign", CHINESE)


def _is_ascii_letter_or_digit(character: str) -> bool:
    return character.isascii() and character.isalnum()
