"""Several terminals on one database: each prints its own papers."""

from __future__ import annotations

from kiosk.documents.slip import Slip
from kiosk.models.printing import PrintJob
from kiosk.services.ledger import log
from kiosk.services.printing import queue, spooler
from kiosk.services.printing.spooler import Spooler
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.conftest import Street
from tests.services.terminal_at_work import other_terminal
from tests.worlds.names import YANGQIAO


def queue_slip(village: Village, reference: str) -> int:
    slip = Slip(YANGQIAO, "zh", "receipt", reference, ("好事",), (), "")
    with writing(village) as work:
        index = log.append(work, "test", {"reference": reference})
        return queue.enqueue_slip(work, slip, index, (reference,))


def phase(village: Village, job_id: int) -> str:
    return queue.state(village, job_id).phase


def test_a_terminal_prints_its_own_papers_and_leaves_the_others(village: Village) -> None:
    east = other_terminal(village)
    here, there = queue_slip(village, "2026-0001"), queue_slip(east, "2026-0002")
    spooler.print_next(village)
    assert (phase(village, here), phase(village, there)) == ("done", "waiting")
    spooler.print_next(east)
    assert phase(village, there) == "done"


def test_a_start_settles_only_what_this_terminal_was_sending(village: Village) -> None:
    east = other_terminal(village)
    here, there = queue_slip(village, "2026-0001"), queue_slip(east, "2026-0002")
    with village.write() as session:
        for job_id in (here, there):
            session.get_one(PrintJob, job_id).phase = "sending"
    Spooler(village).recover()
    assert (phase(village, here), phase(village, there)) == ("unknown", "sending")


def test_the_list_of_papers_is_this_terminals(village: Village) -> None:
    here, there = queue_slip(village, "2026-0001"), queue_slip(other_terminal(village), "x")
    assert [each.job_id for each in queue.jobs(village)] == [here]
    assert [each.job_id for each in queue.jobs(other_terminal(village))] == [there]


def test_a_paper_asked_for_again_comes_out_where_it_was_asked_for(village: Village) -> None:
    job_id = queue_slip(village, "2026-0001")
    with village.write() as session:
        session.get_one(PrintJob, job_id).phase = "failed"
    home = Street(village).house()
    east = other_terminal(village)
    again = queue.print_again(east, Street(village).sign_in(home.people[0], "clerk"), job_id)
    spooler.print_next(east)
    assert phase(village, again) == "done"
