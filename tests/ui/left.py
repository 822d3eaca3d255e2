"""What a failing test of a screen leaves: a picture of each open window, and what was said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

LEFT = Path(__file__).parents[2] / "build" / "tests"


@pytest.hookimpl(trylast=True)
def pytest_exception_interact(call: pytest.CallInfo[object], report: pytest.TestReport) -> None:
    """Pytest calls it while what the test opened is still open."""
    if not isinstance(report, pytest.TestReport) or QGuiApplication.instance() is None:
        return
    LEFT.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w.-]+", "-", report.nodeid.replace("/", "-"))[:150]
    said = [report.longreprtext, *(f"--- {title}\n{text}" for title, text in report.sections)]
    (LEFT / f"{name}.log").write_text("\n".join(said), "utf-8")
    windows = [each for each in QGuiApplication.allWindows() if isinstance(each, QQuickWindow)]
    for place, window in enumerate(each for each in windows if each.isVisible()):
        window.grabWindow().save(str(LEFT / f"{name}-{place}.png"))
