"""Register files as village offices have them, made for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADINGS = ("姓名", "性别", "出生日期", "门牌号", "户号", "与户主关系", "联系电话")
LIN = ("林春生", "男", "1956-03-01", "东街12号", "0012", "户主", "13800000001")
CHEN = ("陈秀英", "女", "1958/7/9", "东街12号", "0012", "妻", "")
WANG = ("王伟", "男", "19900203", "西街3号", "0013", "户主", "13800000002")
PEOPLE = (LIN, CHEN, WANG)


def csv_text(rows: Sequence[Sequence[Any]], delimiter: str = ",") -> str:
    """Rows as delimited text, unquoted."""
    return "\r\n".join(delimiter.join(map(str, row)) for row in rows) + "\r\n"


def write_csv(
    file: Path, rows: Sequence[Sequence[Any]], encoding: str = "utf-8", delimiter: str = ","
) -> Path:
    file.write_bytes(csv_text(rows, delimiter).encode(encoding))
    return file


def write_xlsx(file: Path, rows: Sequence[Sequence[Any]], merges: Sequence[str] = ()) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    book.save(file)
    return file


def identity_number(born: str = "19560301", place: str = "330382", order: str = "001") -> str:
    """A made-up number with a right check digit (ISO 7064 MOD 11-2)."""
    digits = place + born + order
    total = sum(int(digit) * (2 ** (17 - at) % 11) for at, digit in enumerate(digits))
    return digits + "10X98765432"[total % 11]
