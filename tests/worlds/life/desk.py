"""What clerks, officers, the keeper and time do beside the cases."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, select

from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.models.my_data import CorrectionRequest
from kiosk.models.perks import Perk, Redemption
from kiosk.models.printing import PrintJob
from kiosk.models.register import Resident
from kiosk.models.stars import DoorSign
from kiosk.services.access import first_pin, grants, offices
from kiosk.services.access.offices import END_REASONS, GRANT_REASONS, Change
from kiosk.services.access.roles import ROLES, Role
from kiosk.services.cases.flow import forgetting, timed_moves
from kiosk.services.check import papers
from kiosk.services.consent import consents
from kiosk.services.enrolment import explanation, joining, new_card
from kiosk.services.ledger import last_head
from kiosk.services.my_data import corrections, erasure, houses
from kiosk.services.perks import catalogue, floor, redemptions, stock
from kiosk.services.printing import archive, queue, reprints, spooler
from kiosk.services.printing.weekly_checkpoint import queue_checkpoint
from kiosk.services.rulebook import book
from kiosk.services.stars import door_signs, sign_batch
from kiosk.services.upkeep import clock_check
from kiosk.services.waiting import listed as waiting
from kiosk.services.waiting import round_paper
from kiosk.services.wallet import lots
from tests.worlds.life import families
from tests.worlds.life.frame import SENTENCE, Life, number_of_rows, step

NEWCOMERS = "梅兰竹菊松柏桃李杏桂莲荷枫桐柳榆槐樟杉桑麻葵蓉薇芹茶稻麦粟豆"
"""Names of people whom a register brings, one after the other; later ones are any character."""
MOST_PEOPLE = 45


# --- who lives here, and who belongs


@step(0.6)
def newcomers(life: Life) -> None:
    if len(life.ids()) >= MOST_PEOPLE:
        return
    names = [*NEWCOMERS, *map(chr, range(0x4E00, 0x5000))]
    fresh = [name for name in names if name not in life.hamlet.people]
    for letter in fresh[: life.dice.randint(1, 3)]:
        life.hamlet.add(letter, enrolled=False)


@step(2)
def joining_at_the_desk(life: Life) -> None:
    who = life.person()
    clerk = life.desk("clerk")
    purposes = ("number", *life.dice.sample(consents.PURPOSES[1:], life.dice.randint(0, 3)))
    joining.enrol(
        life.village,
        clerk,
        who,
        purposes,
        new_touch_id(),
        read_aloud=True,
        answers=explanation.UNDERSTOOD,
    )


@step(0.3)
def talking_it_over(life: Life) -> None:
    given = (life.person(), True, explanation.UNDERSTOOD, new_touch_id())
    explanation.talk(life.village, life.desk("clerk"), *given)


@step(0.8)
def another_card(life: Life) -> None:
    who, clerk = life.person(), life.desk("clerk")
    grants.had_card(life.village, clerk, who)
    made = new_card.issue_and_print(life.village, clerk, who).issued
    life.hamlet.cards.pop(who, None)  # whoever does not fetch the PIN needs another card
    if not life.chance(0.2):
        drawn = first_pin.draw(life.village, made.token_text)
        if not life.chance(0.1):
            first_pin.try_once(life.village, drawn, drawn.pin)
            life.hamlet.cards[who] = (made.number, drawn.pin)


@step(0.3)
def an_office(life: Life) -> None:
    officer, who = life.holder("officer"), life.person()
    change = Change(
        who, life.dice.choice(ROLES), life.dice.choice(GRANT_REASONS), life.hamlet.today
    )
    offices.offices(life.village, life.seat(officer, official=True))
    offices.may_be_appointed(life.village, life.seat(officer, official=True), who)
    given = (change, life.signature("officer", but=officer), new_touch_id())
    offices.appoint(life.village, life.seat(officer, official=True), *given)


@step(0.2)
def end_of_an_office(life: Life) -> None:
    officer = life.holder("officer")
    role = life.dice.choice(ROLES)
    who = life.holder(role)
    change = Change(who, role, life.dice.choice(END_REASONS), life.hamlet.today)
    given = (change, life.signature("officer", but=officer), new_touch_id())
    offices.end(life.village, life.seat(officer, official=True), *given)


# --- corrections


@step(1.2)
def answer_to_a_correction(life: Life) -> None:
    clerk, (asked, what) = life.desk("clerk"), _asked(life)
    corrections.corrections_waiting(life.village, clerk)
    corrections.open_correction(life.village, clerk, asked)
    if life.chance(0.25):
        given = (asked, life.dice.choice(corrections.DECLINE_REASONS), SENTENCE, new_touch_id())
        corrections.decline_correction(life.village, clerk, *given)
        return
    value = {
        "name": f"林{life.dice.choice(NEWCOMERS)}{life.dice.choice(NEWCOMERS)}",
        "born_on": f"19{life.dice.randint(40, 99)}-0{life.dice.randint(1, 9)}-11",
        "phone": f"0571 88{life.dice.randint(10, 99)}",
    }.get(what, "")
    corrections.correct(life.village, clerk, asked, value, SENTENCE, new_touch_id())


@step(0.6)
def answer_about_a_house(life: Life) -> None:
    clerk, (asked, _) = life.desk("clerk"), _asked(life, CorrectionRequest.what == "house")
    if life.chance(0.2):
        corrections.pass_on(life.village, clerk, asked, SENTENCE, new_touch_id())
    elif life.chance(0.5):
        plate = f"东街{life.dice.randint(1, 400)}号"
        houses.preview_plate(life.village, clerk, asked, plate)
        houses.change_plate(life.village, clerk, asked, plate, SENTENCE, new_touch_id())
    else:
        home = _some_home(life)
        houses.preview_move(life.village, clerk, asked, home)
        houses.move_person(life.village, clerk, asked, home, SENTENCE, new_touch_id())


def _asked(life: Life, *where: ColumnElement[bool]) -> tuple[int, str]:
    """A request that waits for an answer, and what it is about."""
    waiting_ones = select(CorrectionRequest.id, CorrectionRequest.what).where(
        CorrectionRequest.state.in_(("open", "passed_on")), *where
    )
    request_id, what = life.one(life.look(lambda session: session.execute(waiting_ones).all()))
    return request_id, what


def _some_home(life: Life) -> int:
    lived_in = select(Resident.household_id).where(Resident.active).distinct()
    return int(life.one(life.look(lambda session: sorted(session.scalars(lived_in)))))


# --- stars and signs


@step(1.2)
def a_sign(life: Life) -> None:
    clerk, home = life.desk("clerk"), _some_home(life)
    view = door_signs.sign_view(life.village, clerk, home)
    shown = {
        each.dimension: max(1, each.stars - life.dice.randint(0, 1))
        for each in view.ratings
        if each.stars
    }
    door_signs.issue(life.village, clerk, home, shown, "A5", new_touch_id())


@step(0.3)
def signs_in_one_go(life: Life) -> None:
    sign_batch.issue_due(life.village, life.desk("clerk"), "A5")


@step(0.3)
def a_sign_comes_down(life: Life) -> None:
    up = select(DoorSign.household_id).where(DoorSign.ended_at.is_(None))
    home = life.one(life.look(lambda session: sorted(session.scalars(up))))
    door_signs.take_down(life.village, life.desk("clerk"), home, new_touch_id())


# --- perks


@step(0.3)
def an_offer(life: Life) -> None:
    if number_of_rows(life, Perk) > 8:
        return
    title = Texts({"zh": "肥皂", "en": "Soap"})
    given = (title, life.dice.randint(1, 4), life.dice.randint(1, 9), new_touch_id())
    picture, limit = life.dice.choice(catalogue.PICTURES), life.dice.randint(0, 2)
    clerk = life.desk("clerk")
    catalogue.offer(life.village, clerk, *given, picture=picture, per_person=limit)


@step(0.1)
def an_offer_is_over(life: Life) -> None:
    perk = life.one(catalogue.perks(life.village)).perk_id
    catalogue.end(life.village, life.desk("clerk"), perk, new_touch_id())


@step(0.5)
def more_of_it(life: Life) -> None:
    perk = life.one(catalogue.perks(life.village)).perk_id
    given = (perk, life.dice.randint(1, 5), new_touch_id())
    catalogue.restock(life.village, life.desk("clerk"), *given)


@step(0.4)
def the_shelf_is_counted(life: Life) -> None:
    clerk = life.holder("clerk")
    seat = life.seat(clerk, official=True)
    line = life.one(stock.lines(life.village, seat))
    there = line.perk.stock + line.kept
    found = stock.Found(there)
    if life.chance(0.6):
        signed = life.signature("officer", but=clerk)
        counted, why = there + life.dice.randint(-2, 1), life.dice.choice(stock.REASONS)
        found = stock.Found(counted, why, signed)
    stock.count(life.village, seat, line.perk.perk_id, found, new_touch_id())


@step(0.2)
def something_for_everybody(life: Life) -> None:
    clerk = life.holder("clerk")
    perk = life.one(catalogue.perks(life.village)).perk_id
    last = life.hamlet.today + timedelta(days=life.dice.randint(0, 20))
    given = (("过冬", "Winter"), last, life.signature("officer", but=clerk), new_touch_id())
    floor.start(life.village, life.seat(clerk, official=True), perk, *given)


@step(1)
def somebody_gets_theirs(life: Life) -> None:
    out = life.one(floor.open_hand_outs(life.village)).hand_out_id
    floor.hand_over(life.village, life.desk("clerk"), out, life.person(), new_touch_id())


@step(1.5)
def handing_over_a_perk(life: Life) -> None:
    reserved = select(Redemption.reference).where(Redemption.state == "reserved")
    reference = life.one(life.look(lambda session: sorted(session.scalars(reserved))))
    clerk = life.desk("clerk")
    redemptions.look(life.village, clerk, reference)
    redemptions.collect(life.village, clerk, reference, new_touch_id())


# --- papers


@step(6)
def a_paper_comes_out(life: Life) -> None:
    spooler.print_next(life.village)


@step(0.4)
def a_paper_again(life: Life) -> None:
    jobs = select(PrintJob.id).order_by(PrintJob.id.desc()).limit(30)
    job = life.one(life.look(lambda session: list(session.scalars(jobs))))
    purpose = life.dice.choice(reprints.PURPOSES)
    archive.archive(life.village, life.desk("clerk"))
    queue.print_again(life.village, life.desk("officer"), job, purpose)


@step(0.4)
def a_slip_before_the_scanner(life: Life) -> None:
    printed = select(PrintJob.qr_text).where(PrintJob.qr_text != "").limit(60)
    slip = life.one(life.look(lambda session: list(session.scalars(printed))))
    papers.check_paper(life.village, slip)


# --- the keeper and time


@step(0.08)
def another_rule_book(life: Life) -> None:
    """One rule gives another number of points from tomorrow on."""
    rules = book.SHIPPED.read_text("utf-8")
    points = [found.span(1) for found in re.finditer(r"^points = (\d+)$", rules, re.MULTILINE)]
    begin, end = life.one(points)
    changed = Path(life.village.directory.root, "rulebook.toml")
    changed.write_text(f"{rules[:begin]}{life.dice.randint(1, 9)}{rules[end:]}", "utf-8")
    book.install(life.village, changed)
    changed.unlink()


@step(0.5)
def what_waits(life: Life) -> None:
    role: Role = life.dice.choice(ROLES)
    at_work = life.desk(role)
    waiting.waiting(life.village, at_work)
    if waiting.items(life.village, at_work):
        round_paper.print_round(life.village, at_work, new_touch_id())


@step(6)
def minutes_go_by(life: Life) -> None:
    life.later(minutes=life.dice.randint(1, 60))
    the_timer(life)


@step(3)
def hours_go_by(life: Life) -> None:
    life.later(hours=life.dice.randint(1, 12))
    the_timer(life)


@step(1.6)
def days_go_by(life: Life) -> None:
    for _ in range(life.dice.randint(1, 8)):
        life.later(days=1)
        the_timer(life)


@step(0.1)
def a_month_goes_by(life: Life) -> None:
    """The machine stands in the dark meanwhile."""
    life.later(days=life.dice.randint(20, 40))
    the_timer(life)


def the_timer(life: Life) -> None:
    """What the program does each minute."""
    last_head.remember(life.village)
    clock_check.note_trusted(life.village)
    families.carry_out(life)
    timed_moves.tick(life.village)
    forgetting.forget_ended(life.village)
    redemptions.refund_overdue(life.village)
    lots.end_over(life.village)
    erasure.carry_out_wishes(life.village)
    first_pin.end_unfetched(life.village)
    queue_checkpoint(life.village)
