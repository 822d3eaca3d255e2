"""A village moves from SQLite to PostgreSQL whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from kiosk.core.clock import SettableClock
from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models import Base
from kiosk.models.access import AnsweredRequest
from kiosk.models.database import Database
from kiosk.models.ledger import Checkpoint
from kiosk.models.register import Household
from kiosk.services.access import pins
from kiosk.services.audit.tables import verify_village
from kiosk.services.cases import decide, notices
from kiosk.services.check.papers import check_paper
from kiosk.services.ledger import log
from kiosk.services.printing import spooler
from kiosk.services.upkeep.opening import DATABASE_VARIABLE, open_village
from kiosk.services.upkeep.to_postgres import copy_to
from kiosk.services.village import Village
from tests.faults import hall
from tests.faults.worker import Worker, draw_quickly
from tests.worlds.logged import LoggedHamlet, furnish
from tests.worlds.server import PostgresDatabase, postgres

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A village with people, cases, signs, papers and an erased entry."""
    if not postgres():
        pytest.skip("KIOSK_TEST_POSTGRES names no server; ./kiosk.sh test starts one")
    patch = pytest.MonkeyPatch()
    patch.delenv(DATABASE_VARIABLE, raising=False)
    patch.setattr(pins, "SHIPPED", pins.SHIPPED)  # the hall makes both cheaper
    patch.setattr(spooler, "rendered", vars(spooler)["rendered"])
    root = tmp_path_factory.mktemp("moving") / "village"
    told = hall.build(root)
    with hall.opened(root, told.clock).closing() as village:
        draw_quickly()
        Worker(village, told, lambda _: None, seed=1).run(12)
    yield root
    patch.undo()


@pytest.fixture
def here(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Village]:
    """The village on SQLite."""
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
    hall.copy(template, tmp_path / "village")
    told = hall.read_hall(tmp_path / "village")
    with hall.opened(tmp_path / "village", told.clock).closing() as village:
        yield village


@pytest.fixture
def url() -> Iterator[str]:
    """An empty database."""
    with PostgresDatabase() as url:
        yield url


def tables_at(url: str) -> list[str]:
    database = Database(url)
    try:
        return inspect(database.engine).get_table_names()
    finally:
        database.close()


def test_a_village_moves_whole(here: Village, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with here.read() as session:
        before = log.head(session)
        notes = [row.note for row in session.query(Checkpoint)]
        counts = {each.name: session.query(each).count() for each in Base.metadata.sorted_tables}
    told: list[tuple[int, int]] = []
    moved = copy_to(here, url.replace("+psycopg", ""), lambda done, of: told.append((done, of)))
    assert moved.head == before
    assert moved.rows == sum(counts.values()) == told[-1][0] == told[-1][1]
    monkeypatch.setenv(DATABASE_VARIABLE, url)
    with open_village(here.directory, here.clock).closing() as there:
        assert verify_village(there).consistent
        with there.read() as session:
            for table in Base.metadata.sorted_tables:
                assert session.query(table).count() == counts[table.name]
        assert notes
        for note in notes:
            assert check_paper(there, note) == check_paper(here, note)
        go_on(there)
        assert verify_village(there).consistent


def go_on(there: Village) -> None:
    """People go on in the moved village: its numbers follow those that were copied."""
    told = hall.read_hall(there.directory.root.parent)
    worker = Worker(there, told, lambda _: None)
    for each in (worker.card, worker.sign, worker.print):
        each()
    with there.write() as session:
        house = Household(code="new", lane="新街", number="1")
        session.add(house)
        session.flush()
        session.delete(house)  # no entry of the log says so
    with pytest.raises(Exception, match="append-only"), there.write() as session:
        session.execute(text("DELETE FROM checkpoint"))


def test_a_case_that_points_to_a_later_one_moves_too(
    sqlite_village: Village, clock: SettableClock, url: str
) -> None:
    hamlet = furnish(LoggedHamlet(sqlite_village, clock))
    first, last = (hamlet.hand_in(by, "A", "help").case_id for by in "BC")
    for case_id in (first, last):
        notices.accept_nomination(hamlet.village, hamlet.sign("A"), case_id, new_touch_id())
    decide.merge(hamlet.village, hamlet.officer("Y"), first, last, new_touch_id())
    assert hamlet.case(first).merged_into_id == last
    assert copy_to(hamlet.village, url).rows


def test_a_target_with_tables_is_refused_and_left_alone(here: Village, url: str) -> None:
    database = Database(url)
    with database.write() as session:
        session.execute(text("CREATE TABLE somebody (x int)"))
    database.close()
    with pytest.raises(ExpectedError, match="target_not_empty"):
        copy_to(here, url)
    assert tables_at(url) == ["somebody"]


@pytest.mark.parametrize(
    "wrong", ["", "village", "sqlite:///x.sqlite3", "mysql://a/b", "postgresql://host"]
)
def test_an_address_that_is_none_is_refused(here: Village, wrong: str) -> None:
    with pytest.raises(ExpectedError, match="database_url_unclear"):
        copy_to(here, wrong)


def test_a_village_whose_log_does_not_fit_stays_where_it_is(here: Village, url: str) -> None:
    with here.write() as session:
        session.execute(text("UPDATE point_entry SET points = points + 1"))
    with pytest.raises(EnvironmentFault, match="copy_not_whole"):
        copy_to(here, url)
    assert tables_at(url) == []


def test_a_row_that_postgresql_refuses_leaves_nothing_behind(here: Village, url: str) -> None:
    with here.write() as session:
        session.add(AnsweredRequest(id="x" * 500, at=here.clock.now(), answer={}))
    with pytest.raises(EnvironmentFault, match="copy_refused") as refused:
        copy_to(here, url)
    assert refused.value.values == ("touch",)
    assert tables_at(url) == []


def test_a_village_on_postgresql_is_there_already(
    here: Village, url: str, clock: SettableClock
) -> None:
    there = replace(here, database=Database(url))
    with pytest.raises(EnvironmentFault, match="copy_from_sqlite"):
        copy_to(there, url)
    there.database.close()
