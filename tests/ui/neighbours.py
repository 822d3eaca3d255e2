"""A lane of neighbours for the tests of the screens: people, cards and deeds, all by services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from kiosk.core.clock import SettableClock, village_day
from kiosk.core.ids import new_touch_id
from kiosk.models.register import Resident
from kiosk.services.access import grants, offices, sessions
from kiosk.services.access.cards import IssuedCard
from kiosk.services.access.roles import Role
from kiosk.services.cases import confirmations, decide, notices, submit
from kiosk.services.consent.consents import Purpose
from kiosk.services.enrolment import explanation, joining
from kiosk.services.rulebook import book
from tests.worlds import stars
from tests.worlds.builder import GROWN_UP, Builder, Person

OFFICER, SECOND_OFFICER = "周根土", "王建国"
CLERK, OTHER_CLERK = "解小燕", "曾秀英"


@dataclass
class Neighbours(Builder):
    """Everybody by their name; the clock moves only when a test moves it."""

    clock: SettableClock
    people: dict[str, int] = field(default_factory=dict)
    cards: dict[str, IssuedCard] = field(default_factory=dict)
    rules: dict[str, int] = field(default_factory=dict)

    # --- making the village

    def settle(
        self, name: str, lane: str = "东街", number: str = "12", born_on: date | None = GROWN_UP
    ) -> int:
        """One more person in a house, which is made if there is none."""
        code = f"{lane}{number}"
        person = Person(f"{code}|{name}|{len(self.people)}", name, born_on)
        (self.people[name],) = self.home([person], code=code, lane=lane, number=number).people
        return self.people[name]

    def found(self) -> None:
        """Rules, two officers and two clerks, each of a house of their own."""
        for rule in (book.install(self.village), book.current(self.village))[1]:
            self.rules[rule.rule] = rule.rule_version_id
        held: Mapping[str, Role] = {
            OFFICER: "officer",
            SECOND_OFFICER: "officer",
            CLERK: "clerk",
            OTHER_CLERK: "clerk",
        }
        for place, name in enumerate(held, start=1):
            self.settle(name, "河埠路", str(place))
        roles = {self.people[name]: frozenset({role}) for name, role in held.items()}
        issued = grants.founding(self.village, roles)
        self.cards.update(zip(held, issued, strict=True))

    def card_for(self, name: str) -> IssuedCard:
        """A clerk issues a card."""
        issuer = OTHER_CLERK if name == CLERK else CLERK
        card = grants.issue_card(self.village, self.at_work(issuer), self.people[name])
        self.cards[name] = card
        return card

    def appoint(self, name: str, role: Role) -> None:
        """Two officers give an office to somebody with a card, and vouch for that card."""
        officer, second = self.at_work(OFFICER), self.cards[SECOND_OFFICER]
        signature = offices.Signature(second.number, second.pin)
        change = offices.Change(self.people[name], role, "elected", self.today)
        offices.appoint(self.village, officer, change, signature, new_touch_id())
        offices.vouch(self.village, officer, self.people[name], signature, new_touch_id())

    def enrol(self, name: str, *purposes: Purpose) -> None:
        """A clerk writes down what somebody consents to: the number, unless said otherwise."""
        chosen = purposes or ("number",)
        joining.enrol(
            self.village,
            self.at_work(CLERK),
            self.people[name],
            chosen,
            new_touch_id(),
            read_aloud=True,
            answers=explanation.UNDERSTOOD,
        )

    def join(self, name: str, lane: str = "东街", number: str = "12") -> None:
        """Somebody with a card who consented to a number."""
        self.settle(name, lane, number)
        self.card_for(name)
        self.enrol(name)

    # --- people at the screen

    def at_work(self, name: str) -> str:
        """A session of an official."""
        card = self.cards[name]
        return sessions.sign_in(self.village, card.number, card.pin, official=True).id

    def at_home(self, name: str) -> str:
        """A session of a resident."""
        card = self.cards[name]
        return sessions.sign_in(self.village, card.number, card.pin).id

    # --- what people do

    def hand_in(
        self,
        by: str,
        about: str,
        rule: str,
        words: str = "",
        place: str = "docks_south",
        witnesses: tuple[str, ...] = (),
    ) -> int:
        """A report of something that happened today."""
        form = self.written(
            self.at_home(by),
            self.people[about],
            self.rules[rule],
            words,
            place=place,
            witnesses=[self.people[each] for each in witnesses],
        )
        return submit.hand_in(self.village, form).case_id

    def approve(self, case_id: int, officer: str = OFFICER) -> None:
        """An officer approves a good deed."""
        self._decide(case_id, officer, "desk.reason_seen")

    def decline(self, case_id: int, officer: str = OFFICER) -> None:
        """An officer declines a good deed."""
        said = (False, "desk.reason_unclear", "当天没有人看见。", new_touch_id())
        decide.decide(self.village, self.at_work(officer), case_id, *said)

    def deed(self, name: str, rule: str, *witnesses: str, days_ago: int = 0) -> int:
        """A deed of one's own, seen by neighbours and approved, so many days ago."""
        now = self.clock.now()
        self.clock.moment = now - timedelta(days=days_ago)
        case_id = self.hand_in(name, name, rule, witnesses=witnesses)
        for each in witnesses:
            confirmations.confirm(self.village, self.at_home(each), case_id, new_touch_id())
        self.approve(case_id)
        self.clock.moment = now
        return case_id

    def uphold_concern(self, about: str, by: str, words: str = "") -> int:
        """A concern that was answered and that both officers uphold."""
        case_id = self.hand_in(by, about, "littering_docks", words)
        touch = new_touch_id()
        notices.reply(self.village, self.at_home(about), case_id, "agree", "", touch)
        self.uphold(case_id)
        return case_id

    def told_concern(self, about: str, by: str) -> int:
        """The same, and its person read it on the screen: the days to appeal run."""
        case_id = self.uphold_concern(about, by)
        notices.acknowledge(self.village, self.at_home(about), case_id, new_touch_id())
        return case_id

    def uphold(self, case_id: int) -> None:
        """Both officers uphold a concern that was answered."""
        self._decide(case_id, OFFICER, "desk.reason_agreed")
        decide.countersign(
            self.village,
            self.at_work(SECOND_OFFICER),
            case_id,
            True,
            "desk.reason_agreed",
            "两边都问过了。",
            new_touch_id(),
        )

    def signed_in(self, name: str, *, official: bool = False) -> sessions.SignedIn:
        """Somebody signs in with their card and PIN."""
        card = self.cards[name]
        return sessions.sign_in(self.village, card.number, card.pin, official=official)

    def a_family_and_an_aunt(self) -> None:
        """The hall, a couple who joined, and their aunt behind another door."""
        self.found()
        self.join("林春生")
        self.join("李秀兰")
        self.settle("林桂花", "新街", "7")

    def rate(self, name: str, given: Mapping[str, int]) -> None:
        """Stars of this quarter for somebody's household, as they stand in the tables."""
        with self.village.read() as session:
            household_id = session.get_one(Resident, self.people[name]).household_id
        today = village_day(self.clock.now())
        quarter = (today.month - 1) // 3 + 1
        stars.put(self.village, household_id, given, today.year, quarter)

    def _decide(self, case_id: int, officer: str, reason: str) -> None:
        session_id = self.at_work(officer)
        decide.open_case(self.village, session_id, case_id, "decide_case")
        decide.decide(
            self.village, session_id, case_id, True, reason, "当天看过现场。", new_touch_id()
        )
