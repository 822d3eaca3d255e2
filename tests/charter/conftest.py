"""The charter's tests try to break it through every door; they share the hamlet of the reports."""

from __future__ import annotations

from tests.services.cases.conftest import hamlet, refused, sqlite_hamlet

__all__ = ["hamlet", "refused", "sqlite_hamlet"]
