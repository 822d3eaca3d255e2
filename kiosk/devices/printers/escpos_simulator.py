"""A slip printer made of software: it rebuilds on a picture what it was told to print.

It knows the commands that the driver sends, keeps the order of printing apart from real-time
commands as a real printer does, and can run out of paper, have its cover open or say nothing.
Whatever else comes in is an error, so that no unknown command slips through a test.
"""

from __future__ import annotations

import os
import select
import socket
import threading
from collections import deque
from collections.abc import Callable
from types import TracebackType

from PIL import Image

Send = Callable[[bytes], None]
Step = Callable[[], None]

_FIXED_STATUS_BITS = 0x12


class UnknownCommandError(Exception):
    """The driver sent something that the simulator does not know."""


class SimulatedPrinter:
    """The machine behind the line: fed with bytes, it prints and answers."""

    def __init__(self, width: int = 576) -> None:
        self.width = width
        self.slips: list[Image.Image] = []
        self.cover_open = False
        self.rows_of_paper: int | None = None
        """Rows until the roll is used up; None for a roll without end."""
        self.knows_end_of_paper = True
        self.silent = False
        self._rows: list[bytes] = []
        self._arrived = bytearray()
        self._to_do: deque[Step] = deque()
        self._lock = threading.Lock()
        self._send: Send = lambda _: None

    @property
    def paper_out(self) -> bool:
        """Whether the roll is used up."""
        return self.rows_of_paper == 0

    @property
    def hanging_rows(self) -> int:
        """Rows that were printed and not cut off."""
        return len(self._rows)

    def load_paper(self, rows: int | None = None) -> None:
        """Put in a new roll; printing goes on."""
        with self._lock:
            self.rows_of_paper = rows
            self._print()

    def feed(self, content: bytes, send: Send) -> None:
        """Take what came over the line; answers go through `send`."""
        with self._lock:
            self._send = send
            self._arrived += content
            while self._take_command():
                pass
            self._print()

    def _take_command(self) -> bool:
        """Take one whole command; False when the rest has not come yet."""
        line = bytes(self._arrived)
        for start, take in self._table().items():
            if line.startswith(start):
                length = take(line)
                del self._arrived[:length]
                return length > 0
        if any(start.startswith(line) for start in self._table()):
            return False
        raise UnknownCommandError(line[:4].hex(" "))

    def _table(self) -> dict[bytes, Callable[[bytes], int]]:
        return {
            b"\x10\x04": self._status,
            b"\x10\x05": self._recover,
            b"\x1b@": lambda _: 2,
            b"\x1da": lambda line: _whole(line, 3),
            b"\x1bd": self._feed_lines,
            b"\x1b3": lambda line: _whole(line, 3),
            b"\x1b2": lambda _: 2,
            b"\x1dv0": self._raster,
            b"\x1b*": self._column,
            b"\x1dV": self._cut,
            b"\x1dr": self._end_of_paper,
            b"\n": lambda _: 1,
        }

    def _status(self, line: bytes) -> int:
        if len(line) < 3:
            return 0
        if not self.silent:
            self._send(bytes([self._status_byte(line[2])]))
        return 3

    def _status_byte(self, what: int) -> int:
        stopped = self.paper_out or self.cover_open
        bits = {
            1: 0x08 * stopped,
            2: 0x04 * self.cover_open | 0x20 * self.paper_out,
            3: 0,
            4: 0x60 * self.paper_out,
        }
        return _FIXED_STATUS_BITS | bits[what]

    def _recover(self, line: bytes) -> int:
        if len(line) < 3:
            return 0
        self._to_do.clear()
        return 3

    def _feed_lines(self, line: bytes) -> int:
        if len(line) < 3:
            return 0
        blank = bytes(self.width // 8)
        self._to_do.extend(self._row(blank) for _ in range(line[2] * 24))
        return 3

    def _raster(self, line: bytes) -> int:
        """GS v 0 m xL xH yL yH d1…dk."""
        if len(line) < 8:
            return 0
        across, rows = int.from_bytes(line[4:6], "little"), int.from_bytes(line[6:8], "little")
        end = 8 + across * rows
        if len(line) < end:
            return 0
        self._to_do.extend(self._row(line[at : at + across]) for at in range(8, end, across))
        return end

    def _column(self, line: bytes) -> int:
        """ESC * 33 nL nH d1…dk: columns of three bytes, 24 dots high."""
        if len(line) < 5:
            return 0
        if line[2] != 33:
            raise UnknownCommandError(line[:3].hex(" "))
        end = 5 + 3 * int.from_bytes(line[3:5], "little")
        if len(line) < end:
            return 0
        self._to_do.extend(map(self._row, _rows_of_columns(line[5:end])))
        return end

    def _cut(self, line: bytes) -> int:
        if len(line) < 3:
            return 0
        self._to_do.append(self._cut_off)
        return 3

    def _end_of_paper(self, line: bytes) -> int:
        if len(line) < 3:
            return 0
        if self.knows_end_of_paper:
            self._to_do.append(self._answer_end)
        return 3

    def _answer_end(self) -> None:
        if not self.silent:
            self._send(bytes([0x0C * self.paper_out]))

    def _row(self, dots: bytes) -> Step:
        return lambda: self._print_row(dots)

    def _print_row(self, dots: bytes) -> None:
        self._rows.append(dots.ljust(self.width // 8, b"\0"))
        if self.rows_of_paper is not None:
            self.rows_of_paper -= 1

    def _cut_off(self) -> None:
        if self._rows:
            black = b"".join(self._rows)
            paper = Image.frombytes("1", (self.width, len(self._rows)), _inverted(black))
            self.slips.append(paper)
        self._rows = []

    def _print(self) -> None:
        while self._to_do and not (self.paper_out or self.cover_open):
            self._to_do.popleft()()


class EscposSimulator:
    """A `SimulatedPrinter` at a loopback port, as at the port 9100 of a real one."""

    def __init__(self, printer: SimulatedPrinter | None = None) -> None:
        self.printer = printer or SimulatedPrinter()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._stop_read, self._stop_write = os.pipe()
        self._thread = threading.Thread(target=self._serve, name="slip printer", daemon=True)
        self.trouble: UnknownCommandError | None = None

    def __enter__(self) -> EscposSimulator:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.write(self._stop_write, b"x")
        self._thread.join(5)
        self._server.close()
        os.close(self._stop_read)
        os.close(self._stop_write)
        if self.trouble is not None and error is None:
            raise self.trouble

    def _serve(self) -> None:
        while self._wait_for(self._server):
            connection, _ = self._server.accept()
            with connection:
                self._speak(connection)

    def _speak(self, connection: socket.socket) -> None:
        while self._wait_for(connection):
            try:
                content = connection.recv(65536)
                self.printer.feed(content, connection.sendall)
            except UnknownCommandError as trouble:
                self.trouble = trouble
                return
            except OSError:
                return
            if not content:
                return

    def _wait_for(self, source: socket.socket) -> bool:
        """Whether something came; False when it is time to stop."""
        ready, _, _ = select.select([source.fileno(), self._stop_read], [], [])
        return self._stop_read not in ready


def _whole(line: bytes, length: int) -> int:
    return length if len(line) >= length else 0


def _inverted(black: bytes) -> bytes:
    """ESC/POS prints ones; a picture shows ones white."""
    return bytes(byte ^ 0xFF for byte in black)


def _rows_of_columns(columns: bytes) -> list[bytes]:
    """24 rows from columns whose first byte is on top, highest bit first."""
    count = len(columns) // 3
    turned = Image.frombytes("1", (24, count), columns)
    upright = turned.transpose(Image.Transpose.TRANSPOSE)
    return [upright.crop((0, y, count, y + 1)).tobytes() for y in range(24)]
