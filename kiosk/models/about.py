"""What a table says of itself beside its columns: whom its rows are about, and what follows.

The copy of one's data, erasure and audit read it, so a table is entered nowhere else.
`tests/models/test_about.py` fails for a table, or a column that names a person, that says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

ErasedBy = Literal["register", "log", "papers"]
"""Who erases what no column of a row leads to; `kiosk.services.my_data.erasure` has each."""


@dataclass(frozen=True)
class Rows:
    """Every row about the person is one of a section of their copy, with these columns."""

    section: str
    columns: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    """Columns that say nothing a person could read, such as a hash."""


@dataclass(frozen=True)
class Within:
    """The copy tells of the rows in these sections, which `my_data.data_copy` puts together."""

    sections: tuple[str, ...]


@dataclass(frozen=True)
class NotCopied:
    """The copy leaves the rows out."""

    why: str


@dataclass(frozen=True, kw_only=True)
class About:
    """Which columns name a person, and what becomes of a row when that person leaves.

    A row of a case needs no column for it: where `case_id` must be set, it goes with the case.
    """

    erased: tuple[str, ...] = ()
    """The row is about the person in any of these columns, and goes with them."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """The person in these columns took part in what is about somebody else; why the row stays."""
    blanked: Mapping[str, object] = field(default_factory=dict)
    """The row of the person stays as a number; what stands in its columns afterwards."""
    erased_by: ErasedBy | None = None
    copied: Rows | Within | NotCopied | None = None
    """None where no row is about a person."""
    forgets: tuple[str, ...] | Literal["row"] = ()
    """What was said of a case in these columns is blank once the case, a concern, ended."""
    papers: str = ""
    """The column under whose value papers about the person were printed."""


NOBODY = About()
"""No row is about a person."""


@dataclass(frozen=True, kw_only=True)
class Projected:
    """The log gives every row: `kiosk.services.audit.fold` makes them anew and compares them all.

    A column is compared unless `unproved` says why nothing is decided by it. A moment may be some
    seconds from the entry's.
    """

    key: tuple[str, ...]
    """What tells the rows apart, in what the log says of them: often not the primary key."""
    unproved: Mapping[str, str] = field(default_factory=dict)
    """Columns that the log does not give, each with the reason why nobody is decided on by it."""
    counted: str = ""
    """The column that the database counts up. Its numbers may be any, in the order of the log;
    several rows of one `key` are told apart by it."""
    digested: tuple[str, ...] = ()
    """Columns of which the log has the digest alone (`core.encoding.digest_of`)."""
    entry: str = ""
    """The kind of entry that puts one row each; empty where a taker of the fold says more."""
    told: Mapping[str, str] = field(default_factory=dict)
    """What such an entry says under a name, and the column that says it too; days as YYYY-MM-DD."""
    at: str = ""
    """The column with the moment of such an entry; empty where the row has none."""

    def compared(self, columns: Iterable[str]) -> tuple[str, ...]:
        """Those of `columns` that are the same in the table and in what the log gives."""
        return tuple(each for each in columns if each not in (*self.unproved, self.counted))


@dataclass(frozen=True)
class Proved:
    """No entry gives the rows, and audit holds them to account in another way: the log itself."""

    how: str
    unproved: Mapping[str, str] = field(default_factory=dict)
    """Columns that this leaves out, each with the reason why nobody is decided on by it."""
    believed: Mapping[str, str] = field(default_factory=dict)
    """What of a column is taken at another entry's word, and why nobody is decided on by it."""


@dataclass(frozen=True)
class NotInLog:
    """The log gives no row of it, and nobody is decided on by what stands in it."""

    why: str
