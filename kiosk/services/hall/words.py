"""The village's own words: places that a report can name, and sentences that it can begin with.

Whoever keeps the register writes them down, puts them into other words, or ends them; the gate
reads them first. What was reported keeps the words of its day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.core.text import clean
from kiosk.models.hall import OwnWord
from kiosk.services.access import acting
from kiosk.services.access.roles import holders
from kiosk.services.ledger import log
from kiosk.services.rulebook import gate, whereabouts
from kiosk.services.village import Village
from kiosk.services.work import Work, reading

WORD_WRITTEN, WORD_CHANGED, WORD_ENDED = "own_word_written", "own_word_changed", "own_word_ended"
What = Literal["place", "deed", "concern"]
KINDS: Final[tuple[What, ...]] = get_args(What)
"""A place; a sentence for a good deed, or for a concern."""
MOST: Final = 12
"""So many of one kind; more would be no choice any more."""
LONGEST: Final = {"place": whereabouts.LONGEST, "deed": 80, "concern": 80}
"""Characters in both languages together."""
BETWEEN: Final = " / "
MAY: Final = holders("keep_hall")


@dataclass(frozen=True)
class WordLine:
    """One of the village's own words; `word_id` is None for a place of the settings."""

    word_id: int | None
    what: What
    name: str


@dataclass(frozen=True)
class Offered:
    """What a report form offers besides what every village has."""

    places: tuple[str, ...] = ()
    deed: tuple[str, ...] = ()
    concern: tuple[str, ...] = ()

    def sentences(self, kind: str) -> tuple[str, ...]:
        """Those for this kind of report."""
        return {"deed": self.deed, "concern": self.concern}.get(kind, ())


def offered(village: Village) -> Offered:
    """The places to choose from, and the village's sentences."""
    with reading(village) as work:
        return Offered(places_in(work), *(_names(work.session, each) for each in KINDS[1:]))


def places_in(work: Work) -> tuple[str, ...]:
    """Every place that a report can name, the village's own first."""
    own = _names(work.session, "place")
    return tuple(dict.fromkeys((*own, *whereabouts.places(work.village.settings))))


def words(village: Village, session_id: str) -> tuple[WordLine, ...]:
    """The village's own words, kind by kind.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *MAY) as work:
        found = [WordLine(None, "place", each) for each in village.settings.places]
        rows = work.session.scalars(_standing()).all()
        return (
            *found,
            *(
                WordLine(row.id, kind, row.name)
                for kind in KINDS
                for row in rows
                if row.what == kind
            ),
        )


def write_down(
    village: Village, session_id: str, what: What, chinese: str, english: str, touch: str
) -> None:
    """Write a new one down.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``word_unclear`` without Chinese words or
            with a stroke in them, ``word_too_long`` with what there is room for, ``word_twice``,
            ``words_too_many``, ``words_refused`` with the term that the gate found.
    """
    name = _checked(what, chinese, english)
    with acting.once(village, session_id, touch, "write_word", what, MAY) as work:
        if work.known is not None:
            return
        there = _names(work.session, what)
        if len(there) >= MOST:
            raise ExpectedError("words_too_many", MOST)
        _check_new(work, what, name)
        row = OwnWord(what=what, name=name, by_id=work.who.resident_id, at=work.now)
        work.session.add(row)
        work.session.flush()
        content = {"word": row.id, "what": what, "name": name, "by": row.by_id}
        log.append(work, WORD_WRITTEN, content)
        work.remember({"word": row.id})


def put_otherwise(
    village: Village, session_id: str, word_id: int, chinese: str, english: str, touch: str
) -> None:
    """Put one into other words.

    Raises:
        ExpectedError: as `write_down`; ``word_over``.
    """
    with acting.once(village, session_id, touch, "change_word", word_id, MAY) as work:
        if work.known is not None:
            return
        row = _of(work, word_id)
        name = _checked(_kind(row), chinese, english)
        if name != row.name:
            _check_new(work, _kind(row), name)
        row.name, row.by_id = name, work.who.resident_id
        work.session.flush()
        log.append(work, WORD_CHANGED, {"word": row.id, "name": name, "by": row.by_id})
        work.remember({"word": row.id})


def end(village: Village, session_id: str, word_id: int, touch: str) -> None:
    """End one: no form offers it any more.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``word_over``.
    """
    with acting.once(village, session_id, touch, "end_word", word_id, MAY) as work:
        if work.known is not None:
            return
        row = _of(work, word_id)
        row.ended_at = work.now
        work.session.flush()
        log.append(work, WORD_ENDED, {"word": row.id, "by": work.who.resident_id})
        work.remember({"ended": row.id})


def checked_name(chinese: str, english: str, longest: int) -> str:
    """Words in both languages as they are kept, after the gate has read them; or empty.

    Raises:
        ExpectedError: ``word_unclear``, ``word_too_long``, ``words_refused``.
    """
    said = [clean(each, longest + 1) for each in (chinese, english)]
    if any("/" in each for each in said) or (said[1] and not said[0]):
        raise ExpectedError("word_unclear")
    name = BETWEEN.join(each for each in said if each)
    if len(name) > longest:
        raise ExpectedError("word_too_long", longest)
    if found := [term for each in said for term in gate.check_words(each)]:
        raise ExpectedError("words_refused", found[0].term)
    return name


def _checked(what: What, chinese: str, english: str) -> str:
    if what not in KINDS:
        raise ExpectedError("word_unclear")
    name = checked_name(chinese, english, LONGEST[what])
    if not name:
        raise ExpectedError("word_unclear")
    return name


def _check_new(work: Work, what: What, name: str) -> None:
    there = places_in(work) if what == "place" else _names(work.session, what)
    said = {part for each in there for part in each.split(BETWEEN)}
    if said & {*name.split(BETWEEN)}:
        raise ExpectedError("word_twice")


def _names(session: Session, what: What) -> tuple[str, ...]:
    return tuple(row.name for row in session.scalars(_standing()) if row.what == what)


def _standing() -> Select[OwnWord]:
    return select(OwnWord).where(OwnWord.ended_at.is_(None)).order_by(OwnWord.id)


def _of(work: Work, word_id: int) -> OwnWord:
    log.take_turn(work)
    row = work.session.get(OwnWord, word_id, with_for_update=True)
    if row is None or row.ended_at is not None:
        raise ExpectedError("word_over")
    return row


def _kind(row: OwnWord) -> What:
    return next(each for each in KINDS if each == row.what)
