"""Recompute the whole log and hold every paper that was signed against it.

One pass over the entries in their order. Of the tree only its frontier is kept; stored hashes and
signed papers are read beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from kiosk.models.ledger import LedgerContent, LedgerEntry, LedgerErasure
from kiosk.services.audit.checkpoints import SignedPapers
from kiosk.services.audit.erasures import Erasures
from kiosk.services.audit.tree import CheckedTree, Span
from kiosk.services.ledger import founding, merkle
from kiosk.services.ledger.log import commitment, log_size
from kiosk.services.village import Village
from kiosk.services.work import Work, reading

BATCH = 1_000

Progress = Callable[[int, int], None]
"""Called with how much of what is being done is done."""


Taker = Callable[[int, str, datetime, bytes | None], object]
"""Given an entry as it stands: index, kind, moment, and the encoded content unless it is erased."""


def _nobody(_index: int, _kind: str, _at: datetime, _content: bytes | None) -> None:
    """Nobody else reads the log in this pass."""


def unwatched(_done: int, _of: int) -> None:
    """Nobody watches the progress."""


@dataclass(frozen=True)
class Finding:
    """What does not fit: a code (sentence ``verify.<code>``) and the entries concerned.

    Of a total (``total_…``) `first` is the number of a person or household in the register. Of
    the schema (``schema_…``) `name` is the object's, and no entry is concerned. Of what the log
    gives (``row_…``) `name` is the table's, with the column.
    """

    code: str
    first: int
    last: int
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class LogReport:
    """What `verify_log` found."""

    entries: int
    erased: int
    checkpoints: int
    root: bytes
    findings: tuple[Finding, ...]

    @property
    def consistent(self) -> bool:
        """True if everything fits."""
        return not self.findings


def verify_log(village: Village, progress: Progress = unwatched) -> LogReport:
    """Recompute every commitment, leaf, node and signed root from the rows as they are now.

    The stored subtree hashes are not trusted: a tree is built anew and they are compared with it.
    """
    with reading(village) as work:
        return log_report(work, progress)


def log_report(work: Work, progress: Progress = unwatched, take: Taker = _nobody) -> LogReport:
    """`verify_log` in a session that is open already; `take` is given each entry as it is read.

    One pass in the order of the log, in memory that does not grow with it. What stands behind a
    gap is in no tree; it is taken all the same.
    """
    connection, size = work.session.connection(), log_size(work.session)
    tree, erasures = CheckedTree(connection), Erasures(connection)
    papers = SignedPapers(work, erasures.signed)
    findings = _Findings(erasures.findings)
    erased, gap = 0, False
    findings.add(papers.signed_for(0, tree.root))
    for index, kind, at, committed, salt, content, noted, by in _rows(connection):
        if index % BATCH == 0:
            progress(index, size)
        take(index, kind, at, content)
        if index != tree.size:  # so is every entry behind the first gap
            findings.add([] if gap else [("gap", tree.size, index)])
            gap = True
            continue
        there = content is not None
        erased += not there
        if there and commitment(salt, kind, at, content) != committed:
            findings.add([("entry_altered", index, index)])
        entry = index, kind, at
        if code := erasures.trouble(entry, there=there, noted=noted is not None, by=by):
            findings.add([(code, index, index)])
        findings.add(tree.add(merkle.leaf_hash(committed)))
        findings.add(papers.signed_for(tree.size, tree.root))
    findings.add(tree.end())
    findings.add(papers.longer_than_the_log())
    findings.add(erasures.end(tree.size))
    if code := founding.trouble(work):
        findings.add([(code, 0, 0)])
    return LogReport(
        entries=tree.size,
        erased=erased,
        checkpoints=papers.count,
        root=tree.root(),
        findings=findings.joined(),
    )


def _rows(connection: Connection) -> Iterator[Any]:
    query = (
        select(
            LedgerEntry.index,
            LedgerEntry.kind,
            LedgerEntry.at,
            LedgerEntry.commitment,
            LedgerContent.salt,
            LedgerContent.content,
            LedgerErasure.index,
            LedgerErasure.by,
        )
        .outerjoin(LedgerContent, LedgerContent.index == LedgerEntry.index)
        .outerjoin(LedgerErasure, LedgerErasure.index == LedgerEntry.index)
        .order_by(LedgerEntry.index)
    )
    with connection.execute(query.execution_options(yield_per=BATCH)) as found:
        for rows in found.partitions():
            yield from rows


class _Findings:
    """What does not fit, neighbours of one code joined as they come: a report stays readable."""

    def __init__(self, first: Iterable[Span] = ()) -> None:
        self._spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.add(first)

    def add(self, found: Iterable[Span]) -> None:
        for code, first, last in found:
            spans = self._spans[code]
            if spans and spans[-1][0] <= first <= spans[-1][1] + 1:
                spans[-1] = spans[-1][0], max(spans[-1][1], last)
            else:
                spans.append((first, last))

    def joined(self) -> tuple[Finding, ...]:
        """By code, then by entry, again joined where they came in another order."""
        whole = _Findings()
        for code, spans in sorted(self._spans.items()):
            whole.add((code, *span) for span in sorted(spans))
        return tuple(Finding(code, *span) for code, spans in whole._spans.items() for span in spans)
