"""The log of a full day contains no name, no PIN, no report's text and no QR's content."""

from __future__ import annotations

from pathlib import Path

from kiosk.core import journal
from kiosk.models.ledger import LedgerContent
from kiosk.services.ledger import log
from tests.charter.full_day import WORDS, live_a_full_day
from tests.services.reports.conftest import Hamlet


def test_the_journal_and_the_ledger_of_a_full_day_contain_no_name(
    sqlite_hamlet: Hamlet, tmp_path: Path
) -> None:
    folder = tmp_path / "log"
    folder.mkdir()
    journal.keep_journal(folder)
    secrets = live_a_full_day(sqlite_hamlet, tmp_path)
    journal.record_bug(ValueError("林A told 两袋菜叶"))
    written = "".join(file.read_text("utf-8") for file in folder.iterdir())
    assert written, "nothing was logged: this test would pass whatever is"
    with sqlite_hamlet.village.read() as session:
        indexes = [index for (index,) in session.query(LedgerContent.index)]
        contents = repr([log.content_of(session, index) for index in indexes])
    for secret in ("林", "lín", *secrets):
        assert secret not in written
        assert secret not in contents
    for words in WORDS.values():
        assert words not in written
