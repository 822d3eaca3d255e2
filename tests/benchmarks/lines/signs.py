"""A door sign to PDF, alone and many in one file, beside the libraries that people would use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from time import perf_counter

from kiosk.documents.door_sign import door_signs_pdf
from scripts.house_rules import ROOT
from tests.benchmarks.harness.line import OURS, Goal, Line, NotToBeHad, Place, Row, Side, Size
from tests.benchmarks.harness.machine import peers_python
from tests.benchmarks.papers import SIGN

_ROOM = "tests.benchmarks.peers"
PEERS: Mapping[str, tuple[str, str]] = {
    "typst": (f"{_ROOM}.signs_typst", ""),
    "reportlab with segno": (f"{_ROOM}.signs_reportlab", "segno"),
    "reportlab with qrcode": (f"{_ROOM}.signs_reportlab", "qrcode"),
    "fpdf2": (f"{_ROOM}.signs_fpdf2", ""),
}
_SIZES: dict[Size, tuple[int, tuple[int, ...]]] = {"quick": (2, (3,)), "whole": (7, (400,))}
"""How many signs, each a file, and how many pages in one file."""


def made(numbers: range) -> bytes:
    """The signs of so many houses, a page each."""
    signs = [
        replace(
            SIGN,
            number=str(number),
            serial=f"S26Q4-{number:04}",
            qr_text=SIGN.qr_text.replace("0123", f"{number:04}"),
        )
        for number in numbers
    ]
    return door_signs_pdf(signs, "A5")


def main() -> None:
    """What a later sign takes, a page of many, and its bytes: as the peers' programs say it."""
    singles, pages = int(sys.argv[1]), int(sys.argv[2])
    made(range(1))
    begun = perf_counter()
    for number in range(1, singles + 1):
        made(range(number, number + 1))
    single = (perf_counter() - begun) / max(1, singles)
    begun = perf_counter()
    file = made(range(1, pages + 1))
    page = (perf_counter() - begun) / pages
    octets = len(file) / pages
    json.dump({"single": single * 1000, "page": page * 1000, "bytes": octets / 1000}, sys.stdout)


@contextmanager
def _sides(place: Place) -> Iterator[Mapping[str, Side]]:
    peers = {
        name: _running(place, partial(peer, module, code)) for name, (module, code) in PEERS.items()
    }
    yield {
        OURS: _running(place, partial(said, [sys.executable, "-P", "-m", __name__], "")),
        **peers,
    }


def _running(place: Place, told_by: Callable[..., dict[str, float]]) -> Side:
    """A process for each size of the file; the single signs are timed in the first."""
    singles, sizes = _SIZES[place.size]

    def run() -> Mapping[str, float]:
        figures: dict[str, float] = {}
        for pages in sizes:
            told = told_by(str(0 if figures else singles), str(pages))
            figures |= {f"page {pages}": told["page"], f"bytes {pages}": told["bytes"]}
            figures.setdefault("single", told["single"])
        return figures

    return run


def peer(module: str, code: str, *arguments: str) -> dict[str, float]:
    """What a peer's program prints.

    Raises:
        NotToBeHad: the peer cannot be run.
    """
    try:
        return said([str(peers_python()), "-m", module], code, *arguments)
    except RuntimeError as trouble:
        raise NotToBeHad(str(trouble).strip().splitlines()[-1]) from None


def said(command: list[str], code: str, *arguments: str) -> dict[str, float]:
    """The figures that a program of these prints; `code` names the library of its code."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CODES": code}
    done = subprocess.run(
        [*command, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-500:] or f"it ended with {done.returncode}")
    told: dict[str, float] = json.loads(done.stdout)
    return told


def lines(size: Size) -> Iterator[Line]:
    """Signs."""
    singles, sizes = _SIZES[size]
    faster = [Goal(0.2, name) for name in PEERS]
    rows = [Row("single", f"one A5 sign, {singles} after the first", "ms", faster)]
    for pages in sizes:
        rows.append(Row(f"page {pages}", f"a page of {pages} in one file", "ms", faster))
        rows.append(Row(f"bytes {pages}", f"its bytes, of {pages}", "kB", (Goal(20),)))
    yield Line(
        name="signs",
        rows=rows,
        beside=tuple(PEERS),
        sides=_sides,
        runs=3 if size == "whole" else 1,
        note="Fresh processes. Every sign has its own number, serial and code; each library draws"
        " the same words in the same three fonts, 25 stars, frame and code"
        " (`tests/benchmarks/peers/`).",
    )


if __name__ == "__main__":
    main()
