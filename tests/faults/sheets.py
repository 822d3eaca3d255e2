"""Visit sheets that come back as pictures: no box is ever read wrongly without anybody being asked.

400 sheets, drawn, filled in and photographed from a seed (`tests.worlds.photographed`), are read by
the real reader, each in its process. Some lines have two marks, of which nobody can say what
they mean. The defect: a reader that takes every line in doubt for a yes.
"""

from __future__ import annotations

import random
from dataclasses import replace
from functools import partial

from kiosk.core.errors import ExpectedError
from kiosk.services.stars import rubrics, sheet_reading
from kiosk.services.stars.rubrics import CURRENT, Answer
from kiosk.services.stars.sheet_reading import PageRead, SheetRead
from tests.faults.report import Form, Report, shared
from tests.worlds import photographed
from tests.worlds.photographed import HABITS, Filled, Hand, Sight

SEED = 20261130
SHEETS: dict[Form, int] = {"brief": 2, "usual": 400, "long": 4_000}
_BRIEF = 30
"""Two sheets with two forms each, and three lines with two answers."""
_PORTION = 10
"""Drawn at once: a file of 400 sheets would be held by each process."""


def run(*, form: Form = "usual", defect: bool = False) -> Report:
    """Read them all; what is right, asked and wrong, box by box."""
    first = _BRIEF if form == "brief" else 0
    work = partial(_share, first, first + SHEETS[form], defect)
    report = work(0, 1) if form == "brief" else shared(work)
    boxes = report.counts["boxes"]
    report.figures["boxes right, per cent"] = round(100 * report.counts["boxes right"] / boxes, 3)
    return report


def _share(first: int, end: int, defect: bool, share: int, of: int) -> Report:
    report = Report("sheets")
    for start in range(first, end, _PORTION)[share::of]:
        _portion(report, start, min(_PORTION, end - start), defect)
    return report


def _portion(report: Report, start: int, count: int, defect: bool) -> None:
    sheets = photographed.sheets_for(SEED + start, count)
    pages = photographed.printed(sheets)
    for place, (sheet, page) in enumerate(zip(sheets, pages, strict=True), start=start):
        by = random.Random(SEED * 7 + place)
        sight = photographed.scanned(by) if place % 8 == 7 else photographed.at_random(by)
        page = photographed.pale_on_one_side(page, sight)
        hand = Hand(by, HABITS[place % len(HABITS)], pencil=place % 4 == 1)
        filled = hand.fill(page, sheet)
        raw = photographed.jpeg(photographed.seen(page, sight, by), sight.quality)
        report.count("sheets")
        try:
            read = sheet_reading.read(raw, 1, rubrics.shipped(CURRENT))
        except ExpectedError as refused:
            read = PageRead((), ())
            report.count(f"sheets refused: {refused.code}")
        report.count("corrections", sum(each.corrected for each in filled))
        _compare(report, place, filled, read, sight, defect)


def _compare(
    report: Report,
    place: int,
    filled: list[Filled],
    read: PageRead,
    sight: Sight,
    defect: bool,
) -> None:
    found = {each.name: each for each in read.sheets}
    for extra in found.keys() - {each.name for each in filled}:
        report.breach(f"sheet {place}", [f"a form that was not there: {extra}"])
    for each in filled:
        report.count("forms")
        boxes = 3 * (len(each.answers) + len(each.left_out)) + 2
        report.count("boxes", boxes)
        got = found.get(each.name)
        if got is None:
            report.count("forms not read")
            report.count("boxes asked", boxes)
            report.list("not read", [f"sheet {place}: {sight}"])
            continue
        _form(report, place, each, _in_doubt(got) if defect else got)


def _form(report: Report, place: int, meant: Filled, got: SheetRead) -> None:
    asked = {each.item or each.dimension for each in got.questions}
    where = f"sheet {place}"
    for item, answer in {**dict.fromkeys(meant.left_out), **meant.answers}.items():
        said = got.answers.get(item)
        _counted(
            report, f"{where}: {item} is {answer}, read as {said}", 3, item in asked, said == answer
        )
    for dimension in ("good_faith", "family_spirit"):
        same = (dimension in meant.put_forward) == (dimension in got.put_forward)
        _counted(report, f"{where}: {dimension} put forward", 1, dimension in asked, same)
    for item in meant.both:
        report.count("lines with two answers")
        if item in asked:
            report.count("lines with two answers, asked")
        else:
            report.breach(where, [f"{item} has two answers and nobody was asked"])


def _counted(report: Report, line: str, boxes: int, asked: bool, right: bool) -> None:
    if asked:
        report.count("boxes asked", boxes)
        report.list("asked", [line])
    elif right:
        report.count("boxes right", boxes)
    else:
        report.count("boxes silently wrong", boxes)
        report.breach(line, ["nobody was asked"])


def _in_doubt(got: SheetRead) -> SheetRead:
    """The defect: nobody is asked, a line in doubt is taken for yes."""
    said: dict[str, Answer] = {each.item: "yes" for each in got.questions if each.item}
    return replace(got, answers={**said, **got.answers}, questions=())
