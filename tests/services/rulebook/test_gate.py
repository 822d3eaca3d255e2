"""The gate, tried from both sides: hostile wordings are refused, harmless neighbours pass."""

from __future__ import annotations

import time
import tomllib
import unicodedata
from pathlib import Path
from typing import Literal, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.catalogue import catalogue
from kiosk.services.rulebook import gate
from kiosk.services.rulebook.gate import SUBJECTS, TERMS_FILE, check_rule, check_words
from tests.services.rulebook.wordings import HARMLESS, HOSTILE, WORDINGS

TERMS = tomllib.loads(TERMS_FILE.read_text("utf-8"))
PAIRS: list[str] = TERMS["characters"]["pairs"]
TRADITIONAL = {pair[1]: pair[0] for pair in reversed(PAIRS)}

Form = Literal["NFC", "NFD", "NFKC"]
FORMS: tuple[Form, ...] = get_args(Form)


@pytest.mark.parametrize(("subject", "words"), HOSTILE)
def test_hostile_words_are_refused(subject: str, words: str) -> None:
    assert subject in {finding.area for finding in check_words(words)}


@pytest.mark.parametrize(("subject", "words"), HOSTILE)
def test_hostile_words_are_refused_in_a_rule_too(subject: str, words: str) -> None:
    assert subject in {finding.area for finding in check_rule(["Swept the lane", words])}


@pytest.mark.parametrize("words", HARMLESS)
def test_harmless_neighbours_pass(words: str) -> None:
    assert check_words(words) == ()


def test_there_are_at_least_sixty_of_each_and_both_languages_in_both() -> None:
    hostile = [words for _, words in HOSTILE]
    assert len(set(hostile)) >= 60
    assert len(set(HARMLESS)) >= 60
    for words in (hostile, HARMLESS):
        latin = sum(each.isascii() for each in words)
        assert 20 <= latin <= len(words) - 20


def test_every_subject_of_the_charter_has_hostile_wordings() -> None:
    assert {subject for subject, _ in HOSTILE} == {*SUBJECTS, "identity_number", "telephone"}


@pytest.mark.parametrize("words", WORDINGS["only_refused_in_rules"])
def test_a_rule_may_not_aim_at_what_a_report_may_mention(words: str) -> None:
    assert check_words(words) == ()
    assert check_rule([words])


def test_what_was_found_is_named_as_it_was_typed() -> None:
    (finding,) = check_words("听说他去上 访了")
    assert finding == gate.RefusedTerm("politics", "上 访")
    (finding,) = check_words("A PETITION, they said")
    assert finding == gate.RefusedTerm("politics", "PETITION")


def test_everything_that_was_found_is_named_in_the_order_of_the_text() -> None:
    findings = check_words("上访的人信教，电话13800138000")
    assert [finding.area for finding in findings] == ["politics", "religion", "telephone"]


def test_a_harmless_phrase_does_not_excuse_a_second_hostile_one() -> None:
    assert check_words("晚上访问老人，顺便问他上访的事")
    assert check_words("the temple fair and the temple itself")


@pytest.mark.parametrize("words", ["", " ", "，。", "😀👍", "\n\t", "a", "一"])
def test_nothing_much_is_nothing_to_refuse(words: str) -> None:
    assert check_words(words) == ()


def test_every_language_of_the_screens_has_its_terms() -> None:
    assert set(catalogue().languages) <= set(TERMS["harmless"])


def test_a_further_language_has_its_terms_in_the_same_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = TERMS_FILE.read_text("utf-8")
    for subject in SUBJECTS:
        words = '"eglise*"' if subject == "religion" else ""
        lists = f"fr = [{words}]\nrules_fr = []\n"
        text = text.replace(f"[{subject}]\n", f"[{subject}]\n{lists}")
    (tmp_path / "terms.toml").write_text(
        text.replace("[harmless]\n", '[harmless]\nfr = ["rue de l\'eglise"]\n'), "utf-8"
    )
    monkeypatch.setattr(gate, "TERMS_FILE", tmp_path / "terms.toml")
    assert check_words("devant l'Église") == (gate.RefusedTerm("religion", "Église"),)
    assert check_words("il habite rue de l'église") == ()
    assert check_words("他去上访") != ()


CHINESE = [(subject, term) for subject in SUBJECTS for term in TERMS[subject]["zh"]]
ENGLISH = [
    (subject, term.replace("*", "")) for subject in SUBJECTS for term in TERMS[subject]["en"]
]
STREWN = st.sampled_from(
    ["", " ", ".", "-", "*", "·", "　", "\u200b", "_", "/", " . ", "\u00ad", "|"]
)


@settings(max_examples=300)
@given(st.sampled_from([pair for pair in CHINESE if len(pair[1]) > 1]), STREWN)
def test_no_mark_strewn_between_characters_hides_a_term(pair: tuple[str, str], mark: str) -> None:
    subject, term = pair
    assert subject in {finding.area for finding in check_words("他" + mark.join(term) + "。")}


@pytest.mark.parametrize(("subject", "term"), CHINESE)
def test_every_chinese_term_is_found_in_traditional_characters(subject: str, term: str) -> None:
    full = "".join(TRADITIONAL.get(ch, ch) for ch in term)
    assert subject in {finding.area for finding in check_words(full)}


@settings(max_examples=300)
@given(
    st.sampled_from(ENGLISH),
    st.sampled_from([str.upper, str.title, str.swapcase, str.lower]),
    st.booleans(),
    st.sampled_from(["%s", "“%s”", "the %s.", "(%s)", "我说%s了", "\n%s\n", "%s!"]),
)
def test_case_width_and_neighbours_hide_no_english_term(
    pair: tuple[str, str], case: object, wide: bool, frame: str
) -> None:
    subject, term = pair
    typed = case(term)  # type: ignore[operator]
    if wide:
        typed = "".join(chr(ord(ch) + 0xFEE0) if "!" <= ch <= "~" else ch for ch in typed)
    assert subject in {finding.area for finding in check_words(frame % typed)}


@settings(max_examples=200)
@given(st.sampled_from([pair for pair in ENGLISH if " " not in pair[1]]), st.sampled_from(" .-_*"))
def test_letters_written_apart_hide_no_english_word(pair: tuple[str, str], mark: str) -> None:
    subject, term = pair
    if len(term) < 4:
        return
    found = {finding.area for finding in check_words(f"the {mark.join(term)} there")}
    assert subject in found


@settings(max_examples=200)
@given(st.sampled_from(HARMLESS), st.sampled_from(FORMS))
def test_harmless_words_stay_harmless_however_they_are_encoded(words: str, form: Form) -> None:
    assert check_words(unicodedata.normalize(form, words)) == ()


@settings(max_examples=200)
@given(st.text(max_size=400))
def test_any_text_has_an_answer_and_every_finding_was_typed(words: str) -> None:
    findings = check_words(words)
    assert check_words(words) == findings
    assert all(finding.term and finding.term in words for finding in findings)


def test_every_harmless_phrase_of_the_list_passes_and_is_needed() -> None:
    chinese = [
        term for each in SUBJECTS for name in ("zh", "rules_zh") for term in TERMS[each][name]
    ]
    for phrase in TERMS["harmless"]["zh"]:
        assert check_words(phrase) == check_rule([phrase]) == (), phrase
        assert any(term in phrase for term in chinese), phrase
    for phrase in TERMS["harmless"]["en"]:
        assert check_words(phrase) == (), phrase


def test_no_harmless_phrase_excuses_what_is_itself_a_term() -> None:
    for language in ("zh", "en"):
        terms = {term for subject in SUBJECTS for term in TERMS[subject][language]}
        assert terms.isdisjoint(TERMS["harmless"][language])


def test_every_character_pair_leads_to_a_character_that_is_searched_for() -> None:
    searched = "".join(term for _, term in CHINESE) + "".join(
        term for subject in SUBJECTS for term in TERMS[subject]["rules_zh"]
    )
    searched += "".join(TERMS["harmless"]["zh"])
    assert [pair for pair in PAIRS if pair[1] not in searched or pair[0] == pair[1]] == []
    assert len({pair[0] for pair in PAIRS}) == len(PAIRS)


def test_every_subject_has_a_gentle_sentence_in_both_languages() -> None:
    for subject in (*SUBJECTS, "identity_number", "telephone"):
        for language in catalogue().languages:
            assert catalogue().text(f"rulebook.gate_{subject}", language, "词")


def test_a_full_report_is_judged_within_a_millisecond() -> None:
    text = (
        "早上到河埠头捡垃圾、清水草，邻居们都来帮忙。We cleared the weeds and swept the steps. " * 6
    )[:400]
    check_words(text)
    quickest = min(_seconds(text) for _ in range(20))
    assert quickest < 0.001


def _seconds(text: str) -> float:
    start = time.process_time()
    check_words(text)
    return time.process_time() - start
