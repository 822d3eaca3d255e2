"""The past year of the demo village: deeds, confirmations, decisions, concerns, a star round."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from kiosk.core.ages import is_adult
from kiosk.core.clock import VILLAGE_ZONE, village_day
from kiosk.core.ids import new_touch_id
from kiosk.services.cases import appeal, confirmations, decide, notices
from kiosk.services.cases.flow import timed_moves
from kiosk.services.cases.reasons import REASONS
from kiosk.services.cases.submit import Submission, hand_in
from kiosk.services.demo.calendar import CLOSE_HOUR, OPEN_HOUR, Calendar
from kiosk.services.demo.hall import Hall, Villager
from kiosk.services.demo.script import script
from kiosk.services.rulebook import book
from kiosk.services.stars import ratings as star_ratings
from kiosk.services.thanks import giving

DEEDS = 84
NOMINATIONS = 14
_DECLINED = 0.06
_FIRST_DEED, _LAST_DEED = 340, 6
"""Days ago between which the deeds of the past lie."""
_PLACES = {
    "clean_docks": ("docks_south", "docks_north"),
    "littering_docks": ("docks_south", "docks_north"),
    "sort_waste": ("square", "lanes"),
    "festival": ("square",),
    "mend_shared_things": ("lanes", "square"),
    "make_safe": ("lanes", "fields"),
}
_OWN_RULES = (
    *("clean_docks", "sort_waste", "visit_older_person", "dedication", "volunteering"),
    *("help_neighbour", "lost_property", "festival", "make_safe", "mend_shared_things"),
)
_NEIGHBOURS_RULES = ("help_neighbour", "lost_property", "make_safe", "clean_docks", "festival")


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A good deed that is handed in `days_ago`, about the day before."""

    rule: str
    days_ago: int
    words: int | None = None
    """Which of the rule's words; drawn if None."""
    witnesses: tuple[Villager, ...] = ()
    decline: bool = False
    undecided: bool = False
    """It still lies on the officers' desk."""


@dataclass
class Past:
    """Puts what happened into the calendar."""

    hall: Hall
    calendar: Calendar
    officers: tuple[Villager, ...]
    enrolled: tuple[Villager, ...]

    def __post_init__(self) -> None:
        self.read_the_rules()
        self._random = self.hall.random
        self._today = village_day(self.calendar.until)

    def read_the_rules(self) -> None:
        """By the rules of today what is handed in from now on is handed in."""
        self._rules = {each.rule: each for each in book.current(self.hall.village)}

    # --- Good deeds -----------------------------------------------------------------------------

    def own_deed(self, doer: Villager, deed: Deed) -> None:
        """Somebody reports a deed of their own; it is confirmed and decided in the days after."""
        moment = self._moment(deed.days_ago)
        self.calendar.at(moment, partial(self._hand_in_own, doer, deed))

    def nomination(
        self, by: Villager, doer: Villager, deed: Deed, *, accepted: bool = True
    ) -> None:
        """A neighbour reports a deed; the person named accepts it if `accepted`."""
        moment = self._moment(deed.days_ago)
        self.calendar.at(moment, partial(self._nominate, by, doer, deed, accepted))

    def thanks(self, by: Villager, doer: Villager, picture: str, days_ago: int) -> None:
        """Somebody who was helped says so; the person thanked accepts it."""
        moment = self._moment(days_ago)
        self.calendar.at(moment, partial(self._thank, by, doer, picture, days_ago))

    def many_deeds(self) -> None:
        """Deeds of many people, all over the year."""
        doers = self._some(DEEDS + NOMINATIONS)
        for doer in doers[:DEEDS]:
            self.some_deed(doer)
        for doer in doers[DEEDS:]:
            self.some_nomination(doer)

    def some_deed(self, doer: Villager, days_ago: int | None = None) -> None:
        """A deed of their own, which some neighbours confirm; its day is drawn if None."""
        rule = self._random.choice(_OWN_RULES)
        witnesses = tuple(self.strangers(doer, self._random.choice((0, 0, 1, 2))))
        is_declined = self._random.random() < _DECLINED
        day = self._some_day() if days_ago is None else days_ago
        deed = Deed(rule=rule, days_ago=day, witnesses=witnesses, decline=is_declined)
        self.own_deed(doer, deed)

    def some_nomination(self, doer: Villager, days_ago: int | None = None) -> None:
        """A deed that a neighbour reports, and the doer accepts."""
        (neighbour,) = self.strangers(doer, 1)
        rule = self._random.choice(_NEIGHBOURS_RULES)
        day = self._some_day() if days_ago is None else days_ago
        self.nomination(neighbour, doer, Deed(rule=rule, days_ago=day))

    def _hand_in_own(self, doer: Villager, deed: Deed) -> None:
        case_id = self._hand_in(doer, doer, deed)
        for hours, witness in enumerate(deed.witnesses, start=2):
            self.calendar.after(hours, partial(self._confirm, witness, case_id))
        self._decide_later(case_id, doer, (doer, *deed.witnesses), deed)

    def _nominate(self, by: Villager, doer: Villager, deed: Deed, accepted: bool) -> None:
        case_id = self._hand_in(by, doer, deed)
        if accepted:
            self.calendar.after(26, partial(self._accept, by, doer, case_id, deed))

    def _thank(self, by: Villager, doer: Villager, picture: str, days_ago: int) -> None:
        village, seat = self.hall.village, self.hall.seat(by)
        language = village.settings.language
        said = giving.say(village, seat, doer.id, picture, new_touch_id(), language)
        deed = Deed(rule="", days_ago=days_ago)
        self.calendar.after(26, partial(self._accept, by, doer, said.case_id, deed))

    def _accept(self, by: Villager, doer: Villager, case_id: int, deed: Deed) -> None:
        session_id = self.hall.seat(doer)
        notices.accept_nomination(self.hall.village, session_id, case_id, new_touch_id())
        self._decide_later(case_id, doer, (by, doer), deed)

    def _confirm(self, witness: Villager, case_id: int) -> None:
        session_id = self.hall.seat(witness)
        confirmations.confirm(self.hall.village, session_id, case_id, new_touch_id())

    def _decide_later(
        self, case_id: int, doer: Villager, involved: tuple[Villager, ...], deed: Deed
    ) -> None:
        if deed.undecided:
            return
        officer = self._officer(involved)
        hours = self._random.randint(20, 90)
        self.calendar.after(hours, partial(self._decide, officer, doer, case_id, not deed.decline))

    def _decide(self, officer: Villager, doer: Villager, case_id: int, approve: bool) -> None:
        said = script()["said"]
        reason = self._reason("deed", approve)
        sentence = self._random.choice(said["approve" if approve else "decline_deed"])
        self._at_desk(officer, case_id, decide.decide, approve, reason, sentence)
        if not approve:
            self._learn_later(doer, case_id)

    def _learn_later(self, about: Villager, case_id: int) -> None:
        """The person comes to the hall some days later and reads what was decided."""
        hours = self._random.randint(20, 120)
        self.calendar.after(hours, partial(self._learn, about, case_id))

    def _learn(self, about: Villager, case_id: int) -> None:
        notices.acknowledge(self.hall.village, self.hall.seat(about), case_id, new_touch_id())

    # --- Concerns -------------------------------------------------------------------------------

    def concern(
        self,
        by: Villager,
        about: Villager,
        days_ago: int,
        words: int,
        answer: str = "",
        ends: str = "",
    ) -> None:
        """A concern about the docks.

        `answer` is the listed reply given two days later, empty when there was none yet; `ends`
        says how far it went: ``cleared``, ``first``, ``put_right``, ``appealed``, or nowhere yet.
        """
        deed = Deed(rule="littering_docks", days_ago=days_ago, words=words)
        begin = partial(self._raise, by, about, deed, answer, ends)
        self.calendar.at(self._moment(days_ago), begin)

    def _raise(self, by: Villager, about: Villager, deed: Deed, answer: str, ends: str) -> None:
        case_id = self._hand_in(by, about, deed)
        if answer:
            self.calendar.after(45, partial(self._reply, by, about, case_id, answer, ends))

    def _reply(self, by: Villager, about: Villager, case_id: int, answer: str, ends: str) -> None:
        session_id = self.hall.seat(about)
        words = script()["said"]["reply_own_words"] if answer == "own_words" else ""
        notices.reply(self.hall.village, session_id, case_id, answer, words, new_touch_id())
        first, second = self._random.sample(self._uninvolved((by, about)), 2)
        if ends == "cleared":
            self.calendar.after(40, partial(self._clear, first, about, case_id))
        elif ends:
            uphold = partial(self._uphold, (first, second), (by, about), case_id, ends)
            self.calendar.after(40, uphold)

    def _clear(self, officer: Villager, about: Villager, case_id: int) -> None:
        reason, sentence = self._reason("concern", False), script()["said"]["decline_concern"]
        self._at_desk(officer, case_id, decide.decide, False, reason, sentence)
        self._learn_later(about, case_id)

    def _uphold(
        self,
        officers: tuple[Villager, Villager],
        people: tuple[Villager, Villager],
        case_id: int,
        ends: str,
    ) -> None:
        (first, second), (by, about) = officers, people
        reason, said = self._reason("concern", True), script()["said"]
        self._at_desk(first, case_id, decide.decide, True, reason, said["approve_concern"])
        if ends in ("put_right", "appealed"):
            self.calendar.after(30, partial(self._countersign, second, case_id))
        if ends == "put_right":
            self.calendar.after(80, partial(self._learn, about, case_id))
            self.calendar.after(31 * 24, partial(self._put_right, first, about, case_id))
        elif ends == "appealed":
            for third in self._uninvolved((by, about)):
                if third not in (first, second):
                    self.calendar.after(20, partial(self._step_aside, third, case_id))
            self.calendar.after(60, partial(self._appeal, about, case_id))

    def _countersign(self, officer: Villager, case_id: int) -> None:
        reason, said = self._reason("concern", True), script()["said"]
        self._at_desk(officer, case_id, decide.countersign, True, reason, said["countersign"])

    def _step_aside(self, officer: Villager, case_id: int) -> None:
        """Who steps aside is not drawn for the panel either."""
        session_id = self.hall.seat(officer, "officer")
        decide.recuse(self.hall.village, session_id, case_id, new_touch_id())

    def _appeal(self, about: Villager, case_id: int) -> None:
        """Three are drawn by lot out of those who serve and are not involved."""
        asked = (case_id, script()["said"]["appeal"], new_touch_id())
        appeal.appeal(self.hall.village, self.hall.seat(about), *asked)

    def _put_right(self, officer: Villager, about: Villager, case_id: int) -> None:
        if officer not in self.officers:  # an office changed hands since
            officer = self._uninvolved((about,))[0]
        session_id = self.hall.seat(officer, "officer")
        said = script()["said"]["put_right"]
        decide.put_right(self.hall.village, session_id, case_id, said, new_touch_id())
        self._learn_later(about, case_id)

    # --- Stars, time ----------------------------------------------------------------------------

    def star_round(self, given: dict[int, dict[str, int]]) -> None:
        """One finished round; `given` overrides what is drawn, by household id."""
        year, quarter, days_ago = _finished_quarter(self._today)
        publish = partial(self.publish, year, quarter, given)
        self.calendar.at(self._moment(days_ago), publish)

    def publish(self, year: int, quarter: int, given: dict[int, dict[str, int]]) -> None:
        """The stars of a quarter, those of `given` by household id, the others drawn."""
        households = dict.fromkeys(each.household_id for each in self.hall.villagers)
        ratings = [
            star_ratings.HouseholdRating(
                household, found, star_ratings.PUT_FORWARD_ONLY & found.keys()
            )
            for household in households
            if (found := given.get(household) or self._drawn_stars())
        ]
        village = self.hall.village
        star_ratings.invent(village, year, quarter, ratings, new_touch_id())

    def _drawn_stars(self) -> dict[str, int]:
        """What two inspectors may have seen; nothing for a house that was missed."""
        if self._random.random() < 0.1:
            return {}
        drawn = {
            name: self._random.choices((2, 3, 4, 5), (1, 4, 4, 2))[0]
            for name in star_ratings.DIMENSIONS
        }
        rarely = 0.2
        return {
            name: count
            for name, count in drawn.items()
            if name not in star_ratings.PUT_FORWARD_ONLY or self._random.random() < rarely
        }

    def weekly_ticks(self) -> None:
        """Time moves cases once a week, as it does each minute at the terminal."""
        for weeks_ago in range(50, -1, -1):
            moment = self.calendar.until - timedelta(weeks=weeks_ago)
            self.calendar.at(moment, self._tick)

    def _tick(self) -> None:
        timed_moves.tick(self.hall.village)

    # --- What they have in common ---------------------------------------------------------------

    def _hand_in(self, by: Villager, about: Villager, deed: Deed) -> int:
        rule = self._rules[deed.rule]
        form = Submission(
            touch=new_touch_id(),
            session_id=self.hall.seat(by),
            subject_id=about.id,
            rule_version_id=rule.rule_version_id,
            happened_on=village_day(self.calendar.clock.now()) - timedelta(days=1),
            part_of_day=self._random.choice(("morning", "afternoon", "")),
            place=self._random.choice(_PLACES.get(deed.rule, ("elsewhere", ""))),
            words=self._words(deed),
            witnesses=tuple(each.id for each in deed.witnesses),
        )
        return hand_in(self.hall.village, form).case_id

    def _words(self, deed: Deed) -> str:
        said: list[str] = script()["words"][deed.rule]
        return self._random.choice(said) if deed.words is None else said[deed.words]

    def _at_desk(
        self,
        officer: Villager,
        case_id: int,
        act: Callable[..., object],
        approve: bool,
        reason: str,
        sentence: str,
    ) -> None:
        """Open a case and decide it, as an officer does."""
        village, session_id = self.hall.village, self.hall.seat(officer, "officer")
        decide.open_case(village, session_id, case_id)
        act(village, session_id, case_id, approve, reason, sentence, new_touch_id())

    def _reason(self, kind: str, approve: bool) -> str:
        return self._random.choice(REASONS[kind, "approve" if approve else "decline"])

    def _officer(self, involved: tuple[Villager, ...]) -> Villager:
        return self._random.choice(self._uninvolved(involved))

    def _uninvolved(self, involved: tuple[Villager, ...]) -> list[Villager]:
        houses = {each.household_id for each in involved}
        return [each for each in self.officers if each.household_id not in houses]

    def _some(self, number: int) -> list[Villager]:
        """Enrolled people who are not part of the script, each at most twice."""
        known = {person["name"] for family in script()["family"] for person in family["people"]}
        others = [each for each in self.enrolled if each.name not in known]
        return self._random.sample(others, min(number, len(others)))

    def strangers(self, doer: Villager, number: int) -> list[Villager]:
        """So many of the enrolled who are neither of this household nor officers."""
        others = [each for each in self.enrolled if each.household_id != doer.household_id]
        officers = {each.id for each in self.officers}
        free = [each for each in others if each.id not in officers]
        return self._random.sample(free, number)

    def _some_day(self) -> int:
        return self._random.randint(_LAST_DEED, _FIRST_DEED)

    def _moment(self, days_ago: int) -> datetime:
        """Some time of that day while the hall is open, before the end of the calendar."""
        day = self._today - timedelta(days=days_ago)
        minutes = self._random.randrange((CLOSE_HOUR - OPEN_HOUR) * 60)
        moment = datetime.combine(day, time(OPEN_HOUR), VILLAGE_ZONE)
        return min(moment + timedelta(minutes=minutes), self.calendar.until)


def adults(hall: Hall) -> list[Villager]:
    """Everybody who can be enrolled."""
    today = village_day(hall.village.clock.now())
    return [each for each in hall.villagers if each.born_on and is_adult(each.born_on, today)]


def _finished_quarter(today: date) -> tuple[int, int, int]:
    """Year and quarter of the last round that is over, and how many days ago it was published.

    A round takes the first 45 days of its quarter; the one of this quarter is still at work.
    """
    before = date(today.year, (today.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
    first = date(before.year, (before.month - 1) // 3 * 3 + 1, 1)
    published = first + timedelta(days=45)
    return first.year, (first.month - 1) // 3 + 1, (today - published).days
