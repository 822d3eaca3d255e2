"""Words about one person do not name another: that other was neither told nor asked.

A name of three characters or more is a name wherever it stands. One of two may also be an everyday
word, or arise where two words meet; then it is a name only where something beside it says so: a
title, a kinship word, a house number. What is missed is still read by the person concerned and by
the officers; what is refused wrongly leaves somebody without words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.core.text import clean
from kiosk.models.register import Resident, SearchTerm
from kiosk.services.access import acting
from kiosk.services.register.name_readings import fold, is_han
from kiosk.services.register.vocabulary import everyday_words, pattern
from kiosk.services.village import Village

SHORTEST_NAME = 2
_LONGEST_HAN_NAME = 6
_LONGEST_WORDS_NAME = 4
_AT_ONCE = 400
_LONGEST = 400


def third_person_in(village: Village, session_id: str, subject_id: int, words: str) -> str | None:
    """The name in `words` of somebody who is neither the person concerned nor the one who writes.

    For asking before a form is sent; nothing is written down.
    """
    with acting.reading(village, session_id) as work:
        me = work.who.resident_id
        return named_in(work.session, clean(words, _LONGEST), (subject_id, me))


def refuse(session: Session, words: str, may_be_named: Iterable[int]) -> None:
    """Refuse words that name anybody else.

    Raises:
        ExpectedError: ``words_name_somebody`` with the name.
    """
    if words and (name := named_in(session, words, may_be_named)):
        raise ExpectedError("words_name_somebody", name)


def named_in(session: Session, words: str, may_be_named: Iterable[int]) -> str | None:
    """The first name of the register in `words`, in the order of the text; None if there is none.

    Whoever bears the name of somebody who may be named is not meant.
    """
    pieces = list(dict.fromkeys(_pieces(words)))
    allowed = set(session.scalars(select(Resident.name).where(Resident.id.in_(set(may_be_named)))))
    found: set[str] = set()
    for start in range(0, len(pieces), _AT_ONCE):
        some = [fold(piece) for piece in pieces[start : start + _AT_ONCE]]
        names = session.scalars(
            select(Resident.name)
            .join(SearchTerm, SearchTerm.resident_id == Resident.id)
            .where(SearchTerm.term.in_(some), Resident.active)
        )
        found.update(name for name in names if name not in allowed)
    folded = {fold(piece): piece for piece in reversed(pieces)}
    hits = {folded[fold(name)] for name in found if fold(name) in folded}
    hits = {hit for hit in hits if not any(hit in own for own in allowed) and _meant(words, hit)}
    return min(hits, key=lambda hit: (words.index(hit), -len(hit)), default=None)


def _meant(words: str, name: str) -> bool:
    """Whether `name` stands for a person anywhere in `words`."""
    if len(name) != SHORTEST_NAME or not is_han(name[0]):
        return True
    return any(_meant_at(words, each.start(), name) for each in re.finditer(name, words))


def _meant_at(words: str, start: int, name: str) -> bool:
    end = start + len(name)
    before, after = words[:start], words[end:]
    if pattern("named_before").search(before) or pattern("named_after").search(after):
        return True
    if name in everyday_words():
        return False
    if before[-1:] + name[0] not in everyday_words():
        return True
    # “And Xie Ming” reads like a reconciliation: after such a character a word means nothing.
    joined = pattern("named_joined").search(before)
    return bool(joined) and name[-1] + after[:1] not in everyday_words()


def _pieces(words: str) -> Iterator[str]:
    """Every stretch of the text that could be somebody's name."""
    for start, character in enumerate(words):
        if is_han(character):
            yield from _han_pieces(words, start)
    spelled = words.split(" ")
    for start in range(len(spelled)):
        for length in range(1, _LONGEST_WORDS_NAME + 1):
            piece = " ".join(spelled[start : start + length]).strip(".,;:!?()\"'")
            if len(piece) >= SHORTEST_NAME and not is_han(piece[0]):
                yield piece


def _han_pieces(words: str, start: int) -> Iterator[str]:
    for end in range(start + SHORTEST_NAME, start + _LONGEST_HAN_NAME + 1):
        piece = words[start:end]
        if len(piece) < end - start or (not is_han(piece[-1]) and piece[-1] != "·"):
            return
        yield piece
