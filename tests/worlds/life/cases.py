"""Cases from the report to the end, as people, officers, clerks and panels take them on."""

from __future__ import annotations

import dataclasses
import io
from functools import cache

from PIL import Image
from sqlalchemy import select

from kiosk.core.ids import new_touch_id
from kiosk.models.cases import Case, Confirmation, ConfirmationRequest, HandOver, PanelSeat
from kiosk.models.register import Resident
from kiosk.services.cases import (
    appeal,
    asking,
    confirmations,
    decide,
    disowned,
    duplicates,
    hand_overs,
    notices,
    panel,
    panel_correction,
    paper_notices,
    photos,
    reasons,
    remedy,
    second_review,
    submit,
    third_party_names,
)
from kiosk.services.cases.views import own_view, panel_view
from kiosk.services.rulebook import book
from kiosk.services.thanks import giving
from tests.worlds.life.frame import SENTENCE, Life, step

WORDS = ("", "", "帮着挑了两担水", "倒了两袋菜叶在埠头", "那天风很大吹下去的")
OPEN = (
    *("submitted", "noticed", "accepted", "replied", "reply_time_over", "decided"),
    *("countersigned", "told", "appealed", "upheld", "effective"),
)


@cache
def picture(colour: str) -> bytes:
    """A small photograph."""
    raw = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(raw, "JPEG")
    return raw.getvalue()


# --- reports


def _report(life: Life, by: int, about: int, kind: str) -> None:
    rules = [each for each in book.current(life.village) if each.kind == kind]
    rule = life.one(rules)
    witnesses = [life.person()] if kind == "deed" and life.chance(0.3) else []
    form = life.hamlet.written(
        life.seat(by),
        about,
        rule.rule_version_id,
        life.dice.choice(WORDS),
        days_ago=life.dice.randint(0, 6),
        concerned=rule.reporters == "person_concerned",
        witnesses=witnesses,
    )
    if kind == "concern" and life.chance(0.3):
        form = dataclasses.replace(form, photos=(picture(life.dice.choice(("green", "grey"))),))
    known = submit.hand_in(life.village, form)
    if life.chance(0.05):  # a second tap
        assert submit.hand_in(life.village, form) == known


@step(9)
def own_deed(life: Life) -> None:
    by = life.person()
    _report(life, by, by, "deed")


@step(4)
def nomination(life: Life) -> None:
    _report(life, life.person(), life.person(), "deed")


@step(3)
def thanking(life: Life) -> None:
    seat, whom = life.seat(life.person()), life.person()
    offered = giving.offer(life.village, seat)
    giving.check(life.village, seat, whom)
    touch, picture = new_touch_id(), life.one(list(offered.pictures))
    said = giving.say(life.village, seat, whom, picture, touch)
    if life.chance(0.05):  # a second tap
        assert giving.say(life.village, seat, whom, picture, touch) == said


@step(6)
def concern(life: Life) -> None:
    _report(life, life.person(), life.person(), "concern")


@step(0.5)
def before_a_report(life: Life) -> None:
    """What the form asks while it is filled in."""
    by, about = life.person(), life.person()
    seat, rule = life.seat(by), life.one(book.current(life.village))
    submit.check_neighbour(life.village, seat, about)
    day = life.hamlet.today
    duplicates.possible_duplicate(life.village, seat, about, rule.rule_version_id, day)
    third_party_names.third_person_in(life.village, seat, about, life.dice.choice(WORDS))


@step(1)
def withdrawal(life: Life) -> None:
    case = life.in_state("submitted", "noticed", "accepted")
    seat = life.seat(life.mine_or_not(case.reporter_id))
    submit.withdraw(life.village, seat, case.id, new_touch_id())


# --- what neighbours and the person say


@step(3)
def confirmation(life: Life) -> None:
    asked = life.look(
        lambda session: session.execute(
            select(ConfirmationRequest.case_id, ConfirmationRequest.witness_id)
            .join(Case, Case.id == ConfirmationRequest.case_id)
            .where(Case.state.in_(("submitted", "accepted")))
            .where(
                ~select(Confirmation.id)
                .where(
                    Confirmation.case_id == ConfirmationRequest.case_id,
                    Confirmation.confirmer_id == ConfirmationRequest.witness_id,
                )
                .exists()
            )
        ).all()
    )
    case_id, witness = life.one(asked)
    seat = life.seat(life.mine_or_not(witness))
    confirmations.confirmable(life.village, seat)
    confirmations.confirm(life.village, seat, case_id, new_touch_id())


@step(1)
def asking_a_witness(life: Life) -> None:
    case = life.in_state("submitted", "accepted", kind="deed")
    seat, witness = life.seat(life.mine_or_not(case.subject_id)), life.person()
    confirmations.check_witness(life.village, seat, witness)
    confirmations.ask_to_confirm(life.village, seat, case.id, witness, new_touch_id())


@step(2)
def notice(life: Life) -> None:
    case = life.case(Case.state == "submitted", Case.subject_id != Case.reporter_id)
    seat = life.seat(life.mine_or_not(case.subject_id))
    notices.notices(life.village, seat)
    notices.mark_noticed(life.village, seat, case.id, new_touch_id())


@step(4)
def answer_to_a_nomination(life: Life) -> None:
    case = life.case(
        Case.kind == "deed",
        Case.state.in_(("submitted", "noticed")),
        Case.subject_id != Case.reporter_id,
    )
    seat = life.seat(life.mine_or_not(case.subject_id))
    door = notices.decline_nomination if life.chance(0.2) else notices.accept_nomination
    door(life.village, seat, case.id, new_touch_id())


@step(5)
def reply(life: Life) -> None:
    case = life.in_state("submitted", "noticed", kind="concern")
    seat = life.seat(life.mine_or_not(case.subject_id))
    choice = life.dice.choice(notices.REPLY_CHOICES)
    words = life.dice.choice(WORDS)
    notices.reply(life.village, seat, case.id, choice, words, new_touch_id())


@step(4)
def reading_a_decision(life: Life) -> None:
    case = life.in_state("countersigned", "declined", "upheld", "overturned", "effective")
    seat = life.seat(life.mine_or_not(case.subject_id))
    own_view.my_cases(life.village, seat)
    notices.acknowledge(life.village, seat, case.id, new_touch_id())


@step(2.5)
def appealing(life: Life) -> None:
    case = life.in_state("told", "countersigned", "declined")
    seat = life.seat(life.mine_or_not(case.subject_id))
    appeal.appeal_page(life.village, seat, case.id)
    ground = life.dice.choice(("", *appeal.GROUNDS[case.kind]))
    words = life.dice.choice(WORDS)
    appeal.appeal(life.village, seat, case.id, words, new_touch_id(), ground=ground)


@step(1)
def saying_it_was_put_right(life: Life) -> None:
    case = life.in_state("replied", "told", "effective", "decided", kind="concern")
    seat = life.seat(life.mine_or_not(case.subject_id))
    way = life.dice.choice(remedy.WAYS)
    words = life.dice.choice(WORDS)
    remedy.say_put_right(life.village, seat, case.id, way, words, new_touch_id())


@step(1)
def seeing_it_was_put_right(life: Life) -> None:
    case = life.case(Case.put_right_way != "", Case.state.in_(OPEN))
    seat = life.seat(life.mine_or_not(case.reporter_id))
    remedy.confirm_put_right(life.village, seat, case.id, new_touch_id())


@step(1)
def asked_whether_it_was_them(life: Life) -> None:
    case = life.case(Case.reporter_answer == "", Case.subject_id != Case.reporter_id)
    seat = life.seat(life.mine_or_not(case.reporter_id))
    disowned.asked(life.village, seat)
    disowned.answer(life.village, seat, case.id, life.chance(0.85), new_touch_id())


# --- the officers' desk


@step(9)
def first_decision(life: Life) -> None:
    case = life.in_state("submitted", "accepted", "replied", "reply_time_over")
    officer, approve = life.desk("officer"), life.chance(0.8)
    decide.queue(life.village, officer)
    decide.open_case(life.village, officer, case.id)
    photos.photos_of(life.village, officer, case.id)
    reason = life.dice.choice(reasons.REASONS[case.kind, "approve" if approve else "decline"])
    given = (case.id, approve, reason, SENTENCE, new_touch_id())
    decide.decide(life.village, officer, *given)


@step(6)
def second_decision(life: Life) -> None:
    case = life.in_state("decided", kind="concern")
    officer, approve = life.desk("officer"), life.chance(0.85)
    decide.open_case(life.village, officer, case.id)
    reason = life.dice.choice(reasons.REASONS[case.kind, "approve" if approve else "decline"])
    given = (case.id, approve, reason, SENTENCE, new_touch_id())
    decide.countersign(life.village, officer, *given)


@step(1)
def standing_aside(life: Life) -> None:
    case, officer = life.in_state("submitted", "replied", "accepted"), life.desk("officer")
    door = decide.come_back if life.chance(0.5) else decide.recuse
    door(life.village, officer, case.id, new_touch_id())


@step(0.7)
def merging(life: Life) -> None:
    case = life.in_state("submitted", "accepted", "replied")
    into = life.case(Case.subject_id == case.subject_id, Case.id != case.id)
    decide.merge(life.village, life.desk("officer"), case.id, into.id, new_touch_id())


@step(0.5)
def unsealing(life: Life) -> None:
    case = life.in_state("replied", "decided", kind="concern")
    decide.unseal_reporter(life.village, life.desk("officer"), case.id, new_touch_id())


@step(0.7)
def put_right_at_the_desk(life: Life) -> None:
    case = life.in_state("replied", "decided", "told", "effective", kind="concern")
    decide.put_right(life.village, life.desk("officer"), case.id, SENTENCE, new_touch_id())


@step(0.8)
def asking_a_panel_to_correct(life: Life) -> None:
    case, officer = life.in_state("effective"), life.desk("officer")
    asking.case_asked_about(life.village, officer, case.reference)
    panel_correction.case_to_correct(life.village, officer, case.reference)
    panel_correction.ask_to_correct(life.village, officer, case.id, SENTENCE, new_touch_id())


@step(0.7)
def second_reading(life: Life) -> None:
    officer = life.desk("officer")
    line = life.one(second_review.waiting(life.village, officer))
    second_review.read(life.village, officer, line.case_id, SENTENCE, new_touch_id())


@step(0.2)
def reports_that_were_not_theirs(life: Life) -> None:
    disowned.not_theirs(life.village, life.desk("officer"))


# --- panels


@step(7)
def vote(life: Life) -> None:
    case, member = _seat_without_a_vote(life)
    uphold = life.chance(0.5)
    reason = life.dice.choice(reasons.panel_reasons(case.kind, uphold, case.state))
    seat = life.seat(life.mine_or_not(member))
    panel_view.my_panels(life.village, seat)
    panel_view.open_panel_case(life.village, seat, case.id)
    given = (case.id, uphold, reason, SENTENCE, new_touch_id())
    panel.vote(life.village, seat, *given, malice=life.chance(0.15))


@step(0.5)
def stepping_aside(life: Life) -> None:
    case, member = _seat_without_a_vote(life)
    panel.step_aside(life.village, life.seat(member), case.id, new_touch_id())


def _seat_without_a_vote(life: Life) -> tuple[Case, int]:
    free = life.look(
        lambda session: session.execute(
            select(PanelSeat.case_id, PanelSeat.resident_id)
            .join(Case, Case.id == PanelSeat.case_id)
            .join(Resident, Resident.id == PanelSeat.resident_id)
            .where(PanelSeat.voted_at.is_(None), PanelSeat.left_at.is_(None), Resident.active)
            .where(Case.state.in_(("appealed", "effective")))
        ).all()
    )
    case_id, member = life.one(free)
    return life.case(Case.id == case_id), int(member)


# --- papers that are carried


@step(2)
def notice_on_paper(life: Life) -> None:
    case, clerk = life.case(Case.state == "submitted"), life.desk("clerk")
    paper_notices.waiting(life.village, clerk)
    paper_notices.print_notice(life.village, clerk, case.id, new_touch_id())
    if life.chance(0.8):
        day = life.hamlet.today
        paper_notices.handed_over(life.village, clerk, case.id, day, new_touch_id())


@step(1)
def reply_through_the_clerk(life: Life) -> None:
    case, clerk = life.in_state("noticed", "submitted", kind="concern"), life.desk("clerk")
    paper_notices.to_take_down(life.village, clerk)
    choice = life.dice.choice(notices.REPLY_CHOICES)
    given = (case.id, choice, life.dice.choice(WORDS), True, new_touch_id())
    paper_notices.take_down_reply(life.village, clerk, *given)


@step(0.7)
def answer_through_the_clerk(life: Life) -> None:
    case, clerk = life.in_state("noticed", kind="deed"), life.desk("clerk")
    given = (case.id, life.chance(0.8), True, new_touch_id())
    paper_notices.take_down_answer(life.village, clerk, *given)


@step(2)
def result_on_paper(life: Life) -> None:
    clerk = life.desk("clerk")
    line = life.one(hand_overs.waiting(life.village, clerk))
    given = (line.case_id, line.resident_id)
    hand_overs.print_paper(life.village, clerk, *given, new_touch_id())


@step(1.5)
def result_handed_over(life: Life) -> None:
    carried = select(HandOver.case_id, HandOver.resident_id).where(HandOver.handed_on.is_(None))
    case_id, who = life.one(life.look(lambda session: session.execute(carried).all()))
    given = (case_id, who, life.hamlet.today, new_touch_id())
    hand_overs.handed_over(life.village, life.desk("clerk"), *given)
