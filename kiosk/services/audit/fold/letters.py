"""Letters of residents about themselves, as the log gives them."""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.models.letters import Letter
from kiosk.services.audit.fold import consent
from kiosk.services.audit.fold.compare import SLACK
from kiosk.services.audit.fold.days import days_of
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.takers import takes
from kiosk.services.ledger.contents import Told
from kiosk.services.letters import letters


@takes(letters.ISSUED)
def letter_issued(state: State, entry: Entry, told: Told) -> None:
    """A letter of somebody who agreed to letters, for one of the terms that there are."""
    until = date.fromisoformat(told["until"])
    held = [(until - day).days for day in days_of(entry)]
    if not any(each in letters.DAYS for each in held):
        state.not_allowed("not as long as one holds")
    years = {(until - timedelta(days=each)).year for each in held}
    if told["reference"] not in [f"{letters.MARK}{each}-{entry.index:04d}" for each in years]:
        state.not_allowed("not its number")
    if not consent.standing(state, told["resident"], "letter"):
        state.not_allowed("without consent")
    state.put(
        Letter,
        id=told["letter"],
        reference=told["reference"],
        resident_id=told["resident"],
        language=told["language"],
        says=told["says"],
        issued_at=entry.at,
        valid_until=until,
        ledger_index=entry.index,
    )


@takes(letters.ENDED)
def letter_ended(state: State, entry: Entry, told: Told) -> None:
    """Its person ended it, or took the consent back that it rested on; once."""
    found, why = state.get(Letter, id=told["letter"]), told["why"]
    if found.resident_id != told["resident"]:
        state.not_allowed("somebody else's")
    if found.ended_at is not None:
        state.not_allowed("was over")
    if why == letters.CONSENT and consent.standing(state, found.resident_id, "letter"):
        state.not_allowed("the consent stands")
    if why == letters.TAKEN_BACK and entry.at > found.issued_at + letters.TAKEN_BACK_WITHIN + SLACK:
        state.not_allowed("too late")
    says = {"says": ""} if why == letters.TAKEN_BACK else {}
    state.change(Letter, {"id": found.id}, ended_at=entry.at, ended_why=why, **says)
