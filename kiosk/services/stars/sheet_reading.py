"""What the boxes of a visit sheet mean, by the rule that is printed on it; what is unsure is asked.

A line is answered where one of its boxes is marked and the others are empty or filled in solid,
which strikes them out. Whoever fills boxes in instead of ticking them does so on most lines: then a
lone solid box is an answer, too. Everything else is shown to a human eye with its picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kiosk.core.errors import ExpectedError
from kiosk.core.sheet_layout import PREMISES, FormName, Group, form
from kiosk.devices import sheet_reader
from kiosk.devices.photo_decoder import PictureTooLarge
from kiosk.devices.sheet_reader import LineSeen, PageUnreadable, SheetSeen
from kiosk.services.stars.rubrics import ANSWERS, Answer, Rubrics, groups_of

LARGEST_FILE: Final = 60_000_000
"""Bytes; 400 sheets in black and white take about 20 million."""
_NEARLY_EMPTY: Final = ("empty", "touched")
_FILLS: Final = 6
"""So many lone solid boxes, and more of them than of others, tell a hand that fills boxes in."""


@dataclass(frozen=True)
class Question:
    """What a human eye has to say: an item's answer, or (`item` empty) what was put forward."""

    dimension: str
    item: str
    picture: bytes
    """The line's boxes, as a JPEG."""


@dataclass(frozen=True, kw_only=True)
class SheetRead:
    """One form as it was read: what is certain, and what is to be asked.

    What was not put forward has no answers.
    """

    name: FormName
    answers: Mapping[str, Answer]
    put_forward: frozenset[str]
    questions: tuple[Question, ...]

    def told(self, asked: Question, said: Answer | bool) -> SheetRead:
        """The same, after somebody looked: yes, no, does not apply, or whether put forward."""
        left = tuple(each for each in self.questions if each != asked)
        if said is True:
            forward = self.put_forward | {asked.dimension}
            return replace(self, put_forward=forward, questions=left)
        if said is False:  # then nothing of it is looked at
            left = tuple(each for each in left if each.dimension != asked.dimension)
            return replace(self, questions=left)
        return replace(self, answers={**self.answers, asked.item: said}, questions=left)


@dataclass(frozen=True)
class PageRead:
    """What was on a page: the forms that were read, and those of which codes are hidden."""

    sheets: tuple[SheetRead, ...]
    hidden: tuple[FormName, ...]


def pages(raw: bytes) -> int:
    """How many pages a file from a stick has.

    Raises:
        ExpectedError: ``sheet_file_too_large`` (megabytes at most), ``sheet_unreadable``.
    """
    if len(raw) > LARGEST_FILE:
        raise ExpectedError("sheet_file_too_large", LARGEST_FILE // 1_000_000)
    try:
        return sheet_reader.pages_of(raw)
    except PageUnreadable as trouble:
        raise ExpectedError("sheet_unreadable") from trouble


def read(raw: bytes, page: int, of: Rubrics) -> PageRead:
    """The forms on a page, counted from 1, of sheets with a version of the rubrics.

    Raises:
        ExpectedError: ``sheet_file_too_large``, ``sheet_unreadable``; ``sheet_none`` where the
            page shows no visit sheet, ``sheet_hidden`` where it shows but a part of one.
    """
    groups = {kind: groups_of(of.of(kind)) for kind in PREMISES}
    try:
        seen = sheet_reader.read_page(raw, page, groups)
    except PictureTooLarge as trouble:
        raise ExpectedError("sheet_file_too_large", LARGEST_FILE // 1_000_000) from trouble
    except PageUnreadable as trouble:
        raise ExpectedError("sheet_unreadable") from trouble
    if not seen:
        raise ExpectedError("sheet_none")
    hidden = tuple(each.name for each in seen if not each.lines)
    if len(hidden) == len(seen):
        raise ExpectedError("sheet_hidden")
    read = (understood(each, groups[each.name.premises]) for each in seen if each.lines)
    return PageRead(tuple(read), hidden)


def understood(seen: SheetSeen, groups: Sequence[Group]) -> SheetRead:
    """What a form's boxes mean."""
    lines = form(seen.name.size, groups).lines
    boxes = list(zip(lines, seen.lines or (), strict=True))
    fills = _fills([each for _, each in boxes])
    answers: dict[str, Answer] = {}
    forward: set[str] = set()
    questions: list[Question] = []
    for group in groups:
        some = [(line.item, each) for line, each in boxes if line.dimension == group.dimension]
        said, asked, put = _of_a_group(group, some, fills)
        answers |= said
        questions += asked
        forward |= {group.dimension} if put else set()
    return SheetRead(
        name=seen.name,
        answers=answers,
        put_forward=frozenset(forward),
        questions=tuple(questions),
    )


def _of_a_group(
    group: Group, lines: Sequence[tuple[str, LineSeen]], fills: bool
) -> tuple[dict[str, Answer], list[Question], bool]:
    """The answers of a dimension, what is to be asked, and whether it was put forward."""
    items = [(item, line) for item, line in lines if item]
    if group.asked:
        ((_, gate),) = [each for each in lines if not each[0]]
        if all(_is_empty(line) for _, line in lines):
            return {}, [], False
        if not _is_marked(gate, fills, any(not _is_empty(line) for _, line in items)):
            questions = [Question(group.dimension, "", gate.picture)]
            return {}, [*questions, *_asked(group, items)], False
    answers = {item: answer for item, line in items if (answer := _answer(line, fills))}
    left = [each for each in items if each[0] not in answers]
    return answers, list(_asked(group, left)), group.asked


def _is_marked(gate: LineSeen, fills: bool, answered: bool) -> bool:
    """Whether something was put forward; a faint stroke is enough where there are answers, too."""
    (box,) = gate.boxes
    return box == "marked" or (fills and box == "solid") or (answered and box == "faint")


def _asked(group: Group, items: Sequence[tuple[str, LineSeen]]) -> Iterator[Question]:
    for item, line in items:
        yield Question(group.dimension, item, line.picture)


def _is_empty(line: LineSeen) -> bool:
    return all(each in _NEARLY_EMPTY for each in line.boxes)


def _answer(line: LineSeen, fills: bool) -> Answer | None:
    """The answer of a line; None where it has to be asked."""
    marked = [at for at, each in enumerate(line.boxes) if each == "marked"]
    solid = [at for at, each in enumerate(line.boxes) if each == "solid"]
    clear = sum(each in _NEARLY_EMPTY for each in line.boxes)
    faint = [at for at, each in enumerate(line.boxes) if each == "faint"]
    if len(faint) == 1 and clear == len(line.boxes) - 1:
        return ANSWERS[faint[0]]
    if len(marked) + len(solid) + clear < len(line.boxes):
        return None
    if len(marked) == 1:
        return ANSWERS[marked[0]]
    if fills and not marked and len(solid) == 1:
        return ANSWERS[solid[0]]
    return None


def _fills(lines: Sequence[LineSeen]) -> bool:
    alone = [
        next(each for each in line.boxes if each not in _NEARLY_EMPTY)
        for line in lines
        if len(line.boxes) > 1 and sum(each not in _NEARLY_EMPTY for each in line.boxes) == 1
    ]
    return alone.count("solid") >= _FILLS and alone.count("solid") > 2 * alone.count("marked")
