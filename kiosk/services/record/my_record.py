"""What somebody sees who opens their own record: one state of everything that the page says."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.services.access import acting
from kiosk.services.cases.confirmations import confirmable_in
from kiosk.services.cases.disowned import asked_in
from kiosk.services.cases.notices import notices_in
from kiosk.services.cases.panel import my_panels_in
from kiosk.services.consent.pauses import standing_pause
from kiosk.services.record.number import Record, record_in
from kiosk.services.village import Village

_TO_ANSWER = frozenset({"accept", "reply", "read"})


@dataclass(frozen=True, kw_only=True)
class Opened:
    """The record, whether it pauses, and how many things wait for this person's answer or vote."""

    record: Record
    paused: bool
    news: int
    panels: int
    asked: int
    """How many reports were handed in with their card at an earlier visit."""


def opened(village: Village, session_id: str) -> Opened:
    """The signed-in person's record, and what waits for them.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.reading(village, session_id) as work:
        told = sum(each.needs in _TO_ANSWER for each in notices_in(work))
        return Opened(
            record=record_in(work),
            paused=standing_pause(work.session, work.who.resident_id) is not None,
            news=told + len(confirmable_in(work)),
            panels=sum(not each.voted for each in my_panels_in(work)),
            asked=len(asked_in(work)),
        )
