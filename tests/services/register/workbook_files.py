"""Workbooks as writers other than Excel and openpyxl make them, element by element."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True)
class Number:
    """A number with a format: a code, or the number of a built-in one."""

    value: str
    format: str | int = 0


@dataclass(frozen=True)
class Raw:
    """What stands in a cell, and the cell's type."""

    content: str
    kind: str = ""


Value = str | Number | Raw | None


@dataclass(frozen=True)
class Sheet:
    """A sheet of rows; `hidden` are the lines that were filtered away."""

    rows: Sequence[Sequence[Value]]
    name: str = "Sheet1"
    merges: Sequence[str] = ()
    hidden: Sequence[int] = ()
    state: str = "visible"


@dataclass(frozen=True)
class Writer:
    """A program that writes XLSX, with its habits."""

    prefix: str = ""
    strict: bool = False
    folder: str = "xl/"
    sheet_part: str = "worksheets/sheet{}.xml"
    references: bool = True
    book: str = ""
    """Elements of the workbook before its sheets."""

    def write(self, file: Path, *sheets: Sheet) -> Path:
        """Write a workbook of these sheets."""
        formats: dict[str | int, int] = {0: 0}
        bodies = [self._sheet(sheet, formats) for sheet in sheets]
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", self._types(len(sheets)))
            archive.writestr("_rels/.rels", self._related({"d": ("officeDocument", self._book)}))
            archive.writestr(self._book, self._workbook(sheets))
            related = {
                f"s{place}": ("worksheet", self.sheet_part.format(place))
                for place in range(1, len(sheets) + 1)
            }
            parts = related | {"st": ("styles", self._looks)}
            folder, _, name = self._book.rpartition("/")
            archive.writestr(f"{folder}/_rels/{name}.rels", self._related(parts))
            archive.writestr(f"{self.folder}{self._looks}", self._element(_styles(formats)))
            for place, body in enumerate(bodies, start=1):
                archive.writestr(self._sheet_name(place), self._element(body))
        return file

    @property
    def _book(self) -> str:
        return f"{self.folder}workbook.xml" if self.folder == "xl/" else f"{self.folder}book.xml"

    @property
    def _looks(self) -> str:
        return "styles.xml" if self.folder == "xl/" else "looks.xml"

    def _sheet_name(self, place: int) -> str:
        part = self.sheet_part.format(place)
        return part.lstrip("/") if part[0] == "/" else self.folder + part

    def _types(self, sheets: int) -> str:
        """What each part holds, by its name."""
        parts = {self._book: "sheet.main", f"{self.folder}{self._looks}": "styles"}
        parts |= {self._sheet_name(place): "worksheet" for place in range(1, sheets + 1)}
        base = "application/vnd.openxmlformats"
        each = "".join(
            f'<Override PartName="/{part}" ContentType="{base}-officedocument.spreadsheetml.'
            f'{kind}+xml"/>'
            for part, kind in parts.items()
        )
        return (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="{base}-package.relationships+xml"/>'
            f"{each}</Types>"
        )

    def _workbook(self, sheets: Sequence[Sheet]) -> str:
        named = "".join(
            f'<sheet name={quoteattr(sheet.name)} sheetId="{at}" r:id="s{at}" state="{sheet.state}"'
            "/>"
            for at, sheet in enumerate(sheets, start=1)
        )
        relations = _STRICT_RELATIONS if self.strict else _RELATIONS
        body = f"<workbook>{self.book}<sheets>{named}</sheets></workbook>"
        return self._element(body).replace("xmlns", f'xmlns:r="{relations}" xmlns', 1)

    def _related(self, parts: Mapping[str, tuple[str, str]]) -> str:
        base = _STRICT_RELATIONS if self.strict else _RELATIONS
        each = "".join(
            f'<Relationship Id="{key}" Type="{base}/{kind}" Target="{target}"/>'
            for key, (kind, target) in parts.items()
        )
        return f'<Relationships xmlns="{_PACKAGE}">{each}</Relationships>'

    def _element(self, body: str) -> str:
        """`body` in the namespace of spreadsheets, under this writer's prefix."""
        space = STRICT if self.strict else TRANSITIONAL
        if not self.prefix:
            return re.sub(r"^<(\w+)", rf'<\1 xmlns="{space}"', body)
        named = re.sub(r"(</?)(\w)", rf"\1{self.prefix}:\2", body)
        return re.sub(r"^<([\w:]+)", rf'<\1 xmlns:{self.prefix}="{space}"', named)

    def _sheet(self, sheet: Sheet, formats: dict[str | int, int]) -> str:
        rows = "".join(
            self._row(line, row, line in sheet.hidden, formats)
            for line, row in enumerate(sheet.rows, start=1)
            if row
        )
        merged = "".join(f'<mergeCell ref="{merge}"/>' for merge in sheet.merges)
        tail = f"<mergeCells>{merged}</mergeCells>" if merged else ""
        return f"<worksheet><sheetData>{rows}</sheetData>{tail}</worksheet>"

    def _row(
        self, line: int, row: Sequence[Value], hidden: bool, formats: dict[str | int, int]
    ) -> str:
        attributes = f' r="{line}"' if self.references else ""
        attributes += ' hidden="1"' if hidden else ""
        cells = "".join(
            self._cell(f"{letters(column)}{line}", value, formats)
            for column, value in enumerate(row)
            if value is not None or not self.references
        )
        return f"<row{attributes}>{cells}</row>"

    def _cell(self, reference: str, value: Value, formats: dict[str | int, int]) -> str:
        where = f' r="{reference}"' if self.references else ""
        if value is None:
            return f"<c{where}/>"
        if isinstance(value, str):
            return f'<c{where} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        if isinstance(value, Raw):
            kind = f' t="{value.kind}"' if value.kind else ""
            return f"<c{where}{kind}>{value.content}</c>"
        style = formats.setdefault(value.format, len(formats))
        return f'<c{where} s="{style}"><v>{value.value}</v></c>'


def _styles(formats: Mapping[str | int, int]) -> str:
    own = {code: 170 + at for at, code in enumerate(formats) if isinstance(code, str)}
    codes = "".join(
        f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>'
        for code, number in own.items()
    )
    styles = "".join(f'<xf numFmtId="{own.get(str(code), code)}"/>' for code in formats)
    return f"<styleSheet><numFmts>{codes}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>"


def letters(column: int) -> str:
    """How a spreadsheet names a column: A for 0, AA for 26."""
    name = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        name = chr(ord("A") + place) + name
    return name


_ODS_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def write_ods(file: Path, rows: str, *, tables: str = "", manifest: str = "") -> Path:
    """An OpenDocument workbook of one sheet with these rows, and the sheets `tables` behind it."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _ODS, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest or _MANIFEST)
        archive.writestr(
            "content.xml",
            f"<office:document-content {_ODS_SPACES}><office:automatic-styles>"
            '<style:style style:name="ta2" style:family="table">'
            '<style:table-properties table:display="false"/></style:style>'
            "</office:automatic-styles><office:body><office:spreadsheet>"
            f'<table:table table:name="一组">{rows}</table:table>{tables}'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return file


def ods_row(*cells: str, attributes: str = "") -> str:
    """A row of cells; a text is a cell of text."""
    told = "".join(
        each
        if each.startswith("<")
        else f"<table:table-cell><text:p>{each}</text:p></table:table-cell>"
        for each in cells
    )
    return f"<table:table-row {attributes}>{told}</table:table-row>"


def ods_cell(kind: str, value: str, shown: str, attributes: str = "") -> str:
    """A cell of a number or a date, with what it shows."""
    name = "date-value" if kind == "date" else "value"
    return (
        f'<table:table-cell office:value-type="{kind}" office:{name}="{value}" {attributes}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )
