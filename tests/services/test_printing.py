"""Papers are queued with what they prove, followed to the end, and never doubled in silence."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from kiosk.core.card_token import new_card_token
from kiosk.core.catalogue import catalogue
from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.settings import PrinterSettings
from kiosk.devices.connection import Connection, connect
from kiosk.devices.printers.escpos_printer import EscposPrinter
from kiosk.devices.printers.escpos_simulator import EscposSimulator
from kiosk.devices.printers.ipp_printer import IppPrinter
from kiosk.documents.enrolment_card import EnrolmentCard
from kiosk.documents.slip import Slip, SlipLine
from kiosk.models.printing import PrintJob
from kiosk.services.ledger import log
from kiosk.services.printing import papers, queue, reprints
from kiosk.services.printing import spooler as printing_spooler
from kiosk.services.printing.in_hand import in_hand
from kiosk.services.printing.queue import PHASES, REASONS
from kiosk.services.printing.spooler import TRY_AGAIN, Spooler
from kiosk.services.signing.signed_note import parse_checkpoint, parse_note
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.devices.real_printing import missing_programs, real_printer, wait_for
from tests.qr import qr_codes
from tests.services.conftest import Street
from tests.services.queued_signs import SIGN, queue_sign
from tests.worlds.names import YANGQIAO

MISSING = missing_programs("ippeveprinter", "dbus-daemon")
UNCOVERED = "\U000323ae"  # the last character of Extension H
SLIP = Slip(
    village=YANGQIAO,
    language="zh",
    kind="receipt",
    reference="2026-0417",
    facts=("记一件好事：陪老人出门办事 +6", "交来：2026-11-23 09:42"),
    next_steps=(SlipLine("一位无关的审核员会看，最迟 11 月 30 日。"),),
    qr_text="",
)
NOTE_LINES = ("2026-0417", "记一件好事：陪老人出门办事", "2026-11-23")


def entry(village: Village) -> int:
    with writing(village) as work:
        return log.append(work, "test", {"reference": "2026-0417"})


def queue_slip(village: Village, slip: Slip = SLIP) -> int:
    with writing(village) as work:
        index = log.append(work, "test", {"reference": slip.reference})
        return queue.enqueue_slip(work, slip, index, NOTE_LINES)


def card(token: str) -> EnrolmentCard:
    return EnrolmentCard(YANGQIAO, "林春生", "4021-7735", token, date(2026, 11, 23))


def queue_card(village: Village, token: str) -> int:
    with writing(village) as work:
        return queue.enqueue_card(work, card(token), "80")


def set_phase(village: Village, job_id: int, phase: str, device_job: str = "") -> None:
    with village.write() as session:
        job = session.get_one(PrintJob, job_id)
        job.phase, job.device_job = phase, device_job


def words_of(view: queue.JobView) -> str:
    assert view.file is not None
    return "".join(page.extract_text() for page in PdfReader(view.file).pages)


@pytest.fixture
def slip_printer() -> Iterator[EscposSimulator]:
    with EscposSimulator() as simulator:
        yield simulator


def spooler_for(
    village: Village, simulator: EscposSimulator, on_change: Callable[[int], None] | None = None
) -> Spooler:
    def dial() -> Connection:
        return connect("127.0.0.1", simulator.port, 3.0)

    return Spooler(village, {"slip": EscposPrinter("slips", dial)}, on_change, pause_seconds=0.0)


def run(village: Village, spooler: Spooler, job_id: int) -> queue.JobView:
    """Step until the job is over."""

    def over() -> bool:
        spooler.step()
        return queue.state(village, job_id).over

    wait_for(over)
    return queue.state(village, job_id)


def queue_and_lose_power(village: Village) -> None:
    with writing(village) as work:
        index = log.append(work, "test", {})
        queue.enqueue_slip(work, SLIP, index, NOTE_LINES)
        raise RuntimeError("power went")


def test_a_paper_is_queued_only_if_its_transaction_is(village: Village) -> None:
    with pytest.raises(RuntimeError, match="power"):
        queue_and_lose_power(village)
    assert queue.jobs(village) == ()


@pytest.mark.long
def test_a_slip_is_printed_with_a_checkpoint_that_covers_its_entry(
    village: Village, slip_printer: EscposSimulator
) -> None:
    entry(village)
    job_id = queue_slip(village)
    assert queue.state(village, job_id).phase == "waiting"
    view = run(village, spooler_for(village, slip_printer), job_id)
    assert (view.phase, view.reason, view.duplicate) == ("done", "", False)
    (paper,) = slip_printer.printer.slips
    note = parse_note(qr_codes(paper.convert("L"))[0].text)
    assert note.signed_by([village.keys.verifier]) is not None
    checkpoint = parse_checkpoint(note.text)
    assert (checkpoint.size, checkpoint.extension) == (1 + 3, NOTE_LINES)
    with village.read() as session:
        assert checkpoint.root == log.head(session).root


def test_a_door_sign_comes_out_of_the_file_printer_to_be_shown(village: Village) -> None:
    job_id = queue_sign(village)
    assert printing_spooler.print_next(village) == 1
    view = queue.state(village, job_id)
    assert view.phase == "done"
    assert "S26Q4-0123" in words_of(view)
    assert "DUPLICATE" not in words_of(view)
    assert Path(view.file or "").parent == village.directory.spool


def test_several_papers_are_printed_in_their_order(
    village: Village, slip_printer: EscposSimulator
) -> None:
    jobs = [queue_slip(village, replace(SLIP, reference=f"2026-00{n}")) for n in range(3)]
    finished: list[int] = []
    spooler = spooler_for(village, slip_printer, finished.append)
    run(village, spooler, jobs[-1])
    assert list(dict.fromkeys(finished)) == jobs
    assert len(slip_printer.printer.slips) == 3


def test_a_paper_waits_while_there_is_no_paper_and_is_printed_once(
    village: Village, slip_printer: EscposSimulator
) -> None:
    slip_printer.printer.rows_of_paper = 0
    job_id = queue_slip(village)
    spooler = spooler_for(village, slip_printer)
    spooler.step()
    view = queue.state(village, job_id)
    assert (view.phase, view.reason) == ("waiting", "out_of_paper")
    assert spooler.problems("slip") == ("out_of_paper",)
    slip_printer.printer.load_paper()
    assert run(village, spooler, job_id).phase == "done"
    assert len(slip_printer.printer.slips) == 1


def test_a_slip_that_was_torn_off_half_way_is_printed_whole_when_there_is_paper(
    village: Village, slip_printer: EscposSimulator
) -> None:
    slip_printer.printer.rows_of_paper = 200
    job_id = queue_slip(village)
    spooler = spooler_for(village, slip_printer)
    spooler.step()
    assert queue.state(village, job_id).reason == "out_of_paper"
    slip_printer.printer.load_paper()
    view = run(village, spooler, job_id)
    assert (view.phase, view.duplicate) == ("done", False)
    assert qr_codes(slip_printer.printer.slips[-1].convert("L"))


def test_a_printer_that_always_fails_is_not_fed_for_ever(
    village: Village, slip_printer: EscposSimulator
) -> None:
    job_id = queue_slip(village)
    spooler = spooler_for(village, slip_printer)

    def torn() -> bool:
        slip_printer.printer.rows_of_paper = 200
        spooler.step()
        return queue.state(village, job_id).over

    wait_for(torn)
    view = queue.state(village, job_id)
    assert (view.phase, view.reason) == ("failed", "out_of_paper")
    assert spooler.step() is False


def test_power_that_goes_while_handing_in_leaves_the_paper_unknown_and_unprinted(
    village: Village, slip_printer: EscposSimulator
) -> None:
    job_id = queue_slip(village)
    set_phase(village, job_id, "sending")
    spooler = spooler_for(village, slip_printer)
    spooler.recover()
    spooler.step()
    view = queue.state(village, job_id)
    assert (view.phase, view.reason) == ("unknown", "power_went")
    assert slip_printer.printer.slips == []


def test_a_slip_on_its_way_at_a_restart_is_unknown_and_not_doubled(
    village: Village, slip_printer: EscposSimulator
) -> None:
    slip_printer.printer.knows_end_of_paper = False
    job_id = queue_slip(village)
    spooler_for(village, slip_printer).step()
    assert queue.state(village, job_id).phase == "printing"
    second_life = spooler_for(village, slip_printer)
    second_life.recover()
    second_life.step()
    view = queue.state(village, job_id)
    assert (view.phase, view.reason) == ("unknown", "lost")
    assert len(slip_printer.printer.slips) == 1


def test_an_unknown_paper_is_printed_again_only_on_request_and_says_duplicate(
    village: Village, street: Street
) -> None:
    resident = street.sign_in(street.house().people[0])
    job_id = queue_sign(village)
    set_phase(village, job_id, "unknown")
    assert printing_spooler.print_next(village) == 0
    again = queue.print_again(village, resident, job_id)
    assert again != job_id
    assert queue.print_again(village, resident, job_id) == again
    assert printing_spooler.print_next(village) == 1
    view = queue.state(village, again)
    assert (view.phase, view.duplicate) == ("done", True)
    assert "DUPLICATE" in words_of(view)
    assert "副本" in words_of(view)


def test_an_unknown_paper_that_somebody_saw_is_done(village: Village, street: Street) -> None:
    resident = street.sign_in(street.house().people[0])
    job_id = queue_slip(village)
    set_phase(village, job_id, "unknown")
    queue.came_out(village, resident, job_id)
    view = queue.state(village, job_id)
    assert (view.phase, view.reason) == ("done", "seen")


def test_only_the_office_that_the_table_names_prints_a_second_one_of_a_paper_that_came_out(
    village: Village, street: Street
) -> None:
    home = street.house(date(1956, 3, 1), date(1958, 3, 1), date(1960, 3, 1))
    job_id = queue_sign(village)
    printing_spooler.print_next(village)
    for place, roles in ((0, ()), (1, ("keeper",))):
        with pytest.raises(ExpectedError) as refusal:
            queue.print_again(village, street.sign_in(home.people[place], *roles), job_id)
        assert refusal.value.code == "not_allowed"
    clerk = street.sign_in(home.people[2], "clerk")
    again = queue.print_again(village, clerk, job_id)
    printing_spooler.print_next(village)
    assert "DUPLICATE" in words_of(queue.state(village, again))


def test_the_duplicate_carries_the_same_signed_note(village: Village, street: Street) -> None:
    clerk = street.sign_in(street.house().people[0], "clerk")
    job_id = queue_sign(village)
    printing_spooler.print_next(village)
    again = queue.print_again(village, clerk, job_id)
    printing_spooler.print_next(village)
    with village.read() as session:
        first, second = (session.get_one(PrintJob, each).qr_text for each in (job_id, again))
    assert first == second != ""


def test_a_paper_that_waits_is_taken_back_and_tried_again_without_saying_duplicate(
    village: Village, street: Street, slip_printer: EscposSimulator
) -> None:
    resident = street.sign_in(street.house().people[0])
    slip_printer.printer.rows_of_paper = 0
    job_id = queue_slip(village)
    spooler = spooler_for(village, slip_printer)
    spooler.step()
    queue.cancel(village, resident, job_id)
    view = queue.state(village, job_id)
    assert (view.phase, view.reason) == ("failed", "called_off")
    slip_printer.printer.load_paper()
    assert spooler.step() is False
    assert slip_printer.printer.slips == []
    assert queue.print_again(village, resident, job_id) == job_id
    assert run(village, spooler, job_id).duplicate is False


def test_a_paper_that_the_printer_holds_is_asked_back_from_it(
    village: Village, street: Street, slip_printer: EscposSimulator
) -> None:
    resident = street.sign_in(street.house().people[0])
    slip_printer.printer.knows_end_of_paper = False
    job_id = queue_slip(village)
    spooler = spooler_for(village, slip_printer)
    spooler.step()
    assert queue.state(village, job_id).phase == "printing"
    queue.cancel(village, resident, job_id)
    view = run(village, spooler, job_id)
    assert (view.phase, view.reason) == ("failed", "called_off")
    queue.cancel(village, resident, job_id)
    assert queue.state(village, job_id) == view


def test_nobody_takes_back_what_somebody_else_waits_for(
    village: Village, street: Street, clock: SettableClock
) -> None:
    home = street.house(date(1956, 3, 1), date(1958, 3, 1))
    job_id = queue_slip(village)
    clock.advance(minutes=1)
    with pytest.raises(ExpectedError) as refusal:
        queue.cancel(village, street.sign_in(home.people[0]), job_id)
    assert refusal.value.code == "not_allowed"
    queue.cancel(village, street.sign_in(home.people[1], "keeper"), job_id)
    assert queue.state(village, job_id).reason == "called_off"


@pytest.mark.parametrize("act", [queue.print_again, queue.came_out, queue.cancel])
@pytest.mark.parametrize("phase", PHASES)
def test_of_others_papers_a_resident_learns_no_more_than_of_none(
    village: Village,
    street: Street,
    clock: SettableClock,
    act: Callable[[Village, str, int], object],
    phase: str,
) -> None:
    job_id = queue_slip(village)
    set_phase(village, job_id, phase)
    clock.advance(seconds=1)
    another = street.sign_in(street.house().people[0])
    for number in (job_id, job_id + 1_000, 0, -1):
        with pytest.raises(ExpectedError, match="not_allowed"):
            act(village, another, number)
        with pytest.raises(ExpectedError, match="session_over"):
            act(village, "no session", number)
    assert queue.state(village, job_id).phase == phase


def test_a_paper_behind_one_that_waits_says_what_both_wait_for(
    village: Village, slip_printer: EscposSimulator
) -> None:
    slip_printer.printer.rows_of_paper = 0
    first, second = queue_slip(village), queue_slip(village, replace(SLIP, reference="2026-0418"))
    sign = queue_sign(village)
    spooler_for(village, slip_printer).step()
    assert queue.state(village, first).reason == "out_of_paper"
    assert queue.state(village, second).reason == "out_of_paper"
    assert queue.state(village, sign).reason == ""


def test_a_file_stays_a_file_after_the_printer_was_changed(village: Village) -> None:
    job_id = queue_sign(village)
    printing_spooler.print_next(village)
    printers = PrinterSettings(sign="cups:Office", slip="file")
    later = replace(village, settings=replace(village.settings, printers=printers))
    view = queue.state(later, job_id)
    assert (view.phase, view.saved, view.file) == ("done", True, None)


def test_a_paper_that_never_came_out_is_tried_again_as_it_is(
    village: Village, street: Street
) -> None:
    resident = street.sign_in(street.house().people[0])
    job_id = queue_sign(village)
    set_phase(village, job_id, "failed")
    assert queue.print_again(village, resident, job_id) == job_id
    printing_spooler.print_next(village)
    assert "DUPLICATE" not in words_of(queue.state(village, job_id))


def test_a_paper_on_its_way_is_not_queued_a_second_time(village: Village, street: Street) -> None:
    resident = street.sign_in(street.house().people[0])
    job_id = queue_slip(village)
    assert queue.print_again(village, resident, job_id) == job_id
    assert len(queue.jobs(village)) == 1


def test_nobody_prints_again_without_being_signed_in(village: Village) -> None:
    job_id = queue_slip(village)
    with pytest.raises(ExpectedError) as refusal:
        queue.print_again(village, "f" * 32, job_id)
    assert refusal.value.code == "session_over"


def test_a_character_that_no_font_has_is_named_before_anything_is_queued(
    village: Village,
) -> None:
    with pytest.raises(ExpectedError) as refusal:
        queue_slip(village, replace(SLIP, facts=("交来：林春生", f"{UNCOVERED}春{UNCOVERED}")))
    assert (refusal.value.code, refusal.value.values) == ("unprintable", (UNCOVERED,))
    assert UNCOVERED in refusal.value.sentence(village.catalogue, "zh")
    assert queue.jobs(village) == ()


@pytest.mark.parametrize("media", ["58", "A3"])
def test_a_door_sign_on_a_roll_is_a_mistake_of_the_program(village: Village, media: str) -> None:
    with pytest.raises(ValueError, match="no door_sign on"), writing(village) as work:
        queue.enqueue(
            work,
            paper="door_sign",
            reference=SIGN.serial,
            media=media,  # type: ignore[arg-type]
            payload=papers.payload_of(SIGN),
            covers=0,
            note_lines=(),
        )


def test_a_cards_token_is_printed_and_never_in_the_database(
    village: Village, slip_printer: EscposSimulator
) -> None:
    token = new_card_token()
    job_id = queue_card(village, token)
    assert token.encode() not in _database_bytes(village)
    assert run(village, spooler_for(village, slip_printer), job_id).phase == "done"
    (paper,) = slip_printer.printer.slips
    assert qr_codes(paper.convert("L"))[0].text == token
    assert token.encode() not in _database_bytes(village)
    with village.read() as session:
        assert session.get_one(PrintJob, job_id).payload == {}
    assert in_hand.content(village, job_id) == b""


def _database_bytes(village: Village) -> bytes:
    return b"".join(file.read_bytes() for file in village.directory.root.rglob("village.sqlite3*"))


def test_a_card_whose_token_is_gone_is_not_printed_and_not_printed_again(
    village: Village, street: Street, slip_printer: EscposSimulator
) -> None:
    clerk = street.sign_in(street.house().people[0], "clerk")
    job_id = queue_card(village, new_card_token())
    in_hand.drop(village, job_id)
    view = run(village, spooler_for(village, slip_printer), job_id)
    assert (view.phase, view.reason) == ("failed", "card_not_kept")
    with pytest.raises(ExpectedError) as refusal:
        queue.print_again(village, clerk, job_id)
    assert refusal.value.code == "paper_not_kept"


def test_no_paper_is_signed_when_its_entry_is_not_in_the_log(
    village: Village, slip_printer: EscposSimulator
) -> None:
    with writing(village) as work:
        job_id = queue.enqueue_slip(work, SLIP, 999, NOTE_LINES)
    view = run(village, spooler_for(village, slip_printer), job_id)
    assert (view.phase, view.reason) == ("failed", "log_damaged")
    assert slip_printer.printer.slips == []


def test_erasing_a_persons_papers_leaves_nothing_to_print(village: Village, street: Street) -> None:
    clerk = street.sign_in(street.house().people[0], "clerk")
    printed, waiting = queue_slip(village), queue_slip(village)
    set_phase(village, printed, "done")
    other = queue_sign(village)
    with writing(village) as work:
        queue.erase(work, queue.under(work.session, SLIP.reference))
    assert queue.state(village, waiting).reason == "erased"
    with village.read() as session:
        assert session.scalars(select(PrintJob.id)).all() == [other]
    assert printing_spooler.print_next(village) == 1
    with pytest.raises(ExpectedError) as refusal:
        queue.print_again(village, clerk, printed)
    assert refusal.value.code == "paper_unknown"


def test_a_paper_that_is_erased_while_a_printer_has_it_is_followed_to_its_end(
    village: Village, slip_printer: EscposSimulator
) -> None:
    first = queue_slip(village)
    spooler = spooler_for(village, slip_printer)
    spooler.step()
    with writing(village) as work:
        queue.erase(work, queue.under(work.session, SLIP.reference))
    after = queue_slip(village)
    assert run(village, spooler, after).phase == "done"
    assert queue.state(village, first).reason == "erased"
    assert after > first


def test_a_printer_that_the_settings_misname_does_not_hold_up_the_other(
    village: Village,
) -> None:
    settings = replace(village.settings, printers=PrinterSettings(sign="laser", slip="file"))
    village = replace(village, settings=settings)
    sign, slip = queue_sign(village), queue_slip(village)
    assert printing_spooler.print_next(village) == 2
    assert queue.state(village, sign).reason == "not_found"
    assert queue.state(village, slip).phase == "done"
    assert SLIP.reference in words_of(queue.state(village, slip))


def test_a_job_that_is_not_there_is_refused(village: Village) -> None:
    with pytest.raises(ExpectedError) as refusal:
        queue.state(village, 4711)
    assert refusal.value.code == "paper_unknown"


def test_the_spooler_thread_is_woken_by_what_is_queued_while_it_runs(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing_spooler, "_IDLE_SECONDS", 3_600.0)  # by itself it would not look
    done = threading.Event()
    spooler = Spooler(village, on_change=lambda _: done.set())
    spooler.start()
    try:
        wait_for(lambda: spooler.step() is False)
        job_id = queue_sign(village)
        wait_for(lambda: queue.state(village, job_id).phase == "done")
        assert done.is_set()
    finally:
        spooler.stop()


@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
def test_a_sign_on_a_real_printer_survives_a_restart_of_the_kiosk(
    village: Village, tmp_path: Path
) -> None:
    with real_printer(tmp_path / "printer") as device:
        device.paper_out.touch()
        job_id = queue_sign(village)
        first_life = Spooler(village, {"sign": IppPrinter(device.uri)})

        def out_of_paper() -> bool:
            first_life.step()
            return queue.state(village, job_id).reason == "out_of_paper"

        wait_for(out_of_paper)
        second_life = Spooler(village, {"sign": IppPrinter(device.uri)})
        second_life.recover()
        second_life.step()
        assert queue.state(village, job_id).phase == "printing"
        device.paper_out.unlink()
        view = run(village, second_life, job_id)
        assert (view.phase, view.reason) == ("done", "")
        (received,) = device.received()
        assert "S26Q4-0123" in PdfReader(io.BytesIO(received)).pages[0].extract_text()


def test_every_phase_and_reason_has_its_words_in_both_languages() -> None:
    keys = [f"printing.phase_{phase}" for phase in PHASES]
    keys += [f"printing.reason_{reason}" for reason in REASONS]
    keys += [f"printing.{word}_{reason}" for reason in TRY_AGAIN for word in ("held", "then")]
    keys += [f"access.purpose_{purpose}" for purpose in reprints.PURPOSES]
    keys += [f"paper.kind_{kind}" for kind in reprints.REPRINTS if " " not in kind]
    assert [key for key in keys if key not in catalogue()] == []
