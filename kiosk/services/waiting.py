"""How much waits for an official, by the work that it is: what their tiles say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from kiosk.services.access import acting, roles
from kiosk.services.access.acting import Acting
from kiosk.services.access.roles import Act
from kiosk.services.cases import decide, hand_overs, paper_notices, second_review
from kiosk.services.cases.views import panel_view
from kiosk.services.households import events
from kiosk.services.my_data import corrections
from kiosk.services.printing import archive
from kiosk.services.upkeep import doctor
from kiosk.services.village import Village


@dataclass(frozen=True)
class Waiting:
    """So many things, and the last day of the most urgent of them, if one has a day."""

    count: int
    soonest: date | None = None


def waiting(village: Village, session_id: str) -> Mapping[Act, Waiting]:
    """What this official's offices let them do and waits to be done; what is nothing, too.

    Nobody is looked at: of each thing there is no more than that it waits.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.reading(village, session_id) as work:
        held = work.who.roles
        return {act: count(work) for act, count in _COUNTED.items() if roles.may(act, held)}


def _to_decide(work: Acting) -> Waiting:
    mine = [line.due_on for line in decide.queue_in(work) if line.mine_to_decide]
    again = second_review.waiting_in(work)
    return _counted([*mine, *(None for _ in again)])


def _to_hand_over(work: Acting) -> Waiting:
    notices = (each.deliver_by for each in paper_notices.waiting_in(work))
    papers = (each.deliver_by for each in hand_overs.waiting_in(work))
    return _counted([*notices, *papers])


def _to_correct(work: Acting) -> Waiting:
    return Waiting(len(corrections.corrections_waiting_in(work)))


def _to_take_effect(work: Acting) -> Waiting:
    """What was written down of families and can still be taken back."""
    return Waiting(len(events.waiting_in(work)))


def _to_hear(work: Acting) -> Waiting:
    seats = panel_view.my_panels_in(work)
    return _counted([seat.due_on for seat in seats if not seat.voted])


def _to_mend(work: Acting) -> Waiting:
    return Waiting(doctor.troubles(work.village))


def _to_look_at(work: Acting) -> Waiting:
    return Waiting(archive.wanting_a_look(work))


def _counted(days: Iterable[date | None]) -> Waiting:
    listed = list(days)
    return Waiting(len(listed), min((day for day in listed if day), default=None))


_COUNTED: Final[Mapping[Act, Callable[[Acting], Waiting]]] = {
    "decide_case": _to_decide,
    "hand_over_notice": _to_hand_over,
    "correct_register": _to_correct,
    "keep_register": _to_take_effect,
    "hear_appeal": _to_hear,
    "back_up": _to_mend,
    "tend_printer": _to_look_at,
}
