"""The years before the demo's own: a village of 1,200 lives, month by month, through the services.

People join, leave and lose their cards; they do good and raise concerns; houses get their stars
each quarter; what lies on the shelf is fetched; families live (`families`); an office changes hands
twice. What happens is drawn from the village's own chance, of the people who live there on that
day. The families of the script stay as they are: their year comes last.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import pairwise

from kiosk.core.ages import is_adult
from kiosk.core.clock import VILLAGE_ZONE, village_day
from kiosk.core.ids import new_touch_id
from kiosk.services.access import grants, offices
from kiosk.services.access.cards import IssuedCard
from kiosk.services.access.offices import Change, Signature
from kiosk.services.cases.flow import timed_moves
from kiosk.services.consent.consents import enrolled_among
from kiosk.services.demo.calendar import OPEN_HOUR, Calendar
from kiosk.services.demo.families import A_YEAR, Families
from kiosk.services.demo.hall import Hall, Villager
from kiosk.services.demo.past import Past
from kiosk.services.households import events
from kiosk.services.households.plans import Kind
from kiosk.services.my_data import erasure
from kiosk.services.perks import catalogue, redemptions, shelf
from kiosk.services.rule_changes import changes
from kiosk.services.rule_changes.drafts import Draft
from kiosk.services.rulebook import book
from kiosk.services.wallet.balance import wallet_of
from kiosk.services.work import reading

_DEEDS, _NOMINATIONS = 7, 2
_JOIN, _NEW_CARDS, _FETCH = 2, 1, 2
"""A month: deeds, deeds named by a neighbour, who joins, cards, things from the shelf."""
_LEAVE_IN, _SHELF_IN = 5, 1
"""The months of each year in which somebody leaves, and in which the shelf is filled."""
_BEGIN_UNTIL = 18
"""Nothing begins after this day of a month, so that what began is decided within it."""
_CONCERN_TAKES = timedelta(days=120)
"""A concern is put right, or its time is over, by then."""
_ROUND_DAY = 15
_RULES = (("festival", 1), ("lost_property", 1), ("festival", -1))
"""What the assembly changes in these years: a rule, and by how many points."""
_FETCHED = 0.8
"""The rest is not collected, and its points come back after two weeks."""


@dataclass(kw_only=True)
class Years:
    """Lives until the end of its calendar."""

    hall: Hall
    calendar: Calendar
    past: Past
    clerk: Villager
    kept: Collection[str]
    """Whose families stay as they are: those of the script."""
    cards: dict[int, IssuedCard]
    """The officials' cards; who takes an office over gets one."""
    join: Callable[[list[Villager]], None]
    """Enrols some more."""
    fill_the_shelf: Callable[[], None]

    def __post_init__(self) -> None:
        self._random = self.hall.random
        self._families = Families(self.hall, self.clerk)
        self._busy: dict[int, date] = {}
        self._stand_in: Villager | None = None

    def live(self, progress: Callable[[float], None]) -> tuple[Villager, ...]:
        """Let the years go by; who takes part at their end."""
        began, until = self.calendar.clock.now(), self.calendar.until
        for first, following in pairwise([*_months(began, until), until]):
            self.calendar.at(first, partial(self._month, first, last=following == until))
        self.calendar.at(began + (until - began) / 3, self._hand_the_office_over)
        self.calendar.at(began + (until - began) * 2 / 3, self._hand_it_back)
        for number, change in enumerate(_RULES, start=1):
            at = began + (until - began) * number / (len(_RULES) + 1)
            self.calendar.at(at, partial(self._propose, *change))
        for day in range((until - began).days):
            self.calendar.at(began + timedelta(days=day, hours=6), self._time_goes_by)
        self.calendar.play(progress)
        self.hall.close()
        self.hall.look_again()
        return tuple(self._taking_part())

    def _month(self, first: datetime, *, last: bool) -> None:
        self.hall.look_again()
        self.past.read_the_rules()
        if not last:  # what would begin in the last month is the script's year to decide
            self._deeds(first)
            for kind, a_year in A_YEAR.items():
                for day in range(1, _BEGIN_UNTIL + 1):
                    if self._random.random() < a_year / 12 / _BEGIN_UNTIL:
                        self._on(first, day, partial(self._happens, kind))
        self._on(first, 3, self._some_join)
        self._on(first, 4, self._some_fetch)
        if first.month == _LEAVE_IN and not last:
            self._on(first, 5, self._somebody_leaves)
        if first.month == _SHELF_IN:
            self._on(first, 2, self.fill_the_shelf)
        if first.month % 3 == 2:
            quarter = (first.month + 1) // 3
            self._on(first, _ROUND_DAY, partial(self._stars, first.year, quarter))

    def _on(self, first: datetime, day: int, happening: Callable[[], None]) -> None:
        """At the hall's opening, and some minutes, on that day of the month."""
        at = datetime.combine(first.date(), time(OPEN_HOUR), VILLAGE_ZONE)
        minutes = self._random.randrange(8 * 60)
        self.calendar.at(at + timedelta(days=day - 1, minutes=minutes), happening)

    def _time_goes_by(self) -> None:
        """What the caretaker does each minute, once a day."""
        village = self.hall.village
        events.carry_out_due(village)
        timed_moves.tick(village)
        redemptions.refund_overdue(village)
        erasure.carry_out_wishes(village)
        changes.move_due(village)

    # --- Families -------------------------------------------------------------------------------

    def _happens(self, kind: Kind) -> None:
        self.hall.look_again()
        free = self._free(self._taking_part() if kind == "away" else self.hall.villagers)
        if self._families.happens(kind, free, self._another_officer):
            self.calendar.after(0.2, self._time_goes_by)

    def _another_officer(self) -> Signature:
        return self._signature(self.past.officers[0])

    def _signature(self, officer: Villager) -> Signature:
        card = self.cards[officer.id]
        return Signature(card.token_text, card.pin)

    def _free(self, people: Collection[Villager]) -> list[Villager]:
        """Who may move, leave or die without leaving something of the last months half done."""
        today = village_day(self.calendar.clock.now())
        official = {each.id for each in (*self.past.officers, self.clerk)}
        kept = {
            each.household_id
            for each in self.hall.villagers
            if each.name in self.kept
            or each.id in official
            or self._busy.get(each.id, today) > today
        }
        return [each for each in people if each.household_id not in kept]

    # --- Deeds, stars, and what points are good for ---------------------------------------------

    def _deeds(self, first: datetime) -> None:
        """Good deeds and a concern, of people who then stay as they are for a while."""
        free = self._free(self._taking_part())
        chosen = self._random.sample(free, 3 * (_DEEDS + _NOMINATIONS + 1))
        self.past.enrolled = tuple(chosen)
        doers = iter(self._random.sample(chosen, len(chosen)))
        for _ in range(_DEEDS):
            self.past.some_deed(next(doers), self._days_ago(first))
        for _ in range(_NOMINATIONS):
            self.past.some_nomination(next(doers), self._days_ago(first))
        about = next(doers)
        (by,) = self.past.strangers(about, 1)
        ends = self._random.choice(("cleared", "put_right", ""))
        self.past.concern(by, about, self._days_ago(first), 1, "own_words" if ends else "", ends)
        self._busy |= dict.fromkeys((each.id for each in chosen), first.date() + timedelta(days=40))
        self._busy |= dict.fromkeys((by.id, about.id), first.date() + _CONCERN_TAKES)

    def _days_ago(self, first: datetime) -> int:
        """Some day of the first weeks of this month, as the past counts."""
        end = village_day(self.calendar.until)
        return (end - first.date()).days - self._random.randint(0, _BEGIN_UNTIL - 1)

    def _stars(self, year: int, quarter: int) -> None:
        self.hall.look_again()
        self.past.publish(year, quarter, {})

    def _some_fetch(self) -> None:
        """Whoever has enough points reserves something, and most of them come for it."""
        village = self.hall.village
        there = [each for each in catalogue.perks(village) if each.stock]
        with village.read() as session:
            purses = {each: wallet_of(session, each.id) for each in self._free(self._taking_part())}
        cheapest = min((each.price for each in there), default=0)
        rich = [each for each, points in purses.items() if there and points >= cheapest]
        for each in self._random.sample(rich, min(_FETCH, len(rich))):
            seat = self.hall.seat(each)
            offers = [one.perk for one in shelf.shelf(village, seat).offers if one.now == "may"]
            if not offers:
                continue  # they had their share of it, or their oldest points have ended
            perk = self._random.choice(offers)
            kept = redemptions.reserve(village, seat, perk.perk_id, new_touch_id())
            if self._random.random() < _FETCHED:
                desk = self.hall.seat(self.clerk, "clerk")
                redemptions.collect(village, desk, kept.reference, new_touch_id())

    # --- Joining, leaving, cards ----------------------------------------------------------------

    def _some_join(self) -> None:
        today = village_day(self.calendar.clock.now())
        self.hall.look_again()
        taking_part = {each.id for each in self._taking_part()}
        grown = [each for each in self._free(self.hall.villagers) if _is_grown(each, today)]
        others = [each for each in grown if each.id not in taking_part]
        self.join(self._random.sample(others, _JOIN))
        desk = self.hall.seat(self.clerk, "clerk")
        for each in self._random.sample(grown, _NEW_CARDS):
            grants.issue_card(self.hall.village, desk, each.id, with_pin=False)

    def _somebody_leaves(self) -> None:
        """Seven days later everything of theirs is erased, by the time that goes by."""
        (who,) = self._random.sample(self._free(self._taking_part()), 1)
        erasure.ask(self.hall.village, self.hall.seat(who), new_touch_id())
        self._busy[who.id] = village_day(self.calendar.clock.now()) + timedelta(days=14)

    def _taking_part(self) -> list[Villager]:
        with reading(self.hall.village) as work:
            enrolled = enrolled_among(work.session, [each.id for each in self.hall.villagers])
        return [each for each in self.hall.villagers if each.id in enrolled]

    # --- Rules ----------------------------------------------------------------------------------

    def _propose(self, rule: str, more: int) -> None:
        """An officer proposes other points for a rule; two weeks later the assembly agrees."""
        village, officer = self.hall.village, self.past.officers[0]
        stands = next(each for each in book.current(village) if each.rule == rule)
        draft = Draft(
            what="changed",
            rule=rule,
            kind=stands.kind,
            area=stands.area,
            points=stands.points + more,
            reporters=stands.reporters,
            icon=stands.icon,
            title=stands.title,
            text=stands.text,
            remedy=stands.remedy,
            caps=stands.caps,
            reminder=stands.reminder,
        )
        session = self.hall.seat(officer, "officer")
        proposed = changes.propose(village, session, draft, new_touch_id())
        self.calendar.after(16 * 24, partial(self._adopt, proposed.change_id))

    def _adopt(self, change_id: int) -> None:
        first, second = self.past.officers[:2]
        today = village_day(self.calendar.clock.now())
        adoption = changes.Adoption(today - timedelta(days=1), today + timedelta(days=1))
        session, agreed = self.hall.seat(first, "officer"), self._signature(second)
        given = (change_id, adoption, agreed, new_touch_id())
        changes.adopt(self.hall.village, session, *given)

    # --- Offices --------------------------------------------------------------------------------

    def _hand_the_office_over(self) -> None:
        """The assembly elects another officer in place of the third."""
        self.hall.look_again()
        today = village_day(self.calendar.clock.now())
        middle = [each for each in self._free(self._taking_part()) if _is_grown(each, today)]
        (self._stand_in,) = self._random.sample(middle, 1)
        self._replace(self.past.officers[2], self._stand_in, "replaced")

    def _hand_it_back(self) -> None:
        """And elects the one before again, who is the script's."""
        if self._stand_in is None:
            raise RuntimeError("nobody stands in")
        self._replace(self._stand_in, self._before, "term_over")

    def _replace(self, old: Villager, new: Villager, why: str) -> None:
        village, today = self.hall.village, village_day(self.calendar.clock.now())
        first, second = self.past.officers[:2]
        session, agreed = self.hall.seat(first, "officer"), self._signature(second)
        assembly = today - timedelta(days=2)
        elected = Change(new.id, "officer", "elected", assembly)
        offices.appoint(village, session, elected, agreed, new_touch_id())
        desk = self.hall.seat(self.clerk, "clerk")
        self.cards[new.id] = grants.issue_card(village, desk, new.id)
        offices.vouch(village, session, new.id, agreed, new_touch_id())
        over = Change(old.id, "officer", why, assembly)
        offices.end(village, session, over, agreed, new_touch_id())
        self._before, self.past.officers = old, (first, second, new)


def _months(began: datetime, until: datetime) -> Iterator[datetime]:
    """The first moment of each month after `began` and before `until`."""
    day = began.astimezone(VILLAGE_ZONE).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while True:
        day = (day + timedelta(days=31)).replace(day=1)
        if day >= until:
            return
        yield day


def _is_grown(villager: Villager, today: date) -> bool:
    return villager.born_on is not None and is_adult(villager.born_on, today)
