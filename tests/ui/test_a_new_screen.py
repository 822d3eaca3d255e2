"""What a new screen costs: six files; the tile, the picture and the walk follow its entry.

The example stands in `tests/ui/in_force`; CONTRIBUTING.md points to it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.worlds.copied import copy_program, differing, run_in

EXAMPLE = Path(__file__).parent / "in_force"
TEST = "tests/ui/rulebook/test_in_force_screen.py"
WHOLE = {
    "kiosk/ui/rulebook/InForceScreen.qml": "screen.qml",
    "kiosk/ui/rulebook/in_force_model.py": "view_model.py",
    TEST: "tested.py",
}
WORDS = {f"assets/translations/{each}/rules.toml": f"{each}.toml" for each in ("zh", "en")}
SCREENS = "kiosk/ui/shell/screens.py"
WATCHERS = (
    "tests/ui/test_tiles.py::test_a_tile_leads_to_its_screen_whose_texts_are_whole[in_force]",
    "tests/ui/test_double_taps.py::test_every_screen_is_walked_through",
    "tests/test_house_rules.py",
)
"""The tests that a screen which is entered somewhere else than in these files makes fail."""
DRAWN = "from scripts.shot_list import SHOTS; assert 'in_force' in [shot.name for shot in SHOTS]"


@pytest.mark.long
def test_a_screen_is_six_files(tmp_path: Path) -> None:
    copy_program(tmp_path)
    for file, part in WHOLE.items():
        (tmp_path / file).write_text((EXAMPLE / part).read_text("utf-8"), "utf-8")
    for file, part in WORDS.items():
        with (tmp_path / file).open("a", encoding="utf-8") as words:
            words.write((EXAMPLE / part).read_text("utf-8"))
    enter_screen(tmp_path / SCREENS)
    assert sorted(differing(tmp_path)) == sorted((*WHOLE, *WORDS, SCREENS))

    run_in(tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", TEST, *WATCHERS)
    run_in(tmp_path, "-m", "scripts.qml_lint")
    run_in(tmp_path, "-c", DRAWN)


def enter_screen(screens: Path) -> None:
    """At the end of the list."""
    entry = (EXAMPLE / "entry.py").read_text("utf-8").partition("NEW = (\n")[2]
    listed = screens.read_text("utf-8")
    screens.write_text(listed.replace(")\n\nNOT_YET", f"{entry}\nNOT_YET"), "utf-8")
