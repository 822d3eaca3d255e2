"""This year's register beside the village's: nothing is guessed, nothing is done unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.differences import RegisterDifference
from kiosk.models.households import LifeEvent
from kiosk.models.register import ImportRun, Resident
from kiosk.services.access.views import views_on
from kiosk.services.differences import deciding, pages, reading
from kiosk.services.households import events
from kiosk.services.my_data import erasure
from kiosk.services.register.people import declare_relative
from kiosk.services.register.search import search
from kiosk.services.work import writing
from tests.services.differences.yearly import LAST_YEAR, STICK, ZHAO, Office, otherwise
from tests.services.register.registers import CHEN, LIN, WANG, write_csv

Code = Callable[..., str]
BABY = ("林小雨", "女", "2026-05-04", "东街12号", "0012", "女", "")
SUN = ("孙来", "男", "1970-08-08", "北街1号", "0050", "户主", "13900000000")
CLERK = ("钱办事", "男", "1980-01-01", "南街9号", "0099", "户主", "13700000000")
ELSEWHERE = ("北街7号", "0070")


def test_the_same_register_again_says_nothing_new(office: Office) -> None:
    office.hold_beside(*LAST_YEAR, otherwise(CLERK, sex="", relation="", phone=""))
    found = pages.overview(office.village, office.clerk)
    assert found is not None
    assert (found.people, found.unchanged, found.counts) == (5, 5, ())


def test_every_difference_is_of_its_kind(office: Office) -> None:
    phone, other_name = otherwise(LIN, phone="13999999999"), otherwise(CHEN, name="陈秀瑛")
    moved = otherwise(ZHAO, number=ELSEWHERE[0], code=ELSEWHERE[1], relation="户主")
    office.hold_beside(phone, other_name, moved, BABY, SUN)
    assert office.counts() == {"new": 2, "changed": 1, "moved": 1, "doubt": 1, "gone": 2}
    (line,) = office.waiting("changed")
    assert (line.name, line.differ) == ("林春生", ("phone",))
    (doubt,) = office.waiting("doubt")
    assert (doubt.name, doubt.why) == ("陈秀英", "name")
    assert {each.name for each in office.waiting("gone")} == {"王伟", "钱办事"}
    (away,) = office.waiting("moved")
    assert (away.house.number, away.after.lane, away.after.number) == ("3", "北街", "7")


def test_nothing_is_in_the_register_before_it_is_accepted(office: Office) -> None:
    office.hold_beside(*LAST_YEAR, SUN)
    assert search(office.village, "sl").total == 0
    assert office.misfits() == []


def test_who_is_new_comes_in_with_their_house_and_is_found(office: Office) -> None:
    office.hold_beside(*LAST_YEAR, SUN, BABY)
    done = office.decide("new")
    assert (done.added, done.new_houses, done.not_done) == (2, 1, ())
    assert search(office.village, "sunlai").total == 1
    sun = office.person("孙来")
    assert (sun.phone, sun.is_head, office.house_of("孙来").code) == ("13900000000", True, "0050")
    assert office.counts() == {"gone": 1}
    assert office.misfits() == []


def test_what_changed_is_written_and_a_blank_leaves_what_was_known(office: Office) -> None:
    office.hold_beside(otherwise(LIN, phone="13999999999", relation=""), *LAST_YEAR[1:])
    assert office.decide("changed").changed == 1
    lin = office.person("林春生")
    assert (lin.phone, lin.relation, lin.is_head) == ("13999999999", "户主", True)
    assert office.misfits() == []


def test_a_household_with_another_plate_stays_one(office: Office) -> None:
    other = [otherwise(each, number="东街14号") for each in (LIN, CHEN)]
    before = office.house_of("林春生").id
    office.hold_beside(*other, WANG, ZHAO)
    assert office.counts() == {"house": 1, "gone": 1}
    assert office.decide("house").changed_houses == 1
    assert (office.house_of("陈秀英").id, office.house_of("陈秀英").number) == (before, "14")
    assert {row.name for row in search(office.village, "dongjie14").rows} == {"林春生", "陈秀英"}
    assert office.misfits() == []


def test_a_family_moves_together_as_a_life_event_after_ten_minutes(office: Office) -> None:
    gone = [otherwise(each, number="北街7号", code="0070") for each in (WANG, ZHAO)]
    office.hold_beside(LIN, CHEN, *gone)
    (first, _) = office.waiting("moved")
    done = deciding.decide(
        office.village, office.clerk, [first.difference_id], "accept", new_touch_id()
    )
    assert (done.moved, done.not_done) == (2, ())
    assert office.house_of("王伟").number == "3", "nothing has changed yet"
    office.clock.advance(minutes=10)
    assert events.carry_out_due(office.village) == 1
    assert office.house_of("王伟").number == office.house_of("赵敏").number == "7"
    assert office.person("王伟").is_head
    assert office.misfits() == []


def test_two_moves_out_of_one_family_wait_for_one_another(office: Office) -> None:
    office.hold_beside(
        LIN,
        CHEN,
        otherwise(WANG, number="北街7号", code="0070"),
        otherwise(ZHAO, number="北街8号", code="0080"),
    )
    done = office.decide("moved")
    assert (done.moved, done.not_done) == (1, (("life_waits", 1),))
    assert office.counts()["moved"] == 1


def test_a_doubt_is_the_same_person_somebody_else_or_left_as_it_is(office: Office) -> None:
    office.hold_beside(LIN, otherwise(CHEN, name="陈秀瑛"), WANG, ZHAO)
    number = office.person("陈秀英").id
    assert office.decide("doubt").changed == 1
    assert office.person("陈秀瑛").id == number

    office.hold_beside(LIN, CHEN, WANG, ZHAO)
    assert office.decide("doubt", "other").added == 1
    assert office.person("陈秀瑛").id == number != office.person("陈秀英").id

    office.hold_beside(otherwise(LIN, born_on="1956-03-02"), CHEN, WANG, ZHAO)
    assert office.decide("doubt", "leave").left == 1
    assert office.person("林春生").born_on == date(1956, 3, 1)
    assert office.misfits() == []


def test_doubts_and_who_is_missing_are_never_decided_in_a_block(
    office: Office, refused: Code
) -> None:
    office.hold_beside(otherwise(LIN, name="林春升"), otherwise(CHEN, name="陈秀瑛"))
    for kind in ("doubt", "gone"):
        chosen = deciding.all_of(office.village, office.clerk, kind)
        assert len(chosen) > 1
        asked = (office.village, office.clerk, chosen, "accept", new_touch_id())
        assert refused(deciding.decide, *asked) == "difference_one"


def test_nobody_is_taken_out_because_a_file_does_not_name_them(office: Office) -> None:
    office.hold_beside(LIN, CHEN, WANG)
    missing = deciding.all_of(office.village, office.clerk, "gone")
    done = deciding.decide(office.village, office.clerk, missing[:1], "accept", new_touch_id())
    assert done.not_done == (("difference_gone", 1),)
    assert office.person("赵敏").active


def test_who_died_is_not_added_anew(office: Office, refused: Code) -> None:
    with writing(office.village) as work:
        erasure.erase_who_is_gone(
            work, office.person("陈秀英").id, "died", office.person("钱办事").id
        )
    office.hold_beside(*LAST_YEAR)
    assert office.counts() == {"doubt": 1, "gone": 1}
    (doubt,) = office.waiting("doubt")
    assert (doubt.name, doubt.why) == ("陈秀英", "left")
    asked = (office.village, office.clerk, [doubt.difference_id], "accept", new_touch_id())
    done = deciding.decide(*asked)  # type: ignore[arg-type]
    assert done.not_done == (("difference_nobody", 1),)
    assert office.decide("doubt", "leave").left == 1
    with office.village.read() as session:
        assert session.scalar(select(Resident.id).where(Resident.name == "陈秀英")) is None


def test_who_is_born_after_a_death_is_new_and_no_doubt(office: Office) -> None:
    with writing(office.village) as work:
        erasure.erase_who_is_gone(
            work, office.person("陈秀英").id, "died", office.person("钱办事").id
        )
    office.clock.advance(days=30)
    office.clerk = office.open_session(office.person("钱办事").id, "clerk")
    born = otherwise(BABY, born_on=office.today.isoformat())
    office.hold_beside(LIN, WANG, ZHAO, born)
    assert office.counts() == {"new": 1, "gone": 1}


def test_who_dies_while_the_file_waits_goes_from_it(office: Office) -> None:
    office.hold_beside(LIN, otherwise(CHEN, phone="13999999998"), WANG, ZHAO)
    assert office.counts() == {"changed": 1, "gone": 1}
    with writing(office.village) as work:
        erasure.erase_who_is_gone(
            work, office.person("陈秀英").id, "died", office.person("钱办事").id
        )
    assert office.counts() == {"gone": 1}


def test_nobody_decides_on_their_own_family(office: Office) -> None:
    with writing(office.village) as work:
        declare_relative(work, office.person("钱办事").id, office.person("王伟").id)
    office.hold_beside(
        LIN, CHEN, otherwise(WANG, phone="1390000"), ZHAO, CLERK, ("王小", *BABY[1:3], *WANG[3:])
    )
    assert office.decide("changed").not_done == (("life_own_family", 2),)
    assert office.decide("new").not_done == (("life_own_family", 1),)
    other = office.open_session(office.person("林春生").id, "officer")
    assert office.decide("changed", session=other).changed == 2
    assert office.misfits() == []


def test_what_changed_since_the_file_was_read_is_not_written_over(office: Office) -> None:
    office.hold_beside(otherwise(LIN, phone="13999999999"), *LAST_YEAR[1:])
    with writing(office.village) as work:
        person = work.session.get_one(Resident, office.person("林春生").id)
        person.phone = "13111111111"
    assert office.decide("changed").not_done == (("difference_changed", 1),)
    assert office.person("林春生").phone == "13111111111"
    assert office.counts()["changed"] == 1, "it waits until the file is read again"


def test_two_officials_who_accept_the_same_block_write_it_once(
    office: Office, refused: Code
) -> None:
    office.hold_beside(*LAST_YEAR, SUN)
    other = office.open_session(office.person("林春生").id, "officer")
    chosen = deciding.all_of(office.village, office.clerk, "new")
    first = deciding.decide(office.village, office.clerk, chosen, "accept", new_touch_id())
    assert first.added == 1
    asked = (office.village, other, chosen, "accept", new_touch_id())
    assert refused(deciding.decide, *asked) == "difference_decided"
    office.person("孙来")


def test_a_second_tap_writes_nothing_twice(office: Office) -> None:
    office.hold_beside(*LAST_YEAR, SUN)
    chosen, touch = deciding.all_of(office.village, office.clerk, "new"), new_touch_id()
    asked = (office.village, office.clerk, chosen, "accept", touch)
    assert deciding.decide(*asked) == deciding.decide(*asked)  # type: ignore[arg-type]
    with office.village.read() as session:
        assert len(session.scalars(select(ImportRun)).all()) == 3


class PowerCut(Exception):
    """The machine goes off."""


def test_a_power_cut_in_the_middle_of_a_block_leaves_nothing_half_done(office: Office) -> None:
    def cut(done: int, _of: int) -> None:
        if done == 2:
            raise PowerCut

    more = [otherwise(SUN, name=f"孙{each}", relation="") for each in "甲丙戊"]
    office.hold_beside(*LAST_YEAR, *more)
    chosen = deciding.all_of(office.village, office.clerk, "new")
    asked = (office.village, office.clerk, chosen, "accept", new_touch_id())
    with pytest.raises(PowerCut):
        deciding.decide(*asked, cut)  # type: ignore[arg-type]
    assert office.counts() == {"new": 3, "gone": 1}
    assert search(office.village, "beijie1").total == 0
    assert office.misfits() == []
    assert deciding.decide(*asked).added == 3  # type: ignore[arg-type]


def test_a_line_that_comes_twice_is_counted_and_goes_in_once(office: Office) -> None:
    office.hold_beside(*LAST_YEAR, SUN, SUN)
    found = pages.overview(office.village, office.clerk)
    assert found is not None
    assert (found.refused, dict(found.counts)["new"]) == (1, 1)


def test_the_register_of_another_village_changes_nothing(office: Office) -> None:
    more = [otherwise(SUN, name=f"赵{each}", code=f"9{place}") for place, each in enumerate(TWENTY)]
    office.hold_beside(*LAST_YEAR, *more)
    office.decide("new")
    others = [otherwise(each, name="钱" + each[0][1:]) for each in more]
    strangers = [otherwise(each, born_on="1944-04-04", code=f"X{each[4]}") for each in others]
    before = office.counts()
    with pytest.raises(ExpectedError) as refusal:
        office.hold_beside(LIN, *strangers)
    assert (refusal.value.code, refusal.value.values) == ("register_other_village", (21, 25, 1))
    assert office.counts() == before


TWENTY = "一二三四五六七八九十东南西北春夏秋冬山水"


def test_everybody_whose_entry_differs_sees_who_looked(office: Office) -> None:
    office.hold_beside(otherwise(LIN, phone="13999999999"), *LAST_YEAR[1:], CLERK)
    with office.village.read() as session:
        (look,) = views_on(session, office.person("林春生").id)
        assert (look.viewer_name, look.role, look.purpose) == ("钱办事", "clerk", "yearly_register")
        assert views_on(session, office.person("陈秀英").id) == ()
    assert office.misfits() == []
    with writing(office.village) as work:
        erasure.erase_who_is_gone(
            work, office.person("林春生").id, "died", office.person("钱办事").id
        )
    without_its_event = {"left: was not written down"}
    assert {each.name for each in office.misfits()} == without_its_event, "and all else holds"


def test_what_was_shown_is_accepted_though_the_file_changes_or_the_stick_is_pulled(
    office: Office,
) -> None:
    office.hold_beside(*LAST_YEAR, SUN)
    write_csv(office.sticks / STICK / "2027年名册.csv", [("姓名", "户号"), ("别人", "1")])
    (office.sticks / STICK).rename(office.sticks.parent / "pulled")
    assert office.decide("new").added == 1
    assert office.person("孙来").active


def test_a_stick_that_is_pulled_before_it_is_read_changes_nothing(office: Office) -> None:
    chosen = office.put_on_stick([*LAST_YEAR, SUN])
    (office.sticks / STICK).rename(office.sticks.parent / "pulled")
    with pytest.raises(EnvironmentFault) as trouble:
        office.read(chosen)
    assert trouble.value.code == "drive_gone"
    assert pages.overview(office.village, office.clerk) is None


def test_what_nobody_decided_on_stays_for_sixty_days(office: Office) -> None:
    office.hold_beside(*LAST_YEAR, SUN)
    office.clock.advance(days=59)
    reading.forget_old(office.village)
    with office.village.read() as session:
        assert len(session.scalars(select(RegisterDifference)).all()) == 2
    office.clock.advance(days=1)
    reading.forget_old(office.village)
    with office.village.read() as session:
        assert session.scalars(select(RegisterDifference)).all() == []


def test_a_move_that_was_taken_back_is_not_carried_out(office: Office) -> None:
    office.hold_beside(LIN, CHEN, WANG, otherwise(ZHAO, number="北街7号", code="0070"))
    office.decide("moved")
    with office.village.read() as session:
        event = session.scalars(select(LifeEvent)).one().id
    events.take_back(office.village, office.clerk, event, new_touch_id())
    office.clock.advance(minutes=10)
    events.carry_out_due(office.village)
    assert office.house_of("赵敏").number == "3"


def test_only_who_keeps_the_register_may(office: Office, refused: Code) -> None:
    found = office.read(office.put_on_stick(LAST_YEAR))
    keeper = office.open_session(office.person("林春生").id, "keeper")
    asked = (office.village, keeper, found, "yearly_register", new_touch_id())
    assert refused(reading.keep, *asked) == "not_allowed"
    asked = (office.village, office.clerk, found, "", new_touch_id())
    assert refused(reading.keep, *asked) == "purpose_missing"
