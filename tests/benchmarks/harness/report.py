"""What was measured, kept as JSON after each line, and the page that is made of it.

The page is made of the file alone, so that a run that was interrupted leaves a page with what it
had, and a line that is measured alone takes its place among the others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.core.paths import write_whole

TEMPLATE = Path(__file__).with_name("benchmarks.md.in")


@dataclass(frozen=True)
class Report:
    """The two files, and the names of all lines in the order of the page."""

    json: Path
    page: Path
    order: Sequence[str]

    def add(self, measured: dict[str, Any], machine: dict[str, Any]) -> None:
        """Put a line in the place of what was measured before under its name, and write both."""
        kept = json.loads(self.json.read_text("utf-8")) if self.json.exists() else {"lines": []}
        lines = {each["name"]: each for each in kept["lines"] if each["name"] in self.order}
        lines[measured["name"]] = {**measured, "commit": machine["commit"]}
        told = {"machine": machine, "lines": sorted(lines.values(), key=self._place)}
        self.json.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self.json, json.dumps(told, ensure_ascii=False, indent=1).encode())
        write_whole(self.page, page(told).encode())

    def _place(self, line: dict[str, Any]) -> int:
        return self.order.index(line["name"])


def page(told: dict[str, Any]) -> str:
    """docs/benchmarks.md of what was measured."""
    return (
        TEMPLATE.read_text("utf-8")
        .replace("{machine}", _machine(told["machine"]))
        .replace("{minutes}", _number(sum(each["seconds"] for each in told["lines"]) / 60))
        .replace("{table}", "\n".join(table(told["lines"])))
        .replace("{lines}", "\n".join(_how(each) for each in told["lines"]))
    )


def table(lines: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The table, a row for each figure and for each of what stands beside it."""
    yield "| what | ours | beside it | | ratio | to reach | reached |"
    yield "|---|---|---|---|---|---|---|"
    for line in lines:
        for row in line["rows"]:
            yield from _rows(line, row)


def _rows(line: dict[str, Any], row: dict[str, Any]) -> Iterator[str]:
    what, ours = f"**{line['name']}**: {row['what']}", _figure(row["ours"], row["unit"])
    for other in row["beside"]:
        name = f"the limit: {other['name']}" if other["name"] == line["limit"] else other["name"]
        ratio, goal = other["ratio"], other["goal"]
        reached = _mark(ratio["median"] if ratio else None, goal)
        beside = _figure(other, row["unit"])
        told = _figure(ratio, "") if ratio else ""
        wanted = "" if goal is None else f"{_number(goal)} times"
        yield f"| {what} | {ours} | {name} | {beside} | {told} | {wanted} | {reached} |"
        what = ours = ""
    for other in row.get("absent", ()):  # a line measured before there was one
        wanted = "" if other["goal"] is None else f"{_number(other['goal'])} times"
        why = f"not to be had: {other['reason'].replace('|', '/')}"
        yield f"| {what} | {ours} | {other['name']} | {why} | | {wanted} | |"
        what = ours = ""
    if row["goal"] is not None or what:
        wanted = "" if row["goal"] is None else f"{_number(row['goal'])} {row['unit']}"
        reached = _mark(row["ours"]["median"], row["goal"])
        yield f"| {what} | {ours} | | | | {wanted} | {reached} |"


def _mark(figure: float | None, goal: float | None) -> str:
    if figure is None or goal is None:
        return ""
    return "yes" if figure <= goal else "**no**"


def _figure(told: dict[str, Any], unit: str) -> str:
    """A median, and in brackets the least and the most where they are others."""
    middle, least, most = (_number(told[each]) for each in ("median", "least", "most"))
    between = "" if least == most else f" ({least} to {most})"
    return f"{middle} {unit}".strip() + between


def _number(figure: float) -> str:
    """Three digits that count, and no more zeros than a reader wants."""
    if figure == 0:
        return "0"
    digits = f"{figure:.3g}"
    return f"{float(digits):,.0f}" if "e" in digits or abs(figure) >= 100 else digits


def _machine(machine: dict[str, Any]) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    peers = ", ".join(f"{name} {number}" for name, number in machine["peers"].items())
    return (
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gib']} GiB;"
        f" {machine['system']}; load over 1, 5 and 15 minutes {machine['load']};"
        f" commit {machine['commit']}.\n\nVersions: {versions}. Beside it: {peers}."
    )


def _how(line: dict[str, Any]) -> str:
    before, after = line["load"]
    runs = "one run" if line["runs"] == 1 else f"{line['runs']} runs of each side, in turn"
    size = "" if line["size"] == "whole" else " Small sizes: these figures say nothing."
    return (
        f"- **{line['name']}**: {line['note']} {runs[0].upper() + runs[1:]};"
        f" {line['measured_at']}, commit {line['commit']}, {line['seconds']} s,"
        f" load {before} to {after}.{size}"
    )
