"""What a slip says on paper: whose it is, in which language, and what a stranger learns of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from kiosk.core.catalogue import Language
from kiosk.core.ids import new_touch_id
from kiosk.models.printing import PrintJob
from kiosk.services.access import languages
from kiosk.services.cases import paper_notices, slips
from kiosk.services.printing import queue, spooler
from kiosk.services.signing.signed_note import take_words
from tests.services.cases.conftest import Hamlet
from tests.worlds.leaving import leave


def reads(hamlet: Hamlet, letter: str, language: Language) -> None:
    languages.note_language(hamlet.village, hamlet.sign(letter), language, chosen=True)


def newest(hamlet: Hamlet, kind: str) -> PrintJob:
    return [job for job in hamlet.jobs() if job.payload.get("kind") == kind][-1]


def on_paper(hamlet: Hamlet, job_id: int | None) -> str:
    """The words on the paper, without the white that its width makes."""
    assert job_id is not None
    while not queue.state(hamlet.village, job_id).over:
        spooler.print_next(hamlet.village)
    file = queue.state(hamlet.village, job_id).file
    assert file is not None
    text = "".join(page.extract_text() for page in PdfReader(Path(file)).pages)
    return "".join(text.split())


def notice(hamlet: Hamlet, about: str = "A") -> int:
    case_id = hamlet.hand_in("B", about, "litter", words="两袋菜叶").case_id
    clerk = hamlet.sign("Z", "clerk")
    return paper_notices.print_notice(hamlet.village, clerk, case_id, new_touch_id())


def decided(hamlet: Hamlet, about: str = "A") -> int:
    """A concern that two officers upheld; its slip's job."""
    case_id = hamlet.hand_in("B", about, "litter").case_id
    hamlet.reply(about, case_id)
    hamlet.decide("Y", case_id)
    job = hamlet.countersign("Z", case_id).print_job_id
    assert job is not None
    return job


def test_a_slip_is_in_the_language_of_whom_it_is_for(sqlite_hamlet: Hamlet) -> None:
    reads(sqlite_hamlet, "A", "en")
    job = notice(sqlite_hamlet)
    said = on_paper(sqlite_hamlet, job)
    assert "Youcanreplyuntil30November2026" in said
    assert "接下来" not in said
    assert newest(sqlite_hamlet, "notice").qr_text.startswith(
        "Yangqiao Good-Deed Book\nNOTICE 2026"
    )
    reads(sqlite_hamlet, "C", "zh")
    chinese = on_paper(sqlite_hamlet, decided(sqlite_hamlet, "C"))
    assert "接下来" in chinese
    assert "Whathappensnext" not in chinese


def test_it_is_in_both_where_nobody_knows(sqlite_hamlet: Hamlet) -> None:
    said = on_paper(sqlite_hamlet, notice(sqlite_hamlet))
    for words in ("您可以答复，最迟", "Youcanreplyuntil", "Concern:Littering", "反映的事："):
        assert words in said, words
    assert newest(sqlite_hamlet, "notice").qr_text.split("\n")[:4] == [
        "杨桥村善行存折",
        "Yangqiao Good-Deed Book",
        "告知单 NOTICE 2026-0001",
        "河埠路1号",
    ]


def test_a_decision_names_both_officers_with_reason_and_sentence(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    reads(hamlet, "A", "zh")
    job = decided(hamlet)
    said = on_paper(hamlet, job)
    assert "审核员林Y：现场看得清楚当天看过现场。审核员林Z：现场看得清楚两边都问过了。" in said
    assert "林A河埠路1号2026-0001" in said
    left = newest(hamlet, "decision")
    assert "林" not in repr((left.payload, left.note_lines, left.qr_text))


@pytest.mark.long
def test_the_queue_gives_the_same_words_when_it_is_printed_again(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    job = decided(hamlet)
    first = on_paper(hamlet, job)
    reads(hamlet, "A", "en")  # learnt since
    hamlet.clock.advance(days=3)
    clerk = hamlet.sign("D", "clerk")
    again = queue.print_again(hamlet.village, clerk, job, "reprint_lost")
    assert on_paper(hamlet, again).replace("副本DUPLICATE", "") == first
    assert len({each.qr_text for each in hamlet.jobs() if each.payload["kind"] == "decision"}) == 1


@pytest.mark.long
def test_a_stranger_who_reads_the_code_learns_nothing_of_the_matter(sqlite_hamlet: Hamlet) -> None:
    on_paper(sqlite_hamlet, decided(sqlite_hamlet))
    code = newest(sqlite_hamlet, "decision").qr_text
    words, note = take_words(code)
    for secret in ("litter", "垃圾", "Litter", "countersigned", "-5", "\N{MINUS SIGN}5", "concern"):
        assert secret not in words + note
    assert words.startswith("杨桥村善行存折\n")
    assert "." not in words.split("\n")[0]  # nothing that a phone takes for a web address


def test_the_hall_still_says_what_a_slip_is_about(sqlite_hamlet: Hamlet) -> None:
    on_paper(sqlite_hamlet, decided(sqlite_hamlet))
    job = newest(sqlite_hamlet, "decision")
    told = slips.told_by(sqlite_hamlet.village, tuple(job.note_lines[:-1]))
    assert told is not None
    assert (told.kind, told.points, told.state, told.on) == (
        "decision",
        -5,
        "countersigned",
        "2026-11-23",
    )


def test_nobody_s_name_stands_on_the_receipt_of_a_concern(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    concern = on_paper(hamlet, hamlet.hand_in("B", "A", "litter").print_job_id)
    assert "林" not in concern
    assert "河埠路2号" not in concern + newest(hamlet, "receipt").qr_text
    assert "林B" in on_paper(hamlet, hamlet.hand_in("B", "B", "help").print_job_id)


def test_a_declined_deed_shows_no_points(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    case_id = hamlet.hand_in("A", "A", "help").case_id
    job = hamlet.decide("Y", case_id, approve=False).print_job_id
    assert job is not None
    assert "+3" not in on_paper(hamlet, job)


def test_who_leaves_takes_the_words_of_every_slip_of_theirs_along(sqlite_hamlet: Hamlet) -> None:
    hamlet = sqlite_hamlet
    on_paper(hamlet, hamlet.hand_in("B", "A", "help").print_job_id)  # the case of A stays
    waiting = hamlet.hand_in("B", "C", "help").print_job_id
    assert waiting is not None
    leave(hamlet.village, hamlet.sign("B"))
    assert spooler.print_next(hamlet.village) == 0
    assert queue.state(hamlet.village, waiting).reason == "erased"
    assert not [job for job in hamlet.jobs() if job.reference in ("2026-0001", "2026-0002")]
