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
    """A village in which somebody was thanked."""

    village: Village
    session_id: str
    entry: int


@pytest.fixture
def thanked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Thanked]:
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
    monkeypatch.setattr(pins, "SHIPPED", pins.SHIPPED)  # the hall makes both cheaper
    monkeypatch.setattr(spooler, "rendered", vars(spooler)["rendered"])
    told = hall.build(tmp_path)
    (me, session_id), (other, _), *_ = told.residents.items()
    with hall.opened(tmp_path).closing() as village:
        yield Thanked(village, session_id, thank(village, int(me), int(other)))


def thank(village: Village, resident_id: int, said_by: int) -> int:
    (table,) = (each for each in Base.tables() if each.__tablename__ == "thanks")
    now = village.clock.now()
    about: dict[str, Any] = {"words": WORDS}
    with writing(village) as work:
        content = {"resident": resident_id, "by": said_by, **about}
        index = log.append(work, "thanks", content)
        who = {"resident_id": resident_id, "said_by": said_by}
        work.session.add(table(**who, **about, at=now, ledger_index=index))
    return index


def changed(village: Village, statement: str) -> list[tuple[str, int]]:
    """What audit says after somebody ran `statement` on the database."""
    with village.write() as session:
        session.execute(text(statement))
    return [(each.code, each.first) for each in verify_village(village).findings]


def test_thanks_stand_in_the_copy_on_paper_and_for_programs(thanked: Thanked) -> None:
    copy = data_copy.data_copy(thanked.village, thanked.session_id)
    held = json.loads(data_copy.copy_json(copy))
    assert [each["words"] for each in held["thanks"]] == [WORDS]
    assert thanked.entry in [each["index"] for each in held["ledger"]]
    pdf = data_copy.copy_pdf(thanked.village, copy, "zh")
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert WORDS in said


def test_thanks_that_were_changed_or_deleted_are_found(thanked: Thanked) -> None:
    assert changed(thanked.village, "SELECT 1") == []
    altered = changed(thanked.village, "UPDATE thanks SET words = 'nothing'")
    assert altered == [("row_altered", thanked.entry)]
    deleted = changed(thanked.village, "DELETE FROM thanks")
    assert deleted == [("row_missing", thanked.entry)]


def test_thanks_go_with_who_was_thanked(thanked: Thanked) -> None:
    leave(thanked.village, thanked.session_id)
    assert changed(thanked.village, "SELECT 1") == []
    with thanked.village.read() as session:
        assert session.execute(text("SELECT count(*) FROM thanks")).scalar() == 0
        assert log.content_of(session, thanked.entry) is None


@pytest.mark.postgres
def test_thanks_move_to_postgresql(thanked: Thanked) -> None:
    if not postgres():
        pytest.skip("KIOSK_TEST_POSTGRES names no server; ./kiosk.sh test starts one")
    with PostgresDatabase() as url:
        copy_to(thanked.village, url)
        there = Database(url)
        with there.read() as session:
            assert session.execute(text("SELECT words FROM thanks")).scalars().all() == [WORDS]
        there.close()
