"""What a paper in the queue comes out on: a sheet, half of one, a label's place, or a roll.

A label knows its place on its sheet, from 1: so a batch goes on after a jam as it was laid out, and
the first free place of a used sheet is that behind the last label of the queue.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, cast, get_args

from kiosk.devices.printers import Media

LabelPlace = Literal["L1", "L2", "L3", "L4"]
"""A place on an A4 sheet of four labels: above left, above right, below left, below right."""
QueuedMedia = Literal[Media, "A4x2", LabelPlace]
"""``A4x2`` is half of an A4 sheet that is cut in two."""
LABELS: Final[tuple[LabelPlace, ...]] = get_args(LabelPlace)
SHEETS: Final[tuple[QueuedMedia, ...]] = ("A3", "A4", "A5", "A4x2", *LABELS)
ROLLS: Final[tuple[QueuedMedia, ...]] = ("58", "80")


def label(place: int) -> LabelPlace:
    """The label at a place, from 1; those of the sheets behind it are counted on."""
    return LABELS[(place - 1) % len(LABELS)]


def place_on_sheet(media: QueuedMedia) -> int:
    """A label's place on its sheet, from 1; 0 for what is no label."""
    return LABELS.index(media) + 1 if media in LABELS else 0


def put_in(media: QueuedMedia) -> Media:
    """The paper that has to be in the printer."""
    return cast("Media", media if media in get_args(Media) else "A4")


def same_kind(one: QueuedMedia, other: QueuedMedia) -> bool:
    """Whether two papers may be on sheets of one file."""
    return one == other or (one in LABELS and other in LABELS)


def sheets_of(papers: Sequence[QueuedMedia]) -> tuple[int, ...]:
    """On which sheet of its file each of these papers stands, from 0.

    A label begins another sheet when its place is not behind that of the one before.
    """
    found: list[int] = []
    for number, each in enumerate(papers):
        if each == "A4x2":
            found.append(number // 2)
        elif not number:
            found.append(0)
        else:
            before = place_on_sheet(papers[number - 1])
            shares = 0 < before < place_on_sheet(each)
            found.append(found[-1] + (not shares))
    return tuple(found)
