"""The page for phones: what it may do, what it holds, and what it shows in real browsers."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image

from kiosk.core.errors import ExpectedError
from kiosk.documents.qr import fitting_code
from kiosk.services.check import kinds, phone_page
from kiosk.services.ledger import log
from kiosk.services.ledger.export import export_log
from kiosk.services.signing.signed_note import with_words, words_line
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet, sqlite_hamlet
from tests.ui.touch import until
from tests.worlds.browsers import BROWSERS, Browser, chromium, judged

__all__ = ["sqlite_hamlet"]
WORDS = ("杨桥村善行存折", "回执 2026-0417", "东街30号")


class Home(NamedTuple):
    """What lies on the stick that somebody took home, and a slip."""

    page: Path
    log: Path
    slip: str


@pytest.fixture
def home(sqlite_village: Village, tmp_path: Path) -> Home:
    lines = kinds.OF_A_CASE.write(kind="receipt", reference="2026-0417", entry=3)
    with writing(sqlite_village) as work:
        index = log.append(work, "test", {"slip": 1})
    with writing(sqlite_village) as work:
        note = log.sign_checkpoint(work, "2026-0417", index, (*lines, words_line(WORDS)))
    page, exported = tmp_path / phone_page.FILE_NAME, tmp_path / "log.jsonl"
    assert phone_page.export_page(sqlite_village, page) <= phone_page.MOST_BYTES
    export_log(sqlite_village, exported)
    return Home(page, exported, with_words(WORDS, note))


@pytest.fixture(params=BROWSERS)
def browser(request: pytest.FixtureRequest, home: Home) -> Iterator[Browser]:
    with BROWSERS[request.param]() as found:
        found.open(home.page)
        yield found


def shown(browser: Browser, name: str) -> str:
    return str(browser.run(f"return document.getElementById('{name}').innerText"))


def pasted(browser: Browser, text: str) -> None:
    script = "document.getElementById('text').value = arguments[0];"
    browser.run(f"{script} document.getElementById('check').click();", text)


def drawn(text: str, file: Path) -> Path:
    """A picture of a code, as somebody would take it: grey, with white around it."""
    code = fitting_code(text, 185)
    picture = Image.new("L", (code.side, code.side), 250)
    for row, modules in enumerate(code.rows, start=4):
        for column, dark in enumerate(modules, start=4):
            picture.putpixel((column, row), 20 if dark else 250)
    picture.resize((6 * code.side, 6 * code.side), Image.Resampling.NEAREST).save(file)
    return file


def test_it_may_load_nothing_and_runs_what_it_was_made_of_alone(home: Home) -> None:
    text = home.page.read_text("utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; base-uri 'none'; form-action 'none';")
    for tag in ("script", "style"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1]
    assert "unsafe" not in policy[1]
    assert not re.search(r"https?:[^ ]*\.(js|css|png)", text)


def test_it_holds_the_keys_and_nobody(home: Home, sqlite_village: Village) -> None:
    text = home.page.read_text("utf-8")
    found = re.search(r'<script id="told"[^>]*>(.*?)</script>', text, re.DOTALL)
    assert found is not None
    told = json.loads(found[1])
    assert told["keys"] == [each.text() for each in sqlite_village.keys.verifiers]
    assert told["words"]["zh"].keys() == told["words"]["en"].keys() == set(phone_page.WORDS)
    assert sorted(told) == sorted(
        ["origin", "keys", "until", "exported", "kinds", "languages", "words"]
    )


def test_both_licences_go_with_it(home: Home) -> None:
    assert home.page.read_text("utf-8").count("The MIT License (MIT)") == 2


@pytest.mark.long
def test_a_slip_that_is_pasted_is_said_in_both_languages_and_held_to_the_log(
    browser: Browser, home: Home
) -> None:
    pasted(browser, home.slip)
    assert shown(browser, "heading").split("\n") == [
        "这张单子是村里签的",
        "The village signed this slip",
    ]
    assert shown(browser, "said").split("\n") == list(WORDS)
    browser.choose("#beside", home.log)
    until(lambda: "一条没改" in shown(browser, "log"), "that the log fits")
    pasted(browser, home.slip.replace("东街30号", "东街31号"))
    assert "The text does not match" in shown(browser, "heading")
    pasted(browser, "https://example.org/")
    assert "不是本村的单据" in shown(browser, "heading")


@pytest.mark.long
def test_a_checkpoint_beside_it_says_so_much_as_it_can(
    browser: Browser, home: Home, sqlite_village: Village
) -> None:
    def checkpoint() -> str:
        with writing(sqlite_village) as work:
            size = log.head(work.session).size
            return log.sign_checkpoint(work, "W2026-48", size - 1, ("W2026-48",))

    today = "2026-11-29"
    (same,) = judged(browser, [home.slip], today, checkpoint())
    assert same == ["genuine", "fits"]
    with writing(sqlite_village) as work:
        log.append(work, "test", {"later": 1})
    (other,) = judged(browser, [home.slip], today, checkpoint())
    assert other == ["genuine", "cannot_tell"]
    (none,) = judged(browser, [home.slip], today, checkpoint().replace("W2026-48", "W2026-49"))
    assert none == ["genuine", ""], "a forged checkpoint is put aside"


@pytest.mark.long
def test_a_picture_of_the_code_is_read(browser: Browser, home: Home, tmp_path: Path) -> None:
    browser.choose("#picture", drawn(home.slip, tmp_path / "slip.png"))
    until(lambda: "The village signed this slip" in shown(browser, "heading"), "the slip")
    assert browser.run("return document.getElementById('text').value") == home.slip


@pytest.mark.long
def test_nothing_is_fetched_and_nothing_could_be(browser: Browser, home: Home) -> None:
    pasted(browser, home.slip)
    browser.choose("#beside", home.log)
    fetched = browser.run("return performance.getEntriesByType('resource').length")
    assert fetched == 0
    script = "return fetch('https://example.org/').then(() => 'sent', () => 'refused')"
    assert browser.run(script) == "refused"
    assert browser.run("return 'storage' in navigator && document.cookie") == ""


@pytest.mark.long
def test_the_camera_reads_it_once_it_is_allowed(home: Home, tmp_path: Path) -> None:
    picture = Image.open(drawn(home.slip, tmp_path / "slip.png")).convert("RGB")
    side = 720 // picture.width * picture.width or 720
    seen = Image.new("RGB", (1280, 720), (250, 250, 250))
    seen.paste(picture.resize((side, side), Image.Resampling.NEAREST), (200, 0))
    film = tmp_path / "slip.mjpeg"
    seen.save(film, "JPEG", quality=92)
    given = (
        *("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"),
        f"--use-file-for-fake-video-capture={film}",
    )
    with chromium(*given) as browser:
        browser.open(home.page)
        browser.run("document.getElementById('camera').click()")
        until(lambda: "The village signed this slip" in shown(browser, "heading"), "the slip")


def test_an_official_puts_it_on_the_stick_with_the_log_beside_it(
    sqlite_hamlet: Hamlet, tmp_path: Path
) -> None:
    stick = tmp_path / "sticks" / "stick"
    stick.mkdir(parents=True)
    village = replace(
        sqlite_hamlet.village,
        settings=replace(sqlite_hamlet.village.settings, drives=str(stick.parent)),
    )
    with pytest.raises(ExpectedError, match="not_allowed"):
        phone_page.put_on_stick(village, sqlite_hamlet.sign("A"))
    for office in ("clerk", "keeper", "officer"):
        written = phone_page.put_on_stick(village, sqlite_hamlet.sign("Z", office))
        page, log_beside = (stick / each for each in written.files)
        assert page.read_bytes() == phone_page.page(village)
        assert json.loads(log_beside.read_text("utf-8").splitlines()[0])["keys"]
