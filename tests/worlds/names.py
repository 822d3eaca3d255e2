"""What the village of the tests is called."""

from __future__ import annotations

from kiosk.core.texts import Texts

YANGQIAO = Texts({"zh": "杨桥村", "en": "Yangqiao"})
