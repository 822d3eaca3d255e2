"""The doors of the keeper: commands, settings, environment, register files and rule files.

What they can do is a closed list, and for every article the names are tried that would switch it
off. `docs/charter.md` has the table.
"""

from __future__ import annotations

import ast
import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

import kiosk
from kiosk.cli.main import commands
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import PrinterSettings, Settings, read_settings
from kiosk.core.texts import Texts
from kiosk.services.rulebook import choosing
from kiosk.services.rulebook.reading import read_rulebook
from kiosk.services.rulebook.whereabouts import places
from tests.command_line import NAMED, OFFICIALS
from tests.command_line import kiosk as command
from tests.services.rulebook.wordings import RULE

KIOSK = Path(kiosk.__file__).parent
COMMANDS = {
    "run": "the kiosk itself", "init": "founds an empty village", "demo": "made-up people",
    "import": "names, houses and birth dates of a register", "signs": "signs of those who agreed",
    "verify": "reads the log", "export-log": "commitments without content",
    "export-verifier": "the keys and the kinds of papers",
    "doctor": "reads the machine", "backup": "sealed", "restore": "with the keeper's key",
    "recovery-sheet": "the keeper's key", "replace-key": "signs on", "confirm-clock": "the clock",
    "copy-to": "the same village elsewhere", "grants": "less rights, never more",
    "export-keys": "the keys, sealed", "import-keys": "the keys, sealed",
    "note-restore": "tells the log of a restore",
    "new-cards": "officials' cards where none of them can sign in, each an entry, all are told",
    "appoint": "an office in an emergency, where two officers are no longer left; an entry says so",
    "no-screen": "a sentence on a screen on which nothing can be drawn",
    "manual": "a booklet for an office, the same in every village",
    "board": "what anybody may read; who wants to be thanked by name is, and nobody else",
    "offer-perk": "a clerk signs in; what is on the shelf, never who has what",
}  # fmt: skip
"""Every command, and what it touches. None enrols, decides, shows or lists anybody."""
VARIABLES = {
    "KIOSK_DATA", "KIOSK_DATABASE_URL", "KIOSK_LANGUAGE", "KIOSK_PIN", "KIOSK_POWER_OFF",
    "KIOSK_RECOVERY_KEY",
}  # fmt: skip
SETTINGS = {
    "name", "origin", "language", "demo", "screen_width_mm", "scanner", "terminal",
    "backup_to", "drives", "places", "printers",
}  # fmt: skip
SWITCHES = {
    1: ("consent_required = false", "minimum_age = 0", "consent_text_version = 0"),
    2: ("gate = false", 'gate_terms = "/tmp/none.toml"', 'areas = ["religion"]'),
    3: ("notice = false", "reply_days = 0", "notice_days = 0"),
    4: ("officers_needed = 1", "listed_reasons = false", "recusal = false"),
    5: ("appeal = false", "appeal_days = 0", "panel_days = 9999"),
    6: ("concern_days = 9999", "deed_days = 1", "for_ever = true"),
    7: ("ranking = true", "blacklist = true", "smallest_group = 1"),
    8: ("record_views = false", 'purposes = ["curiosity"]', "silent_looks = true"),
    9: ("lender_url = 'https://bank.example'", "number_for_services = 60", "share = true"),
    10: ("allow_leave = false", "allow_copy = false", "keep_data = true"),
    11: ("reward_reporters = true", "reporter_points = 3", "show_reporter = true"),
}
"""For each article, what a file would say to switch it off."""
EACH = [(article, line) for article, lines in SWITCHES.items() for line in lines]
OFF = pytest.mark.parametrize(("article", "line"), EACH)


# --- Settings and environment


@OFF
@pytest.mark.parametrize("where", ["", "[charter]\n", "[printers]\n"])
def test_no_setting_switches_an_article_off(
    tmp_path: Path, article: int, line: str, where: str
) -> None:
    assert article in range(1, 12)
    file = tmp_path / "village.toml"
    names = 'name_zh = "杨桥村"\nname_en = "Yangqiao"\norigin = "yangqiao.example/book"\n'
    file.write_text(names, "utf-8")
    assert read_settings(file).name["zh"] == "杨桥村"
    file.write_text(f"{names}{where}{line}\n", "utf-8")
    with pytest.raises(EnvironmentFault, match="settings_damaged"):
        read_settings(file)


def test_the_settings_are_about_the_hall_and_nothing_else() -> None:
    assert {field.name for field in fields(Settings)} == SETTINGS
    assert {field.name for field in fields(PrinterSettings)} == {"sign", "slip", "slip_width_mm"}


def test_a_place_of_the_settings_reaches_for_nothing_that_no_rule_may() -> None:
    own = Settings(
        Texts({"zh": "村", "en": "Village"}),
        "v.example/book",
        places=("清真寺 / Mosque", "南塘 / Pond"),
    )
    assert not [each for each in places(own) if "清真寺" in each]
    assert "南塘 / Pond" in places(own)


@pytest.mark.long
def test_the_environment_has_no_switch_either() -> None:
    said = {
        node.value
        for file in KIOSK.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {each for each in said if re.fullmatch(r"KIOSK_[A-Z_]+", each)} == VARIABLES


# --- The rule file


@OFF
@pytest.mark.parametrize("inside", [True, False], ids=["in a rule", "at the top"])
def test_no_line_of_a_rule_file_switches_an_article_off(
    tmp_path: Path, article: int, line: str, inside: bool
) -> None:
    assert article in range(1, 12)
    file = tmp_path / "book.toml"
    text = f"{RULE}{line}\n" if inside else f"{line}\n{RULE}"
    file.write_text(text, "utf-8")
    with pytest.raises(ExpectedError, match="rulebook_unknown"):
        read_rulebook(file)


# --- The command line


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("doors") / "village"
    official = [part for told in OFFICIALS for part in ("--official", told)]
    code, said = command("init", *NAMED, *official, data=data)
    assert code == 0, said
    return data


def test_the_commands_are_a_closed_list() -> None:
    assert set(commands.commands) <= COMMANDS.keys()
    assert {"import", "signs", "verify"} <= set(commands.commands)


@pytest.mark.parametrize(
    "name",
    [
        "enrol", "consent", "rule", "install-rules", "notice", "decide", "approve", "appeal",
        "points", "rank", "top", "list", "blacklist", "residents", "record", "views", "send",
        "leave", "erase", "unseal", "reporter",
    ],
)  # fmt: skip
def test_there_is_no_command_that_could_break_an_article(founded: Path, name: str) -> None:
    code, said = command(name, data=founded)
    assert code == 2
    assert "No such command" in said


OF_THE_FOUNDING = {"--with-rule", "--without-rule"}
"""Ticks of the shipped rules, which all went through the gate; once, before there is a village."""


def test_no_option_of_any_command_names_what_the_charter_keeps() -> None:
    options = {
        option
        for each in commands.commands.values()
        for parameter in each.params
        for option in parameter.opts
    }
    assert (
        not {
            option
            for option in options
            if re.search("consent|gate|rule|notice|appeal|point|star|rank|concern|reporter", option)
        }
        - OF_THE_FOUNDING
    )
    assert not {
        option
        for name, each in commands.commands.items()
        for parameter in each.params
        for option in parameter.opts
        if option in OF_THE_FOUNDING and name != "init"
    }


def test_a_founding_ticks_no_rule_that_did_not_come_with_the_program() -> None:
    with pytest.raises(ExpectedError, match="rule_not_shipped"):
        choosing.chosen(["pray_at_the_temple"])


REGISTER = (
    "姓名,出生日期,门牌号,户号,身份证号,民族,宗教信仰,政治面貌,健康状况,婚姻状况,年收入,"
    "是否同意,积分,星级,黑名单,举报人,备注\n"
    "林春生,1956-03-01,东街12号,1,11010519491231002X,回族,伊斯兰教,党员,残疾三级,离异,36000,"
    "是,-50,1,是,王建国,上访户\n"
    "林小雨,2016-04-20,东街12号,1,,藏族,佛教,群众,乙肝,未婚,0,是,100,5,否,,超生\n"
)
NEVER = (
    "11010519491231002X", "回族", "伊斯兰", "党员", "残疾", "离异", "36000", "上访", "藏族", "佛教",
    "乙肝", "超生",
)  # fmt: skip


def rows(data: Path) -> Iterator[str]:
    """Every value of the village's database, as text."""
    with sqlite3.connect(DataDirectory(data).database) as connection:
        question = "SELECT name FROM sqlite_master WHERE type = 'table'"
        for (table,) in connection.execute(question).fetchall():
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                yield from map(str, row)


def count(data: Path, table: str) -> int:
    with sqlite3.connect(DataDirectory(data).database) as connection:
        return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


@pytest.mark.long
def test_a_register_brings_people_and_nothing_that_the_charter_keeps_out(
    founded: Path, tmp_path: Path
) -> None:
    """Columns for consent, points, stars, a blacklist, belief, health, income: none is kept."""
    file = tmp_path / "register.csv"
    file.write_text(REGISTER, "utf-8")
    before = {table: count(founded, table) for table in ("consent", "resident")}
    code, said = command("import", "--json", file, data=founded)
    report = json.loads(said)
    assert (code, report["added"], report["refused"]) == (0, 2, 0)
    assert count(founded, "resident") == before["resident"] + 2
    assert count(founded, "consent") == before["consent"]
    for table in ("case", "case_move", "point_entry", "wallet_movement", "rating", "record_view"):
        assert count(founded, table) == 0
    held = list(rows(founded))
    assert "林春生" in held
    assert [word for word in NEVER if any(word in value for value in held)] == []


@pytest.mark.long
def test_what_the_commands_say_names_no_resident(founded: Path, tmp_path: Path) -> None:
    if "林春生" not in set(rows(founded)):
        file = tmp_path / "register.csv"
        file.write_text(REGISTER, "utf-8")
        command("import", file, data=founded)
    out = tmp_path / "log.txt"
    said = [
        command("verify", "--json", data=founded)[1],
        command("doctor", "--json", data=founded)[1],
        command("backup", "--json", data=founded)[1],
        command("export-log", out, data=founded)[1],
        out.read_text("utf-8"),
        *(file.read_text("utf-8") for file in (founded / "log").iterdir()),
    ]
    assert all(said[:5])
    assert not any(re.search("林|林春生|lín|周根土|李秀兰", each) for each in said)
