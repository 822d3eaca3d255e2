"""Moving to PostgreSQL as a keeper types it, and a slip checked from its photograph."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kiosk.core.clock import SystemClock
from kiosk.core.paths import DataDirectory
from kiosk.documents.slip import Slip, slip_raster
from kiosk.services.ledger import log
from kiosk.services.upkeep.opening import DATABASE_VARIABLE, found_village, open_village
from kiosk.services.work import writing
from tests.command_line import kiosk
from tests.conftest import SETTINGS
from tests.worlds.names import YANGQIAO
from tests.worlds.server import PostgresDatabase, postgres


@pytest.fixture
def founded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
    root = tmp_path / "village"
    village = found_village(DataDirectory(root), SETTINGS, SystemClock())
    with village.closing(), writing(village) as work:
        log.append(work, "clock_confirmed", {"number": 1})
    return root


@pytest.mark.postgres
def test_a_village_is_moved_and_its_role_bound(founded: Path) -> None:
    if not postgres():
        pytest.skip("KIOSK_TEST_POSTGRES names no server; ./kiosk.sh test starts one")
    with PostgresDatabase() as url:
        code, said = kiosk("copy-to", "--json", url, data=founded)
        assert code == 0, said
        assert json.loads(said)["entries"] == 2
        code, said = kiosk("copy-to", url, data=founded)
        assert (code, "has tables already" in said) == (2, True)
        there = {DATABASE_VARIABLE: url}
        assert kiosk("verify", data=founded, **there)[0] == 0
        code, said = kiosk("grants", "village terminals", data=founded, **there)
        assert code == 0
        assert 'GRANT SELECT, INSERT ON TABLE "ledger_entry" TO "village terminals";' in said
        assert kiosk("grants", "nobody", "--apply", data=founded, **there)[0] == 2


@pytest.mark.long
def test_grants_are_no_matter_of_sqlite(founded: Path) -> None:
    code, said = kiosk("grants", "terminals", data=founded)
    assert (code, "SQLite has no roles" in said) == (3, True)


@pytest.mark.long
def test_a_photograph_of_a_slip_is_checked(founded: Path) -> None:
    village = open_village(DataDirectory(founded), SystemClock())
    with village.closing(), writing(village) as work:
        note = log.sign_checkpoint(work, "2026-0417", 0, ("2026-0417",))
    slip = Slip(YANGQIAO, "zh", "receipt", "2026-0417", (), (), note)
    slip_raster(slip, 80).convert("L").save(founded / "slip.jpg")
    code, said = kiosk("verify", "--slip", founded / "slip.jpg", data=founded)
    assert (code, "2026-0417" in said) == (0, True)
    (founded / "wall.png").write_bytes(os.urandom(5000))
    code, said = kiosk("verify", "--slip", founded / "wall.png", data=founded)
    assert (code, "cannot be opened" in said) == (2, True)
