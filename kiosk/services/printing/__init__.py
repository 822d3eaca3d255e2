"""The printing room: papers are queued with the entry they prove, and followed to the end.

`queue` (what is to be printed, and what became of it), `papers` (plain values to a paper),
`spooler` (from the queue to the printers), `reprints` (who may have a paper again, and that it is
a look), `archive` (the papers of this terminal, one line each).
"""

from kiosk.services.printing.addressed import Reader, anybody, reader, slip_for
from kiosk.services.printing.archive import PaperLine, archive
from kiosk.services.printing.code_words import code_words, printed_day
from kiosk.services.printing.marks import name_mark
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
    erase_slips,
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
    "Reader",
    "Spooler",
    "anybody",
    "archive",
    "came_out",
    "cancel",
    "code_words",
    "enqueue",
    "enqueue_card",
    "enqueue_copy",
    "enqueue_slip",
    "erase",
    "erase_copies",
    "erase_slips",
    "jobs",
    "name_mark",
    "on_their_way",
    "payload_of",
    "print_again",
    "print_next",
    "printed_day",
    "reader",
    "slip_for",
    "slip_media",
    "state",
]
