"""The QR codes on a picture of a paper, as another library than ours reads them.

Only those: among a hundred papers one has lines or letters that look like some other kind of code.
"""

from __future__ import annotations

from typing import Any, Final

import zxingcpp

_QR: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def qr_codes(picture: Any) -> list[zxingcpp.Barcode]:
    """The QR codes on an image of Pillow's."""
    return zxingcpp.read_barcodes(picture, formats=_QR)
