"""A letter from its facts to its end: composed, seen, signed, printed, ended.

Who is signed in has it made about themselves and nobody else, with the consent to letters, and
signs it with card and PIN. The village sends it to nobody. It ends on its day, when its person ends
it, takes the consent back, or is gone; within ten minutes it is taken back, and nothing is left of
what it said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select

from kiosk.core.catalogue import Language
from kiosk.core.clock import village_day
from kiosk.core.encoding import digest_of
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import house_words
from kiosk.core.text import clean
from kiosk.models.letters import Letter
from kiosk.models.register import Resident
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.access.offices import Signature
from kiosk.services.access.sessions import Proven, accept, prove
from kiosk.services.check import kinds
from kiosk.services.consent import consents
from kiosk.services.ledger import log
from kiosk.services.letters.facts import Fact, facts_of
from kiosk.services.letters.wording import Said, Wording, new_salt, read
from kiosk.services.printing import queue
from kiosk.services.rulebook import gate
from kiosk.services.village import Village
from kiosk.services.work import Work

DAYS: Final = (30, 90)
"""How many days a letter may hold, the day it is made not counted."""
MOST_FACTS: Final = 10
LONGEST_TO: Final = 40
TAKEN_BACK_WITHIN: Final = timedelta(minutes=10)
ISSUED, ENDED = "letter_issued", "letter_ended"
TAKEN_BACK, REVOKED, CONSENT = "taken_back", "revoked", "consent"
MARK: Final = "L"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody chose: the keys of facts, for whom, in which language, for how many days."""

    facts: tuple[str, ...]
    to: str
    language: Language
    days: int


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What somebody can choose from, and the letters that they have."""

    agreed: bool
    """Whether they agreed to letters; without that there are none."""
    facts: tuple[Fact, ...]
    letters: tuple[LetterLine, ...]


@dataclass(frozen=True, kw_only=True)
class LetterLine:
    """One of a person's own letters."""

    reference: str
    to: str
    facts: tuple[str, ...]
    issued_on: date
    valid_until: date
    ended_why: str
    """Empty while nobody ended it."""
    in_force: bool
    fresh: bool
    """Whether it can be taken back as if it had not been."""


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A letter that was signed, and the print job to follow."""

    reference: str
    job_id: int


def desk(village: Village, session_id: str) -> Desk:
    """The facts and letters of whoever is signed in; of nobody else anything.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.reading(village, session_id) as work:
        agreed = _agreed(work)
        mine = select(Letter).where(Letter.resident_id == work.who.resident_id)
        rows = work.session.scalars(mine.order_by(Letter.id.desc())).all()
        lines = tuple(_line(work, each) for each in rows if each.ended_why != TAKEN_BACK)
        return Desk(agreed=agreed, facts=facts_of(work) if agreed else (), letters=lines)


def preview_pdf(village: Village, session_id: str, draft: Draft) -> bytes:
    """The letter as it would be printed, marked as a sample, without a code.

    Raises:
        ExpectedError: as `issue`, but for the card.
    """
    from kiosk.documents.letter import letter_pdf

    with acting.reading(village, session_id) as work:
        said = _said(work, draft)
        wording = _wording(work, draft, "")
    return letter_pdf(wording.paper(said))


def issue(
    village: Village, session_id: str, draft: Draft, signature: Signature, touch: str
) -> Issued:
    """Sign and print a letter.

    Raises:
        ExpectedError: ``session_over``, ``letter_consent`` without the consent to letters,
            ``letter_no_facts``, ``letter_many_facts`` with how many there may be,
            ``letter_fact_gone`` for one that is not in effect any more, ``letter_days``,
            ``letter_to_long``, ``letter_to_refused``, ``letter_other_card`` for somebody else's
            card, ``unprintable``; as `sessions.prove`.
    """
    proven = prove(village, signature.card, signature.pin)
    with acting.once(village, session_id, touch, "issue_letter") as work:
        answer = work.known
        if answer is None:
            _accept_own(work, proven)
            answer = _issue(work, draft)
            work.remember(answer)
        return Issued(reference=answer["reference"], job_id=answer["job"])


def print_again(village: Village, session_id: str, reference: str, touch: str) -> Issued:
    """Print a letter of one's own once more: the sheet says so.

    Raises:
        ExpectedError: ``session_over``, ``letter_unknown`` also for another's, ``letter_over``.
    """
    with acting.once(village, session_id, touch, "print_letter", reference) as work:
        found, answer = _own(work, reference), work.known
        if answer is None:
            if not _in_force(work, found):
                raise ExpectedError("letter_over")
            answer = {"job": _enqueue(work, found, again=True)}
            work.remember(answer)
        return Issued(reference=reference, job_id=answer["job"])


def end(village: Village, session_id: str, reference: str, touch: str) -> str:
    """End a letter of one's own; why it ended, `TAKEN_BACK` within ten minutes, else `REVOKED`.

    Raises:
        ExpectedError: ``session_over``, ``letter_unknown`` also for another's, ``letter_over``.
    """
    with acting.once(village, session_id, touch, "end_letter", reference) as work:
        found = _own(work, reference)
        if work.known is None:
            if not _in_force(work, found):
                raise ExpectedError("letter_over")
            end_in(work, found, TAKEN_BACK if _fresh(work, found) else REVOKED)
            work.remember({"ended": found.ended_why})
        return found.ended_why


def end_without_consent(work: Work, resident_id: int) -> None:
    """What was in force ends with the consent that it rested on, in the caller's transaction."""
    standing = select(Letter).where(Letter.resident_id == resident_id, Letter.ended_at.is_(None))
    for each in work.session.scalars(standing.order_by(Letter.id)).all():
        end_in(work, each, CONSENT)


def end_in(work: Work, found: Letter, why: str) -> None:
    """End a letter in the caller's transaction; a sheet that waits does not come out any more."""
    content = {"letter": found.id, "resident": found.resident_id, "why": why}
    log.append(work, ENDED, content)
    found.ended_at, found.ended_why = work.now, why
    if why == TAKEN_BACK:
        found.says = ""
    queue.call_off(work, found.reference)
    work.session.flush()


def _agreed(work: Acting) -> bool:
    return consents.standing_consent(work.session, work.who.resident_id, "letter") is not None


def _accept_own(work: Acting, proven: Proven) -> None:
    if accept(work, proven).resident_id != work.who.resident_id:
        raise ExpectedError("letter_other_card")


def _said(work: Acting, draft: Draft) -> Said:
    """What the letter would say, held to what is in effect at this moment."""
    if not _agreed(work):
        raise ExpectedError("letter_consent")
    if draft.days not in DAYS or draft.language not in work.village.catalogue.languages:
        raise ExpectedError("letter_days")
    to, chosen = _checked_to(draft.to), dict.fromkeys(draft.facts)
    if not chosen:
        raise ExpectedError("letter_no_facts")
    if len(chosen) > MOST_FACTS:
        raise ExpectedError("letter_many_facts", MOST_FACTS)
    there = {each.key: each for each in facts_of(work)}
    if not chosen.keys() <= there.keys():
        raise ExpectedError("letter_fact_gone")
    person = work.session.get_one(Resident, work.who.resident_id)
    home = person.household

    def say(key: str, *values: object) -> str:
        return work.village.catalogue.text(key, draft.language, *values)

    return Said(
        name=person.name,
        house=house_words(home.lane, home.number, draft.language),
        to=to,
        facts=tuple(each.said(say, draft.language) for key, each in there.items() if key in chosen),
        salt=new_salt(),
    )


def _checked_to(typed: str) -> str:
    to = clean(typed, LONGEST_TO + 1)
    if len(to) > LONGEST_TO:
        raise ExpectedError("letter_to_long", LONGEST_TO)
    if found := gate.check_words(to):
        raise ExpectedError("letter_to_refused", found[0].term)
    return to


def _wording(work: Work, draft: Draft, reference: str) -> Wording:
    return Wording(
        village=work.village,
        language=draft.language,
        reference=reference,
        issued=work.today,
        until=work.today + timedelta(days=draft.days),
    )


def _issue(work: Acting, draft: Draft) -> dict[str, Any]:
    said, me = _said(work, draft), work.who.resident_id
    index = log.head(work.session).size
    reference = f"{MARK}{work.today.year}-{index:04d}"
    said = replace(said, words=_wording(work, draft, reference).code_words(said))
    found = Letter(
        reference=reference,
        resident_id=me,
        language=draft.language,
        says=said.kept(),
        issued_at=work.now,
        valid_until=work.today + timedelta(days=draft.days),
        ledger_index=index,
    )
    work.session.add(found)
    work.session.flush()
    content = {
        "letter": found.id,
        "reference": reference,
        "resident": me,
        "language": found.language,
        "until": found.valid_until.isoformat(),
        "says": digest_of(found.says),
    }
    log.append(work, ISSUED, content)
    return {"reference": reference, "job": _enqueue(work, found)}


def _enqueue(work: Work, found: Letter, *, again: bool = False) -> int:
    """Queue the sheet; what is signed with it names the letter, its last day, and all its words."""
    wording = Wording(
        village=work.village,
        language=found.language,
        reference=found.reference,
        issued=village_day(found.issued_at),
        until=found.valid_until,
    )
    paper = wording.paper(read(found.says), duplicate=again)
    lines = kinds.LETTER.write(letter=found.reference, day=found.valid_until)
    return queue.enqueue_letter(work, paper, found.resident_id, found.ledger_index, lines)


def _own(work: Acting, reference: str) -> Letter:
    found = work.session.scalar(select(Letter).where(Letter.reference == reference))
    if found is None or found.resident_id != work.who.resident_id:
        raise ExpectedError("letter_unknown")
    return found


def _in_force(work: Work, found: Letter) -> bool:
    return found.ended_at is None and work.today <= found.valid_until


def _fresh(work: Work, found: Letter) -> bool:
    return work.now - found.issued_at <= TAKEN_BACK_WITHIN


def _line(work: Work, found: Letter) -> LetterLine:
    said = read(found.says)
    return LetterLine(
        reference=found.reference,
        to=said.to,
        facts=said.facts,
        issued_on=village_day(found.issued_at),
        valid_until=found.valid_until,
        ended_why=found.ended_why,
        in_force=_in_force(work, found),
        fresh=_fresh(work, found),
    )
