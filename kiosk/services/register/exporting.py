"""The register for the office: what the office itself wrote, and nothing else, onto a stick.

No number, consent or case is in it. Everybody in it sees on their own screen that it was taken,
when, by whom and for what.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from sqlalchemy import Select, select

from kiosk.core.catalogue import CHINESE, catalogue
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.houses import number_words
from kiosk.devices import removable
from kiosk.models.register import Household, Resident
from kiosk.services.access import acting
from kiosk.services.access.roles import holders
from kiosk.services.access.views import record_views
from kiosk.services.register.importing.dates import shown_birth
from kiosk.services.village import Village
from kiosk.services.work import Work

Form = Literal["xlsx", "csv"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
PURPOSES: Final = ("export_office", "export_families")
"""For what the register is taken along; words at ``access.purpose_<purpose>``."""
COLUMNS: Final = (
    *("code", "lane", "number", "name", "sex", "born_on", "is_head", "relation"),
    *("premises", "phone"),
)
"""What the office wrote; headings, as an import reads them, at ``residents.export_<column>``."""
_FORMULAS: Final = tuple("=+-@\t\r\n") + tuple(chr(0xFF00 + ord(sign) - 0x20) for sign in "=+-@")
SPARE: Final = 1 << 16
"""Bytes that a drive's own bookkeeping may take beside the file."""
_BATCH: Final = 1_000

Line = tuple[str, ...]


@dataclass(frozen=True)
class Exported:
    """The file's name on the stick, the stick's own name, and how many people are in it."""

    file: str
    label: str
    people: int


def export(
    village: Village,
    session_id: str,
    purpose: str,
    form: Form,
    touch: str,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Exported:
    """Write the register onto the stick that is in, after the look at everybody is in the log.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``purpose_missing``; ``drive_missing``,
            ``drive_several``.
        EnvironmentFault: ``drive_full``, ``drive_read_only``, ``drive_gone``, ``drive_trouble``.
    """
    if purpose not in PURPOSES:
        raise ExpectedError("purpose_missing")
    drive = removable.the_one(village.settings.drives)
    with acting.once(village, session_id, touch, "export", purpose, holders("keep_register")) as w:
        people = list(w.session.scalars(_living()))
        if w.known is None:
            record_views(w, w.who, people, purpose)
            w.remember({"people": len(people)})
        name = f"register-{w.today.isoformat()}.{form}"
        content = _FORMS[form](_told(w, len(people), progress))
    if drive.free < len(content) + SPARE:
        raise EnvironmentFault("drive_full")
    return Exported(removable.write(drive, name, content), drive.label, len(people))


def _living() -> Select[int]:
    return select(Resident.id).where(Resident.active).order_by(Resident.id)


def _told(work: Work, of: int, progress: Callable[[int, int], None]) -> Iterator[Line]:
    """The headings, and a line for each person, household by household, its head first."""
    words = catalogue()

    def word(name: str) -> str:
        return words.text(f"residents.export_{name}", CHINESE)

    yield tuple(map(word, COLUMNS))
    people = (
        select(Resident, Household)
        .join(Household)
        .where(Resident.active)
        .order_by(Household.id, Resident.is_head.desc(), Resident.id)
        .execution_options(yield_per=_BATCH)
    )
    for done, (person, home) in enumerate(work.session.execute(people), 1):
        yield (
            home.code,
            home.lane,
            number_words(home.number, CHINESE),
            person.name,
            word(person.sex.lower()) if person.sex else "",
            shown_birth(person.born_on, person.born_day_known),
            word("yes" if person.is_head else "no"),
            person.relation,
            word(home.premises),
            person.phone,
        )
        if done % _BATCH == 0 or done == of:
            progress(done, of)


def _as_csv(lines: Iterable[Line]) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read it so; no cell is a formula."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([harmless(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def _as_xlsx(lines: Iterable[Line]) -> bytes:
    """A workbook in which every cell is text, whatever it begins with."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(catalogue().text("residents.export_sheet", CHINESE))
    for line in lines:
        cells = [WriteOnlyCell(sheet, value=cell) for cell in line]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def harmless(cell: str) -> str:
    """`cell` as text, whatever a spreadsheet would calculate from it."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


_FORMS: Final[dict[Form, Callable[[Iterable[Line]], bytes]]] = {"csv": _as_csv, "xlsx": _as_xlsx}
