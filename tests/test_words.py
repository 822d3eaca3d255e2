"""One word for a notion in each language (`docs/words.md`), and no sentence that limps.

What people used to read here and stumbled over is kept out by name, each with its reason.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from kiosk.core.catalogue import Catalogue, Language
from scripts.qml_source import read_qml

ROOT = Path(__file__).resolve().parents[1]
TRANSLATIONS = ROOT / "assets" / "translations"
RULES = ROOT / "assets" / "rulebook.toml"

_COUNTED = (
    "people|persons|residents|households|days|hours|minutes|seconds|points|stars|entries|lines|rows"
    "|tables|papers|slips|signs|copies|cards|reports|cases|concerns|deeds|photographs|pictures"
    "|characters|letters|bytes|times|things|votes"
)
NOT_SAID: dict[Language, dict[str, str]] = {
    "zh": {
        r"核定": "the tax office's word; an officer 审核",
        r"单号": "a reference, a serial and a voucher's number are each 编号",
        r"管机": "the keeper is the 管理员",
        r"放卡|放上您的卡|放一次卡": "a card is 刷, or held 对准扫描口",
        r"往下(?!减)": "beside 下面还有 it reads as scrolling; a step is 下一步 or 跳过",
        r"几时": "什么时候, as everybody says",
        r"即了结|即结束": "written by an office; 就了结",
        r"没了结": "未了结; 没有没了结 is a double no",
        r"入册": "everybody stands in the 名册; whoever takes part has joined, 加入",
        r"周记": "a schoolchild's diary; the weekly slip is the 账本核对单",
        r"根哈希": "the 账本指纹",
        r"退出(?!登录|码)": "退出 is what programs call logging out; whoever leaves 不参加了",
        r"休息|歇": "a pause is 暂停记分",
        r"示范": "a 示范村 is a model village, an honour; the demo is the 演示村",
        r"日志": "the log is the 账本",
        r"(?:最迟|计到|有效至|有效期到|答复到|申诉到) %": "a day stands there without a space",
        r"[，。！？：；] |(?<!%\d) [，。！？：；]": "Chinese marks bring their own space",
    },
    "en": {
        r"(?i)\b(?:the|a|your|my|no|his|her) number\b(?! of)": "what the sum gives is the score",
        r"(?i)\bhousehold stars?\b.*\bour stars\b|\bour stars\b": "household stars",
        r"(?i)(?<!good-deed )(?<!rule )\bbook\b": "what is one's own is the record",
        r"(?i)\bledger\b": "what cannot be changed is the log",
        r"(?i)\bline\b[^.]*\bstar|\bstar[^.]*\blines?\b": "stars are given for parts",
        r"(?i)\b(?:on|no|a|the) record\b": "a record is one's own page; else: a list, an entry",
        r"(?i)\bnoted\b": "something is recorded",
        r"(?i)\bbooked\b": "something is recorded",
        r"(?i)\bwallet\b": "points to spend",
        r"(?i)\bexamin": "an officer decides",
        r"(?i)\bcounts no more\b|\bshall this\b|\bsay that it is\b": "limps",
        r"\u2019": "an apostrophe is '",
        r"(?i)\be\.g\.|\bi\.e\.|\betc\.": "for example, that is, and the like",
        rf"%\d (?:\w+ )?(?:{_COUNTED})\b": "one has a form of its own: %1 {day|days}",
    },
}
"""What no text says, by language, and what it says instead or why."""

A_NAME = re.compile(r"[a-z]+\.example/good-deed-book")
"""The origin of a log, which is no sentence."""


def entries(folder: Path = TRANSLATIONS) -> dict[str, dict[str, str]]:
    words = Catalogue(folder)
    return {
        key: {language: words.template(key, language) for language in NOT_SAID}
        for key in sorted(words.keys())
    }


def rules() -> dict[str, dict[str, str]]:
    return {
        f"{rule['key']} ({name})": texts
        for rule in tomllib.loads(RULES.read_text("utf-8"))["rule"]
        for name, texts in rule.items()
        if isinstance(texts, dict) and texts.keys() >= NOT_SAID.keys()
    }


def limping(texts: dict[str, str]) -> list[str]:
    """What is wrong with an entry, a line for each fault."""
    said = {language: A_NAME.sub("NAME", texts[language]) for language in NOT_SAID}
    return [
        f"{said[language]!r}: {reason}"
        for language in NOT_SAID
        for pattern, reason in NOT_SAID[language].items()
        if re.search(pattern, said[language])
    ]


def test_no_text_says_what_people_stumbled_over() -> None:
    read = entries() | rules()
    found = [f"{key}: {what}" for key, texts in read.items() for what in limping(texts)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("请放卡", "Hold your card to the scanner"),
        ("单号 %1", "reference %1"),
        ("等第二位核定员", "A second officer comes next"),
        ("没有没了结的事", "No concern is open"),
        ("最迟 %1审核", "to be decided by %1"),
        ("不写，往下", "Skip"),
        ("编号 %1", "your number: %1"),
        ("每项一到五颗星", "Each line takes one to five stars"),
        ("登记上有", "It is on record"),
        ("我的存折", "My book"),
        ("还有 %1 天", "%1 days left"),
        ("账本 %1 条", "a ledger of %1"),
    ],
)
def test_each_of_them_would_be_found(zh: str, en: str) -> None:
    assert limping({"zh": zh, "en": en})


def test_a_good_entry_is_let_through() -> None:
    assert not limping({"zh": "还有 %1 天，最迟%2", "en": "%1 {day|days} left, by %2"})


def test_both_forms_of_a_counted_thing_are_written() -> None:
    for key, texts in entries().items():
        for language in NOT_SAID:
            plain = re.sub(r"%\d.*?\{[^{}|]+\|[^{}|]+\}|\{[^{}|]+\|[^{}|]+\}", "", texts[language])
            assert not set("{}|") & set(plain), f"{key}: {texts[language]}"


@pytest.mark.long
def test_a_screen_chooses_the_form_by_its_number() -> None:
    """``qsTrId(key, n)``: without n a text with two forms would always say the first."""
    counted = {key for key, texts in entries().items() if "{" in texts["en"] + texts["zh"]}
    found = [
        f"{file.name}:{literal.line}: {literal.text}"
        for file in sorted((ROOT / "kiosk" / "ui").rglob("*.qml"))
        for literal in read_qml(file).literals
        if literal.text in counted
        and not re.search(
            rf'"{re.escape(literal.text)}",', file.read_text("utf-8").split("\n")[literal.line - 1]
        )
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((1, 3), "1 person has read 3 pages"),
        ((0, 1), "0 people have read 1 page"),
        (("+1", "x"), "+1 person has read x pages"),
        ((21, 11), "21 people have read 11 pages"),
    ],
)
def test_the_form_goes_by_the_value_before_it(
    tmp_path: Path, values: tuple[object, ...], said: str
) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.toml").write_text(
        'b = "%1 {person has|people have} read %2 {page|pages}"', "utf-8"
    )
    assert Catalogue(tmp_path).text("a.b", "en", *values) == said
