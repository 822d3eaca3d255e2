"""docs/register.md shows what an import says of the files that it speaks of."""

from __future__ import annotations

from kiosk.services.village import Village
from scripts.register_page import BEGIN, CASES, FILES, PAGE, cases


def test_the_page_shows_what_an_import_says(sqlite_village: Village) -> None:
    shown = PAGE.read_text("utf-8").partition(BEGIN)[2]
    assert BEGIN + shown.rstrip("\n") == cases(sqlite_village)
    assert all((FILES / name).is_file() for name in CASES)
