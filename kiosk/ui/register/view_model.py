"""Finding a neighbour while typing."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.services.register.search import SearchRow
from kiosk.ui.parts.person_search import NeighbourSearch
from kiosk.ui.parts.wording import in_a_row

QML_IMPORT_NAME = "kiosk.ui.register"
QML_IMPORT_MAJOR_VERSION = 1

_PREMISES = ("shop", "farmyard", "workshop")


@QmlElement
class LookUpModel(NeighbourSearch):
    """View-model of LookUpScreen."""

    def house(self, found: SearchRow) -> str:
        """With what kind of house it is."""
        premises = [self.text(f"look_up.{found.premises}")] if found.premises in _PREMISES else []
        return in_a_row((super().house(found), *premises))
