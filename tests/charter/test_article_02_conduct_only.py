"""Article 2: conduct only. No area, rule, criterion or free text for belief, politics, petitions,
speech, ethnicity, health, family planning, private life or association; no identity numbers."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from kiosk.core.catalogue import catalogue
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.core.paths import ASSETS
from kiosk.models import Base
from kiosk.models.register import Resident
from kiosk.services.cases import decide
from kiosk.services.cases.flow.standing import checked_words
from kiosk.services.register.name_readings import is_han
from kiosk.services.rulebook import book, gate
from kiosk.services.rulebook.reading import AREAS, read_rulebook
from kiosk.services.stars import ratings
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet
from tests.services.rulebook.wordings import CONCERN, HOSTILE, RULE

WORDINGS = tomllib.loads(Path(__file__).with_name("wordings.toml").read_text("utf-8"))
FORBIDDEN = (
    "religion", "belief", "politics", "petitions", "speech", "ethnicity", "health",
    "family_planning", "private_life", "association", "loyalty", "credit",
)  # fmt: skip
NEVER_STORED = re.compile(
    r"national_id|id_number|identity|id_card|income|salary|wage|photo|face|religio|belief|ethnic|"
    r"nation|political|party|health|disease|disab|marital|fertil|blacklist|rank",
)


def wordings(kind: str) -> list[str]:
    return [words for language in catalogue().languages for words in WORDINGS[kind][language]]


def install(folder: Path, hamlet: Hamlet, text: str) -> None:
    file = folder / "book.toml"
    file.write_text(text, "utf-8")
    book.install(hamlet.village, file)


def test_the_list_of_areas_is_closed_and_is_the_charters() -> None:
    assert set(AREAS) == {
        "care_for_shared_places", "helping_others", "support_of_older_people", "work_done_well",
        "safety", "keeping_ones_word",
    }  # fmt: skip


@pytest.mark.parametrize("area", FORBIDDEN)
def test_there_is_no_area_for_what_is_nobodys_business(
    sqlite_hamlet: Hamlet, tmp_path: Path, area: str
) -> None:
    text = RULE.replace("care_for_shared_places", area)
    with pytest.raises(ExpectedError, match="rulebook_area"):
        install(tmp_path, sqlite_hamlet, text)


def test_a_rule_file_cannot_bring_an_area_of_its_own(sqlite_hamlet: Hamlet, tmp_path: Path) -> None:
    for line in ('areas = ["religion"]', "[gate]\nenabled = false", "allow = true"):
        with pytest.raises(ExpectedError, match="rulebook_unknown"):
            install(tmp_path, sqlite_hamlet, f"{line}\n{RULE}")


@pytest.mark.parametrize("field", ["title", "text"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_hostile_wording_becomes_a_rule_whichever_field_and_language_hides_it(
    tmp_path: Path, field: str, language: str
) -> None:
    file = tmp_path / "book.toml"
    field_line = re.compile(rf'^({field} = .*{language} = )"[^"]*"', re.MULTILINE)
    for _, words in HOSTILE:
        text, changed = field_line.subn("\\1@@", RULE)
        text = text.replace("@@", json.dumps(words, ensure_ascii=False))
        assert changed == 1
        file.write_text(text, "utf-8")
        with pytest.raises(ExpectedError, match="rulebook_gate"):
            read_rulebook(file)


@pytest.mark.parametrize("words", wordings("hostile_rules") + wordings("hostile_words"))
def test_what_a_rule_may_not_reach_for_is_refused(words: str) -> None:
    assert gate.check_rule(["扫了街", words])


@pytest.mark.parametrize("words", wordings("hostile_words"))
def test_what_nobody_writes_about_a_neighbour_is_refused(words: str) -> None:
    with pytest.raises(ExpectedError, match="words_refused"):
        checked_words(words, 400)


@pytest.mark.parametrize("words", wordings("harmless_rules"))
def test_a_harmless_neighbour_passes_as_a_rule_and_as_words(words: str) -> None:
    assert gate.check_rule([words]) == gate.check_words(words) == ()


@pytest.mark.parametrize("words", wordings("harmless_words"))
def test_harmless_words_pass_as_they_were_typed(words: str) -> None:
    assert checked_words(words, 400) == words


@pytest.mark.parametrize("language", catalogue().languages)
def test_there_are_sixty_wordings_of_each_kind_in_each_language(language: str) -> None:
    for kinds in (("hostile_rules", "hostile_words"), ("harmless_rules", "harmless_words")):
        found = {words for kind in kinds for words in WORDINGS[kind][language]}
        assert len(found) >= 2 * 60
        assert all(any(map(is_han, words)) == (language == "zh") for words in found)


def test_harmless_rules_can_be_installed_and_hostile_ones_cannot(tmp_path: Path) -> None:
    file = tmp_path / "book.toml"
    for kind, hostile in (("hostile_rules", True), ("harmless_rules", False)):
        for words in wordings(kind):
            file.write_text(RULE.replace("捡垃圾、扫石阶。", words), "utf-8")
            if hostile:
                with pytest.raises(ExpectedError, match="rulebook_gate"):
                    read_rulebook(file)
            else:
                assert len(read_rulebook(file)) == 1


def test_no_hostile_wording_hides_in_a_remedy(tmp_path: Path) -> None:
    file = tmp_path / "book.toml"
    file.write_text(CONCERN.replace("清理干净即了结", "不再上访即了结"), "utf-8")
    with pytest.raises(ExpectedError, match="rulebook_gate"):
        read_rulebook(file)


def test_a_star_criterion_goes_through_the_same_gate() -> None:
    assert gate.check_rule(["院子里不设佛堂", "The courtyard is swept"])
    assert gate.check_rule(["家里没有人上访"])
    assert (
        gate.check_rule(["院子扫得干净，东西放得整齐", "Bins are closed and the yard is swept"])
        == ()
    )


def test_stars_have_five_dimensions_and_what_ships_of_criteria_passes_the_gate(
    sqlite_hamlet: Hamlet,
) -> None:
    """No file of a village brings criteria: there is no such door, and no sixth dimension."""
    five = {"courtyard", "rules", "recycling", "good_faith", "family_spirit"}
    assert set(ratings.DIMENSIONS) == five
    assert {"good_faith", "family_spirit"} == ratings.PUT_FORWARD_ONLY
    sixth = ratings.HouseholdRating(1, {"loyalty": 5})
    with (
        pytest.raises(ExpectedError, match="stars_out_of_range"),
        writing(sqlite_hamlet.village) as work,
    ):
        ratings.publish_visit(work, 2026, 4, sixth, 0)
    said = catalogue()
    words = [said.text(f"stars.{each}", language) for each in five for language in said.languages]
    words += [
        value
        for file in ASSETS.rglob("*rubric*.toml")
        for value in re.findall(r'"([^"]*)"', file.read_text("utf-8"))
    ]
    assert gate.check_rule(words) == ()


@pytest.mark.parametrize(
    "words",
    ["他家去上 访了", "she is PREGNANT", "他信佛", "电话13800138000", "身份证33010219560301123X"],
)
def test_what_people_write_about_each_other_goes_through_the_gate(
    sqlite_hamlet: Hamlet, words: str
) -> None:
    with pytest.raises(ExpectedError, match="words_refused"):
        sqlite_hamlet.hand_in("B", "A", "litter", words=words)
    assert sqlite_hamlet.cases() == 0


@pytest.mark.parametrize("name", ["王爱国", "林佛生", "李民主"])
def test_a_persons_own_name_is_nobodys_belief(sqlite_hamlet: Hamlet, name: str) -> None:
    with sqlite_hamlet.village.write() as session:
        session.get_one(Resident, sqlite_hamlet.people["A"]).name = name
    assert sqlite_hamlet.hand_in("B", "A", "docks", words=f"{name}清了埠头").case_id
    for words in (f"{name}上访去了", f"{name}信佛", f"不是{name}，是爱国的人"):
        with pytest.raises(ExpectedError, match="words_refused"):
            sqlite_hamlet.hand_in("C", "A", "docks", words=words, days_ago=1)


def test_an_officers_sentence_goes_through_the_gate(sqlite_hamlet: Hamlet) -> None:
    case_id = sqlite_hamlet.hand_in("A", "A", "help").case_id
    with pytest.raises(ExpectedError, match="words_refused"):
        decide.decide(
            sqlite_hamlet.village, sqlite_hamlet.officer("Y"), case_id, True,
            "desk.reason_seen", "他是党员，应当肯定。", new_touch_id(),
        )  # fmt: skip


def test_the_shipped_rules_are_within_the_charter_themselves() -> None:
    assert {rule.area for rule in read_rulebook(book.SHIPPED)} <= set(AREAS)


def test_late_repayment_is_for_the_person_concerned_alone() -> None:
    (rule,) = [each for each in read_rulebook(book.SHIPPED) if each.rule == "late_repayment"]
    assert rule.reporters == "person_concerned"


def test_no_table_has_a_column_for_what_is_never_stored() -> None:
    columns = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
    ]
    assert [name for name in columns if NEVER_STORED.search(name.split(".")[1])] == []
    assert "resident.name" in columns


def test_the_terms_ship_with_the_program_and_no_village_has_its_own() -> None:
    assert gate.TERMS_FILE == ASSETS / "gate_terms.toml"
    terms = tomllib.loads(gate.TERMS_FILE.read_text("utf-8"))
    assert set(terms) == {*gate.SUBJECTS, "harmless", "characters"}
    for subject in gate.SUBJECTS:
        assert len(terms[subject]["zh"]) >= 10
        assert len(terms[subject]["en"]) >= 10
