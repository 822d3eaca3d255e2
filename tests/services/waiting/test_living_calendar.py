"""The calendar has what concerns everybody; those in office see more, of people counts alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.core.open_days import Span, What
from kiosk.services.calendar import closing_days
from kiosk.services.check import papers
from kiosk.services.printing import spooler
from kiosk.services.upkeep import backup
from kiosk.services.waiting import living_calendar
from tests.services.calendar.conftest import Shop, hamlet, shop, sqlite_hamlet, sqlite_shop
from tests.services.rule_changes import road

__all__ = ["hamlet", "shop", "sqlite_hamlet", "sqlite_shop"]
DECEMBER = date(2026, 12, 1)


def close(shop: Shop, first: date, last: date | None, what: What, name: str = "") -> None:
    span = Span(what=what, first=first, last=last, name=name)
    closing_days.write_down(shop.hamlet.village, shop.clerk, span, new_touch_id())


def marks(seen: living_calendar.Month) -> list[tuple[int, str]]:
    return [(each.day.day, each.what) for each in seen.marks if each.what != "term"]


def test_everybody_sees_when_the_hall_is_closed_and_what_becomes_of_the_rules(shop: Shop) -> None:
    hamlet = shop.hamlet
    close(shop, date(2026, 12, 30), date(2027, 1, 2), "holiday", "元旦 / New Year")
    close(shop, date(2026, 12, 6), None, "weekly")
    road.propose(hamlet, road.OTHER_POINTS)
    shop.reserve("A", shop.soap)
    seen = living_calendar.for_everybody(hamlet.village, DECEMBER)
    decided = hamlet.today + timedelta(days=14)
    assert marks(seen) == [(6, "weekly"), (decided.day, "rule_decided"), (30, "holiday")]
    assert {6, 13, 20, 27, 30, 31} == {each.day for each in seen.closed}
    terms = [(each.day.day, each.told) for each in seen.marks if each.what == "term"]
    assert terms == [(7, 17), (22, 18)]  # 大雪, 冬至


def test_the_festivals_of_the_moon_are_on_their_days(shop: Shop) -> None:
    seen = living_calendar.for_everybody(shop.hamlet.village, date(2027, 2, 1))
    found = [(each.day.day, each.name) for each in seen.marks if each.what == "festival"]
    assert found == [(5, "new_years_eve"), (6, "spring_festival"), (20, "lantern")]

    def say(key: str, *values: object) -> str:
        return shop.hamlet.village.catalogue.text(key, "zh", *values)

    assert [living_calendar.said(say, each, "zh") for each in seen.marks][-1] == "元宵节"


def test_those_in_office_see_the_newest_backup_and_the_next(sqlite_shop: Shop) -> None:
    hamlet, village = sqlite_shop.hamlet, sqlite_shop.hamlet.village
    made = backup.back_up(village).file
    first = hamlet.today.replace(day=1)

    def backups(month: date) -> list[tuple[date, str]]:
        seen = living_calendar.for_officials(village, sqlite_shop.clerk, month)
        return [(each.day, each.what) for each in seen.marks if "backup" in each.what]

    tomorrow = hamlet.today + timedelta(days=1)
    found = {*backups(first), *backups(tomorrow.replace(day=1))}
    assert found == {(hamlet.today, "backup"), (tomorrow, "next_backup")}
    everybody = living_calendar.for_everybody(village, first).marks
    assert not [each for each in everybody if "backup" in each.what]
    hamlet.clock.advance(days=3)  # one that is late is made today
    assert (hamlet.today, "next_backup") in backups(hamlet.today.replace(day=1))
    assert made.is_file()


def test_the_poster_can_be_as_large_as_the_board(shop: Shop) -> None:
    village = shop.hamlet.village
    asked = (village, shop.clerk, DECEMBER, new_touch_id(), "zh")
    job = living_calendar.print_poster(*asked, "A3")
    while spooler.print_next(village):
        pass
    paper = next(each for each in shop.hamlet.jobs() if each.id == job)
    assert (paper.media, paper.phase) == ("A3", "done")


def test_those_in_office_see_what_is_kept_as_a_count(shop: Shop) -> None:
    hamlet = shop.hamlet
    made = [shop.reserve("A", shop.soap) for _ in range(2)]
    seen = living_calendar.for_officials(hamlet.village, shop.clerk, DECEMBER)
    (kept,) = [each for each in seen.marks if each.what == "kept"]
    assert (kept.day, kept.told, kept.name) == (made[0].collect_by, 2, "")
    with pytest.raises(ExpectedError, match="not_allowed"):
        living_calendar.for_officials(hamlet.village, hamlet.sign("A"), DECEMBER)


def test_the_poster_has_what_concerns_everybody_and_is_known_again(shop: Shop) -> None:
    hamlet, village = shop.hamlet, shop.hamlet.village
    close(shop, date(2026, 12, 30), date(2026, 12, 31), "closed", "盘点 / Stock-taking")
    shop.reserve("A", shop.soap)
    while spooler.print_next(village):
        pass
    touch = new_touch_id()
    asked = (village, shop.clerk, DECEMBER, touch, "zh")
    assert living_calendar.print_poster(*asked) == living_calendar.print_poster(*asked)
    spooler.print_next(village)
    job = hamlet.jobs()[-1]
    assert (job.paper, job.media, job.reference) == ("calendar", "A4", "C202612")
    assert "盘点，村部不开门" in str(job.payload)
    assert "留好" not in str(job.payload)
    assert papers.check_paper(village, job.qr_text).verdict == "genuine"
