"""A photograph as a ``data:`` address that an Image shows, and back."""

from __future__ import annotations

import base64

_HEAD = "data:image/jpeg;base64,"


def address_of(jpeg: bytes) -> str:
    """The address of a JPEG; empty when there is none."""
    return _HEAD + base64.b64encode(jpeg).decode() if jpeg else ""


def content_of(address: str) -> bytes:
    """The JPEG that `address_of` was given."""
    return base64.b64decode(address.removeprefix(_HEAD))
