"""Cards, offices, and who looked at whom, as the log gives them; who held an office at an entry."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from kiosk.core.clock import village_day
from kiosk.core.encoding import digest_of
from kiosk.models.access import Card, RecordView, RoleGrant
from kiosk.models.consent import Leaving
from kiosk.services.access import first_pin, offices, pins
from kiosk.services.access.cards import CARD_LAPSED, PIN_BOUND, PIN_DRAWN
from kiosk.services.access.peppers import CARD_ISSUED, PEPPER_CHANGED, SIGN_IN
from kiosk.services.access.roles import ROLES, Role, may
from kiosk.services.access.views import PURPOSES, VIEWED, VIEWED_ROW
from kiosk.services.audit.fold import apart
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.stored import UNSAID
from kiosk.services.audit.fold.takers import takes
from kiosk.services.ledger.contents import Told

_FOUNDING: Final = timedelta(minutes=1)
"""The first offices are given in one transaction."""
_NOT_DRAWN, _NOT_TRIED = digest_of(pins.NOT_DRAWN), digest_of(pins.NOT_TRIED)
"""What the log keeps of a PIN that is none yet."""


def held(state: State, resident_id: int) -> frozenset[Role]:
    """The offices by which somebody can act at the entry that is being taken in."""
    rows = state.rows(RoleGrant, resident_id=resident_id, ended_at=None)
    return frozenset(
        role for role in ROLES if role in {each.role for each in rows if each.paused_at is None}
    )


def keeps(state: State, resident_id: int) -> frozenset[str]:
    """The offices that somebody has, those that rest as well."""
    rows = state.rows(RoleGrant, resident_id=resident_id, ended_at=None)
    return frozenset(each.role for each in rows)


@takes(CARD_ISSUED)
def card_issued(state: State, entry: Entry, told: Told) -> None:
    """A card, in whose place the ones before end; what the machine issues opens an office.

    Entries of 0.1 do not say what opens the card, nor since when it opens an office.
    """
    if told["clerk"] == told["resident"]:
        state.not_allowed("one's own")
    said = "token" in told
    state.change(Card, {"resident_id": told["resident"], "ended_at": None}, ended_at=entry.at)
    by_machine = entry.at if told["clerk"] is None else None
    state.put(
        Card,
        id=told["card"],
        resident_id=told["resident"],
        number=told.get("number_digest", UNSAID),
        token_hash=told.get("token", UNSAID),
        pin_hash=told.get("pin_digest", UNSAID),
        issued_at=entry.at,
        vouched_at=by_machine if said else UNSAID,
        foreign=told.get("foreign", False),
        ledger_index=entry.index,
    )


def cards_carried_over(state: State, told: Told) -> None:
    """Which cards of before open an office, since they were issued."""
    for card in state.rows(Card, vouched_at=UNSAID) if offices.VOUCHED in told else ():
        opens = card.issued_at if card.id in told[offices.VOUCHED] else None
        state.change(Card, {"id": card.id}, vouched_at=opens)


@takes(PIN_DRAWN)
def pin_drawn(state: State, entry: Entry, told: Told) -> None:
    """The holder of a card from the desk has seen its PIN; only once, and not of an ended card."""
    card = state.get(Card, id=told["card"], resident_id=told["resident"])
    if card.pin_hash != _NOT_DRAWN or card.ended_at is not None:
        state.not_allowed("was drawn")
    if card.lost_at is not None or card.blocked_at is not None:
        state.not_allowed("of a card that is stopped")
    if entry.at >= first_pin.lapses(first_pin.waits_since(card)):
        state.not_allowed("too late")
    state.change(Card, {"id": told["card"]}, pin_hash=_NOT_TRIED)


@takes(CARD_LAPSED)
def card_lapsed(state: State, entry: Entry, told: Told) -> None:
    """A card from the desk whose PIN nobody fetched ends, and not before its day."""
    card = state.get(Card, id=told["card"], resident_id=told["resident"])
    if card.pin_hash not in (_NOT_DRAWN, _NOT_TRIED) or card.ended_at is not None:
        state.not_allowed("has its PIN")
    if entry.at < first_pin.lapses(first_pin.waits_since(card)):
        state.not_allowed("before its day")
    state.change(Card, {"id": told["card"]}, ended_at=entry.at)


@takes(PIN_BOUND)
def pin_bound(state: State, _entry: Entry, told: Told) -> None:
    """The hash of a PIN is made anew, once; or made at last, when its holder has tried it."""
    card = state.get(Card, id=told["card"], resident_id=told["resident"])
    if card.pin_hash not in (UNSAID, _NOT_TRIED):
        state.not_allowed("was bound")
    opens = {"number": told["number_digest"], "token_hash": told["token"]}
    state.change(Card, {"id": told["card"]}, pin_hash=told["pin_digest"], **opens)


@takes(offices.CARD_VOUCHED)
def card_vouched(state: State, entry: Entry, told: Told) -> None:
    """An officer who is somebody else says that a card is in the right hands."""
    card = state.get(Card, id=told["card"], resident_id=told["resident"])
    if told["by"] == told["resident"] or "officer" not in held(state, told["by"]):
        state.not_allowed("no other officer")
    if card.ended_at is not None:
        state.not_allowed("the card has ended")
    state.change(Card, {"id": told["card"]}, vouched_at=entry.at)


@takes(offices.ROLE_GRANTED)
def role_granted(state: State, entry: Entry, told: Told) -> None:
    """An office begins: at the founding, by two officers, or where two are no longer left."""
    if told["role"] not in ROLES or told["role"] in keeps(state, told["resident"]):
        state.not_allowed("no office that is free")
    if state.rows(Leaving, resident_id=told["resident"], ended_at=None):
        state.not_allowed("wants to leave")
    if told["by"] is not None:
        two_officers(state, told, told["by"] != told["resident"])
    elif told.get("reason") == offices.IN_AN_EMERGENCY:
        if len(_homes_of_officers(state)) > 1:
            state.not_allowed("officers were left")
    elif any(entry.at - each.granted_at > _FOUNDING for each in state.rows(RoleGrant)):
        state.not_allowed("founded before")
    until = told.get("last_day")
    last_day = until and date.fromisoformat(until)
    if last_day and last_day > village_day(entry.at) + offices.LONGEST_TERM:
        state.not_allowed("for too long")
    row = {"resident_id": told["resident"], "role": told["role"], "granted_at": entry.at}
    state.put(RoleGrant, last_day=last_day, **row)


@takes(offices.ROLE_ENDED)
def role_ended(state: State, entry: Entry, told: Told) -> None:
    """An office ends; one's own, too, where another officer agrees."""
    standing = {"resident_id": told["resident"], "role": told["role"], "ended_at": None}
    if told["by"] is None:
        _by_itself(state, entry, told)
    else:
        own = told["by"] == told["resident"]
        two_officers(state, told, not own or told.get("reason", "resigned") == "resigned")
    if not state.change(RoleGrant, standing, ended_at=entry.at):
        state.not_allowed("no office stood")


@takes(SIGN_IN)
def sign_in(state: State, _entry: Entry, told: Told) -> None:
    """Somebody comes to work, in offices that they hold, with a card that opens them.

    The entries of the cards of who left are erased; those of their work stay.
    """
    if not {*told["roles"]} <= held(state, told["official"]):
        state.not_allowed("without the office")
    had_card = state.rows(Card, resident_id=told["official"])
    if had_card and not _has_card_that_opens(state, told["official"]):
        state.not_allowed("with a card that opens no office")


@takes("record_view")
def record_view(state: State, entry: Entry, told: Told) -> None:
    """A look, by somebody whose office allows it; a seat on a panel does, too, to hear a case."""
    roles, purpose = held(state, told["viewer"]), told["purpose"]
    if not may(PURPOSES[purpose], roles) and purpose != "hear_appeal":
        state.not_allowed("without the office")
    state.put(
        RecordView,
        viewer_id=told["viewer"],
        subject_id=told["subject"],
        purpose=purpose,
        at=entry.at,
        ledger_index=entry.index,
    )


@takes(VIEWED)
def records_viewed(state: State, entry: Entry, told: Told) -> None:
    """A look at many people's records, by somebody whose office allows it; a row for each."""
    if not may(PURPOSES[told["purpose"]], held(state, told["viewer"])):
        state.not_allowed("without the office")
    for what, subject in state.rows_under(entry.index):
        if what != VIEWED_ROW:
            state.not_allowed("not a look")
        state.put(
            RecordView,
            viewer_id=told["viewer"],
            subject_id=subject,
            purpose=told["purpose"],
            at=entry.at,
            ledger_index=entry.index,
        )


@takes("sign_out", PEPPER_CHANGED)
def no_row(_state: State, _entry: Entry, _told: Told) -> None:
    """Sessions are no table of the log; the pepper's name is read from its entry."""


def _by_itself(state: State, entry: Entry, told: Told) -> None:
    """Nobody ended it: its last day is over."""
    office = state.get(RoleGrant, resident_id=told["resident"], role=told["role"], ended_at=None)
    if office is None or office.last_day is None or village_day(entry.at) <= office.last_day:
        state.not_allowed("before its day")


def two_officers(state: State, told: Told, may_be: bool) -> None:
    """Note what is not by two officers; entries of 0.1 name the one who was enough then."""
    by, second = told["by"], told.get("second")
    wanted = [by] if second is None else [by, second]
    if not may_be or second in (by, told["resident"]):
        state.not_allowed("one's own")
    if second is not None and any(
        apart.of_one_household(state, second, each) for each in (by, told["resident"])
    ):
        state.not_allowed("by one household")
    if any("officer" not in held(state, each) for each in wanted):
        state.not_allowed("without the office")


def _homes_of_officers(state: State) -> set[int]:
    """In how many households, and which, somebody has the office and a card that opens it."""
    officers = {each.resident_id for each in state.rows(RoleGrant, role="officer", ended_at=None)}
    able = (each for each in officers if _has_card_that_opens(state, each))
    return {home for each in able if (home := apart.home(state, each)) is not None}


def _has_card_that_opens(state: State, resident_id: int) -> bool:
    cards = state.rows(Card, resident_id=resident_id, ended_at=None, lost_at=None)
    return any(each.vouched_at is not None for each in cards)
