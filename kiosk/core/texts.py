"""One text in several languages: what a village says in its own words.

The program's words stand in the catalogue, in every language there is. A rule, a perk and the name
of the village are written by the village, in Chinese and English at least; whoever reads another
language reads them in the first of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kiosk.core.catalogue import ON_EVERY_PAPER, Catalogue, Language


class Texts(Mapping[Language, str]):
    """The text by language; never changed once made."""

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[Language, str]) -> None:
        self._texts = dict(texts)

    def __getitem__(self, language: Language) -> str:
        return self._texts[language]

    def __iter__(self) -> Iterator[Language]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(frozenset(self._texts.items()))

    def __repr__(self) -> str:
        return f"Texts({self._texts!r})"

    def said(self, language: Language) -> str:
        """The text in `language`, or in the first of Chinese, English and the others that is there.

        Empty if there is none.
        """
        order = (language, *ON_EVERY_PAPER, *self)
        return next((self._texts[each] for each in order if self._texts.get(each)), "")

    def named(self, name: str) -> dict[str, str]:
        """Each text under its own name: ``title_zh``, ``title_en``."""
        return {f"{name}_{language}": text for language, text in self._texts.items()}


def named_in(content: Mapping[str, Any], name: str) -> Texts:
    """The text whose languages `Texts.named` wrote into `content`."""
    begins = f"{name}_"
    return Texts(
        {key.removeprefix(begins): text for key, text in content.items() if key.startswith(begins)}
    )


NO_TEXT: Final = Texts({})
"""What nothing is said of."""


def same_in_all(text: str) -> Texts:
    """What is the same in every language, such as a key."""
    return Texts(dict.fromkeys(ON_EVERY_PAPER, text))


def in_every_language(words: Catalogue, key: str) -> Texts:
    """A text of the program's own, where one of the village's could stand."""
    return Texts({language: words.text(key, language) for language in words.languages})
