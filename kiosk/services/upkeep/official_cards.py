"""An official's card and the letter with its PIN, on paper: at the founding and after a restore.

The PIN stands on a sheet of its own and nowhere else: not on the console, which somebody else may
be reading, and not on the card.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import select

from kiosk.core.catalogue import ON_EVERY_PAPER, Language
from kiosk.core.clock import village_day
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.texts import Texts
from kiosk.devices.printers import Media, PaperJob, Printer, PrinterFault, Reason
from kiosk.devices.printers.choice import printer_for
from kiosk.models.register import Resident
from kiosk.services.access import grants, offices, peppers
from kiosk.services.access.cards import IssuedCard
from kiosk.services.access.roles import ROLES, Role
from kiosk.services.consent import consents
from kiosk.services.village import Village
from kiosk.services.work import reading

TOLD_FOR = timedelta(days=30)
CARDS, LETTERS = "card-*.pdf", "pin-*.pdf"
_POLL_SECONDS: Final = 0.5
_LONGEST_SECONDS: Final = 60.0


@dataclass(frozen=True, kw_only=True)
class OfficialCard:
    """One official's new card: `card` and `letter` are the two sheets as PDF, shown once."""

    name: str
    roles: tuple[Role, ...]
    number: str
    pin: str = field(repr=False)
    card: bytes = field(repr=False)
    letter: bytes = field(repr=False)


@dataclass(frozen=True)
class PutDown:
    """Where the two sheets of an official lie, for this user alone to read."""

    of: OfficialCard
    card: Path
    letter: Path


@dataclass(frozen=True)
class Reissued:
    """When everybody in office was last given a new card at the machine, and to whom."""

    at: datetime
    names: tuple[str, ...]


def on_paper(village: Village, issued: IssuedCard, coming: Role | None = None) -> OfficialCard:
    """The sheets of a card; a character that no font has is printed as 〓.

    `coming` is an office that its holder is about to be given.
    """
    from kiosk.documents.enrolment_card import EnrolmentCard, enrolment_card_pdf
    from kiosk.documents.fonts import with_geta
    from kiosk.documents.pin_letter import PinLetter, pin_letter_pdf

    with village.read() as session:
        name = session.get_one(Resident, issued.resident_id).name
        held = grants.roles_of(session, issued.resident_id)
        roles = tuple(each for each in ROLES if each in held or each == coming)
        joined = consents.enrolled_since(session, issued.resident_id)
    today = village_day(village.clock.now())
    head = (village.settings.name, with_geta(name))
    offices = Texts({each: offices_said(village, roles, each) for each in ON_EVERY_PAPER})
    card = EnrolmentCard(*head, issued.number, issued.token_text, joined)
    letter = PinLetter(*head, offices, issued.number, issued.pin, today)
    return OfficialCard(
        name=name,
        roles=roles,
        number=issued.number,
        pin=issued.pin,
        card=enrolment_card_pdf(card),
        letter=pin_letter_pdf(letter),
    )


def offices_said(village: Village, roles: Iterable[Role], language: Language) -> str:
    """Somebody's offices in words."""
    join = village.catalogue.text("pin_letter.offices_join", language)
    return join.join(village.catalogue.text(f"access.role_{role}", language) for role in roles)


def put_down(village: Village, cards: Iterable[OfficialCard]) -> tuple[PutDown, ...]:
    """Write the sheets into the spool, on disk when this returns; earlier ones go."""
    for old in _lying(village):
        old.unlink()
    return tuple(_put_down(village.directory.spool, each) for each in cards)


def require_locked_out(village: Village) -> None:
    """Refuse where an official can sign in, before anybody is asked whether they are sure.

    Raises:
        ExpectedError: ``officials_can_sign_in``, ``pepper_not_noted``.
    """
    with reading(village) as work:
        peppers.require_locked_out(work)


def reissue(village: Village) -> tuple[PutDown, ...]:
    """New cards for everybody in office, where none of them can sign in; the sheets lie ready.

    Raises:
        ExpectedError: ``officials_can_sign_in``, ``pepper_not_noted``.
    """
    ready: list[PutDown] = []

    def keep(issued: tuple[IssuedCard, ...]) -> None:
        ready.extend(put_down(village, [on_paper(village, each) for each in issued]))

    grants.reissue(village, keep)
    return tuple(ready)


def appoint(village: Village, name: str, born_on: date, role: Role, assembly: date) -> PutDown:
    """Give somebody an office where two officers are no longer left; their sheets lie ready.

    Raises:
        ExpectedError: ``officers_can_appoint``; ``resident_unknown`` unless exactly one adult of
            that name was born on that day; ``assembly_day``.
    """
    same = (Resident.name == name, Resident.born_on == born_on, Resident.active)
    with reading(village) as work:
        found = work.session.scalars(select(Resident.id).where(*same)).all()
    if len(found) != 1:
        raise ExpectedError("resident_unknown")
    change = offices.Change(found[0], role, offices.IN_AN_EMERGENCY, assembly)
    ready: list[PutDown] = []

    def keep(issued: tuple[IssuedCard, ...]) -> None:
        ready.extend(put_down(village, [on_paper(village, each, role) for each in issued]))

    grants.appoint_in_an_emergency(village, change, keep)
    return ready[0]


def reissued(village: Village) -> Reissued | None:
    """Cards issued at the machine within the last `TOLD_FOR`, of which every official is told."""
    with reading(village) as work:
        found = peppers.issued_at_the_machine(work.session)
        if found is None or work.now - found.at > TOLD_FOR:
            return None
        names = tuple(work.session.get_one(Resident, each).name for each in found.residents)
    return Reissued(found.at, names)


def prints_sheets(village: Village) -> bool:
    """Whether the settings name a printer for sheets, and not a folder."""
    return village.settings.printers.sign != "file"


def print_out(village: Village, ready: Iterable[PutDown]) -> Reason:
    """Print the sheets; each is deleted once the printer says that it is out.

    Returns why it stopped, or an empty text. A printer that cannot answer is "unconfirmed", and
    what it was given stays.
    """
    try:
        printer = printer_for(village.settings.printers.sign, village.directory.spool)
    except EnvironmentFault:
        return "not_found"
    for sheet in (file for each in ready for file in (each.card, each.letter)):
        if reason := _print_one(printer, PaperJob(sheet.stem, sheet.read_bytes(), None, "A5")):
            return reason
        sheet.unlink()
    return ""


def lying(village: Village) -> tuple[Path, ...]:
    """The sheets that lie in the spool, not printed yet: cards before letters."""
    return tuple(sorted(_lying(village)))


def print_sheet(village: Village, name: str, content: bytes, paper: Media) -> Reason:
    """Print one sheet at once, and wait for it; why it did not come out, or an empty text."""
    try:
        printer = printer_for(village.settings.printers.sign, village.directory.spool)
    except EnvironmentFault:
        return "not_found"
    return _print_one(printer, PaperJob(name, content, None, paper))


def _print_one(printer: Printer, job: PaperJob) -> Reason:
    try:
        device_job = printer.submit(job)
    except PrinterFault as fault:
        return fault.reason
    until = time.monotonic() + _LONGEST_SECONDS
    while time.monotonic() < until:
        found = printer.state(device_job)
        if found.phase in ("done", "failed"):
            return found.reason if found.phase == "done" else found.reason or "unknown"
        time.sleep(_POLL_SECONDS)
    printer.cancel(device_job)
    return found.reason or "unknown"


def _put_down(folder: Path, card: OfficialCard) -> PutDown:
    sheets = (folder / f"card-{card.number}.pdf", folder / f"pin-{card.number}.pdf")
    for file, content in zip(sheets, (card.card, card.letter), strict=True):
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    return PutDown(card, *sheets)


def _lying(village: Village) -> Iterator[Path]:
    for pattern in (CARDS, LETTERS):
        yield from village.directory.spool.glob(pattern)
