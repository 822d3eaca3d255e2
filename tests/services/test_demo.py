"""The demo village: made once for these tests, through the real services."""

from __future__ import annotations

import stat
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from kiosk.core import ages
from kiosk.core.clock import VILLAGE_ZONE, SettableClock
from kiosk.core.errors import EnvironmentFault
from kiosk.core.paths import DataDirectory
from kiosk.models.access import RecordView, SignInSession
from kiosk.models.consent import Consent
from kiosk.models.printing import PrintJob
from kiosk.models.register import Household, Resident
from kiosk.models.rounds import Visit, VisitRound
from kiosk.models.stars import StarRound
from kiosk.services.access import sessions
from kiosk.services.access.views import views_of
from kiosk.services.audit.log import verify_log
from kiosk.services.audit.tables import verify_village
from kiosk.services.cases import decide, notices
from kiosk.services.cases.views import panel_view
from kiosk.services.demo.calendar import CLOSE_HOUR, OPEN_HOUR
from kiosk.services.demo.cards import DemoCard, demo_cards
from kiosk.services.demo.making import DemoVillage, make_demo
from kiosk.services.demo.people import demo_people, write_register
from kiosk.services.perks import catalogue
from kiosk.services.record import my_record
from kiosk.services.register.importing.register_file import read_register
from kiosk.services.register.search import search
from kiosk.services.upkeep.opening import DATABASE_VARIABLE, open_village
from kiosk.services.village import Village

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

pytestmark = [pytest.mark.timeout(300), pytest.mark.long]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoVillage]:
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv(DATABASE_VARIABLE, raising=False)
        yield make_demo(DataDirectory(tmp_path_factory.mktemp("demo") / "village"), NOW)


@pytest.fixture
def demo(made: DemoVillage, monkeypatch: pytest.MonkeyPatch) -> Iterator[Village]:
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
    with open_village(made.directory, SettableClock(NOW)).closing() as village:
        yield village


def card(made: DemoVillage, story: str) -> DemoCard:
    return next(each for each in made.cards if each.story == story)


def signed_in(demo: Village, of: DemoCard) -> sessions.SignedIn:
    return sessions.sign_in(demo, of.number, of.pin, official=of.official)


def test_it_has_1200_people_in_400_households_with_shops_farmyards_and_workshops(
    demo: Village,
) -> None:
    with demo.read() as session:
        people = session.scalar(select(func.count()).select_from(Resident))
        premises = Counter(session.scalars(select(Household.premises)))
        lanes = set(session.scalars(select(Household.lane)))
    assert people == 1200
    assert premises == {"home": 336, "shop": 24, "farmyard": 30, "workshop": 10}
    assert len(lanes) == 8


def test_it_is_the_same_village_on_every_machine(tmp_path: Path) -> None:
    files = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for file in files:
        write_register(file, demo_people())
    assert files[0].read_bytes() == files[1].read_bytes()


def test_its_register_reads_without_a_refusal(tmp_path: Path) -> None:
    write_register(tmp_path / "r.csv", demo_people())
    register = read_register(tmp_path / "r.csv")
    assert len(register.rows) == 1200
    assert register.refused == ()
    assert all(row.born_on and row.sex for row in register.rows)


def test_surnames_are_as_common_as_in_the_country() -> None:
    names = [each.name[0] for door in demo_people() for each in door.members]
    assert {name for name, _ in Counter(names).most_common(3)} == set("王李张")
    top_hundred_and_more = len(set(names))
    assert top_hundred_and_more > 100


def test_every_kind_of_difficult_name_is_in_it(demo: Village) -> None:
    with demo.read() as session:
        names = list(session.scalars(select(Resident.name)))
    for character in "单仇解曾区盖查翟乐朴䶮㛃𬭎堃":
        assert any(character in name for name in names), character
    for surname in ("欧阳", "尉迟", "万俟", "澹台", "诸葛", "令狐"):
        assert any(name.startswith(surname) for name in names), surname
    assert sum("·" in name for name in names) >= 3
    assert Counter(names)["李秀英"] >= 5
    assert Counter(names)["王伟"] >= 4


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lcs", "林春生"),
        ("shanyaqin", "单雅琴"),
        ("moqi", "万俟志远"),
        ("东街12", "林春生"),
        ("zhangyan", "张䶮"),
        ("ayiguli", "阿依古丽·买买提"),
    ],
)
def test_they_are_found_as_people_type_them(demo: Village, typed: str, name: str) -> None:
    assert name in [row.name for row in search(demo, typed).rows]


def test_the_first_card_opens_the_book_of_the_sketch(made: DemoVillage, demo: Village) -> None:
    first = made.cards[0]
    assert (first.name, first.story) == ("林春生", "main")
    session = signed_in(demo, first).id
    record = my_record.opened(demo, session).record
    assert (record.number, record.base, record.deeds, record.stars, record.concerns) == (
        67,
        50,
        15,
        2,
        0,
    )
    deeds = [(line.points, line.happened_on) for line in record.lines if line.kind == "deed"]
    assert deeds == [
        (6, date(2026, 10, 12)),
        (3, date(2026, 9, 30)),
        (3, date(2026, 8, 18)),
        (3, date(2026, 7, 2)),
    ]
    assert {view.purpose for view in views_of(demo, session)} >= {"enrol", "decide_case"}


def test_the_shelf_is_stocked_and_one_thing_has_run_out(demo: Village) -> None:
    listed = catalogue.perks(demo)
    assert [each.price for each in listed] == [3, 5, 8, 15, 20, 10, 12, 6]
    assert [each.picture for each in listed if not each.stock] == ["oil"]
    assert all(each.title["zh"] and each.title["en"] for each in listed)


def test_every_total_of_the_year_follows_from_its_log(demo: Village) -> None:
    assert verify_village(demo).findings == ()


def test_a_nomination_waits_to_be_accepted(made: DemoVillage, demo: Village) -> None:
    person = signed_in(demo, card(made, "nomination"))
    (line,) = notices.notices(demo, person.id)
    assert (line.needs, line.from_whom) == ("accept", "林春生")


def test_a_concern_waits_for_its_answer_and_its_reporter_is_sealed(
    made: DemoVillage, demo: Village
) -> None:
    person = signed_in(demo, card(made, "concern"))
    (line,) = notices.notices(demo, person.id)
    assert (line.needs, line.from_whom) == ("reply", "")


def test_the_first_card_sits_on_a_panel_whose_pages_can_be_tried(
    made: DemoVillage, demo: Village
) -> None:
    main = card(made, "main")
    session_id = signed_in(demo, main).id
    [seat] = panel_view.my_panels(demo, session_id)
    assert not seat.voted
    view = panel_view.open_panel_case(demo, session_id, seat.case_id)
    assert main.name in {each.name for each in view.members}
    assert view.candidates == 3
    assert view.photos == 0


def test_no_look_of_the_past_was_while_the_hall_was_closed(demo: Village) -> None:
    with demo.read() as session:
        looks = session.scalars(select(RecordView.at)).all()
    hours = {look.astimezone(VILLAGE_ZONE).hour for look in looks}
    assert looks
    assert hours <= set(range(OPEN_HOUR, CLOSE_HOUR))


def test_somebody_newly_enrolled_has_no_deeds_yet(made: DemoVillage, demo: Village) -> None:
    record = my_record.opened(demo, signed_in(demo, card(made, "fresh")).id).record
    assert (record.base, record.deeds, record.concerns) == (50, 0, 0)


def test_three_officers_of_three_households_have_cases_on_their_desk(
    made: DemoVillage, demo: Village
) -> None:
    officers = [signed_in(demo, each) for each in made.cards if each.story == "officer"]
    assert len({each.household_id for each in officers}) == 3
    for officer in officers:
        lines = decide.queue(demo, officer.id)
        assert {line.state for line in lines} == {"submitted", "accepted", "replied", "decided"}
        assert sum(line.mine_to_decide for line in lines) >= 3


def test_clerk_and_keeper_have_cards_too(made: DemoVillage, demo: Village) -> None:
    assert signed_in(demo, card(made, "clerk")).roles == {"clerk"}
    assert signed_in(demo, card(made, "keeper")).roles == {"keeper"}


def test_about_three_hundred_grown_up_people_are_enrolled(demo: Village) -> None:
    with demo.read() as session:
        enrolled = session.execute(
            select(Resident.born_on, Consent.given_at)
            .join(Consent, Consent.resident_id == Resident.id)
            .where(Consent.purpose == "number")
        ).all()
    assert len(enrolled) == 301
    assert all(ages.is_adult(born_on, given_at.date()) for born_on, given_at in enrolled)


def test_its_past_is_a_year_long_and_one_star_round_is_finished(demo: Village) -> None:
    with demo.read() as session:
        (finished,) = session.scalars(select(StarRound)).all()
        first = session.scalar(select(func.min(Consent.given_at)))
        assert finished.published_at is not None
        assert (finished.year, finished.quarter) == (2026, 3)
    assert first == NOW - timedelta(days=365)


def test_a_round_of_stars_is_at_work(demo: Village) -> None:
    """Some households are looked at, some told; one wants a new look, and one appeals."""
    with demo.read() as session:
        (at_work,) = session.scalars(select(VisitRound)).all()
        assert (at_work.year, at_work.quarter, at_work.closed_at) == (2026, 4, None)
        found = {(each.state, each.look) for each in session.scalars(select(Visit))}
    assert found == {("open", 1), ("open", 2), ("open", 3), ("to_tell", 1), ("told", 1)}


def test_nothing_waits_at_the_printer_and_nobody_is_signed_in(demo: Village) -> None:
    with demo.read() as session:
        assert set(session.scalars(select(PrintJob.phase))) == {"done"}
        left_open = select(func.count()).where(
            SignInSession.ended_at.is_(None), SignInSession.opened_at < NOW
        )
        assert session.scalar(left_open) == 0


def test_its_log_verifies(demo: Village) -> None:
    assert verify_log(demo).consistent


def test_the_start_screen_finds_the_cards_in_a_demo_alone(
    made: DemoVillage, demo: Village, sqlite_village: Village
) -> None:
    assert demo.settings.demo
    assert demo_cards(demo) == made.cards
    for each in made.cards:
        assert demo.catalogue.text(each.words_key, "zh")
    file = made.directory.root / "demo_cards.json"
    (sqlite_village.directory.root / "demo_cards.json").write_bytes(file.read_bytes())
    assert demo_cards(sqlite_village) == ()


def test_cards_are_for_the_owner_alone_and_there_is_a_sheet_to_print(made: DemoVillage) -> None:
    for name in ("demo_cards.json", "demo-cards.pdf"):
        file = made.directory.root / name
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (made.directory.root / "demo-cards.pdf").read_bytes().startswith(b"%PDF")


def test_a_village_is_not_written_over(made: DemoVillage) -> None:
    with pytest.raises(EnvironmentFault, match="village_exists"):
        make_demo(made.directory, NOW)


def test_an_interrupted_making_leaves_nothing_that_looks_like_a_village(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(Exception):
        pass

    def interrupt(_done: int, _of: int) -> None:
        raise Interrupted

    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
    directory = DataDirectory(tmp_path / "village")
    with pytest.raises(Interrupted):
        make_demo(directory, NOW, interrupt)
    assert list(tmp_path.iterdir()) == []
