"""The journeys touch the same window as the tests of the screens."""

from tests.ui.conftest import open_stage, qapp_cls, stage

__all__ = ["open_stage", "qapp_cls", "stage"]
