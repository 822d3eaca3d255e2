"""A role of the test server that may do no more than a terminal needs."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine

from tests.worlds.server import postgres


@pytest.fixture
def role() -> Iterator[str]:
    """A role of its own on the test server, gone at the end."""
    name = f"Terminals {uuid.uuid4().hex[:8]}"
    server = create_engine(postgres(), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f'CREATE ROLE "{name}" LOGIN')
        yield name
        connection.exec_driver_sql(f'DROP ROLE "{name}"')
    server.dispose()
