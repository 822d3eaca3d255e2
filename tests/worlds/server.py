"""Databases on the test server: each a copy of one that has in it what its tests begin with."""

from __future__ import annotations

import atexit
import os
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url

from kiosk.models.database import Database

_NAME = "database"
_reserved: dict[str, str] = {}
"""Of databases that nobody has looked into yet: of which one each will be a copy."""
_one_at_a_time, _one_statement = threading.Lock(), threading.Lock()


def postgres() -> str:
    """The URL of the test server; empty without one."""
    return os.environ.get("KIOSK_TEST_POSTGRES", "")


class PostgresDatabase:
    """A fresh database on the test server, a copy of `template`, dropped at the end."""

    def __init__(self, template: str = "template1") -> None:
        self.name = f"kiosk_{uuid.uuid4().hex}"
        self._template = template

    @property
    def url(self) -> str:
        """Where it is found."""
        return make_url(postgres()).set(database=self.name).render_as_string(hide_password=False)

    def __enter__(self) -> str:
        _copy(self._template, self.name)
        return self.url

    def __exit__(self, *_: object) -> None:
        _on_server(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    @contextmanager
    def when_wanted(self) -> Iterator[str]:
        """The same, made by whoever connects to it first: until then `become` is free."""
        _reserved[self.name] = self._template
        try:
            yield self.url
        finally:
            if _reserved.pop(self.name, None) is None:
                self.__exit__()


def beginning(database: Database) -> str:
    """What `database` will be a copy of; empty when somebody looked into it already."""
    return _reserved.get(_name_of(database), "")


def become(database: Database, kept: Path) -> None:
    """`database`, which nobody has looked into yet, will be a copy of what was left in `kept`."""
    _reserved[_name_of(database)] = name_in(kept)


def left_in(kept: Path, template: str) -> str:
    """The URL of a copy of `template` that stays for the whole run, and is named in `kept`."""
    made = PostgresDatabase(template)
    (kept / _NAME).write_text(made.name)
    return made.__enter__()


def name_in(kept: Path) -> str:
    """The name of the database that was left in `kept`."""
    return (kept / _NAME).read_text()


@event.listens_for(Engine, "do_connect")
def _make_what_is_reserved(
    _dialect: object, _record: object, _arguments: object, named: dict[str, Any]
) -> None:
    name = named.get("dbname", "")
    with _one_at_a_time:
        if template := _reserved.pop(name, None):
            _copy(template, name)


def _name_of(database: Database) -> str:
    return make_url(database.url).database or ""


def _copy(template: str, name: str) -> None:
    template = _reserved.get(template, template)  # nobody has looked into it: they are the same
    # File by file: to write every page of it into the server's log takes twice as long.
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')


def _on_server(statement: str) -> None:
    with _one_statement:
        _line(os.getpid(), postgres()).execute(statement.encode())


@cache
def _line(process: int, server: str) -> psycopg.Connection[Any]:
    """What this process says to the server: to begin anew each time costs as much as to say it."""
    url = make_url(server).set(drivername="postgresql")
    line = psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)
    atexit.register(_hang_up, line, process)
    return line


def _hang_up(line: psycopg.Connection[Any], process: int) -> None:
    if process == os.getpid():
        line.close()
