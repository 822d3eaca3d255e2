"""How the score works: six pictures, each with one sentence."""

from __future__ import annotations

from kiosk.app import MainWindow
from kiosk.services.record.number import BASE
from kiosk.services.rulebook import book
from kiosk.services.village import Village
from tests.ui.looks import whole_at_every_look
from tests.ui.touch import items, see, tap, texts, until

PICTURES = ("sum", "deed", "stars", "spend", "hear", "yours")


def test_each_picture_is_drawn_and_says_one_sentence_which_is_read_aloud(stage: MainWindow) -> None:
    stage.kiosk.open("rules")
    for _ in range(2):
        stage.kiosk.switchLanguage()
        for name in PICTURES:
            picture = until(lambda each=name: see(stage.window, f"rules.picture.{each}"), name)  # type: ignore[misc]
            sentence = stage.kiosk.text(f"rules.{name}")
            assert picture.property("spoken") == sentence
            assert sentence.count("。") + sentence.count(". ") <= 1
            inside = [each for each in items(stage.window) if picture.isAncestorOf(each)]
            drawn = [each for each in inside if str(each.metaObject().className()) != "QQuickText"]
            assert len(drawn) > 4, name


def test_the_sum_that_is_drawn_is_right(stage: MainWindow) -> None:
    stage.kiosk.open("rules")
    until(lambda: see(stage.window, "rules.picture.sum"))
    figures = [int(text) for text in texts(stage.window)[:20] if text.isdigit()][:5]
    start, deeds, stars, concerns, total = figures
    assert start == BASE
    assert start + deeds + stars - concerns == total


def test_nothing_of_the_pictures_is_cut_at_any_text_size(stage: MainWindow) -> None:
    stage.kiosk.open("rules")
    until(lambda: see(stage.window, "rules.picture.yours"))
    whole_at_every_look(stage)


def test_a_rule_is_read_from_close_by_with_what_would_happen(
    stage: MainWindow, sqlite_village: Village
) -> None:
    book.install(sqlite_village)
    stage.kiosk.open("rules")
    for key, steps in (("clean_docks", "if_deed"), ("late_repayment", "if_concern")):
        until(lambda each=key: see(stage.window, f"rules.{each}"), key)  # type: ignore[misc]
        tap(stage.window, f"rules.{key}")
        until(lambda: see(stage.window, "rule.if.3"), "what would happen")
        assert stage.kiosk.text(f"rules.{steps}_1") in texts(stage.window)
        whole_at_every_look(stage)
        tap(stage.window, "back")
