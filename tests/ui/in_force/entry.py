"""What is added to the list of screens."""

from __future__ import annotations

from kiosk.ui.shell.screens import ScreenEntry, Tile

NEW = (
    ScreenEntry(
        "in_force",
        "rulebook/InForceScreen.qml",
        ("kiosk.ui.rulebook.in_force_model",),
        tile=Tile("books", "rules.in_force", "rules.in_force_detail", ("install_rulebook",)),
    ),
)
