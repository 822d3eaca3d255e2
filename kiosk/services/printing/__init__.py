"""The printing room: papers are queued with the entry they prove, and followed to the end.

`queue` (what is to be printed, and what became of it), `papers` (plain values to a paper),
`spooler` (from the queue to the printers), `reprints` (who may have a paper again, and that it is
a look), `archive` (the papers of this terminal, one line each).
"""

from kiosk.services.printing.archive import PaperLine, archive
from kiosk.services.printing.papers import payload_of
from kiosk.services.printing.queue import (
    JobView,
    came_out,
    cancel,
    enqueue,
    enqueue_card,
    enqueue_copy,
    enqueue_slip,
    erase,
    erase_copies,
    jobs,
    on_their_way,
    print_again,
    slip_media,
    state,
)
from kiosk.services.printing.reprints import PURPOSES, REPRINTS
from kiosk.services.printing.spooler import Spooler, print_next

__all__ = [
    "PURPOSES",
    "REPRINTS",
    "JobView",
    "PaperLine",
    "Spooler",
    "archive",
    "came_out",
    "cancel",
    "enqueue",
    "enqueue_card",
    "enqueue_copy",
    "enqueue_slip",
    "erase",
    "erase_copies",
    "jobs",
    "on_their_way",
    "payload_of",
    "print_again",
    "print_next",
    "slip_media",
    "state",
]
