"""Recompute the whole log and hold every paper that was signed against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.ledger import (
    Checkpoint,
    LedgerContent,
    LedgerEntry,
    LedgerErasure,
    LedgerNode,
)
from kiosk.services.ledger import merkle
from kiosk.services.ledger.log import commitment, key_ends, log_size
from kiosk.services.signing.signed_note import MalformedNote, parse_checkpoint, parse_note
from kiosk.services.village import Village
from kiosk.services.work import Work, reading

BATCH = 1_000

Progress = Callable[[int, int], None]
"""Called with how much of what is being done is done."""


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


class _Tree:
    """A Merkle tree that remembers the nodes it completed, to answer any earlier root."""

    def __init__(self) -> None:
        self.size = 0
        self.nodes: dict[tuple[int, int], bytes] = {}

    def read(self, level: int, position: int) -> bytes:
        return self.nodes[level, position]

    def add(self, leaf: bytes) -> None:
        for level, position, found in list(merkle.completed_nodes(self.size, leaf, self.read)):
            self.nodes[level, position] = found
        self.size += 1


def verify_log(village: Village, progress: Progress = unwatched) -> LogReport:
    """Recompute every commitment, leaf, node and signed root from the rows as they are now.

    The stored subtree hashes are not trusted: a tree is built anew and they are compared with it.
    """
    with reading(village) as work:
        return log_report(work, progress)


def log_report(work: Work, progress: Progress = unwatched) -> LogReport:
    """`verify_log` in a session that is open already."""
    tree, erased, size = _Tree(), 0, log_size(work.session)
    findings: list[Finding] = []
    for entry, content, erasure in _rows(work.session):
        if entry.index % BATCH == 0:
            progress(entry.index, size)
        if entry.index != tree.size:
            findings.append(Finding("gap", tree.size, entry.index))
            break
        erased += content is None
        code = _trouble(entry, content, erasure)
        if code:
            findings.append(Finding(code, entry.index, entry.index))
        tree.add(merkle.leaf_hash(entry.commitment))
    findings += _nodes(work.session, tree)
    signed, wrong = _checkpoints(work, tree)
    root = merkle.root(tree.size, tree.read)
    return LogReport(
        entries=tree.size,
        erased=erased,
        checkpoints=signed,
        root=root,
        findings=_ranges(findings + wrong),
    )


def _rows(
    session: Session,
) -> Iterator[tuple[LedgerEntry, LedgerContent | None, LedgerErasure | None]]:
    query = (
        select(LedgerEntry, LedgerContent, LedgerErasure)
        .outerjoin(LedgerContent, LedgerContent.index == LedgerEntry.index)
        .outerjoin(LedgerErasure, LedgerErasure.index == LedgerEntry.index)
        .order_by(LedgerEntry.index)
        .execution_options(yield_per=BATCH)
    )
    for row in session.execute(query):
        yield row[0], row[1], row[2]


def _trouble(
    entry: LedgerEntry, content: LedgerContent | None, erasure: LedgerErasure | None
) -> str:
    if content is None:
        return "" if erasure else "content_missing"
    found = commitment(content.salt, entry.kind, entry.at, content.content)
    return "" if found == entry.commitment else "entry_altered"


def _nodes(session: Session, tree: _Tree) -> list[Finding]:
    findings, seen = [], 0
    for node in session.scalars(select(LedgerNode).execution_options(yield_per=BATCH)):
        seen += 1
        known = tree.nodes.get((node.level, node.position))
        if known is None:  # its place is no place in this tree, so it covers nothing
            findings.append(Finding("node_altered", 0, tree.size - 1))
        elif known != node.hash:
            first = node.position << node.level
            findings.append(Finding("node_altered", first, first + (1 << node.level) - 1))
    if seen < len(tree.nodes):
        findings.append(Finding("node_missing", 0, tree.size - 1))
    return findings


def _checkpoints(work: Work, tree: _Tree) -> tuple[int, list[Finding]]:
    signed, findings, ends = 0, [], key_ends(work.session)
    for row in work.session.scalars(select(Checkpoint).execution_options(yield_per=BATCH)):
        signed += 1
        if code := _checkpoint_trouble(row, work.village, tree, ends):
            findings.append(Finding(code, 0, row.tree_size - 1))
    return signed, findings


def _checkpoint_trouble(
    row: Checkpoint, village: Village, tree: _Tree, ends: Mapping[str, int]
) -> str:
    try:
        note = parse_note(row.note)
        known = note.signed_by(village.keys.verifiers)
        checkpoint = parse_checkpoint(note.text)
    except MalformedNote:
        return "paper_altered"
    if known is None:
        return "paper_unknown_key"
    if checkpoint.size > ends.get(known.text(), checkpoint.size):
        return "paper_key_ended"
    if checkpoint.size > tree.size:
        return "log_shorter"
    if (row.tree_size, row.signature) != (checkpoint.size, note.signatures[0].encoded):
        return "paper_altered"
    same = merkle.root(checkpoint.size, tree.read) == checkpoint.root
    return "" if same else "log_rewritten"


def _ranges(findings: list[Finding]) -> tuple[Finding, ...]:
    """Join neighbouring findings of one code, so that a report stays readable."""
    joined: list[Finding] = []
    for each in sorted(findings, key=lambda f: (f.code, f.first)):
        last = joined[-1] if joined else None
        if last and last.code == each.code and each.first <= last.last + 1:
            joined[-1] = Finding(each.code, last.first, max(last.last, each.last))
        else:
            joined.append(each)
    return tuple(joined)
