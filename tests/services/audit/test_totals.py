"""Every total that people are shown follows from the log alone, and a false one is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk.core.ids import new_touch_id
from kiosk.services.access import pins
from kiosk.services.audit.tables import verify_village
from kiosk.services.consent import pauses
from kiosk.services.record import my_record
from kiosk.services.upkeep.opening import DATABASE_VARIABLE
from kiosk.services.village import Village
from tests.faults import hall
from tests.faults.hall import Hall
from tests.faults.worker import Worker
from tests.worlds.leaving import leave


@pytest.fixture
def furnished(
    each_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Village, Hall]]:
    """A village in which people enrolled, deeds were approved, and a concern was put right."""
    monkeypatch.setattr(pins, "SHIPPED", pins.SHIPPED)
    assert each_database
    with _opened(_furnish(tmp_path / "hall")) as both:
        yield both


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pins, "SHIPPED", pins.SHIPPED)
        patch.delenv(DATABASE_VARIABLE, raising=False)
        yield _furnish(tmp_path_factory.mktemp("totals") / "hall")


@pytest.fixture
def copied(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Village, Hall]]:
    """The same in a file that somebody may have in their hands."""
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
    hall.copy(template, tmp_path / "copy")
    with _opened(tmp_path / "copy") as both:
        yield both


def _furnish(root: Path) -> Path:
    root.mkdir()
    found = hall.build(root)
    with hall.opened(root, found.clock).closing() as lived_in:
        worker = Worker(lived_in, found, lambda _: None, seed=7)
        for _ in range(8):
            worker.deed()
        worker.right()
        worker.nominate()
        worker.redeem()
    return root


@contextmanager
def _opened(root: Path) -> Iterator[tuple[Village, Hall]]:
    found = hall.read_hall(root)
    with hall.opened(root, found.clock).closing() as village:
        yield village, found
    hall.forget(root)


def found_by_verify(village: Village) -> set[str]:
    return {each.code for each in verify_village(village).findings}


def change(village: Village, statement: str) -> None:
    with village.write() as session:
        assert session.execute(text(statement)).rowcount  # type: ignore[attr-defined]


@pytest.mark.long
def test_what_is_shown_is_what_the_log_gives(furnished: tuple[Village, Hall]) -> None:
    village, found = furnished
    shown = [my_record.opened(village, each).record for each in found.residents.values()]
    assert len({record.number for record in shown}) > 2
    assert any(record.wallet for record in shown)
    assert any(record.concerns for record in shown)
    assert verify_village(village).consistent


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE point_entry SET points = points + 1 WHERE points > 0", "total_number"),
        ("UPDATE point_entry SET effective_on = '2026-11-18' WHERE points < 0", "total_number"),
        ("UPDATE consent SET withdrawn_at = given_at WHERE purpose = 'number'", "total_number"),
        ("DELETE FROM wallet_movement", "total_wallet"),
        ("UPDATE wallet_movement SET points = points + 6", "total_wallet"),
        ("UPDATE rating SET stars = stars - 1", "total_stars"),
        ("UPDATE rating SET contested = true WHERE dimension = 'courtyard'", "total_stars"),
        # No entry points to these rows.
        ("UPDATE star_round SET published_at = '2027-11-01 00:00:00+00'", "total_stars"),
        (
            "INSERT INTO pause (resident_id, since) "
            "SELECT resident_id, given_at FROM consent WHERE purpose = 'number'",
            "total_number",
        ),
    ],
)
def test_a_total_that_the_log_does_not_give_is_found(
    copied: tuple[Village, Hall], statement: str, code: str
) -> None:
    village, _ = copied
    change(village, statement)
    assert code in found_by_verify(village)


def test_the_person_is_named_and_the_figure_is_not(copied: tuple[Village, Hall]) -> None:
    village, found = copied
    person = next(iter(found.residents))
    change(village, f"UPDATE wallet_movement SET points = points + 1 WHERE resident_id = {person}")
    (total,) = [f for f in verify_village(village).findings if f.code == "total_wallet"]
    assert total.first == total.last == int(person)


@pytest.mark.long
@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE rating SET contested = true WHERE dimension = 'courtyard'", "row_altered"),
        ("UPDATE confirmation SET household_id = (SELECT max(id) FROM household)", "row_altered"),
        ("UPDATE redemption SET state = 'reserved'", "row_altered"),
        ("UPDATE redemption SET ended_at = NULL", "row_altered"),
        ("UPDATE perk SET price = 1", "row_altered"),
    ],
)
def test_a_mark_a_house_or_a_voucher_of_which_the_log_says_nothing_is_found(
    copied: tuple[Village, Hall], statement: str, code: str
) -> None:
    village, _ = copied
    assert verify_village(village).consistent
    change(village, statement)
    assert code in found_by_verify(village)


@pytest.mark.long
def test_totals_follow_from_the_log_after_somebody_paused_or_left(
    furnished: tuple[Village, Hall],
) -> None:
    village, found = furnished
    first, second, third, *_ = found.residents.values()
    pauses.pause(village, first, new_touch_id())
    pauses.pause(village, third, new_touch_id())
    pauses.resume(village, third, new_touch_id())
    assert my_record.opened(village, first).record.number is None
    assert my_record.opened(village, third).record.number is not None
    leave(village, second)
    assert verify_village(village).consistent


@pytest.mark.long
def test_points_that_ended_by_time_are_left_out_on_both_sides(
    furnished: tuple[Village, Hall],
) -> None:
    village, found = furnished
    later = found.clock
    later.moment += timedelta(days=400)
    with hall.opened(Path(village.directory.root).parent, later).closing() as aged:
        assert verify_village(aged).consistent


@pytest.mark.long
def test_a_content_that_cannot_be_read_is_named_and_not_a_bug(
    copied: tuple[Village, Hall],
) -> None:
    village, _ = copied
    with village.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("DROP TRIGGER ledger_content_update_refused")
        connection.exec_driver_sql("UPDATE ledger_content SET content = x'a0'")
    assert "entry_altered" in found_by_verify(village)
