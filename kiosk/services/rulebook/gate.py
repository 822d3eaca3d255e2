"""The gate of charter 2: refuses words that reach for what is nobody's business here.

Religion or belief, politics and petitions, speech, ethnicity, health, family planning, private
life and association, in every language; and identity numbers and telephone numbers too. The terms
stand in ``assets/gate_terms.toml``. Whether a place is named or somebody goes there, and what no
rule may be about for all that its words are harmless, is judged by what stands beside (`said_of`).
The gate is a plain search: the same text always gets the same answer.

Before the search a text is made plain: full-width, accented, traditional and look-alike
characters are folded, what is invisible is dropped, and marks strewn between characters are taken
out. A person still reads every report; the gate keeps the obvious from being written down at all.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.core.catalogue import CHINESE, Language
from kiosk.core.paths import ASSETS
from kiosk.services.rulebook import said_of
from kiosk.services.rulebook.folding import (
    Span,
    letters_of,
    sentences,
    spelt_readings,
    with_digits,
    without_marks,
)

TERMS_FILE = ASSETS / "gate_terms.toml"
SUBJECTS: tuple[str, ...] = (
    "religion",
    "politics",
    "speech",
    "ethnicity",
    "health",
    "family_planning",
    "private_life",
    "association",
)
"""What charter 2 keeps out."""


@dataclass(frozen=True)
class RefusedTerm:
    """A protected subject that was touched; its sentence is ``rulebook.gate_<area>``."""

    area: str
    """One of `SUBJECTS`, ``identity_number``, ``telephone``, or of a rule ``money``."""
    term: str
    """The words found, as they were typed."""


def check_words(text: str, names: Iterable[str] = ()) -> tuple[RefusedTerm, ...]:
    """What the gate refuses in free text, in the order of the text; empty when it may stand.

    Somebody may be called 爱国 or 佛生: the `names` of those whom the words are about are nobody's
    politics or belief.
    """
    for name in names:
        text = text.replace(name, "\n")
    return _findings(text, _gate(TERMS_FILE, for_rules=False))


def check_rule(texts: Iterable[str]) -> tuple[RefusedTerm, ...]:
    """What the gate refuses in the words of a rule or a star criterion, in any language.

    Stricter than `check_words`: a rule aims at what it names, a report merely mentions it.
    """
    gate = _gate(TERMS_FILE, for_rules=True)
    return tuple(finding for text in texts for finding in _findings(text, gate))


def names_act(texts: Iterable[str]) -> bool:
    """Whether a rule names an act of the closed list, in whichever language it is written."""
    simplified = _gate(TERMS_FILE, for_rules=True).simplified
    return any(
        said_of.names_act(sentences(letters, language).text, language)
        for letters in (letters_of(text, simplified) for text in texts)
        for language in said_of.languages()
    )


@dataclass(frozen=True, kw_only=True)
class _Gate:
    """The terms, ready to be searched."""

    for_rules: bool
    simplified: dict[int, str]
    chinese: dict[str, tuple[tuple[str, str], ...]]
    """First character to (term, subject), longest first."""
    chinese_harmless: dict[str, tuple[tuple[str, str], ...]]
    spelt: dict[str, re.Pattern[str]]
    """First character to the terms of every spelt language that begin with it; the group is the
    subject."""
    spelt_harmless: dict[str, re.Pattern[str]]


@cache
def _gate(file: Path, for_rules: bool) -> _Gate:
    table = tomllib.loads(file.read_text("utf-8"))
    harmless = table["harmless"]
    spelt = [each for each in harmless if each != CHINESE]
    return _Gate(
        for_rules=for_rules,
        simplified={ord(pair[0]): pair[1] for pair in table["characters"]["pairs"]},
        chinese=_by_first_character(
            (term, subject)
            for subject in SUBJECTS
            for term in _terms(table, subject, [CHINESE], for_rules)
        ),
        chinese_harmless=_by_first_character((phrase, "") for phrase in harmless[CHINESE]),
        spelt=_spelt({each: _terms(table, each, spelt, for_rules) for each in SUBJECTS}),
        spelt_harmless=_spelt({"harmless": [each for name in spelt for each in harmless[name]]}),
    )


def _terms(
    table: dict[str, Any], subject: str, languages: Iterable[Language], for_rules: bool
) -> list[str]:
    lists = [name for each in languages for name in (each, f"rules_{each}")[: 1 + for_rules]]
    return [term for name in lists for term in table[subject][name]]


def _by_first_character(
    terms: Iterable[tuple[str, str]],
) -> dict[str, tuple[tuple[str, str], ...]]:
    found = defaultdict(list)
    for term, subject in terms:
        found[term[0]].append((term, subject))
    return {
        first: tuple(sorted(each, key=lambda pair: (-len(pair[0]), pair)))
        for first, each in found.items()
    }


def _spelt(terms: dict[str, list[str]]) -> dict[str, re.Pattern[str]]:
    firsts = {term[0] for each in terms.values() for term in each}
    return {
        first: _alternatives(
            {subject: [t for t in each if t[0] == first] for subject, each in terms.items()}
        )
        for first in firsts
    }


def _alternatives(terms: dict[str, list[str]]) -> re.Pattern[str]:
    groups = "|".join(
        f"(?P<{subject}>{'|'.join(map(_word, sorted(each, key=len, reverse=True)))})"
        for subject, each in terms.items()
        if each
    )
    return re.compile(groups)


def _word(term: str) -> str:
    """A term as a pattern: a star is any ending, a plain word may be plural or possessive."""
    stem = re.escape(term.removesuffix("*")).replace(r"\*", "[a-z]*").replace(r"\ ", r"\s+")
    ending = "[a-z]*" if term.endswith("*") else "(?:'?s|es)?"
    return rf"{stem}{ending}(?![a-z0-9])"


def _findings(text: str, gate: _Gate) -> tuple[RefusedTerm, ...]:
    letters = letters_of(text, gate.simplified)
    found: list[tuple[int, RefusedTerm]] = []
    said = [(each, sentences(letters, each)) for each in said_of.languages()]
    places = [
        plain.typed_span(span)
        for language, plain in said
        for span in said_of.excused(plain.text, language)
    ]
    readings = [(each, _spelt_hits(each.text, gate)) for each in spelt_readings(letters)]
    chinese, digits = without_marks(letters), with_digits(letters)
    readings += [(chinese, _chinese_hits(chinese.text, gate)), (digits, _number_hits(digits.text))]
    if gate.for_rules:
        readings += [(plain, said_of.refused(plain.text, each)) for each, plain in said]
    for plain, hits in readings:
        for span, subject in hits:
            if _inside(plain.typed_span(span), places):
                continue
            finding = RefusedTerm(subject, plain.typed(text, span))
            found.append((plain.places[span[0]], finding))
    found.sort(key=lambda each: (each[0], each[1].area, each[1].term))
    return tuple(dict.fromkeys(finding for _, finding in found))


# Searching


def _chinese_hits(text: str, gate: _Gate) -> Iterator[tuple[Span, str]]:
    excused = [span for span, _ in _occurrences(text, gate.chinese_harmless)]
    for span, subject in _occurrences(text, gate.chinese):
        if not _inside(span, excused):
            yield span, subject


def _occurrences(
    text: str, terms: dict[str, tuple[tuple[str, str], ...]]
) -> Iterator[tuple[Span, str]]:
    for start, ch in enumerate(text):
        for term, subject in terms.get(ch, ()):
            if text.startswith(term, start):
                yield (start, start + len(term)), subject
                break


def _spelt_hits(text: str, gate: _Gate) -> Iterator[tuple[Span, str]]:
    excused = [span for span, _ in _spelt_occurrences(text, gate.spelt_harmless)]
    for span, subject in _spelt_occurrences(text, gate.spelt):
        if not _inside(span, excused):
            yield span, subject


def _spelt_occurrences(text: str, terms: dict[str, re.Pattern[str]]) -> Iterator[tuple[Span, str]]:
    for start in _WORD_STARTS.finditer(text):
        pattern = terms.get(start.group())
        found = pattern.match(text, start.start()) if pattern else None
        if found:
            yield found.span(), str(found.lastgroup)


_WORD_STARTS = re.compile(r"(?<![a-z0-9])[a-z0-9]")


def _inside(span: Span, excused: list[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in excused)


_GAP = "[ .-]?"
_YEAR, _MONTH = rf"(?:1{_GAP}9|2{_GAP}0){_GAP}\d{_GAP}\d", rf"(?:0{_GAP}[1-9]|1{_GAP}[0-2])"
_DAY = rf"(?:0{_GAP}[1-9]|[12]{_GAP}\d|3{_GAP}[01])"
_NUMBERS = re.compile(
    rf"(?<!\d)(?:"
    # GB 11643: six digits of place, birth date, three digits, check character.
    rf"(?P<identity_number>[1-9](?:{_GAP}\d){{5}}{_GAP}"
    rf"(?:{_YEAR}{_GAP}{_MONTH}{_GAP}{_DAY}(?:{_GAP}\d){{3}}{_GAP}[\dx]|\d\d{_MONTH}{_DAY}\d{{3}}))"
    r"|(?P<telephone>(?:\+?86[ -]?)?1[3-9]\d[ .-]?\d{4}[ .-]?\d{4}|1[ .-][3-9](?:[ .-]\d){9}"
    r"|0\d{2,3}[ -]?\d{3,4}[ -]?\d{4})"
    r")(?!\d)"
)


def _number_hits(text: str) -> Iterator[tuple[Span, str]]:
    for found in _NUMBERS.finditer(text):
        yield found.span(), str(found.lastgroup)
