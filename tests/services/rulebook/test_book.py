"""The rule book: what ships, how versions follow one another, and what a file may not say."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.core.catalogue import catalogue
from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.paths import ASSETS
from kiosk.models.rulebook import RuleVersion
from kiosk.services.ledger import log
from kiosk.services.rulebook import book as rulebook_book
from kiosk.services.rulebook.book import Rule
from kiosk.services.rulebook.reading import read_rulebook
from kiosk.services.village import Village
from tests.services.rulebook.wordings import CONCERN, RULE

TODAY = date(2026, 11, 23)
SHIPPED = rulebook_book.SHIPPED.read_text("utf-8")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "book.toml"


def install(village: Village, book: Path, text: str) -> rulebook_book.Installed:
    book.write_text(text, "utf-8")
    return rulebook_book.install(village, book)


def on(village: Village, rule: str, day: date) -> Rule | None:
    with village.read() as session:
        return rulebook_book.rule_on(session, rule, day)


def in_force(village: Village) -> list[tuple[str, int]]:
    return [(rule.rule, rule.version) for rule in rulebook_book.current(village)]


def test_the_shipped_book_has_the_rules_of_the_design_with_their_points(village: Village) -> None:
    rulebook_book.install(village)
    rules = {rule.rule: rule for rule in rulebook_book.current(village)}
    deeds = [rule for rule in rules.values() if rule.kind == "deed"]
    concerns = [rule for rule in rules.values() if rule.kind == "concern"]
    assert len(deeds) >= 8
    assert [rule.rule for rule in concerns] == ["littering_docks", "late_repayment"]
    assert rules["dedication"].points == 3
    assert (rules["visit_older_person"].points, rules["visit_older_person"].reporters) == (
        6,
        "self",
    )
    assert {"clean_docks", "sort_waste", "volunteering", "lost_property", "festival"} <= set(rules)
    assert (rules["littering_docks"].points, rules["late_repayment"].points) == (5, 5)
    assert rules["late_repayment"].reporters == "person_concerned"


def test_the_shipped_book_comes_in_the_order_of_its_file(village: Village) -> None:
    rulebook_book.install(village)
    order = re.findall(r'^key = "(\w+)"', SHIPPED, re.MULTILINE)
    assert [rule.rule for rule in rulebook_book.current(village)] == order


def test_every_concern_says_in_both_languages_how_it_is_put_right() -> None:
    for rule in read_rulebook(rulebook_book.SHIPPED):
        assert (rule.kind == "concern") == bool(rule.remedy["zh"] and rule.remedy["en"])


def test_every_icon_of_the_shipped_book_is_there() -> None:
    for rule in read_rulebook(rulebook_book.SHIPPED):
        assert (ASSETS / "icons" / f"{rule.icon}.svg").read_text("utf-8").startswith("<svg")


def test_installing_the_same_book_again_changes_nothing(village: Village, book: Path) -> None:
    install(village, book, SHIPPED)
    before = rulebook_book.current(village)
    again = install(village, book, SHIPPED)
    assert (again.added, again.changed, again.ended) == ((), (), ())
    assert rulebook_book.current(village) == before
    with village.read() as session:
        assert log.head(session).size == 1 + len(before) + 1, "each rule, and their order"


def test_the_first_book_is_in_force_at_once_and_not_before(village: Village, book: Path) -> None:
    installed = install(village, book, RULE)
    assert installed.valid_from == TODAY
    assert in_force(village) == [("clean_docks", 1)]
    assert on(village, "clean_docks", TODAY - timedelta(days=1)) is None


def test_a_changed_rule_is_in_force_from_tomorrow_and_a_deed_keeps_the_version_of_its_day(
    village: Village, book: Path, clock: SettableClock
) -> None:
    install(village, book, RULE + CONCERN)
    changed = install(village, book, RULE.replace("points = 3", "points = 4") + CONCERN)
    assert (changed.changed, changed.unchanged) == (("clean_docks",), ("littering",))
    assert in_force(village) == [("clean_docks", 1), ("littering", 1)]
    clock.advance(days=1)
    assert in_force(village) == [("clean_docks", 2), ("littering", 1)]
    then, now = on(village, "clean_docks", TODAY), on(village, "clean_docks", clock.now().date())
    assert then is not None
    assert now is not None
    assert (then.points, now.points) == (3, 4)


def test_a_change_taken_back_the_same_day_was_never_in_force(
    village: Village, book: Path, clock: SettableClock
) -> None:
    install(village, book, RULE)
    install(village, book, RULE.replace("points = 3", "points = 9"))
    install(village, book, RULE)
    clock.advance(days=3)
    (rule,) = rulebook_book.current(village)
    assert (rule.version, rule.points) == (3, 3)
    with village.read() as session:
        assert session.query(RuleVersion).count() == 3


def test_a_rule_that_was_taken_out_ends_and_its_versions_stay(
    village: Village, book: Path, clock: SettableClock
) -> None:
    install(village, book, RULE + CONCERN)
    assert install(village, book, RULE).ended == ("littering",)
    clock.advance(days=1)
    assert in_force(village) == [("clean_docks", 1)]
    assert on(village, "littering", TODAY) is not None


def test_a_rule_that_comes_back_gets_a_new_version(
    village: Village, book: Path, clock: SettableClock
) -> None:
    install(village, book, RULE + CONCERN)
    install(village, book, RULE)
    clock.advance(days=2)
    assert install(village, book, RULE + CONCERN).added == ("littering",)
    clock.advance(days=1)
    assert in_force(village) == [("clean_docks", 1), ("littering", 2)]


def test_the_order_of_a_new_file_is_the_order_of_the_book(village: Village, book: Path) -> None:
    install(village, book, RULE + CONCERN)
    install(village, book, CONCERN + RULE)
    assert in_force(village) == [("littering", 1), ("clean_docks", 1)]
    with village.read() as session:
        last = log.head(session).size - 1
        assert log.content_of(session, last) == {"rules": ["littering", "clean_docks"]}


def test_a_version_is_found_by_its_id(village: Village, book: Path) -> None:
    install(village, book, RULE)
    (rule,) = rulebook_book.current(village)
    with village.read() as session:
        assert rulebook_book.rule_version(session, rule.rule_version_id) == rule


def test_every_version_stands_in_the_ledger_word_for_word(village: Village, book: Path) -> None:
    install(village, book, RULE)
    with village.read() as session:
        entry = log.content_of(session, 1) or {}
        assert session.query(RuleVersion).one().id == entry["rule_version"]
    assert (entry["rule"], entry["version"], entry["points"]) == ("clean_docks", 1, 3)
    assert (entry["text_en"], entry["valid_from"]) == (
        "Picked up litter, swept the steps.", "2026-11-23",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "named"),
    [
        (("points = 3", "points = 0"), "rulebook_points", "0"),
        (("points = 3", "points = 11"), "rulebook_points", "11"),
        (("points = 3", "points = -3"), "rulebook_points", "-3"),
        (("points = 3", "points = 2.5"), "rulebook_points", "2.5"),
        (("points = 3", "points = true"), "rulebook_points", "True"),
        (("points = 3", 'points = "3"'), "rulebook_points", "3"),
        (("points = 3", "points = 3\nrank = 1"), "rulebook_unknown", "rank"),
        (('"care_for_shared_places"', '"belief"'), "rulebook_area", "belief"),
        (('"care_for_shared_places"', '["safety"]'), "rulebook_area", "safety"),
        (('kind = "deed"', 'kind = "offence"'), "rulebook_kind", "offence"),
        (('"anyone"', '"officials"'), "rulebook_reporters", "officials"),
        (('"ripple"', '"../../secret"'), "rulebook_icon", "../../secret"),
        (('"ripple"', '"no-such-icon"'), "rulebook_icon", "no-such-icon"),
        (('icon = "ripple"\n', ""), "rulebook_missing", "icon"),
        ((', en = "Cleaned the docks"', ""), "rulebook_missing", "title"),
        (("清理河埠头", "  "), "rulebook_missing", "title.zh"),
        (('zh = "清理河埠头"', "zh = 5"), "rulebook_missing", "title.zh"),
        (("清理河埠头", "扫" * 81), "rulebook_too_long", "title.zh"),
        (("捡垃圾", "扫" * 601), "rulebook_too_long", "text.zh"),
        (("扫石阶", "去寺庙"), "rulebook_gate", "寺"),
        (("swept the steps", "signed no petition"), "rulebook_gate", "petition"),
        (('"clean_docks"', '"church_attendance"'), "rulebook_gate", "church"),
    ],
)
def test_a_bad_rule_is_refused_by_name_and_the_rules_stay_as_they_were(
    sqlite_village: Village, book: Path, change: tuple[str, str], code: str, named: str
) -> None:
    install(sqlite_village, book, CONCERN)
    before = rulebook_book.current(sqlite_village)
    bad = RULE.replace(*change)
    assert bad != RULE
    with pytest.raises(ExpectedError) as refused:
        install(sqlite_village, book, CONCERN + bad)
    assert refused.value.code == code
    for sentence in (refused.value.sentence(catalogue(), each) for each in ("zh", "en")):
        assert named in sentence
        assert re.search("clean_docks|church_attendance", sentence)
        assert "%" not in sentence
    assert rulebook_book.current(sqlite_village) == before


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "rulebook_empty"),
        ("rule = 5", "rulebook_empty"),
        ("rule = [1, 2]", "rulebook_key"),
        ("[[rule]\n", "rulebook_unreadable"),
        ("a = " + "[" * 50_000, "rulebook_unreadable"),
        ("[settings]\ncharter = false\n" + RULE, "rulebook_unknown"),
        ("allow_everything = true\n" + RULE, "rulebook_unknown"),
        (RULE.replace('"clean_docks"', '"Clean Docks"'), "rulebook_key"),
        (RULE.replace('"clean_docks"', "7"), "rulebook_key"),
        (RULE + RULE, "rulebook_twice"),
        (CONCERN.split("remedy")[0], "rulebook_remedy"),
        (CONCERN.replace('"concern"', '"deed"'), "rulebook_remedy"),
    ],
)
def test_a_bad_file_is_refused_with_one_sentence(book: Path, text: str, code: str) -> None:
    book.write_text(text, "utf-8")
    with pytest.raises(ExpectedError) as refused:
        read_rulebook(book)
    assert refused.value.code == code
    assert refused.value.sentence(catalogue(), "en")


def test_a_file_that_is_not_text_or_not_there_is_refused(book: Path) -> None:
    for content in (None, b"\xff\xfe\x00", b"#" * 1_000_001):
        if content is not None:
            book.write_bytes(content)
        with pytest.raises(ExpectedError) as refused:
            read_rulebook(book)
        assert refused.value.code == "rulebook_unreadable"


def test_a_file_with_a_byte_order_mark_is_read(book: Path) -> None:
    book.write_text(RULE, "utf-8-sig")
    assert [rule.rule for rule in read_rulebook(book)] == ["clean_docks"]
