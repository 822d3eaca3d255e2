"""A day on which many look somebody up, and somebody who wants the whole village.

Both before one terminal of a village of 1,200, through the search and the throttle as they are. The
clock is the test's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.houses import house_words
from kiosk.models.register import Household, Resident
from kiosk.services.demo.names import name_book
from kiosk.services.register.name_readings import fold, shown_pinyin
from kiosk.services.register.search import SearchResult, search
from kiosk.services.register.throttle import Throttle
from kiosk.services.village import Village
from tests.benchmarks.harness.worlds import NOW, village_of

PEOPLE = 1200
OPEN = 9
"""Hours a day in which people come."""


@dataclass
class Terminal:
    """One terminal and who stands before it."""

    village: Village
    clock: SettableClock = field(default_factory=lambda: SettableClock(NOW))
    answers: dict[str, SearchResult] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.throttle = Throttle(lambda: self.clock.now().timestamp())

    def look(self, typed: str, who: int | None = None) -> set[int]:
        """The ids in the rows. Raises what the screen says."""
        self.throttle.admit(typed)
        if typed not in self.answers:
            self.answers[typed] = search(self.village, typed)
        return {row.resident_id for row in self.throttle.shown(self.answers[typed], who).rows}

    def wait(self, seconds: float) -> None:
        self.clock.moment += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Neighbour:
    """Somebody to be looked for, in each way in which one writes."""

    id: int
    name: str
    pinyin: str
    initials: str
    house: str


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    folder: Path = tmp_path_factory.mktemp("paging") / "village"
    with village_of(PEOPLE, 0, folder).closing() as village:
        yield village


@pytest.fixture(scope="module")
def neighbours(village: Village) -> list[Neighbour]:
    with village.read() as session:
        return [
            Neighbour(
                id=one.id,
                name=one.name,
                pinyin=fold(one.pinyin),
                initials="".join(fold(each)[:1] for each in one.pinyin.split()),
                house=house_words(house.lane, house.number, "zh"),
            )
            for one, house in session.execute(select(Resident, Household).join(Household))
        ]


class HonestDay:
    """So many people, each looking for one to three neighbours; some are looked for often.

    A third writes names in characters, a third initials, the rest pinyin or a house. Whoever wrote
    a part that finds nobody any more writes the whole name. Half of those who look for a house do
    not know a name; every second of these has a card and signs in, the others wait.
    """

    def __init__(self, terminal: Terminal, neighbours: list[Neighbour], seed: int) -> None:
        self.terminal, self.random = terminal, Random(seed)
        self.neighbours = self.random.sample(neighbours, len(neighbours))
        self.often = [1 / (place + 10) for place in range(len(neighbours))]
        self.ended: Counter[str] = Counter()
        self.waits: list[float] = []
        self.seconds = 0.0
        """Waited for too many searches."""

    def people(self, many: int) -> HonestDay:
        begun = self.terminal.clock.now()
        moments = sorted(self.random.random() * OPEN * 3600 for _ in range(many))
        for person, moment in enumerate(moments):
            come = begun + timedelta(seconds=moment)
            self.terminal.clock.moment = max(self.terminal.clock.now(), come)
            for _ in range(self.random.choice((1, 2, 3))):
                self.ended[self._look_for(person)] += 1
        return self

    def share(self, how: str) -> float:
        return self.ended[how] / self.ended.total()

    def _look_for(self, person: int) -> str:
        (one,) = self.random.choices(self.neighbours, self.often)
        ways = (one.name, one.initials, one.pinyin, one.house)
        (typed,) = self.random.choices(ways, (35, 30, 15, 20))
        if self._type(one, typed):
            return "at once" if typed in (one.initials, one.house) or self.part else "whole name"
        if typed != one.house or self.random.random() < 0.5:
            assert self._type(one, one.pinyin) or self._type(one, one.name)
            return "whole name"
        if self.random.random() < 0.5:
            assert self._type(one, one.house, -person)
            return "signed in"
        begun = self.terminal.clock.now()
        while not self._type(one, one.house):
            self.terminal.wait(10)
        self.waits.append((self.terminal.clock.now() - begun).total_seconds())
        return "waited"

    def _type(self, one: Neighbour, typed: str, who: int | None = None) -> bool:
        """Letter by letter, until one sees whom one looks for."""
        self.part = True
        for end in range(1, len(typed) + 1):
            self.terminal.wait(2)
            try:
                if one.id in self._look(typed[:end], who):
                    return True
            except ExpectedError as refused:
                if refused.code not in ("names_spent", "own_names_spent"):
                    raise
                self.part = False
        return False

    def _look(self, typed: str, who: int | None) -> set[int]:
        while True:
            try:
                return self.terminal.look(typed, who)
            except ExpectedError as refused:
                if refused.code != "search_throttled":
                    raise
                self.terminal.wait(int(str(refused.values[0])))
                self.seconds += int(str(refused.values[0]))


class Pager:
    """Somebody who writes down the whole village, and does nothing else.

    They know each house, in which nobody is missed, and take one after the other; and while there
    are no names they try whole names, the likeliest first, of which they know how common each is.
    """

    def __init__(self, terminal: Terminal, neighbours: list[Neighbour], hours: int = 24) -> None:
        self.terminal, self.hours, self.begun = terminal, hours, terminal.clock.now()
        self.houses = list(dict.fromkeys(each.house for each in neighbours))
        self.called = {each.pinyin for each in neighbours}
        self.guesses = iter(likeliest_names())
        self.seen: set[int] = set()

    def hours_to(self, share: float) -> float:
        while len(self.seen) < share * PEOPLE:
            try:
                self.seen |= self.terminal.look(self.houses[0])
                self.houses.pop(0)
            except ExpectedError as refused:
                if refused.code == "names_spent":
                    self._guess()
                else:
                    self._rest(int(str(refused.values[0])))
        return (self.terminal.clock.now() - self.begun).total_seconds() / 3600

    def _guess(self) -> None:
        """Whole names, for as long as there is nothing better to do."""
        for _ in range(30):
            typed = next(self.guesses, "")
            try:
                if typed in self.called:
                    self.seen |= self.terminal.look(typed)
                else:
                    self.terminal.throttle.admit(typed)
                self._rest(1)
            except ExpectedError as refused:
                self._rest(int(str(refused.values[0])))

    def _rest(self, seconds: float) -> None:
        """Until then; at night the hall is closed."""
        self.terminal.wait(seconds)
        since = (self.terminal.clock.now() - self.begun).total_seconds() % (24 * 3600)
        if since > self.hours * 3600:
            self.terminal.wait(24 * 3600 - since)


@cache
def likeliest_names() -> tuple[str, ...]:
    book, counted = name_book(Random(99)), Counter[str]()
    for place in range(100_000):
        name = book.surname() + book.given("MF"[place % 2], 1940 + place % 60)
        counted[fold(shown_pinyin(name))] += 1
    return tuple(name for name, _ in counted.most_common())


@pytest.mark.long
def test_on_an_ordinary_day_everybody_finds_whom_they_look_for_at_once(
    village: Village, neighbours: list[Neighbour]
) -> None:
    day = HonestDay(Terminal(village), neighbours, seed=2).people(40)
    assert day.share("at once") > 0.95
    assert day.share("at once") + day.share("whole name") == 1
    assert day.seconds == 0


@pytest.mark.long
def test_when_two_hundred_come_nobody_waits_who_knows_a_name_or_has_a_card(
    village: Village, neighbours: list[Neighbour]
) -> None:
    day = HonestDay(Terminal(village), neighbours, seed=2).people(200)
    assert day.ended.total() > 350
    assert day.share("at once") > 0.4
    assert day.share("waited") < 0.03
    assert max(day.waits) < 30 * 60
    assert day.seconds == 0


@pytest.mark.long
@pytest.mark.parametrize(
    ("hours", "half", "nearly_all"),
    [
        pytest.param(24, 12, 48, id="day and night"),
        pytest.param(OPEN, 24, 72, id="while the hall is open"),
    ],
)
@pytest.mark.parametrize("crowd", [0, 200], ids=["alone", "after a busy day"])
def test_the_whole_village_takes_days(
    village: Village,
    neighbours: list[Neighbour],
    hours: int,
    half: float,
    nearly_all: float,
    crowd: int,
) -> None:
    terminal = Terminal(village)
    HonestDay(terminal, neighbours, seed=2).people(crowd)
    pager = Pager(terminal, neighbours, hours)
    assert pager.hours_to(0.5) >= half
    assert pager.hours_to(0.9) >= nearly_all
