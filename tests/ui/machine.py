"""The window of a machine on which a village can be put back, as the composition root makes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from kiosk.app import LazyVillage, MainWindow, settings_here
from kiosk.core.catalogue import catalogue
from kiosk.services.access import languages, sessions
from kiosk.ui.shell.surroundings import Surroundings
from tests.ui.touch import let_go, settle

TERMINAL: dict[str, Any] = {"size": (1920, 1080), "mm": 1920 / 476}


@contextmanager
def machine(
    opened: LazyVillage,
    drives: Path,
    restarts: list[str],
    **panel: Any,
) -> Iterator[MainWindow]:
    """Its window, on a `panel` of a size and mm; `restarts` hears of a new beginning."""
    around = Surroundings(
        settings=replace(settings_here(opened.directory), drives=str(drives)),
        catalogue=catalogue(),
        clock=opened.clock,
        directory=opened.directory,
        village=opened,
        sign_out=sessions.sign_out,
        note_language=languages.note_language,
        backups=opened,
        restart=lambda: restarts.append("again"),
    )
    stage = MainWindow(around, motion=False, **(panel or TERMINAL))
    stage.show()
    settle()
    try:
        yield stage
    finally:
        stage.close(opened.close)
        let_go()
    assert stage.complaints == []
