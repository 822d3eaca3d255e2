"""Article 1: only an enrolled adult who consented to the current text has a number; withdrawing
takes two taps and costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.core.settings import Settings, read_settings
from kiosk.models.consent import Consent
from kiosk.models.register import Resident
from kiosk.services.access import roles
from kiosk.services.cases import decide, notices, paper_notices
from kiosk.services.cases.flow import timed_moves
from kiosk.services.consent import consents
from kiosk.services.enrolment import explanation, joining
from kiosk.services.my_data import consent_choices
from kiosk.services.record import my_record
from kiosk.services.register.importing import plan, register_file
from tests.services.cases.conftest import Hamlet

TODAY = date(2026, 11, 23)


def number(hamlet: Hamlet, letter: str) -> int | None:
    return my_record.opened(hamlet.village, hamlet.sign(letter)).record.number


def years_before(years: int, later: int = 0) -> date:
    return TODAY.replace(year=TODAY.year - years) + timedelta(days=later)


def test_without_consent_nobody_has_a_number_not_even_an_officer(sqlite_hamlet: Hamlet) -> None:
    sqlite_hamlet.add("N", enrolled=False)
    assert number(sqlite_hamlet, "N") is None
    record = my_record.opened(sqlite_hamlet.village, sqlite_hamlet.officer("N")).record
    assert record.number is None


@pytest.mark.parametrize("born_on", [years_before(18, later=1), years_before(17), years_before(0)])
def test_no_clerk_can_enrol_a_child(sqlite_hamlet: Hamlet, born_on: date) -> None:
    sqlite_hamlet.add("K", born=born_on, enrolled=False)
    with pytest.raises(ExpectedError, match="under_age"):
        joining.enrol(
            sqlite_hamlet.village,
            sqlite_hamlet.sign("Z", "clerk"),
            sqlite_hamlet.people["K"],
            consents.PURPOSES,
            new_touch_id(),
            read_aloud=True,
            answers=explanation.UNDERSTOOD,
        )
    assert number(sqlite_hamlet, "K") is None


def test_a_consent_written_into_the_database_gives_a_child_no_number(
    sqlite_hamlet: Hamlet,
) -> None:
    sqlite_hamlet.add("K", born=years_before(12))
    assert number(sqlite_hamlet, "K") is None


def test_a_birth_date_corrected_to_a_childs_takes_the_number_away(sqlite_hamlet: Hamlet) -> None:
    assert number(sqlite_hamlet, "A") == 50
    with sqlite_hamlet.village.write() as session:
        session.get_one(Resident, sqlite_hamlet.people["A"]).born_on = years_before(15)
    assert number(sqlite_hamlet, "A") is None


def test_a_consent_to_any_other_purpose_is_no_consent_to_a_number(sqlite_hamlet: Hamlet) -> None:
    sqlite_hamlet.add("N", enrolled=False)
    others = tuple(purpose for purpose in consents.PURPOSES if purpose != "number")
    person, clerk = sqlite_hamlet.people["N"], sqlite_hamlet.sign("Z", "clerk")
    joining.enrol(
        sqlite_hamlet.village,
        clerk,
        person,
        others,
        new_touch_id(),
        read_aloud=True,
        answers=explanation.UNDERSTOOD,
    )
    assert number(sqlite_hamlet, "N") is None


def test_a_new_text_needs_a_new_consent_from_everybody(
    sqlite_hamlet: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert number(sqlite_hamlet, "A") == 50
    monkeypatch.setattr(consents, "CONSENT_TEXT_VERSION", consents.CONSENT_TEXT_VERSION + 1)
    assert [number(sqlite_hamlet, letter) for letter in "ABCDEYZ"] == [None] * 7


@pytest.mark.parametrize("role", ["officer", "keeper"])
def test_no_other_office_can_consent_for_somebody(sqlite_hamlet: Hamlet, role: roles.Role) -> None:
    sqlite_hamlet.add("N", enrolled=False)
    official, person = sqlite_hamlet.sign("Z", role), sqlite_hamlet.people["N"]
    with pytest.raises(ExpectedError, match="not_allowed"):
        joining.enrol(
            sqlite_hamlet.village,
            official,
            person,
            ("number",),
            new_touch_id(),
            read_aloud=True,
            answers=explanation.UNDERSTOOD,
        )


@pytest.mark.long
def test_nobody_is_reported_on_who_did_not_join(sqlite_hamlet: Hamlet) -> None:
    """It is taken, so that nobody learns who joined, and reaches nobody until it lapses."""
    hamlet = sqlite_hamlet
    hamlet.add("N", enrolled=False)
    taken = [hamlet.hand_in("B", "N", rule).case_id for rule in ("help", "litter")]
    hamlet.clock.advance(minutes=1)
    hamlet.enrol("N")
    village = hamlet.village
    for day in range(62):
        assert notices.notices(village, hamlet.sign("N")) == (), day
        assert paper_notices.waiting(village, hamlet.sign("Z", "clerk")) == ()
        assert decide.queue(village, hamlet.officer("Y")) == ()
        hamlet.clock.advance(days=1)
        timed_moves.tick(village)
    assert [hamlet.state(each) for each in taken] == ["lapsed", "lapsed"]
    assert (hamlet.entries(), hamlet.number("N")) == ([], 50)


def test_importing_a_register_enrols_nobody(sqlite_hamlet: Hamlet, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    rows = ("姓名,出生日期,门牌号,户号,同意", "王大年,1950-01-01,河埠路9号,9,是")
    file.write_text("\n".join(rows), "utf-8")
    village = sqlite_hamlet.village
    plan.apply(village, plan.plan(village, register_file.read_register(file)))
    with village.read() as session:
        newcomer = session.query(Resident).filter_by(name="王大年").one()
        assert not consents.enrolled(session, newcomer.id)
        assert session.query(Consent).filter_by(resident_id=newcomer.id).count() == 0


def test_no_setting_speaks_of_consent_and_an_unknown_one_is_refused(
    sqlite_hamlet: Hamlet,
) -> None:
    assert not {field.name for field in fields(Settings)} & {
        "consent", "consent_required", "minimum_age", "adult_years", "opt_out",
    }  # fmt: skip
    file = sqlite_hamlet.village.directory.settings
    file.write_text("consent_required = false\n" + file.read_text("utf-8"), "utf-8")
    with pytest.raises(EnvironmentFault, match="settings_damaged"):
        read_settings(file)


def test_withdrawing_costs_nothing_and_joining_again_brings_everything_back(
    sqlite_hamlet: Hamlet,
) -> None:
    sqlite_hamlet.approved_deed("A")
    village = sqlite_hamlet.village
    before = my_record.opened(village, sqlite_hamlet.sign("A")).record
    assert (before.number, before.wallet) == (53, 3)
    consent_choices.withdraw(village, sqlite_hamlet.sign("A"), "number", new_touch_id())
    without = my_record.opened(village, sqlite_hamlet.sign("A")).record
    assert (without.number, without.wallet) == (None, before.wallet)
    clerk = sqlite_hamlet.sign("Z", "clerk")
    joining.enrol(
        village,
        clerk,
        sqlite_hamlet.people["A"],
        ("number",),
        new_touch_id(),
        read_aloud=True,
        answers=explanation.UNDERSTOOD,
    )
    again = my_record.opened(village, sqlite_hamlet.sign("A")).record
    assert (again.number, again.lines, again.wallet) == (53, before.lines, before.wallet)


def test_withdrawing_asks_for_no_reason_and_no_official(sqlite_hamlet: Hamlet) -> None:
    line = consent_choices.withdraw(
        sqlite_hamlet.village, sqlite_hamlet.sign("A"), "number", new_touch_id()
    )
    assert not line.given
    assert number(sqlite_hamlet, "A") is None


def test_nobody_can_withdraw_or_read_the_consents_of_somebody_else(
    sqlite_hamlet: Hamlet,
) -> None:
    doors: list[Callable[..., object]] = [consent_choices.withdraw, consents.consents]
    for door in doors:
        names = door.__code__.co_varnames[: door.__code__.co_argcount]
        assert "resident_id" not in names
    consent_choices.withdraw(
        sqlite_hamlet.village, sqlite_hamlet.sign("Z", "clerk"), "number", new_touch_id()
    )
    assert number(sqlite_hamlet, "A") == 50
