"""A screen that is not there, of which the picture is looked at: the same way for every program.

Xvfb keeps its picture in a file (``-fbdir``), which is read without asking the server anything, so
that looking costs the program next to nothing. A program is painted when the picture is the one it
had when it stood still.
"""

from __future__ import annotations

import mmap
import os
import signal
import struct
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

WIDTH, HEIGHT = 1920, 1080
_STEP = 8
"""Every so many pixels, across and down, one is looked at."""
_PATIENCE, _LOOK_AGAIN, _STILL = 60.0, 0.002, 1.5
_INK, _WHOLE = 0.9, 0.97
"""How much of what is not ground, and how much of all, must be as in the last picture."""

Picture = tuple[int, ...]


@dataclass
class Screen:
    """A running Xvfb: its name for DISPLAY, and its picture."""

    display: str
    pixels: memoryview
    first: int
    """Where in `pixels`, counted in pixels, the picture begins."""
    last: dict[str, Picture] = field(default_factory=dict)
    """The picture of each program when it stood still."""

    def picture(self) -> Picture:
        """What is seen now, by samples."""
        rows = range(self.first, self.first + WIDTH * HEIGHT, WIDTH * _STEP)
        return tuple(
            pixel & 0xFFFFFF for row in rows for pixel in self.pixels[row : row + WIDTH : _STEP]
        )

    @contextmanager
    def running(
        self, command: Sequence[str], environment: Mapping[str, str], cwd: Path
    ) -> Iterator[subprocess.Popen[bytes]]:
        """A program on this screen, ended with all that it started."""
        told = {**os.environ, **environment, "DISPLAY": self.display}
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                command, env=told, cwd=cwd, stdout=said, stderr=said, start_new_session=True
            )
            try:
                yield process
            finally:
                _end(process)

    def seconds_to_painted(
        self, name: str, command: Sequence[str], environment: Mapping[str, str], cwd: Path
    ) -> float:
        """From the command until the screen shows what it shows in the end.

        Raises:
            TimeoutError: the program does not get there.
        """
        if name not in self.last:
            with self.running(command, environment, cwd):
                self.last[name] = self._still()
        wanted = Target(self.last[name])
        self._emptied()
        begun = monotonic()
        with self.running(command, environment, cwd):
            while not wanted.is_seen(self.picture()):
                if monotonic() - begun > _PATIENCE:
                    raise TimeoutError(f"{name} is not painted in {_PATIENCE:.0f} s")
                sleep(_LOOK_AGAIN)
            return monotonic() - begun

    def settled(self) -> None:
        """Wait until a program's picture stands still."""
        self._still()

    def _emptied(self) -> None:
        """Wait until nothing is left of the program before."""
        end = monotonic() + _PATIENCE
        while len(set(self.picture())) > 1:
            if monotonic() > end:
                raise TimeoutError("something stays on the screen")
            sleep(0.05)

    def _still(self) -> Picture:
        """The picture once it has content and has not changed for a while."""
        seen, since, end = self.picture(), monotonic(), monotonic() + _PATIENCE
        while monotonic() - since < _STILL or len(set(seen)) < 3:
            if monotonic() > end:
                raise TimeoutError("the screen does not come to rest")
            sleep(0.05)
            now = self.picture()
            if not Target(seen).is_seen(now):
                seen, since = now, monotonic()
        return seen


@dataclass(frozen=True)
class Target:
    """The picture that is waited for."""

    picture: Picture

    def is_seen(self, now: Picture) -> bool:
        """Whether `now` is that picture, but for a clock's hands or a blinking mark."""
        (ground, _), *_ = Counter(self.picture).most_common(1)
        same = [one == other for one, other in zip(self.picture, now, strict=True)]
        ink = [hit for hit, pixel in zip(same, self.picture, strict=True) if pixel != ground]
        return sum(same) >= _WHOLE * len(same) and sum(ink) >= _INK * len(ink)


@contextmanager
def screen() -> Iterator[Screen]:
    """A screen of 1920x1080 in memory, without a window manager."""
    with tempfile.TemporaryDirectory() as folder:
        reading, writing = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-fbdir", folder]
        server = subprocess.Popen(
            [*command, "-nolisten", "tcp"], pass_fds=[writing], stderr=subprocess.DEVNULL
        )
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                number = told.readline().strip()
            with (Path(folder) / "Xvfb_screen0").open("rb") as file:
                picture = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
            # XWD: the header's size comes first, the number of colours stands at 19 words
            # (X11/XWDFile.h), and a colour takes twelve bytes.
            header, colours = (struct.unpack_from(">I", picture, 4 * word)[0] for word in (0, 19))
            pixels = memoryview(picture).cast("I")
            yield Screen(f":{number}", pixels, (header + 12 * colours) // 4)
        finally:
            server.terminate()
            server.wait()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started: they are a session of their own."""
    for kind, seconds in ((signal.SIGTERM, 5), (signal.SIGKILL, 10)):
        try:
            os.killpg(process.pid, kind)
            process.wait(seconds)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
