"""Photographs drawn anew in a process of their own, with limits of time and memory.

A file from a stick is the only thing in the hall that a stranger made and the kiosk decodes. What
breaks a decoder, or keeps it busy, breaks or ends a process that holds nothing but this picture.
One helper stands by with the decoder loaded; for each picture it forks a child, which takes its
limits, decodes and ends. The helper ends with the kiosk: its input closes.

A request is a line ``side length`` and the file; an answer is one byte and, after `DRAWN`, a line
with the length and the JPEG.
"""

from __future__ import annotations

import atexit
import io
import os
import resource
import subprocess
import sys
import threading
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 50_000_000
"""A file of a few kilobytes can claim billions of them."""
MOST_ON_A_SIDE = 20_000
MOST_SCANS = 100
"""A progressive JPEG has about ten; each more costs a pass over all pixels."""
QUALITY = 82
SECONDS = 5
"""Of a processor, for one picture; a telephone's takes a tenth of one."""
MEMORY = 700_000_000
"""Bytes of address space, program included; one of 50 million pixels takes about 450 million."""
_KINDS = ("JPEG", "PNG", "WEBP")
_START_OF_SCAN = b"\xff\xda"
_PROJECT = Path(__file__).resolve().parents[2]

DRAWN, TOO_LARGE, UNREADABLE = b"d", b"l", b"u"


class PictureTooLarge(Exception):
    """More pixels than a photograph has."""


class PictureUnreadable(Exception):
    """No photograph, a damaged one, or one that takes more time or memory than a photograph."""


class PhotoDecoder:
    """The helper, started when the first picture comes; one picture at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._helper: subprocess.Popen[bytes] | None = None

    def draw(self, raw: bytes, side: int) -> bytes:
        """The picture in `raw` as a fresh JPEG, upright, at most `side` pixels long.

        Raises:
            PictureTooLarge: by its pixels.
            PictureUnreadable: for whatever is no JPEG, PNG or WebP picture of a photograph's kind.
        """
        with self._lock:
            try:
                return self._asked(raw, side)
            except OSError as trouble:  # the helper itself was ended: the next one starts anew
                self.close()
                raise PictureUnreadable from trouble

    def close(self) -> None:
        """End the helper."""
        helper, self._helper = self._helper, None
        if helper is not None:
            helper.kill()
            helper.wait()
            for pipe in (helper.stdin, helper.stdout):
                with suppress(OSError):  # what was not yet written goes with the helper
                    assert pipe is not None
                    pipe.close()

    def _asked(self, raw: bytes, side: int) -> bytes:
        helper = self._running()
        assert helper.stdin is not None
        assert helper.stdout is not None
        helper.stdin.write(b"%d %d\n" % (side, len(raw)) + raw)
        helper.stdin.flush()
        answer = helper.stdout.read(1)
        if answer == DRAWN:
            return helper.stdout.read(int(helper.stdout.readline()))
        if not answer:
            self.close()
        raise PictureTooLarge if answer == TOO_LARGE else PictureUnreadable

    def _running(self) -> subprocess.Popen[bytes]:
        if self._helper is None or self._helper.poll() is not None:
            self.close()
            self._helper = subprocess.Popen(
                [sys.executable, "-P", "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={"PYTHONPATH": str(_PROJECT), "PATH": os.environ.get("PATH", "")},
                cwd="/",
            )
        return self._helper


_decoder = PhotoDecoder()
atexit.register(_decoder.close)


def drawn(raw: bytes, side: int) -> bytes:
    """See `PhotoDecoder.draw`; the helper is the program's only one."""
    return _decoder.draw(raw, side)


# --- In the helper ------------------------------------------------------------------------------


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until the input closes."""
    import PIL.Image
    import PIL.ImageOps
    import PIL.JpegImagePlugin
    import PIL.PngImagePlugin
    import PIL.WebPImagePlugin  # noqa: F401 - loaded once, for every child

    while line := asked.readline():
        side, length = map(int, line.split())
        answers.write(_of_a_child(asked.read(length), side))
        answers.flush()


def _of_a_child(raw: bytes, side: int) -> bytes:
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        try:
            _answer(raw, side, into)
        finally:
            os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as stream:
        answer = stream.read()
    os.waitpid(child, 0)
    return answer or UNREADABLE


def _answer(raw: bytes, side: int, into: int) -> None:
    with suppress(OSError):  # short of memory, the machine ends this process and no other
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        jpeg = _jpeg(_opened(raw, side))
        answer = DRAWN + b"%d\n" % len(jpeg) + jpeg
    except PictureTooLarge:
        answer = TOO_LARGE
    except Exception:  # the decoders of a hostile file raise anything
        answer = UNREADABLE
    with os.fdopen(into, "wb") as stream:
        stream.write(answer)


def _opened(raw: bytes, side: int) -> Image:
    """The picture itself: every pixel decoded here, so that a broken file is found here.

    It is made small before it is turned, so that one copy of the large one is held and no more.
    """
    from PIL import Image, ImageOps

    if raw.count(_START_OF_SCAN) > MOST_SCANS:
        raise PictureUnreadable
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=_KINDS) as found:
                if found.width * found.height > MOST_PIXELS or max(found.size) > MOST_ON_A_SIDE:
                    raise PictureTooLarge
                found.draft("RGB", (side, side))
                large = found if found.mode == "RGB" else found.convert("RGB")
                large.thumbnail((side, side))
                upright = ImageOps.exif_transpose(large)
    except Image.DecompressionBombError as trouble:
        raise PictureTooLarge from trouble
    plain = Image.new("RGB", upright.size)
    plain.paste(upright)
    return plain


def _jpeg(picture: Image) -> bytes:
    drawn_anew = io.BytesIO()
    picture.save(drawn_anew, "JPEG", quality=QUALITY, optimize=True)
    return drawn_anew.getvalue()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
