"""Talks before joining, corrections asked for, and copies taken, as the log gives them."""

from __future__ import annotations

from kiosk.models.enrolment import EnrolmentTalk
from kiosk.models.my_data import CorrectionRequest
from kiosk.models.register import Household, Resident
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.stored import UNSAID
from kiosk.services.audit.fold.takers import takes
from kiosk.services.enrolment.explanation import RIGHT_ANSWERS
from kiosk.services.ledger.contents import Told
from kiosk.services.my_data.corrections import DECLINE_REASONS, WAITING


@takes("enrolment_talk")
def enrolment_talk(state: State, entry: Entry, told: Told) -> None:
    """What was read aloud and answered; what was understood follows from the answers."""
    if told["clerk"] == told["resident"]:
        state.not_allowed("one's own")
    if not told["read_aloud"]:
        state.not_allowed("not read aloud")
    for question, answer, understood in told["answers"]:
        if understood != (RIGHT_ANSWERS[question] == answer):
            state.not_allowed("not what was answered")
    state.put(
        EnrolmentTalk,
        resident_id=told["resident"],
        clerk_id=told["clerk"],
        text_version=told["text_version"],
        read_aloud=told["read_aloud"],
        answers=told["answers"],
        at=entry.at,
        ledger_index=entry.index,
    )


@takes("correction_requested")
def correction_requested(state: State, entry: Entry, told: Told) -> None:
    """Somebody asks for a correction; the entry has a digest of their words since 0.2."""
    state.put(
        CorrectionRequest,
        id=told["request"],
        resident_id=told["resident"],
        what=told["what"],
        words=told.get("words_digest", UNSAID),
        state="open",
        asked_at=entry.at,
    )


@takes("correction")
def correction(state: State, entry: Entry, told: Told) -> None:
    """An answer to a request that waits, by somebody else; a no has one of the listed reasons."""
    asked = state.get(CorrectionRequest, id=told["request"])
    if asked.state not in WAITING:
        state.not_allowed("was answered")
    if told["by"] == asked.resident_id:
        state.not_allowed("one's own")
    if (told["state"] == "declined") != (told["reason"] in DECLINE_REASONS):
        state.not_allowed("no listed reason")
    state.change(
        CorrectionRequest,
        {"id": asked.id},
        state=told["state"],
        reason=told["reason"],
        sentence=told.get("sentence_digest", UNSAID),
        answered_by=told["by"],
        answered_at=entry.at,
    )


@takes("copy_asked", "copy_taken")
def copy(_state: State, _entry: Entry, _told: Told) -> None:
    """A copy of one's data is one's own; no row of a table comes of it."""


@takes("household_corrected")
def household_corrected(state: State, _entry: Entry, told: Told) -> None:
    """Somebody was moved; the entry before it says what of them changed."""
    person = state.get(Resident, id=told["resident"])
    if person is None or person.household_id != told["to"]:
        state.not_allowed("the person was not moved")


@takes("plate_corrected")
def plate_corrected(state: State, _entry: Entry, told: Told) -> None:
    """A house got another plate; the entry before it says which, by digests."""
    if state.get(Household, id=told["household"]) is None:
        state.not_allowed("no such household")
