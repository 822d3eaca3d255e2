"""What is left to do once a village was founded at the screen, before it opens its doors.

The officials' sheets, the recovery sheet and its key, the first backup, the register. Nobody can
sign in yet, so that nothing of it asks for a card; instead every step asks whether the founding is
over. Once it is, there is no way back to any of them (`founding_notes`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from kiosk.core.catalogue import CHINESE, Language
from kiosk.core.clock import village_day
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.texts import Texts
from kiosk.devices import removable
from kiosk.devices.printers import Reason
from kiosk.services.differences import reading
from kiosk.services.differences.reading import Progress, Read
from kiosk.services.on_stick import OnStick
from kiosk.services.register.importing import plan
from kiosk.services.register.importing.rows import RefusedRow
from kiosk.services.upkeep import founding_notes, official_cards, recovery_key
from kiosk.services.upkeep.backup import Backup, back_up
from kiosk.services.village import Village

Step = Literal["cards", "sheet", "backup", "register"]
STEPS: Final[tuple[Step, ...]] = ("cards", "sheet", "backup", "register")
OUT: Final = "cards_out"
"""Noted once the officials' sheets were printed, or are on a stick."""
_SPARE: Final = 1_000_000
_NO_ANSWER: Final[Reason] = "unconfirmed"


@dataclass(frozen=True, kw_only=True)
class Left:
    """How far it is."""

    village: Texts
    step: Step | None
    """The next; None when only the doors are to be opened."""
    sheets: int
    """How many of the officials' sheets lie here, not printed yet."""
    printer: str
    """What prints sheets, by its setting; empty where nothing does, and a stick has to."""
    out: bool
    """Whether the officials' sheets left this machine."""


@dataclass(frozen=True, kw_only=True)
class Saved:
    """Sheets on a stick: how many, and what the stick is called."""

    sheets: int
    label: str


@dataclass(frozen=True, kw_only=True)
class FirstBackup:
    """The first backup, and its copy on a stick, if one was in."""

    made: Backup
    copied: bool = False
    label: str = ""
    """The stick's."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a register file says, and what taking it in would bring."""

    read: Read
    added: int
    known: int
    """Who is in the register already, such as the first officials."""
    waiting: int
    """What no import decides; the register desk does, when it reads the same file."""
    refused: tuple[RefusedRow, ...]
    identity_numbers: int
    """How many were dropped: the register keeps none."""


def left(village: Village) -> Left:
    """How far the founding is.

    Raises:
        ExpectedError: ``founding_over``.
    """
    notes = _notes(village)
    return Left(
        village=village.settings.name,
        step=next((each for each in STEPS if each not in notes.done), None),
        sheets=len(official_cards.lying(village)),
        printer=village.settings.printers.sign if official_cards.prints_sheets(village) else "",
        out=OUT in notes.done,
    )


def print_cards(village: Village) -> Reason:
    """Print the officials' sheets; why it stopped, or an empty text. What came out is deleted.

    Raises:
        ExpectedError: ``founding_over``.
    """
    _notes(village)
    sheets = official_cards.lying(village)
    for each in sheets:
        reason = official_cards.print_sheet(village, each.stem, each.read_bytes(), "A5")
        if reason == _NO_ANSWER:
            _note(village, OUT)
        if reason:
            return reason
        each.unlink()
    _note(village, OUT)
    return ""


def save_cards(village: Village) -> Saved:
    """Write the officials' sheets onto the stick that is in, to be printed elsewhere.

    Raises:
        ExpectedError: ``founding_over``; ``drive_missing``, ``drive_several``.
        EnvironmentFault: ``drive_full``, ``drive_read_only``, ``drive_gone``, ``drive_trouble``.
    """
    _notes(village)
    saved = _save(village, {f.name: f.read_bytes() for f in official_cards.lying(village)})
    _note(village, OUT)
    return saved


def cards_are_handed_over(village: Village) -> Left:
    """Every official holds their card and their letter; what of them lies here is deleted.

    Raises:
        ExpectedError: ``founding_over``, ``cards_not_out`` before they left this machine.
    """
    notes = _notes(village)
    sheets = official_cards.lying(village)
    if sheets and OUT not in notes.done:
        raise ExpectedError("cards_not_out")
    for each in sheets:
        each.unlink()
    return _done(village, "cards")


def print_recovery(village: Village, language: Language) -> Reason:
    """Print the recovery sheet; why it did not come out, or an empty text.

    Raises:
        ExpectedError: ``founding_over``.
    """
    _notes(village)
    sheet = recovery_key.sheet_pdf(village, language)
    return official_cards.print_sheet(village, "recovery-sheet", sheet, "A5")


def save_recovery(village: Village, language: Language) -> Saved:
    """Write the recovery sheet onto the stick that is in.

    Raises:
        ExpectedError, EnvironmentFault: as `save_cards`.
    """
    _notes(village)
    return _save(village, {"recovery-sheet.pdf": recovery_key.sheet_pdf(village, language)})


def confirm_key(village: Village, typed: str) -> Left:
    """The key was read from the sheet: whoever holds it can put the village back.

    Raises:
        ExpectedError: ``founding_over``, ``recovery_key_wrong``.
    """
    _notes(village)
    if recovery_key.parse_key(typed) != village.keys.backup:
        raise ExpectedError("recovery_key_wrong")
    return _done(village, "sheet")


def first_backup(village: Village) -> FirstBackup:
    """Back up here, and onto the stick, if one is in.

    Raises:
        ExpectedError: ``founding_over``, ``drive_several``.
        EnvironmentFault: as `back_up`; ``drive_full`` and the like.
    """
    _notes(village)
    sticks = removable.drives(village.settings.drives)
    if len(sticks) > 1:
        raise ExpectedError("drive_several")
    made = back_up(village)
    for each in sticks:
        if each.free < made.size + _SPARE:
            raise EnvironmentFault("drive_full")
        back_up(village, each.folder)
    _done(village, "backup")
    return FirstBackup(made=made, copied=bool(sticks), label=sticks[0].label if sticks else "")


def look_at_register(
    village: Village, chosen: OnStick, progress: Progress = lambda _done, _of: None
) -> Found:
    """What a register on a stick says; nothing is written.

    Raises:
        ExpectedError: ``founding_over``; as `reading.read`.
        EnvironmentFault: ``drive_gone``, ``drive_trouble``.
    """
    _notes(village)
    today, name = village_day(village.clock.now()), village.settings.name[CHINESE]
    read = reading.read(chosen, today, name, progress)
    # The first of the village may well not stand in it: another part of it is on another sheet.
    would = plan.plan(village, read.register, further_part=True)
    return Found(
        read=read,
        added=would.added,
        known=would.updated + would.unchanged,
        waiting=sum(1 for each in would.waiting if each.kind != "gone"),
        refused=would.refused,
        identity_numbers=would.identity_numbers,
    )


def take_register(
    village: Village, found: Found, progress: Progress = lambda _done, _of: None
) -> int:
    """Take in what was looked at, whole or nothing of it; how many people are new.

    Raises:
        ExpectedError: ``founding_over``.
    """
    _notes(village)
    would = plan.plan(village, found.read.register, further_part=True)
    outcome = plan.apply(village, would, progress)
    _note(village, "register")
    return outcome.added


def put_off(village: Village, step: Step) -> Left:
    """Leave a step for another day: the copy on a stick, or the register, which the desk reads too.

    Raises:
        ExpectedError: ``founding_over``; ``founding_left`` for one without which nobody can go on.
    """
    _notes(village)
    if step != "register":
        raise ExpectedError("founding_left")
    return _done(village, step)


def open_the_doors(village: Village) -> None:
    """The founding is over, and nothing leads back to it.

    Raises:
        ExpectedError: ``founding_over``, ``founding_left``.
    """
    if left(village).step is not None:
        raise ExpectedError("founding_left")
    founding_notes.forget(village.directory)


def is_left(village: Village) -> bool:
    """Whether the founding of this village is not over."""
    notes = founding_notes.read(village.directory)
    return notes.state != "asking" and notes.key == village.keys.verifier.text()


def _notes(village: Village) -> founding_notes.Notes:
    if not is_left(village):
        raise ExpectedError("founding_over")
    return founding_notes.read(village.directory)


def _done(village: Village, step: Step) -> Left:
    _note(village, step)
    return left(village)


def _note(village: Village, what: str) -> None:
    def noted(notes: founding_notes.Notes) -> founding_notes.Notes:
        return replace(notes, done=tuple(dict.fromkeys((*notes.done, what))))

    founding_notes.change(village.directory, noted)


def _save(village: Village, sheets: dict[str, bytes]) -> Saved:
    drive = removable.the_one(village.settings.drives)
    if drive.free < sum(map(len, sheets.values())) + _SPARE:
        raise EnvironmentFault("drive_full")
    for name, content in sheets.items():
        removable.write(drive, Path(name).name, content)
    return Saved(sheets=len(sheets), label=drive.label)
