"""Visit sheets that come back as pictures: no box is ever read wrongly without anybody being asked.

400 sheets, drawn, filled in and photographed from a seed (`tests.worlds.photographed`), are read by
the real reader, each in its process. The defect: a reader that takes every box in doubt for what it
most looks like.
"""

from __future__ import annotations

import random
from dataclasses import replace

from kiosk.core.errors import ExpectedError
from kiosk.services.stars import sheet_reading
from kiosk.services.stars.rubrics import CURRENT, Answer
from kiosk.services.stars.sheet_reading import PageRead, SheetRead
from tests.faults.report import Form, Report, shared
from tests.worlds import photographed
from tests.worlds.photographed import HABITS, Filled, Hand, Sight

SEED = 20261130
SHEETS: dict[Form, int] = {"brief": 6, "usual": 400, "long": 4_000}
_PORTION = 10
"""Drawn at once: a file of 400 sheets would be held by each process."""


def run(*, form: Form = "usual", defect: bool = False) -> Report:
    """Read them all; what is right, asked and wrong, box by box."""
    count = SHEETS[form]

    def share(mine: int, of: int) -> Report:
        report = Report("sheets")
        places = range(0, count, _PORTION)
        for start in places[mine::of]:
            _portion(report, start, min(_PORTION, count - start), defect)
        return report

    report = share(0, 1) if form == "brief" else shared(share)
    boxes = report.counts["boxes"]
    report.figures["boxes right, per cent"] = round(100 * report.counts["boxes right"] / boxes, 3)
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
            read = sheet_reading.read(raw, 1, CURRENT)
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
        boxes = 3 * len(each.answers) + 2
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
    for item, answer in meant.answers.items():
        if item in asked:
            report.count("boxes asked", 3)
            report.list("asked", [f"sheet {place}: {item}"])
        elif got.answers.get(item) == answer:
            report.count("boxes right", 3)
        else:
            report.count("boxes silently wrong", 3)
            said = got.answers.get(item)
            report.breach(f"sheet {place}", [f"{item} is {answer} and was read as {said}"])
    for dimension in ("good_faith", "family_spirit"):
        if dimension in asked:
            report.count("boxes asked")
            report.list("asked", [f"sheet {place}: {dimension}"])
        elif (dimension in meant.put_forward) == (dimension in got.put_forward):
            report.count("boxes right")
        else:
            report.count("boxes silently wrong")
            report.breach(f"sheet {place}", [f"whether {dimension} was put forward"])


def _in_doubt(got: SheetRead) -> SheetRead:
    """The defect: nobody is asked, a line in doubt is taken for yes."""
    said: dict[str, Answer] = {each.item: "yes" for each in got.questions if each.item}
    return replace(got, answers={**said, **got.answers}, questions=())
