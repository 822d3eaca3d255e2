"""What is photographed: one list, to which every room adds its screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from kiosk.core import event_log
from kiosk.core.clock import village_day
from kiosk.core.ids import new_touch_id
from kiosk.models.ledger import Checkpoint
from kiosk.services.access.roles import Role, holders
from kiosk.services.cases import decide, submit
from kiosk.services.cases.views import own_view
from kiosk.services.printing import queue, spooler
from kiosk.services.rule_changes import showing
from kiosk.services.upkeep import fire_drill, last_verify
from kiosk.services.upkeep.backup import back_up
from kiosk.ui.shell.screens import SCREENS
from scripts import (
    appeal_shots,
    card_shots,
    case_shots,
    founding_shots,
    letter_shots,
    perk_shots,
    register_shots,
    rights_shots,
    sign_shots,
    thanks_shots,
)
from scripts.shot_stage import ShotStage


@dataclass(frozen=True)
class Shot:
    """One picture: its name and how to get there from the start screen."""

    name: str
    go: Callable[[ShotStage], None]


def _day_counted(stage: ShotStage) -> None:
    """A village that opens its day: the first thing that is counted."""
    stage.sign_in("clerk")
    stage.open("workday")
    stage.tap("workday.open")
    for key in ("4", "8", "0"):
        stage.tap(f"pad.{key}")


def _day_looked_over(stage: ShotStage) -> None:
    """Everything is counted."""
    stage.sign_in("clerk")
    stage.open("workday")
    stage.tap("workday.open")
    while not stage.shows("workday.write"):
        if stage.shows("workday.as_before"):
            stage.tap("workday.as_before")
            continue
        stage.tap("pad.6")
        stage.tap("workday.next")


def _household_searched(stage: ShotStage) -> None:
    stage.sign_in("clerk")
    stage.open("signs")
    stage.type("signs.search.input", "林春生")
    stage.item("signs.household.0")


def _household_opened(stage: ShotStage) -> None:
    _household_searched(stage)
    stage.tap("signs.household.0")
    preview = stage.item("signs.preview")
    stage.until(lambda: not preview.property("behind"))


def _sign_printed(stage: ShotStage) -> None:
    _household_opened(stage)
    stage.tap("signs.print" if stage.shows("signs.print") else "signs.duplicate")
    spooler.print_next(stage.village)
    stage.item("signs.printed")


def _sign_checked(stage: ShotStage) -> None:
    _sign_printed(stage)
    with stage.village.read() as session:
        newest = select(Checkpoint.note).order_by(Checkpoint.id.desc()).limit(1)
        note = session.scalars(newest).one()
    stage.stage.kiosk.note_scanned(note)
    stage.item("check.verdict")


def _photographs_brought(stage: ShotStage) -> None:
    _sign_printed(stage)
    sign_shots.photographs(stage)


def _photograph_checked(stage: ShotStage) -> None:
    _sign_printed(stage)
    sign_shots.photograph(stage)


def _register_opened(stage: ShotStage) -> None:
    stage.sign_in("clerk")
    stage.open("register")
    if stage.shows("register.take_back.0"):  # of the picture before
        stage.tap("register.take_back.0")
    stage.type("register.search.input", "林春生")
    stage.tap("register.household.0")
    stage.tap("register.purpose.0")
    stage.item("register.member.0")


def _life_event(*taps: str) -> Callable[[ShotStage], None]:
    """Something that happens in a household, as far as these taps lead."""

    def go(stage: ShotStage) -> None:
        _register_opened(stage)
        for name in taps:
            stage.tap(name)

    return go


def _move_shown(stage: ShotStage) -> None:
    _life_event("register.happens.move", "register.who.0", "register.next", "register.to_door")(
        stage
    )
    stage.type("register.door.input", "新街99号")
    stage.tap("register.next")
    if stage.shows("register.head.0"):
        stage.tap("register.head.0")
    stage.item("register.changes")


def _move_written(stage: ShotStage) -> None:
    _move_shown(stage)
    stage.tap("register.write")
    stage.item("register.done")


def _what_waits(stage: ShotStage) -> None:
    stage.sign_in("clerk")
    stage.open("today")
    stage.item("today.0")


def _round_printed(stage: ShotStage) -> None:
    _what_waits(stage)
    stage.tap("today.print")
    spooler.print_next(stage.village)
    stage.item("paper.picture")


def _machine_looked_at(stage: ShotStage) -> None:
    """With a backup that was tried out, as on any day."""
    if fire_drill.last_drill(stage.village) is None:
        back_up(stage.village)
        fire_drill.hold(stage.village)
        last_verify.verify(stage.village)
    stage.sign_in("keeper")
    stage.open("machine")
    stage.item("machine.printer_slip")


def _tasks_offered(stage: ShotStage) -> None:
    stage.sign_in("keeper")
    stage.open("machine_tasks")
    stage.item("tasks.slips")


def _roll_changed(stage: ShotStage) -> None:
    stage.sign_in("keeper")
    stage.open("guide", task="slips")
    stage.tap("guide.next")
    stage.item("guide.picture")


def _clock_set(stage: ShotStage) -> None:
    stage.sign_in("keeper")
    stage.open("guide", task="clock")
    stage.item("guide.moment")


def _touch_tested(stage: ShotStage) -> None:
    stage.sign_in("keeper")
    stage.open("touch_test")
    for each in (0, 3):
        stage.tap(f"touch.{each}")


def _what_happened(stage: ShotStage) -> None:
    event_log.keep_journal(stage.village.directory.log)
    for event in ("started", "backup_made", "fire_drill_held", "paper_held"):
        event_log.record(event)
    stage.sign_in("keeper")
    stage.open("journal")
    stage.item("journal.code")


def _neighbour_found(stage: ShotStage) -> None:
    stage.open("look_up")
    stage.type("search", "lcs")
    stage.item("person.0")


def _pin_asked_for(stage: ShotStage) -> None:
    stage.open("sign_in")
    stage.tap("use_demo_card")


def _own(screen: str, story: str = "main") -> Callable[[ShotStage], None]:
    """A screen of the resident of a demo card who signed in."""

    def go(stage: ShotStage) -> None:
        stage.sign_in(story)
        stage.open(screen)

    return go


def _signed_in(stage: ShotStage, who: str) -> str:
    """The session of the holder of a demo card."""
    stage.sign_in(who)
    session = stage.stage.kiosk.session
    return session.id if session else ""


def _report(stage: ShotStage, *taps: str, kind: str = "good") -> None:
    """Somebody's report, as far as these taps lead."""
    stage.sign_in("main")
    stage.open("reports", kind=kind)
    for name in taps:
        stage.tap(name)


_OWN_DEED = ("report.whom.self", "report.rule.0")
_ON_A_DAY = ("report.quick.1", "report.part.afternoon")


def _report_written(stage: ShotStage) -> None:
    _report(stage, *_OWN_DEED, *_ON_A_DAY, "report.place.docks_south")
    stage.type("report.words.input", "和隔壁一起捞水草，扫了两段石阶。")
    stage.tap("report.words_done")
    stage.tap("report.witnesses_done")
    stage.item("report.next")


def _witness_asked(stage: ShotStage) -> None:
    _report(stage, *_OWN_DEED, *_ON_A_DAY, "report.place.docks_south")
    stage.tap("report.words_done")
    stage.type("report.search.input", "lxl")
    stage.tap("report.person.0")
    stage.item("report.witness.0")


def _report_handed_in(stage: ShotStage) -> None:
    """One handed in for the picture before is taken back: the same deed is handed in once."""
    session_id = _signed_in(stage, "main")
    for case in own_view.my_cases(stage.village, session_id):
        if case.about_me and case.kind == "deed" and "withdraw" in case.may:
            submit.withdraw(stage.village, session_id, case.case_id, new_touch_id())
    _report_written(stage)
    stage.tap("report.hand_in")
    stage.item("report.reference")
    while any(not job.over for job in queue.jobs(stage.village)):
        spooler.print_next(stage.village)
    stage.item("paper.picture")


def _concern_rules(stage: ShotStage) -> None:
    _report(stage, "report.understood", kind="concern")
    stage.type("report.search.input", "周根土")
    stage.tap("report.person.0")


def _desk(stage: ShotStage) -> None:
    stage.sign_in("officer")
    stage.open("desk")
    stage.item("desk.case.0")


def _case(state: str, *taps: str) -> Callable[[ShotStage], None]:
    """The oldest case in this state, and what is tapped on its page."""

    def go(stage: ShotStage) -> None:
        waiting = decide.queue(stage.village, _signed_in(stage, "officer"))
        case = next(line for line in waiting if line.state == state and line.mine_to_decide)
        stage.open("case", caseId=case.case_id)
        for name in taps:
            stage.tap(name)

    return go


def _found_by_number(stage: ShotStage) -> None:
    stage.sign_in("officer")
    stage.open("find_case")
    stage.tap("pad.2")


def _office_given(*taps: str) -> Callable[[ShotStage], None]:
    """Somebody is found and chosen for an office, and what is tapped then."""

    def go(stage: ShotStage) -> None:
        stage.sign_in("officer")
        stage.open("offices")
        stage.tap("offices.appoint")
        stage.type("offices.search.input", "李秀兰")
        stage.tap("offices.person.0")
        for name in taps:
            stage.tap(name)

    return go


def _a_second_officer_asked(stage: ShotStage) -> None:
    _office_given("offices.role.1", "offices.reason.0")(stage)
    day = village_day(stage.village.clock.now()) - timedelta(days=3)
    stage.tap(f"offices.day.{day}")
    stage.item("offices.summary")


def _rule_put_together(stage: ShotStage) -> None:
    """A new rule, up to where it is looked over; or it is under way already."""
    stage.sign_in("officer")
    stage.open("rule_book")
    for name in (
        "rule_book.new",
        "rule_book.offer.own",
        "rule_book.kind.deed",
        "rule_book.area.helping_others",
    ):
        stage.tap(name)
    for words in ("借出小三轮", "把小三轮借给邻居运东西，不收钱。"):
        stage.type("rule.zh.input", words)
        stage.tap("rule_book.go_on")
    for name in ("reporters.anyone", "icon.tools", "points.4", "ladder.8:6", "caps.month:2"):
        stage.tap(f"rule_book.{name}")
    stage.item("rule_book.propose")


def _hours_asked(stage: ShotStage) -> None:
    """What more hours give is changed, once it was put together."""
    _rule_put_together(stage)
    stage.tap("rule_book.field.ladder")
    stage.item("rule_book.ladder.none")


def _how_often_asked(stage: ShotStage) -> None:
    """How often a rule counts is changed, once it was put together."""
    _rule_put_together(stage)
    stage.tap("rule_book.field.caps")
    stage.item("rule_book.caps.none")


def _points_proposed(stage: ShotStage) -> None:
    """Other points for a rule, proposed once, and its poster."""
    stage.sign_in("officer")
    stage.open("rule_book")
    stage.item("rule_book.clean_docks")
    if not showing.shown(stage.village):
        for name in ("clean_docks", "rule.changed", "field.points", "points.5", "propose"):
            stage.tap(f"rule_book.{name}")
        spooler.print_next(stage.village)
        stage.item("paper.picture")


def _rules_changing(screen: str) -> Callable[[ShotStage], None]:
    def go(stage: ShotStage) -> None:
        _points_proposed(stage)
        stage.stage.kiosk.endSession()
        if screen:
            stage.open(screen)

    return go


def _at_work(screen: str, who: Role = "clerk") -> Callable[[ShotStage], None]:
    def go(stage: ShotStage) -> None:
        stage.sign_in(who)
        stage.open(screen)

    return go


_SHOTS: tuple[Shot, ...] = (
    Shot("home", lambda _stage: None),
    Shot("rules", lambda stage: stage.open("rules")),
    Shot("calendar", lambda stage: stage.open("calendar")),
    Shot("workday_count", _day_counted),
    Shot("workday_review", _day_looked_over),
    Shot("look_up", _neighbour_found),
    Shot("sign_in", lambda stage: stage.open("sign_in")),
    Shot("pin", _pin_asked_for),
    Shot("asked", _own("asked")),
    Shot("my_record", _own("my_record")),
    Shot("who_looked", _own("record_views")),
    Shot("consents", _own("consents")),
    Shot("notice_deed", _own("notices", "nomination")),
    Shot("notice_concern", _own("notices", "concern")),
    Shot("report_whom", _report),
    Shot("report_rule", lambda stage: _report(stage, "report.whom.self")),
    Shot("report_hours", lambda stage: _report(stage, "report.whom.self", "report.rule.4")),
    Shot("report_when", lambda stage: _report(stage, *_OWN_DEED, "report.earlier")),
    Shot("report_part", lambda stage: _report(stage, *_OWN_DEED, "report.quick.1")),
    Shot("report_where", lambda stage: _report(stage, *_OWN_DEED, *_ON_A_DAY)),
    Shot("report_photo", case_shots.photos_on_a_stick),
    Shot("report_no_photo", case_shots.no_stick),
    Shot("report_witness", _witness_asked),
    Shot("report_check", _report_written),
    Shot("report_done", _report_handed_in),
    Shot("report_same", case_shots.perhaps_the_same),
    Shot("report_the_same", case_shots.the_same),
    Shot("concern_before", lambda stage: _report(stage, kind="concern")),
    Shot("concern_rule", _concern_rules),
    Shot("desk", _desk),
    Shot("officer_case", _case("replied")),
    Shot("officer_deed", _case("submitted")),
    Shot("find_case", _found_by_number),
    Shot("officer_reason", _case("replied", "case.decline")),
    Shot("officer_sentence", _case("replied", "case.decline", "case.reason.0")),
    Shot("officer_evidence", case_shots.whole_case),
    Shot("officer_evidence_below", case_shots.lower_half),
    Shot("officer_photo", case_shots.one_photo),
    Shot("officer_merge", case_shots.merging),
    Shot("officer_moved_on", case_shots.moved_on),
    Shot("not_yet", lambda stage: stage.open("not_built")),
    Shot("letters", _own("letters")),
    Shot("letter_facts", letter_shots.composing()),
    Shot("letter_seen", letter_shots.seen),
    Shot("letter_check", letter_shots.checked),
    Shot("board", lambda stage: stage.open("board")),
    Shot("thanks", _own("thanks")),
    Shot("thanks_for", thanks_shots.reasons),
    Shot("thanks_said", thanks_shots.said),
    Shot("perks", _own("perks")),
    Shot("perks_reserved", perk_shots.reserved),
    Shot("wallet", perk_shots.wallet),
    Shot("perk_desk_voucher", perk_shots.handing_over),
    Shot("stock_picture", perk_shots.shelf_kept("stock.add")),
    Shot("stock_count", perk_shots.shelf_kept("stock.take.0")),
    Shot("check", lambda stage: stage.open("check")),
    Shot("check_sign", _sign_checked),
    Shot("check_photos", _photographs_brought),
    Shot("check_photo", _photograph_checked),
    Shot("signs_find", _household_searched),
    Shot("signs", _household_opened),
    Shot("signs_printed", _sign_printed),
    Shot("fairness", _at_work("fairness", "officer")),
    Shot("my_household", _own("my_household")),
    Shot("visits", _own("visits")),
    Shot("village_signs", sign_shots.where),
    Shot("village_signs_which", sign_shots.which),
    Shot("village_signs_paper", sign_shots.labels),
    Shot("village_signs_run", sign_shots.under_way),
    Shot("sheet_offset", sign_shots.offset),
    Shot("staff", _at_work("staff")),
    Shot("differences_kinds", register_shots.compared()),
    Shot("differences_one", register_shots.compared("differences.page.1", "differences.list.0")),
    Shot("differences_doubt", register_shots.compared("differences.page.3", "differences.list.0")),
    Shot(
        "differences_sure", register_shots.compared("differences.page.0", "differences.accept_all")
    ),
    Shot("differences_refused", register_shots.compared("differences.refused")),
    Shot("register_household", _register_opened),
    Shot("register_who", _life_event("register.happens.move")),
    Shot("register_newcomer", _life_event("register.happens.birth")),
    Shot("register_move", _move_shown),
    Shot("register_done", _move_written),
    Shot("register_death", _life_event("register.happens.death", "register.who.0")),
    Shot("cards_person", card_shots.card_of()),
    Shot("cards_lost_sure", card_shots.card_of("cards.way.lost", then="dialog.yes")),
    Shot("cards_lost", card_shots.card_of("cards.way.lost", "dialog.yes", then="cards.way.found")),
    Shot(
        "cards_found",
        card_shots.card_of("cards.way.lost", "dialog.yes", "cards.way.found", then="number_pad"),
    ),
    Shot("cards_foreign", card_shots.card_of("cards.way.own", then="cards.foreign")),
    Shot("cards_taken", card_shots.taken),
    Shot("office_reason", _office_given("offices.role.1")),
    Shot("office_day", _office_given("offices.role.1", "offices.reason.0")),
    Shot("office_second", _a_second_officer_asked),
    Shot("enrolment_listen", rights_shots.enrolment("enrol.begin")),
    Shot("enrolment_sample", rights_shots.enrolment("enrol.begin", "enrol.listened")),
    Shot(
        "enrolment_question",
        rights_shots.enrolment("enrol.begin", "enrol.listened", "enrol.looked"),
    ),
    Shot(
        "enrolment_wrong",
        rights_shots.enrolment(
            *("enrol.begin", "enrol.listened", "enrol.looked", "enrol.answer.unsure")
        ),
    ),
    Shot("rule_check", _rule_put_together),
    Shot("rule_hours", _hours_asked),
    Shot("rule_often", _how_often_asked),
    Shot("rule_proposed", _points_proposed),
    Shot("rules_changing", _rules_changing("rules")),
    Shot("home_changing", _rules_changing("")),
    Shot("today", _what_waits),
    Shot("today_printed", _round_printed),
    Shot("found", founding_shots.name),
    Shot("found_log", founding_shots.log),
    Shot("found_rules", founding_shots.rules),
    Shot("found_person", founding_shots.person),
    Shot("founded", founding_shots.cards),
    Shot("machine", _machine_looked_at),
    Shot("machine_tasks", _tasks_offered),
    Shot("guide", _roll_changed),
    Shot("guide_clock", _clock_set),
    Shot("touch_test", _touch_tested),
    Shot("journal", _what_happened),
    Shot("corrections", rights_shots.correction()),
    Shot("wrong_data_page", rights_shots.correction("corrections.row.0")),
    Shot(
        "wrong_data_corrected",
        rights_shots.correction("corrections.row.0", "corrections.to_correct"),
    ),
    Shot(
        "wrong_data_declined",
        rights_shots.correction("corrections.row.0", "corrections.to_decline"),
    ),
    Shot("my_data", rights_shots.my_data()),
    Shot("my_data_copy", rights_shots.my_data("my_data.copy")),
    Shot("my_data_printed", rights_shots.copy_printed),
    Shot("my_data_slip", rights_shots.slip_printed),
    Shot("my_data_slip_held", rights_shots.slip_held),
    Shot("my_data_on_drive", rights_shots.copy_on_drive),
    Shot("my_data_wrong", rights_shots.my_data("my_data.correct", "my_data.what.born_on")),
    Shot("my_data_leave", rights_shots.my_data("my_data.leave")),
    Shot("check_slip", appeal_shots.slip_of_decision),
    Shot("decision_told", appeal_shots.decision_told),
    Shot("decision_untold", appeal_shots.decision_untold),
    Shot("appeal", appeal_shots.appeal_page),
    Shot("put_right", appeal_shots.put_right),
    Shot("appeal_why", appeal_shots.appeal_why),
    Shot("panel", appeal_shots.panels_waiting),
    Shot("panel_case", appeal_shots.panel_case),
    Shot("panel_malice", appeal_shots.panel_malice),
    Shot("panel_sentence", appeal_shots.panel_sentence),
    Shot("correction", appeal_shots.correction),
    Shot("my_data_left", rights_shots.asked_to_leave),
    Shot("leaving", rights_shots.told_to_leave),
    Shot("leaving_stays", rights_shots.stays),
    Shot("still_here", lambda stage: stage.count_down()),
    # Last, since they end the card of the first story.
    Shot("enrolment_card", rights_shots.card_handed_over),
    Shot("first_pin", rights_shots.first_pin),
    Shot("first_pin_seen", rights_shots.new_pin),
    Shot("first_pin_try", rights_shots.pin_tried),
)

SHOTS: tuple[Shot, ...] = (
    *(
        Shot(entry.name, _at_work(entry.name, holders(entry.tile.acts[0])[0]))
        for entry in SCREENS
        if entry.tile and entry.name not in {shot.name for shot in _SHOTS}
    ),
    *_SHOTS,
)
"""A screen behind a tile of the officials has its picture without being named here."""
