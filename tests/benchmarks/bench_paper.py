"""Tap to paper: a sign and a slip, the first in a process and the ones after it."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from kiosk.documents.door_sign import DimensionStars, DoorSign, door_sign_pdf
from kiosk.documents.slip import Slip, SlipLine, slip_raster
from tests.worlds.names import YANGQIAO

RUNS = 15
NOTE = (
    "yangqiao.example/good-deed-book\n1234\nqINS1GRFHWaScHE1xXUbEUfQi8j8C8HKgA9UhHhNIR8=\n"
    "serial S26Q4-0123\n杨桥村 东街 12 号\n院落整洁 5\nvalid until 2027-06-30\n\n"
    "— yangqiao.example/good-deed-book " + "A" * 91 + "=\n"
)
SIGN = DoorSign(
    village=YANGQIAO,
    lane="东街",
    number="12",
    year=2026,
    quarter=4,
    premises="home",
    dimensions=(
        DimensionStars("courtyard", 5),
        DimensionStars("rules", 4),
        DimensionStars("recycling", 4),
        DimensionStars("good_faith", None),
        DimensionStars("family_spirit", 5),
    ),
    valid_until=date(2027, 6, 30),
    serial="S26Q4-0123",
    qr_text=NOTE,
)
SLIP = Slip(
    village=YANGQIAO,
    language="zh",
    kind="receipt",
    reference="2026-0417",
    facts=("记一件好事：陪老人出门办事 +6",),
    next_steps=(SlipLine("一位无关的审核员会看，最迟 11 月 30 日。"),),
    qr_text=NOTE,
)
FIRST = """
import time
began = time.perf_counter()
from tests.benchmarks.bench_paper import SIGN, door_sign_pdf
from tests.worlds.names import YANGQIAO
door_sign_pdf(SIGN, "A5")
print(time.perf_counter() - began)
"""


def test_tap_to_sign_pdf_and_slip_raster(capsys: pytest.CaptureFixture[str]) -> None:
    first = float(
        subprocess.run(
            [sys.executable, "-c", FIRST],
            capture_output=True,
            encoding="utf-8",
            check=True,
            cwd=Path(__file__).parents[2],
        ).stdout
    )
    door_sign_pdf(SIGN, "A5")
    slip_raster(SLIP, 80)
    signs, slips = [], []
    for _ in range(RUNS):
        began = time.perf_counter()
        door_sign_pdf(SIGN, "A5")
        between = time.perf_counter()
        slip_raster(SLIP, 80)
        signs.append(between - began)
        slips.append(time.perf_counter() - between)
    sign, slip = statistics.median(signs), statistics.median(slips)
    with capsys.disabled():
        print(f"\nsign PDF, first in a process (imports and fonts): {first * 1000:.0f} ms")
        print(f"sign PDF: median {sign * 1000:.0f} ms, first / later {first / sign:.0f}")
        print(f"slip raster, 80 mm: median {slip * 1000:.0f} ms, slip / sign {slip / sign:.2f}")
    assert first > sign
