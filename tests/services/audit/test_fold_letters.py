"""Letters as the log alone gives them: what somebody changes in the table is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.letters import Letter
from kiosk.services.audit.tables import verify_village
from kiosk.services.ledger import log
from kiosk.services.letters import letters
from kiosk.services.my_data import consent_choices
from kiosk.services.printing import spooler
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.worlds.kept import grown
from tests.worlds.logged import LoggedHamlet, furnish


@pytest.fixture
def hamlet(sqlite_village: Village, clock: SettableClock) -> LoggedHamlet:
    """A hamlet of which the log knows everything, in which A agreed to letters."""
    return grown(LoggedHamlet(sqlite_village, clock), _agreed)


def _agreed(hamlet: LoggedHamlet) -> None:
    furnish(hamlet)
    hamlet.consent([hamlet.people["A"]], "letter")


def issue(hamlet: LoggedHamlet) -> str:
    draft = letters.Draft(facts=("lives", "number"), to="学校", language="zh", days=30)
    seat, signed = hamlet.sign("A"), hamlet.signature("A")
    made = letters.issue(hamlet.village, seat, draft, signed, new_touch_id())
    while spooler.print_next(hamlet.village):
        pass
    return made.reference


def end(hamlet: LoggedHamlet, reference: str) -> str:
    return letters.end(hamlet.village, hamlet.sign("A"), reference, new_touch_id())


def findings(hamlet: LoggedHamlet) -> list[str]:
    return [each.name or each.code for each in verify_village(hamlet.village).findings]


@pytest.mark.long
def test_a_year_of_letters_stands_as_the_log_gives_it(hamlet: LoggedHamlet) -> None:
    first, second = issue(hamlet), issue(hamlet)
    assert end(hamlet, first) == letters.TAKEN_BACK
    hamlet.clock.moment += timedelta(minutes=11)
    assert end(hamlet, second) == letters.REVOKED
    third = issue(hamlet)
    letters.print_again(hamlet.village, hamlet.sign("A"), third, new_touch_id())
    while spooler.print_next(hamlet.village):
        pass
    assert findings(hamlet) == []
    consent_choices.withdraw(hamlet.village, hamlet.sign("A"), "letter", new_touch_id())
    assert findings(hamlet) == []
    with hamlet.village.read() as session:
        found = [each.ended_why for each in session.query(Letter).order_by(Letter.id)]
    assert found == ["taken_back", "revoked", "consent"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE letter SET says = replace(says, '学校', '银行')",
        "UPDATE letter SET valid_until = '2030-01-01'",
        "UPDATE letter SET resident_id = resident_id + 1",
        "UPDATE letter SET ended_at = issued_at, ended_why = 'revoked'",
        "UPDATE letter SET reference = 'L2026-9999'",
        "DELETE FROM letter",
    ],
)
def test_what_was_changed_in_the_table_is_found(hamlet: LoggedHamlet, statement: str) -> None:
    issue(hamlet)
    with hamlet.village.write() as session:
        session.execute(text(statement))
    assert findings(hamlet) != []


def test_a_letter_brought_back_into_force_is_found(hamlet: LoggedHamlet) -> None:
    reference = issue(hamlet)
    hamlet.clock.moment += timedelta(minutes=11)
    end(hamlet, reference)
    with hamlet.village.write() as session:
        session.execute(text("UPDATE letter SET ended_at = NULL, ended_why = ''"))
    assert findings(hamlet) != []


def _told(hamlet: LoggedHamlet, kind: str, **content: Any) -> None:
    with writing(hamlet.village) as work:
        log.append(work, kind, content)


def _issued(hamlet: LoggedHamlet, **other: Any) -> Callable[[], None]:
    def write() -> None:
        with hamlet.village.read() as session:
            index = log.head(session).size
        said: dict[str, Any] = {
            "letter": 9,
            "reference": f"L2026-{index:04d}",
            "resident": hamlet.people["A"],
            "language": "zh",
            "until": (hamlet.today + timedelta(days=30)).isoformat(),
            "says": "0" * 64,
        }
        _told(hamlet, letters.ISSUED, **said | other)

    return write


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"resident": 2}, "letter_issued: without consent"),
        ({"until": "2027-12-31"}, "letter_issued: not as long as one holds"),
        ({"reference": "L2026-9999"}, "letter_issued: not its number"),
    ],
)
def test_an_entry_that_the_rules_do_not_allow_is_named(
    hamlet: LoggedHamlet, other: dict[str, Any], why: str
) -> None:
    _issued(hamlet, **other)()
    assert why in findings(hamlet)


@pytest.mark.parametrize(
    ("whose", "ended", "minutes", "why"),
    [
        ("B", "revoked", 0, "letter_ended: somebody else's"),
        ("A", "taken_back", 30, "letter_ended: too late"),
        ("A", "consent", 0, "letter_ended: the consent stands"),
    ],
)
def test_an_end_that_the_rules_do_not_allow_is_named(
    hamlet: LoggedHamlet, whose: str, ended: str, minutes: int, why: str
) -> None:
    reference = issue(hamlet)
    hamlet.clock.moment += timedelta(minutes=minutes)
    with hamlet.village.read() as session:
        number = session.query(Letter.id).filter_by(reference=reference).scalar()
    said = {"letter": number, "resident": hamlet.people[whose], "why": ended}
    _told(hamlet, letters.ENDED, **said)
    assert why in findings(hamlet)
