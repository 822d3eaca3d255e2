"""What the gate judges by what is said of it, tried with wordings that nobody wrote for its lists.

Whoever wrote `rule_wordings.jsonl` had seen neither the terms nor the code. The lines with an even
place were looked at once the way of judging stood; those with an odd place never were, and are what
the gate is measured by (`docs/decisions/judged-by-what-is-said-of-it.md`).
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from kiosk.services.rulebook import gate

LINES = Path(__file__).with_name("rule_wordings.jsonl").read_text("utf-8").splitlines()
WORDINGS = [json.loads(line) for line in LINES]
LOOKED_AT, NEVER = WORDINGS[::2], WORDINGS[1::2]


def stops(text: str) -> bool:
    return bool(gate.check_rule([text])) or not gate.names_act([text])


def precision_and_recall(wordings: list[dict[str, str]]) -> tuple[float, float]:
    """Of what is stopped, how much should be; of what should be, how much is stopped."""
    found = Counter((stops(each["text"]), each["expect"] == "stop") for each in wordings)
    right, wrong, missed = found[True, True], found[True, False], found[False, True]
    return right / (right + wrong), right / (right + missed)


def test_of_wordings_that_nobody_looked_at_most_are_judged_as_they_should_be() -> None:
    precision, recall = precision_and_recall(NEVER)
    assert (round(precision, 3), round(recall, 3)) == (0.868, 0.876)


def test_those_that_were_looked_at_are_judged_no_worse_than_then() -> None:
    precision, recall = precision_and_recall(LOOKED_AT)
    assert precision >= 0.98
    assert recall >= 0.96


PRIVATE = (
    "晚上十点以后不要去别人家串门",
    "每周回娘家看望父母",
    "和外村的人少来往",
    "Visits his parents every week",
    "No overnight guests",
    "Whoever visits whom after dark is written down",
    "夫妻吵架影响邻居",
    "婆媳和睦加两分",
    "Husbands and wives who do not quarrel",
    "Shouting at one's children at home",
)
MONEY = (
    "给村里修路捐款一千元",
    "办喜事随礼不超过两百",
    "Donated money for the new bridge",
    "Contributed at least 500 yuan to the fund",
)
HARMLESS = (
    "教堂巷的路灯修好了",
    "打扫卫生院门口的台阶",
    "到党群服务中心帮忙搬桌椅",
    "Swept the steps of the clinic",
    "Mended the lamp in Church Lane",
    "Carried chairs to the Party Service Centre",
    "晚上陪独居老人聊天",
    "Looked in on an older neighbour every evening and brought a meal",
    "捡到的钱包还给了失主",
    "Repaid the money he had promised to pay back",
    "调解两家邻居因为水渠的争吵",
    "Settled a quarrel between two neighbours",
)


@pytest.mark.parametrize("words", PRIVATE)
def test_who_visits_whom_and_what_goes_on_in_a_family_is_no_rule(words: str) -> None:
    found = {each.area for each in gate.check_rule([words])}
    assert found & {"private_life", "association"}


@pytest.mark.parametrize("words", MONEY)
def test_no_rule_is_about_giving_money(words: str) -> None:
    assert "money" in {each.area for each in gate.check_rule([words])}


@pytest.mark.parametrize("words", HARMLESS)
def test_a_place_is_a_place_and_help_is_help(words: str) -> None:
    assert gate.check_rule([words]) == ()
    assert gate.names_act([words])


@pytest.mark.parametrize(
    "words", ["参加教堂巷教堂的礼拜", "Went to the church in Church Lane every Sunday"]
)
def test_whoever_goes_there_is_nobodys_business(words: str) -> None:
    assert "religion" in {each.area for each in gate.check_rule([words])}


@pytest.mark.parametrize(
    "words",
    [
        "在清真寺门口看到他",
        "他常在庙前面",
        "He was seen outside the mosque",
        "stood beside the temple",
    ],
)
def test_whoever_is_seen_beside_one_is_nobodys_business_either(words: str) -> None:
    assert "religion" in {each.area for each in gate.check_words(words)}


@pytest.mark.parametrize("words", ["做个好人", "Being a model villager"])
def test_a_rule_names_what_somebody_does(words: str) -> None:
    assert not gate.names_act([words])


def test_what_somebody_writes_about_a_day_is_not_judged_as_a_rule() -> None:
    assert gate.check_words("夫妻俩一起来扫河埠头，吵吵闹闹的") == ()
