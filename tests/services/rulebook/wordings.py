"""Rules as a file writes them, and the words that the gate is tried with."""

from __future__ import annotations

import tomllib
from pathlib import Path

RULE = """
[[rule]]
key = "clean_docks"
kind = "deed"
area = "care_for_shared_places"
points = 3
reporters = "anyone"
icon = "ripple"
title = { zh = "清理河埠头", en = "Cleaned the docks" }
text = { zh = "捡垃圾、扫石阶。", en = "Picked up litter, swept the steps." }
"""


CONCERN = (
    RULE.replace("clean_docks", "littering").replace('"deed"', '"concern"')
    + 'remedy = { zh = "清理干净即了结。", en = "It ends once cleaned up." }\n'
)


WORDINGS = tomllib.loads(Path(__file__).with_name("wordings.toml").read_text("utf-8"))


HOSTILE = [(subject, words) for subject, each in WORDINGS["hostile"].items() for words in each]


HARMLESS: list[str] = WORDINGS["harmless"]
