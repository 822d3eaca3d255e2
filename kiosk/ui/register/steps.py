"""Which questions a life event asks, one decision at a time, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from kiosk.core.ids import new_touch_id
from kiosk.services.households.desk import Member, Relative
from kiosk.services.households.plans import Kind, Plan

PURPOSE, HOME, FROM, WHO, NEWCOMER = "purpose", "home", "from", "who", "newcomer"
PERSON, WHERE, DOOR, HEAD, SURE = "person", "where", "door", "head", "sure"
CARD, DONE, KIN_WHO, KIN = "card", "done", "kin_who", "kin"
CASES: Final = "cases"
SHOWN: Final = "shown"
"""No step of its own: what would change is asked for, and a head where one has to be chosen."""

ICONS: Final[Mapping[Kind, str]] = {
    "birth": "mood-smile",
    "arrival": "user-plus",
    "marriage": "heart-handshake",
    "move": "home",
    "split": "users-group",
    "merge": "home-heart",
    "away": "walk",
    "back": "door-exit",
    "move_out": "road",
    "death": "leaf",
    "new_head": "user-check",
    "plate": "map-pin",
    "birthday": "calendar",
    "twice": "copy",
    "still_here": "arrow-back-up",
}
"""In the order of the tiles: what happens, then what puts something right."""
FIRST: Final[Mapping[Kind, str]] = {
    "birth": NEWCOMER,
    "arrival": NEWCOMER,
    "marriage": FROM,
    "move": WHO,
    "split": WHO,
    "merge": WHERE,
    "away": WHO,
    "back": WHO,
    "move_out": WHO,
    "death": WHO,
    "new_head": WHO,
    "plate": DOOR,
    "birthday": WHO,
    "twice": WHO,
    "still_here": WHO,
}
AFTER_WHO: Final[Mapping[Kind, str]] = {
    "move": WHERE,
    "split": DOOR,
    "birthday": NEWCOMER,
    "still_here": NEWCOMER,
}
"""What is asked once it is known who; of the others nothing."""
ONE_ALONE: Final[frozenset[Kind]] = frozenset(
    {"death", "new_head", "birthday", "twice", "still_here"}
)
"""What happens to one person; of the others several can be chosen."""
NAMED: Final[Mapping[str, str]] = {
    "birth": "newcomer_birth",
    "birthday": "birthday_title",
    "still_here": "still_here_title",
}
"""How a name and a day of birth are asked for; of the others ``newcomer_title``."""
NOTES: Final[Mapping[Kind, str]] = {
    "death": "who_death",
    "twice": "who_twice",
    "still_here": "who_still_here",
}
"""What is to be known before one of them is chosen."""
SAID: Final[Mapping[str, str]] = {PURPOSE: "look", CASES: "cases_note"}
"""What is to be known at these steps, whatever happens."""
HERE, ELSEWHERE = "here", "elsewhere"
"""Where somebody comes from who marries in."""


@dataclass(frozen=True)
class Pair:
    """Two people who are related, or no longer, and what writes it down."""

    act: Callable[..., tuple[Relative, ...]]
    resident_id: int
    relative_id: int
    touch: str = field(default_factory=new_touch_id)


@dataclass
class Draft:
    """What was chosen so far."""

    kind: Kind
    household_id: int
    people: list[int] = field(default_factory=list)
    name: str = ""
    born_on: str = ""
    to: int = 0
    plate: str = ""
    head: int = 0
    head_left: int = 0
    touch: str = field(default_factory=new_touch_id)

    def plan(self) -> Plan:
        """As the service takes it."""
        return Plan(
            kind=self.kind,
            household_id=self.household_id,
            people=tuple(self.people),
            name=self.name.strip(),
            born_on=self.born_on.strip(),
            to=self.to,
            plate=self.plate.strip(),
            head=self.head,
            head_left=self.head_left,
        )

    def toggle(self, resident_id: int) -> None:
        """Somebody is one of those whom it is about, or is not any more."""
        if resident_id in self.people:
            self.people.remove(resident_id)
        else:
            self.people.append(resident_id)


def whom(kind: Kind, members: Iterable[Member]) -> list[Member]:
    """Whom of the household it can be about."""
    if kind == "away":
        return [each for each in members if each.takes_part]
    if kind == "new_head":
        return [each for each in members if each.adult]
    if kind == "back":
        return [each for each in members if each.away]
    return list(members)
