"""The hamlet of the cases."""

from tests.services.cases.conftest import hamlet, sqlite_hamlet

__all__ = ["hamlet", "sqlite_hamlet"]
