"""The hamlet of the reports' tests, in which A agreed to letters and has two deeds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.devices.image_codes import codes_on
from kiosk.models.letters import Letter
from kiosk.models.printing import PrintJob
from kiosk.services.access.offices import Signature
from kiosk.services.letters import letters
from kiosk.services.letters.letters import Desk, Draft
from kiosk.services.printing import queue
from kiosk.services.printing.spooler import print_next
from tests.services.cases.conftest import Hamlet, hamlet
from tests.worlds.kept import grown

__all__ = ["Post", "hamlet", "post", "refuses"]


@dataclass
class Post:
    """A agreed to letters; each signs with a card of their own."""

    hamlet: Hamlet
    signatures: dict[str, Signature] = field(default_factory=dict)

    def desk(self, letter: str = "A") -> Desk:
        return letters.desk(self.hamlet.village, self.hamlet.sign(letter))

    def keys(self, *kinds: str) -> tuple[str, ...]:
        return tuple(each.key for each in self.desk().facts if each.kind in kinds)

    def draft(self, *facts: str, to: str = "", language: str = "zh", days: int = 30) -> Draft:
        chosen = facts or ("lives",)
        return Draft(facts=chosen, to=to, language=language, days=days)

    def signature(self, letter: str = "A") -> Signature:
        if letter not in self.signatures:
            self.signatures[letter] = self.hamlet.own_signature(letter)
        return self.signatures[letter]

    def issue(self, draft: Draft | None = None, letter: str = "A", touch: str = "") -> str:
        signed, seat = self.signature(letter), self.hamlet.sign(letter)
        made = draft or self.draft()
        touch = touch or new_touch_id()
        return letters.issue(self.hamlet.village, seat, made, signed, touch).reference

    def printed(self, reference: str) -> str:
        """What the code on the newest sheet says, read from its picture."""
        while print_next(self.hamlet.village):
            pass
        with self.hamlet.village.read() as session:
            mine = session.query(PrintJob.id).filter_by(reference=reference)
            newest = max(number for (number,) in mine)
        file = queue.state(self.hamlet.village, newest).file
        assert file is not None
        (code,) = codes_on(Path(file))
        return code

    def row(self, reference: str) -> Letter:
        with self.hamlet.village.read() as session:
            found = session.query(Letter).filter_by(reference=reference).one()
            session.expunge(found)
        return found


@contextmanager
def refuses(code: str) -> Iterator[None]:
    """What is done within is refused with this code."""
    with pytest.raises(ExpectedError) as refusal:
        yield
    assert refusal.value.code == code


def _posted(hamlet: Hamlet) -> None:
    hamlet.approved_deed("A")
    hamlet.approved_deed("A", "docks", days_ago=1)
    hamlet.consent([hamlet.people["A"]], "letter")


@pytest.fixture
def post(hamlet: Hamlet) -> Post:
    return Post(grown(hamlet, _posted))
