"""Workbooks of many writers are read as their sheets show them."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.core.errors import ExpectedError
from kiosk.services.register.importing import cells
from kiosk.services.register.importing.cells import LAST_COLUMN, LAST_LINE, Cell, Line, ShownDate
from kiosk.services.register.importing.tables import read_tables
from tests.services.register.workbook_files import (
    Number,
    Raw,
    Sheet,
    Writer,
    letters,
    ods_cell,
    ods_row,
    write_ods,
)

HEADINGS = ("姓名", "出生日期", "门牌号", "户号")
LIN = ("林春生", "1956-03-01", "东街12号", "0012")
CHEN = ("陈秀英", "1958-07-09", None, None)
WRITERS = {
    "plain": Writer(),
    "prefixed": Writer(prefix="x"),
    "another prefix": Writer(prefix="ss"),
    "strict": Writer(strict=True),
    "strict and prefixed": Writer(strict=True, prefix="x"),
    "other part names": Writer(folder="content/", sheet_part="Data{}.XML"),
    "absolute part names": Writer(sheet_part="/xl/blaetter/eins{}.xml"),
    "without references": Writer(references=False),
}


def lines(file: Path) -> list[Line]:
    (table,) = read_tables(file)
    return list(table.lines)


def shown(tmp_path: Path, value: Number | Raw | str, writer: Writer | None = None) -> Cell:
    """What is read of one cell, which stands beside a name."""
    file = (writer or Writer()).write(tmp_path / "r.xlsx", Sheet([("林春生", value)]))
    read = lines(file)[0].cells
    return read[1] if len(read) > 1 else None


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_every_writer_says_the_same(tmp_path: Path, writer: Writer) -> None:
    sheet = Sheet([HEADINGS, LIN, CHEN], merges=("C2:C3", "D2:D3"))
    read = lines(writer.write(tmp_path / "r.xlsx", sheet))
    assert [line.number for line in read] == [1, 2, 3]
    assert read[0].cells == list(HEADINGS)
    assert read[2].cells == ["陈秀英", "1958-07-09", "东街12号", "0012"]


def test_merged_cells_hold_through_all_of_their_rows_and_no_further(tmp_path: Path) -> None:
    people = [(f"林{at}", None) for at in range(3, 8)]
    sheet = Sheet([("姓名", "门牌号"), ("林二", "12"), *people], merges=("B2:B5", "A1:A1"))
    read = lines(Writer(prefix="x").write(tmp_path / "r.xlsx", sheet))
    assert [line.cells[1:] for line in read[1:]] == [["12"]] * 4 + [[]] * 2


@pytest.mark.parametrize("last", [61, 300, 16_383])
def test_a_column_far_to_the_right_is_read(tmp_path: Path, last: int) -> None:
    row: list[str | None] = ["林春生", *[None] * (last - 1), "1956-03-01"]
    file = Writer().write(tmp_path / "r.xlsx", Sheet([row]))
    assert lines(file)[0].cells[last] == "1956-03-01"
    assert letters(16_383) == "XFD"


def test_a_column_that_no_spreadsheet_has_is_no_table(tmp_path: Path) -> None:
    file = Writer().write(tmp_path / "r.xlsx", Sheet([[*[None] * 16_384, "x"]]))
    with pytest.raises(ExpectedError, match="register_not_a_table"):
        lines(file)


@pytest.mark.parametrize("line", [0, LAST_LINE + 1, 10_000_000])
def test_a_line_that_no_spreadsheet_has_is_no_table(tmp_path: Path, line: int) -> None:
    file = Writer().write(tmp_path / "r.xlsx", Sheet([HEADINGS, LIN]))
    changed(file, "xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="%d"' % line)
    with pytest.raises(ExpectedError, match="register_not_a_table"):
        lines(file)


FAR = '<row><c r="XFD{0}" t="inlineStr"><is><t>x</t></is></c></row>'


def test_cells_that_a_workbook_implies_are_counted_before_they_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(map(FAR.format, range(3, 23))).encode()
    file = Writer().write(tmp_path / "r.xlsx", Sheet([HEADINGS, LIN]))
    changed(file, "xl/worksheets/sheet1.xml", b"</sheetData>", rows + b"</sheetData>")
    assert lines(file)[-1].cells[LAST_COLUMN - 1] == "x"
    monkeypatch.setattr(cells, "MOST_UNFOLDED", 19 * LAST_COLUMN)
    with pytest.raises(ExpectedError, match="register_too_large"):
        lines(file)


def test_merged_cells_beside_each_other_are_counted_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    merges = tuple(f"{letters(at)}1:{letters(at)}1048576" for at in range(100))
    file = Writer().write(tmp_path / "r.xlsx", Sheet([["x"] * 100, *[LIN] * 50], merges=merges))
    assert lines(file)[-1].cells == ["x"] * 100
    monkeypatch.setattr(cells, "MOST_UNFOLDED", 49 * 100)
    with pytest.raises(ExpectedError, match="register_too_large"):
        lines(file)


PARAGRAPH_OF_BLANKS = '<text:p>林<text:s text:c="1000000000"/></text:p>'


@pytest.mark.long
@pytest.mark.parametrize(
    ("row", "code"),
    [
        (
            ods_row("林春生", attributes='table:number-rows-repeated="1048570"'),
            "register_too_large",
        ),
        (
            ods_row("林春生", attributes='table:number-rows-repeated="1048577"'),
            "register_not_a_table",
        ),
        (ods_row("林春生", attributes='table:number-rows-repeated="-7"'), "register_not_a_table"),
        (
            ods_row(ods_cell("float", "1", "1", 'table:number-columns-repeated="16385"')),
            "register_not_a_table",
        ),
        (
            ods_row(ods_cell("float", "1", "1", 'table:number-columns-repeated="16384"')) * 2_000,
            "register_too_large",
        ),
        (
            ods_row(f"<table:table-cell>{PARAGRAPH_OF_BLANKS}</table:table-cell>"),
            "register_too_large",
        ),
    ],
)
def test_what_an_opendocument_workbook_repeats_is_counted_before_it_is_made(
    tmp_path: Path, row: str, code: str
) -> None:
    file = write_ods(tmp_path / "r.ods", ods_row("姓名", "户号") + row)
    with pytest.raises(ExpectedError, match=code):
        lines(file)


def changed(file: Path, part: str, before: bytes, after: bytes) -> None:
    """Write `after` for `before` in one part of a workbook."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert before in parts[part]
    parts[part] = parts[part].replace(before, after)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_lines_keep_their_numbers_where_rows_are_left_out(tmp_path: Path) -> None:
    file = Writer().write(tmp_path / "r.xlsx", Sheet([HEADINGS, (), (), LIN]))
    assert [line.number for line in lines(file)] == [1, 4]


def test_hidden_rows_and_sheets_say_so(tmp_path: Path) -> None:
    first = Sheet([HEADINGS, LIN, CHEN], hidden=(3,))
    put_away = Sheet([HEADINGS, LIN], name="旧", state="veryHidden")
    tables = read_tables(Writer().write(tmp_path / "r.xlsx", first, put_away))
    assert [table.hidden for table in tables] == [False, True]
    assert [line.hidden for line in tables[0].lines] == [False, False, True]


# --- What a cell shows --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (Number("12", "0000"), "0012"),
        (Number("12", "00000;-00000"), "00012"),
        (Number("7", '"A"00'), "A07"),
        (Number("19560301", '0000"-"00"-"00'), "1956-03-01"),
        (Number("13800000001", "000 0000 0000"), "138 0000 0001"),
        (Number("12", '0"号"'), "12号"),
        (Number("1965.1", "0.00"), "1965.10"),
        (Number("12.0"), 12),
        (Number("12", "0.00"), 12),
        (Number("1234", "#,##0"), 1234),
        (Number("1234", 49), 1234),
        (Number("1.2E1"), 12),
        (Number("0.5", "0%"), 0.5),
        (Number("20515", "G/通用格式"), 20515),
        (Number("330382195603010000"), 330382195603010000),
    ],
)
def test_a_number_is_read_as_it_is_shown(tmp_path: Path, value: Number, cell: Cell) -> None:
    assert shown(tmp_path, value) == cell


DAY, MONTH = datetime.fromisoformat("1965-05-20"), datetime.fromisoformat("1965-05-01")
HALF = datetime.fromisoformat("1965-05-20T12:00")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (Number("23882", "yyyy-mm-dd"), ShownDate(DAY)),
        (Number("23882", 14), ShownDate(DAY)),
        (Number("23882", 31), ShownDate(DAY)),
        (Number("23882", "[$-804]yyyy年m月d日;@"), ShownDate(DAY)),
        (Number("23882", '[DBNum1][$-804]yyyy"年"m"月"d"日"'), ShownDate(DAY)),
        (Number("23882", "[$-F800]dddd, mmmm dd, yyyy"), ShownDate(DAY)),
        (Number("23882.5", "yyyy/m/d h:mm:ss.000"), ShownDate(HALF)),
        (Number("23863", "yyyy-mm"), ShownDate(MONTH, day=False)),
        (Number("23863", 'yyyy"年"m"月"'), ShownDate(MONTH, day=False)),
        *((Number("23863", each), ShownDate(MONTH, day=False)) for each in (27, 36, 50, 52, 57)),
        *((Number("23882", each), ShownDate(DAY, 0)) for each in (16, 28, 29, 51, 53, 54, 58)),
        (Number("23863", 17), ShownDate(MONTH, 2, day=False)),
        (Number("23882", "yyyy"), ShownDate(DAY, month=False, day=False)),
        (Number("0", "yyyy/m/d"), None),
        (Number("0", 58), None),
        (Number("-1", "yyyy/m/d"), -1),
        (Number("9999999", "yyyy/m/d"), 9999999),
    ],
)
def test_a_date_is_read_with_the_parts_that_are_shown(
    tmp_path: Path, value: Number, cell: Cell
) -> None:
    assert shown(tmp_path, value) == cell


@pytest.mark.parametrize("format_", ["h:mm", "[h]:mm:ss", "mm:ss", 32, 33, 34, 45, 46, 55, 56])
def test_clock_and_elapsed_times_show_no_day(tmp_path: Path, format_: str | int) -> None:
    cell = shown(tmp_path, Number("0.6875", format_))
    assert isinstance(cell, ShownDate)
    assert (cell.year, cell.month, cell.day) == (0, False, False)
    assert str(cell) == "16:30"


def test_the_days_of_1904_and_the_day_that_never_was(tmp_path: Path) -> None:
    from_1904 = Writer(book='<workbookPr date1904="true"/>')
    assert shown(tmp_path, Number("22420", 14), from_1904) == ShownDate(DAY)
    assert str(shown(tmp_path, Number("1", 14))) == "1900-01-01"
    assert str(shown(tmp_path, Number("59", 14))) == "1900-02-28"
    assert str(shown(tmp_path, Number("61", 14))) == "1900-03-01"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (Raw("<f>B1&amp;C1</f><v/>"), "=B1&C1"),
        (Raw("<f>VLOOKUP(A1,X:Y,2)</f>"), "=VLOOKUP(A1,X:Y,2)"),
        (Raw('<f t="shared" si="0"/>'), "=?"),
        (Raw("<f>TODAY()</f><v></v>", "n"), "=TODAY()"),
        (Raw('<f>"0012"</f>'), "0012"),
        (Raw('<f>IF(A1="","",A1)</f><v></v>', "str"), None),
        (Raw("<f>A1</f><v>林春生</v>", "str"), "林春生"),
        (Raw("<f>1+1</f><v>2</v>"), 2),
        (Raw("<v>#N/A</v>", "e"), "#N/A"),
        (Raw("<v>1</v>", "b"), "True"),
        (Raw("<v>1965-05-20T00:00:00</v>", "d"), ShownDate(DAY)),
        (Raw("<v>林春生</v>", "new kind"), "林春生"),
    ],
)
def test_formulas_errors_and_other_kinds_of_cells(tmp_path: Path, value: Raw, cell: Cell) -> None:
    assert shown(tmp_path, value) == cell


def test_the_nought_of_a_writer_that_calculates_nothing_is_no_value(tmp_path: Path) -> None:
    writer = Writer(book='<calcPr calcId="124519" fullCalcOnLoad="1"/>')
    value = Raw("<f>A1</f><v>0</v>")
    assert shown(tmp_path, value, writer) == "=A1"
    assert shown(tmp_path, value) == 0


def test_a_text_is_its_runs_without_the_reading_above_it(tmp_path: Path) -> None:
    runs = "<is><r><t>林</t></r><r><t>春生</t></r><rPh sb='0' eb='1'><t>lin</t></rPh></is>"
    assert shown(tmp_path, Raw(runs, "inlineStr")) == "林春生"


def test_a_document_type_is_refused_before_any_entity_of_it(tmp_path: Path) -> None:
    file = Writer().write(tmp_path / "r.xlsx", Sheet([HEADINGS, LIN]))
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            '<!DOCTYPE w [<!ENTITY a "lol">]><worksheet><sheetData/></worksheet>',
        )
    with pytest.raises(ExpectedError, match="register_not_a_table"):
        lines(file)


# --- ODS ----------------------------------------------------------------------------------------


def test_an_opendocument_workbook_is_read_as_it_is_shown(tmp_path: Path) -> None:
    rows = (
        ods_row(*HEADINGS)
        + ods_row(
            "林春生",
            ods_cell("date", "1956-03-01", "1956-03-01"),
            '<table:table-cell table:number-rows-spanned="2"><text:p>东街12号</text:p>'
            "</table:table-cell>",
            ods_cell("float", "12", "0012"),
        )
        + ods_row(
            "陈<text:s/>秀英",
            ods_cell("date", "1958-07-01", "1958年7月"),
            "<table:covered-table-cell/>",
            ods_cell("float", "13", "13"),
        )
    )
    read = lines(write_ods(tmp_path / "r.ods", rows))
    month = datetime.fromisoformat("1958-07-01")
    assert read[1].cells == [
        "林春生",
        ShownDate(datetime.fromisoformat("1956-03-01")),
        "东街12号",
        "0012",
    ]
    assert read[2].cells == ["陈 秀英", ShownDate(month, day=False), "东街12号", 13]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (ods_cell("date", "1965-05-20T23:59:17", "1965-05-20"), "1965-05-20 23:59:17"),
        (ods_cell("date", "2025-03-02", "3月2日"), "03-02"),
        (ods_cell("date", "2025-03-02", "03/02"), "03-02"),
        (ods_cell("date", "1932-03-01", "Mar 32"), "1932-03"),
        (ods_cell("date", "1965-05-01", "一九六五年五月"), "1965-05"),
        (ods_cell("date", "1965-05-20", "一九六五年五月二十日"), "1965-05-20"),
        (ods_cell("date", "1899-12-30", "1899-12-30"), "None"),
        (ods_cell("float", "13800000001", "13800000001"), "13800000001"),
        (ods_cell("float", "1234", "1,234.00"), "1234"),
        (ods_cell("percentage", "0.5", "50%"), "0.5"),
        ('<table:table-cell table:formula="of:=[.B1]"/>', "=[.B1]"),
        (
            "<table:table-cell><office:annotation><text:p>批注</text:p></office:annotation>"
            "<text:p>林<text:span>春</text:span>生</text:p></table:table-cell>",
            "林春生",
        ),
    ],
)
def test_a_cell_of_an_opendocument_workbook(tmp_path: Path, cell: str, value: str) -> None:
    cells = lines(write_ods(tmp_path / "r.ods", ods_row("林春生", cell)))[0].cells
    assert str(cells[1] if len(cells) > 1 else None) == value


def test_rows_that_repeat_stand_for_as_many(tmp_path: Path) -> None:
    rows = (
        ods_row("姓名", "户号")
        + ods_row(attributes='table:number-rows-repeated="4"')
        + ods_row("林春生", attributes='table:number-rows-repeated="2" table:visibility="filter"')
        + ods_row(attributes='table:number-rows-repeated="1048569"')
    )
    hidden = f'<table:table table:name="旧" table:style-name="ta2">{ods_row("王伟")}</table:table>'
    first, second = read_tables(write_ods(tmp_path / "r.ods", rows, tables=hidden))
    assert [(line.number, line.hidden) for line in first.lines if line.cells] == [
        (1, False),
        (6, True),
        (7, True),
    ]
    assert (second.sheet, second.hidden) == ("旧", True)
    assert [line.cells for line in second.lines] == [["王伟"]]


def test_a_locked_opendocument_workbook_says_so(tmp_path: Path) -> None:
    file = write_ods(tmp_path / "r.ods", "", manifest="<manifest><encryption-data/></manifest>")
    with pytest.raises(ExpectedError, match="register_encrypted"):
        read_tables(file)
