"""Consents and pauses, as the log gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kiosk.core.ages import is_adult
from kiosk.core.clock import village_day
from kiosk.models.consent import Consent, Leaving, Pause
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.takers import takes
from kiosk.services.consent.consents import CONSENT_TEXT_VERSION, Purpose
from kiosk.services.ledger.contents import Told


def standing(state: State, resident_id: int, purpose: Purpose) -> Sequence[Any]:
    """The consents to the text of today that stand at the entry that is being taken in."""
    current = {"text_version": CONSENT_TEXT_VERSION, "withdrawn_at": None}
    return state.rows(Consent, resident_id=resident_id, purpose=purpose, **current)


def enrolled(state: State, person: Any) -> bool:
    """Who is here, does not pause, and consented of age to the text of today."""
    given = standing(state, person.id, "number")
    paused = state.rows(Pause, resident_id=person.id, ended_at=None)
    of_age = any(is_adult(person.born_on, village_day(each.given_at)) for each in given)
    return person.active and not paused and of_age


@takes("consent_given")
def consent_given(state: State, entry: Entry, told: Told) -> None:
    """One more consent of a person to a purpose; who wants to leave gives none."""
    if state.rows(Leaving, resident_id=told["resident"], ended_at=None):
        state.not_allowed("wants to leave")
    state.put(
        Consent,
        resident_id=told["resident"],
        purpose=told["purpose"],
        text_version=told["text_version"],
        given_at=entry.at,
        ledger_index=entry.index,
    )


@takes("consent_withdrawn")
def consent_withdrawn(state: State, entry: Entry, told: Told) -> None:
    """What stands of it, of whatever version of the text, stands no longer."""
    standing = {
        "resident_id": told["resident"],
        "purpose": told["purpose"],
        "withdrawn_at": None,
    }
    if not state.change(Consent, standing, withdrawn_at=entry.at):
        state.not_allowed("no consent stood")


@takes("paused")
def paused(state: State, entry: Entry, told: Told) -> None:
    """A rest begins, unless one lasts already."""
    if state.get(Pause, resident_id=told["resident"], ended_at=None):
        state.not_allowed("a pause stood")
    state.put(Pause, resident_id=told["resident"], since=entry.at)


@takes("resumed")
def resumed(state: State, entry: Entry, told: Told) -> None:
    """The rest ends."""
    standing = {"resident_id": told["resident"], "ended_at": None}
    if not state.change(Pause, standing, ended_at=entry.at):
        state.not_allowed("no pause stood")
