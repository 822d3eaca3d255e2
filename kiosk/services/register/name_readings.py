"""How a name is read and what it is found by.

The dictionary (pypinyin) is loaded on first use: looking someone up never needs it, since what
it said was stored with the resident.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from kiosk.core.catalogue import CHINESE
from kiosk.core.houses import number_words
from kiosk.models.register import TERM_LENGTH
from kiosk.services.register.vocabulary import (
    double_surnames,
    house_sign,
    polyphonic,
    single_surnames,
)

AFTER_ANY = "\U0010ffff"
"""Greater than every character a term can hold: the upper bound of a prefix."""
CODE_MARK = "#"
"""Before a household code, so that its digits are not taken for a house number."""

_READINGS_OF_A_NAME = 24
_ORDER_SYMBOLS = 12
_HYPHENS = re.compile(r"[‐‑‒–—−－﹣]")
_SEPARATING_HYPHEN = re.compile(r"(?<!\d)-|-(?!\d)")
_DIERESIS = str.maketrans({"ü": "v", "ǖ": "v", "ǘ": "v", "ǚ": "v", "ǜ": "v"})

_ZERO = "\N{IDEOGRAPHIC NUMBER ZERO}"

Readings = tuple[str, ...]


@dataclass(frozen=True)
class Address:
    """Where somebody lives, as far as they are found by it."""

    lane: str
    number: str
    code: str


def fold(typed: str) -> str:
    """What a typed text and a term are compared by: half-width lower-case letters and digits.

    Spaces, dots and tone marks go; ü is v; a hyphen stays between digits (house 12-3).
    """
    half_width = _HYPHENS.sub("-", unicodedata.normalize("NFKC", typed)).casefold()
    plain = _without_marks(half_width)
    kept = "".join(ch for ch in plain if ch.isalnum() or ch == "-")
    return _SEPARATING_HYPHEN.sub("", kept)[:TERM_LENGTH]


@lru_cache(maxsize=4096)
def toneless(syllable: str) -> str:
    """``lǚ`` as ``lv``, ``shēng`` as ``sheng``."""
    return fold(syllable)


@lru_cache(maxsize=32768)
def is_han(character: str) -> bool:
    """Whether `character` is a Chinese character (CJK ideograph of any extension)."""
    return character == _ZERO or unicodedata.name(character, "").startswith("CJK ")


def surname_length(name: str) -> int:
    """How many characters of `name` are its surname: 2 for a double one, 0 if it is not Chinese."""
    if not name or not is_han(name[0]):
        return 0
    return 2 if name[:2] in double_surnames() and len(name) > 2 else 1


def shown_pinyin(name: str) -> str:
    """`name` in pinyin with tone marks, a space between syllables: ``lín chūn shēng``."""
    return " ".join(readings[0] for _, readings in _units(name))


def name_order(name: str) -> int:
    """A number that sorts names as a dictionary does: syllable by syllable, from the first.

    It holds the first twelve letters and gaps (60 bits); equal numbers need a second look.
    """
    return pinyin_order(shown_pinyin(name))


def pinyin_order(pinyin: str) -> int:
    """`name_order` of the name that is shown so, without the dictionary."""
    spelled = " ".join(map(toneless, pinyin.split(" ")))[:_ORDER_SYMBOLS]
    order = 0
    for symbol in spelled.ljust(_ORDER_SYMBOLS, "\0"):
        order = order << 5 | _symbol(symbol)
    return order


def name_ranges(sought: str) -> tuple[range, ...]:
    """The numbers of `name_order` that surnames written `sought` have, and names beginning so.

    Empty for what is no name: a house number, a household code.
    """
    spelled = " ".join(toneless(readings[0]) for _, readings in _units(sought))
    if not spelled or not spelled[0].isalpha():
        return ()
    return _orders_from(f"{spelled} "), _orders_from(spelled)


def _orders_from(start: str) -> range:
    known = start[:_ORDER_SYMBOLS]
    free = 5 * (_ORDER_SYMBOLS - len(known))
    first = 0
    for symbol in known:
        first = first << 5 | _symbol(symbol)
    return range(first << free, first + 1 << free)


def terms(name: str, address: Address) -> list[str]:
    """Everything that somebody is found by, in code point order.

    Every end of the name, in characters, pinyin (each reading), initials, and characters followed
    by either; house number, lane and number, household code. A term with which another one begins
    is left out: who types it finds the longer one.
    """
    found = {*name_terms(name), *house_terms(address)}
    ordered = sorted({term[:TERM_LENGTH] for term in found if term})
    following = zip(ordered, [*ordered[1:], ""], strict=False)
    return [term for term, after in following if not after.startswith(term)]


@lru_cache(maxsize=65536)
def name_terms(name: str) -> frozenset[str]:
    """The terms that come of the name alone."""
    units = [(fold(text), readings) for text, readings in _units(name)]
    units = [(text, tuple(dict.fromkeys(map(toneless, readings)))) for text, readings in units]
    units = [(text, readings) for text, readings in units if text]
    texts = [text for text, _ in units]
    surname = surname_length(name)
    found: set[str] = set()
    for spelled in _combinations([readings for _, readings in units]):
        found.update(_terms_of_reading(texts, spelled, surname))
    return frozenset(found | {_with_u(term) for term in found if "v" in term})


@lru_cache(maxsize=65536)
def house_terms(address: Address) -> frozenset[str]:
    """The terms that come of the address alone.

    A number ends with 号, so that "12" finds 12 and 120, but "12号" finds 12 alone.
    """
    found = set(_code_terms(fold(address.code)))
    if not address.number:
        return frozenset(found)
    lane = fold(address.lane)
    readings = [tuple(dict.fromkeys(map(toneless, each))) for _, each in _units(address.lane)]
    for plate in _plates(address.number):
        number, read = fold(plate), "".join(toneless(each[0]) for _, each in _units(plate))
        found.update({number, f"{lane}{number}"})
        for spelled in _combinations(readings):
            found.add(f"{''.join(spelled)}{read}")
            found.add(f"{''.join(each[:1] for each in spelled)}{read}")
    return frozenset(found | {_with_u(term) for term in found if "v" in term})


def _plates(number: str) -> set[str]:
    """A house number as on its plate, and as somebody types it who leaves out a sign within."""
    plate = number_words(number, CHINESE)
    return {plate, plate[:-1].replace(house_sign(), "-") + plate[-1:]}


def _terms_of_reading(texts: Sequence[str], spelled: Sequence[str], surname: int) -> Iterator[str]:
    for start in range(len(texts)):
        for split in range(start, len(texts) + 1):
            if split - start > 3 and split != len(texts):
                continue  # nobody types four characters and then letters
            written = "".join(texts[start:split])
            yield written + "".join(spelled[split:])
            yield written + "".join(each[:1] for each in spelled[split:])
    yield "".join(spelled[:surname]) + "".join(each[:1] for each in spelled[surname:])  # lincs


def _code_terms(code: str) -> Iterable[str]:
    if not code:
        return ()
    return (f"{CODE_MARK}{code}",) if code[0].isdigit() else (f"{CODE_MARK}{code}", code)


def _combinations(readings: list[Readings]) -> Iterable[tuple[str, ...]]:
    """Every way to read the units together; the rarest readings go first if there are too many."""
    kept = list(readings)
    while _ways(kept) > _READINGS_OF_A_NAME:
        longest = max(range(len(kept)), key=lambda place: len(kept[place]))
        kept[longest] = kept[longest][:-1]
    return product(*kept)


def _ways(readings: list[Readings]) -> int:
    ways = 1
    for each in readings:
        ways *= len(each)
    return ways


@lru_cache(maxsize=4096)
def _units(name: str) -> tuple[tuple[str, Readings], ...]:
    """`name` cut into characters (or runs of other letters), each with its readings in order.

    An import asks for the pinyin of some hundred people, and then for what they are found by.
    """
    surname = surname_length(name)
    head, tail = name[:surname], name[surname:]
    return (*_surname_units(head), *_given_units(tail))


def _surname_units(surname: str) -> list[tuple[str, Readings]]:
    if surname in double_surnames():
        return list(zip(surname, double_surnames()[surname], strict=True))
    if surname not in single_surnames():
        return _given_units(surname)
    as_surname = single_surnames()[surname]
    return [(surname, tuple(dict.fromkeys((*as_surname, *_readings(surname)))))]


def _given_units(text: str) -> list[tuple[str, Readings]]:
    units: list[tuple[str, Readings]] = []
    for run in _runs(text):
        if not is_han(run[0]):
            units.append((run, (run,)))
            continue
        for character, usual in zip(run, _usual_readings(run), strict=True):
            units.append((character, tuple(dict.fromkeys((usual, *_readings(character))))))
    return units


def _runs(text: str) -> Iterator[str]:
    """`text` cut where Chinese characters and others meet, and at spaces."""
    run = ""
    for character in text:
        if run and (character.isspace() or is_han(character) != is_han(run[0])):
            yield run
            run = ""
        if not character.isspace():
            run += character
    if run:
        yield run


@lru_cache(maxsize=32768)
def _usual_readings(run: str) -> Readings:
    """How the characters of `run` are read together, by the dictionary of phrases."""
    from pypinyin import Style, pinyin

    found = pinyin(run, style=Style.TONE)
    if len(found) != len(run):
        return tuple(_readings(character)[0] for character in run)
    return tuple(each[0] for each in found)


@lru_cache(maxsize=32768)
def _readings(character: str) -> Readings:
    """The readings of one character in use; itself if the dictionary does not know it."""
    if character in polyphonic():
        return polyphonic()[character]
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.TONE)
    return (found[0][0] if found else character,)


def _without_marks(text: str) -> str:
    """`text` without tone marks, ü as v; composed characters of other scripts stay whole."""
    if text.isascii():
        return text
    dotted = unicodedata.normalize("NFC", text).translate(_DIERESIS)
    if not any("\u00c0" <= ch < "\u0250" or ch in "ḿẑ" for ch in dotted):
        return dotted
    apart = unicodedata.normalize("NFD", dotted)
    return unicodedata.normalize("NFC", "".join(ch for ch in apart if not _is_mark(ch)))


def _is_mark(character: str) -> bool:
    return "\u0300" <= character < "\u0370"


def _with_u(term: str) -> str:
    return term.replace("v", "u")


def _symbol(symbol: str) -> int:
    if symbol == "\0":
        return 0
    if symbol == " ":
        return 1
    return ord(symbol) - ord("a") + 2 if "a" <= symbol <= "z" else 28
