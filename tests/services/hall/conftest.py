"""The hamlet of the reports' tests."""

from __future__ import annotations

from tests.services.cases.conftest import hamlet, refused, sqlite_hamlet

__all__ = ["hamlet", "refused", "sqlite_hamlet"]
