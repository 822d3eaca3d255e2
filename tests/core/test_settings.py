"""Settings survive a round trip; a file that cannot be read gets one clear sentence."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest

from kiosk.core.catalogue import catalogue
from kiosk.core.errors import EnvironmentFault
from kiosk.core.settings import (
    PrinterSettings,
    Settings,
    UnreadableSettings,
    parse_settings,
    read_settings,
    write_settings,
)
from kiosk.core.texts import Texts

SETTINGS = Settings(
    Texts({"zh": '杨"桥\\村', "en": "Yangqiao"}),
    "yangqiao.example/good-deed-book",
    demo=True,
    terminal="east hall",
    printers=PrinterSettings(sign="cups:A5", slip_width_mm=58),
)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_settings(tmp_path / "village.toml", SETTINGS)
    assert read_settings(tmp_path / "village.toml") == SETTINGS


def test_a_village_keeps_its_name_that_stood_in_a_line_for_each_language(tmp_path: Path) -> None:
    file = tmp_path / "village.toml"
    write_settings(file, SETTINGS)
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("name =")]
    assert len(lines) == len(file.read_text("utf-8").splitlines()) - 1
    names = ["name_zh = '杨\"桥\\村'", 'name_en = "Yangqiao"']
    file.write_text("\n".join(names + lines), "utf-8")
    assert read_settings(file) == SETTINGS


def test_a_village_may_have_a_name_in_further_languages(tmp_path: Path) -> None:
    named = replace(SETTINGS, name=Texts({"zh": "村", "en": "Village", "fr": "Le village"}))
    write_settings(tmp_path / "village.toml", named)
    assert read_settings(tmp_path / "village.toml") == named


@pytest.mark.parametrize("name", ['{ zh = "村" }', '"村"', '{ zh = "村", en = 5 }'])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "village.toml"
    file.write_text(f'name = {name}\norigin = "v.example/book"\n', "utf-8")
    with pytest.raises(EnvironmentFault, match="settings_damaged"):
        read_settings(file)


def test_a_missing_village_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as refused:
        read_settings(tmp_path / "village.toml")
    assert "kiosk init" in refused.value.sentence(catalogue(), "en")


@pytest.mark.parametrize(
    "text",
    ["name_zh = ", "appeal_days = 0\n", "\xff\xfe", 'name_zh = "x"\n', "[printers]\nlazer = 'x'\n"],
)
def test_a_damaged_or_unknown_setting_is_refused_by_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "village.toml"
    write_settings(file, replace(SETTINGS))
    file.write_bytes(text.encode("latin-1") + file.read_bytes() if "=" in text else b"\xff\xfe")
    with pytest.raises(EnvironmentFault, match="settings_damaged"):
        read_settings(file)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("name = 7", "name wants zh and en"),
        ("name = { zh = 7, en = 'Yangqiao' }", "name is a text in each language"),
        ("language = 'xx'", "language is one of zh, en"),
        ("demo = 1", "demo is true or false"),
        ("screen_width_mm = '500'", "screen_width_mm is a whole number"),
        ("screen_width_mm = true", "screen_width_mm is a whole number"),
        ("language = ['zh']", "language is a text"),
        ("backup_to = 2026-11-29", "backup_to is a text"),
        ("places = 'docks'", "places is a list"),
        ("printers = 'file'", "[printers] is a group"),
        ("places = " + "[" * 5000, "[[["),
    ],
)
def test_a_value_of_another_kind_is_named_with_what_it_should_be(
    tmp_path: Path, line: str, said: str
) -> None:
    file = tmp_path / "village.toml"
    write_settings(file, replace(SETTINGS))
    name = line.partition(" ")[0]
    lines = file.read_text("utf-8").splitlines()
    if name == "printers":
        lines = lines[: lines.index("[printers]")]
    kept = [each for each in lines if not each.startswith(f"{name} ")]
    file.write_text("\n".join([line, *kept]), "utf-8")
    with pytest.raises(EnvironmentFault, match="settings_damaged") as refused:
        read_settings(file)
    assert said in refused.value.sentence(catalogue(), "en")


VALUES: tuple[object, ...] = ("x", "", 5, -1, 2.5, True, [], ["x"], [5], {}, {"zh": "x"}, {"zh": 5})
EVERY_KEY = [each.name for each in fields(Settings)]
EVERY_PRINTER_KEY = [each.name for each in fields(PrinterSettings)]


@pytest.mark.parametrize("key", [*EVERY_KEY, *(f"printers.{each}" for each in EVERY_PRINTER_KEY)])
@pytest.mark.parametrize("value", VALUES, ids=str)
def test_each_key_takes_values_of_its_own_type_and_refuses_every_other(
    key: str, value: object
) -> None:
    table = {"name": {"zh": "杨桥", "en": "Yangqiao"}, "origin": "v.example/book"}
    printers: dict[str, object] = {}
    (printers if key.startswith("printers.") else table)[key.removeprefix("printers.")] = value  # type: ignore[assignment]
    lines = [f"{each} = {toml(it)}" for each, it in table.items()]
    lines += ["[printers]"] if "printers" not in table else []
    lines += [f"{each} = {toml(it)}" for each, it in printers.items()]
    try:
        read = parse_settings("\n".join(lines))
    except UnreadableSettings:
        return
    usual = Settings(SETTINGS.name, "v.example/book")
    room = (read.printers, usual.printers) if printers else (read, usual)
    found, wanted = (getattr(each, key.removeprefix("printers.")) for each in room)
    assert type(found) is type(wanted)
    assert found == (tuple(value) if isinstance(value, list) else value) or key == "printers"


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(each)}" for key, each in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize(
    "line",
    [
        'origin = ""',
        'origin = "a b"',
        'origin = "a+b"',
        'origin = "a\\nb"',
        'backup_to = "/media/\\u0000"',
        'places = ["桥\\n头 / Bridge"]',
        "screen_width_mm = -1",
        "screen_width_mm = 100000",
        "printers.slip_width_mm = 70",
        'printers.sign = "file\\u0007"',
    ],
)
def test_a_value_that_no_hall_can_mean_is_refused(line: str) -> None:
    lines = ['name = {zh = "杨桥", en = "Yangqiao"}', line]
    lines += [] if line.startswith("origin") else ['origin = "v.example/book"']
    with pytest.raises(UnreadableSettings, match=line.partition(" ")[0].rpartition(".")[2]):
        parse_settings("\n".join(lines))
