"""The log of a full day contains no name, no PIN, no report's text and no QR's content."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from kiosk import services
from kiosk.core import event_log
from kiosk.models.ledger import Checkpoint, LedgerContent
from kiosk.services.ledger import log
from tests.services.cases.conftest import Hamlet
from tests.worlds.full_day import WORDS, live_a_full_day

NOT_OF_A_DAY = {
    "access.cards.card_by_token": "only looks at what is printed on a card; see test_sign_in",
    "access.grants.appoint_in_an_emergency": "where two officers are no longer left",
    "access.grants.founding": "once, before there is a day",
    "access.grants.reissue": "on a new machine, before there is a day",
    "ledger.founding.told": "what the first entry says, before there is a day",
    "upkeep.carry_over.carry_over": "once, in a village of version 0.1",
    "stars.ratings.invent": "the past of a demo village, before its first round",
    "rulebook.book.install": "when there are new rules; the hamlet brings its own",
}
"""The doors that no full day opens, and why."""
THE_MACHINES = (
    "ledger.last_head", "printing.asking", "cases.slips", "upkeep.backup",
    "upkeep.backup_places", "upkeep.fire_drill", "upkeep.founding_left", "upkeep.help_code",
    "upkeep.key_transfer", "upkeep.last_verify", "upkeep.official_cards", "upkeep.opening",
    "upkeep.postgres_role", "upkeep.readiness", "upkeep.recovery_key", "upkeep.restore",
    "upkeep.tasks", "upkeep.to_postgres",
)  # fmt: skip
"""Rooms that tend the machine or set paper: many of their doors open on no ordinary day."""


@pytest.mark.long
def test_the_journal_and_the_ledger_of_a_full_day_contain_no_name(
    sqlite_hamlet: Hamlet, tmp_path: Path
) -> None:
    folder = tmp_path / "log"
    folder.mkdir()
    event_log.keep_journal(folder)
    secrets = live_a_full_day(sqlite_hamlet, tmp_path)
    event_log.record_bug(ValueError("林A told 两袋菜叶"))
    written = "".join(file.read_text("utf-8") for file in folder.iterdir())
    assert written, "nothing was logged: this test would pass whatever is"
    with sqlite_hamlet.village.read() as session:
        indexes = [index for (index,) in session.query(LedgerContent.index)]
        contents = repr([log.content_of(session, index) for index in indexes])
        notes = repr([note for (note,) in session.query(Checkpoint.note)])
    exported = (tmp_path / "log.txt").read_text("utf-8")
    for secret in ("林", "lín", *secrets):
        assert secret not in written
        assert secret not in contents
        assert secret not in notes
        assert secret not in exported
    for words in WORDS.values():
        assert words not in written
        assert words not in notes
        assert words not in exported


@pytest.mark.long
def test_what_was_printed_leaves_no_name_in_the_queue_and_none_in_a_backup(
    sqlite_hamlet: Hamlet, tmp_path: Path
) -> None:
    secrets = live_a_full_day(sqlite_hamlet, tmp_path)
    left = repr([(job.payload, job.note_lines, job.qr_text) for job in sqlite_hamlet.jobs()])
    assert len(sqlite_hamlet.jobs()) > 20
    backups = [file.read_bytes() for file in sqlite_hamlet.village.directory.backups.iterdir()]
    assert backups
    for secret in ("林", *secrets, *(w for w in WORDS.values())):
        assert secret not in left
        # Three bytes turn up by chance in a sealed file of half a megabyte.
        if len(secret.encode()) > 4:
            assert not any(secret.encode() in backup for backup in backups)


# --- The day is a full one


def doors() -> dict[str, CodeType]:
    """Every public function of a service that is given the village, by room and name."""
    found = {}
    for module in pkgutil.walk_packages(services.__path__, "kiosk.services."):
        room = module.name.removeprefix("kiosk.services.")
        if room.startswith("demo"):
            continue
        for name, each in vars(importlib.import_module(module.name)).items():
            if not inspect.isfunction(each) or each.__module__ != module.name:
                continue
            if not name.startswith("_") and next(iter(inspect.signature(each).parameters), "") == (
                "village"
            ):
                found[f"{room}.{name}"] = each.__code__
    return found


@contextmanager
def opened() -> Iterator[set[CodeType]]:
    """Every function that is called meanwhile, on this thread."""
    seen: set[CodeType] = set()

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call":
            seen.add(frame.f_code)

    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(None)


@pytest.mark.long
def test_a_full_day_goes_through_every_door_of_the_services(
    sqlite_hamlet: Hamlet, tmp_path: Path
) -> None:
    """A new service function belongs into `rest_of_the_day`, or it is not watched."""
    every = doors()
    assert len(every) > 120
    with opened() as seen:
        live_a_full_day(sqlite_hamlet, tmp_path)
    shut = {
        name
        for name, code in every.items()
        if code not in seen and not name.startswith(tuple(f"{room}." for room in THE_MACHINES))
    }
    assert shut == NOT_OF_A_DAY.keys(), "\n".join(sorted(shut ^ NOT_OF_A_DAY.keys()))
