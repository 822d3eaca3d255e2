"""Key files that somebody spoilt are named by a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.core.errors import EnvironmentFault
from kiosk.services.signing.keys import EARLIER, keep_earlier, make_keys, read_keys


@pytest.mark.parametrize("spoilt", [b"x y\n", b"\xff\xfe", b"name+00000000+AAAA\n"])
def test_a_spoilt_list_of_earlier_keys_is_named(tmp_path: Path, spoilt: bytes) -> None:
    made = make_keys(tmp_path / "keys", "yangqiao.example/book")
    keep_earlier(tmp_path / "keys", made.verifiers)
    assert read_keys(tmp_path / "keys", made.name).earlier == made.verifiers
    (tmp_path / "keys" / EARLIER).write_bytes(spoilt)
    with pytest.raises(EnvironmentFault, match="keys_damaged"):
        read_keys(tmp_path / "keys", made.name)
