"""Deciding: one difference or a block of them, in one transaction, as it was told beforehand.

What would come of it is found by doing it and taking the transaction back, so that it is told as
it would be. What cannot be done stays for another official or another day, and is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from sqlalchemy import select

from kiosk.core.errors import ExpectedError
from kiosk.models.differences import RegisterDifference
from kiosk.services.access import acting
from kiosk.services.access.acting import Acting
from kiosk.services.differences.kept import read_said
from kiosk.services.differences.reading import MAY, Progress
from kiosk.services.differences.writing import Writing
from kiosk.services.ledger import log
from kiosk.services.ledger.erasing import in_batches
from kiosk.services.register.importing.differences import Kind
from kiosk.services.village import Village

Decision = Literal["accept", "other", "leave"]
"""As the file says; of a doubt: somebody else, who is new; the village's entry stays as it is."""
IN_BLOCKS: Final[tuple[Kind, ...]] = ("new", "changed", "moved", "house")
"""What can be accepted for many at once; a doubt, and who is missing, are decided one by one."""
DECIDED: Final = "register_decided"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of it, or would come of it."""

    added: int = 0
    changed: int = 0
    moved: int = 0
    """People whose move is written down, and takes effect after ten minutes."""
    new_houses: int = 0
    changed_houses: int = 0
    ended_signs: int = 0
    left: int = 0
    """Differences that are settled without a change."""
    not_done: tuple[tuple[str, int], ...] = ()
    """Why some stay for another time, and how many: sentences at ``error.<code>``."""


class _Rehearsed(Exception):
    """Takes the transaction back in which something was only tried."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def rehearse(
    village: Village, session_id: str, chosen: Sequence[int], decision: Decision
) -> Outcome:
    """What would come of `decide`; nothing of it is written.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``; ``difference_decided``, ``difference_one``
            as `decide`.
    """
    try:
        with acting.writing(village, session_id, *MAY) as work:
            raise _Rehearsed(_decided(work, chosen, decision))
    except _Rehearsed as tried:
        return tried.outcome


def decide(
    village: Village,
    session_id: str,
    chosen: Sequence[int],
    decision: Decision,
    touch: str,
    progress: Progress = lambda _done, _of: None,
) -> Outcome:
    """Decide on the differences of these numbers; whole, or nothing of it is on disk.

    What another terminal decided meanwhile is passed over; so is what the register says otherwise
    by now, and what concerns the official's own family.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``difference_decided`` if none of them is
            left, ``difference_one`` for several doubts or people who are missing at once.
    """
    about = f"{decision} {min(chosen, default=0)} {len(chosen)}"
    with acting.once(village, session_id, touch, DECIDED, about, MAY) as work:
        if work.known is not None:
            return _told(work.known)
        outcome = _decided(work, chosen, decision, progress)
        work.remember(_kept(outcome))
        return outcome


def all_of(village: Village, session_id: str, kind: Kind) -> tuple[int, ...]:
    """The numbers of all differences of a kind, in the order of the file.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *MAY) as work:
        numbers = select(RegisterDifference.id).where(RegisterDifference.kind == kind)
        return tuple(work.session.scalars(numbers.order_by(RegisterDifference.id)))


def _decided(
    work: Acting,
    chosen: Sequence[int],
    decision: Decision,
    progress: Progress = lambda _done, _of: None,
) -> Outcome:
    log.take_turn(work)
    found = _found(work, chosen, decision)
    gone = len(chosen) - len(found)
    deciding = _Deciding(work=work, writing=Writing(work), gone=gone)
    for done, some in enumerate(_together(found), 1):
        deciding.settle(some, decision)
        progress(done, len(found))
    deciding.writing.finish()
    return deciding.outcome()


def _found(work: Acting, chosen: Sequence[int], decision: Decision) -> list[RegisterDifference]:
    found: list[RegisterDifference] = []
    for some in in_batches(sorted(set(chosen))):
        rows = select(RegisterDifference).where(RegisterDifference.id.in_(some))
        found += work.session.scalars(rows.order_by(RegisterDifference.id).with_for_update())
    if not found:
        raise ExpectedError("difference_decided")
    if len(found) > 1 and (decision != "accept" or any(r.kind not in IN_BLOCKS for r in found)):
        raise ExpectedError("difference_one")
    if len(found) == 1 and decision == "accept" and found[0].kind == "moved":
        return _with_family(work, found[0])
    return found


def _with_family(work: Acting, one: RegisterDifference) -> list[RegisterDifference]:
    """Who moves from the same household to the same one moves with them."""
    place = read_said(one.said).place
    same = select(RegisterDifference).where(
        RegisterDifference.kind == "moved", RegisterDifference.household_id == one.household_id
    )
    rows = work.session.scalars(same.order_by(RegisterDifference.id).with_for_update())
    return [each for each in rows if read_said(each.said).place == place]


def _together(found: Iterable[RegisterDifference]) -> Iterator[list[RegisterDifference]]:
    """Each alone; of moves those of one family, from one household to one other."""
    families: dict[object, list[RegisterDifference]] = {}
    for each in found:
        if each.kind == "moved":
            key = (each.household_id, read_said(each.said).place)
            families.setdefault(key, []).append(each)
        else:
            yield [each]
    yield from families.values()


@dataclass(kw_only=True)
class _Deciding:
    """What is decided in one transaction, and what could not be."""

    work: Acting
    writing: Writing
    gone: int
    """How many had been decided elsewhere."""
    left: int = 0
    not_done: Counter[str] = field(default_factory=Counter)

    def settle(self, some: list[RegisterDifference], decision: Decision) -> None:
        """Decide on one, or on a family that moves; what is refused stays."""
        try:
            self._settle(some, decision)
        except ExpectedError as refusal:
            self.not_done[refusal.code] += len(some)

    def _settle(self, some: list[RegisterDifference], decision: Decision) -> None:
        one = some[0]
        if decision == "leave":
            self.left += 1
            self.work.session.delete(one)
            return
        if one.kind == "gone":
            raise ExpectedError("difference_gone")
        for each in some:
            self.writing.check(each)
        self._act(one, decision)(some)

    def _act(
        self, one: RegisterDifference, decision: Decision
    ) -> Callable[[list[RegisterDifference]], None]:
        writing = self.writing
        if one.kind == "doubt":
            if decision == "other":
                return writing.add
            if one.resident_id is None:
                raise ExpectedError("difference_nobody")
            return writing.change
        acts = {
            "new": writing.add,
            "changed": writing.change,
            "house": writing.change_house,
            "moved": writing.move,
        }
        return acts[one.kind]

    def outcome(self) -> Outcome:
        """What came of it."""
        if self.gone > 0:
            self.not_done["difference_decided"] += self.gone
        counts = self.writing.counts
        return Outcome(
            added=counts["added"],
            changed=counts["changed"],
            moved=counts["moved"],
            new_houses=counts["new_houses"],
            changed_houses=counts["changed_houses"],
            ended_signs=counts["ended_signs"],
            left=self.left,
            not_done=tuple(sorted(self.not_done.items())),
        )


def _kept(outcome: Outcome) -> dict[str, object]:
    return {**vars(outcome), "not_done": [list(each) for each in outcome.not_done]}


def _told(kept: dict[str, Any]) -> Outcome:
    not_done = tuple((code, count) for code, count in kept["not_done"])
    return Outcome(**kept | {"not_done": not_done})
