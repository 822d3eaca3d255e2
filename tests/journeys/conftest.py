"""The journeys touch the same window as the tests of the screens, on a village of their own."""

from tests.journeys.album import album
from tests.journeys.hall import hall, sqlite_village
from tests.ui.conftest import open_stage, pytest_exception_interact, qapp_cls, stage

__all__ = [
    "album",
    "hall",
    "open_stage",
    "pytest_exception_interact",
    "qapp_cls",
    "sqlite_village",
    "stage",
]
