"""Anybody holds a paper before the scanner and reads what it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from kiosk.app import MainWindow
from kiosk.core.days import plain
from kiosk.services.ledger import log
from kiosk.services.printing.spooler import print_next
from kiosk.services.signing.signed_note import CheckpointText
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.cases.conftest import sqlite_hamlet
from tests.services.perks.conftest import Shop, sqlite_shop
from tests.ui.touch import scan, see, tap, texts, until

__all__ = ["sqlite_hamlet", "sqlite_shop"]


@pytest.fixture
def slip(sqlite_village: Village) -> str:
    """The note on a printed slip."""
    with writing(sqlite_village) as work:
        index = log.append(work, "test", {"case": 1})
    with writing(sqlite_village) as work:
        lines = ("2026-0417", "记一件好事：清扫河埠头 +3")
        return log.sign_checkpoint(work, "2026-0417", index, lines)


def verdict(stage: MainWindow) -> str:
    item = until(lambda: see(stage.window, "check.verdict"), "a verdict")
    return str(item.property("heading"))


def test_a_slip_held_before_the_scanner_anywhere_opens_the_check(
    stage: MainWindow, slip: str
) -> None:
    scan(stage, slip)

    assert verdict(stage) == "这张单子是真的"
    said = texts(stage.window)
    assert "记一件好事：清扫河埠头 +3" in said
    assert "2026-0417" in said
    assert "账本和这张纸对得上：第 1 到 2 条，一条没改。" in said


def test_the_next_paper_takes_the_place_of_the_one_before(stage: MainWindow, slip: str) -> None:
    stage.kiosk.open("check")
    scan(stage, slip)
    assert verdict(stage) == "这张单子是真的"

    scan(stage, slip.replace("+3", "+9"))
    until(lambda: verdict(stage) == "内容对不上", "the second verdict")
    assert see(stage.window, "check.facts") is None


def test_a_paper_of_a_key_that_was_no_longer_in_use_says_so_and_shows_nothing_of_itself(
    stage: MainWindow, sqlite_village: Village, slip: str
) -> None:
    with writing(sqlite_village) as work:
        ended = {"old": sqlite_village.keys.verifier.text(), "new": "another terminal's"}
        log.append(work, log.KEY_REPLACED, ended)
        head = log.head(work.session)
    origin, lines = sqlite_village.settings.origin, ("2026-0417", "记一件好事 +9")
    stolen = sqlite_village.keys.sign(CheckpointText(origin, head.size, head.root, lines).text())
    scan(stage, stolen)

    assert verdict(stage) == "签名用的密钥，村里已经不用了"
    assert see(stage.window, "check.facts") is None
    assert not any("+9" in each or "对得上" in each for each in texts(stage.window))

    scan(stage, slip)
    until(lambda: verdict(stage) == "这张单子是真的", "the paper of before")


def test_check_another_waits_for_the_next_paper(stage: MainWindow, slip: str) -> None:
    scan(stage, slip)
    verdict(stage)

    tap(stage.window, "check.again")

    assert see(stage.window, "check.verdict") is None
    assert "把二维码对准扫描口" in texts(stage.window)


def test_a_code_from_elsewhere_asks_to_try_again_and_shows_nothing_of_it(stage: MainWindow) -> None:
    stage.kiosk.open("check")
    scan(stage, "https://example.org/<b>pay</b>")

    assert verdict(stage) == "没有认出来"
    assert not any("example.org" in text for text in texts(stage.window))


def test_the_verdict_follows_the_language(stage: MainWindow, slip: str) -> None:
    scan(stage, slip)
    verdict(stage)

    tap(stage.window, "language")

    assert verdict(stage) == "This slip is genuine"
    assert "The village log still fits this paper: entries 1 to 2 are unchanged." in texts(
        stage.window
    )


def test_a_scanner_without_chinese_gets_the_same_answer(stage: MainWindow, slip: str) -> None:
    scan(stage, slip.encode("ascii", "ignore").decode())

    assert verdict(stage) == "这张单子是真的"


def test_a_voucher_says_in_words_what_it_is_for_and_that_it_was_used(
    stage: MainWindow, sqlite_shop: Shop
) -> None:
    village = sqlite_shop.hamlet.village
    made = sqlite_shop.reserve("A", sqlite_shop.soap)
    while print_next(village):
        pass
    note = next(e.qr_text for e in sqlite_shop.hamlet.jobs() if e.reference == made.reference)
    scan(stage, note)
    assert verdict(stage) == "这张券是真的，还没领"
    said = [plain(text) for text in texts(stage.window)]
    assert {"肥皂，用了 3 积分", "最迟2026年12月7日领取", "P2026-0001"} <= set(said)
    assert not any("price" in text for text in said)

    sqlite_shop.collect(made.reference)
    scan(stage, note)
    until(lambda: verdict(stage) == "是真的，已经领过", "the second verdict")


def test_a_photograph_from_a_stick_without_a_code_says_how_to_take_one(
    stage: MainWindow, sqlite_village: Village
) -> None:
    folder = Path(sqlite_village.settings.drives, "STICK")
    folder.mkdir(parents=True)
    Image.new("RGB", (60, 40), "white").save(folder / "door.jpg")
    stage.kiosk.open("check")
    tap(stage.window, "check.photo")
    until(lambda: see(stage.window, "check.photo.0"), "the photographs")
    tap(stage.window, "check.photo.0")
    until(lambda: any("读不出二维码" in each for each in texts(stage.window)), "the sentence")
