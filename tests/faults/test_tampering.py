"""The brief form of the tampering harness; ``--every`` flips every bit."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.perks import WalletMovement
from kiosk.models.whole_schema import differences
from kiosk.services.access import pins
from kiosk.services.audit.tables import verify_village
from kiosk.services.printing import spooler
from kiosk.services.rulebook import book
from kiosk.services.village import Village
from tests.faults import audit, hall
from tests.faults.command import harness
from tests.faults.worker import Worker, draw_quickly
from tests.worlds.leaving import leave


@pytest.mark.timeout(400)
def test_every_change_to_the_log_and_what_it_bears_out_is_found() -> None:
    told = harness("tampering", "--brief")
    assert told["breaches"] == 0, told["broken"]
    assert told["bits: a claimed row is changed or unreadable"] > 100
    assert told["rows edited"] > 100
    assert told["chains rewritten"] > 50
    assert told["proofs forged and refused"] >= 180
    assert told["slips refused by both"] == told["slips forged"] > 160


def test_a_village_as_founded_has_its_guards_and_books_in_order(village: Village) -> None:
    book.install(village)
    assert verify_village(village).consistent
    with village.read() as session:
        assert differences(session.connection()) == ()


def test_a_dropped_guard_is_found(village: Village) -> None:
    name = "ledger_entry_UPDATE_refused" if village.database.is_sqlite else "ledger_entry_refused"
    table = "" if village.database.is_sqlite else " ON ledger_entry"
    with village.write() as session:
        session.execute(text(f'DROP TRIGGER "{name}"{table}'))
    found = [(each.code, each.name) for each in verify_village(village).findings]
    assert found == [("schema_missing", name)]


def test_a_credit_that_no_entry_knows_of_is_found(village: Village, clock: SettableClock) -> None:
    from kiosk.models.register import Household, Resident

    with village.write() as session:
        house = Household(code=new_touch_id()[:6], lane="东街", number="1")
        house.residents = [Resident(register_key="x", name="林一")]
        session.add(house)
        session.flush()
        credit = WalletMovement(
            resident_id=house.residents[0].id,
            points=40,
            why="deed",
            at=clock.now(),
            ledger_index=7,
        )
        session.add(credit)
    found = [(each.code, each.first, each.name) for each in verify_village(village).findings]
    assert found == [
        ("row_extra", house.id, "household"),
        ("row_extra", credit.resident_id, "resident"),
        ("row_extra", 7, "wallet_movement"),
        ("total_wallet", credit.resident_id, ""),
    ]


def test_who_leaves_leaves_the_books_in_order_and_every_slip_genuine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pins, "SHIPPED", pins.SHIPPED)  # the hall makes PINs cheap: put it back
    for drawing in ("rendered", "sheets_together"):
        monkeypatch.setattr(spooler, drawing, vars(spooler)[drawing])
    found, told = hall.build(tmp_path), list[hall.Ack]()
    draw_quickly()
    with hall.opened(tmp_path).closing() as village:
        worker = Worker(village, found, told.append, seed=2)
        worker.run(12)
        leave(village, next(iter(found.residents.values())))
        assert verify_village(village).erased > 0
        assert audit.broken(village) == []
        assert audit.without_entry(village, told) == []
        assert any(each.get("op") == "paper" for each in told)
