from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image
from pypdf import PdfReader

from kiosk.documents.enrolment_card import (
    EnrolmentCard,
    card_sheet_pdf,
    enrolment_card_pdf,
    enrolment_card_slip,
)
from kiosk.documents.receipt_layout import Paper
from tests.qr import qr_codes
from tests.worlds.names import YANGQIAO

CARD = EnrolmentCard(
    village=YANGQIAO,
    name="林春生",
    card_number="0012",
    qr_text="yangqiao-card:Zk3v9Qm7Xt2Lw8Rb5Nc1Hg",
    enrolled_on=date(2026, 11, 23),
)
NAMES = (
    "买买提·艾力",
    "䶮㛃𬭎堃",
    "<b>Tom</b> & Jerry",
    "阿卜杜热西提·阿卜杜萨拉木·麦麦提敏·乌斯曼江·阿卜力克木·吐尔逊江·玉素甫",
    "Alexandrina Featherstonehaugh-Cholmondeley",
)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_name_stands_on_the_card(name: str, read_text: Callable[[bytes], str]) -> None:
    assert squeezed(name) in squeezed(read_text(enrolment_card_pdf(replace(CARD, name=name))))


def test_the_card_is_read_from_the_printed_page(
    rendered: Callable[[bytes, int], Image.Image], read_code: Callable[[Image.Image], bytes]
) -> None:
    assert read_code(rendered(enrolment_card_pdf(CARD), 200)) == CARD.qr_text.encode()


def test_the_card_is_the_size_of_a_bank_card_and_in_the_middle_of_an_a5_page(
    rendered: Callable[[bytes, int], Image.Image],
) -> None:
    page = rendered(enrolment_card_pdf(CARD), 254).point(lambda level: 255 * (level < 255))
    left, top, right, _ = page.getbbox() or (0, 0, 0, 0)
    marks = 2 * (2.0 + 5.0)
    assert (right - left) / 10 == pytest.approx(85.60 + marks, abs=0.3)
    assert (left + right) / 2 == pytest.approx(1050, abs=3)
    assert top / 10 == pytest.approx((148.5 - 53.98) / 2 - 7, abs=0.3)


@pytest.mark.parametrize("paper", [58, 80])
@pytest.mark.parametrize("name", NAMES)
def test_the_card_on_a_slip_is_read_too(
    paper: Paper, name: str, read_code: Callable[[Image.Image], bytes]
) -> None:
    dots = enrolment_card_slip(replace(CARD, name=name), paper)
    assert dots.mode == "1"
    assert read_code(dots) == CARD.qr_text.encode()


def test_a_demo_card_and_a_second_print_say_so(read_text: Callable[[bytes], str]) -> None:
    plain = read_text(enrolment_card_pdf(CARD))
    marked = read_text(enrolment_card_pdf(replace(CARD, demo=True, duplicate=True)))
    assert "演示卡" not in plain
    assert "DUPLICATE" not in plain
    assert "演示卡 Demo" in marked
    assert "副本 DUPLICATE" in marked


def test_a_demo_sheet_holds_eight_cards_a_page_with_their_pins(
    rendered: Callable[[bytes, int], Image.Image], read_text: Callable[[bytes], str]
) -> None:
    cards = tuple(
        replace(CARD, card_number=f"{place:04d}", qr_text=f"card:{place:022d}", demo=True)
        for place in range(10)
    )
    pins = tuple(f"48{place}159" for place in range(10))
    pdf = card_sheet_pdf(cards, pins)
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 2
    text = read_text(pdf)
    assert all(f"PIN {pin}" in text for pin in pins)
    found = qr_codes(rendered(pdf, 200))
    assert {code.text for code in found} == {card.qr_text for card in cards[:8]}


def test_a_sheet_without_pins_prints_none(read_text: Callable[[bytes], str]) -> None:
    assert "PIN 4" not in read_text(card_sheet_pdf((CARD,)))


def test_a_pin_too_few_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="one PIN"):
        card_sheet_pdf((CARD, CARD), ("481159",))


def test_rendering_twice_gives_the_same_bytes() -> None:
    assert enrolment_card_pdf(CARD) == enrolment_card_pdf(CARD)


def test_it_says_when_its_owner_joined_and_nothing_of_who_has_not(
    read_text: Callable[[bytes], str],
) -> None:
    assert "2026年11月23日" in squeezed(read_text(enrolment_card_pdf(CARD)))
    assert "加入" not in read_text(enrolment_card_pdf(replace(CARD, enrolled_on=None)))
    plain = enrolment_card_slip(replace(CARD, enrolled_on=None), 58)
    assert plain.height < enrolment_card_slip(CARD, 58).height


@pytest.mark.parametrize("name", ["买买提·艾力", "古丽巴哈尔·阿卜杜热西提"])
def test_a_name_of_several_parts_breaks_behind_a_dot(
    name: str, read_text: Callable[[bytes], str]
) -> None:
    said = read_text(enrolment_card_pdf(replace(CARD, name=name)))
    assert all(part in said for part in name.split("·"))
