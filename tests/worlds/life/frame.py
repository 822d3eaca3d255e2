"""What draws the steps of a random life, and what a step may ask: who, when, which case.

A step acts through services alone. It reads the tables only to find something to act on, as a
person would who sees it on the screen. Now and then it takes anybody and anything instead, and is
refused by a typed error. Nothing else may ever be raised.
"""

from __future__ import annotations

import random
import traceback
from collections import Counter, deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.access import RoleGrant
from kiosk.models.cases import Case
from kiosk.models.register import Resident
from kiosk.services.access import grants, offices, sessions
from kiosk.services.access.offices import Signature
from kiosk.services.access.roles import Role
from kiosk.services.village import Village
from tests.worlds.logged import LoggedHamlet

SENTENCE: Final = "当天看过现场。"
WILD = 0.06
"""How often a step takes anybody and anything."""
_REMEMBERED = 100
_TRIES = 50

Step = Callable[["Life"], object]
STEPS: dict[str, tuple[float, Step]] = {}
"""Every step by its name, and how often it is drawn beside the others."""


class NothingToDoError(Exception):
    """Nobody could take this step now; another one is drawn."""


def step(weight: float) -> Callable[[Step], Step]:
    """A function that is a step, drawn as often as `weight` says."""

    def enter(taken: Step) -> Step:
        STEPS[taken.__name__] = (weight, taken)
        return taken

    return enter


@dataclass
class Life:
    """A hamlet, the dice, and what came of the steps so far."""

    hamlet: LoggedHamlet
    dice: random.Random
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    bugs: list[str] = field(default_factory=list)
    lately: deque[str] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    steps: int = 0

    @property
    def village(self) -> Village:
        """The village."""
        return self.hamlet.village

    @property
    def clock(self) -> SettableClock:
        """Its clock, which steps move on."""
        return self.hamlet.clock

    def live(self, steps: int, only: Collection[str] = ()) -> None:
        """So many steps more; `only` some of them, if any are named."""
        names = [each for each in STEPS if not only or each in only]
        weights = [STEPS[name][0] for name in names]
        for _ in range(steps):
            for name in self.dice.choices(names, weights, k=_TRIES):
                if self._take(name):
                    break
            else:
                raise AssertionError("nobody can do anything any more")

    def _take(self, name: str) -> bool:
        try:
            STEPS[name][1](self)
        except NothingToDoError:
            return False
        except ExpectedError as refusal:
            self.village.catalogue.text(f"error.{refusal.code}", "zh", *refusal.values)
            self.refused[refusal.code] += 1
            self.lately.append(f"{name}: {refusal.code}")
        except Exception:
            self.bugs.append(f"step {self.steps}, {name}: {traceback.format_exc(limit=-3)}")
        else:
            self.done[name] += 1
            self.lately.append(name)
        self.steps += 1
        self.clock.advance(seconds=self.dice.randint(5, 40))
        return True

    # --- chance

    def chance(self, of: float) -> bool:
        """True so often."""
        return self.dice.random() < of

    def one(self, those: Any) -> Any:
        """One of them.

        Raises:
            NothingToDoError: there are none.
        """
        found = list(those)
        if not found:
            raise NothingToDoError
        return self.dice.choice(found)

    # --- people

    def ids(self, *where: ColumnElement[bool]) -> list[int]:
        """Whoever lives in the village, of whom all of `where` is true."""
        with self.village.read() as session:
            living = select(Resident.id).where(Resident.active, *where).order_by(Resident.id)
            return list(session.scalars(living))

    def person(self, *where: ColumnElement[bool]) -> int:
        """Somebody who lives in the village."""
        return int(self.one(self.ids(*where)))

    def seat(self, resident_id: int, *, official: bool = False) -> str:
        """A session with the card of this person; a card that no longer opens one is replaced."""
        if resident_id not in self.hamlet.cards:
            self.new_card(resident_id)
        number, pin = self.hamlet.cards[resident_id]
        try:
            return sessions.sign_in(self.village, number, pin, official=official).id
        except ExpectedError as refusal:
            if refusal.code in ("sign_in_refused", "card_blocked"):
                del self.hamlet.cards[resident_id]
            if refusal.code == "card_not_vouched":
                self.vouch(resident_id)
            raise

    def signature(self, role: Role, *, but: int) -> Signature:
        """Card and PIN of somebody who holds an office, and agrees to what another one does."""
        return self.own_signature(self.holder(role, but=but))

    def own_signature(self, resident_id: int) -> Signature:
        """Card and PIN of this person."""
        if resident_id not in self.hamlet.cards:
            raise NothingToDoError
        return Signature(*self.hamlet.cards[resident_id])

    def vouch(self, resident_id: int) -> None:
        """Another officer vouches for a card."""
        officer = self.holder("officer", but=resident_id)
        by = self.signature("officer", but=resident_id)
        seat = self.seat(officer, official=True)
        offices.vouch(self.village, seat, resident_id, by, new_touch_id())

    def new_card(self, resident_id: int) -> None:
        """From a clerk who is somebody else."""
        clerk = self.desk("clerk", but=resident_id)
        made = grants.issue_card(self.village, clerk, resident_id)
        self.hamlet.cards[resident_id] = (made.number, made.pin)

    def holder(self, role: Role, *, but: int = 0) -> int:
        """Somebody who holds an office."""
        with self.village.read() as session:
            held = select(RoleGrant.resident_id).where(
                RoleGrant.role == role, RoleGrant.ended_at.is_(None), RoleGrant.resident_id != but
            )
            return int(self.one(sorted(set(session.scalars(held)))))

    def desk(self, role: Role, *, but: int = 0) -> str:
        """A session of somebody who holds an office; now and then of somebody who does not."""
        if self.chance(WILD / 2):
            return self.seat(self.person())
        return self.seat(self.holder(role, but=but), official=True)

    # --- cases

    def case(self, *where: ColumnElement[bool]) -> Case:
        """One of the newest cases of which all of `where` is true; now and then any other."""
        chosen = () if self.chance(WILD) else where
        with self.village.read() as session:
            newest = select(Case).where(*chosen).order_by(Case.id.desc()).limit(25)
            found: Case = self.one(session.scalars(newest))
            session.expunge(found)
            return found

    def in_state(self, *states: str, kind: str = "") -> Case:
        """A case in one of these states, of one kind where one is named."""
        of_kind = (Case.kind == kind,) if kind else ()
        return self.case(Case.state.in_(states), *of_kind)

    def mine_or_not(self, resident_id: int) -> int:
        """That person; now and then somebody else."""
        return self.person() if self.chance(WILD) else resident_id

    def look(self, question: Callable[[Session], Any]) -> Any:
        """Ask the tables something."""
        with self.village.read() as session:
            return question(session)

    def later(self, **how_much: float) -> None:
        """The clock goes on."""
        self.clock.moment += timedelta(**how_much)


def number_of_rows(life: Life, model: type) -> int:
    """How many rows a table has."""
    return int(life.look(lambda session: session.scalar(select(func.count()).select_from(model))))
