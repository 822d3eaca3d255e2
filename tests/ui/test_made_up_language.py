"""Every screen in a language 40 % longer: nothing is cut, and no words stand in the code."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from kiosk.app import MainWindow
from kiosk.core import catalogue as catalogue_module
from kiosk.core.catalogue import TRANSLATIONS, Catalogue, catalogue
from kiosk.core.clock import SettableClock
from kiosk.services.village import Village
from kiosk.ui.shell.screens import SCREENS
from scripts import house_rules, made_up_language
from tests.ui.beginnings import neighbourhood
from tests.ui.flows import FLOWS
from tests.ui.looking import Looking, unsaid
from tests.ui.neighbours import Neighbours
from tests.ui.panels import PANELS
from tests.ui.touch import tap
from tests.ui.walking import Flow
from tests.worlds.kept import grown

TIGHTEST = (("10.1 inches", 3),)
LOOKED: set[object] = set()
"""The pages that were looked at."""


def through_every_screen() -> Iterator[Flow]:
    """As few flows as come through all the screens together."""
    missing = {entry.name for entry in SCREENS}
    while missing:
        flow = max(FLOWS, key=lambda each: len(each.screens & missing))
        if not flow.screens & missing:
            return  # test_every_screen_is_walked_through names those that no flow comes through
        missing -= flow.screens
        yield flow


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """``--every-size`` walks every flow, and looks at its pages on every panel at every size."""
    if "views" in metafunc.fixturenames:
        every = metafunc.config.getoption("every_size", default=False)
        flows = FLOWS if every else sorted(through_every_screen(), key=FLOWS.index)
        metafunc.parametrize("flow", flows, ids=lambda flow: flow.name.replace(" ", "_"))
        views = tuple(product(PANELS, range(4))) if every else TIGHTEST
        metafunc.parametrize("views", [views], ids=[f"{len(views)}_views"])


@pytest.fixture(scope="module", autouse=True)
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The kiosk's languages with one more."""
    folder = tmp_path_factory.mktemp("languages") / "translations"
    shutil.copytree(TRANSLATIONS, folder)
    made_up_language.make(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue_module, "TRANSLATIONS", folder)
        catalogue.cache_clear()
        yield folder
    catalogue.cache_clear()


@pytest.mark.long
def test_every_page_is_whole_and_its_words_come_from_the_catalogue(
    open_stage: Callable[..., MainWindow],
    sqlite_village: Village,
    clock: SettableClock,
    flow: Flow,
    views: tuple[tuple[str, int], ...],
) -> None:
    stage = open_stage(language=made_up_language.NAME)
    lane = grown(Neighbours(sqlite_village, clock), neighbourhood)
    Looking(stage, lane, views=views, looked=LOOKED).go(flow)


def test_a_language_that_is_only_a_folder_is_offered_and_spoken(
    open_stage: Callable[..., MainWindow],
) -> None:
    stage = open_stage()
    seen = [(stage.kiosk.tongue, stage.kiosk.property("languages"))]
    for _ in catalogue().languages:
        tap(stage.window, "language")
        seen.append((stage.kiosk.tongue, stage.kiosk.property("languages")))
    assert seen == [("zh", "中 / EN"), ("en", "EN / ÝŽ"), ("qaa", "ÝŽ / 中"), ("zh", "中 / EN")]


def test_the_made_up_language_is_whole_and_as_much_longer_as_it_says(made_up: Path) -> None:
    assert list(house_rules.catalogue_is_whole(made_up)) == []
    words = Catalogue(made_up)
    keys = [key for key in words.keys() if not key.startswith("language.")]
    english, longer = (
        sum(len(words.template(key, each)) for key in keys)
        for each in ("en", made_up_language.NAME)
    )
    assert 1.35 < longer / english < 1.5


def test_a_word_from_nowhere_is_found() -> None:
    assert unsaid("[Šťááff] · Staff") == ["Staff"]
    assert unsaid("[Šťááff] · 林春生 · 2026-0417 · P2026-0007") == []
