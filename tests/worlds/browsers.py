"""Real browsers, with the network off: Chromium by its driver, Firefox by Marionette.

Both speak plain JSON, so that no client has to be installed beside them.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

DEAD_PROXY: Final = "127.0.0.1:9"
"""Nobody listens there: whatever asks for the network gets nothing."""
_PATIENCE: Final = 60
_ELEMENT: Final = "element-6066-11e4-a52e-4f735466cecf"


class Browser(Protocol):
    """What a test does with one."""

    def open(self, file: Path) -> None:
        """Open a page from a file."""

    def run(self, script: str, *values: object) -> Any:
        """What `script` returns; `values` are its `arguments`. It may return a promise."""

    def choose(self, selector: str, file: Path) -> None:
        """Choose a file in a field."""


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class _Chromium:
    def __init__(self, port: int, options: Mapping[str, Any]) -> None:
        self._address = f"http://127.0.0.1:{port}"
        asked = {"capabilities": {"alwaysMatch": options}}
        self._session = f"/session/{self._ask('POST', '/session', asked)['sessionId']}"

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        sent = json.dumps({} if body is None else body).encode() if method == "POST" else None
        request = urllib.request.Request(self._address + path, sent, method=method)
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
            return json.load(answer)["value"]

    def open(self, file: Path) -> None:
        offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        cdp = f"{self._session}/goog/cdp/execute"
        self._ask("POST", cdp, {"cmd": "Network.emulateNetworkConditions", "params": offline})
        self._ask("POST", f"{self._session}/url", {"url": file.resolve().as_uri()})

    def run(self, script: str, *values: object) -> Any:
        body = {"script": script, "args": list(values)}
        return self._ask("POST", f"{self._session}/execute/sync", body)

    def choose(self, selector: str, file: Path) -> None:
        where = {"using": "css selector", "value": selector}
        found = self._ask("POST", f"{self._session}/element", where)[_ELEMENT]
        self._ask("POST", f"{self._session}/element/{found}/value", {"text": str(file.resolve())})

    def quit(self) -> None:
        self._ask("DELETE", self._session)


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """Chromium without a window; `more` are options of its own."""
    port = _free_port()
    command = ["chromedriver", f"--port={port}"]
    with (
        tempfile.TemporaryDirectory() as home,
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as driver,
    ):
        try:
            _until_open(port)
            arguments = [
                *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
                *(f"--user-data-dir={home}", f"--proxy-server={DEAD_PROXY}", "--no-first-run"),
                *more,
            ]
            browser = _Chromium(port, {"goog:chromeOptions": {"args": arguments}})
            yield browser
            browser.quit()
        finally:
            driver.terminate()
            driver.wait()


class _Firefox:
    """Marionette: ``length:[type, id, command, parameters]`` on one connection."""

    def __init__(self, port: int) -> None:
        self._line = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)
        self._number = 0
        self._heard = b""
        self._hear()  # how it greets
        self._ask("WebDriver:NewSession", {"strictFileInteractability": False})

    def _hear(self) -> Any:
        while b":" not in self._heard:
            self._heard += self._line.recv(1 << 16)
        length, _, rest = self._heard.partition(b":")
        while len(rest) < int(length):
            rest += self._line.recv(1 << 16)
        self._heard = rest[int(length) :]
        return json.loads(rest[: int(length)])

    def _ask(self, command: str, parameters: Mapping[str, Any]) -> Any:
        self._number += 1
        said = json.dumps([0, self._number, command, parameters]).encode()
        self._line.sendall(f"{len(said)}:".encode() + said)
        _type, _number, trouble, found = self._hear()
        if trouble:
            raise RuntimeError(trouble)
        return found.get("value") if isinstance(found, dict) else found

    def open(self, file: Path) -> None:
        self._ask("Marionette:SetContext", {"value": "chrome"})
        self.run("Services.io.offline = true;")
        self._ask("Marionette:SetContext", {"value": "content"})
        self._ask("WebDriver:Navigate", {"url": file.resolve().as_uri()})

    def run(self, script: str, *values: object) -> Any:
        return self._ask("WebDriver:ExecuteScript", {"script": script, "args": list(values)})

    def choose(self, selector: str, file: Path) -> None:
        where = {"using": "css selector", "value": selector}
        found = self._ask("WebDriver:FindElement", where)[_ELEMENT]
        self._ask("WebDriver:ElementSendKeys", {"id": found, "text": str(file.resolve())})

    def quit(self) -> None:
        self._ask("Marionette:Quit", {"flags": ["eForceQuit"]})
        self._line.close()


_QUIET: Final[Mapping[str, object]] = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
}


@contextmanager
def firefox() -> Iterator[Browser]:
    """Firefox without a window."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as home:
        wishes = {**_QUIET, "marionette.port": port}
        lines = (
            f"user_pref({json.dumps(key)}, {json.dumps(each)});" for key, each in wishes.items()
        )
        (Path(home) / "user.js").write_text("\n".join(lines))
        command = [
            *("firefox-esr", "--headless", "--marionette", "--remote-allow-system-access"),
            *("--no-remote", "--profile", home),
        ]
        own = {**os.environ, "HOME": home, "MOZ_HEADLESS": "1"}
        with subprocess.Popen(
            command, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as program:
            try:
                _until_open(port)
                browser = _Firefox(port)
                yield browser
                browser.quit()
            finally:
                program.terminate()
                program.wait()


BROWSERS: Final = {"chromium": chromium, "firefox": firefox}


def _until_open(port: int) -> None:
    for _ in range(10 * _PATIENCE):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nobody listens at {port}")


def judged(browser: Browser, papers: Sequence[str], today: str, log: str = "") -> list[list[str]]:
    """What the page that is open says of each paper: its verdict, and how it fits the log."""
    script = """
        const [papers, today, log] = arguments;
        const beside = log ? paper.readBeside(log) : null;
        return papers.map(text => {
            const found = paper.judge(text, today);
            return [found.verdict, paper.against(found, beside)];
        });
    """
    found: list[list[str]] = browser.run(script, list(papers), today, log)
    return found
