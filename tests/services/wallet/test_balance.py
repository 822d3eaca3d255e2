"""A wallet changes in one way: nobody else books a movement, or writes that kind of entry."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import kiosk

ROOT = Path(kiosk.__file__).parent
DOOR = Path("services/wallet/balance.py")


@pytest.mark.long
def test_only_one_function_of_the_program_moves_a_wallet() -> None:
    movements, entries = [], []
    for file in sorted(ROOT.rglob("*.py")):
        calls = [
            each
            for each in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(each, ast.Call)
        ]
        for call in calls:
            named = ast.unparse(call.func).rpartition(".")[2]
            if named in ("WalletMovement", "insert", "update") and "WalletMovement" in ast.unparse(
                call
            ):
                movements.append(file.relative_to(ROOT))
            given = [each.value for each in call.args if isinstance(each, ast.Constant)]
            if named == "append" and "wallet" in given:
                entries.append(file.relative_to(ROOT))
    assert (movements, entries) == ([DOOR], [DOOR])
