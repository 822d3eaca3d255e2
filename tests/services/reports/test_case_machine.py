"""Random people, officers, clocks and moves: a few hundred steps here, and as many as one likes.

``KIOSK_STEPS=20000 ./kiosk.sh test tests/services/reports/test_case_machine.py`` is the long form.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.services.reports.case_machine import CaseMachine

STEPS = int(os.environ.get("KIOSK_STEPS", "0"))
AT_ONCE = 60


def drive(examples: int, *, alike: bool) -> None:
    how = settings(
        max_examples=examples,
        stateful_step_count=AT_ONCE,
        deadline=None,
        derandomize=alike,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    run_state_machine_as_test(CaseMachine, settings=how)


@pytest.mark.timeout(max(120, STEPS))
def test_whatever_anybody_does_the_charter_holds() -> None:
    CaseMachine.steps, CaseMachine.done = 0, {}
    if not STEPS:
        drive(8, alike=True)
        assert CaseMachine.steps >= 300
        assert {"countersign", "appeal", "take_effect"} <= CaseMachine.done.keys()
        return
    while CaseMachine.steps < STEPS:
        drive(10, alike=False)
    told = sorted(CaseMachine.done.items())
    print(f"{CaseMachine.steps} steps; moves made: {told}")  # noqa: T201
    assert {"take_effect", "overturn", "uphold", "lapse", "disown"} <= CaseMachine.done.keys()
