"""What the log of a village of version 0.1 did not say, said by one entry, once.

Its entries name neither the village nor what was erased, and tell nothing of the register. At the
first opening by a program that knows better one entry says what stands in the tables at that
moment; from there on the log alone decides.
"""

from __future__ import annotations

from sqlalchemy import select

from kiosk.core import event_log
from kiosk.models.access import Card
from kiosk.models.cases import Case
from kiosk.models.ledger import LedgerErasure
from kiosk.models.printing import PrintJob
from kiosk.services.access.offices import VOUCHED
from kiosk.services.cases.flow import forgetting
from kiosk.services.ledger import erasing, founding, last_head, log, rows
from kiosk.services.printing import recorded
from kiosk.services.register import entries
from kiosk.services.rulebook import book
from kiosk.services.stars import ratings
from kiosk.services.village import Village
from kiosk.services.work import Work, reading, writing


def carry_over(village: Village) -> int | None:
    """Write the entry where one is wanted, and return its index; None where none is.

    Wanted is one where the log has entries and none of them says whose it is. Several terminals of
    one server write one between them.
    """
    with reading(village) as work:
        if not _is_wanted(work):
            return None
    if last_head.is_unknown(village):
        last_head.begin(village)  # before the entry: afterwards nobody would come here again
    with writing(village) as work:
        log.take_turn(work)
        if not _is_wanted(work):
            return None
        content = {
            **founding.told(village),
            erasing.ERASES: _erased_before(work),
            VOUCHED: _cards_that_open(work),
        }
        index = rows.append(work, founding.CARRIED_OVER, content, entries.carried(work.session))
        _say_numbers(work)
        for case in work.session.scalars(select(Case).order_by(Case.id)).all():
            forgetting.say_what_remains(work, case)
        _record_papers(work)
    event_log.record("carried_over", entry=index)
    return index


def _cards_that_open(work: Work) -> list[int]:
    """The cards that open an office, for which nobody had to vouch in version 0.1."""
    vouched = select(Card.id).where(Card.vouched_at.is_not(None))
    return list(work.session.scalars(vouched.order_by(Card.id)))


def _say_numbers(work: Work) -> None:
    """Append what entries of version 0.1 do not say of rules and rounds."""
    told = {"rules": book.numbers(work.session), "rounds": ratings.numbers(work.session)}
    log.append(work, "numbered", told)


def _is_wanted(work: Work) -> bool:
    return founding.trouble(work) == "log_not_founded"


def _erased_before(work: Work) -> list[int]:
    """The entries whose erasure no entry announced, since version 0.1 wrote none."""
    before = select(LedgerErasure.index).where(LedgerErasure.by.is_(None))
    return list(work.session.scalars(before.order_by(LedgerErasure.index)))


def _record_papers(work: Work) -> None:
    """An entry for each paper that may still be signed, as for those that are queued today."""
    unsigned = select(PrintJob).where(
        PrintJob.covers.is_not(None), PrintJob.qr_text == "", PrintJob.ledger_index.is_(None)
    )
    for job in work.session.scalars(unsigned.order_by(PrintJob.id)).all():
        if job.payload:
            case = select(Case.id).where(Case.reference == job.reference)
            recorded.record(work, job, work.session.scalar(case))
    work.session.flush()
