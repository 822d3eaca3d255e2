"""Pictures of visit sheets read in a process of their own, with limits of time and memory.

As with photographs (`photo_decoder`), a file from a stick is what a stranger made: what breaks a
decoder, or keeps it busy, breaks or ends a process that holds nothing but this picture. Each page
of a PDF is drawn by pdftoppm, within the same limits.

A request is a line of JSON and the file; an answer is a line of JSON.
"""

from __future__ import annotations

import base64
import io
import json
import os
import resource
import shutil
import subprocess
import sys
import warnings
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast, get_args

from kiosk.core.sheet_layout import Form, FormName, Group, Size, form, read_mark
from kiosk.devices.photo_decoder import MOST_ON_A_SIDE, MOST_PIXELS, MOST_SCANS, PictureTooLarge

if TYPE_CHECKING:
    from PIL.Image import Image

    from kiosk.devices.box_ink import Box

SECONDS: Final = 20
"""Of a processor, for one page; one takes about half a second."""
WAITED: Final = 60
"""Seconds on the wall: a program that hangs is ended as well."""
MEMORY: Final = 900_000_000
"""Bytes of address space, program included."""
LONGEST_SIDE: Final = 3_200
"""Pixels; more than a box needs takes time and finds no more."""
MOST_PAGES: Final = 500
_PDF: Final = b"%PDF-"
_PDF_DPI: Final = 200
_PROJECT = Path(__file__).resolve().parents[2]

Groups: TypeAlias = Mapping[str, tuple[Group, ...]]
"""The items of each kind of premises, by dimension."""


class PageUnreadable(Exception):
    """No picture or PDF, a damaged one, or one that takes more than a sheet does."""


@dataclass(frozen=True)
class LineSeen:
    """What is in the boxes of a line, and its picture."""

    boxes: tuple[Box, ...]
    picture: bytes


@dataclass(frozen=True)
class SheetSeen:
    """A form that was on a page; `lines` in the layout's order, None where codes are hidden."""

    name: FormName
    lines: tuple[LineSeen, ...] | None


def pages_of(raw: bytes) -> int:
    """How many pages a PDF has, at most `MOST_PAGES`; a picture has one.

    Raises:
        PageUnreadable: a PDF that is none, or that has no page.
    """
    if not raw.startswith(_PDF):
        return 1
    told = limited(["pdfinfo", "-"], raw).decode("utf-8", "replace")
    found = [line.split()[1] for line in told.splitlines() if line.startswith("Pages:")]
    if not found or not found[0].isdigit() or not int(found[0]):
        raise PageUnreadable
    return min(int(found[0]), MOST_PAGES)


def read_page(raw: bytes, page: int, groups: Groups) -> tuple[SheetSeen, ...]:
    """The forms on a page of a file, counted from 1; none where it shows none.

    Raises:
        PictureTooLarge: by its pixels.
        PageUnreadable: for whatever is no PDF, JPEG, PNG or WebP picture of a photograph's kind.
    """
    told = {kind: [asdict(each) for each in some] for kind, some in groups.items()}
    request = json.dumps({"page": page, "groups": told}).encode() + b"\n" + raw
    answer = json.loads(limited([sys.executable, "-P", "-m", __name__], request) or b"null")
    if answer == "too large":
        raise PictureTooLarge
    if not isinstance(answer, list):
        raise PageUnreadable
    return tuple(_sheet(each) for each in answer)


def _sheet(told: Mapping[str, Any]) -> SheetSeen:
    known = read_mark(told["mark"])
    assert known is not None, "the reader says what it found"
    lines = told["lines"] and tuple(
        LineSeen(tuple(cast("list[Box]", each["boxes"])), base64.b64decode(each["picture"]))
        for each in told["lines"]
    )
    return SheetSeen(known[1], lines)


def limited(command: list[str], given: bytes) -> bytes:
    """What a program makes of it within the limits.

    Raises:
        PageUnreadable: it failed, or took too long.
    """
    if shutil.which(command[0]) is None:
        raise PageUnreadable
    try:
        done = subprocess.run(
            command,
            input=given,
            capture_output=True,
            check=True,
            timeout=WAITED,
            env={"PYTHONPATH": str(_PROJECT), "PATH": os.environ.get("PATH", "")},
            cwd="/",
            preexec_fn=_take_limits,
        )
    except (subprocess.SubprocessError, OSError) as trouble:
        raise PageUnreadable from trouble
    return done.stdout


def _take_limits() -> None:
    with suppress(OSError):  # short of memory, the machine ends this process and no other
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


# --- In the process of its own ------------------------------------------------------------------


def answer(asked: bytes) -> Any:
    """What a request is answered: forms with their lines, or a word of what is the matter."""
    head, _, raw = asked.partition(b"\n")
    told = json.loads(head)
    groups = {
        kind: tuple(Group(each["dimension"], tuple(each["items"]), each["asked"]) for each in some)
        for kind, some in told["groups"].items()
    }
    try:
        return _read(_opened(raw, told["page"]), layouts_of(groups))
    except PictureTooLarge:
        return "too large"
    except Exception:  # the decoders of a hostile file raise anything
        return "unreadable"


def layouts_of(groups: Groups) -> dict[str, Form]:
    """The forms by size and kind of premises."""
    return {
        f"{size} {kind}": form(size, some)
        for kind, some in groups.items()
        for size in get_args(Size)
    }


def _read(picture: Image, layouts: Mapping[str, Form]) -> list[dict[str, Any]]:
    from kiosk.devices.sheet_boxes import read_forms

    return [
        {
            "mark": seen.name.mark(0),
            "lines": lines
            and [
                {"boxes": each.boxes, "picture": base64.b64encode(each.picture).decode()}
                for each in lines
            ],
        }
        for seen, lines in read_forms(picture, layouts)
    ]


def _opened(raw: bytes, page: int) -> Image:
    """The page in grey, every pixel decoded here, so that a broken file is found here."""
    from PIL import Image

    if raw.startswith(_PDF):
        place = ["-f", str(page), "-singlefile"]
        command = ["pdftoppm", "-gray", "-r", str(_PDF_DPI), *place, "-scale-to", "3200", "-"]
        raw = subprocess.run(command, input=raw, capture_output=True, check=True).stdout
    if raw.count(b"\xff\xda") > MOST_SCANS:
        raise PageUnreadable
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG", "WEBP", "PPM")) as found:
            if found.width * found.height > MOST_PIXELS or max(found.size) > MOST_ON_A_SIDE:
                raise PictureTooLarge
            found.draft("L", (LONGEST_SIDE, LONGEST_SIDE))
            grey = found if found.mode == "L" else _on_white(found)
            grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
            plain = Image.new("L", grey.size)
            plain.paste(grey)
            return plain
    except Image.DecompressionBombError as trouble:
        raise PictureTooLarge from trouble


def _on_white(picture: Image) -> Image:
    """What is see-through is paper."""
    from PIL import Image

    if picture.mode not in ("RGBA", "LA", "PA") and "transparency" not in picture.info:
        return picture.convert("L")
    seen = picture.convert("LA")
    white = Image.new("L", seen.size, 255)
    white.paste(seen.getchannel("L"), mask=seen.getchannel("A"))
    return white


if __name__ == "__main__":
    print(json.dumps(answer(sys.stdin.buffer.read())))  # noqa: T201 - it is the answer
