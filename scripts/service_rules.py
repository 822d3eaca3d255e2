"""How services are written, beyond what types and imports say; each rule yields its breaches."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)
MOST_BY_POSITION = 4
"""Fields of a dataclass that may be filled by position: beyond, two can change places unseen."""


def a_unit_of_work_is_handed_on_whole(services: Path) -> Iterator[str]:
    """A step of a unit takes the `Work`, not its session and its village one beside the other."""
    for file, node in _nodes(services, ast.FunctionDef):
        given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        kinds = {ast.unparse(each.annotation) for each in given if each.annotation is not None}
        if {"Session", "Village"} <= kinds:
            yield f"{file}:{node.lineno}: {node.name} takes a session and a village; a Work is both"


def long_dataclasses_are_filled_by_name(services: Path) -> Iterator[str]:
    """A dataclass of more than `MOST_BY_POSITION` fields says ``kw_only=True``."""
    for file, node in _nodes(services, ast.ClassDef):
        for each in node.decorator_list:
            said = ast.unparse(each)
            fields = sum(isinstance(line, ast.AnnAssign) for line in node.body)
            by_position = said.startswith("dataclass") and "kw_only=True" not in said
            if by_position and fields > MOST_BY_POSITION:
                yield f"{file}:{node.lineno}: {node.name} has {fields} fields and no kw_only"


def _nodes(services: Path, kind: type[Node]) -> Iterator[tuple[Path, Node]]:
    for file in sorted(services.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, kind):
                yield file, node
