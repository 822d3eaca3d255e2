"""The founding in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.core.days import Say, said_day
from kiosk.services.access.roles import ROLES
from kiosk.services.upkeep import founders, founding_form
from kiosk.services.upkeep.founding_form import NO_PRINTER, Offered
from kiosk.services.upkeep.founding_notes import Notes, Person
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.upkeep.founding_rows import ListedRow, TickRow

_OFFICES = {"officer": "gavel", "clerk": "id-badge-2", "keeper": "tools"}


@dataclass(frozen=True)
class Said:
    """What was said so far, in a language."""

    say: Say
    tongue: str
    notes: Notes
    offered: Offered | None

    def choices(self, stage: str) -> list[ChoiceRow]:
        """What there is to choose from on a step."""
        if stage == "sheets":
            return self._sheets()
        if stage == "slips":
            return self._slips()
        return self._offices() if stage == "person" else []

    def ticks(self) -> list[TickRow]:
        """The rules, with their points."""
        rows = []
        for each in self.offered.rules if self.offered else ():
            rule = each.rule
            sign = "-" if rule.kind == "concern" else "+"
            rows.append(
                TickRow(
                    key=rule.rule,
                    name=f"{rule.title.said(self.tongue)} {sign}{abs(rule.points)}",
                    detail=rule.text.said(self.tongue),
                    icon=rule.icon,
                )
            )
        return rows

    def ticked(self) -> list[str]:
        """The keys of those with which the village begins."""
        offered = self.offered.rules if self.offered else ()
        return [each.rule.rule for each in offered if founding_form.is_ticked(self.notes, each)]

    def listed(self, stage: str) -> list[ListedRow]:
        """The list of a step."""
        if stage == "places":
            return [ListedRow(text=each, detail="") for each in self.notes.places]
        if stage == "people":
            return [self._person(each) for each in self.notes.people]
        return []

    def wanted(self, today: date) -> str:
        """Who is missing still."""
        lacking = founding_form.missing(self.notes, today)
        return " ".join(self.say(f"founding.wanted_{each}") for each in lacking)

    def summary(self) -> list[str]:
        """All of it, in sentences."""
        say, notes = self.say, self.notes
        typed = notes.typed
        day = founders.day_of(typed.get("assembly", ""))
        held = sum(1 for each in notes.people if each.roles)
        return [
            say("founding.sum_name", typed.get("name_zh", ""), typed.get("name_en", "")),
            say("founding.sum_origin", typed.get("origin", "").strip()),
            say("founding.sum_terminal", self._terminal()),
            say("founding.sum_sheets", self._printer(notes.sign_printer)),
            say("founding.sum_slips", self._printer(notes.slip_printer)),
            say("founding.sum_places", len(notes.places)),
            say("founding.sum_rules", len(self.ticked())),
            say("founding.sum_people", len(notes.people), held),
            *([say("founding.sum_assembly", said_day(say, day))] if day else []),
        ]

    def _terminal(self) -> str:
        return self.notes.typed.get("terminal", "").strip() or self.say("founding.terminal_hint")

    def _sheets(self) -> list[ChoiceRow]:
        now = self.notes.sign_printer
        listed = list(self.offered.sheets) if self.offered else []
        keys = dict.fromkeys((*listed, now, NO_PRINTER))
        return [
            ChoiceRow(key=each, name=self._printer(each), icon="printer", chosen=each == now)
            for each in keys
        ]

    def _slips(self) -> list[ChoiceRow]:
        now = (self.notes.slip_printer, self.notes.slip_width_mm)
        listed = list(self.offered.slips) if self.offered else []
        if now[0] == NO_PRINTER:
            now = (NO_PRINTER, 80)
        rows = []
        for setting, width in dict.fromkeys((*listed, now, (NO_PRINTER, 80))):
            name = self._printer(setting)
            if setting != NO_PRINTER:
                name = self.say("founding.roll", name, width)
            rows.append(
                ChoiceRow(
                    key=f"{setting}|{width}",
                    name=name,
                    icon="receipt",
                    chosen=(setting, width) == now,
                )
            )
        return rows

    def _offices(self) -> list[ChoiceRow]:
        return [
            ChoiceRow(
                key=each,
                name=self.say(f"access.role_{each}"),
                icon=_OFFICES[each],
                chosen=each in self.notes.roles,
            )
            for each in ROLES
        ]

    def _printer(self, setting: str) -> str:
        if setting == NO_PRINTER:
            return self.say("founding.no_printer")
        return setting.partition(":")[2]

    def _person(self, person: Person) -> ListedRow:
        born = said_day(self.say, date.fromisoformat(person.born))
        home = self.say("founding.home", person.lane, person.number)
        offices = [self.say(f"access.role_{each}") for each in ROLES if each in person.roles]
        held = self.say("pin_letter.offices_join").join(offices) or self.say("founding.no_office")
        return ListedRow(
            text=person.name, detail=self.say("founding.person_detail", held, born, home)
        )
