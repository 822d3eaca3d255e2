"""A sign and a slip as a village hangs and hands them out, for benchmarks and pictures."""

from __future__ import annotations

from datetime import date

from kiosk.documents.door_sign import DimensionStars, DoorSign
from kiosk.documents.slip import Slip, SlipLine
from tests.worlds.names import YANGQIAO

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
