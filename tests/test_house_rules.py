"""The tree keeps the house rules, and each rule is shown able to fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from kiosk.models import server_schema
from kiosk.models.migrations import LATEST
from scripts import doc_rules, house_rules, import_rules, service_rules
from scripts.house_rules import ROOT, Screen
from scripts.qml_source import read_qml

KIOSK = ROOT / "kiosk"
UI = KIOSK / "ui"
TRANSLATIONS = ROOT / "assets" / "translations"

CHINESE_IN_CODE = {
    "kiosk/documents/line_breaking.py": "units that stay with their number at a line's end",
    "kiosk/services/register/importing/addresses.py": "the grammar of addresses",
    "kiosk/services/rulebook/folding.py": "figures and look-alikes under which refused words hide",
}
"""Python files that hold Chinese because it is their subject, not because they say it."""


def sources() -> list[Path]:
    return sorted([*KIOSK.rglob("*.py"), *KIOSK.rglob("*.qml")])


def none(breaches: Iterable[str]) -> None:
    """Fail with every breach on a line of its own."""
    found = list(breaches)
    assert not found, "\n" + "\n".join(found)


# --- The tree ---------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", house_rules.QML_RULES, ids=lambda rule: rule.__name__)
def test_every_screen_keeps(rule: Callable[[Screen], Iterator[str]]) -> None:
    none([breach for screen in house_rules.screens(UI) for breach in rule(screen)])


def test_there_are_screens_to_check() -> None:
    assert len(house_rules.screens(UI)) > 10


def test_what_the_migrations_make_on_a_server_was_written_after_the_newest_of_them() -> None:
    told = "run python -m scripts.server_schema and commit kiosk/models/migrations/postgresql.txt"
    assert server_schema.FILE.read_text("utf-8").partition("\n")[0] == LATEST, told


def test_every_page_names_files_that_are_there() -> None:
    none(doc_rules.files_are_named_that_are_there(ROOT))


def test_every_qmldir_is_complete() -> None:
    none(house_rules.qmldir_is_complete(UI))


def test_the_catalogue_is_whole_in_every_language() -> None:
    none(house_rules.catalogue_is_whole(TRANSLATIONS))


def test_keys_used_and_keys_in_the_catalogue_are_the_same() -> None:
    none(house_rules.keys_and_catalogue_agree(TRANSLATIONS, sources(), ROOT))


def test_services_import_each_other_at_the_top_and_packages_hand_nothing_on() -> None:
    none(import_rules.services_import_at_the_top(KIOSK / "services"))
    none(import_rules.packages_hand_nothing_on(KIOSK / "services"))


def test_no_test_imports_a_test() -> None:
    none(import_rules.no_test_imports_a_test(ROOT / "tests"))


def test_a_unit_of_work_is_handed_on_whole() -> None:
    none(service_rules.a_unit_of_work_is_handed_on_whole(KIOSK / "services"))


def test_a_long_dataclass_of_a_service_is_filled_by_name() -> None:
    none(service_rules.long_dataclasses_are_filled_by_name(KIOSK / "services"))


def test_view_models_import_services_at_the_top_unless_they_stand_before_the_first_frame() -> None:
    rooms = [each for each in UI.iterdir() if each.is_dir() and each.name not in ("home", "shell")]
    none(found for room in rooms for found in import_rules.services_import_at_the_top(room))


def test_qml_sees_no_maps() -> None:
    # What a screen is opened with has as many forms as there are screens.
    allowed = UI / "shell" / "navigation.py"
    none(house_rules.qml_sees_no_maps((f for f in UI.rglob("*.py") if f != allowed), ROOT))


def test_qml_types_have_names_of_their_own() -> None:
    none(house_rules.qml_types_have_names_of_their_own(sorted(UI.rglob("*.py")), ROOT))


def test_python_holds_chinese_only_where_it_is_the_subject() -> None:
    breaches = house_rules.python_holds_no_chinese(sorted(KIOSK.rglob("*.py")), ROOT)
    none(found for found in breaches if found.partition(":")[0] not in CHINESE_IN_CODE)


@pytest.mark.parametrize("file", sorted(CHINESE_IN_CODE))
def test_each_exemption_is_still_needed(file: str) -> None:
    assert list(house_rules.python_holds_no_chinese([ROOT / file], ROOT)) != []


def test_python_names_no_language() -> None:
    allowed = ("core/catalogue.py", "devices/printers/ipp.py")
    versions = KIOSK / "models" / "migrations" / "versions"
    files = [
        each
        for each in sorted(KIOSK.rglob("*.py"))
        if not each.as_posix().endswith(allowed) and versions not in each.parents
    ]
    none(house_rules.python_names_no_language(files, ROOT))


def test_python_goes_round_neither_the_clock_nor_the_composition_root() -> None:
    files = sorted(KIOSK.rglob("*.py"))
    none(house_rules.python_says_nothing_forbidden(files, ROOT))


# --- Each rule for screens can fail ---------------------------------------------------------------

GOOD = """
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import kiosk.ui.controls

T.Button {
    id: root
    // A "comment" with <b>words</b> and qsTr("x") in it.
    Accessible.role: Accessible.Button
    Accessible.name: qsTrId("home.title")
    property string icon: "home-heart"
    contentItem: Text {
        text: root.first + " · " + qsTrId("home.title").arg(`${root.count}\\n`)
        textFormat: Text.PlainText
    }
}
"""

BAD: list[tuple[Callable[[Screen], Iterator[str]], str, str, str, str]] = [
    (
        house_rules.text_is_plain,
        "controls",
        "textFormat: Text.PlainText",
        "",
        "Text does not say textFormat",
    ),
    (
        house_rules.text_is_plain,
        "controls",
        "Text.PlainText",
        "Text.AutoText",
        "Text does not say textFormat",
    ),
    (house_rules.text_is_plain, "home", "", "", "Text stands in kiosk/ui/controls alone"),
    (
        house_rules.text_is_plain,
        "home",
        "contentItem: Text {",
        "contentItem: Item {",
        "own controls",
    ),
    (house_rules.text_is_plain, "controls", "contentItem:", "other:", "draws its caption itself"),
    (
        house_rules.text_is_plain,
        "controls",
        "contentItem: Text {",
        "contentItem: T.TextArea { textFormat: TextEdit.RichText } Item { ",
        "TextArea does not say textFormat",
    ),
    (
        house_rules.words_come_from_the_catalogue,
        "home",
        'qsTrId("home.title").arg',
        '"Welcome".arg',
        "literal text 'Welcome'",
    ),
    (house_rules.words_come_from_the_catalogue, "home", '" · "', '"欢迎"', "欢迎"),
    (house_rules.words_come_from_the_catalogue, "home", '"home-heart"', '"Two words"', "Two words"),
    (
        house_rules.words_come_from_the_catalogue,
        "home",
        "`${root.count}\\n`",
        "`${a} deeds`",
        "deeds",
    ),
    (
        house_rules.imports_stay_in_their_room,
        "home",
        "import kiosk.ui.controls",
        "import kiosk.ui.cases.desk",
        "imports kiosk.ui.cases.desk, another room",
    ),
    (
        house_rules.imports_stay_in_their_room,
        "controls",
        "import kiosk.ui.controls",
        "import kiosk.ui.shell",
        "imports kiosk.ui.shell, another room",
    ),
    (
        house_rules.imports_stay_in_their_room,
        "shell",
        "import kiosk.ui.controls",
        "import kiosk.ui.parts",
        "imports kiosk.ui.parts, another room",
    ),
    (
        house_rules.imports_stay_in_their_room,
        "parts",
        "import kiosk.ui.controls",
        "import kiosk.ui.home",
        "imports kiosk.ui.home, another room",
    ),
    (
        house_rules.imports_stay_in_their_room,
        "home",
        "import kiosk.ui.controls",
        'import "../desk"',
        "imports the path",
    ),
    (
        house_rules.rows_have_a_type,
        "home",
        "property string icon",
        "required property var modelData; property string icon",
        "modelData has no type",
    ),
    (
        house_rules.rows_have_a_type,
        "home",
        "property string icon",
        "readonly property var words: model.words; property string icon",
        "words has no type",
    ),
    (
        house_rules.touch_goes_through_controls,
        "home",
        "T.Button {",
        "MouseArea {",
        "MouseArea outside the controls",
    ),
    (
        house_rules.controls_are_accessible,
        "controls",
        "Accessible.role:",
        "role:",
        "the control has no Accessible.role",
    ),
    (
        house_rules.controls_are_accessible,
        "controls",
        "Accessible.name:",
        "name:",
        "the control has no Accessible.name",
    ),
    (
        house_rules.colours_come_from_the_theme,
        "home",
        '"home-heart"',
        '"#1E5E49"',
        "the colour #1E5E49",
    ),
    (
        house_rules.files_begin_alike,
        "home",
        "pragma ComponentBehavior: Bound",
        "",
        "pragma ComponentBehavior",
    ),
    (house_rules.files_begin_alike, "home", "id: root", "id: page", "not called root"),
    (
        house_rules.nothing_forbidden,
        "home",
        "root.first",
        "Qt.openUrlExternally(root.first)",
        "opens files and addresses",
    ),
    (house_rules.nothing_forbidden, "home", 'qsTrId("home.title").', 'qsTr("x").', "by their key"),
]


def screen_of(folder: Path, room: str, text: str) -> Screen:
    file = folder / room / "Sample.qml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return Screen(room, read_qml(file))


@pytest.mark.parametrize("rule", house_rules.QML_RULES, ids=lambda rule: rule.__name__)
def test_a_good_control_passes(rule: Callable[[Screen], Iterator[str]], tmp_path: Path) -> None:
    assert list(rule(screen_of(tmp_path, "controls", GOOD))) == []


@pytest.mark.parametrize(("rule", "room", "good", "bad", "breach"), BAD)
def test_a_bad_screen_is_named(
    rule: Callable[[Screen], Iterator[str]],
    room: str,
    good: str,
    bad: str,
    breach: str,
    tmp_path: Path,
) -> None:
    assert good in GOOD
    found = list(rule(screen_of(tmp_path, room, GOOD.replace(good, bad) if good else GOOD)))
    assert any(breach in line for line in found), found


def test_a_control_built_on_another_control_inherits_its_role(tmp_path: Path) -> None:
    (tmp_path / "controls").mkdir()
    (tmp_path / "controls" / "BaseButton.qml").write_text(GOOD, "utf-8")
    derived = "pragma ComponentBehavior: Bound\nBaseButton { id: root }\n"
    assert list(house_rules.controls_are_accessible(screen_of(tmp_path, "controls", derived))) == []


@pytest.mark.parametrize(
    ("qmldir", "breach"),
    [
        (None, "home/qmldir is missing"),
        ("module kiosk.ui.house\nHome 1.0 Home.qml\n", "names the module 'kiosk.ui.house'"),
        ("module kiosk.ui.home\n", "does not name Home.qml"),
        ("module kiosk.ui.home\nHome 1.0 Home.qml\nOld 1.0 Old.qml\n", "names Old.qml, not there"),
    ],
)
def test_a_qmldir_that_is_wrong_is_named(qmldir: str | None, breach: str, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "Home.qml").write_text(GOOD, "utf-8")
    if qmldir is not None:
        (tmp_path / "home" / "qmldir").write_text(qmldir, "utf-8")
    assert [line for line in house_rules.qmldir_is_complete(tmp_path) if breach in line]


def test_a_screen_stands_in_no_qmldir_since_it_is_opened_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "HomeScreen.qml").write_text(GOOD, "utf-8")
    (tmp_path / "home" / "qmldir").write_text("module kiosk.ui.home\n", "utf-8")
    assert list(house_rules.qmldir_is_complete(tmp_path)) == []


# --- Each rule for words can fail -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("zh", "en", "breach"),
    [
        ('a = "你好"', 'a = "Hello"', None),
        ('a = "%1 分"', 'a = "%1 points"', None),
        ('a = "你好"', "", "en/home: the text a is missing"),
        ("", 'a = "Hello"', "en/home: the text a is too many"),
        ('a = "你好"', 'a = " "', "en/home.a: is empty"),
        ('a = ""', 'a = "Hello"', "zh/home.a: is empty"),
        ('a = "%1 分"', 'a = "points"', "en/home.a: the places differ: zh ['1'], here []"),
        ('a = "%1 分"', 'a = "%2 points"', "en/home.a: the places differ: zh ['1'], here ['2']"),
        ('a = "你好"', "a = 5", "en/home.a: is no text"),
        (
            'a = "一"\nb = "二"',
            'b = "b"\na = "a"',
            "en/home: the text b does not stand in the order",
        ),
    ],
)
def test_a_language_has_the_texts_of_the_first_or_is_named(
    zh: str, en: str, breach: str | None, tmp_path: Path
) -> None:
    for language, texts in {"zh": zh, "en": en}.items():
        (tmp_path / language).mkdir()
        (tmp_path / language / "language.toml").touch()
        (tmp_path / language / "home.toml").write_text(texts, "utf-8")
    found = list(house_rules.catalogue_is_whole(tmp_path))
    assert found == [] if breach is None else found[0].startswith(breach)


def test_a_language_has_the_rooms_of_the_first_and_says_what_it_is(tmp_path: Path) -> None:
    rooms = {"zh": "home language staff", "fr": "halle home language", "it": "home"}
    for file in (f"{name}/{room}" for name, there in rooms.items() for room in there.split()):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / f"{file}.toml").touch()
    assert list(house_rules.catalogue_is_whole(tmp_path)) == [
        "fr: the file staff is missing",
        "fr: the file halle is too many",
        "it: a language wants a language.toml",
    ]


def keys_breached(folder: Path, entries: str, name: str, source: str) -> list[str]:
    words = folder / "words"
    (words / "zh").mkdir(parents=True)
    for entry in entries.split():
        room, _, key = entry.partition(".")
        with (words / "zh" / f"{room}.toml").open("a", encoding="utf-8") as file:
            file.write(f'{key} = "字"\n')
    (folder / name).write_text(source, "utf-8")
    return list(house_rules.keys_and_catalogue_agree(words, [folder / name], folder))


@pytest.mark.parametrize(
    ("entries", "name", "source", "expected"),
    [
        ("home.title", "a.qml", 'Item { a: qsTrId("home.title") }', []),
        ("home.title", "a.qml", 'Item { a: qsTrId("home.titel") }', ["home.titel", "home.title"]),
        ("home.title", "a.py", 'text("home.title", "zh")', []),
        ("home.title", "a.py", 'text("home.titel", "zh")', ["home.titel", "home.title"]),
        ("home.day_1 home.day_2", "a.py", 'text(f"home.day_{n}", "zh")', []),
        ("home.day_1", "a.py", 'text(f"home.night_{n}", "zh")', ["home.night_", "home.day_1"]),
        ("home.day_1 home.day_2", "a.qml", 'Item { a: qsTrId("home.day_" + n) }', []),
        ("home.mon home.tue", "a.py", 'text(f"home.{d}", "zh"); D = ["mon"]', ["home.tue"]),
        ("home.day_1", "a.py", 'text(f"home.{d}", "zh"); d = f"day_{n}"', []),
        ("home.title", "a.qml", 'Item { objectName: "home.x"; a: qsTrId("home.title") }', []),
        ("error.no_paper", "a.py", 'raise EnvironmentFault("no_paper")', []),
        ("error.no_paper", "a.py", 'raise EnvironmentFault("no_ink")', ["no_ink", "no_paper"]),
        ("error.no_paper", "a.py", 'CODES = ("no_paper",)', []),
        ("journal.started", "a.py", 'record("started")', []),
        ("journal.started", "a.py", 'record("stopped")', ["stopped", "started"]),
        ("home.title", "a.py", 'text("home.title", "zh"); ForeignKey("home.id")', []),
        ("home.title", "a.py", 'text("home.title", "zh"); open("home.toml")', []),
    ],
)
def test_a_key_is_used_and_present_or_named(
    entries: str, name: str, source: str, expected: list[str], tmp_path: Path
) -> None:
    found = keys_breached(tmp_path, entries, name, source)
    assert len(found) == len(expected), found
    assert all(wanted in line for wanted, line in zip(expected, found, strict=True)), found


def test_chinese_in_python_is_named_unless_it_explains(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text('"""善行存折"""\ngreeting = "你好"\n', "utf-8")
    found = list(house_rules.python_holds_no_chinese([file], tmp_path))
    assert found == ["a.py:2: literal text '你好'"]


def test_a_language_that_is_named_in_the_code_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('chinese = tongue == "zh"\nkey = "zh_CN"\n', "utf-8")
    found = list(house_rules.python_names_no_language([tmp_path / "a.py"], tmp_path))
    assert found == ["a.py:1: 'zh': a language is data"]


@pytest.mark.parametrize(
    "line",
    [
        "now = datetime.now(UTC)",
        "day = date.today()",
        "context.setContextProperty(a, b)",
    ],
)
def test_a_road_round_clock_or_composition_root_is_named(line: str, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(f"\n{line}\n", "utf-8")
    found = list(house_rules.python_says_nothing_forbidden([tmp_path / "a.py"], tmp_path))
    assert [breach.startswith("a.py:2: ") for breach in found] == [True]


@pytest.mark.parametrize(
    ("line", "breaches"),
    [
        ("from kiosk.services.ledger import log", 0),
        ("def ask():\n    from kiosk.services.ledger import log", 1),
        ("def ask():\n    import kiosk.services.check", 1),
        ("if TYPE_CHECKING:\n    from kiosk.services.check import PaperCheck", 1),
        ("def ask():\n    from kiosk.documents.slip import Slip", 0),
    ],
)
def test_a_service_that_imports_another_in_a_function_is_found(
    line: str, breaches: int, tmp_path: Path
) -> None:
    (tmp_path / "room.py").write_text(line, "utf-8")
    assert len(list(import_rules.services_import_at_the_top(tmp_path))) == breaches


@pytest.mark.parametrize(
    "line", ["from kiosk.services.perks.voucher import told_by", "from . import voucher"]
)
def test_a_package_that_hands_names_on_is_found(line: str, tmp_path: Path) -> None:
    (tmp_path / "__init__.py").write_text(line, "utf-8")
    assert len(list(import_rules.packages_hand_nothing_on(tmp_path))) == 1


@pytest.mark.parametrize(
    ("line", "breaches"),
    [
        ("from tests.ui.test_shell import Somebody", 1),
        ("import tests.ui.test_shell", 1),
        ("from tests.ui import test_shell", 1),
        ("def test_of_it() -> None:\n    from tests.ui.test_shell import Somebody", 1),
        ("from tests.ui.touch import tap", 0),
        ("import scripts.testing", 0),
        ("from PySide6.QtTest import QTest", 0),
    ],
)
def test_a_test_that_imports_another_is_found(line: str, breaches: int, tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text(line, "utf-8")
    assert len(list(import_rules.no_test_imports_a_test(tmp_path))) == breaches


@pytest.mark.parametrize(
    ("given", "breaches"),
    [
        ("work: Work, case: Case", 0),
        ("session: Session, case: Case", 0),
        ("village: Village, session_id: str", 0),
        ("session: Session, village: Village, case: Case", 1),
        ("case: Case, village: Village, *, session: Session", 1),
    ],
)
def test_a_step_that_takes_a_unit_in_two_pieces_is_found(
    given: str, breaches: int, tmp_path: Path
) -> None:
    (tmp_path / "room.py").write_text(f"def step({given}) -> None: ...", "utf-8")
    assert len(list(service_rules.a_unit_of_work_is_handed_on_whole(tmp_path))) == breaches


@pytest.mark.parametrize(
    ("decorator", "fields", "breaches"),
    [
        ("dataclass(frozen=True)", 4, 0),
        ("dataclass(frozen=True)", 5, 1),
        ("dataclass", 5, 1),
        ("dataclass(frozen=True, kw_only=True)", 5, 0),
        ("final", 5, 0),
    ],
)
def test_a_long_dataclass_that_is_filled_by_position_is_found(
    decorator: str, fields: int, breaches: int, tmp_path: Path
) -> None:
    lines = "".join(f"    field_{number}: int\n" for number in range(fields))
    (tmp_path / "room.py").write_text(f"@{decorator}\nclass Seen:\n{lines}", "utf-8")
    assert len(list(service_rules.long_dataclasses_are_filled_by_name(tmp_path))) == breaches


@pytest.mark.parametrize(
    ("decorator", "returned", "breaches"),
    [
        ("@Property(list, notify=changed)", "list[FoundRow]", 0),
        ("@Property(PageWords, notify=changed)", "PageWords", 0),
        ("@property", "dict[str, str]", 0),
        ("@Property(list, notify=changed)", "list[dict[str, Any]]", 1),
        ('@Property("QVariantMap", notify=changed)', "Words", 1),
    ],
)
def test_a_map_that_qml_would_see_is_named(
    decorator: str, returned: str, breaches: int, tmp_path: Path
) -> None:
    file = tmp_path / "a.py"
    file.write_text(f"class A:\n    {decorator}\n    def rows(self) -> {returned}: ...\n", "utf-8")
    assert len(list(house_rules.qml_sees_no_maps([file], tmp_path))) == breaches


@pytest.mark.parametrize(("second", "breaches"), [("RuleRow", 1), ("OtherRow", 0)])
def test_two_types_of_one_name_are_found(tmp_path: Path, second: str, breaches: int) -> None:
    files = [tmp_path / "a.py", tmp_path / "b.py"]
    for file, name in zip(files, ("RuleRow", second), strict=True):
        file.write_text(f"@QmlElement\nclass {name}(Row):\n    key: str\n", "utf-8")
    assert len(list(house_rules.qml_types_have_names_of_their_own(files, tmp_path))) == breaches


def test_a_page_that_names_a_file_which_moved_is_found(tmp_path: Path) -> None:
    for file in ("kiosk/services/cases/panel_draw.py", "docs/page.md"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("`cases/panel_draw.py` and `reports/lot.py`", "utf-8")
    assert list(doc_rules.files_are_named_that_are_there(tmp_path)) == [
        "docs/page.md: reports/lot.py"
    ]
