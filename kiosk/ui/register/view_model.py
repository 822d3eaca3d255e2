"""Finding a neighbour while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtQml import QmlElement

from kiosk.ui.parts.person_search import NeighbourSearch

if TYPE_CHECKING:
    from kiosk.services.register.search import SearchRow

QML_IMPORT_NAME = "kiosk.ui.register"
QML_IMPORT_MAJOR_VERSION = 1

_PREMISES = ("shop", "farmyard", "workshop")
_SHAREABLE = ("stars",)


@QmlElement
class LookUpModel(NeighbourSearch):
    """View-model of LookUpScreen: with each person what that person chose to share."""

    def row(self, found: SearchRow) -> dict[str, Any]:
        """Adds ``place``: the house, what kind it is, and what is shared."""
        row = super().row(found)
        shared = [
            self.text(f"look_up.shared_{each}") for each in _SHAREABLE if each in found.shared
        ]
        premises = [self.text(f"look_up.{found.premises}")] if found.premises in _PREMISES else []
        parts = [row["house"], *premises, *shared]
        return row | {"place": " · ".join(part for part in parts if part)}
