"""How the comparison says a difference, both its sides, and what would come of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from kiosk.core.catalogue import Language
from kiosk.core.clock import village_day
from kiosk.core.days import Say, said_birth, said_day
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import House
from kiosk.services.differences.deciding import Outcome
from kiosk.services.differences.pages import DifferenceLine, Overview, Side
from kiosk.services.on_stick import OnStick
from kiosk.ui.differences.rows import DifferingRow, SideRow
from kiosk.ui.parts.wording import in_a_row
from kiosk.ui.shell.kiosk import Kiosk

_ICONS = {
    "new": "user-plus",
    "changed": "pencil",
    "moved": "home",
    "house": "home-star",
    "doubt": "help-circle",
    "gone": "user",
}


@dataclass(frozen=True)
class Said:
    """The words of the comparison in the language on the screen."""

    text: Say
    tongue: Language
    shell: Kiosk

    def summary(self, found: Overview) -> str:
        """Which file it is, of which day, and how many people it names."""
        day = said_day(self.text, village_day(found.at))
        return self.text("differences.summary", found.file, day, found.people, found.unchanged)

    def kind(self, kind: str, count: int) -> DifferingRow:
        """A kind of difference and how many wait."""
        return DifferingRow(
            key=kind,
            text=self.text(f"differences.kind_{kind}"),
            detail=self.text(f"differences.about_{kind}"),
            aside=str(count),
            icon=_ICONS[kind],
        )

    def file(self, place: int, found: OnStick) -> DifferingRow:
        """A file on a stick."""
        size = self.text("differences.size", max(1, found.file.size >> 10))
        return DifferingRow(
            key=str(place),
            text=found.name,
            detail=in_a_row((found.drive.label, size)),
            icon="file-text",
        )

    def line(self, line: DifferenceLine) -> DifferingRow:
        """Somebody in a list, and what is another."""
        house, after = line.house.words(self.tongue), line.after.words(self.tongue)
        where = self.text("differences.from_to", house, after) if house != after else house
        differ = [self.text(f"differences.field_{each}") for each in line.differ if line.name]
        what = self.text("differences.differ", self.text("signs.names_join").join(differ))
        return DifferingRow(
            key=str(line.difference_id),
            text=line.name or where,
            detail=in_a_row(
                (
                    self.why(line),
                    where if line.name else "",
                    what if differ and line.kind == "changed" else "",
                )
            ),
        )

    def why(self, line: DifferenceLine) -> str:
        """Why it is a doubt."""
        return self.text(f"differences.why_{line.why}") if line.why else ""

    def side(self, side: Side) -> SideRow:
        """What both sides say."""
        nothing = self.text("differences.unsaid")
        here, there = (self._value(side.field, each) for each in (side.here, side.there))
        return SideRow(
            field=self.text(f"differences.field_{side.field}"),
            here=self.text("differences.here", here or nothing),
            there=self.text("differences.there", there or nothing),
            differs=side.differs,
        )

    def outcome(self, outcome: Outcome, *, done: bool) -> Iterator[str]:
        """What came of it, or would come of it, a sentence each; and why some stay."""
        for each in fields(outcome):
            count = getattr(outcome, each.name)
            if each.name != "not_done" and count:
                will, did = f"differences.will_{each.name}", f"differences.did_{each.name}"
                yield self.text(did if done else will, count)
        for code, count in outcome.not_done:
            why = self.shell.sentence(ExpectedError(code, *_NO_VALUES.get(code, ())))
            yield self.text("differences.stays", count, why)

    def _value(self, field: str, value: str) -> str:
        if not value:
            return ""
        if field == "house":
            return House(*value.split("\n")).words(self.tongue)
        if field == "birth":
            return said_birth(self.text, value)
        if field == "sex":
            return self.text(f"differences.sex_{value.lower()}")
        if field == "head":
            return self.text(f"differences.head_{value}")
        return self.text(f"signs.premises_{value}") if field == "premises" else value


_NO_VALUES: dict[str, tuple[str, ...]] = {"house_taken": ("…",), "life_house_taken": ("…",)}
"""Sentences about one door, where several may be meant."""
