"""What else happens on a full day: the doors that a case from report to effect does not open."""

from __future__ import annotations

import dataclasses
import io
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from PIL import Image

from kiosk.core.card_token import new_card_token
from kiosk.core.catalogue import CHINESE
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.core.open_days import Span
from kiosk.core.texts import Texts
from kiosk.devices.photographed_codes import PhotographedCode
from kiosk.models.register import Resident
from kiosk.services import open_days
from kiosk.services.access import first_pin, languages, office_pauses, offices, sessions
from kiosk.services.audit import tables
from kiosk.services.board import board
from kiosk.services.calendar import closing_days
from kiosk.services.cases import (
    appeal,
    confirmations,
    decide,
    disowned,
    hand_overs,
    notices,
    panel,
    panel_correction,
    paper_notices,
    photos,
    second_review,
    submit,
)
from kiosk.services.cases.flow import timed_moves
from kiosk.services.check import papers, phone_page, photographs
from kiosk.services.consent import consents, pauses
from kiosk.services.differences import deciding, pages, reading, refused
from kiosk.services.enrolment import explanation, new_card
from kiosk.services.hall import words
from kiosk.services.households import desk, events, past_cases
from kiosk.services.households import doctor as register_doctor
from kiosk.services.households.plans import Plan
from kiosk.services.ledger.export import export_log
from kiosk.services.letters import letters
from kiosk.services.my_data import consent_choices, corrections, erasure, houses
from kiosk.services.perks import catalogue, floor, redemptions, shelf, stock, voucher
from kiosk.services.perks import desk as perk_desk
from kiosk.services.perks.stock import Found
from kiosk.services.printing import archive, offset, queue, spooler
from kiosk.services.printing.weekly_checkpoint import queue_checkpoint
from kiosk.services.register import exporting
from kiosk.services.rule_changes import changes, poster, showing
from kiosk.services.rule_changes.drafts import Draft
from kiosk.services.rule_changes.offered import offered
from kiosk.services.rulebook import book
from kiosk.services.stars import door_signs, round_totals, sign_batch, sign_carrying
from kiosk.services.upkeep import clock_check, doctor, opening, recovery_key, restore, switching_off
from kiosk.services.upkeep.backup import back_up
from kiosk.services.village import Village
from kiosk.services.waiting import closing, living_calendar
from kiosk.services.wallet import lots
from kiosk.services.workday import days
from kiosk.services.workday.counting import Answer
from tests.services.cases.conftest import Hamlet
from tests.worlds.a_round import live_a_round
from tests.worlds.cards_of_the_day import see_to_cards
from tests.worlds.lists_of_the_day import print_the_newest, propose_another_line
from tests.worlds.thanks_of_the_day import say_thanks

SENTENCE = "两边都问过了。"


def live_the_rest_of_it(hamlet: Hamlet, folder: Path) -> tuple[str, ...]:
    """Everything that the first part of the day left out; the secrets drawn on the way."""
    hamlet.add("FG")
    hamlet.add("H")
    hamlet.add("W")
    secrets = _offices(hamlet)
    _own_ways_out(hamlet)
    _panels(hamlet)
    _second_reading(hamlet)
    _rights(hamlet)
    _families(hamlet)
    _yearly_register(hamlet, folder)
    _hall(hamlet)
    _perks(hamlet)
    _letters(hamlet)
    say_thanks(hamlet)
    board.said(hamlet.village, CHINESE)
    board.poster(hamlet.village, CHINESE)
    _the_day(hamlet)
    live_a_round(hamlet)
    _signs(hamlet)
    _rules(hamlet)
    _the_keepers_round(hamlet, folder)
    return secrets


def _offices(hamlet: Hamlet) -> tuple[str, ...]:
    village, officer = hamlet.village, hamlet.officer("Y")
    made = new_card.issue_and_print(village, hamlet.sign("Z", "clerk"), hamlet.people["H"])
    first_pin.awaits(village, made.issued.number)
    drawn = first_pin.draw(village, made.issued.token_text)
    first_pin.try_once(village, drawn, drawn.pin)
    unfetched = new_card.issue_and_print(village, hamlet.sign("Z", "clerk"), hamlet.people["W"])
    second = hamlet.signature("Z")
    person = hamlet.people["F"]
    offices.may_be_appointed(village, officer, person)
    appointed = offices.Change(person, "clerk", "elected", hamlet.today)
    offices.appoint(village, officer, appointed, second, new_touch_id())
    offices.vouch(village, officer, hamlet.people["H"], hamlet.signature("Y"), new_touch_id())
    rests = offices.Pause(hamlet.today, hamlet.today + timedelta(days=3), "away")
    office_pauses.pause(village, officer, person, "clerk", rests, second, new_touch_id())
    office_pauses.bring_back(village, officer, person, "clerk", second, new_touch_id())
    assert office_pauses.move_due(village) == 0
    offices.end(
        village,
        officer,
        offices.Change(person, "clerk", "term_over", hamlet.today),
        second,
        new_touch_id(),
    )
    offices.offices(village, officer)
    with suppress(ExpectedError):  # officers of two houses are there
        offices.require_emergency(village)
    sessions.still_here(village, officer)
    languages.note_language(village, hamlet.sign("A"), "zh", chosen=True)
    for card, pin in ((new_card_token(), drawn.pin), (made.issued.number, "924713")):
        with suppress(ExpectedError):  # a strange card, and a wrong PIN
            sessions.sign_in(village, card, pin)
    book.current(village)
    see_to_cards(hamlet)
    return (drawn.pin, made.issued.token_text, unfetched.issued.token_text)


def _own_ways_out(hamlet: Hamlet) -> None:
    """Taken back, declined, merged, stepped aside from, not theirs, put right at the desk."""
    village = hamlet.village
    submit.check_neighbour(village, hamlet.sign("B"), hamlet.people["F"])
    first = hamlet.hand_in("F", "F", "help", days_ago=2).case_id
    confirmations.check_witness(village, hamlet.sign("F"), hamlet.people["H"])
    confirmations.ask_to_confirm(
        village, hamlet.sign("F"), first, hamlet.people["H"], new_touch_id()
    )
    submit.withdraw(village, hamlet.sign("F"), first, new_touch_id())
    wished = hamlet.hand_in("B", "F", "docks", days_ago=3).case_id
    notices.mark_noticed(village, hamlet.sign("F"), wished, new_touch_id())
    notices.decline_nomination(village, hamlet.sign("F"), wished, new_touch_id())
    told = hamlet.hand_in("C", "F", "docks", days_ago=4).case_id
    clerk = hamlet.sign("Z", "clerk")
    paper_notices.print_notice(village, clerk, told, new_touch_id())
    paper_notices.handed_over(village, clerk, told, hamlet.today, new_touch_id())
    paper_notices.take_down_answer(village, clerk, told, True, True, new_touch_id())
    decide.recuse(village, hamlet.officer("Y"), told, new_touch_id())
    decide.come_back(village, hamlet.officer("Y"), told, new_touch_id())
    twice = [hamlet.hand_in("G", "G", "help", days_ago=days).case_id for days in (5, 6)]
    decide.merge(village, hamlet.officer("Y"), twice[1], twice[0], new_touch_id())
    _photographed_and_put_right(hamlet)


def _photographed_and_put_right(hamlet: Hamlet) -> None:
    village = hamlet.village
    raw = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(raw, "JPEG")
    form = dataclasses.replace(hamlet.form("E", "F", "litter"), photos=(raw.getvalue(),))
    case_id = submit.hand_in(village, form).case_id
    photos.photos_of(village, hamlet.sign("F"), case_id)
    hamlet.reply("F", case_id, "agree")
    given = (case_id, SENTENCE, new_touch_id())
    decide.put_right(village, hamlet.officer("Y"), *given)
    borrowed = hamlet.hand_in("E", "H", "litter").case_id
    disowned.answer(village, hamlet.sign("E"), borrowed, False, new_touch_id())
    disowned.not_theirs(village, hamlet.officer("Y"))


def _carried(hamlet: Hamlet, case_id: int) -> None:
    """A result on paper, into the hand of whom it is about."""
    village, clerk = hamlet.village, hamlet.sign("Z", "clerk")
    hand_overs.waiting(village, clerk)
    given = (case_id, hamlet.people["F"])
    hand_overs.print_paper(village, clerk, *given, new_touch_id())
    hand_overs.handed_over(village, clerk, *given, hamlet.today, new_touch_id())


def _panels(hamlet: Hamlet) -> None:
    """A refusal that is appealed from its slip, and something counted that is asked about again."""
    village = hamlet.village
    hamlet.serve("H")
    refused = hamlet.hand_in("F", "F", "docks", days_ago=7).case_id
    hamlet.decide("Y", refused, approve=False)
    _carried(hamlet, refused)
    appeal.appeal_page(village, hamlet.sign("F"), refused)
    for letter in hamlet.appeal("F", refused)[:1]:
        panel.step_aside(village, hamlet.sign(letter), refused, new_touch_id())
    while spooler.print_next(village):
        pass
    slips = [job.qr_text for job in hamlet.jobs() if job.paper == "slip" and job.qr_text]
    for slip in slips:
        if hamlet.case(refused).reference in slip:
            appeal.case_of_slip(village, hamlet.sign("F"), slip)
    counted = hamlet.approved_deed("H", "visit")
    reference = hamlet.case(counted).reference
    panel_correction.case_to_correct(village, hamlet.officer("Y"), reference)
    panel_correction.ask_to_correct(village, hamlet.officer("Y"), counted, SENTENCE, new_touch_id())
    timed_moves.tick(village)


def _second_reading(hamlet: Hamlet) -> None:
    """Two neighbours who confirm each other, a month apart and again."""
    village = hamlet.village
    for _ in range(2):
        for doer, by in (("B", "E"), ("E", "B")):
            case_id = hamlet.hand_in(doer, doer, "help", days_ago=1, witnesses=by).case_id
            hamlet.confirm(by, case_id)
            hamlet.decide("Y", case_id)
        hamlet.clock.advance(days=31)
        timed_moves.tick(village)
        first_pin.end_unfetched(village)
    for line in second_review.waiting(village, hamlet.officer("Z"))[:1]:
        second_review.read(village, hamlet.officer("Z"), line.case_id, SENTENCE, new_touch_id())


def _rights(hamlet: Hamlet) -> None:
    village, clerk = hamlet.village, hamlet.sign("Z", "clerk")
    explanation.talk(
        village, clerk, hamlet.people["H"], True, explanation.UNDERSTOOD, new_touch_id()
    )
    version = consents.CONSENT_TEXT_VERSION
    consent_choices.agree(village, hamlet.sign("H"), "letter", version, new_touch_id())
    corrections.own_entry(village, hamlet.sign("H"))
    asked = corrections.ask_correction(
        village, hamlet.sign("H"), "other", "别的事，请看看", new_touch_id()
    )
    corrections.open_correction(village, clerk, asked)
    given = (asked, "unclear", "请来一次再说。", new_touch_id())
    corrections.decline_correction(village, clerk, *given)
    pauses.paused(village, hamlet.sign("H"))
    _houses(hamlet)


def _houses(hamlet: Hamlet) -> None:
    """A house waits for the register, then gets its plate; somebody belongs to another one."""
    village, clerk = hamlet.village, hamlet.sign("Z", "clerk")
    plate, other = (
        corrections.ask_correction(village, hamlet.sign("H"), "house", "门牌不对", new_touch_id())
        for _ in range(2)
    )
    corrections.pass_on(village, clerk, plate, "等新的名册来了再改。", new_touch_id())
    houses.preview_plate(village, clerk, plate, "东街99号")
    houses.change_plate(village, clerk, plate, "东街99号", "去门口看过了。", new_touch_id())
    with village.read() as session:
        there = session.get_one(Resident, hamlet.people["D"]).household_id
    houses.preview_move(village, clerk, other, there)
    houses.move_person(village, clerk, other, there, "照户口本改好了。", new_touch_id())


def _families(hamlet: Hamlet) -> None:
    """The register desk: a birth taken back and written down again, and relatives."""
    village, officer = hamlet.village, hamlet.officer("Y")
    with village.read() as session:
        home = session.get_one(Resident, hamlet.people["H"]).household_id
    desk.open_household(village, officer, home, "life_event")
    today = hamlet.today.isoformat()
    born = Plan(kind="birth", household_id=home, name="林小满", born_on=today)
    for kept in (False, True):
        plan = events.preview(village, officer, born).plan
        line = events.write_down(village, officer, plan, new_touch_id())
        assert events.waiting(village, officer)[0] == line
        if not kept:
            events.take_back(village, officer, line.event_id, new_touch_id())
    hamlet.clock.advance(minutes=10)
    assert events.carry_out_due(village) == 1
    officer = hamlet.officer("Y")
    pair = hamlet.people["H"], hamlet.people["B"]
    desk.declare(village, officer, *pair, new_touch_id())
    desk.end(village, officer, *pair, new_touch_id())
    past_cases.past_cases(village, officer, hamlet.people["C"])
    with suppress(ExpectedError):  # a card of no village
        desk.household_of_card(village, officer, new_card_token())
    assert register_doctor.examine(village, officer)
    register_doctor.print_questions(village, officer, new_touch_id())


def _rules(hamlet: Hamlet) -> None:
    """A rule proposed and taken back, proposed again, adopted, undone, and adopted for good."""
    village, day = hamlet.village, hamlet.today
    draft = Draft(
        what="new",
        area="helping_others",
        points=3,
        icon="tools",
        title=Texts({"zh": "借出小三轮", "en": "Lent a cart"}),
        text=Texts({"zh": "把小三轮借给邻居运东西。", "en": "Lent a neighbour a cart."}),
    )
    assert offered(village, hamlet.officer("Y"))
    changes.preview(village, hamlet.officer("Y"), draft)
    first = changes.propose(village, hamlet.officer("Y"), draft, new_touch_id())
    changes.withdraw(village, hamlet.officer("Y"), first.change_id, new_touch_id())
    change = changes.propose(village, hamlet.officer("Y"), draft, new_touch_id()).change_id
    assert showing.on_the_start_screen(village) == showing.shown(village)
    assert [each.change_id for each in showing.shown(village)] == [change]
    lists = propose_another_line(hamlet)
    hamlet.clock.advance(days=14)
    adoption = changes.Adoption(hamlet.today, hamlet.today + timedelta(days=1))
    for kept in (False, True):
        signature = hamlet.signature("Z")
        asked = (hamlet.officer("Y"), change, adoption, signature, new_touch_id())
        changes.adopt(village, *asked)
        if not kept:
            changes.take_back(village, hamlet.officer("Y"), change, new_touch_id())
    signed = (adoption, hamlet.signature("Z"), new_touch_id())
    changes.adopt(village, hamlet.officer("Y"), lists, *signed)
    hamlet.clock.advance(minutes=10)
    assert changes.move_due(village) == 2
    print_the_newest(hamlet)
    officer = hamlet.officer("Y")
    assert showing.under_way(village, officer)
    poster.print_book(village, officer, poster.days(village, officer)[-1], new_touch_id(), "zh")
    assert day < hamlet.today


def _yearly_register(hamlet: Hamlet, folder: Path) -> None:
    """The office's register is held beside the village's, and one for the office taken along."""
    sticks = folder / "sticks"
    (sticks / "office").mkdir(parents=True)
    file, first = sticks / "office" / "names.csv", "姓名,门牌号,出生日期\n林早来,东街99号,\n"
    file.write_text(f"{first}林不清,东街98号,三月初七\n", "utf-8")
    settings = dataclasses.replace(hamlet.village.settings, drives=str(sticks))
    village, officer = dataclasses.replace(hamlet.village, settings=settings), hamlet.officer("Y")
    assert reading.sticks_in(settings.drives)
    (found,) = reading.on_sticks(settings.drives)
    said = (reading.read(found, hamlet.today, ""), "yearly_register")
    reading.keep(village, officer, *said, new_touch_id())
    assert refused.refused(village, officer)
    refused.save(village, officer)
    refused.print_out(village, officer, new_touch_id())
    assert pages.overview(village, officer) is not None
    (line,) = pages.page(village, officer, "new")
    pages.open_one(village, officer, line.difference_id)
    chosen = deciding.all_of(village, officer, "new")
    deciding.rehearse(village, officer, chosen, "accept")
    deciding.decide(village, officer, chosen, "accept", new_touch_id())
    reading.put_aside(village, officer, new_touch_id())
    # Another one waits at the end of the day.
    file.write_text(f"{first}林晚来,东街99号,\n", "utf-8")
    again = reading.read(reading.on_sticks(settings.drives)[0], hamlet.today, "")
    assert reading.keep(village, officer, again, "yearly_register", new_touch_id())
    reading.forget_old(village)
    exporting.export(village, officer, "export_office", "xlsx", new_touch_id())


def _hall(hamlet: Hamlet) -> None:
    """The village's own words, and a day on which it is closed, so that a deadline is later."""
    village, clerk = hamlet.village, hamlet.sign("Z", "clerk")
    words.write_down(village, clerk, "place", "老榕树下", "Under the old banyan", new_touch_id())
    words.write_down(village, clerk, "deed", "扫了埠头", "", new_touch_id())
    place, deed = words.words(village, clerk)[-2:]
    assert place.word_id
    assert deed.word_id
    words.put_otherwise(village, clerk, place.word_id, "榕树下", "The banyan", new_touch_id())
    words.end(village, clerk, deed.word_id, new_touch_id())
    assert "榕树下 / The banyan" in words.offered(village).places
    assert open_days.write_law_days(village)
    told = hamlet.hand_in("B", "C", "litter", days_ago=1).case_id
    notices.mark_noticed(village, hamlet.sign("C"), told, new_touch_id())
    last = hamlet.today + timedelta(days=7)
    closed = Span(what="closed", first=last, last=last, name="盘点 / Stock-taking")
    assert closing_days.write_down(village, clerk, closed, new_touch_id())
    line = next(each for each in closing_days.days(village, clerk) if each.span.first == last)
    closing_days.end(village, clerk, line.day_id, new_touch_id())
    open_days.of_village(village)


def _letters(hamlet: Hamlet) -> None:
    """One is taken back, one is printed twice, one ends with the consent."""
    village, seat = hamlet.village, hamlet.sign("A")
    hamlet.consent([hamlet.people["A"]], "letter")
    facts = letters.desk(village, seat).facts
    chosen = tuple(each.key for each in facts[: letters.MOST_FACTS])
    draft = letters.Draft(facts=chosen, to="学校", language="zh", days=letters.DAYS[0])
    letters.preview_pdf(village, seat, draft)
    signed = hamlet.own_signature("A")
    made = [letters.issue(village, seat, draft, signed, new_touch_id()) for _ in range(3)]
    letters.end(village, seat, made[0].reference, new_touch_id())
    letters.print_again(village, seat, made[1].reference, new_touch_id())
    hamlet.clock.moment += letters.TAKEN_BACK_WITHIN + timedelta(minutes=1)
    letters.end(village, hamlet.sign("A"), made[1].reference, new_touch_id())
    consent_choices.withdraw(village, hamlet.sign("A"), "letter", new_touch_id())


def _perks(hamlet: Hamlet) -> None:
    village, clerk = hamlet.village, hamlet.sign("Z", "clerk")
    title = Texts({"zh": "肥皂", "en": "Soap"})
    soap = catalogue.offer(village, clerk, title, 1, 3, new_touch_id())
    catalogue.restock(village, clerk, soap.perk_id, 2, new_touch_id())
    catalogue.perks(village)
    kept, dropped = (
        redemptions.reserve(village, hamlet.sign("A"), soap.perk_id, new_touch_id())
        for _ in range(2)
    )
    redemptions.my_vouchers(village, hamlet.sign("A"))
    redemptions.look(village, clerk, kept.reference)
    signed = (f"voucher {kept.reference}", f"perk {soap.perk_id} price 1", "collect by 2026-12-07")
    voucher.told_by(village, signed)
    redemptions.collect(village, clerk, kept.reference, new_touch_id())
    redemptions.cancel(village, hamlet.sign("A"), dropped.reference, new_touch_id())
    redemptions.refund_overdue(village)
    shelf.shelf(village, hamlet.sign("A"))
    shelf.my_wallet(village, hamlet.sign("A"))
    lots.end_over(village)
    with suppress(ExpectedError):  # it has not come out of the printer yet
        perk_desk.look_at_paper(village, clerk, kept.reference)
    stock.lines(village, clerk)
    fewer = Found(soap.stock, "broken", hamlet.signature("Y"))
    stock.count(village, clerk, soap.perk_id, fewer, new_touch_id())
    given = (("过冬", "Winter"), hamlet.today, hamlet.signature("Y"), new_touch_id())
    floor.start(village, clerk, soap.perk_id, *given)
    (out,) = floor.open_hand_outs(village)
    floor.hand_over(village, clerk, out.hand_out_id, hamlet.people["B"], new_touch_id())
    catalogue.end(village, clerk, soap.perk_id, new_touch_id())
    erasure.ask(village, hamlet.sign("A"), new_touch_id())
    erasure.wish(village, hamlet.sign("A"))
    erasure.stay(village, hamlet.sign("A"), new_touch_id())


def _the_day(hamlet: Hamlet) -> None:
    """The office counts, opens its day, and closes it with the other's card."""
    village, clerk = hamlet.village, hamlet.sign("Z", "clerk")
    seen = days.desk(village, clerk)
    given = tuple(Answer(each.item, each.expected or 100) for each in seen.items)
    days.open_day(village, clerk, given, new_touch_id())
    assert closing.page(village, clerk).desk.may_close
    fewer = (Answer("a4", 88), *given[1:-1], Answer(given[-1].item, 0, "miscounted"))
    for kept in (False, True):
        signed = (fewer, hamlet.signature("Y"), new_touch_id())
        closing.close_day(village, clerk, hamlet.today, *signed)
        if not kept:
            days.take_back(village, clerk, hamlet.today, new_touch_id())
    hamlet.clock.advance(days=1)
    again = days.desk(village, hamlet.sign("Z", "clerk"))
    given = tuple(Answer(each.item, each.expected or 0) for each in again.items)
    days.open_day(village, hamlet.sign("Z", "clerk"), given, new_touch_id())


def _signs(hamlet: Hamlet) -> None:
    village, clerk = hamlet.village, hamlet.sign("Z", "clerk")
    with village.read() as session:
        home = session.get_one(Resident, hamlet.people["N"]).household_id
    shown = {"courtyard": 5, "rules": 4}
    door_signs.sign_view(village, clerk, home)
    door_signs.preview_pdf(village, clerk, home, shown, "A5")
    door_signs.issue(village, clerk, home, shown, "A5", new_touch_id())
    sign_carrying.standing(village, clerk)
    round_totals.round_totals(village)
    sign_carrying.print_list(village, clerk, None, "zh", new_touch_id())
    photographs.chosen_of(village, (PhotographedCode("", b""),))
    door_signs.take_down(village, clerk, home, new_touch_id())
    sign_batch.due(village, clerk)
    sign_batch.issue_due(village, clerk, "A5")
    offset.set_shift(village, clerk, 0.5, -0.5)
    offset.print_test(village, clerk, new_touch_id())


def _the_keepers_round(hamlet: Hamlet, folder: Path) -> None:
    village = hamlet.village
    opening.require_room(village)
    opening.tables(village)
    clock_check.doubt(village)
    clock_check.note_trusted(village)
    clock_check.confirm_by(village, hamlet.sign("W", "keeper"))
    _calendar(hamlet)
    queue_checkpoint(village)
    _printed(village, hamlet)
    if village.database.is_sqlite:
        back_up(village)
    switching_off.prepare(village, hamlet.sign("W", "keeper"))
    doctor.examine(village)
    doctor.troubles(village)
    recovery_key.sheet_pdf(village, "zh")
    export_log(village, folder / "log.txt")
    phone_page.export_page(village, folder / phone_page.FILE_NAME)
    with suppress(ExpectedError):  # where no stick is in
        phone_page.put_on_stick(village, hamlet.sign("W", "keeper"))
    tables.verify_village(village)  # the hamlet's own consents stand in no log
    hamlet.village = restore.replace_key(village)


def _calendar(hamlet: Hamlet) -> None:
    """What is on this month, for everybody and for officials, and as a poster."""
    first, officer = hamlet.today.replace(day=1), hamlet.officer("Y")
    living_calendar.for_everybody(hamlet.village, first)
    living_calendar.for_officials(hamlet.village, officer, first)
    living_calendar.print_poster(hamlet.village, officer, first, new_touch_id(), "zh")


def _printed(village: Village, hamlet: Hamlet) -> None:
    """Papers come out; one is asked for again, one is held against the log from a file."""
    while spooler.print_next(village):
        pass
    queue.jobs(village)
    done = [job for job in hamlet.jobs() if job.qr_text]
    queue.state(village, done[0].id)
    queue.came_out(village, hamlet.sign("Z", "clerk"), done[0].id)
    again = queue.print_again(village, hamlet.officer("Y"), done[0].id, "reprint_lost")
    queue.cancel(village, hamlet.sign("A"), again)
    archive.archive(village, hamlet.sign("Z", "clerk"))
    file = village.directory.root / "slip.txt"
    file.write_text(done[0].qr_text, "utf-8")
    papers.check_file(village, file)
    file.unlink()
    hamlet.clock.advance(seconds=timedelta(seconds=1).seconds)
