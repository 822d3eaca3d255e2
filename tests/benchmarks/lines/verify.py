"""`verify` of a large log beside hashlib on the same bytes, and one slip held against it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC
from time import perf_counter

from sqlalchemy import select

from kiosk.core.encoding import canonical
from kiosk.models.ledger import LedgerContent, LedgerEntry
from kiosk.services.audit.log import LogReport, verify_log
from kiosk.services.audit.tables import verify_village
from kiosk.services.check.papers import check_paper
from kiosk.services.ledger import log
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.benchmarks.harness.line import OURS, Goal, Line, Place, Row, Side, Size
from tests.benchmarks.harness.timing import milliseconds
from tests.benchmarks.harness.worlds import A_DEED, MOST_ENROLLED, Deeds, village_of

HASHLIB, SHORT = "hashlib on the same bytes", "the same slip in a short log"
LOGS: dict[Size, tuple[int, int]] = {"quick": (2_000, 4_000), "whole": (10_000, 1_000_000)}
"""Entries of a short log and of a long one."""
_ALL: dict[Size, int] = {"quick": 1_000, "whole": 100_000}
"""Entries of the log of a village in which everything is held against everything."""
_AT_ONCE, _SINCE = 10_000, 40


@contextmanager
def _verifying(place: Place) -> Iterator[Mapping[str, Side]]:
    log_entries, all_entries = LOGS[place.size][1], _ALL[place.size]
    with (
        village_of(MOST_ENROLLED, log_entries, place.folder / "long").closing() as one,
        village_of(MOST_ENROLLED, all_entries, place.folder / "all").closing() as other,
    ):

        def ours() -> Mapping[str, float]:
            took, entries = _verified(one, verify_log)
            whole, _ = _verified(other, verify_village)
            return {"entry": took / entries * 1e6, "all": took, "whole": whole}

        yield {OURS: ours, HASHLIB: lambda: hashed(one)}


def _verified(village: Village, verify: Callable[[Village], LogReport]) -> tuple[float, int]:
    """Seconds and entries."""
    begun = perf_counter()
    report = verify(village)
    took = perf_counter() - begun
    if not report.consistent:
        raise AssertionError(f"the village does not fit: {report.findings[:3]}")
    return took, report.entries


def hashed(village: Village) -> dict[str, float]:
    """A commitment, a leaf and an inner node for each entry, and nothing else in the time."""
    query = (
        select(LedgerContent.salt, LedgerEntry.kind, LedgerEntry.at, LedgerContent.content)
        .join(LedgerContent, LedgerContent.index == LedgerEntry.index)
        .execution_options(yield_per=_AT_ONCE)
    )
    took, entries = 0.0, 0
    with village.read() as session:
        for some in session.execute(query).partitions():
            bodies = [
                canonical([salt, kind, at.astimezone(UTC).isoformat(), content])
                for salt, kind, at, content in some
            ]
            begun, sha256 = perf_counter(), hashlib.sha256
            for body in bodies:
                leaf = sha256(b"\x00" + sha256(body).digest()).digest()
                sha256(b"\x01" + leaf + leaf).digest()
            took += perf_counter() - begun
            entries += len(bodies)
    return {"entry": took / entries * 1e6, "all": took}


@contextmanager
def _slips(place: Place) -> Iterator[Mapping[str, Side]]:
    short, long = LOGS[place.size]
    with (
        village_of(MOST_ENROLLED, short, place.folder / "short").closing() as one,
        village_of(MOST_ENROLLED, long, place.folder / "long").closing() as other,
    ):
        yield {OURS: _checking(other), SHORT: _checking(one)}


def _checking(village: Village) -> Callable[[], Mapping[str, float]]:
    """A slip that was signed a while ago: the log has grown since."""
    with writing(village) as work:
        newest = log.head(work.session).size - 1
        note = log.sign_checkpoint(work, "2026-0417", newest, ("2026-0417",))
    Deeds(village).book(_SINCE // A_DEED)

    def check() -> Mapping[str, float]:
        found = check_paper(village, note)
        if found.verdict != "genuine" or not found.consistent:
            raise AssertionError(f"a slip of ours is {found.verdict}")
        return {"slip": milliseconds(lambda: check_paper(village, note))}

    return check


def lines(size: Size) -> Iterator[Line]:
    """The whole log, and a slip."""
    short, long = LOGS[size]
    yield Line(
        name="verify",
        rows=(
            Row("entry", f"verify of {long:,} entries, for one", "µs", (Goal(1 / 0.3, HASHLIB),)),
            Row("all", "the same, in all", "s"),
            Row("whole", f"log, tables, totals and schema of {_ALL[size]:,}, in all", "s"),
        ),
        beside=(HASHLIB,),
        limit=HASHLIB,
        sides=_verifying,
        runs=2 if size == "whole" else 1,
        note="`verify_log`: commitments, leaves, nodes and signed papers; then all that"
        " `kiosk verify` does, in a smaller village. Beside it the three hashes of an entry alone,"
        " of bytes that lie ready in memory.",
    )
    yield Line(
        name="slip",
        rows=(
            Row("slip", f"a slip held against {long:,} entries", "ms", (Goal(50), Goal(2, SHORT))),
        ),
        beside=(SHORT,),
        sides=_slips,
        runs=7 if size == "whole" else 1,
        note=f"`check_paper` on a slip after which {_SINCE} entries were added; the short log has"
        f" {short:,}.",
    )
