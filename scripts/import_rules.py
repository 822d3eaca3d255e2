"""What import-linter does not hold about imports; each rule yields breaches."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

_FLOOR = "kiosk.services"


def services_import_at_the_top(services: Path) -> Iterator[str]:
    """A service imports another at the top of its file: what a room knows is seen there.

    An import inside a function or under ``TYPE_CHECKING`` only hides a circle.
    """
    for file in sorted(services.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        at_the_top = {id(node) for node in tree.body}
        for node in _service_imports(tree):
            if id(node) not in at_the_top:
                yield f"{file}:{node.lineno}: an import of a service below the top of the file"


def packages_hand_nothing_on(services: Path) -> Iterator[str]:
    """A package says what its room is, and no more: a name is imported where it is defined."""
    for file in sorted(services.rglob("__init__.py")):
        for node in _service_imports(ast.parse(file.read_text("utf-8"))):
            yield f"{file}:{node.lineno}: a package that hands on what its modules define"


def no_test_imports_a_test(tests: Path) -> Iterator[str]:
    """What two files of tests need stands in a module beside them, where it is no test's own."""
    for file in sorted(tests.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom) and _names_a_test(node):
                yield f"{file}:{node.lineno}: an import from another file of tests"


def _names_a_test(node: ast.Import | ast.ImportFrom) -> bool:
    module = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
    dotted = ".".join([*module, *(each.name for each in node.names)])
    return any(part.startswith("test_") for part in dotted.split("."))


def _service_imports(tree: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            if node.level > 0 or (node.module or "").startswith(_FLOOR):
                yield node
        elif isinstance(node, ast.Import) and any(
            each.name.startswith(_FLOOR) for each in node.names
        ):
            yield node
