"""Run one harness: ``python -m tests.faults NAME [--brief | --long | --defect] [--json]``.

``--defect`` runs it on a program with a known defect, which it has to find, with ``--brief`` until
it is found; ``--every`` flips every bit in tampering, ``--table=NAME`` tampers with one table
alone. ``nightly`` runs them all, and each on its defect, against what each has to reach;
``nightly --long`` in their long form."""

from __future__ import annotations

import importlib
import sys

from tests.faults.nightly import HARNESSES, every_night
from tests.faults.report import Form


def main(arguments: list[str]) -> int:
    """The harness named first, in the form asked for."""
    names = [each for each in arguments if not each.startswith("-")]
    form = _form(arguments)
    if names == ["nightly"]:
        return every_night(form)
    if len(names) != 1 or names[0] not in HARNESSES:
        print(f"{__doc__}\n\nThere are: {', '.join(HARNESSES)}.", file=sys.stderr)
        return 2
    harness = importlib.import_module(f"tests.faults.{names[0]}")
    options: dict[str, bool | str] = {
        name: True for name in ("defect", "every") if f"--{name}" in arguments
    }
    for each in arguments:
        if each.startswith("--table="):
            options["table"] = each.removeprefix("--table=")
    report = harness.run(form=form, **options)
    return int(report.show("--json" in arguments))


def _form(arguments: list[str]) -> Form:
    if "--brief" in arguments:
        return "brief"
    return "long" if "--long" in arguments else "usual"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
