"""What a letter can say of somebody: facts of their own that are in effect today.

Nothing is said of a concern, of a case that is open, or of anybody else: there is no fact of that
kind to be ticked. The number is one that is ticked by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from sqlalchemy import select

from kiosk.core.catalogue import Language
from kiosk.core.clock import village_day
from kiosk.core.days import plain, said_day
from kiosk.core.houses import house_words
from kiosk.core.texts import NO_TEXT, Texts
from kiosk.models.access import RoleGrant
from kiosk.models.ledger import LedgerEntry
from kiosk.models.register import Household, Resident
from kiosk.models.stars import DoorSign
from kiosk.services.access.acting import Acting
from kiosk.services.consent import consents
from kiosk.services.consent.agreements import household_agrees
from kiosk.services.ledger import rows
from kiosk.services.record import number
from kiosk.services.register.entries import PERSON

Kind = Literal["lives", "joined", "deed", "sign", "office", "number"]


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing that can be ticked; its words are at ``letters.fact_<kind>``."""

    key: str
    """By which it is ticked: the kind, and of what there are several which one."""
    kind: Kind
    on: date | None = None
    until: date | None = None
    title: Texts = NO_TEXT
    house: tuple[str, str] = ("", "")
    stars: tuple[tuple[str, int], ...] = ()
    number: int = 0
    role: str = ""

    def said(self, say: Callable[..., str], language: Language) -> str:
        """The sentence of the letter; `say` gives the catalogue's text in `language`."""
        return _SAID[self.kind](self, _Words(say, language))


@dataclass(frozen=True)
class _Words:
    text: Callable[..., str]
    language: Language

    def fact(self, name: str, *values: object) -> str:
        return plain(self.text(f"letters.fact_{name}", *values))

    def day(self, day: date | None) -> str:
        return said_day(self.text, day) if day else ""


def _lives(fact: Fact, words: _Words) -> str:
    house = house_words(*fact.house, words.language)
    since = words.day(fact.on)
    return words.fact("lives_since", house, since) if since else words.fact("lives", house)


def _joined(fact: Fact, words: _Words) -> str:
    return words.fact("joined", words.day(fact.on))


def _deed(fact: Fact, words: _Words) -> str:
    return words.fact("deed", words.day(fact.on), fact.title.said(words.language))


def _sign(fact: Fact, words: _Words) -> str:
    between = words.text("letters.between")
    stars = (
        words.text("letters.stars", words.text(f"stars.{name}"), stars)
        for name, stars in fact.stars
    )
    return words.fact("sign", between.join(stars), words.day(fact.until))


def _office(fact: Fact, words: _Words) -> str:
    role = words.text(f"access.role_{fact.role}")
    if fact.until is None:
        return words.fact("office", role, words.day(fact.on))
    return words.fact("office_ended", role, words.day(fact.on), words.day(fact.until))


def _number(fact: Fact, words: _Words) -> str:
    return words.fact("number", words.day(fact.on), fact.number)


_SAID: Final[dict[Kind, Callable[[Fact, _Words], str]]] = {
    "lives": _lives,
    "joined": _joined,
    "deed": _deed,
    "sign": _sign,
    "office": _office,
    "number": _number,
}


def facts_of(work: Acting) -> tuple[Fact, ...]:
    """Everything that whoever is signed in can tick today, in the order of a letter."""
    person = work.session.get_one(Resident, work.who.resident_id)
    return tuple(_facts(work, person))


def _facts(work: Acting, person: Resident) -> Iterator[Fact]:
    home = person.household
    since = _in_the_register_since(work, person.id)
    yield Fact(key="lives", kind="lives", on=since, house=(home.lane, home.number))
    joined = consents.enrolled_since(work.session, person.id)
    if joined is not None and consents.enrolled(work.session, person.id):
        yield Fact(key="joined", kind="joined", on=joined)
        yield from _deeds(work, person)
    yield from _door_sign(work, home)
    yield from _offices(work, person.id)
    found = number.number_of(work, person.id, work.today)
    if found is not None:
        yield Fact(key="number", kind="number", on=work.today, number=found.number)


def _in_the_register_since(work: Acting, resident_id: int) -> date | None:
    """The day of the first entry that told of them; None where none says so."""
    places = rows.places_about(work.session, PERSON, resident_id)
    entry = work.session.get(LedgerEntry, places[0][0]) if places else None
    return village_day(entry.at) if entry else None


def _deeds(work: Acting, person: Resident) -> Iterator[Fact]:
    """Good deeds that count today, the newest first."""
    for each in reversed(number.entries_of(work.session, person)):
        counts = each.effective_on <= work.today < each.ends_on and each.ended_on is None
        if each.points > 0 and counts:
            yield Fact(
                key=f"deed.{each.case_id}", kind="deed", on=each.happened_on, title=each.title
            )


def _door_sign(work: Acting, home: Household) -> Iterator[Fact]:
    """The sign that hangs there, with the stars that it shows, if all adults agree to it."""
    hangs = work.session.scalar(
        select(DoorSign).where(DoorSign.household_id == home.id, DoorSign.ended_at.is_(None))
    )
    if hangs is None or work.today > hangs.valid_until:
        return
    shown = tuple((name, stars) for name, stars in hangs.shown.items() if stars)
    if shown and household_agrees(work.session, home.id, work.today):
        yield Fact(key="sign", kind="sign", until=hangs.valid_until, stars=shown)


def _offices(work: Acting, resident_id: int) -> Iterator[Fact]:
    held = select(RoleGrant).where(RoleGrant.resident_id == resident_id).order_by(RoleGrant.id)
    for each in work.session.scalars(held):
        yield Fact(
            key=f"office.{each.id}",
            kind="office",
            role=each.role,
            on=village_day(each.granted_at),
            until=village_day(each.ended_at) if each.ended_at else None,
        )
