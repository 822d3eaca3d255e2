from __future__ import annotations

import re
import shlex

import pytest

from scripts.checks import CHECKS, ROOT


def test_the_checks_before_a_commit_are_some_of_all_checks() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    entries = [shlex.split(each) for each in re.findall(r"^ +entry: (.+)$", hooks, re.MULTILINE)]
    assert entries
    for program, command, *names in entries:
        assert (program, command) == ("./kiosk.sh", "check")
        assert names
        assert {*names} <= CHECKS.keys()


@pytest.mark.parametrize("name", CHECKS)
def test_the_guide_names_every_check(name: str) -> None:
    assert f"`{name}`" in (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def test_the_guide_points_to_files_that_are_there() -> None:
    said = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for path in re.findall(r"\]\(([^)#:]+)\)", said):
        assert (ROOT / path).exists(), path
