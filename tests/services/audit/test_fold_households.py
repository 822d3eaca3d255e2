"""What no desk would say of a life event is named, and whatever is changed in its table."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlalchemy import text

from kiosk.core.encoding import digest_of
from kiosk.models.households import LifeEvent
from kiosk.services.audit.log import Finding
from kiosk.services.audit.tables import check_tables
from kiosk.services.ledger import log
from kiosk.services.work import reading, writing
from tests.services.cases.conftest import Hamlet, hamlet
from tests.services.households.family import CLERK, clerk, happens, home_of, plan, write

__all__ = ["hamlet"]

NOT_ALLOWED: Mapping[str, tuple[str, Mapping[str, object], str]] = {
    "what happens in no family": ("life_event", {"kind": "divorce"}, "nothing that happens"),
    "by nobody in office": ("life_event", {"by": "B"}, "without the office"),
    "a death that one wrote alone": ("life_event", {"kind": "death"}, "without a second officer"),
    "a death that a neighbour agreed to": (
        "life_event",
        {"kind": "death", "second": "B"},
        "without a second officer",
    ),
    "in force at once": ("life_event_over", {"state": "done"}, "not in its time"),
    "ended in a way that is none": ("life_event_over", {"state": "forgotten"}, "was over"),
}


@pytest.mark.parametrize("what", NOT_ALLOWED)
def test_what_no_desk_would_say_is_named(hamlet: Hamlet, what: str) -> None:
    kind, said, why = NOT_ALLOWED[what]
    line = write(hamlet, plan(hamlet, "away", "A", "A"))
    by_letter = {name: hamlet.people.get(str(each), each) for name, each in said.items()}
    base: dict[str, object] = {"event": line.event_id, "by": hamlet.people[CLERK]}
    if kind == "life_event":
        of_another = {"event": 77, "kind": "birth", "household": home_of(hamlet, "A")}
        base |= {**of_another, "plan": digest_of("{}")}
    with writing(hamlet.village) as work:
        log.append(work, kind, {**base, **by_letter})
    assert any(each.code == "not_allowed" and why in each.name for each in found(hamlet))


def test_what_was_taken_back_too_late_is_named(hamlet: Hamlet) -> None:
    line = write(hamlet, plan(hamlet, "away", "A", "A"))
    hamlet.clock.advance(minutes=20)
    said = {"event": line.event_id, "state": "withdrawn", "by": hamlet.people[CLERK]}
    with writing(hamlet.village) as work:
        log.append(work, "life_event_over", said)
    assert "life_event_over: not in its time" in {each.name for each in found(hamlet)}


@pytest.mark.parametrize("column", ["kind", "state", "plan", "by_id", "household_id"])
def test_whatever_is_changed_in_a_life_event_is_named(hamlet: Hamlet, column: str) -> None:
    clerk(hamlet)
    happens(hamlet, plan(hamlet, "away", "A", "A"))
    other = hamlet.people["B"] if column == "by_id" else home_of(hamlet, "B")
    value = other if column in ("by_id", "household_id") else "other"
    with hamlet.village.write() as session:
        event = session.query(LifeEvent).one()
        session.execute(
            text(f"UPDATE life_event SET {column} = :value WHERE id = :id"),
            {"value": value, "id": event.id},
        )
    assert f"life_event.{column}" in {each.name for each in found(hamlet)}


def found(hamlet: Hamlet) -> list[Finding]:
    with reading(hamlet.village) as work:
        return list(check_tables(work).findings)
