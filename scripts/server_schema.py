"""Write beside the migrations what they make on PostgreSQL, which a village there is held against.

Usage: python -m scripts.server_schema
"""

from __future__ import annotations

import os

from sqlalchemy import create_engine

from kiosk.models import migrations, server_schema
from scripts.with_postgres import VARIABLE, server


def page(url: str) -> str:
    """The whole file, as the migrations give it on the server at `url`; nothing stays there."""
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql('CREATE SCHEMA "made by the migrations"')
        connection.exec_driver_sql('SET LOCAL search_path = "made by the migrations"')
        migrations.create(connection)
        made = server_schema.page(server_schema.found(connection))
        connection.rollback()
    engine.dispose()
    return made


def main() -> None:
    """Ask the server that is there, or one that is started for it."""
    if url := os.environ.get(VARIABLE):
        server_schema.FILE.write_text(page(url), "utf-8")
        return
    with server() as url:
        server_schema.FILE.write_text(page(url), "utf-8")


if __name__ == "__main__":
    main()
