"""Lint every QML file against what its Python view-models really offer.

qmllint reads type descriptions, not Python. The descriptions are taken from the meta objects of
the imported classes, so they hold what QML will see when it runs: types, notify signals, constants
and what is inherited from a base class in another file (which a parser of the source misses).
They are laid, with a copy of the QML, into a mirror under build/, so that the sources hold nothing
generated.

Usage: python -m scripts.qml_lint
"""

from __future__ import annotations

import ast
import importlib
import inspect
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import PySide6
from PySide6.QtCore import QByteArray, QMetaEnum, QMetaMethod, QMetaObject, QMetaProperty, QObject

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "kiosk.ui"
LINTER = Path(PySide6.__file__).parent / "qmllint"
_ELEMENT_DECORATORS = {"QmlElement", "QmlNamedElement"}
_SHARED_IMPORTS = ("QtQml", "QtQuick")


@dataclass(frozen=True)
class Room:
    """A folder with a qmldir: one QML module and the Python package of the same name."""

    uri: str
    folder: Path

    def qml_files(self) -> list[Path]:
        """The QML files of the room."""
        return sorted(self.folder.glob("*.qml"))

    def python_modules(self) -> Iterator[tuple[str, Path]]:
        """Name and file of each Python module of the room."""
        for file in sorted(self.folder.glob("*.py")):
            yield self.uri if file.stem == "__init__" else f"{self.uri}.{file.stem}", file


def rooms(root: Path, package: str) -> list[Room]:
    """Every room of `package` below `root` that holds QML."""
    top = root.joinpath(*package.split("."))
    found = sorted(file.parent for file in top.rglob("qmldir"))
    return [Room(".".join(folder.relative_to(root).parts), folder) for folder in found]


def described(room: Room, known: frozenset[str]) -> str:
    """The type description (qmltypes) of the room's QObject classes; `known` names all rooms."""
    parts = [
        _component(cls, _decorators(file).get(cls.__name__, frozenset()), room.uri, known)
        for name, file in room.python_modules()
        for cls in _classes_of(name)
    ]
    return "import QtQuick.tooling 1.2\n\n" + _block("Module", parts)


def rooms_below(room: Room, known: frozenset[str]) -> list[str]:
    """The other rooms in which a class of this one has its base."""
    found = {
        _room_of(_described_base(cls, known), known)
        for name, _file in room.python_modules()
        for cls in _classes_of(name)
    }
    return sorted(found - {"", room.uri})


def _described_base(cls: type[QObject], known: frozenset[str]) -> type:
    """The nearest base that a description stands for: Qt's own, or that of a room."""
    return next(
        base
        for base in cls.__mro__[1:]
        if base.__module__.startswith("PySide6.") or _room_of(base, known)
    )


def _room_of(cls: type, known: frozenset[str]) -> str:
    """The room of a class of ours; empty for all else."""
    package = cls.__module__.rpartition(".")[0]
    return next((name for name in (cls.__module__, package) if name in known), "")


def _classes_of(module: str) -> list[type[QObject]]:
    members = vars(importlib.import_module(module)).values()
    return [
        member
        for member in members
        if inspect.isclass(member) and issubclass(member, QObject) and member.__module__ == module
    ]


def _decorators(file: Path) -> dict[str, frozenset[str]]:
    """The names of the decorators of each class in `file`."""
    tree = ast.parse(file.read_text("utf-8"))
    return {
        node.name: frozenset(_called_name(decorator) for decorator in node.decorator_list)
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }


def _called_name(decorator: ast.expr) -> str:
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    return target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")


def _component(
    cls: type[QObject], decorators: frozenset[str], uri: str, known: frozenset[str]
) -> str:
    """One class, with what it inherits from classes of ours that no room describes."""
    meta, base_meta = _meta_object(cls), _meta_object(_described_base(cls, known))
    lines = [f'name: "{cls.__name__}"', 'accessSemantics: "reference"']
    lines.append(f'prototype: "{base_meta.className()}"')
    if decorators & _ELEMENT_DECORATORS:
        lines.append(f'exports: ["{uri}/{cls.__name__} 1.0"]')
        lines.append("exportMetaObjectRevisions: [256]")
        lines.append(f"isSingleton: {_truth('QmlSingleton' in decorators)}")
        lines.append(f"isCreatable: {_truth('QmlUncreatable' not in decorators)}")
    lines += [
        _enum(meta.enumerator(index))
        for index in range(base_meta.enumeratorCount(), meta.enumeratorCount())
    ]
    lines += [
        _property(meta.property(index), index)
        for index in range(base_meta.propertyCount(), meta.propertyCount())
    ]
    lines += [
        _method(meta.method(index)) for index in range(base_meta.methodCount(), meta.methodCount())
    ]
    return _block("Component", lines)


def _meta_object(cls: type) -> QMetaObject:
    return cast(QMetaObject, vars(cls)["staticMetaObject"])


def _block(kind: str, lines: Iterable[str]) -> str:
    return "\n".join([f"{kind} {{", *lines, "}"]) + "\n"


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _enum(enum: QMetaEnum) -> str:
    keys = ", ".join(f'"{_text(enum.key(place))}"' for place in range(enum.keyCount()))
    lines = [
        f'name: "{_text(enum.name())}"',
        f"isScoped: {_truth(enum.isScoped())}",
        f"values: [{keys}]",
    ]
    return _block("Enum", lines)


def _property(prop: QMetaProperty, index: int) -> str:
    lines = [
        f'name: "{_text(prop.name())}"',
        *_typed(str(prop.typeName())),
        f'read: "{_text(prop.name())}"',
    ]
    if prop.hasNotifySignal():
        lines.append(f'notify: "{_text(prop.notifySignal().name())}"')
    lines.append(f"isPropertyConstant: {_truth(prop.isConstant())}")
    lines.append(f"isReadonly: {_truth(not prop.isWritable())}")
    return _block("Property", [*lines, f"index: {index}"])


def _method(method: QMetaMethod) -> str:
    kind = "Signal" if method.methodType() == QMetaMethod.MethodType.Signal else "Method"
    returned = str(method.typeName())
    typed = [] if returned == "void" else _typed(returned)
    parameters = zip(method.parameterNames(), method.parameterTypes(), strict=True)
    blocks = [
        _block("Parameter", [f'name: "{_text(name)}"', *_typed(_text(type_name))])
        for name, type_name in parameters
    ]
    return _block(kind, [f'name: "{_text(method.name())}"', *typed, *blocks])


def _typed(type_name: str) -> list[str]:
    """How a qmltypes file says the type: a pointer's star stands apart from its name."""
    if type_name.endswith("*"):
        return [f'type: "{type_name[:-1]}"', "isPointer: true"]
    return [f'type: "{type_name}"']


def _text(name: object) -> str:
    """Qt's names come as str in one place and as bytes of its own in another."""
    return name if isinstance(name, str) else bytes(cast(QByteArray, name).data()).decode()


def lay_mirror(found: list[Room], root: Path, mirror: Path) -> None:
    """Copy each room's QML and qmldir below `mirror`, with the type description beside it."""
    shutil.rmtree(mirror, ignore_errors=True)
    known = frozenset(room.uri for room in found)
    for room in found:
        folder = mirror / room.folder.relative_to(root)
        folder.mkdir(parents=True)
        for file in room.qml_files():
            shutil.copy(file, folder)
        (folder / "types.qmltypes").write_text(described(room, known), "utf-8")
        needed = (*_SHARED_IMPORTS, *rooms_below(room, known))
        imports = "".join(f"depends {name}\n" for name in needed)
        qmldir = (room.folder / "qmldir").read_text("utf-8").rstrip("\n")
        (folder / "qmldir").write_text(f"{qmldir}\ntypeinfo types.qmltypes\n{imports}", "utf-8")


def lint(root: Path, package: str, mirror: Path) -> tuple[int, str]:
    """The exit code and the words of qmllint on every QML file of `package`; 0 means spotless."""
    found = rooms(root, package)
    lay_mirror(found, root, mirror)
    files = [file.relative_to(root) for room in found for file in room.qml_files()]
    if not files:
        return 0, ""
    command = [str(LINTER), "--max-warnings", "0", "-I", ".", *map(str, files)]
    done = subprocess.run(command, cwd=mirror, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def main() -> int:
    """Lint the kiosk's own screens."""
    code, words = lint(ROOT, PACKAGE, ROOT / "build" / "qml")
    print(words, end="")
    print("qmllint: no warning" if code == 0 else "qmllint: see above")
    return code


if __name__ == "__main__":
    sys.exit(main())
