"""The voucher says what, where and by when, in both widths and both languages."""

from __future__ import annotations

import io
from typing import Literal

import pytest
from PIL import Image

from kiosk.core.catalogue import Language
from kiosk.core.ids import new_touch_id
from kiosk.devices.printers import Media
from kiosk.services.perks import redemptions
from kiosk.services.printing.papers import Order, rendered
from kiosk.services.printing.spooler import print_next
from tests.qr import qr_codes
from tests.services.perks.conftest import Shop


@pytest.mark.parametrize("media", ["58", "80"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_can_be_printed_and_read_back(
    sqlite_shop: Shop, media: Media, language: Literal["zh", "en"]
) -> None:
    chosen: Language = language
    village, seat = sqlite_shop.hamlet.village, sqlite_shop.hamlet.sign("A")
    made = redemptions.reserve(village, seat, sqlite_shop.soap, new_touch_id(), chosen)
    while print_next(village):
        pass
    job = next(each for each in sqlite_shop.hamlet.jobs() if each.reference == made.reference)
    picture = rendered(
        Order(paper="slip", media=media, payload=job.payload, qr_text=job.qr_text),
        "raster",
        "voucher",
    ).raster
    assert picture is not None
    (code,) = qr_codes(Image.open(io.BytesIO(picture)).convert("L"))
    assert code.text == job.qr_text
    said = str(job.payload)
    for word in ("7" if chosen == "zh" else "7 December", made.reference, "voucher"):
        assert word in said
    assert ("肥皂" if chosen == "zh" else "Soap") in said
    assert "林" not in said
