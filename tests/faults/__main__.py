"""Run one harness: ``python -m tests.faults NAME [--long | --defect] [--json]``.

``--defect`` runs it on a program with a known defect, which it has to find; ``--every`` flips
every bit in tampering."""

from __future__ import annotations

import importlib
import sys

HARNESSES = ("tampering", "killing", "failing", "power", "trouble", "postgres")


def main(arguments: list[str]) -> int:
    """The harness named first, with its short or long form."""
    names = [each for each in arguments if not each.startswith("-")]
    if len(names) != 1 or names[0] not in HARNESSES:
        print(f"{__doc__}\n\nThere are: {', '.join(HARNESSES)}.", file=sys.stderr)
        return 2
    harness = importlib.import_module(f"tests.faults.{names[0]}")
    options = {name: f"--{name}" in arguments for name in ("long", "defect", "every")}
    report = harness.run(**{name: True for name, chosen in options.items() if chosen})
    return int(report.show("--json" in arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
