"""A village's own places are offered, keep their words, and pass the gate like everything else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.catalogue import catalogue
from kiosk.core.settings import Settings, read_settings, write_settings
from kiosk.core.texts import Texts
from kiosk.services.rulebook.whereabouts import EVERYWHERE, places, refused

VILLAGE = Settings(Texts({"zh": "石桥村", "en": "Shiqiao"}), "shiqiao.example/good-deed-book")


def test_a_village_offers_its_own_places_first_and_nobody_elses() -> None:
    own = replace(VILLAGE, places=("南塘 / South pond", "晒谷场"))
    assert places(own) == ("南塘 / South pond", "晒谷场", *EVERYWHERE)
    assert places(VILLAGE) == EVERYWHERE
    assert not [each for each in places(VILLAGE) if "docks" in each]


def test_every_place_has_words_in_both_languages_and_a_villages_own_keep_them() -> None:
    for each in EVERYWHERE:
        assert catalogue().text(f"place.{each}", "zh") != catalogue().text(f"place.{each}", "en")
    assert catalogue().text("place.南塘 / South pond", "zh") == "南塘"
    assert catalogue().text("place.南塘 / South pond", "en") == "South pond"
    assert catalogue().text("place.晒谷场", "en") == "晒谷场"
    with pytest.raises(KeyError):
        catalogue().text("home.南塘", "zh")


@pytest.mark.parametrize("place", ["", "基督教堂 / Church", "塘" * 41, "南\n塘", "  南塘"])
def test_a_place_that_no_report_may_name_is_not_offered_and_is_named_to_the_keeper(
    place: str,
) -> None:
    own = replace(VILLAGE, places=(place, "南塘 / South pond"))
    assert places(own) == ("南塘 / South pond", *EVERYWHERE)
    assert refused(own) == (place,)


def test_places_survive_the_settings_file(tmp_path: Path) -> None:
    own = replace(VILLAGE, places=("南塘 / South pond", '晒"谷\\场'))
    write_settings(tmp_path / "village.toml", own)
    assert read_settings(tmp_path / "village.toml") == own
