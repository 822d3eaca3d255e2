"""What nearly every file of tests imports: done once, before the processes are split off."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import warnings
from typing import get_args

import kiosk
from kiosk.core.catalogue import catalogue

_OTHERS = (
    "PIL.Image", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtSvg", "PySide6.QtTest",
    "alembic.command", "alembic.config", "alembic.script", "argon2", "cryptography", "escpos",
    "hypothesis", "hypothesis.stateful", "openpyxl", "psycopg", "pypdf", "pypinyin", "pysqlite3",
    "reportlab.pdfgen.canvas", "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite", "xlrd", "zxingcpp",
)  # fmt: skip


def warm_up() -> None:
    """Import it, and keep it out of every later search for garbage."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name in (*_ours(), *_OTHERS):
            importlib.import_module(name)
    from sqlalchemy.orm import configure_mappers

    configure_mappers()
    _read_the_words()
    _read_the_fonts()
    gc.collect()
    gc.freeze()


def _read_the_words() -> None:
    """Every file of every language, and what Qt is given of them."""
    from kiosk.ui.shell.translator import compiled_catalogue

    for language in catalogue().languages:
        compiled_catalogue(catalogue(), language)


def _read_the_fonts() -> None:
    """The fonts of the papers."""
    from kiosk.documents.fonts import FontName, loaded

    for font in get_args(FontName):
        loaded(font)


def _ours() -> list[str]:
    found = pkgutil.walk_packages(kiosk.__path__, "kiosk.")
    return [
        each.name
        for each in found
        if not each.name.endswith(("__main__", "versions"))
        and ".versions." not in each.name
        and not each.name.endswith("migrations.env")
    ]
