"""Read QML far enough to hold house rules to it: objects, their own bindings, literals, imports.

Not a QML compiler: qmllint has parsed the same files before, so brackets are known to balance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

_STRING = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`", re.S)
_COMMENT_OR_STRING = re.compile(rf"//[^\n]*|/\*.*?\*/|{_STRING.pattern}", re.S)
_IMPORT = re.compile(r"^\s*import\s+(\S+)", re.M)
_OBJECT_HEAD = re.compile(r"([A-Z]\w*(?:\.[A-Z]\w*)*)(?:\s+on\s+[\w.]+)?\s*$")
_BINDING = re.compile(
    r"(?:(?:required|readonly|default|final)\s+)*(?:property\s+\S+\s+)?([A-Za-z_][\w.]*)\s*:"
)


@dataclass
class QmlObject:
    """One object of a QML file and what it binds itself; children are objects of their own."""

    type: str
    line: int
    depth: int
    bindings: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The type without the qualifier of its import: ``T.Button`` is a Button."""
        return self.type.rsplit(".", 1)[-1]


@dataclass(frozen=True)
class Literal:
    """A string written in the source, and the line of code around it."""

    text: str
    line: int
    before: str
    """The code on the same line before the literal, other literals blanked."""


@dataclass(frozen=True)
class QmlSource:
    """One QML file."""

    file: Path
    text: str
    code: str
    """The text without comments and with every literal emptied, of the same length and lines."""
    literals: tuple[Literal, ...]
    objects: tuple[QmlObject, ...]

    @property
    def imports(self) -> list[str]:
        """What is imported: module names, or quoted paths."""
        return [found[1] for found in _IMPORT.finditer(self.text)]

    @property
    def root(self) -> QmlObject:
        """The outermost object."""
        return self.objects[0]


def read_qml(file: Path) -> QmlSource:
    """Read one QML file."""
    text = file.read_text("utf-8")
    code, found = _emptied(text)
    literals = tuple(_literal(text, code, at, content) for at, content in found)
    return QmlSource(file, text, code, literals, tuple(_objects(code)))


def _emptied(text: str) -> tuple[str, list[tuple[int, str]]]:
    """The code without comments and literals' content, and where which literal stood."""
    literals: list[tuple[int, str]] = []

    def blank(found: re.Match[str]) -> str:
        whole = found[0]
        inside = re.sub(r"[^\n]", " ", whole[1:-1])
        if whole.startswith("/"):
            return f" {inside} "
        literals.append((found.start(), whole[1:-1]))
        return f"{whole[0]}{inside}{whole[-1]}"

    return _COMMENT_OR_STRING.sub(blank, text), literals


def _literal(text: str, code: str, at: int, content: str) -> Literal:
    begins = code.rfind("\n", 0, at) + 1
    return Literal(content, text.count("\n", 0, at) + 1, code[begins:at])


def _objects(code: str) -> list[QmlObject]:
    """Every object, outermost first, in the order of the source."""
    found: list[QmlObject] = []
    open_blocks: list[QmlObject | None] = []
    statement = 0
    for at, character in enumerate(code):
        if character == "{":
            open_blocks.append(_opened(code, statement, at, open_blocks))
            if (opened := open_blocks[-1]) is not None:
                found.append(opened)
            statement = at + 1
        elif character == "}":
            _bind(open_blocks, code[statement:at])
            open_blocks.pop()
            statement = at + 1
        elif character in ";\n" and not _goes_on(code, at):
            _bind(open_blocks, code[statement:at])
            statement = at + 1
    return found


def _goes_on(code: str, at: int) -> bool:
    """Whether the statement that this line break seems to end goes on in the next line."""
    if code[at] == ";":
        return False
    before, after = code[:at].rstrip(), code[at:].lstrip()
    return before.endswith((":", "?", "+", "&&", "||", ",", "(", "[")) or after.startswith(
        ("?", ":", "+", "&&", "||", ".", ")", "]", "{")
    )


def _opened(
    code: str, statement: int, at: int, open_blocks: list[QmlObject | None]
) -> QmlObject | None:
    """The object whose brace opens at `at`, or None for a block of JavaScript."""
    head = code[statement:at]
    _bind(open_blocks, head)
    name = _OBJECT_HEAD.search(head)
    if not name:
        return None
    line = code.count("\n", 0, statement + name.start()) + 1
    return QmlObject(name[1], line, len(open_blocks))


def _bind(open_blocks: list[QmlObject | None], statement: str) -> None:
    """Note the binding that `statement` makes on the innermost block, if that is an object."""
    owner = open_blocks[-1] if open_blocks else None
    bound = _BINDING.match(statement.strip())
    if owner is not None and bound:
        owner.bindings[bound[1]] = statement.strip()[bound.end() :].strip()
