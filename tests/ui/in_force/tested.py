"""Officers read which rules are in force."""

from __future__ import annotations

from kiosk.app import MainWindow
from kiosk.services.rulebook import book
from kiosk.services.village import Village
from tests.ui.touch import see, until


def test_the_rules_in_force_stand_there_by_name_in_both_languages(
    stage: MainWindow, sqlite_village: Village
) -> None:
    book.install(sqlite_village)
    first = book.current(sqlite_village)[0]
    stage.kiosk.open("in_force")
    row = until(lambda: see(stage.window, "in_force.0"), "the first rule")
    assert row.property("text") == first.title.said("zh")

    stage.kiosk.switchLanguage()
    row = until(lambda: see(stage.window, "in_force.0"), "the first rule")
    assert row.property("text") == first.title.said("en")
