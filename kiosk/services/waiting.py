"""How much waits for an official, by the work that it is: what their tiles say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from kiosk.services.access import acting, roles
from kiosk.services.access.roles import Act
from kiosk.services.cases import decide, hand_overs, panel, paper_notices, second_review
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
    return {
        act: count(village, session_id) for act, count in _COUNTED.items() if roles.may(act, held)
    }


def _to_decide(village: Village, session_id: str) -> Waiting:
    mine = [line.due_on for line in decide.queue(village, session_id) if line.mine_to_decide]
    again = second_review.waiting(village, session_id)
    return _counted([*mine, *(None for _ in again)])


def _to_hand_over(village: Village, session_id: str) -> Waiting:
    notices = (each.deliver_by for each in paper_notices.waiting(village, session_id))
    papers = (each.deliver_by for each in hand_overs.waiting(village, session_id))
    return _counted([*notices, *papers])


def _to_correct(village: Village, session_id: str) -> Waiting:
    return Waiting(len(corrections.corrections_waiting(village, session_id)))


def _to_hear(village: Village, session_id: str) -> Waiting:
    seats = panel.my_panels(village, session_id)
    return _counted([seat.due_on for seat in seats if not seat.voted])


def _to_mend(village: Village, _session_id: str) -> Waiting:
    return Waiting(doctor.troubles(village))


def _to_look_at(village: Village, session_id: str) -> Waiting:
    return Waiting(archive.wanting_a_look(village, session_id))


def _counted(days: Iterable[date | None]) -> Waiting:
    listed = list(days)
    return Waiting(len(listed), min((day for day in listed if day), default=None))


_COUNTED: Final[Mapping[Act, Callable[[Village, str], Waiting]]] = {
    "decide_case": _to_decide,
    "hand_over_notice": _to_hand_over,
    "correct_register": _to_correct,
    "hear_appeal": _to_hear,
    "back_up": _to_mend,
    "tend_printer": _to_look_at,
}
