"""Every paper that was signed, held against the tree as it stood when the paper was signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import select

from kiosk.models.ledger import Checkpoint, LedgerContent, LedgerEntry
from kiosk.services.audit.tree import Span
from kiosk.services.ledger import log
from kiosk.services.ledger.contents import told_in
from kiosk.services.ledger.erasing import signed_digest
from kiosk.services.printing import recorded
from kiosk.services.signing.signed_note import (
    CheckpointText,
    MalformedNote,
    parse_checkpoint,
    parse_note,
)
from kiosk.services.village import Village
from kiosk.services.work import Work

_BATCH: Final = 1_000


class SignedPapers:
    """The kept copies of signed papers, in the order of the sizes that they were signed for."""

    def __init__(self, work: Work, told: Mapping[bytes, int | None]) -> None:
        """`told`: what the log still says of papers whose entry was erased, or that have none."""
        self.count = 0
        self._told, self._seen = told, set[bytes]()
        self._village: Village = work.village
        self._ends: Mapping[str, int] = log.key_ends(work.session, by_index=False)
        question = (
            select(
                Checkpoint.tree_size,
                Checkpoint.signature,
                Checkpoint.note,
                Checkpoint.reference,
                Checkpoint.paper,
                LedgerEntry.kind,
                LedgerContent.content,
            )
            .outerjoin(LedgerEntry, LedgerEntry.index == Checkpoint.paper)
            .outerjoin(LedgerContent, LedgerContent.index == Checkpoint.paper)
        )
        ordered = question.order_by(Checkpoint.tree_size).execution_options(yield_per=_BATCH)
        self._rows = iter(work.session.connection().execute(ordered))
        self._next = next(self._rows, None)

    def signed_for(self, size: int, root: Callable[[], bytes]) -> Iterator[Span]:
        """What is wrong with the papers for a log of `size` entries, which then had `root`.

        Asked for each size, from none on.
        """
        while self._next is not None and self._next.tree_size <= size:
            yield from self._checked(self._next, root)

    def longer_than_the_log(self) -> Iterator[Span]:
        """What is wrong with those that are left: the log is shorter than they say."""
        while self._next is not None:
            yield from self._checked(self._next, None)
        if self._told.keys() - self._seen:
            yield "paper_missing", 0, 0

    def _checked(self, row: Any, root: Callable[[], bytes] | None) -> Iterator[Span]:
        self.count += 1
        if code := self._trouble(row, root):
            yield code, 0, row.tree_size - 1
        self._next = next(self._rows, None)

    def _trouble(self, row: Any, root: Callable[[], bytes] | None) -> str:
        try:
            note = parse_note(row.note)
            known = note.signed_by(self._village.keys.verifiers)
            told = parse_checkpoint(note.text)
        except MalformedNote:
            return "paper_altered"
        if known is None:
            return "paper_unknown_key"
        if told.size > self._ends.get(known.text(), told.size):
            return "paper_key_ended"
        if (row.tree_size, row.signature) != (told.size, note.signatures[0].encoded):
            return "paper_altered"
        if root is None:
            return "log_shorter"
        if not self._is_told(row, told):
            return "paper_unrecorded"
        return self._of_this_log(told, root())

    def _is_told(self, row: Any, told: CheckpointText) -> bool:
        """Whether the entry of a paper tells of the lines that were signed.

        Of an entry that was erased, and of papers of earlier versions that have none, another entry
        says which paper it was.
        """
        content = told_in(row.content)
        if content is None:
            digest = signed_digest(row.reference, row.signature)
            self._seen.add(digest)
            return digest in self._told and self._told[digest] == row.paper
        lines = recorded.lines_digest(told.extension)
        return (
            row.kind == recorded.PAPER
            and "again" not in content
            and (content.get("reference"), content.get("lines")) == (row.reference, lines)
        )

    def _of_this_log(self, told: CheckpointText, root: bytes) -> str:
        if told.origin != self._village.settings.origin:
            return "paper_other_village"
        return "" if told.root == root else "log_rewritten"
