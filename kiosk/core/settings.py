"""The settings of one village: ``village.toml`` in its data directory.

Only what differs from hall to hall stands here. What the charter promises (deadlines, caps, two
officers) is code, so that no file can switch it off.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import MISSING, asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from kiosk.core.catalogue import CHINESE, ON_EVERY_PAPER, Language, catalogue
from kiosk.core.errors import EnvironmentFault
from kiosk.core.paths import write_whole
from kiosk.core.texts import Texts

_ORIGIN = re.compile(r"[^\s+]+")
"""The name of a key of a signed note (C2SP signed-note)."""
_WIDEST_MM = 5_000
_ROLLS_MM = (58, 80)
_SAID: dict[type, str] = {str: "a text", int: "a whole number", bool: "true or false"}


@dataclass(frozen=True)
class PrinterSettings:
    """Where papers go.

    ``file``, ``cups:NAME``, ``ipp://…``, ``escpos:HOST[:PORT]`` or ``escpos:/dev/…``.
    """

    sign: str = "file"
    slip: str = "file"
    slip_width_mm: int = 80


@dataclass(frozen=True)
class Settings:
    """What `kiosk init` asked for and the keeper may change."""

    name: Texts
    origin: str
    """The log's origin line, e.g. ``yangqiao.example/good-deed-book`` (C2SP tlog-checkpoint)."""
    language: Language = CHINESE
    demo: bool = False
    screen_width_mm: int = 0
    """The visible width of the screen; 0 trusts what the screen says of itself."""
    scanner: str = "wedge"
    """``wedge`` for a keyboard wedge, or the path of a serial scanner such as ``/dev/ttyACM0``."""
    drives: str = "usb"
    """``usb`` for what people plug in, or a folder whose subfolders stand for drives."""
    terminal: str = "hall"
    """This terminal's name among those of one PostgreSQL: it prints what was queued here."""
    backup_to: str = ""
    """A second place for backups, such as a mounted USB stick; empty for none."""
    places: tuple[str, ...] = ()
    """Places of the village that a report can name, each ``中文 / English``."""
    printers: PrinterSettings = field(default_factory=PrinterSettings)


class UnreadableSettings(ValueError):
    """What is amiss with a text that was to be settings."""


def read_settings(file: Path) -> Settings:
    """Read a settings file.

    Raises:
        EnvironmentFault: ``no_village`` if there is none, ``settings_damaged`` if unreadable.
    """
    if not file.exists():
        raise EnvironmentFault("no_village", file.parent)
    try:
        return parse_settings(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, UnreadableSettings) as trouble:
        raise EnvironmentFault("settings_damaged", file, trouble) from trouble


def parse_settings(text: str) -> Settings:
    """The settings that stand in a text, each of the type that it must have.

    Raises:
        UnreadableSettings: with what is amiss.
    """
    try:
        table = tomllib.loads(text)
        printers = PrinterSettings(**_known(PrinterSettings, table.pop("printers", {})))
        name = _name(table)
        places = _texts("places", table.pop("places", []))
        known = _known(Settings, table)
        if known.get("language", CHINESE) not in (there := catalogue().languages):
            raise TypeError(f"language is one of {', '.join(there)}")
        settings = Settings(name=name, printers=printers, places=places, **known)
        _check_values(settings)
        return settings
    except RecursionError as trouble:  # brackets within brackets, thousands deep
        raise UnreadableSettings("[[[") from trouble
    except (tomllib.TOMLDecodeError, TypeError) as trouble:
        raise UnreadableSettings(str(trouble)) from trouble


def _check_values(settings: Settings) -> None:
    """Refuse values of the right type that no hall can mean.

    Raises:
        TypeError: with what is amiss.
    """
    texts = {
        **{each.name: getattr(settings, each.name) for each in fields(Settings)},
        **asdict(settings.printers),
    }
    said = [(key, value) for key, value in texts.items() if isinstance(value, str)]
    said += [("name", each) for each in settings.name.values()]
    said += [("places", each) for each in settings.places]
    for key, value in said:
        if not value.isprintable():
            raise TypeError(f"{key} holds a sign that cannot be printed")
    if not _ORIGIN.fullmatch(settings.origin):
        raise TypeError("origin is a text without blanks and +")
    if not 0 <= settings.screen_width_mm <= _WIDEST_MM:
        raise TypeError(f"screen_width_mm is 0 to {_WIDEST_MM}")
    if settings.printers.slip_width_mm not in _ROLLS_MM:
        raise TypeError("slip_width_mm is 58 or 80")


def write_settings(file: Path, settings: Settings) -> None:
    """Write `settings` as TOML, whole or not at all."""
    table = asdict(settings)
    printers = table.pop("printers")
    called = ", ".join(_line(language, text) for language, text in table.pop("name").items())
    lines = [f"name = {{ {called} }}", *(_line(name, value) for name, value in table.items())]
    lines += ["", "[printers]", *(_line(name, value) for name, value in printers.items())]
    write_whole(file, ("\n".join(lines) + "\n").encode())


def _name(table: dict[str, Any]) -> Texts:
    """The village's name; in version 0.1 it stood as ``name_zh`` and ``name_en``."""
    if "name" in table:
        name = table.pop("name")
    else:
        keys = [each for each in ON_EVERY_PAPER if f"name_{each}" in table]
        name = {each: table.pop(f"name_{each}") for each in keys}
    if not isinstance(name, dict) or not set(name) >= set(ON_EVERY_PAPER):
        raise TypeError("name wants zh and en")
    if not all(isinstance(each, str) for each in name.values()):
        raise TypeError("name is a text in each language")
    return Texts(name)


def _texts(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise TypeError(f"{name} is a list of texts")
    return tuple(value)


def _known(kind: type[Any], table: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise TypeError("[printers] is a group of settings")
    usual = {each.name: each.default for each in fields(kind)}
    if unknown := sorted(set(table) - usual.keys()):
        raise TypeError(f"unknown setting {unknown[0]}")
    for name, value in table.items():
        # What has no usual value, names and origin, is a text.
        wanted = type(usual[name]) if usual[name] is not MISSING else str
        if type(value) is not wanted:
            raise TypeError(f"{name} is {_SAID[wanted]}")
    return table


def _line(name: str, value: object) -> str:
    return f"{name} = {json.dumps(value, ensure_ascii=False)}"
