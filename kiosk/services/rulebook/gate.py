"""The gate of charter 2: refuses words that reach for what is nobody's business here.

Religion or belief, politics and petitions, speech, ethnicity, health, family planning, private
life and association, in every language; and identity numbers and telephone numbers too. The terms
stand in ``assets/gate_terms.toml``. The gate is a plain search: the same text always gets the same
answer.

Before the search a text is made plain: full-width, accented, traditional and look-alike
characters are folded, what is invisible is dropped, and marks strewn between characters are taken
out. A person still reads every report; the gate keeps the obvious from being written down at all.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kiosk.core.catalogue import CHINESE, Language
from kiosk.core.paths import ASSETS

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

Span = tuple[int, int]


@dataclass(frozen=True)
class RefusedTerm:
    """A protected subject that was touched; its sentence is ``rulebook.gate_<area>``."""

    area: str
    """One of `SUBJECTS`, or ``identity_number`` or ``telephone``."""
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


@dataclass(frozen=True)
class _Plain:
    """Folded text, and for each of its characters the place in what was typed."""

    text: str
    places: tuple[int, ...]

    def typed(self, original: str, span: Span) -> str:
        """What was typed where `span` lies in the folded text."""
        return original[self.places[span[0]] : self.places[span[1] - 1] + 1]


@dataclass(frozen=True, kw_only=True)
class _Gate:
    """The terms, ready to be searched."""

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
    letters = _letters(text, gate.simplified)
    found: list[tuple[int, RefusedTerm]] = []
    readings = [(each, _spelt_hits(each.text, gate)) for each in _spelt_readings(letters)]
    chinese, digits = _without_marks(letters), _with_digits(letters)
    readings += [(chinese, _chinese_hits(chinese.text, gate)), (digits, _number_hits(digits.text))]
    for plain, hits in readings:
        for span, subject in hits:
            finding = RefusedTerm(subject, plain.typed(text, span))
            found.append((plain.places[span[0]], finding))
    found.sort(key=lambda each: (each[0], each[1].area, each[1].term))
    return tuple(dict.fromkeys(finding for _, finding in found))


# Folding


def _letters(text: str, simplified: dict[int, str]) -> _Plain:
    """Each character folded by itself: width, case, accents, traditional forms, look-alikes."""
    folded = [_folded(typed) for typed in text]
    places = tuple(place for place, each in enumerate(folded) for _ in each)
    return _Plain("".join(folded).translate(simplified), places)


@lru_cache(maxsize=8192)
def _folded(typed: str) -> str:
    whole = unicodedata.normalize("NFKD", typed).casefold()
    kept = (ch for ch in whole if ch.isspace() or unicodedata.category(ch) not in _INVISIBLE)
    return "".join(kept).translate(_LOOKALIKES)


_INVISIBLE = frozenset({"Mn", "Me", "Cf", "Cc", "Cn", "Co", "Cs"})
_LOOKALIKES = str.maketrans(
    "аесорхуіјѕԁһӏκοραεινυτ‘’ʼ′`´‐‑‒–—−〇○",
    "aecopxyijsdhlkopaeivut''''''------零零",
)
"""Cyrillic and Greek letters that pass for Latin ones; apostrophes, hyphens, zeros."""

_SENTENCE_MARKS = frozenset(",;:!?。、，；：！？\n\r…")


def _without_marks(letters: _Plain) -> _Plain:
    """Letters and digits only; a sentence mark ends a search, unless it cuts off one character."""
    pieces: list[list[tuple[str, int]]] = [[]]
    for ch, place in zip(letters.text, letters.places, strict=True):
        if ch.isalnum():
            pieces[-1].append((ch, place))
        elif ch in _SENTENCE_MARKS and pieces[-1]:
            pieces.append([])
    return _joined(pieces)


def _joined(pieces: list[list[tuple[str, int]]]) -> _Plain:
    joined: list[tuple[str, int]] = []
    before = 0
    for piece in pieces:
        if joined and piece and before > 1 and len(piece) > 1:
            joined.append(("\n", piece[0][1]))
        joined += piece
        before = len(piece)
    return _Plain("".join(ch for ch, _ in joined), tuple(place for _, place in joined))


def _spelt_readings(letters: _Plain) -> Iterator[_Plain]:
    """The text as words, and once more with what is strewn into a word taken out."""
    spaced = "".join(ch if _is_latin(ch) or ch in "'\n" else " " for ch in letters.text)
    yield _Plain(spaced, letters.places)
    if _STREWN.search(letters.text):
        yield _closed_up(letters)


_STREWN = re.compile(
    r"[a-z][-._*~+|/\\·•=^#]+[a-z]|(?<![a-z0-9])[a-z](?:[^a-z0-9]{1,3}[a-z](?![a-z0-9])){3,}|[a-z][0-9@$]|[0-9@$][a-z]"
)
_MARKS_IN_WORDS = frozenset("-._*~+|/\\·•=^#")
_LONE_LETTERS = re.compile(r"(?<![a-z0-9])[a-z](?:[^a-z0-9]{1,3}[a-z](?![a-z0-9])){3,}")
_DIGIT_LETTERS = str.maketrans("013457@$", "oieastas")


def _closed_up(letters: _Plain) -> _Plain:
    kept = [
        (ch, place)
        for ch, place in zip(letters.text, letters.places, strict=True)
        if ch not in _MARKS_IN_WORDS
    ]
    text = "".join(ch for ch, _ in kept)
    drop = {
        place
        for run in _LONE_LETTERS.finditer(text)
        for place in range(run.start(), run.end())
        if not text[place].isalnum()
    }
    kept = [pair for at, pair in enumerate(kept) if at not in drop]
    closed = "".join(ch for ch, _ in kept).translate(_DIGIT_LETTERS)
    words = "".join(ch if _is_latin(ch) or ch in "'\n" else " " for ch in closed)
    return _Plain(words, tuple(place for _, place in kept))


def _is_latin(ch: str) -> bool:
    return "a" <= ch <= "z" or "0" <= ch <= "9"


def _with_digits(letters: _Plain) -> _Plain:
    return _Plain(letters.text.translate(_CHINESE_DIGITS), letters.places)


_CHINESE_DIGITS = str.maketrans("零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "01234567891123456789")


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
