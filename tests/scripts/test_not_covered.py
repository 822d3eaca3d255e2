from __future__ import annotations

from scripts import not_covered


def test_the_list_in_docs_is_that_of_the_program() -> None:
    told = "run python -m scripts.not_covered and commit docs/reliability.md"
    assert not_covered.FILE.read_text("utf-8") == not_covered.page(), told
