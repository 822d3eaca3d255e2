"""Which words name somebody else: everyday words do not, a name does wherever it stands."""

from __future__ import annotations

import pytest

from kiosk.core.catalogue import catalogue
from kiosk.services.cases import reasons
from kiosk.services.cases.third_party_names import named_in
from kiosk.services.demo.people import demo_people
from kiosk.services.rulebook import book
from kiosk.services.rulebook.reading import read_rulebook
from kiosk.services.village import Village
from tests.worlds.builder import Builder, Person

LIKE_WORDS = (
    "高兴", "方向", "马上", "石头", "李子", "安全", "张贴", "白天", "和平", "向阳", "张开", "黄瓜",
    "方便", "连忙", "时常", "于是", "温暖", "成功", "平安", "花园", "叶子", "路灯", "水管", "时间",
    "林一", "方明", "张大", "田里", "解明", "高大", "何苗", "万年", "金银", "安静", "文化", "全部",
)  # fmt: skip
"""People called like words, and people whose names arise where two words meet."""
HARMLESS = (
    "他很高兴地把伞还给我", "把方向牌扶正了", "马上去找了人来", "把石头从路上搬开",
    "送来一篮李子", "注意安全，站在路边等", "帮我张贴了告示", "白天扫街，晚上守夜",
    "说话和平，不吵不闹", "向阳的坡上种了树", "把渔网张开晒", "分给各家黄瓜",
    "方便大家走路", "连忙扶住了梯子", "时常给井边扫地", "于是大家一起清沟",
    "冬天送来温暖的被子", "把船成功拖上岸", "大家平安过了桥", "花园里的杂草拔了",
    "扫了一堆叶子", "修好了路灯", "换了一段水管", "花了半天时间铺路",
    "在树林一起捡垃圾", "对方明白了，也道了歉", "他夸张大笑，孩子们都乐了", "在水田里捡起塑料袋",
    "两家和解明白了事情", "把高大的树枝修了", "浇了几棵苗", "活动室布置得很安静",
    "教孩子们写文化墙上的字", "垃圾全部拉走了", "万年青搬到路边", "金银花的藤子理好了",
    "他倒了两袋菜叶在埠头", "狗没拴住，追着孩子跑", "说好月底还钱，还没有还",
    "夜里放炮仗吵醒了老人", "把借的梯子还了",
)  # fmt: skip


def settle(village: Village, names: tuple[str, ...]) -> None:
    people = [Person(str(place), name) for place, name in enumerate(names)]
    Builder(village).home(people, code="1", lane="东街", number="1")


def named(village: Village, words: str) -> str | None:
    with village.read() as session:
        return named_in(session, words, ())


@pytest.fixture
def like_words(sqlite_village: Village) -> Village:
    settle(sqlite_village, LIKE_WORDS)
    return sqlite_village


def test_no_everyday_sentence_names_anybody(like_words: Village) -> None:
    assert len(HARMLESS) >= 40
    assert {words: named(like_words, words) for words in HARMLESS} == dict.fromkeys(HARMLESS)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("高兴大伯把垃圾倒进河里", "高兴"),
        ("看见12号的高兴在倒垃圾", "高兴"),
        ("是户主和平叫他倒的", "和平"),
        ("那个叫石头的也在", "石头"),
        ("石头家的狗没有拴", "石头"),
        ("高兴（东街3号）也倒了", "高兴"),
        ("平安住东街12号，也在场", "平安"),
        ("是马上师傅干的", "马上"),
        ("我和解明一起看见的", "解明"),
        ("方明把车停在路中间", "方明"),
        ("请何苗来看过", "何苗"),
        ("高兴地走过去，回来时遇见高兴大伯", "高兴"),
    ],
)
def test_a_name_is_found_where_somebody_is_meant(
    like_words: Village, words: str, name: str
) -> None:
    assert named(like_words, words) == name


@pytest.mark.parametrize("name", ["张伟", "王芳", "欧阳", "李明", "仇海", "区伟", "张䶮"])
@pytest.mark.parametrize("frame", ["%s也倒了", "看见%s在那里", "我跟%s一起去的", "是%s说的"])
def test_a_name_that_is_no_word_needs_nothing_beside_it(
    sqlite_village: Village, name: str, frame: str
) -> None:
    settle(sqlite_village, (name,))
    assert named(sqlite_village, frame % name) == name


@pytest.mark.parametrize("name", ["高兴兴", "万年青", "王小梅", "欧阳小燕"])
def test_a_longer_name_is_a_name_wherever_it_stands(sqlite_village: Village, name: str) -> None:
    settle(sqlite_village, (name,))
    assert named(sqlite_village, f"他把{name}的伞拿走了") == name


@pytest.mark.long
def test_twelve_hundred_neighbours_are_named_by_no_rule_reason_or_harmless_sentence(
    sqlite_village: Village,
) -> None:
    names = tuple(member.name for door in demo_people() for member in door.members)
    assert len(names) == 1_200
    settle(sqlite_village, names)
    rules = read_rulebook(book.SHIPPED)
    spoken = [t for r in rules for t in (r.title["zh"], r.text["zh"], r.remedy["zh"], r.text["en"])]
    keys = {key for each in reasons.REASONS.values() for key in each}
    spoken += [catalogue().text(key, "zh") for key in keys]
    assert len(keys) >= 8
    spoken += HARMLESS
    assert {words: named(sqlite_village, words) for words in spoken} == dict.fromkeys(spoken)
    assert named(sqlite_village, "是林春生叫他倒的") == "林春生"
