"""The text that people agree to stays as it was read when its version was decided.

`docs/decisions/the-text-of-consent.md` says what to do when this fails.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from kiosk.core.catalogue import Catalogue, catalogue
from kiosk.services.consent.consents import CONSENT_TEXT_VERSION, PURPOSES

READ = {1: "19c91090d6325968"}
"""The digest of the text of each version, as somebody last read it."""

KEYS = (
    *(f"rights.consent_{n}" for n in range(1, 9)),
    *(f"rights.purpose_{purpose}{part}" for purpose in PURPOSES for part in ("", "_detail")),
)


def digest(words: Catalogue) -> str:
    said = (words.text(key, language) for key in KEYS for language in ("zh", "en"))
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def test_the_text_is_the_one_that_was_read_for_its_version() -> None:
    assert READ[CONSENT_TEXT_VERSION] == digest(catalogue())


def test_every_sentence_of_it_is_looked_at() -> None:
    sentences = {key for key in catalogue().keys() if key.startswith("rights.consent_")}
    assert sentences - {"rights.consent_title"} <= set(KEYS)


def test_another_letter_is_another_digest(tmp_path: Path) -> None:
    entries = {key: catalogue().text(key, "zh") for key in KEYS}
    changed = dict(entries, **{"rights.consent_3": entries["rights.consent_3"] + "。"})
    for folder, texts in (("same", entries), ("changed", changed)):
        lines = "\n".join(f'{key.partition(".")[2]} = "{text}"' for key, text in texts.items())
        for language in ("zh", "en"):
            (tmp_path / folder / language).mkdir(parents=True)
            (tmp_path / folder / language / "rights.toml").write_text(lines, "utf-8")
    same, other = (Catalogue(tmp_path / each) for each in ("same", "changed"))
    assert digest(same) != digest(other)
