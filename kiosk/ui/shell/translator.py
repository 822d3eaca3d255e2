"""Gives `qsTrId` in QML the words of the catalogue.

The catalogue is handed to Qt as a compiled message file in memory (the .qm format, as read by
qtbase/src/corelib/kernel/qtranslator.cpp). A QTranslator whose `translate` is written in Python
would not do: Qt asks translators from its QML loading thread too, which then waits for Python's
lock while the GUI thread holds it and waits for the loading thread.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from functools import lru_cache

from PySide6.QtCore import QObject, QTranslator

from kiosk.core.catalogue import Catalogue, Language

_MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_HASHES, _MESSAGES, _NUMBERS = 0x42, 0x69, 0x88
_ONE_OR_OTHER = bytes([0x01, 1])
"""The first form is for a number equal to 1, the second for every other."""
_END, _TRANSLATION, _SOURCE = 0x01, 0x03, 0x06


ROOMS_OF_THE_START = ("home", "language", "shell")
"""Where the words of the start screen stand: the others are compiled behind its first frame."""


class CatalogueTranslator(QTranslator):
    """Texts of the catalogue in one language; ``qsTrId(key, n)`` chooses the form for n.

    All of them, or those of some `rooms`.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        language: Language,
        parent: QObject | None = None,
        rooms: tuple[str, ...] = (),
    ) -> None:
        super().__init__(parent)
        # Qt reads from these bytes as long as the translator lives.
        self._messages = compiled_catalogue(catalogue, language, rooms)
        if not self.load(self._messages):
            raise ValueError("Qt does not read the compiled catalogue")


@lru_cache(maxsize=16)
def compiled_catalogue(
    catalogue: Catalogue, language: Language, rooms: tuple[str, ...] = ()
) -> bytes:
    """The texts of `rooms`, or of all, in `language` as a .qm file, compiled once."""
    return compiled({key: catalogue.forms(key, language) for key in catalogue.keys(*rooms)})


def compiled(texts: Mapping[str, Sequence[str]]) -> bytes:
    """`texts` by their keys, each in its forms, as a .qm file."""
    messages = bytearray()
    places: list[tuple[int, int]] = []
    for key, forms in texts.items():
        places.append((_hash(key.encode()), len(messages)))
        for form in forms:
            messages += _field(_TRANSLATION, form.encode("utf-16-be"))
        messages += _field(_SOURCE, key.encode()) + bytes([_END])
    hashes = b"".join(struct.pack(">II", *place) for place in sorted(places))
    numbers = _field(_NUMBERS, _ONE_OR_OTHER)
    return _MAGIC + _field(_HASHES, hashes) + _field(_MESSAGES, bytes(messages)) + numbers


def _field(tag: int, content: bytes) -> bytes:
    return struct.pack(">BI", tag, len(content)) + content


def _hash(name: bytes) -> int:
    """The ELF hash, as Qt uses it: 32 bits, never 0."""
    value = 0
    for byte in name:
        value = (value << 4) + byte & 0xFFFFFFFF
        high = value & 0xF0000000
        value = (value ^ high >> 24) & ~high
    return value or 1
