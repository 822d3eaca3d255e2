"""Registers as an office writes them, of any length."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from openpyxl import Workbook

from kiosk.services.demo.names import name_book
from tests.services.register.registers import identity_number

LANES = ("东街", "西街", "桥南", "桥北", "茶山路", "石榴巷", "河埠头", "祠堂弄")
HEADINGS = ("户号", "姓名", "性别", "出生日期", "身份证号", "门牌号", "与户主关系", "联系电话")
PEOPLE_OF_A_HOUSE, GROUPS = 3, 40


def write_csv(file: Path, people: int) -> None:
    """A register in GB18030 with an identity number on every line."""
    with file.open("w", encoding="gb18030", newline="") as out:
        csv.writer(out).writerows([HEADINGS, *_lines(people)])


def write_xlsx(file: Path, people: int) -> None:
    """The same as a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in (HEADINGS, *_lines(people)):
        sheet.append(line)
    book.save(file)


def _lines(people: int) -> Iterator[tuple[str, ...]]:
    random = Random(1)
    book = name_book(random)
    for person in range(people):
        yield _line(person, random.choice("MF"), random, book.surname(), book.given)


def _line(
    person: int, sex: str, random: Random, surname: str, given: Callable[[str, int], str]
) -> tuple[str, ...]:
    house = person // PEOPLE_OF_A_HOUSE
    born = date(1935, 1, 1) + timedelta(days=random.randrange(30000))
    group, number = house // len(LANES) % GROUPS + 1, house // (len(LANES) * GROUPS) + 1
    return (
        f"{house + 1:05}",
        surname + given(sex, born.year),
        "男" if sex == "M" else "女",
        born.isoformat(),
        identity_number(f"{born:%Y%m%d}", order=f"{person % 1000:03}"),
        f"{group}组{LANES[house % len(LANES)]}{number}号",
        "户主" if person % PEOPLE_OF_A_HOUSE == 0 else "家人",
        f"100{person:08}",
    )
