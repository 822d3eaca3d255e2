"""The end of the program: once, in good order, whichever way it comes.

Asked to end, the program closes the village first, with its backup, and says that it stopped; only
then it touches the window, since the screen's server may have been told to end at the same moment.
Where that server goes first, Qt's platform plugin and Xlib call C's ``exit`` from inside the event
loop, and nothing of Python after the loop is ever run. So the C library is asked to call back.
"""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from kiosk.core import event_log

_HEARD_WITHIN: Final = 1.0
"""Seconds: of two programs that are told to end at once the one hears it before the other."""
_LOOK_SECONDS: Final = 0.02


class OrderlyEnd:
    """Does `last`, which closes the village, and then says that the program stopped."""

    def __init__(self, last: Callable[[], object]) -> None:
        self._last = last
        self._begun = False
        self.asked = False

    def ask(self) -> None:
        """Somebody asked the program to end: systemd, a terminal, or the keeper."""
        self.asked = True

    def do(self) -> None:
        """The end, unless it was begun already."""
        if self._begun:
            return
        self._begun = True
        self._last()
        event_log.record("stopped")

    @contextmanager
    def even_without_a_screen(self) -> Iterator[None]:
        """Until the block ends, C's ``exit`` does it, too, where the program was asked to end.

        Where it was not, the screen's server failed: the program is started again at once, and
        what it holds is on disk.
        """
        called = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(self._exiting)
        library = ctypes.CDLL(None)
        # As a shared library would, so that it can be taken back: a call that comes when Python is
        # gone would find nobody (Itanium C++ ABI, 3.3.6.3).
        ours = ctypes.c_int()
        handle = ctypes.c_void_p(ctypes.addressof(ours))
        library["__cxa_atexit"](called, None, handle)
        try:
            yield
        finally:
            self._begun, begun = True, self._begun
            library["__cxa_finalize"](handle)
            self._begun = begun

    def _exiting(self, _argument: object) -> None:
        if self._begun:
            return
        until = time.monotonic() + _HEARD_WITHIN
        while not self.asked and time.monotonic() < until:
            time.sleep(_LOOK_SECONDS)
        if self.asked:
            self.do()
        else:
            event_log.record("display_lost")
        # All is on disk. What exit does next waits for threads that wait for this one.
        os._exit(1)
