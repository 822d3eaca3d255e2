"""The project's own rules for screens and words, each a function that yields what breaks it.

A breach is one line, ``file:line: what is wrong``. ``tests/test_house_rules.py`` holds the tree to
the rules and shows that each of them can fail.
"""

from __future__ import annotations

import ast
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.core.catalogue import CHINESE, TRANSLATIONS, Catalogue
from scripts.qml_source import QmlSource, read_qml

ROOT = Path(__file__).resolve().parents[1]
SHARED_ROOMS: tuple[str, ...] = ("controls", "shell", "parts")
"""Rooms of the screen floor that every other room may import; each of them those before it."""

DYNAMIC_ROOMS = {"error", "journal"}
"""Files of the catalogue whose keys are made from a code: ``error.<code>``, ``journal.<event>``."""

TEXT_ITEMS = {"Text", "Label", "TextEdit", "TextArea", "TextInput", "TextField"}
"""Items that draw or take text; the controls wrap them, and rooms use the controls."""

_ALWAYS_PLAIN = {"TextInput", "TextField"}
"""Single-line fields, which know no text format: what is in them is never interpreted."""

CAPTIONED_ITEMS = {
    *("AbstractButton", "Button", "RoundButton", "ToolButton", "DelayButton", "TabButton"),
    *("CheckBox", "RadioButton", "Switch", "ComboBox", "SpinBox", "GroupBox", "ToolTip", "Dialog"),
    *("ItemDelegate", "CheckDelegate", "RadioDelegate", "SwitchDelegate", "SwipeDelegate"),
    *("MenuItem", "MenuBarItem"),
}
"""Stock controls whose caption is drawn with automatic text format unless they draw it anew."""

TOUCH_ITEMS = {"MouseArea", "TapHandler", "MultiPointTouchArea"}
"""Raw touch: the controls turn it into taps that a drag cancels and that a screen reader knows."""

FORBIDDEN_CODE = {
    r"\bQt\.openUrlExternally\b": "opens files and addresses outside the kiosk",
    r"\bcreateQmlObject\b": "runs text as a program",
    r"\beval\s*\(": "runs text as a program",
    r"\bXMLHttpRequest\b": "reads files and the network from a screen",
    r"\b(File|Folder)Dialog\b": "there is no file dialog anywhere",
    r"\b(RichText|StyledText|MarkdownText|AutoText)\b": "interprets what a person typed",
    r"\bqsTr\s*\(": "words come from the catalogue by their key, with qsTrId",
}

_KEY = re.compile(r"[a-z][a-z_]*\.[a-z][a-z0-9_]*")
_PLACE = re.compile(r"%([1-9])")
_TOKEN = re.compile(r"[\w.:/#%+\-*]*", re.A)
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}")
_CAPTION_BINDING = re.compile(
    r"\b(text|title|subtitle|label|caption|placeholderText|hint|message|question|prompt|heading"
    r"|description|Accessible\.name|Accessible\.description)\s*:[^;]*$"
)
_OBJECT_NAME = re.compile(r"\b(objectName|named|\w+Named|readName)\s*:\s*$")
"""Names that the tests touch things by look like keys: ``check.verdict``."""

_UNTYPED_ROW = re.compile(r"\bproperty\s+var\s+(modelData\b|words\b(?=: \w))")
"""A list that stands in the file itself, in brackets, is not a view-model's."""

_FILE_ENDINGS = {"toml", "qml", "svg", "png", "pdf", "json", "jsonl", "csv", "xlsx", "py", "txt"}


@dataclass(frozen=True)
class Screen:
    """A QML file and the room it stands in."""

    room: str
    source: QmlSource

    def at(self, line: int, what: str) -> str:
        """A breach on `line`."""
        return (
            f"{self.source.file.name}:{line}: {what}"
            if not self.room
            else (f"{self.room}/{self.source.file.name}:{line}: {what}")
        )


def screens(ui: Path) -> list[Screen]:
    """Every QML file below `ui`, the folder of the screen floor."""
    return [
        Screen("/".join(file.relative_to(ui).parts[:-1]), read_qml(file))
        for file in sorted(ui.rglob("*.qml"))
    ]


# --- Rules for one QML file ---------------------------------------------------------------------


def text_is_plain(screen: Screen) -> Iterator[str]:
    """Nothing that a person typed is ever interpreted: every text is Text.PlainText."""
    for item in screen.source.objects:
        if item.name in TEXT_ITEMS and screen.room != "controls":
            yield screen.at(item.line, f"{item.name} stands in kiosk/ui/controls alone")
        elif item.name in TEXT_ITEMS - _ALWAYS_PLAIN:
            if not item.bindings.get("textFormat", "").endswith(".PlainText"):
                yield screen.at(item.line, f"{item.name} does not say textFormat: Text.PlainText")
        elif item.name in CAPTIONED_ITEMS and screen.room != "controls":
            yield screen.at(item.line, f"{item.name} is not one of the kiosk's own controls")
        elif item.name in CAPTIONED_ITEMS and "contentItem" not in item.bindings:
            yield screen.at(item.line, f"{item.name} draws its caption itself, not as plain text")


def words_come_from_the_catalogue(screen: Screen) -> Iterator[str]:
    """No literal text in QML: a key of the catalogue, or no words at all."""
    for literal in screen.source.literals:
        written = _written(literal.text)
        if not _has_letter(written) or literal.before.rstrip().endswith("qsTrId("):
            continue
        is_token = screen.source.file.stem == "Theme" or _TOKEN.fullmatch(written)
        if _CAPTION_BINDING.search(literal.before) or not is_token:
            yield screen.at(literal.line, f"literal text {literal.text!r}")


def imports_stay_in_their_room(screen: Screen) -> Iterator[str]:
    """A room imports itself and the shared rooms; a shared room only those below it."""
    below: tuple[str, ...] = SHARED_ROOMS
    if screen.room in SHARED_ROOMS:
        below = SHARED_ROOMS[: SHARED_ROOMS.index(screen.room)]
    allowed = {screen.room, *below}
    for name in screen.source.imports:
        if name.startswith(("'", '"')):
            yield screen.at(1, f"imports the path {name}; a room is imported by its name")
            continue
        room = name.removeprefix("kiosk.ui.").replace(".", "/")
        if screen.room and name.startswith("kiosk.ui.") and room not in allowed:
            yield screen.at(1, f"imports {name}, another room")


def touch_goes_through_controls(screen: Screen) -> Iterator[str]:
    """Rooms do not catch raw touch: a drag would not cancel it and nothing would read it aloud."""
    if screen.room in SHARED_ROOMS:
        return
    for item in screen.source.objects:
        if item.name in TOUCH_ITEMS:
            yield screen.at(item.line, f"{item.name} outside the controls and the shell")


def controls_are_accessible(screen: Screen) -> Iterator[str]:
    """Every control says what it is and what it is called, or that it is decoration."""
    if screen.room != "controls" or "pragma Singleton" in screen.source.code:
        return
    root = screen.source.root
    is_one_of_ours = (screen.source.file.parent / f"{root.name}.qml").exists()
    if is_one_of_ours or root.bindings.get("Accessible.ignored") == "true":
        return
    for wanted in ("Accessible.role", "Accessible.name"):
        if wanted not in root.bindings:
            yield screen.at(root.line, f"the control has no {wanted}")


def colours_come_from_the_theme(screen: Screen) -> Iterator[str]:
    """A colour written elsewhere escapes the contrast test on the theme."""
    if screen.source.file.stem == "Theme":
        return
    for literal in screen.source.literals:
        if _COLOUR.fullmatch(literal.text):
            yield screen.at(literal.line, f"the colour {literal.text} is not the theme's")


def files_begin_alike(screen: Screen) -> Iterator[str]:
    """Bound components, and one name for the root."""
    if "pragma ComponentBehavior: Bound" not in screen.source.code:
        yield screen.at(1, "does not say pragma ComponentBehavior: Bound")
    if screen.source.root.bindings.get("id") != "root":
        yield screen.at(screen.source.root.line, "the outermost object is not called root")


def nothing_forbidden(screen: Screen) -> Iterator[str]:
    """Doors out of the kiosk, and text that is run or interpreted."""
    for pattern, reason in FORBIDDEN_CODE.items():
        for found in re.finditer(pattern, screen.source.code):
            line = screen.source.code.count("\n", 0, found.start()) + 1
            yield screen.at(line, f"{found[0]}: {reason}")


def rows_have_a_type(screen: Screen) -> Iterator[str]:
    """A delegate says what its row is: qmllint finds a misspelt field of a type, and of no map."""
    for found in _UNTYPED_ROW.finditer(screen.source.code):
        line = screen.source.code.count("\n", 0, found.start()) + 1
        yield screen.at(line, f"{found[1]} has no type")


QML_RULES: tuple[Callable[[Screen], Iterator[str]], ...] = (
    text_is_plain,
    words_come_from_the_catalogue,
    imports_stay_in_their_room,
    touch_goes_through_controls,
    controls_are_accessible,
    colours_come_from_the_theme,
    files_begin_alike,
    nothing_forbidden,
    rows_have_a_type,
)


def _written(literal: str) -> str:
    """What a literal puts on the screen of its own: no ``${…}``, and escapes read."""
    fixed = re.sub(r"\$\{[^}]*\}|\\[nt]", "", literal)
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), fixed)


def _has_letter(text: str) -> bool:
    return any(unicodedata.category(character).startswith("L") for character in text)


# --- Rules for a room ---------------------------------------------------------------------------


def qmldir_is_complete(ui: Path) -> Iterator[str]:
    """Each room's qmldir names its module, every QML file in it, and nothing else.

    A screen need not be named: it is opened by its path, as `kiosk.ui.shell.screens` lists it.
    """
    for folder in sorted({file.parent for file in ui.rglob("*.qml")} - {ui}):
        room = folder.relative_to(ui).as_posix()
        if not (folder / "qmldir").exists():
            yield f"{room}/qmldir is missing"
            continue
        lines = [line.split() for line in (folder / "qmldir").read_text("utf-8").splitlines()]
        module = next((line[1] for line in lines if line[:1] == ["module"]), "")
        if module != f"kiosk.ui.{room.replace('/', '.')}":
            yield f"{room}/qmldir names the module {module!r}"
        named = {line[-1] for line in lines if line and line[-1].endswith(".qml")}
        there = {file.name for file in folder.glob("*.qml")}
        parts = {name for name in there if not name.endswith("Screen.qml")}
        yield from (f"{room}/qmldir does not name {name}" for name in sorted(parts - named))
        yield from (f"{room}/qmldir names {name}, not there" for name in sorted(named - there))


# --- Rules for the catalogue --------------------------------------------------------------------


def catalogue_is_whole(folder: Path) -> Iterator[str]:
    """Every language has the rooms, keys and places of the first, in its order, and no gap."""
    first = _language(folder / CHINESE)
    for each in Catalogue(folder).languages:
        language = _language(folder / each)
        yield from _apart(each, first.keys(), language.keys(), "the file")
        for room in first.keys() & language.keys():
            where = f"{each}/{room}"
            yield from _apart(where, first[room], language[room], "the text")
            for name in language[room].keys() & first[room].keys():
                what = _text_breach(first[room][name], language[room][name])
                yield from [f"{where}.{name}: {what}"] if what else ()
    without = {path.name for path in folder.iterdir()} - set(Catalogue(folder).languages)
    yield from (f"{name}: a language wants a language.toml" for name in sorted(without))


def _language(folder: Path) -> dict[str, dict[str, object]]:
    """Every text of one language by its room and its name."""
    files = sorted(folder.glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text("utf-8")) for file in files}


def _apart(where: str, wanted: Iterable[str], there: Iterable[str], what: str) -> Iterator[str]:
    wanted, there = list(wanted), list(there)
    yield from (f"{where}: {what} {name} is missing" for name in wanted if name not in there)
    yield from (f"{where}: {what} {name} is too many" for name in there if name not in wanted)
    if sorted(wanted) == sorted(there) and wanted != there:
        name = next(mine for mine, first in zip(there, wanted, strict=True) if mine != first)
        yield f"{where}: {what} {name} does not stand in the order of {CHINESE}"


def _text_breach(first: object, text: object) -> str:
    if not isinstance(text, str):
        return "is no text"
    if not text.strip():
        return "is empty"
    wanted, there = (sorted(set(_PLACE.findall(str(each)))) for each in (first, text))
    return "" if wanted == there else f"the places differ: {CHINESE} {wanted}, here {there}"


@dataclass(frozen=True)
class KeyUse:
    """A key of the catalogue, or the beginning of one, in the source."""

    key: str
    where: str
    is_prefix: bool = False


@dataclass(frozen=True)
class Words:
    """All that the sources say of the catalogue."""

    uses: tuple[KeyUse, ...]
    bare: frozenset[str]
    """Every other string: a name that may be put behind the name of its room."""
    bare_prefixes: frozenset[str]
    """What such a name begins with, ending in ``_``: f"slip_{kind}"."""


def words_of(sources: Iterable[Path], rooms: set[str], root: Path) -> Words:
    """What the Python and QML files among `sources` use of a catalogue with these `rooms`."""
    uses: list[KeyUse] = []
    bare: set[str] = set()
    prefixes: set[str] = set()
    for file in sources:
        where = file.relative_to(root).as_posix()
        strings = _qml_strings(file) if file.suffix == ".qml" else _python_strings(file)
        for text, line, is_prefix in strings:
            if use := _key_use(text, f"{where}:{line}", rooms, is_prefix=is_prefix):
                uses.append(use)
            elif is_prefix and text.endswith("_"):
                prefixes.add(text)
            else:
                bare.add(text)
    return Words(tuple(uses), frozenset(bare), frozenset(prefixes))


def _key_use(text: str, where: str, rooms: set[str], *, is_prefix: bool) -> KeyUse | None:
    room, dot, name = text.partition(".")
    if room not in rooms or not dot or name in _FILE_ENDINGS:
        return None
    if is_prefix:
        return KeyUse(text, where, is_prefix=True)
    return KeyUse(text, where) if _KEY.fullmatch(text) else None


def _qml_strings(file: Path) -> Iterator[tuple[str, int, bool]]:
    source = read_qml(file)
    for literal in source.literals:
        if not _OBJECT_NAME.search(literal.before):
            yield literal.text, literal.line, literal.text.endswith((".", "_"))


def _python_strings(file: Path) -> Iterator[tuple[str, int, bool]]:
    """Every string of a Python file; what an f-string begins with is the prefix of a key."""
    tree = ast.parse(file.read_text("utf-8"))
    formatted = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    skipped = {id(part) for node in formatted for part in node.values}
    skipped |= {id(part) for node in ast.walk(tree) if _is_column(node) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield _beginning(node), node.lineno, True
        elif isinstance(node, ast.Call):
            yield from _coded_key(node)
        elif isinstance(node, ast.Constant) and id(node) not in skipped:
            yield str(node.value), node.lineno, False


def _is_column(node: ast.AST) -> bool:
    """A reference to a column of a table, which looks like a key: ``residents.id``."""
    return isinstance(node, ast.Call) and _called(node).startswith("ForeignKey")


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _beginning(formatted: ast.JoinedStr) -> str:
    first = formatted.values[0] if formatted.values else None
    return str(first.value) if isinstance(first, ast.Constant) else ""


_CODED = {
    **dict.fromkeys(("KioskError", "ExpectedError", "EnvironmentFault"), "error"),
    "record": "journal",
}
"""Calls whose first argument is a code, and the room in which its sentence stands."""


def _coded_key(call: ast.Call) -> Iterator[tuple[str, int, bool]]:
    room = _CODED.get(_called(call))
    first = call.args[0] if call.args else None
    if room and isinstance(first, ast.Constant):
        yield f"{room}.{first.value!s}", call.lineno, False


def keys_and_catalogue_agree(folder: Path, sources: Iterable[Path], root: Path) -> Iterator[str]:
    """Every key used is in the catalogue, and every key in it is used."""
    present = _present_keys(folder)
    words = words_of(sources, {key.partition(".")[0] for key in present}, root)
    for use in words.uses:
        if use.is_prefix and not any(key.startswith(use.key) for key in present):
            yield f"{use.where}: no key of the catalogue begins with {use.key!r}"
        elif not use.is_prefix and use.key not in present:
            yield f"{use.where}: {use.key!r} is not in the catalogue"
    yield from (f"{key}: nothing uses it" for key in sorted(present) if not _used(key, words))


def _present_keys(folder: Path) -> set[str]:
    return set(Catalogue(folder).keys())


def _used(key: str, words: Words) -> bool:
    """Used in full, under a prefix that says more than its room, or as a code of a dynamic room."""
    room, _, name = key.partition(".")
    if any(key == use.key for use in words.uses if not use.is_prefix):
        return True
    if any(
        key.startswith(use.key) and use.key != f"{room}." for use in words.uses if use.is_prefix
    ):
        return True
    dynamic = room in DYNAMIC_ROOMS or any(use.key == f"{room}." for use in words.uses)
    return dynamic and (name in words.bare or name.startswith(tuple(words.bare_prefixes)))


# --- Rules for Python ---------------------------------------------------------------------------

_HAN = re.compile(r"[㐀-鿿]")


def python_holds_no_chinese(files: Iterable[Path], root: Path) -> Iterator[str]:
    """Words for people come from the catalogue; Chinese in the code is a word that does not."""
    for file in files:
        tree = ast.parse(file.read_text("utf-8"))
        docstrings = {id(node) for node in _docstrings(tree)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or id(node) in docstrings:
                continue
            if isinstance(node.value, str) and _HAN.search(node.value):
                where = file.relative_to(root).as_posix()
                yield f"{where}:{node.lineno}: literal text {node.value!r}"


def python_names_no_language(files: Iterable[Path], root: Path) -> Iterator[str]:
    """What languages there are is read from their folders; two of them have a name, once."""
    languages = Catalogue(TRANSLATIONS).languages
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and node.value in languages:
                where = file.relative_to(root).as_posix()
                yield f"{where}:{node.lineno}: {node.value!r}: a language is data"


def _docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every string that stands as a statement of its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


FORBIDDEN_PYTHON = {
    r"\bsetContextProperty\b": ("a view-model is passed as a required property", set[str]()),
    r"\b(datetime\.(now|today|utcnow)|date\.today|time\.time)\(": (
        "the time comes from the village's clock, which tests can set",
        {"kiosk/core/clock.py", "kiosk/core/event_log.py"},
    ),
}
"""What no Python file of the kiosk says, why, and the files that may."""


def qml_types_have_names_of_their_own(files: Iterable[Path], root: Path) -> Iterator[str]:
    """Qt knows a property's type by its name alone: two rows of one name cannot be told apart.

    Each room works by itself, and the second one that is opened shows empty rows.
    """
    first: dict[str, str] = {}
    for file in files:
        for node in ast.parse(file.read_text("utf-8")).body:
            if not isinstance(node, ast.ClassDef):
                continue
            if "QmlElement" not in map(ast.unparse, node.decorator_list):
                continue
            where = f"{file.relative_to(root)}:{node.lineno}"
            if (before := first.setdefault(node.name, where)) != where:
                yield f"{where}: QML knows another {node.name} ({before})"


def qml_sees_no_maps(files: Iterable[Path], root: Path) -> Iterator[str]:
    """What a view-model shows is ready text, a number, or a typed row: never a map."""
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and _is_a_map(node):
                yield f"{file.relative_to(root)}:{node.lineno}: QML would see {node.name} as a map"


def _is_a_map(shown: ast.FunctionDef) -> bool:
    properties = [
        each
        for each in shown.decorator_list
        if isinstance(each, ast.Call) and ast.unparse(each.func) == "Property"
    ]
    types = [ast.unparse(each.args[0]) for each in properties if each.args]
    returned = ast.unparse(shown.returns) if shown.returns else ""
    return bool(properties) and ("'QVariantMap'" in types or "dict[" in returned)


def python_says_nothing_forbidden(files: Iterable[Path], root: Path) -> Iterator[str]:
    """Roads round the composition root and the clock."""
    for file in files:
        where = file.relative_to(root).as_posix()
        text = file.read_text("utf-8")
        for pattern, (reason, allowed) in FORBIDDEN_PYTHON.items():
            for found in re.finditer(pattern, text):
                line = text.count("\n", 0, found.start()) + 1
                if where not in allowed:
                    yield f"{where}:{line}: {found[0]}: {reason}"
