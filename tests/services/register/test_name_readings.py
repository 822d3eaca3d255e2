"""How names are read, and what they are found by."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.services.demo.names import name_book
from kiosk.services.register.name_readings import (
    AFTER_ANY,
    Address,
    fold,
    name_order,
    shown_pinyin,
    terms,
)

HOUSE = Address("东街", "12", "0012")


def finds(typed: str, name: str, house: Address = HOUSE) -> bool:
    """Whether the prefix range of `typed` holds a term of `name`, as the database asks it."""
    sought = fold(typed)
    return any(sought <= term < sought + AFTER_ANY for term in terms(name, house))


def test_a_name_is_shown_with_tone_marks_a_space_between_syllables() -> None:
    assert shown_pinyin("林春生") == "lín chūn shēng"
    assert shown_pinyin("林长生") == "lín cháng shēng"


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("单小红", "shàn xiǎo hóng"),
        ("仇英", "qiú yīng"),
        ("解明", "xiè míng"),
        ("曾国", "zēng guó"),
        ("区伟", "ōu wěi"),
        ("朴美", "piáo měi"),
        ("盖华", "gě huá"),
        ("查良", "zhā liáng"),
        ("翟志", "zhái zhì"),
        ("任平", "rén píng"),
        ("尉迟敬", "yù chí jìng"),
        ("万俟云", "mò qí yún"),
        ("澹台明", "tán tái míng"),
        ("欧阳修", "ōu yáng xiū"),
        ("张䶮", "zhāng yǎn"),
        ("李㛃", "lǐ jié"),
        ("王𬭎", "wáng hóng"),
        ("陈堃", "chén kūn"),
        ("阿依古丽·买买提", "ā yī gǔ lì · mǎi mǎi tí"),
    ],
)
def test_a_surname_is_read_as_a_surname_and_a_rare_character_is_read(name: str, read: str) -> None:
    assert shown_pinyin(name) == read


@pytest.mark.parametrize(
    "typed",
    [
        *("林", "林春", "林春生", "春生", "生"),
        *("linchunsheng", "lin chun sheng", "LIN", "chunsheng", "sheng", "lín chūn"),
        *("lcs", "cs", "lc"),
        *("林cs", "林chun", "林春s", "林春sheng", "春sheng", "lincs"),
        *("12", "1", "12号", "东街12", "东街 12 号", "dongjie12", "dj12", "１２", "ｌｃｓ"),
    ],
)
def test_lin_chunsheng_of_east_lane_12_is_found_by(typed: str) -> None:
    assert finds(typed, "林春生")


@pytest.mark.parametrize("typed", ["春林", "lsc", "2", "13", "12号3", "chun lin", "西街12", "生春"])
def test_lin_chunsheng_of_east_lane_12_is_not_found_by(typed: str) -> None:
    assert not finds(typed, "林春生")


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("单小红", ["shan", "dan"]),
        ("乐嘉", ["yue", "le", "lejia", "yuejia", "lj", "yj"]),
        ("翟志", ["zhai", "di"]),
        ("查良", ["zha", "cha"]),
        ("曾国", ["zeng", "ceng"]),
        ("林长", ["linchang", "linzhang", "lz", "lc"]),
        ("吕绿", ["lv", "lu", "lvlv", "lulu", "lü"]),
    ],
)
def test_every_reading_finds_the_name(name: str, readings: list[str]) -> None:
    assert [typed for typed in readings if not finds(typed, name)] == []


@pytest.mark.parametrize(("typed", "name"), [("shan", "邓伟"), ("shen", "林信"), ("kai", "李岂")])
def test_a_reading_that_nobody_uses_today_finds_nothing(typed: str, name: str) -> None:
    assert not finds(typed, name)


def test_a_name_with_a_middle_dot_is_found_with_and_without_it() -> None:
    name = "阿依古丽·买买提"
    found = ["阿依古丽买", "阿依古丽·买", "买买提", "maimaiti", "aygl", "ayigulimaimaiti"]
    assert [typed for typed in found if not finds(typed, name)] == []


def test_a_name_in_latin_letters_is_found_by_each_of_its_words() -> None:
    assert finds("john", "John Smith")
    assert finds("SMITH", "John Smith")
    assert finds("js", "John Smith")


def test_a_house_number_keeps_its_hyphen_whatever_hyphen_was_typed() -> None:
    house = Address("西街", "12-3", "")
    assert finds("12-3", "林春生", house)
    assert finds("12－3", "林春生", house)
    assert not finds("123", "林春生", house)


def test_what_is_typed_is_folded_to_half_width_letters_without_marks() -> None:
    assert fold(" Ｌín　Chūn ") == "linchun"
    assert fold("a%_\\*'\"\x00\u200b") == "a"


def test_names_sort_syllable_by_syllable() -> None:
    names = ["王丽", "李秀英", "林春生", "利明", "李明", "林长生", "刘一"]
    ordered = ["李明", "利明", "李秀英", "林长生", "林春生", "刘一", "王丽"]
    names.remove("利明")
    ordered.remove("利明")
    assert sorted(names, key=name_order) == ordered
    assert name_order("利明") == name_order("李明")


def test_a_name_order_fits_the_column() -> None:
    assert 0 < name_order("庄壮双庄壮双庄壮双") < 2**63


names = st.builds(
    lambda seed, sex, born: _drawn(seed, sex, born),
    st.integers(0, 10**6),
    st.sampled_from("MF"),
    st.integers(1930, 2020),
)


def _drawn(seed: int, sex: str, born: int) -> str:
    book = name_book(Random(seed))
    return book.surname() + book.given(sex, born)


@given(names)
def test_every_end_of_any_name_finds_it_in_characters_pinyin_and_initials(name: str) -> None:
    syllables = shown_pinyin(name).split()
    for start in range(len(name)):
        assert finds(name[start:], name)
        assert finds("".join(syllables[start:]), name)
        assert finds("".join(each[0] for each in syllables[start:]), name)
        assert finds("".join(syllables[start:]).replace("ü", "u"), name)


@given(names)
def test_every_beginning_of_a_search_finds_what_the_whole_finds(name: str) -> None:
    for whole in (name, "".join(shown_pinyin(name).split())):
        assert all(finds(whole[:end], name) for end in range(1, len(whole) + 1))


@given(st.text(max_size=60))
def test_any_text_makes_terms_that_the_column_holds(text: str) -> None:
    for term in terms(text, Address(text, text, text)):
        assert 0 < len(term) <= 40
        assert term.removeprefix("#").replace("-", "").isalnum() or term == "#"
        assert all(ch < AFTER_ANY for ch in term)
