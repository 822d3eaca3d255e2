"""Who has not joined is told to nobody, and what is said of them reaches nobody.

Two villages live through the same days, and differ in one thing: whether a neighbour joined. All
that the other neighbour, who has no office, gets to see in them is the same.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest

from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.services import village as village_module
from kiosk.services.cases import decide, duplicates, notices, paper_notices, slips, submit
from kiosk.services.cases.flow import timed_moves
from kiosk.services.cases.views import own_view
from kiosk.services.consent import pauses
from kiosk.services.consent.consents import Purpose
from kiosk.services.my_data import data_copy
from kiosk.services.register.search import search
from kiosk.services.register.search_index import index_residents
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.benchmarks.harness.bare import Recorder
from tests.services.cases.conftest import Hamlet, furnish
from tests.worlds.kept import founded

Standing = Literal["joined", "never joined", "withdrew", "pauses"]
AWAY: tuple[Standing, ...] = ("never joined", "withdrew", "pauses")
RULES = ("help", "litter")
KINDS = {"help": "nomination", "litter": "concern"}
DAYS = (0, 1, 8, 31, 61)
"""Before and after each day on which something ends by itself."""


def stand(hamlet: Hamlet, standing: Standing) -> None:
    """N, who stands so when B hands in."""
    hamlet.add("N", enrolled=standing != "never joined")
    with writing(hamlet.village) as work:
        index_residents(work.session, [hamlet.people["N"]])
    if standing == "withdrew":
        hamlet.leave("N")
    if standing == "pauses":
        pauses.pause(hamlet.village, hamlet.sign("N"), new_touch_id())


@pytest.fixture(params=AWAY)
def away(hamlet: Hamlet, request: pytest.FixtureRequest) -> Hamlet:
    """A hamlet in which N takes no part."""
    stand(hamlet, request.param)
    return hamlet


# --- What a neighbour sees


@dataclass
class Seen:
    """All that B is told, in order, and the statements that B waited for."""

    told: list[Any]
    statements: list[str]


_DRAWN = re.compile(r"校验 [0-9A-Z]+|[0-9a-f]{32,}|[A-Za-z0-9_-]{22,}={0,2}")


def refusal(step: Callable[..., object], *args: object, **more: object) -> object:
    with pytest.raises(ExpectedError) as refused:
        step(*args, **more)
    return refused.value.code, refused.value.values


def lived(model: Village, folder: Path, standing: Standing) -> Seen:
    """What B sees of handing in about N, and of the days after it, in a village like `model`."""
    clock = SettableClock(model.clock.now())
    with founded(folder / "village", model.settings, clock).closing() as village:
        hamlet = furnish(Hamlet(village, clock))
        stand(hamlet, standing)
        # As many entries in each of them, so that all after them have the same numbers.
        padded: dict[Standing, tuple[Purpose, ...]] = {"never joined": ("panel", "letter")}
        for purpose in padded.get(standing, () if standing == "pauses" else ("panel",)):
            hamlet.consent([hamlet.people["N"]], purpose)
        seen = Seen([search(village, "林N"), search(village, "linN")], [])
        for rule in RULES:
            _hand_in(hamlet, rule, seen)
        for before, day in zip((0, *DAYS), DAYS, strict=False):
            clock.advance(days=day - before)
            timed_moves.tick(village)
            seen.told.append(own_view.my_cases(village, hamlet.sign("B")))
        copied = data_copy.copy_json(data_copy.data_copy(village, hamlet.sign("B")))
        # What comes of the salts is not compared, nor the order of sessions.
        seen.told += sorted(_DRAWN.sub("drawn", copied).splitlines())
        papers = [(job.paper, job.reference, job.media, job.payload) for job in hamlet.jobs()]
        seen.told += [_DRAWN.sub("drawn", repr(each)) for each in papers]
        return seen


def _hand_in(hamlet: Hamlet, rule: str, seen: Seen) -> None:
    village, subject, session = hamlet.village, hamlet.people["N"], hamlet.sign("B")
    with Recorder(village) as recorder:
        submit.check_neighbour(village, session, subject)
        about = (subject, hamlet.rules[rule], hamlet.today)
        seen.told.append(duplicates.possible_duplicate(village, session, *about))
        receipt = hamlet.hand_in("B", "N", rule)
    seen.statements += [statement for statement, _ in recorder.statements]
    seen.told += [receipt, slips.comes_next(village, KINDS[rule])]  # type: ignore[arg-type]
    seen.told.append(duplicates.possible_duplicate(village, session, *about))
    seen.told.append(refusal(hamlet.hand_in, "B", "N", rule))
    other = hamlet.hand_in("B", "N", rule, days_ago=3)
    seen.told += [other, submit.withdraw(village, session, other.case_id, new_touch_id())]
    if rule == "litter":
        seen.told.append(refusal(hamlet.hand_in, "B", "N", rule, days_ago=5))


@pytest.mark.long
@pytest.mark.parametrize("standing", AWAY)
def test_a_neighbour_sees_the_same_whoever_has_joined(
    sqlite_village: Village, tmp_path: Path, standing: Standing
) -> None:
    joined = lived(sqlite_village, tmp_path / "joined", "joined")
    other = lived(sqlite_village, tmp_path / "other", standing)
    assert other.told == joined.told
    assert any("lapsed" in repr(each) for each in joined.told)


@pytest.mark.long
@pytest.mark.parametrize("standing", AWAY)
def test_a_neighbour_waits_for_the_same_statements_whoever_has_joined(
    sqlite_village: Village, tmp_path: Path, standing: Standing
) -> None:
    joined = lived(sqlite_village, tmp_path / "joined", "joined")
    assert lived(sqlite_village, tmp_path / "other", standing).statements == joined.statements


def test_what_a_reporter_is_told_comes_next_holds_for_both(hamlet: Hamlet) -> None:
    words = hamlet.village.catalogue
    for key in ("reports.next_nomination", "reports.next_concern"):
        assert "如果参加了" in words.text(key, "zh", hamlet.today)
        assert "part" in words.text(key, "en", hamlet.today).split(",")[0]


# --- Whom it reaches


@pytest.mark.parametrize("rule", RULES)
def test_what_is_said_of_who_has_not_joined_reaches_nobody(away: Hamlet, rule: str) -> None:
    case_id = away.hand_in("B", "N", rule).case_id
    village, clerk = away.village, away.sign("Z", "clerk")
    reaches_nobody(away, case_id)
    assert paper_notices.waiting(village, clerk) == ()
    print_notice = (village, clerk, case_id, new_touch_id())
    assert refusal(paper_notices.print_notice, *print_notice) == ("unknown_case", ())
    away.clock.advance(days=61)
    timed_moves.tick(village)
    assert away.state(case_id) == "lapsed"
    reaches_nobody(away, case_id)
    assert away.entries() == []


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("standing", ["never joined", "pauses"])
def test_neither_does_it_when_they_join_or_come_back(
    hamlet: Hamlet, rule: str, standing: Standing
) -> None:
    stand(hamlet, standing)
    case_id = hamlet.hand_in("B", "N", rule).case_id
    hamlet.clock.advance(days=2)
    if standing == "pauses":
        pauses.resume(hamlet.village, hamlet.sign("N"), new_touch_id())
    else:
        hamlet.enrol("N")
    reaches_nobody(hamlet, case_id)
    assert hamlet.number("N") == 50
    later = hamlet.hand_in("B", "N", rule, days_ago=1).case_id
    (notice,) = notices.notices(hamlet.village, hamlet.sign("N"))
    assert notice.case_id == later
    assert hamlet.misfits() == []


def reaches_nobody(hamlet: Hamlet, case_id: int) -> None:
    """Neither the person nor an official has it."""
    village, me, officer = hamlet.village, hamlet.sign("N"), hamlet.officer("Y")
    assert notices.notices(village, me) == ()
    assert own_view.my_cases(village, me) == ()
    assert refusal(notices.mark_noticed, village, me, case_id, new_touch_id())[0] == "unknown_case"  # type: ignore[index]
    assert decide.queue(village, officer) == ()
    assert refusal(decide.open_case, village, officer, case_id) == ("unknown_case", ())
    clerk = hamlet.sign("Z", "clerk")
    assert paper_notices.waiting(village, clerk) == paper_notices.to_take_down(village, clerk) == ()


# --- Who knows it at all

_OWN = "it says so to the person alone"
_WORK = "officials, who enrol people, print their papers and help a household at the desk"
_DECIDES = "officers and time, of a case of which the person was told"
KNOWING: dict[str, str] = {
    "audit/fold/consent": "verify, which says nothing of anybody",
    "audit/fold/near": "verify, which says nothing of anybody",
    "audit/fold/leaving": "verify, which says nothing of anybody",
    "audit/totals": "verify, which says nothing of anybody",
    "cases/decide": _DECIDES,
    "cases/flow/timed_moves": _DECIDES,
    "cases/panel": _DECIDES,
    "cases/panel_draw": "the lot, which nobody sees but who was drawn",
    "cases/reaching": "whom a case reaches: nobody else, as here",
    "cases/submit": "of a deed of one's own",
    "consent/agreements": "a sign, by how many of the house agree, for who prints it",
    "consent/consents": "where it is defined",
    "consent/pauses": _OWN,
    "enrolment/joining": _WORK,
    "enrolment/new_card": _WORK,
    "households/checking": _WORK,
    "households/desk": _WORK,
    "households/mending": "which of two entries of one person is kept, at the register desk",
    "letters/facts": _OWN,
    "letters/letters": _OWN,
    "my_data/consent_choices": _OWN,
    "my_data/erasure": _OWN,
    "perks/redemptions": _OWN,
    "record/my_record": _OWN,
    "record/number": _OWN,
    "register/people": "the screens of officials; what a neighbour is shown is a name and a house",
    "stars/fairness": "whether who is signed in sits on panels; of nobody else",
    "stars/my_sign": "the household's own, as `consent/agreements`",
    "stars/recused": "which households a round looks at, for who was drawn to walk there",
    "thanks/wall": "who wants their name on the wall, which is for everybody to see",
    "upkeep/official_cards": _WORK,
}
"""Every module of the services that asks who has joined, and whom it tells."""
_ASKED = {
    *("enrolled", "enrolled_among", "enrolled_since", "enrolled_when"),
    *("standing_among", "standing_consent"),
}
_ASKED |= {"standing_purposes", "Consent", "Pause"}
_OF_AN_OFFICE = "kiosk.services.access.offices"
"""Its `Pause` is an office's, which says nothing of who joined."""


@pytest.mark.long
def test_who_asks_whether_somebody_joined_is_a_closed_list() -> None:
    services = Path(village_module.__file__).parent
    assert {
        str(file.relative_to(services).with_suffix(""))
        for file in services.rglob("*.py")
        if "demo" not in file.parts and _asks(ast.parse(file.read_text("utf-8")))
    } == KNOWING.keys()


def _asks(module: ast.Module) -> bool:
    for node in ast.walk(module):
        if (
            isinstance(node, ast.ImportFrom)
            and node.module != _OF_AN_OFFICE
            and _ASKED & {each.name for each in node.names}
        ):
            return True
        if (
            isinstance(node, ast.Attribute)
            and node.attr in _ASKED
            and isinstance(node.value, ast.Name)
            and node.value.id == "consents"
        ):
            return True
    return False
