"""A letter from its facts to its end, and what is refused on the way."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.core.ids import new_touch_id
from kiosk.models.printing import PrintJob
from kiosk.models.register import Resident
from kiosk.services.cases.flow import timed_moves
from kiosk.services.check.papers import SlipFacts, check_paper
from kiosk.services.ledger.export import export_log
from kiosk.services.letters import letters
from kiosk.services.my_data import consent_choices
from kiosk.services.my_data.data_copy import data_copy
from tests.faults.stand_alone import alone
from tests.services.letters.conftest import Post, refuses


def end(post: Post, reference: str, letter: str = "A") -> str:
    seat = post.hamlet.sign(letter)
    return letters.end(post.hamlet.village, seat, reference, new_touch_id())


def verdict(post: Post, code: str) -> str:
    return check_paper(post.hamlet.village, code).verdict


def test_what_can_be_said_is_ones_own_and_in_effect(post: Post) -> None:
    kinds = [each.kind for each in post.desk().facts]
    assert kinds == ["lives", "joined", "deed", "deed", "number"]


def test_a_concern_is_never_among_the_facts(post: Post) -> None:
    before = post.desk().facts
    case = post.hamlet.decided_concern("A")
    post.hamlet.clock.moment += timedelta(days=22)
    timed_moves.tick(post.hamlet.village)
    assert post.hamlet.state(case) == "effective"
    after = post.desk().facts
    said = [each for each in after if each.kind != "number"]
    assert said == [each for each in before if each.kind != "number"]


def test_without_agreeing_there_is_nothing_to_choose_and_no_letter(post: Post) -> None:
    assert post.desk("B") == letters.Desk(agreed=False, facts=(), letters=())
    with refuses("letter_consent"):
        post.issue(letter="B")


def test_the_code_says_every_word_of_the_letter_and_the_screen_says_it_is_genuine(
    post: Post,
) -> None:
    facts = post.keys("lives", "deed")
    reference = post.issue(post.draft(*facts, to="村小学"))
    found = check_paper(post.hamlet.village, post.printed(reference))
    assert (found.verdict, found.kind, found.reference) == ("genuine", "letter", reference)
    assert found.consistent
    assert isinstance(found.facts, SlipFacts)
    said = "\n".join(found.facts.words)
    with post.hamlet.village.read() as session:
        name = session.get_one(Resident, post.hamlet.people["A"]).name
    for each in (name, "致：村小学", "有效期到", reference):
        assert each in said
    assert len([each for each in found.facts.words if each.endswith("。")]) == len(facts)


def test_the_score_is_said_only_if_it_was_ticked(post: Post) -> None:
    without = json.loads(post.row(post.issue(post.draft(*post.keys("lives", "deed")))).says)
    with_it = json.loads(post.row(post.issue(post.draft(*post.keys("number")))).says)
    assert "分数" not in "".join(without["words"])
    assert "分数" in "".join(with_it["words"])


def test_in_english_it_is_english(post: Post) -> None:
    reference = post.issue(
        post.draft(*post.keys("lives", "joined"), language="en", to="the school")
    )
    words = json.loads(post.row(reference).says)["words"]
    assert "To: the school" in words
    assert any(each.startswith("Has taken part") for each in words)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"days": 31}, "letter_days"),
        ({"language": "fr"}, "letter_days"),
        ({"to": "学" * 41}, "letter_to_long"),
        ({"to": "党支部书记"}, "letter_to_refused"),
        ({"facts": ()}, "letter_no_facts"),
        ({"facts": ("deed.999",)}, "letter_fact_gone"),
        ({"facts": tuple(f"deed.{each}" for each in range(11))}, "letter_many_facts"),
    ],
)
def test_what_no_letter_can_be_is_refused_and_nothing_is_signed(
    post: Post, change: dict[str, object], code: str
) -> None:
    draft = replace(post.draft(), **change)  # type: ignore[arg-type]
    with refuses(code):
        post.issue(draft)
    with refuses(code):
        letters.preview_pdf(post.hamlet.village, post.hamlet.sign("A"), draft)
    assert post.desk().letters == ()


def test_it_is_signed_with_ones_own_card(post: Post) -> None:
    other = post.signature("B")
    with refuses("letter_other_card"):
        letters.issue(
            post.hamlet.village, post.hamlet.sign("A"), post.draft(), other, new_touch_id()
        )
    assert post.desk().letters == ()


def test_a_second_tap_makes_no_second_letter(post: Post) -> None:
    touch = new_touch_id()
    assert post.issue(touch=touch) == post.issue(touch=touch)
    assert len(post.desk().letters) == 1


def test_within_ten_minutes_it_is_taken_back_and_nothing_is_left_of_what_it_said(
    post: Post,
) -> None:
    reference = post.issue(post.draft(to="村小学"))
    code = post.printed(reference)
    assert end(post, reference) == letters.TAKEN_BACK
    assert post.row(reference).says == ""
    assert post.desk().letters == ()
    assert verdict(post, code) == "revoked"
    with post.hamlet.village.read() as session:
        jobs = session.query(PrintJob).filter_by(reference=reference).all()
        assert [each.payload for each in jobs] == [{}]


def test_one_that_waits_for_the_printer_does_not_come_out_once_it_is_ended(post: Post) -> None:
    reference = post.issue()
    end(post, reference)
    with post.hamlet.village.read() as session:
        job = session.query(PrintJob).filter_by(reference=reference).one()
        assert (job.phase, job.reason, job.payload) == ("failed", "called_off", {})


def test_after_ten_minutes_it_is_ended_and_stands_among_the_letters(post: Post) -> None:
    reference = post.issue()
    code = post.printed(reference)
    post.hamlet.clock.moment += timedelta(minutes=11)
    assert end(post, reference) == letters.REVOKED
    assert verdict(post, code) == "revoked"
    (line,) = post.desk().letters
    assert (line.reference, line.in_force, line.ended_why) == (reference, False, "revoked")
    with refuses("letter_over"):
        end(post, reference)


def test_nobody_ends_or_prints_the_letter_of_somebody_else(post: Post) -> None:
    reference = post.issue()
    with refuses("letter_unknown"):
        end(post, reference, "B")
    with refuses("letter_unknown"):
        letters.print_again(post.hamlet.village, post.hamlet.sign("B"), reference, new_touch_id())


def test_it_ends_with_the_consent_that_it_rests_on(post: Post) -> None:
    reference = post.issue()
    code = post.printed(reference)
    consent_choices.withdraw(post.hamlet.village, post.hamlet.sign("A"), "letter", new_touch_id())
    assert verdict(post, code) == "revoked"
    assert post.row(reference).ended_why == "consent"


def test_its_last_day_still_counts_and_the_next_does_not(post: Post) -> None:
    code = post.printed(post.issue(post.draft(days=30)))
    post.hamlet.clock.moment += timedelta(days=30)
    assert verdict(post, code) == "genuine"
    post.hamlet.clock.moment += timedelta(days=1)
    assert verdict(post, code) == "expired"


def test_one_more_sheet_says_so_and_is_as_good(post: Post) -> None:
    reference = post.issue()
    first = post.printed(reference)
    letters.print_again(post.hamlet.village, post.hamlet.sign("A"), reference, new_touch_id())
    with post.hamlet.village.read() as session:
        job = session.query(PrintJob).filter_by(reference=reference, phase="waiting").one()
        assert job.duplicate
    second = post.printed(reference)
    assert first != second
    assert verdict(post, second) == verdict(post, first) == "genuine"


def test_what_was_changed_on_the_sheet_is_altered(post: Post) -> None:
    code = post.printed(post.issue(post.draft(*post.keys("number"))))
    assert verdict(post, code.replace("分数是 5", "分数是 9")) == "altered"


def test_the_queue_keeps_no_word_of_it_once_it_is_out(post: Post) -> None:
    reference = post.issue(post.draft(to="村小学"))
    with post.hamlet.village.read() as session:
        waiting = session.query(PrintJob).filter_by(reference=reference).one()
        name = session.get_one(Resident, post.hamlet.people["A"]).name
        assert name not in repr(waiting.payload)
    post.printed(reference)
    with post.hamlet.village.read() as session:
        out = session.query(PrintJob).filter_by(reference=reference).one()
        assert (out.phase, out.payload, out.qr_text) == ("done", {}, "")


def test_a_scanner_without_chinese_still_finds_it(post: Post) -> None:
    code = post.printed(post.issue(post.draft(to="村小学")))
    typed = code.encode("ascii", "ignore").decode()
    assert verdict(post, typed) == "genuine"


def test_it_stands_in_the_copy_of_ones_data_word_by_word(post: Post) -> None:
    reference = post.issue(post.draft(to="村小学"))
    copy = data_copy(post.hamlet.village, post.hamlet.sign("A"))
    (told,) = copy.content["letters"]
    assert told["reference"] == reference
    assert "村小学" in told["words"]


def test_the_verifier_that_stands_alone_says_what_was_signed(
    post: Post, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = post.printed(post.issue(post.draft(*post.keys("lives", "deed"), to="村小学")))
    exported, sheet, changed = (tmp_path / each for each in ("log", "letter.txt", "changed.txt"))
    export_log(post.hamlet.village, exported)
    sheet.write_text(code, "utf-8")
    assert alone().main([str(exported), str(sheet)]) == 0
    said = capsys.readouterr().out
    for each in ("letter.txt: genuine", "  致：村小学", "  until 2026-"):
        assert each in said
    changed.write_text(code.replace("村小学", "村银行"), "utf-8")
    assert alone().main([str(exported), str(changed)]) == 1
    assert "changed.txt: refused" in capsys.readouterr().out


def test_the_longest_letter_fits_on_its_sheet_and_is_read_back(post: Post) -> None:
    for days in range(2, 14):
        post.hamlet.approved_deed("A", days_ago=days)
    keys = tuple(each.key for each in post.desk().facts)[: letters.MOST_FACTS]
    assert len(keys) == letters.MOST_FACTS
    for language in ("zh", "en"):
        to = "长" * letters.LONGEST_TO if language == "zh" else "w" * letters.LONGEST_TO
        code = post.printed(post.issue(post.draft(*keys, to=to, language=language, days=90)))
        assert verdict(post, code) == "genuine"
