"""The village: what every service function is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from sqlalchemy.orm import Session

from kiosk.core.catalogue import Catalogue
from kiosk.core.clock import Clock
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.models.database import Database
from kiosk.services.signing.keys import Keys


@dataclass(frozen=True, kw_only=True)
class Village:
    """One village's directory, settings, clock, database, keys and words."""

    directory: DataDirectory
    settings: Settings
    clock: Clock
    database: Database
    keys: Keys
    catalogue: Catalogue

    def read(self) -> AbstractContextManager[Session]:
        """One read-only transaction."""
        return self.database.read()

    def write(self) -> AbstractContextManager[Session]:
        """One writing transaction: on disk when its block ends."""
        return self.database.write()

    @contextmanager
    def closing(self) -> Iterator[Village]:
        """Close the database at the end of the block."""
        try:
            yield self
        finally:
            self.database.close()
