"""Its test: it is copied, erased, audited and moved, and nobody said so anywhere else."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from kiosk.models import Base
from kiosk.models.database import Database
from kiosk.services.access import pins
from kiosk.services.audit.tables import verify_village
from kiosk.services.ledger import log
from kiosk.services.my_data import data_copy
from kiosk.services.printing import spooler
from kiosk.services.upkeep.opening import DATABASE_VARIABLE
from kiosk.services.upkeep.to_postgres import copy_to
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.faults import hall
from tests.worlds.leaving import leave
from tests.worlds.server import PostgresDatabase, postgres

WORDS = "谢谢您送我去看医生"


class Thanked(NamedTuple):
    """A village in which somebody was greeted."""

    village: Village
    session_id: str
    entry: int


@pytest.fixture
def greeted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Thanked]:
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
    monkeypatch.setattr(pins, "SHIPPED", pins.SHIPPED)  # the hall makes both cheaper
    monkeypatch.setattr(spooler, "rendered", vars(spooler)["rendered"])
    told = hall.build(tmp_path)
    (me, session_id), (other, _), *_ = told.residents.items()
    with hall.opened(tmp_path).closing() as village:
        yield Thanked(village, session_id, thank(village, int(me), int(other)))


def thank(village: Village, resident_id: int, said_by: int) -> int:
    (table,) = (each for each in Base.tables() if each.__tablename__ == "greeting")
    now = village.clock.now()
    about: dict[str, Any] = {"words": WORDS}
    with writing(village) as work:
        content = {"resident": resident_id, "by": said_by, **about}
        index = log.append(work, "greeting", content)
        who = {"resident_id": resident_id, "said_by": said_by}
        work.session.add(table(**who, **about, at=now, ledger_index=index))
    return index


def changed(village: Village, statement: str) -> list[tuple[str, int]]:
    """What audit says after somebody ran `statement` on the database."""
    with village.write() as session:
        session.execute(text(statement))
    return [(each.code, each.first) for each in verify_village(village).findings]


def test_greeting_stand_in_the_copy_on_paper_and_for_programs(greeted: Thanked) -> None:
    copy = data_copy.data_copy(greeted.village, greeted.session_id)
    held = json.loads(data_copy.copy_json(copy))
    assert [each["words"] for each in held["greeting"]] == [WORDS]
    assert greeted.entry in [each["index"] for each in held["ledger"]]
    pdf = data_copy.copy_pdf(greeted.village, copy, "zh")
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert WORDS in said


def test_greeting_that_were_changed_or_deleted_are_found(greeted: Thanked) -> None:
    assert changed(greeted.village, "SELECT 1") == []
    altered = changed(greeted.village, "UPDATE greeting SET words = 'nothing'")
    assert altered == [("row_altered", greeted.entry)]
    deleted = changed(greeted.village, "DELETE FROM greeting")
    assert deleted == [("row_missing", greeted.entry)]


def test_greeting_go_with_who_was_greeted(greeted: Thanked) -> None:
    leave(greeted.village, greeted.session_id)
    assert changed(greeted.village, "SELECT 1") == []
    with greeted.village.read() as session:
        assert session.execute(text("SELECT count(*) FROM greeting")).scalar() == 0
        assert log.content_of(session, greeted.entry) is None


@pytest.mark.postgres
def test_greeting_move_to_postgresql(greeted: Thanked) -> None:
    if not postgres():
        pytest.skip("KIOSK_TEST_POSTGRES names no server; ./kiosk.sh test starts one")
    with PostgresDatabase() as url:
        copy_to(greeted.village, url)
        there = Database(url)
        with there.read() as session:
            assert session.execute(text("SELECT words FROM greeting")).scalars().all() == [WORDS]
        there.close()
