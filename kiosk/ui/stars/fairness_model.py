"""Whether stars are given alike, as charts without names."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.services.stars import fairness
from kiosk.services.stars.fairness import Fairness, Group
from kiosk.services.stars.ratings import MOST_STARS
from kiosk.ui.shell.view_model import ViewModel
from kiosk.ui.stars.rows import CountRow, SpreadRow

QML_IMPORT_NAME = "kiosk.ui.stars"
QML_IMPORT_MAJOR_VERSION = 1

_ALIKE = ((0.8, "well"), (0.667, "fairly"))
"""From what an alpha is called so: K. Krippendorff, Content Analysis (2004), page 241."""


@QmlElement
class FairnessModel(ViewModel):
    """View-model of FairnessScreen."""

    pageChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: Fairness | None = None
        self._answered = False
        self._heading = self._alike = self._left_out = ""
        self._counts: list[CountRow] = []
        self._inspectors: list[SpreadRow] = []
        self._kinds: list[SpreadRow] = []

    def started(self) -> None:
        """Ask for the newest round of which enough is shown."""
        if self.session_id:
            self.ask(fairness.fairness, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        seen = self._seen
        if seen is None:
            return
        self._heading = self.text("signs.quarter", seen.year, seen.quarter)
        self._alike = self._said_alike(seen.alpha)
        self._counts = self.renewed(self._counts, list(self._said_counts(seen)))
        inspectors = [
            self._row(each, self.text("rounds.inspector", each.key)) for each in seen.inspectors
        ]
        self._inspectors = self.renewed(self._inspectors, inspectors)
        kinds = [self._row(each, self.text(f"rounds.kind_{each.key}")) for each in seen.kinds]
        self._kinds = self.renewed(self._kinds, kinds)
        self._left_out = self.text("rounds.left_out", seen.left_out) if seen.left_out else ""
        self.pageChanged.emit()

    @Property(bool, notify=pageChanged)
    def there(self) -> bool:
        """Whether there is a round of which enough is shown."""
        return self._seen is not None

    @Property(bool, notify=pageChanged)
    def empty(self) -> bool:
        """Whether it is known that there is none."""
        return self._answered and self._seen is None

    @Property(str, notify=pageChanged)
    def heading(self) -> str:
        """The quarter."""
        return self._heading

    @Property(str, notify=pageChanged)
    def alike(self) -> str:
        """How alike the pairs scored."""
        return self._alike

    @Property(str, notify=pageChanged)
    def leftOut(self) -> str:
        """How many inspectors stand in no line; empty where none."""
        return self._left_out

    @Property(list, notify=pageChanged)
    def counts(self) -> list[CountRow]:
        """The round, counted."""
        return self._counts

    @Property(list, notify=pageChanged)
    def inspectors(self) -> list[SpreadRow]:
        """What each inspector gave, by a letter."""
        return self._inspectors

    @Property(list, notify=pageChanged)
    def kinds(self) -> list[SpreadRow]:
        """What each kind of premises was given."""
        return self._kinds

    def _show(self, seen: Fairness | None) -> None:
        self._seen, self._answered = seen, True
        self.worded()
        self.pageChanged.emit()

    def _said_alike(self, alpha: float | None) -> str:
        if alpha is None:
            return self.text("rounds.alike_unknown")
        word = next((name for least, name in _ALIKE if alpha >= least), "hardly")
        return self.text(f"rounds.alike_{word}", f"{alpha:.2f}")

    def _said_counts(self, seen: Fairness) -> Iterable[CountRow]:
        counted = (
            ("homes", str(seen.homes), "home"),
            ("third", str(seen.third), "users-group"),
            ("overturned", self._of(seen.overturned, seen.asked_anew), "replace"),
            ("on_time", self._of(seen.on_time, seen.rounds), "clock"),
        )
        for key, count, icon in counted:
            yield CountRow(text=self.text(f"rounds.fair_{key}"), count=count, icon=icon)

    def _of(self, some: int, all_of_them: int) -> str:
        if all_of_them == 0:
            return self.text("rounds.none_yet")
        return self.text("rounds.of", some, all_of_them)

    def _row(self, of: Group, name: str) -> SpreadRow:
        chance = (f"{of.least:.1f}", f"{of.most:.1f}")
        where = "beyond" if of.beyond else "within"
        return SpreadRow(
            name=name,
            detail=self.text(f"rounds.spread_{where}", of.looks, f"{of.mean:.1f}", *chance),
            mean=_place(of.mean),
            least=_place(of.least),
            most=_place(of.most),
            beyond=of.beyond,
        )


def _place(stars: float) -> int:
    """Where so many stars lie between one star and the most, in thousandths."""
    return round(1000 * (stars - 1) / (MOST_STARS - 1))
