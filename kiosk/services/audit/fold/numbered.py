"""The numbers of rules and rounds in a village of version 0.1, whose entries do not say them."""

from __future__ import annotations

from kiosk.models.rulebook import RuleVersion
from kiosk.models.stars import DoorSign, Rating, StarRound
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.takers import takes
from kiosk.services.ledger.contents import Told


@takes("numbered")
def numbered(state: State, _entry: Entry, told: Told) -> None:
    """What stood in the tables at the carry-over, and said nowhere else or later."""
    if not state.carries_over:
        state.not_allowed("nothing was carried over")
        return
    for rule, version, number, place in told["rules"]:
        of_rule = {"rule": rule, "version": version}
        state.change(RuleVersion, of_rule, id=number, place_in_book=place)
    for year, quarter, number in told["rounds"]:
        was = state.get(StarRound, year=year, quarter=quarter).id
        state.change(StarRound, {"id": was}, id=number)
        for table in (Rating, DoorSign):
            state.change(table, {"round_id": was}, round_id=number)
