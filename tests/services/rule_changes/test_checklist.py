"""What inspectors look at is changed by the road of a rule; rounds opened before keep theirs."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from kiosk.core.catalogue import ENGLISH
from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.models.rounds import VisitRound
from kiosk.services.audit.log import Finding
from kiosk.services.audit.tables import check_tables
from kiosk.services.ledger import log
from kiosk.services.printing.papers import Order, rendered
from kiosk.services.rule_changes import changes, checklist, poster, showing
from kiosk.services.rule_changes.checklist import ChecklistDifference, ChecklistDraft
from kiosk.services.stars import checklists, rubrics
from kiosk.services.stars.rubrics import CURRENT, PUT_FORWARD, Item, Lists
from kiosk.services.village import Village
from kiosk.services.work import reading, writing
from tests.services.cases.conftest import refused
from tests.services.rule_changes import road
from tests.services.stars.street import GOOD, Street, furnish
from tests.worlds.kept import grown

__all__ = ["refused"]
Refused = Callable[..., str]
LAMP = Item("", "rules", Texts({"zh": "门口的灯亮", "en": "The lamp at the door works"}))


@pytest.fixture
def street(sqlite_village: Village, clock: SettableClock) -> Street:
    return grown(Street(sqlite_village, clock), furnish)


def now(street: Street) -> Lists:
    return checklist.page(street.village, street.officer("Y")).now.lists


def with_item(lists: Lists, name: str, item: Item) -> ChecklistDraft:
    """In the place of the last of its dimension: no sheet has room for more lines."""
    *_, last = (each for each in lists[name] if each.dimension == item.dimension)
    left = tuple(each for each in lists[name] if each != last)
    return ChecklistDraft({**lists, name: (*left, item)})


def without(lists: Lists, name: str, *keys: str) -> ChecklistDraft:
    left = tuple(each for each in lists[name] if each.key not in keys)
    return ChecklistDraft({**lists, name: left})


def propose(street: Street, draft: ChecklistDraft, by: str = "Y") -> int:
    given = (street.officer(by), draft, new_touch_id())
    return changes.propose(street.village, *given).change_id


def comes_into_force(street: Street, draft: ChecklistDraft) -> int:
    """Shown, adopted, and its ten minutes are over; in force from tomorrow."""
    change = propose(street, draft)
    street.clock.advance(days=14)
    road.adopt(street, change)
    street.clock.advance(minutes=10)
    assert changes.move_due(street.village) == 1
    return change


def opened_by(street: Street, round_id: int) -> str:
    with street.village.read() as session:
        return session.get_one(VisitRound, round_id).rubric


def misfits(street: Street) -> list[Finding]:
    with reading(street.village) as work:
        return list(check_tables(work).findings)


def test_a_new_item_is_shown_adopted_and_looked_at_in_rounds_opened_from_its_day(
    street: Street,
) -> None:
    change = propose(street, with_item(now(street), "home", LAMP))
    (line,) = showing.on_the_start_screen(street.village)
    assert (line.what, line.title["en"]) == ("rubric", "What inspectors look at")
    assert isinstance(line.difference, ChecklistDifference)
    gone, other = line.difference.items
    assert gone.after is None
    assert (other.name, other.before) == ("home", None)
    assert other.after is not None
    assert (other.after.key, other.after.text) == ("own_1", LAMP.text)
    street.clock.advance(days=14)
    road.adopt(street, change)
    assert changes.move_due(street.village) == 0, "ten minutes in which it can be taken back"
    street.clock.advance(minutes=10)
    assert changes.move_due(street.village) == 1
    with reading(street.village) as work:
        assert checklists.standing(work.session, street.today) == CURRENT
    street.clock.advance(days=1)
    round_id = street.drawn_round()
    assert opened_by(street, round_id) == "own-1"
    with reading(street.village) as work:
        home = checklists.named(work.session, "own-1").of("home")
    assert home.of("rules")[-1].key == "own_1"
    assert misfits(street) == []


def test_a_round_that_was_opened_before_keeps_its_lists_and_the_next_one_has_the_new(
    street: Street,
) -> None:
    round_id = street.drawn_round()
    comes_into_force(street, with_item(now(street), "home", LAMP))
    street.clock.advance(days=1)
    assert opened_by(street, round_id) == CURRENT
    assert not street.score("A", GOOD), "by the lists of before"
    street.clock.advance(days=60)
    street.tick()
    street.tick()
    later = street.open_round(2027, 1)
    assert opened_by(street, later) == "own-1"
    assert misfits(street) == []


def test_a_newer_program_turns_no_criterion_of_a_village_that_has_begun(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    street.drawn_round()
    monkeypatch.setattr(checklists, "CURRENT", "2099-1")
    with reading(street.village) as work:
        assert checklists.standing(work.session, street.today) == CURRENT


def test_words_are_changed_and_a_line_is_left_out(street: Street) -> None:
    lists = now(street)
    first, *rest = lists["shop"]
    words = replace(first, text=Texts({"zh": "门口扫过", "en": " "}))
    draft = ChecklistDraft({**lists, "shop": (words, *rest[:-1])})
    comes_into_force(street, draft)
    street.clock.advance(days=1)
    found = now(street)["shop"]
    assert found[0].key == first.key
    assert found[0].text["en"] == "门口扫过", "one language stands for the other"
    assert rest[-1].key not in {each.key for each in found}
    assert misfits(street) == []


def test_the_next_change_goes_on_from_the_last_and_keys_are_not_used_twice(street: Street) -> None:
    comes_into_force(street, with_item(now(street), "home", LAMP))
    street.clock.advance(days=1)
    dropped = without(now(street), "home", "own_1")
    comes_into_force(street, with_item(dropped.lists, "farmyard", LAMP))
    street.clock.advance(days=1)
    with reading(street.village) as work:
        assert checklists.standing(work.session, street.today) == "own-2"
    assert now(street)["farmyard"][-1].key == "own_2"
    assert misfits(street) == []


LONG = Texts({"zh": "长" * 81, "en": "x"})
CHURCH = Texts({"zh": "家里没有佛像", "en": "A clean ditch"})
NOTHING = Texts({"zh": " "})


@pytest.mark.parametrize(
    ("words", "code"),
    [(CHURCH, "checklist_gate"), (LONG, "checklist_words"), (NOTHING, "checklist_words")],
)
def test_what_no_list_may_have_is_refused_before_anybody_reads_it(
    street: Street, refused: Refused, words: Texts, code: str
) -> None:
    draft = with_item(now(street), "home", replace(LAMP, text=words))
    officer = street.officer("Y")
    assert refused(changes.preview_lists, street.village, officer, draft) == code
    assert refused(changes.propose, street.village, officer, draft, new_touch_id()) == code
    assert showing.shown(street.village) == ()


def test_lists_that_give_no_stars_or_fit_no_sheet_are_refused(
    street: Street, refused: Refused
) -> None:
    lists, officer = now(street), street.officer("Y")
    given = (street.village, officer)
    rules = [each.key for each in lists["home"] if each.dimension == "rules"]
    for left_out in (rules, rules[1:]):
        few = without(lists, "home", *left_out)
        assert refused(changes.preview_lists, *given, few) == "checklist_few"
    many = ChecklistDraft({**lists, "home": (*lists["home"], *[LAMP] * 30)})
    assert refused(changes.preview_lists, *given, many) == "checklist_long"
    assert refused(changes.preview_lists, *given, ChecklistDraft(lists)) == "rule_change_same"
    with pytest.raises(ValueError, match="home"):
        changes.preview_lists(
            *given, ChecklistDraft({**lists, "home": (replace(LAMP, dimension="good_faith"),)})
        )


def test_one_change_of_the_lists_is_under_way_at_a_time(street: Street, refused: Refused) -> None:
    lists = now(street)
    change = propose(street, with_item(lists, "home", LAMP))
    first, *rest = lists[PUT_FORWARD]
    other = ChecklistDraft({**lists, PUT_FORWARD: (replace(first, text=LAMP.text), *rest)})
    assert checklist.page(street.village, street.officer("Y")).waits
    assert refused(propose, street, other) == "rule_change_waits"
    changes.withdraw(street.village, street.officer("Y"), change, new_touch_id())
    comes_into_force(street, other)
    assert refused(propose, street, with_item(lists, "home", LAMP)) == "rule_change_waits", (
        "adopted, and in force tomorrow"
    )
    street.clock.advance(days=1)
    assert not checklist.page(street.village, street.officer("Y")).waits


def test_only_officers_change_what_is_looked_at(street: Street, refused: Refused) -> None:
    draft = with_item(now(street), "home", LAMP)
    for session in (street.sign("B"), street.sign("C", "clerk"), street.sign("D", "keeper")):
        assert refused(checklist.page, street.village, session) == "not_allowed"
        given = (session, draft, new_touch_id())
        assert refused(changes.propose, street.village, *given) == "not_allowed"
        assert refused(changes.preview_lists, street.village, session, draft) == "not_allowed"
        assert refused(poster.versions, street.village, session) == "not_allowed"


def test_an_adoption_is_taken_back_and_nothing_comes_of_it(street: Street) -> None:
    change = propose(street, with_item(now(street), "home", LAMP))
    street.clock.advance(days=14)
    road.adopt(street, change)
    changes.take_back(street.village, street.officer("Y"), change, new_touch_id())
    street.clock.advance(days=60)
    assert changes.move_due(street.village) == 1, "it lapses"
    with reading(street.village) as work:
        assert checklists.newest(work.session) is None
    assert misfits(street) == []


def test_the_poster_says_the_difference_and_every_version_is_printed(street: Street) -> None:
    round_id = street.drawn_round()
    assert round_id
    comes_into_force(street, with_item(now(street), "home", LAMP))
    assert "TheRules" not in printed(street)
    officer = street.officer("Y")
    tomorrow = street.today + timedelta(days=1)
    assert poster.versions(street.village, officer) == (("own-1", tomorrow), (CURRENT, None))
    for version, there in (("own-1", True), (CURRENT, False)):
        touch = new_touch_id()
        given = (street.village, officer, version, touch, ENGLISH)
        assert poster.print_lists(*given) == poster.print_lists(*given)
        said = printed(street)
        assert ("Thelampatthedoorworks" in said) is there
        assert "Moneythatwaspromised" in said


def test_the_poster_of_a_change_is_in_both_languages(street: Street) -> None:
    lists = now(street)
    gone = lists["home"][0]
    propose(street, with_item(without(lists, "home", gone.key).lists, "home", LAMP))
    said = printed(street)
    for each in ("门口的灯亮", "Thelampatthedoorworks", *gone.text.values()):
        assert "".join(each.split()) in said


def printed(street: Street) -> str:
    """Every word on the paper that was queued last, without blanks."""
    job = next(each for each in reversed(street.jobs()) if each.paper == "rule_poster")
    pdf = rendered(
        Order(paper="rule_poster", media="A4", payload=job.payload, qr_text="x"), "pdf", "r"
    ).pdf
    assert pdf is not None
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return "".join("".join(pages).split())


NOT_ALLOWED: Mapping[str, tuple[Mapping[str, object], str]] = {
    "not the next": ({"version": 2}, "not the next version"),
    "from yesterday on": ({"valid_from": "2026-11-01"}, "reaches back"),
    "that nobody adopted": ({}, "not as it was adopted"),
}


@pytest.mark.parametrize("what", NOT_ALLOWED)
def test_lists_that_no_assembly_adopted_are_named(street: Street, what: str) -> None:
    said, why = NOT_ALLOWED[what]
    change = propose(street, with_item(now(street), "home", LAMP))
    lists = rubrics.written(rubrics.shipped(CURRENT).lists)
    whole = {"version": 1, "valid_from": "2027-06-01", "text": lists, "change": change}
    with writing(street.village) as work:
        log.append(work, checklists.INSTALLED, whole | dict(said))
    assert f"rubric_installed: {why}" in {each.name for each in misfits(street)}


@pytest.mark.parametrize("column", ["valid_from", "text"])
def test_whatever_is_changed_in_lists_that_were_adopted_is_named(
    street: Street, column: str
) -> None:
    comes_into_force(street, with_item(now(street), "home", LAMP))
    assert misfits(street) == []
    value = {"valid_from": "2026-01-01", "text": "{}"}[column]
    with street.village.write() as session:
        session.execute(text(f"UPDATE rubric_version SET {column} = :value"), {"value": value})
    assert f"rubric_version.{column}" in {each.name for each in misfits(street)}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"rubric": "2099-1"}, "other words than the lists'"),
        ({"digest": "0" * 64}, "other words than the lists'"),
        ({"rubric": "own-7"}, "other words than the lists'"),
    ],
)
def test_a_round_by_lists_that_are_none_is_named(
    street: Street, said: Mapping[str, object], why: str
) -> None:
    assert f"round_opened: {why}" in _named_after_opening(street, said)


def test_a_round_by_other_lists_than_the_villages_is_named(street: Street) -> None:
    comes_into_force(street, with_item(now(street), "home", LAMP))
    street.clock.advance(days=1)
    assert "round_opened: by other lists" in _named_after_opening(street, {})


def _named_after_opening(street: Street, said: Mapping[str, object]) -> set[str]:
    both = {"by": street.people["Y"], "second": street.people["Z"]}
    lists = {"rubric": CURRENT, "digest": rubrics.shipped(CURRENT).digest}
    when = street.today
    quarter = {"round": 9, "year": when.year, "quarter": (when.month + 2) // 3}
    with writing(street.village) as work:
        log.append(work, "round_opened", {**quarter, **lists, **both, **said})
    return {each.name for each in misfits(street)}
