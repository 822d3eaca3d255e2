"""The number with every point explained, of people with few entries and with many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from kiosk.core.ids import new_session_id, session_digest
from kiosk.models.access import SignInSession
from kiosk.services.access import acting
from kiosk.services.record.my_record import Record, record_in
from kiosk.services.village import Village
from tests.benchmarks.harness.bare import connected
from tests.benchmarks.harness.line import OURS, Goal, Line, Place, Row, Side, Size
from tests.benchmarks.harness.timing import milliseconds
from tests.benchmarks.harness.worlds import FEW, MANY, MOST_ENROLLED, village_of

RAW, SHORT = "one raw query", "the same in a short log"
LOGS: dict[Size, tuple[int, int]] = {"quick": (6_000, 8_000), "whole": (10_000, 1_000_000)}
_PEOPLE = {"few": 1, "many": 2}
_QUERY = """
    SELECT p.points, p.happened_on, p.effective_on, p.ends_on, r.rule, r.title, m.move, d.name
    FROM point_entry p
    JOIN "case" c ON c.id = p.case_id
    JOIN rule_version r ON r.id = c.rule_version_id
    LEFT JOIN case_move m ON m.case_id = c.id AND m.move = 'approve'
    LEFT JOIN resident d ON d.id = m.actor_id
    WHERE p.resident_id = ? AND p.ended_on IS NULL
"""


@contextmanager
def _sides(place: Place) -> Iterator[Mapping[str, Side]]:
    short, long = LOGS[place.size]
    with (
        village_of(MOST_ENROLLED, short, place.folder / "short").closing() as one,
        village_of(MOST_ENROLLED, long, place.folder / "long").closing() as other,
    ):
        raw = connected(other.directory.database)

        def ask_for(person: int) -> object:
            return raw.execute(_QUERY, (person,)).fetchall()

        def ask() -> Mapping[str, float]:
            return {key: milliseconds(partial(ask_for, person)) for key, person in _PEOPLE.items()}

        yield {OURS: _explaining(other), RAW: ask, SHORT: _explaining(one)}
        raw.close()


def _explaining(village: Village) -> Side:
    sessions = {key: _session(village, person) for key, person in _PEOPLE.items()}
    _my_record(village, sessions["few"])  # what is compiled once is not this line's

    def explain() -> Mapping[str, float]:
        return {
            key: milliseconds(partial(_my_record, village, each)) for key, each in sessions.items()
        }

    return explain


def _my_record(village: Village, session_id: str) -> Record:
    with acting.reading(village, session_id) as work:
        return record_in(work)


def _session(village: Village, person: int) -> str:
    now, session_id = village.clock.now(), new_session_id()
    key = session_digest(session_id)
    with village.write() as session:
        session.add(SignInSession(id=key, resident_id=person, opened_at=now, seen_at=now))
    return session_id


def lines(size: Size) -> Iterator[Line]:
    """Two people in a long log."""
    short, long = LOGS[size]
    goals = (Goal(3), Goal(1.2, SHORT))
    yield Line(
        name="number",
        rows=(
            Row("few", f"the number, explained: {FEW} deeds, a log of {long:,}", "ms", goals),
            Row("many", f"the number, explained: {MANY:,} deeds", "ms", goals),
        ),
        beside=(RAW, SHORT),
        limit=RAW,
        sides=_sides,
        runs=5 if size == "whole" else 1,
        note="`my_record`, all that the page shows: the sum with every line, what is coming, the"
        f" wallet, the newest looks and what is under way; the short log has"
        f" {short:,} entries. Beside it one query that joins the same person's points, cases,"
        " rules and who decided.",
    )
