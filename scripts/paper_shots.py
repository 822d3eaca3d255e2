"""Pictures of the papers for the README and the decisions, as they are printed."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

from kiosk.documents.door_sign import door_sign_pdf
from kiosk.documents.hand_over_list import HandOverList, ListedLane, ListedSign, hand_over_list_pdf
from kiosk.documents.letter import Letter, letter_pdf
from kiosk.documents.sign_sheets import OffsetSheet, labels_pdf, offset_sheet_pdf, two_up_pdf
from kiosk.documents.slip import slip_pdf
from kiosk.documents.visit_sheet import VisitSheet, visit_sheet_pdf
from tests.benchmarks.papers import SIGN, SLIP
from tests.worlds.photographed import VILLAGE, check_form

DPI = 110
_SIGNS = (
    SIGN,
    replace(SIGN, number="14", premises="shop"),
    replace(SIGN, number="15", premises="farmyard"),
)
LETTER = Letter(
    village=VILLAGE,
    language="zh",
    person="林春生",
    house="东街12号",
    to="致：镇中心小学",
    facts=(
        "住在东街12号，2025年11月23日起在村里名册上。",
        "2025年11月23日起参加善行存折。",
        "2026年10月12日：看望老人、陪老人看医生。",
        "2026年8月18日：打扫河埠头。",
        "家里的门牌上有院落整洁 5 颗星、遵纪守法 4 颗星、垃圾分类 4 颗星（到2027年6月30日）。",
    ),
    reference="L2026-2840",
    issued="2026年11月23日",
    until="2027年2月21日",
    qr_text=SLIP.qr_text,
)
_CODE = "V-26Q4-0017-1-9F3C"


def draw_papers(folder: Path) -> None:
    """Write a picture of each into `folder`; needs pdftoppm."""
    papers = {
        "door_sign": door_sign_pdf(SIGN, "A5"),
        "door_sign_a4": door_sign_pdf(SIGN, "A4"),
        **{
            f"door_sign_{kind}": door_sign_pdf(replace(SIGN, premises=kind), "A5")
            for kind in ("shop", "farmyard", "workshop")
        },
        "door_signs_two_up": two_up_pdf(_SIGNS[:2]),
        "door_signs_labels": labels_pdf(_SIGNS[:3], (2, 3, 4)),
        "hand_over_list": hand_over_list_pdf(_hand_over()),
        "offset_sheet": offset_sheet_pdf(OffsetSheet(VILLAGE, 0.0, 0.0)),
        "slip": slip_pdf(SLIP, 80),
        "slip_58": slip_pdf(SLIP, 58),
        "letter": letter_pdf(LETTER),
        "visit_sheet": _sheet(("home", 1)),
        "visit_sheet_of_two": _sheet(("shop", 1), ("farmyard", 2)),
        "own_look": _sheet(("workshop", 0)),
    }
    for name, pdf in papers.items():
        command = ["pdftoppm", "-r", str(DPI), "-png", "-singlefile", "-", str(folder / name)]
        subprocess.run(command, input=pdf, check=True)


def _hand_over() -> HandOverList:
    """Two lanes, of which one house had a sign before."""
    stars = ((5, 4, 4, 0, 5), (4, 4, 0, 0, 3), (5, 5, 5, 4, 5))
    lanes = (
        ListedLane(
            lane,
            tuple(
                ListedSign(
                    house=f"{number} 号",
                    serial=f"S26Q4-{first + number:04}",
                    stars=stars[number % 3],
                    replaces=f"S26Q3-{first + number:04}" if number % 2 else "",
                )
                for number in range(1, 8)
            ),
        )
        for first, lane in ((0, "东街"), (7, "桥头巷"))
    )
    return HandOverList(village=VILLAGE, language="zh", day=date(2026, 12, 1), lanes=tuple(lanes))


def _sheet(*forms: tuple[str, int]) -> bytes:
    """Forms of a kind of premises, each for the look of that number; 0 is the household's own."""
    of = tuple(check_form(premises, seat, _CODE) for premises, seat in forms)
    return visit_sheet_pdf(VisitSheet(village=VILLAGE, language="zh", forms=of))
