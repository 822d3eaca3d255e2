"""What a new slip about a case costs: five files, and none of the other tests notices.

CONTRIBUTING.md tells the same. The drawing of the table in `docs/flow.md` is a command's.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.worlds.copied import copy_program, differing, run_in

SLIPS = "kiosk/services/cases/slips.py"
TABLE = "kiosk/services/cases/flow/table.py"
WORDS = {
    "assets/translations/zh/paper.toml": ("复核告知单", "另一位审核员最晚%1再看一遍。"),
    "assets/translations/en/paper.toml": ("Second look", "A second officer looks at it by %1."),
}
STEPS = "tests/services/cases/test_every_cell_of_the_table.py"
DRAWING = "docs/flow.md"

SLIP = '''
def second_look(work: Work, case: Case, covers: int, _language: Language) -> int:
    """That one officer decided, and that a second one looks at it, for whom it is about."""
    if case.due_at is None:
        raise ValueError("a concern that was decided once has a day by which it lapses")
    return slip_parts.queue_slip(
        work,
        case,
        "second_look",
        addressed.reader(work, case.subject_id),
        lambda tongue: (slip_parts.case_fact(work.village, case, tongue),),
        (Step("paper.second_look_by", (told_days.last_day(case),)),),
        covers,
    )


SLIPS: Final'''
LAST_ROW = '    "appeal": appeal,\n'
FIRST_DECISION = (
    '        to_state="decided",\n        who=("officer",),\n        deadline="kept",\n'
    '        writes=("decision",),\n'
)
FIRST_STEP = "replied,reply_time_over approve officer decided kept decision"
TEST = """

def test_who_is_concerned_reads_that_a_second_officer_looks_at_it(sqlite_hamlet: Hamlet) -> None:
    from kiosk.services.cases import slips
    from kiosk.services.check.papers import SlipFacts, check_paper
    from kiosk.services.printing import reprints, spooler

    case_id = sqlite_hamlet.hand_in("B", "A", "litter").case_id
    sqlite_hamlet.reply("A", case_id)
    made = sqlite_hamlet.decide("Y", case_id).print_job_id
    while spooler.print_next(sqlite_hamlet.village):
        pass
    (job,) = (each for each in sqlite_hamlet.jobs() if each.id == made)
    assert (job.payload["kind"], job.payload["folded"]) == ("second_look", True)
    assert reprints.is_of_case(job)
    found = check_paper(sqlite_hamlet.village, job.qr_text)
    assert (found.verdict, found.kind) == ("genuine", "slip")
    assert isinstance(found.facts, SlipFacts)
    told = slips.told_by(sqlite_hamlet.village, found.facts.lines)
    assert told is not None
    assert (told.kind, told.state) == ("second_look", "decided")
    said = [each["text"] for each in job.payload["next_steps"]]
    assert any("2026" in each for each in said)
"""
WATCHERS = (
    "tests/test_house_rules.py::test_keys_used_and_keys_in_the_catalogue_are_the_same",
    "tests/scripts/test_draw_flow.py",
    "tests/services/cases/test_flow.py",
    "tests/services/cases/test_reprints.py",
)
"""The tests that a slip which is entered somewhere else than in these files makes fail."""


@pytest.mark.long
def test_a_slip_about_a_case_is_five_files(tmp_path: Path) -> None:
    copy_program(tmp_path)
    change(tmp_path / SLIPS, "\nSLIPS: Final", SLIP)
    change(tmp_path / SLIPS, LAST_ROW, LAST_ROW + '    "second_look": second_look,\n')
    change(tmp_path / TABLE, FIRST_DECISION, FIRST_DECISION + '        prints="second_look",\n')
    for file, (name, sentence) in WORDS.items():
        words = f'kind_second_look = "{name}"\nsecond_look_by = "{sentence}"\n'
        change(tmp_path / file, "", words)
    written_by_hand(tmp_path / STEPS)
    change(tmp_path / STEPS, "", TEST)
    run_in(tmp_path, "-m", "scripts.draw_flow")
    changed = {SLIPS, TABLE, *WORDS, STEPS}
    assert len(changed) == 5
    assert set(differing(tmp_path)) == changed | {DRAWING}
    quick = ("-m", "not long and not postgres")
    run_in(tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", STEPS, *WATCHERS, *quick)


def change(file: Path, before: str, after: str) -> None:
    """Put `after` where `before` stands once; without `before`, at the end."""
    text = file.read_text("utf-8")
    assert not before or text.count(before) == 1, (file, before)
    file.write_text(text.replace(before, after) if before else text + after, "utf-8")


def written_by_hand(file: Path) -> None:
    """The step prints it, in the list of all steps."""
    lines = file.read_text("utf-8").splitlines()
    (place,) = (n for n, each in enumerate(lines) if " ".join(each.split()).startswith(FIRST_STEP))
    lines[place] = f"{FIRST_STEP} second_look - -"
    file.write_text("\n".join(lines) + "\n", "utf-8")
