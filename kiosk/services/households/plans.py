"""What is to happen in a family: a plan that is shown, kept for ten minutes, and carried out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Final, Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.encoding import digest_of
from kiosk.models.register import Household, Resident

Kind = Literal[
    "birth",
    "arrival",
    "marriage",
    "move",
    "split",
    "merge",
    "away",
    "back",
    "move_out",
    "death",
    "new_head",
    "plate",
    "birthday",
    "twice",
    "still_here",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""What the desk writes down; words at ``register.kind_<kind>``."""
MENDS: Final[frozenset[Kind]] = frozenset({"new_head", "plate", "birthday", "twice", "still_here"})
"""What puts right what is written wrongly: nothing of it happened in the family."""
GOES: Final[frozenset[Kind]] = frozenset({"move_out", "death", "twice"})
"""After which the people are not in the register any more, and what is about them is erased."""
NEEDS_TWO: Final[frozenset[Kind]] = GOES | {"still_here"}
"""What cannot be undone afterwards: an officer of another household agrees, with card and PIN."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to change; what a kind does not need stays empty."""

    kind: Kind
    household_id: int
    """From whose page it was begun: whom it is about lives there, or comes to live there."""
    people: tuple[int, ...] = ()
    """Who of the register it is about."""
    name: str = ""
    """Of who is not in the register yet."""
    born_on: str = ""
    to: int = 0
    """The household they come to; 0 where it is a new one, or the one above."""
    plate: str = ""
    """The door of a new household as people write it; empty where it stays behind the same one."""
    head: int = 0
    """Who becomes head of those who go to a new household, or of two that become one."""
    head_left: int = 0
    """Who becomes head of those who stay behind."""
    seen: str = ""
    """A digest of what the register said when this was shown: whoever is later looks again."""

    @property
    def comes(self) -> bool:
        """Whether somebody comes to the household who was not in the register."""
        return self.kind in ("birth", "arrival") or (self.kind == "marriage" and not self.people)

    @property
    def moves(self) -> bool:
        """Whether people of the register live in another household afterwards."""
        return self.kind in ("move", "split", "merge") or (
            self.kind == "marriage" and bool(self.people)
        )

    @property
    def there(self) -> int:
        """The household that they come to; 0 for a new one."""
        return self.household_id if self.kind == "marriage" else self.to

    def text(self) -> str:
        """As it is kept until it is carried out."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def read_plan(text: str) -> Plan:
    """The plan that `Plan.text` wrote."""
    said = json.loads(text)
    return Plan(**{**said, "people": tuple(said["people"])})


def households_of(session: Session, plan: Plan) -> frozenset[int]:
    """Every household that there is and in which something changes."""
    homes = select(Resident.household_id).where(Resident.id.in_(plan.people))
    named = {plan.household_id, plan.there} - {0}
    return frozenset(named | set(session.scalars(homes)))


def seen_now(session: Session, plan: Plan) -> str:
    """What the register says now of everybody whom the plan concerns, as a digest."""
    return digest_of(json.dumps(list(_facts(session, households_of(session, plan)))))


def _facts(session: Session, homes: Iterable[int]) -> Iterable[list[object]]:
    where = sorted(homes)
    for home in session.scalars(
        select(Household).where(Household.id.in_(where)).order_by(Household.id)
    ):
        yield [home.id, home.code, home.lane, home.number, home.premises]
    for each in session.scalars(
        select(Resident).where(Resident.household_id.in_(where)).order_by(Resident.id)
    ):
        born = each.born_on.isoformat() if each.born_on else ""
        yield [each.id, each.household_id, each.active, each.is_head, each.name, born]
