"""What nearly every file of tests does first: done once, before the processes are split off."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import tempfile
import warnings
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

import kiosk
from kiosk.core.catalogue import catalogue
from kiosk.core.clock import SettableClock

_OTHERS = (
    "PIL.Image", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtSvg", "PySide6.QtTest",
    "alembic.command", "alembic.config", "alembic.script", "argon2", "cryptography", "escpos",
    "hypothesis", "hypothesis.stateful", "openpyxl", "psycopg", "pypdf", "pypinyin", "pysqlite3",
    "reportlab.pdfgen.canvas", "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite", "xlrd", "zxingcpp",
)  # fmt: skip


def warm_up(*, with_a_day: bool) -> None:
    """Import what is needed, and keep it out of every later search for garbage.

    `with_a_day` lives a day in a village, so that its statements are compiled and its mappers have
    met every table: three seconds here, and a fifth of one less in every file of services.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name in (*_ours(), *_OTHERS):
            importlib.import_module(name)
    from sqlalchemy.orm import configure_mappers

    configure_mappers()
    _read_the_words()
    _read_the_fonts()
    if with_a_day:
        _live_a_day()
    gc.collect()
    gc.freeze()


def _read_the_words() -> None:
    """Every file of every language, and what Qt is given of them."""
    from kiosk.ui.shell.translator import compiled_catalogue

    for language in catalogue().languages:
        compiled_catalogue(catalogue(), language)


def _read_the_fonts() -> None:
    """The fonts of the papers."""
    from kiosk.documents.embedded_font import loaded
    from kiosk.documents.fonts import FontName

    for font in get_args(FontName):
        loaded(font)


def _live_a_day() -> None:
    """Everything once that the services can do, on a SQLite file; nothing of it is kept."""
    from kiosk.services.access import pins
    from kiosk.services.upkeep.opening import DATABASE_VARIABLE
    from tests.conftest import SETTINGS
    from tests.services.cases.conftest import Hamlet, furnish
    from tests.worlds.full_day import live_a_full_day
    from tests.worlds.kept import founded, grown

    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.delenv(DATABASE_VARIABLE, raising=False)
        patch.setattr(pins, "SHIPPED", pins.Cost(memory_kib=64, passes=1))
        folder = Path(place)
        settings = replace(SETTINGS, drives=str(folder / "drives"))
        clock = SettableClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
        village = founded(folder / "village", settings, clock)
        live_a_full_day(grown(Hamlet(village, clock), furnish), folder)
        village.database.close()


def _ours() -> list[str]:
    found = pkgutil.walk_packages(kiosk.__path__, "kiosk.")
    return [
        each.name
        for each in found
        if not each.name.endswith(("__main__", "versions"))
        and ".versions." not in each.name
        and not each.name.endswith("migrations.env")
    ]
