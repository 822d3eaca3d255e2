"""Record views: a purpose from the closed list, and a line on the person's own screen."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from kiosk.core.catalogue import catalogue
from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.services.access import roles, sessions, views
from kiosk.services.access.views import PURPOSES
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.access.entries import ledger_of
from tests.services.conftest import Street


def look(village: Village, session_id: str, subject: int, purpose: str) -> int:
    with writing(village) as work:
        viewer = sessions.require(work, session_id)
        return views.record_view(work, viewer, subject, purpose)


def test_a_look_is_shown_to_the_person_with_name_office_purpose_and_time(
    village: Village, street: Street, clock: SettableClock
) -> None:
    officer, subject = street.house().people[0], street.house().people[0]
    look(village, street.sign_in(officer, "officer"), subject, "decide_case")
    (line,) = views.views_of(village, street.sign_in(subject))
    assert line == views.RecordViewLine(
        viewer_name="林春生", role="officer", purpose="decide_case", at=clock.now()
    )


def test_every_look_counts_and_the_newest_comes_first(
    village: Village, street: Street, clock: SettableClock
) -> None:
    official, subject = street.house().people[0], street.house().people[0]
    session_id = street.sign_in(official, "officer", "clerk")
    look(village, session_id, subject, "decide_case")
    clock.advance(seconds=60)
    look(village, session_id, subject, "enrol")
    look(village, session_id, subject, "enrol")
    lines = views.views_of(village, street.sign_in(subject))
    assert [line.purpose for line in lines] == ["enrol", "enrol", "decide_case"]
    assert [line.role for line in lines] == ["clerk", "clerk", "officer"]


def test_the_ledger_has_the_look_with_ids_alone(village: Village, street: Street) -> None:
    officer, subject = street.house().people[0], street.house().people[0]
    look(village, street.sign_in(officer, "officer"), subject, "hear_appeal")
    assert ledger_of(village, "record_view") == [
        {"viewer": officer, "subject": subject, "purpose": "hear_appeal"}
    ]


@pytest.mark.parametrize("purpose", ["", "curiosity", "decide_case ", "DECIDE_CASE"])
def test_a_look_without_a_listed_purpose_is_refused(
    village: Village, street: Street, purpose: str
) -> None:
    officer = street.sign_in(street.house().people[0], "officer")
    with pytest.raises(ExpectedError) as refused:
        look(village, officer, street.house().people[0], purpose)
    assert refused.value.code == "purpose_missing"


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("role", [*roles.ROLES, ""])
def test_a_purpose_is_open_to_exactly_the_offices_that_have_it(
    sqlite_village: Village, purpose: str, role: str
) -> None:
    street = Street(sqlite_village)
    subject = street.house().people[0]
    held = (role,) if role else ()
    session_id = street.sign_in(street.house().people[0], *held)
    allowed = role in roles.MAY[PURPOSES[purpose]]
    with nullcontext() if allowed else pytest.raises(ExpectedError, match="not_allowed"):
        look(sqlite_village, session_id, subject, purpose)
    assert len(views.views_of(sqlite_village, street.sign_in(subject))) == int(allowed)


def test_nobody_sees_who_looked_at_somebody_else(village: Village, street: Street) -> None:
    officer, subject = street.house().people[0], street.house().people[0]
    session_id = street.sign_in(officer, "officer")
    look(village, session_id, subject, "decide_case")
    assert views.views_of(village, session_id) == ()


def test_every_purpose_and_office_has_words_in_both_languages() -> None:
    for key in [*(f"purpose_{each}" for each in PURPOSES), *(f"role_{r}" for r in roles.ROLES)]:
        assert catalogue().text(f"access.{key}", "zh") != catalogue().text(f"access.{key}", "en")


def test_every_purpose_has_words_on_the_screen_of_who_was_looked_at() -> None:
    for language in catalogue().languages:
        for purpose in PURPOSES:
            assert catalogue().text(f"my_record.why_{purpose}", language)
