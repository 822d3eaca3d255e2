"""Panels, as the log gives them: drawn again from their seeds, and every seat and vote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from kiosk.core.clock import start_of_day, village_day
from kiosk.models.cases import PanelDraw, PanelSeat, ReportingPause
from kiosk.models.register import Resident
from kiosk.services.access.roles import may
from kiosk.services.audit.fold import apart, consent
from kiosk.services.audit.fold.access import held
from kiosk.services.audit.fold.compare import SLACK
from kiosk.services.audit.fold.known import known
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.stored import UNSAID
from kiosk.services.audit.fold.takers import takes
from kiosk.services.cases import panel_draw, reasons
from kiosk.services.cases.panel import MAJORITY, PAUSE_DAYS
from kiosk.services.ledger import lot
from kiosk.services.ledger.contents import Told

_HEARD = ("appealed", "effective")
_OTHER = "not who follows in the draw"


@takes("correction_asked")
def correction_asked(state: State, _entry: Entry, told: Told) -> None:
    """An officer thinks that something counts wrongly: a panel is drawn at once."""
    case = known(state, told)
    if case is None:
        return
    if case.state != "effective" or told["by"] in (case.subject_id, case.reporter_id):
        state.not_allowed("nothing to correct")
    state.owe("panel_list")


@takes("panel_list")
def panel_list(state: State, entry: Entry, told: Told) -> None:
    """Who could be drawn is written down before the lot."""
    case = known(state, told)
    if case is None:
        return
    listed = {resident_id for resident_id, _ in told["candidates"]}
    if case.state not in _HEARD or state.get(PanelDraw, case_id=case.id):
        state.not_allowed("no panel was to be drawn")
    if {case.subject_id, case.reporter_id} & listed:
        state.not_allowed("somebody involved could be drawn")
    state.put(
        PanelDraw,
        case_id=case.id,
        tree_size=UNSAID,
        seed=UNSAID,
        candidates=told["candidates"],
        drawn_at=entry.at,
        ledger_index=UNSAID,
    )
    state.owe("panel")


@takes("panel")
def drawn(state: State, entry: Entry, told: Told) -> None:
    """The lot: its seed is that of the log, and it seats those whom the seed seats."""
    case = known(state, told)
    if case is None:
        return
    seed, root = told["seed"], state.root_at(told["size"])
    if told["size"] != entry.index or (root and seed != lot.seed_of(root, case.reference)):
        state.not_allowed("not the seed of the log")
    candidates = panel_draw.pairs(state.get(PanelDraw, case_id=case.id).candidates)
    if told["seated"] != panel_draw.seated_by(seed, candidates):
        state.not_allowed("not whom the lot seats")
    draw = {"tree_size": told["size"], "seed": seed, "drawn_at": entry.at}
    state.change(PanelDraw, {"case_id": case.id}, ledger_index=entry.index, **draw)
    seats = told.get("seats", [UNSAID] * len(told["seated"]))
    for resident_id, seat in zip(told["seated"], seats, strict=True):
        state.put(PanelSeat, id=seat, case_id=case.id, resident_id=resident_id)


@takes("panel_seat")
def panel_seat(state: State, entry: Entry, told: Told) -> None:
    """A member steps aside, and the next in the draw takes the seat."""
    case = known(state, told)
    if case is None:
        return
    seat = {"case_id": case.id, "resident_id": told["left"], "left_at": None, "uphold": None}
    if not state.change(PanelSeat, seat, left_at=entry.at):
        state.not_allowed("not a seat to leave")
    if entry.index > state.began:
        _check_follows(state, case.id, told["follows"])
    if told["follows"] is not None:
        seat_id = told.get("seat", UNSAID)
        state.put(PanelSeat, id=seat_id, case_id=case.id, resident_id=told["follows"])


def _check_follows(state: State, case_id: int, told: int | None) -> None:
    """Who follows in the draw is the next who serves, or somebody who did and has left since.

    The entries of who leaves are erased, so that the log does not know any more that they served.
    """
    draw, seats = state.get(PanelDraw, case_id=case_id), state.rows(PanelSeat, case_id=case_id)
    sitting = {each.resident_id for each in seats if each.left_at is None}
    had = {each.resident_id for each in seats}
    candidates = panel_draw.pairs(draw.candidates)
    free = {each for each, _ in candidates if each not in had and _serves(state, each)}
    follows = partial(panel_draw.following, draw.seed, candidates, sitting=sitting)
    if told == follows(free):
        return
    if told is None or told in had or told != follows(free | {told}) or _is_here(state, told):
        state.not_allowed(_OTHER)
    else:
        state.not_allowed_unless_gone(_OTHER, told)


def _serves(state: State, resident_id: int) -> bool:
    """An officer, or somebody enrolled whose consent to sit on panels stands."""
    if not _is_here(state, resident_id):
        return False
    person = state.get(Resident, id=resident_id)
    agreed = consent.standing(state, resident_id, "panel") and consent.enrolled(state, person)
    return bool(agreed) or may("hear_appeal", held(state, resident_id))


def _is_here(state: State, resident_id: int) -> bool:
    person = state.get(Resident, id=resident_id)
    return person is not None and person.active


@takes("panel_vote")
def panel_vote(state: State, entry: Entry, told: Told) -> None:
    """A member votes, once, for a listed reason; the second vote of a kind decides."""
    case = known(state, told)
    if case is None:
        return
    uphold = told["uphold"]
    seat = {"case_id": case.id, "resident_id": told["by"], "left_at": None, "uphold": None}
    given = {name: told[name] for name in ("uphold", "malice", "reason", "sentence")}
    if case.state not in _HEARD or not state.change(PanelSeat, seat, voted_at=entry.at, **given):
        state.not_allowed("no seat to vote from")
    if apart.involved(state, case, told["by"]):
        state.not_allowed("by somebody involved")
    if told["reason"] not in reasons.panel_reasons(case.kind, uphold, case.state):
        state.not_allowed("no listed reason")
    if told["malice"] and (uphold or case.kind != "concern"):
        state.not_allowed("malice in nothing that was overturned")
    decides = len(_side(state, case, uphold)) >= MAJORITY
    if decides and (case.state == "appealed" or not uphold):
        state.owe("decision")


def has_decided(state: State, told: Told, case: Any) -> bool:
    """Whether two members who sit voted for what a panel's move says, its maker among them."""
    deciding = _side(state, case, told["move"] == "uphold")
    return len(deciding) >= MAJORITY and told["by"] in {each.resident_id for each in deciding}


def _side(state: State, case: Any, uphold: bool) -> Sequence[Any]:
    seats = state.rows(PanelSeat, case_id=case.id, left_at=None)
    return [each for each in seats if each.uphold is uphold]


@takes("reporting_paused")
def reporting_paused(state: State, entry: Entry, told: Told) -> None:
    """Two members found malice: the reporter hands in nothing about others for so long."""
    case = known(state, told)
    if case is None:
        return
    until = datetime.fromisoformat(told["until"])
    malice = [each for each in _side(state, case, False) if each.malice]
    if len(malice) < MAJORITY or told["resident"] != case.reporter_id:
        state.not_allowed("no malice was found")
    if until not in {_pause_from(entry.at), _pause_from(entry.at - SLACK)}:
        state.not_allowed("until another day")
    state.put(
        ReportingPause,
        resident_id=told["resident"],
        case_id=case.id,
        until=until,
        ledger_index=entry.index,
    )


def _pause_from(at: datetime) -> datetime:
    return start_of_day(village_day(at) + timedelta(days=PAUSE_DAYS))
