"""How the register desk says a household, what can happen in it, and what waits."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kiosk.core.catalogue import Language
from kiosk.core.clock import VILLAGE_ZONE
from kiosk.core.days import Say, said_birth, said_day
from kiosk.services.access.roles import Role, may
from kiosk.services.households import desk, events
from kiosk.services.households.consequences import Line
from kiosk.services.households.desk import Member, OpenedHousehold, Relative
from kiosk.services.households.events import EventLine
from kiosk.services.households.gone import Gone
from kiosk.services.households.past_cases import PastCase
from kiosk.services.households.plans import MENDS, Kind
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.parts.wording import in_a_row
from kiosk.ui.register import steps
from kiosk.ui.register.rows import AtHomeRow, HouseholdPage, LifeRow, PastCaseRow, RelativeRow


@dataclass(frozen=True)
class Said:
    """The words of the desk in the language on the screen."""

    text: Say
    tongue: Language
    roles: frozenset[Role]
    """The offices of who is signed in."""

    def purposes(self) -> list[ChoiceRow]:
        """For what a household is opened."""
        return [
            ChoiceRow(key=each, name=self.text(f"access.purpose_{each}")) for each in desk.PURPOSES
        ]

    def origins(self) -> list[ChoiceRow]:
        """Where somebody comes from who marries in."""
        return [
            ChoiceRow(key=each, name=self.text(f"register.from_{each}"))
            for each in (steps.HERE, steps.ELSEWHERE)
        ]

    def kinds(self, opened: OpenedHousehold) -> list[ChoiceRow]:
        """What can happen in a household."""
        some_away = any(each.away for each in opened.members)
        shown = [each for each in steps.ICONS if each not in MENDS and opened.members]
        return self._tiles(each for each in shown if each != "back" or some_away)

    def mends(self, opened: OpenedHousehold) -> list[ChoiceRow]:
        """What puts right what is written wrongly of a household."""
        shown = [each for each in steps.ICONS if each in MENDS]
        holds = {kind: bool(opened.members) for kind in shown} | {"still_here": bool(opened.gone)}
        return self._tiles(each for each in shown if holds[each])

    def gone(self, listed: Iterable[Gone]) -> list[ChoiceRow]:
        """Of whom a day alone is left."""
        return [
            ChoiceRow(
                key=str(each.resident_id),
                name=self.text(f"register.gone_{each.kind}", said_day(self.text, each.on)),
                icon="calendar",
            )
            for each in listed
        ]

    def _tiles(self, kinds: Iterable[Kind]) -> list[ChoiceRow]:
        return [
            ChoiceRow(key=kind, name=self.text(f"register.kind_{kind}"), icon=steps.ICONS[kind])
            for kind in kinds
        ]

    def people(self, listed: Iterable[tuple[int, str]], chosen: Collection[int]) -> list[ChoiceRow]:
        """People to choose from, by number and name."""
        return [
            ChoiceRow(key=str(number), name=name, icon="user", chosen=number in chosen)
            for number, name in listed
        ]

    def line(self, line: Line) -> str:
        """A sentence about people and houses."""
        names = self.text("signs.names_join").join(line.names)
        houses = [each.words(self.tongue) for each in line.houses]
        days = [said_day(self.text, each) for each in line.days]
        return self.text(f"register.{line.code}", *([names] if names else []), *houses, *days)

    def written(self, line: EventLine) -> str:
        """What was written down, and when it takes effect."""
        kind = self.text(f"register.kind_{line.kind}")
        return self.text("register.written", kind, line.house.words(self.tongue), _clock(line))

    def life(self, line: EventLine) -> LifeRow:
        """Something that waits, that could not be done, or after which nobody lives there."""
        waits, past = line.state == events.WAITING, line.state == events.DONE
        kind = self.text(f"register.kind_{line.kind}")
        until = self.text("register.until", _clock(line))
        over = self.text("register.past" if past else "register.dropped")
        return LifeRow(
            text=in_a_row((kind, line.house.words(self.tongue))),
            detail=until if waits else over,
            waits=waits,
            householdId=line.household_id if past else 0,
        )

    def relative(self, pair: Relative) -> RelativeRow:
        """Two people of two households."""
        return RelativeRow(
            text=self.text("register.related", pair.name, pair.relative_name),
            detail=pair.house.words(self.tongue),
        )

    def member(self, each: Member) -> AtHomeRow:
        """Somebody of the household."""
        born = self.text("register.born_unknown")
        if each.born_on:
            born = self.text("register.born", said_birth(self.text, each.born_on))
        said = {
            "takes_part": each.takes_part,
            "away": each.away,
            "no_card": each.adult and not each.has_card,
            "came_of_age": each.came_of_age,
        }
        return AtHomeRow(
            residentId=each.resident_id,
            name=each.name,
            letter=each.name[:1],
            aside=self.text("register.head") if each.head else "",
            detail=in_a_row(
                (
                    born,
                    "" if each.head else each.relation,
                    *(self.text(f"register.{word}") for word, holds in said.items() if holds),
                )
            ),
            mayAsk=may("enrol", self.roles) and each.came_of_age,
            mayLook=may("decide_case", self.roles),
            mayCard=may("issue_card", self.roles) and each.has_card,
        )

    def past(self, case: PastCase) -> PastCaseRow:
        """A case about somebody: what, when, and where it stands."""
        day = said_day(self.text, case.happened_on)
        return PastCaseRow(
            caseId=case.case_id,
            text=case.title.said(self.tongue),
            detail=in_a_row((day, self.text(f"reports.state_{case.state}"), case.reference)),
        )

    def page(self, opened: OpenedHousehold) -> HouseholdPage:
        """What stands and what is open in a household, as counts."""
        counts = {"to_collect": opened.to_collect, "corrections": opened.corrections}
        waits = [self.text(f"register.{word}", count) for word, count in counts.items() if count]
        until = said_day(self.text, opened.sign_until) if opened.sign_until else ""
        sign = self.text("register.sign", opened.sign, until) if until else ""
        return HouseholdPage(
            title=opened.house.words(self.tongue),
            premises=self.text(f"signs.premises_{opened.premises}"),
            facts=[
                self.text("register.agreed", opened.agreed, opened.of_age),
                sign or self.text("register.no_sign"),
            ],
            open=in_a_row(waits) or self.text("register.nothing_open"),
            waits=bool(waits),
        )


def _clock(line: EventLine) -> str:
    return f"{line.until.astimezone(VILLAGE_ZONE):%H:%M}"
