"""What the page on reliability says holds a finding is there: no test that it names is made up."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reliability.md"


def test_every_test_that_the_page_names_exists() -> None:
    page = PAGE.read_text("utf-8")
    written = "\n".join(file.read_text("utf-8") for file in ROOT.glob("tests/**/test_*.py"))
    there = set(re.findall(r"^ *def (test_\w+)", written, re.MULTILINE))
    files = set(re.findall(r"`(tests/[\w/]+\.py)`", page))
    named = set(re.findall(r"`(test_\w+)`", page))
    assert len(named) > 30
    assert named - there == set()
    assert {file for file in files if not (ROOT / file).exists()} == set()
