"""What ``kiosk import --dry-run --json`` says of files as offices keep them, in docs/register.md.

``python -m scripts.register_page`` writes that part of the page anew; a test holds the page to it.
"""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.cli.register_report import as_json
from kiosk.core.catalogue import catalogue
from kiosk.core.clock import SystemClock
from kiosk.core.errors import ExpectedError
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.core.texts import Texts
from kiosk.services.register.importing import plan as importing_plan
from kiosk.services.upkeep.opening import found_village
from kiosk.services.village import Village

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "register.md"
FILES = ROOT / "tests" / "services" / "register" / "cases"
BEGIN, END = "<!-- begin: written by scripts/register_page.py -->", "<!-- end -->"
TODAY = date(2026, 11, 29)
_SHOWN, _MOST = 3, 8
CASES = {
    "refused_head.xlsx": "Only the head's line names the house, and one head is refused for his "
    "birth date: his family is refused with him, and never lands in the house above.",
    "natural_villages.xlsx": "Two hamlets of one village have a number 12 each: two households.",
    "sheetjs_43_seconds.xlsx": "A browser wrote a birthday as 43 seconds before midnight: it is "
    "the day that began.",
    "iso_utc.csv": "A web export wrote midnight in the village as the evening before, in UTC.",
    "blank_date_reference.xlsx": "A formula that points at a blank cell leaves 0 in a date cell: "
    "no birth date, and the account says so.",
    "built_in_format_58.xlsx": "A spreadsheet took the house number 3-2 for the second of March.",
    "x000d.xlsx": "A line end of the database that the file came from stands in the cells.",
    "merged_with_prefix.xlsx": "Merged house cells, in a file of another writer.",
    "birth_date_in_column_68.xlsx": "65 columns of figures stand before the birth date: they are "
    "not read, and named.",
    "stray_quotes.csv": "A stray quotation mark swallows lines: the file is refused, by its line.",
}


def cases(village: Village) -> str:
    """The part of the page that shows the cases, as `village`, an empty one, would say it."""
    parts = [f"### `{name}`\n\n{about}\n\n{_said(village, name)}" for name, about in CASES.items()]
    return f"{BEGIN}\n\n" + "\n".join(parts) + f"\n{END}"


def _said(village: Village, name: str) -> str:
    try:
        own = village.settings.name["zh"]
        register = importing_plan.read_register(FILES / name, TODAY, own)
    except ExpectedError as refused:
        return f"    {refused.sentence(catalogue(), 'en')} (exit code 2)\n"
    plan = importing_plan.plan(village, register)
    lines = _lines(as_json(plan, "en", dry_run=True))
    return "```json\n" + "\n".join(lines) + "\n```\n"


def _lines(told: dict[str, Any]) -> list[str]:
    """JSON with an item of a list on each line; of long lists, the beginning."""
    flat = dict(told)
    (sheet,) = flat.pop("sheets")
    body = [*_listed(flat, "  "), '  "sheets": [{', *_whole(_listed(sheet, "    ")), "  }]"]
    return ["{", *body, "}"]


def _listed(told: dict[str, Any], indent: str) -> list[str]:
    lines: list[str] = []
    for key, value in told.items():
        if not (isinstance(value, list) and value):
            lines.append(f'{indent}"{key}": {_json(value)},')
            continue
        shown = value if len(value) <= _MOST else value[:_SHOWN]
        items = [f"{indent}  {_json(each)}," for each in shown]
        more = [f"{indent}  … {len(value) - len(shown)} more"] if shown is not value else []
        lines += [f'{indent}"{key}": [', *_whole(items + more), f"{indent}],"]
    return lines


def _whole(lines: list[str]) -> list[str]:
    """`lines` without a comma behind the last."""
    return [*lines[:-1], lines[-1].removesuffix(",")]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def with_cases(page: str, village: Village) -> str:
    """`page` with that part written anew."""
    before, rest = page.split(BEGIN)
    return before + cases(village) + rest.split(END)[1]


def main() -> None:
    """Write the page anew."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            Texts({"zh": "杨桥村", "en": "Yangqiao"}), "yangqiao.example/good-deed-book"
        )
        village = found_village(DataDirectory(Path(folder) / "v"), settings, SystemClock())
        with village.closing():
            page = with_cases(PAGE.read_text("utf-8"), village)
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
