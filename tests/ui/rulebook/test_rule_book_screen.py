"""The rule book by touch: a rule proposed, read by everybody, adopted by two, and printed."""

from __future__ import annotations

import pytest

from kiosk.app import MainWindow
from kiosk.core.clock import SettableClock
from kiosk.services.rule_changes import changes, showing
from kiosk.services.rulebook import book
from kiosk.services.rulebook.reading import RuleText
from kiosk.services.village import Village
from tests.services.access.entries import ledger_of
from tests.ui.neighbours import OFFICER, SECOND_OFFICER, Neighbours
from tests.ui.touch import see, tap, texts, until, write
from tests.worlds.kept import grown

TITLE, TEXT = "借出小三轮", "把小三轮借给邻居运东西，不收钱。"


@pytest.fixture
def lane(sqlite_village: Village, clock: SettableClock) -> Neighbours:
    return grown(Neighbours(sqlite_village, clock), Neighbours.found)


def come(stage: MainWindow, lane: Neighbours, who: str = OFFICER) -> None:
    """An officer opens the rule book."""
    stage.kiosk.begin_session(lane.signed_in(who, official=True))
    stage.kiosk.open("rule_book")
    until(lambda: see(stage.window, "rule_book.clean_docks"), "the rules")


def steps(stage: MainWindow, *names: str) -> None:
    for name in names:
        until(lambda each=name: see(stage.window, each), name)  # type: ignore[misc]
        tap(stage.window, name)


def words(stage: MainWindow, chinese: str) -> None:
    until(lambda: see(stage.window, "rule.zh.input"), "the words")
    write(stage.window, "rule.zh.input", chinese)
    tap(stage.window, "rule_book.go_on")


def put_together(stage: MainWindow, text: str = TEXT) -> None:
    """A new rule, up to where it is looked over."""
    steps(
        stage,
        "rule_book.new",
        "rule_book.offer.own",
        "rule_book.kind.deed",
        "rule_book.area.helping_others",
    )
    words(stage, TITLE)
    words(stage, text)
    steps(stage, "rule_book.reporters.anyone", "rule_book.icon.tools", "rule_book.points.4")
    steps(stage, "rule_book.ladder.8:6", "rule_book.caps.month:2")
    until(lambda: see(stage.window, "rule_book.propose"), "the whole rule")


def propose(stage: MainWindow, lane: Neighbours) -> None:
    come(stage, lane)
    put_together(stage)
    tap(stage.window, "rule_book.propose")
    until(lambda: see(stage.window, "rule_book.to_list"), "that it is proposed")


def adopt(stage: MainWindow, lane: Neighbours, second: str = SECOND_OFFICER) -> None:
    """Who is signed in writes the assembly's decision down; another officer signs."""
    day = lane.today.isoformat()
    steps(stage, "changes.adopt.0", f"rule_book.day.{day}", "rule_book.begins.0")
    until(lambda: see(stage.window, "rule_book.summary"), "what is agreed to")
    sign(stage, lane, second)


def sign(stage: MainWindow, lane: Neighbours, who: str) -> None:
    card = lane.cards[who]
    stage.kiosk.card_scanned(card.token_text)
    until(lambda: see(stage.window, "card_label"), "the PIN's page")
    for digit in card.pin:
        tap(stage.window, f"pad.{digit}")


def test_a_rule_is_proposed_read_by_everybody_adopted_by_two_and_in_force_tomorrow(
    stage: MainWindow, lane: Neighbours
) -> None:
    propose(stage, lane)
    tap(stage.window, "rule_book.to_list")
    until(lambda: see(stage.window, "changes.0"), "the change")
    assert see(stage.window, "changes.adopt.0") is None, "nobody decides before the 14 days"
    stage.kiosk.endSession()
    changing = stage.kiosk.text("home.rules_changing")
    until(lambda: changing in texts(stage.window), "the start screen says so")
    tap(stage.window, "tile.rules")
    until(lambda: TITLE in texts(stage.window), "the change, for everybody")

    lane.clock.advance(days=14)
    come(stage, lane)
    adopt(stage, lane)
    until(lambda: see(stage.window, "rule_book.adopted"), "that it is written down")
    lane.clock.advance(minutes=10)
    assert changes.move_due(lane.village) == 1
    stage.kiosk.endSession()
    until(lambda: changing in texts(stage.window), "the start screen says from when")
    lane.clock.advance(days=1)
    assert TITLE in [each.title["zh"] for each in book.current(lane.village)]


def test_words_that_no_rule_may_have_are_refused_and_nothing_typed_is_lost(
    stage: MainWindow, lane: Neighbours
) -> None:
    come(stage, lane)
    put_together(stage, "到教堂做礼拜，半天以上。")
    tap(stage.window, "rule_book.propose")
    sentence = until(
        lambda: [each for each in texts(stage.window) if "不能写进规则" in each], "the refusal"
    )
    assert "教堂" in sentence[0]
    steps(stage, "rule_book.field.text")
    field = until(lambda: see(stage.window, "rule.zh"), "the words")
    assert field.property("text") == "到教堂做礼拜，半天以上。"
    field.setProperty("text", "")
    write(stage.window, "rule.zh.input", TEXT)
    steps(stage, "rule_book.go_on", "rule_book.propose")
    until(lambda: see(stage.window, "rule_book.to_list"), "that it is proposed")
    assert ledger_of(lane.village, "rule_proposed")[-1]["by"] == lane.people[OFFICER]


def test_the_proposer_does_not_adopt_alone(stage: MainWindow, lane: Neighbours) -> None:
    propose(stage, lane)
    lane.clock.advance(days=14)
    come(stage, lane)
    adopt(stage, lane, OFFICER)
    until(lambda: see(stage.window, "card_number"), "the card's page again")
    assert ledger_of(lane.village, "rule_adopted") == []
    sign(stage, lane, SECOND_OFFICER)
    until(lambda: see(stage.window, "rule_book.adopted"), "that it is written down")


def test_other_points_for_a_rule_that_stands_and_the_end_of_one(
    stage: MainWindow, lane: Neighbours
) -> None:
    come(stage, lane)
    steps(stage, "rule_book.clean_docks", "rule_book.rule.changed", "rule_book.field.points")
    steps(stage, "rule_book.points.5", "rule_book.propose", "rule_book.to_list")
    steps(stage, "rule_book.festival", "rule_book.rule.ended", "rule_book.propose")
    until(lambda: see(stage.window, "rule_book.to_list"), "that it is proposed")
    said = ledger_of(lane.village, "rule_proposed")
    assert [(each["what"], each["rule"]) for each in said] == [
        ("changed", "clean_docks"),
        ("ended", "festival"),
    ]


def test_a_proposal_is_taken_back_and_an_adoption_undone(
    stage: MainWindow, lane: Neighbours
) -> None:
    propose(stage, lane)
    lane.clock.advance(days=14)
    come(stage, lane)
    adopt(stage, lane)
    steps(stage, "rule_book.to_list", "changes.undo.0", "dialog.yes")
    steps(stage, "changes.withdraw.0", "dialog.yes")
    until(lambda: see(stage.window, "changes.0") is None, "that it is gone")
    assert showing.shown(lane.village) == ()


def test_the_book_of_a_day_is_printed(stage: MainWindow, lane: Neighbours) -> None:
    come(stage, lane)
    steps(stage, "rule_book.print", "rule_book.days.0")
    until(lambda: see(stage.window, "paper.state"), "the paper")
    tap(stage.window, "rule_book.to_list")
    until(lambda: see(stage.window, "rule_book.new"), "the rule book")


def test_a_rule_that_comes_with_the_program_is_taken_up_with_its_words(
    stage: MainWindow, lane: Neighbours
) -> None:
    come(stage, lane)
    steps(stage, "rule_book.new", "rule_book.offer.night_noise", "rule_book.propose")
    until(lambda: see(stage.window, "rule_book.to_list"), "that it is proposed")
    (line,) = showing.shown(lane.village)
    assert isinstance(line.difference.after, RuleText)
    assert (line.difference.after.kind, line.difference.after.icon) == ("concern", "moon")
    steps(stage, "rule_book.to_list", "rule_book.new")
    until(lambda: see(stage.window, "rule_book.offer.own"), "what is offered")
    assert see(stage.window, "rule_book.offer.night_noise") is None, "it is proposed already"
