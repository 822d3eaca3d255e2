"""A village with last year's register, and a clerk who holds this year's beside it."""

from __future__ import annotations

from tests.services.cases.conftest import refused
from tests.services.differences.yearly import office, sqlite_office

__all__ = ["office", "refused", "sqlite_office"]
