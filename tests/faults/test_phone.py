"""Some dozens of the papers that the harness shows to browsers, and the page that believes all."""

from __future__ import annotations

import pytest

from kiosk.services.check.phone_page import MOST_BYTES
from tests.faults import phone
from tests.faults.command import harness


@pytest.mark.long
@pytest.mark.timeout(400)
def test_a_phone_says_of_every_paper_what_the_kiosk_says() -> None:
    told = harness("phone", "--brief")
    assert told["breaches"] == 0, told["broken"]
    for name in ("chromium", "firefox"):
        assert told[f"{name}: genuine"] == phone.PAPERS["brief"]
        assert told[f"{name}: refused"] == phone.PAPERS["brief"]
        for each in ("whole log, fits", "changed log, log_rewritten", "short log, log_shorter"):
            assert told[f"{name}: {each}"] > 0
    assert told["bytes of the page"] <= MOST_BYTES


@pytest.mark.long
@pytest.mark.timeout(400)
def test_a_page_that_takes_every_signature_for_good_is_found() -> None:
    assert harness("phone", "--brief", "--defect")["breaches"] > 0
