"""Which language a person reads: what is printed for them is in it.

It is what they chose themselves: on the screen while they were signed in, or at the desk when they
enrolled. The language on an official's screen says nothing about the person they work for.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from kiosk.core.catalogue import Language, catalogue
from kiosk.models.register import Resident
from kiosk.services.access import acting
from kiosk.services.village import Village
from kiosk.services.work import Work


def note_language(village: Village, session_id: str, language: Language, *, chosen: bool) -> None:
    """Remember the language in which somebody uses their own record.

    `chosen` is False where it only stood on the screen when they came: that is remembered only
    of somebody of whom nothing is known yet. What an official has on their screen is not.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.reading(village, session_id) as work:
        person = work.who
        known = work.session.get_one(Resident, person.resident_id).language
    if person.roles or known == language or (known and not chosen):
        return
    with village.write() as session:
        set_language(session, person.resident_id, language)


def set_language(session: Session, resident_id: int, language: Language) -> None:
    """Remember the language of a person in the caller's transaction."""
    session.get_one(Resident, resident_id).language = language


def languages_of(work: Work, resident_id: int) -> tuple[Language, ...]:
    """The languages for a person's papers: theirs, or two, the village's first."""
    known = work.session.get_one(Resident, resident_id).language
    if known in catalogue().languages:
        return (known,)
    return catalogue().pair(work.village.settings.language)
