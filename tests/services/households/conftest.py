"""The hamlet of the reports' tests, for what happens in its families."""

from __future__ import annotations

from tests.services.cases.conftest import hamlet, refused, sqlite_hamlet

__all__ = ["hamlet", "refused", "sqlite_hamlet"]
