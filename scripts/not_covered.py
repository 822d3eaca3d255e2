"""Write into `docs/reliability.md` what `kiosk verify` does not hold against the log.

Usage: python -m scripts.not_covered
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kiosk.services.audit.fold.coverage import not_covered

FILE: Final = Path(__file__).resolve().parents[1] / "docs" / "reliability.md"
BEGINS: Final = "<!-- what follows is written by `python -m scripts.not_covered` -->\n"
ENDS: Final = "<!-- end of what is written -->\n"


def page() -> str:
    """The whole page, as it should stand in `docs/`."""
    before, rest = FILE.read_text("utf-8").split(BEGINS)
    return f"{before}{BEGINS}{_listed()}{ENDS}{rest.split(ENDS)[1]}"


def _listed() -> str:
    rows = (f"| `{each.name}` | {each.why} |" for each in not_covered())
    return "\n".join(["", "| table or column | why |", "|---|---|", *rows, "", ""])


if __name__ == "__main__":
    FILE.write_text(page(), "utf-8")
