"""What of papers is kept in memory and nowhere else: secrets and people's own data."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kiosk.services.village import Village

NOT_KEPT: Final[Mapping[str, str]] = {
    "enrolment_card": "card_not_kept",
    "data_copy": "copy_not_kept",
}
"""Papers whose content never enters the database, and what is said when it is gone."""
LET_GO: Final = frozenset({"letter"})
"""Papers whose words leave the queue as soon as they are out: they stand where their person ends
them. What was signed for them stays, and says none of it."""
UNSIGNED: Final = frozenset({*NOT_KEPT, "visit_sheet", "sign_list", "offset_sheet"})
"""Papers that are no checkpoint: nobody is to trust what an empty sheet or a list says."""


@dataclass(frozen=True)
class _Held:
    content: bytes
    until: datetime | None


class _InHand:
    """What is kept between asking and printing in memory, and nowhere else.

    A card's QR text, whose token is stored as a hash; the sheets of a copy of one's data. When the
    program ends before they came out, the clerk draws another card, and the person asks for
    another copy.
    """

    def __init__(self) -> None:
        self._held: dict[tuple[str, int], _Held] = {}
        self._lock = threading.Lock()

    def keep(
        self, village: Village, job_id: int, content: bytes, until: datetime | None = None
    ) -> None:
        """Hold the content of a queued paper, for ever or until a moment."""
        with self._lock:
            self._held[village.database.url, job_id] = _Held(content, until)

    def content(self, village: Village, job_id: int) -> bytes:
        """The content of a queued paper; empty when this process does not hold it any more."""
        with self._lock:
            held = self._held.get((village.database.url, job_id))
            if held is None:
                return b""
            if held.until is not None and village.clock.now() >= held.until:
                del self._held[village.database.url, job_id]
                return b""
            return held.content

    def drop(self, village: Village, job_id: int) -> None:
        """Forget the content."""
        with self._lock:
            self._held.pop((village.database.url, job_id), None)


in_hand = _InHand()


class _CalledOff:
    """Papers that a person wants back while a printer has them: told to the spooler in memory.

    When the program ends meanwhile, the printer goes on with the paper, and the list says so.
    """

    def __init__(self) -> None:
        self._jobs: set[tuple[str, int]] = set()
        self._lock = threading.Lock()

    def add(self, village: Village, job_id: int) -> None:
        """Ask for a paper back."""
        with self._lock:
            self._jobs.add((village.database.url, job_id))

    def has(self, village: Village, job_id: int) -> bool:
        """Whether a paper is wanted back."""
        with self._lock:
            return (village.database.url, job_id) in self._jobs

    def drop(self, village: Village, job_id: int) -> None:
        """The paper ended, one way or the other."""
        with self._lock:
            self._jobs.discard((village.database.url, job_id))


called_off = _CalledOff()
