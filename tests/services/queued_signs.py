"""A door sign, and what queues it."""

from __future__ import annotations

from datetime import date

from kiosk.documents.door_sign import DimensionStars, DoorSign
from kiosk.services.ledger import log
from kiosk.services.printing import papers, queue
from kiosk.services.printing.media import QueuedMedia
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.worlds.names import YANGQIAO

SIGN = DoorSign(
    village=YANGQIAO,
    lane="桥头巷",
    number="12-3",
    year=2026,
    quarter=4,
    premises="home",
    dimensions=(DimensionStars("courtyard", 5), DimensionStars("rules", None)),
    valid_until=date(2027, 6, 30),
    serial="S26Q4-0123",
    qr_text="",
)


def queue_sign(village: Village, sign: DoorSign = SIGN, media: QueuedMedia = "A5") -> int:
    """The sign waits for the printer, with an entry of its own; its job."""
    with writing(village) as work:
        index = log.append(work, "test", {"reference": sign.serial})
        return queue.enqueue(
            work,
            paper="door_sign",
            reference=sign.serial,
            media=media,
            payload=papers.payload_of(sign),
            covers=index,
            note_lines=(f"serial {sign.serial}",),
        )
