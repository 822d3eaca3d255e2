"""The catalogue puts values in place and knows what it does not know."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kiosk.core.catalogue import Catalogue, catalogue


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language, title in {"zh": "%2的%1", "en": "%1 of %2"}.items():
        (tmp_path / language).mkdir()
        (tmp_path / language / "language.toml").touch()
        (tmp_path / language / "home.toml").write_text(f'title = "{title}"\n', "utf-8")
    return tmp_path


def test_a_key_is_its_file_and_its_name(folder: Path) -> None:
    assert Catalogue(folder).keys() == {"home.title"}


def test_values_go_to_their_places_in_either_order(folder: Path) -> None:
    texts = Catalogue(folder)
    assert texts.text("home.title", "en", "house", "Lin") == "house of Lin"
    assert texts.text("home.title", "zh", "家", "林") == "林的家"


def test_a_value_that_looks_like_a_place_is_not_replaced_again(folder: Path) -> None:
    assert Catalogue(folder).text("home.title", "en", "%2", "x") == "%2 of x"


def test_a_place_without_a_value_stays_visible(folder: Path) -> None:
    assert Catalogue(folder).text("home.title", "en", "house") == "house of %2"


def test_an_unknown_key_is_a_bug() -> None:
    with pytest.raises(KeyError):
        catalogue().text("home.no_such_text", "en")


def test_a_file_is_read_when_one_of_its_texts_is_asked_for(folder: Path) -> None:
    (folder / "en" / "broken.toml").write_text("this is no TOML", "utf-8")
    texts = Catalogue(folder)
    assert "home.title" in texts
    assert "absent.title" not in texts
    with pytest.raises(tomllib.TOMLDecodeError):
        texts.text("broken.title", "en")


def test_a_key_never_leads_out_of_the_folder(folder: Path) -> None:
    (folder / "zh" / "rooms").mkdir()
    assert "../zh/home.title" not in Catalogue(folder)
    with pytest.raises(KeyError):
        Catalogue(folder).text("../zh/home.title", "en")
