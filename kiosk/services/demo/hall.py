"""The village hall of the demo: who sits there, and how they are signed in while the past is made.

The people of the demo did in the past year what people do at the terminal, through the same
services. Only their signing in is short: most of them have no card, and a PIN costs time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from sqlalchemy import select, update

from kiosk.core.ids import new_session_id, session_digest
from kiosk.models.access import SignInSession
from kiosk.models.register import Resident
from kiosk.services.access.roles import Role
from kiosk.services.village import Village


@dataclass(frozen=True)
class Villager:
    """A person of the demo, as the register has them."""

    id: int
    household_id: int
    name: str
    born_on: date | None


@dataclass
class Hall:
    """The village and its people, by their ids and names."""

    village: Village
    villagers: list[Villager]
    random: Random

    def look_again(self) -> None:
        """Read anew who lives here and where: people come, move and go."""
        columns = (Resident.id, Resident.household_id, Resident.name, Resident.born_on)
        with self.village.read() as session:
            found = session.execute(select(*columns).where(Resident.active).order_by(Resident.id))
            self.villagers = [Villager(*each) for each in found]

    def named(self, name: str) -> Villager:
        """The villager of that name, of whom the script has only one."""
        (found,) = (each for each in self.villagers if each.name == name)
        return found

    def seat(self, villager: Villager, *roles: Role) -> str:
        """A session of this villager, opened now."""
        now, session_id = self.village.clock.now(), new_session_id()
        row = SignInSession(
            id=session_digest(session_id),
            resident_id=villager.id,
            roles=",".join(sorted(roles)),
            opened_at=now,
            seen_at=now,
        )
        with self.village.write() as session:
            session.add(row)
        return session_id

    def close(self) -> None:
        """End every session that is still open."""
        now = self.village.clock.now()
        with self.village.write() as session:
            session.execute(
                update(SignInSession).where(SignInSession.ended_at.is_(None)).values(ended_at=now)
            )


def hall_of(village: Village, random: Random) -> Hall:
    """The hall of a village whose register was just imported."""
    hall = Hall(village, [], random)
    hall.look_again()
    return hall
