"""A day on which everything happens that the services can do: what the charter's tests watch."""

from __future__ import annotations

from pathlib import Path

from kiosk.core.ids import new_touch_id
from kiosk.models.ledger import Checkpoint
from kiosk.services.access import grants, sessions, views
from kiosk.services.audit.log import verify_log
from kiosk.services.cases import (
    asking,
    confirmations,
    decide,
    disowned,
    duplicates,
    notices,
    paper_notices,
    remedy,
    second_review,
    third_party_names,
)
from kiosk.services.cases.flow import timed_moves
from kiosk.services.cases.views import own_view, panel_view
from kiosk.services.check import papers
from kiosk.services.consent import consents, pauses
from kiosk.services.enrolment import explanation, joining
from kiosk.services.my_data import consent_choices, copies, corrections
from kiosk.services.printing import spooler
from kiosk.services.record import my_record
from kiosk.services.register.importing import plan, register_file
from kiosk.services.register.people import households
from kiosk.services.register.search import search
from kiosk.services.register.search_index import index_residents
from kiosk.services.waiting import listed as waiting
from kiosk.services.waiting import round_paper
from tests.services.cases.conftest import Hamlet
from tests.worlds.leaving import leave
from tests.worlds.rest_of_the_day import live_the_rest_of_it

WORDS = {
    "deed": "帮隔壁挑了两担水",
    "concern": "倒了两袋菜叶在埠头",
    "reply": "那天风很大吹下去的",
    "appeal": "当时我到镇上去了",
    "right": "傍晚就扫干净了",
    "correction": "电话号码换过了",
}


def live_a_full_day(hamlet: Hamlet, folder: Path) -> tuple[str, ...]:
    """Everything once; the secrets (PINs, tokens) that were drawn on the way."""
    village = hamlet.village
    hamlet.serve("CDE")
    with village.write() as session:
        index_residents(session, list(hamlet.people.values()))
    secrets = _join(hamlet, folder)
    _deeds(hamlet)
    concern = _concern(hamlet)
    _rights(hamlet)
    remedy.say_put_right(
        village, hamlet.sign("A"), concern, "cleaned_up", WORDS["right"], new_touch_id()
    )
    remedy.confirm_put_right(village, hamlet.sign("B"), concern, new_touch_id())
    spooler.print_next(village)
    for job in hamlet.jobs():
        papers.check_paper(village, job.qr_text)
    secrets += live_the_rest_of_it(hamlet, folder)
    village = hamlet.village
    assert verify_log(village).consistent
    leave(village, hamlet.sign("D"))
    return secrets


def _join(hamlet: Hamlet, folder: Path) -> tuple[str, ...]:
    village = hamlet.village
    file = folder / "register.csv"
    file.write_text("姓名,出生日期,门牌号,户号\n林新来,1950-01-01,河埠路9号,9\n", "utf-8")
    plan.apply(village, plan.plan(village, register_file.read_register(file)))
    found = search(village, "林新来").rows[0].resident_id
    hamlet.people["N"] = found
    search(village, "lin")
    households(village, "1")
    clerk = hamlet.sign("Z", "clerk")
    joining.enrol(
        village,
        clerk,
        found,
        consents.PURPOSES,
        new_touch_id(),
        read_aloud=True,
        answers=explanation.UNDERSTOOD,
    )
    grants.had_card(village, clerk, found)
    card = grants.issue_card(village, clerk, found)
    signed = sessions.sign_in(village, card.number, card.pin)
    my_record.opened(village, signed.id)
    sessions.sign_out(village, signed.id)
    return card.pin, card.token_text


def _deeds(hamlet: Hamlet) -> None:
    village = hamlet.village
    own = hamlet.hand_in("A", "A", "help", words=WORDS["deed"], witnesses="C").case_id
    confirmations.confirmable(village, hamlet.sign("C"))
    hamlet.confirm("C", own)
    decide.queue(village, hamlet.officer("Y"))
    for at_work in (hamlet.officer("Y"), hamlet.sign("Z", "clerk")):
        waiting.waiting(village, at_work)
        waiting.items(village, at_work)
    asked_about = decide.open_case(village, hamlet.officer("Y"), own).reference
    asking.case_asked_about(village, hamlet.officer("Y"), asked_about)
    hamlet.decide("Y", own)
    nominated = hamlet.hand_in("B", "A", "docks").case_id
    notices.notices(village, hamlet.sign("A"))
    hamlet.accept("A", nominated)
    hamlet.decide("Y", nominated, approve=False)
    second_review.waiting(village, hamlet.officer("Z"))
    duplicates.possible_duplicate(
        village, hamlet.sign("A"), hamlet.people["A"], hamlet.rules["help"], hamlet.today
    )
    third_party_names.third_person_in(village, hamlet.sign("A"), hamlet.people["A"], WORDS["deed"])


def _concern(hamlet: Hamlet) -> int:
    """A concern told on paper, replied to through the clerk, upheld on appeal, that counts."""
    village, clerk = hamlet.village, hamlet.sign("Z", "clerk")
    case_id = hamlet.hand_in("B", "A", "litter", words=WORDS["concern"]).case_id
    paper_notices.waiting(village, clerk)
    round_paper.print_round(village, clerk, new_touch_id())
    paper_notices.print_notice(village, clerk, case_id, new_touch_id())
    paper_notices.handed_over(village, clerk, case_id, hamlet.today, new_touch_id())
    paper_notices.to_take_down(village, clerk)
    given = (case_id, "own_words", WORDS["reply"], True, new_touch_id())
    paper_notices.take_down_reply(village, clerk, *given)
    decide.open_case(village, hamlet.officer("Y"), case_id)
    decide.unseal_reporter(village, hamlet.officer("Y"), case_id, new_touch_id())
    hamlet.decide("Y", case_id)
    hamlet.add("X")
    hamlet.countersign("X", case_id)
    hamlet.acknowledge("A", case_id)
    panel = hamlet.appeal("A", case_id)
    for letter in panel[:2]:
        panel_view.my_panels(village, hamlet.sign(letter))
        panel_view.open_panel_case(village, hamlet.sign(letter), case_id)
        hamlet.vote(letter, case_id, uphold=True)
    timed_moves.tick(village)
    disowned.asked(village, hamlet.sign("B"))
    disowned.answer(village, hamlet.sign("B"), case_id, True, new_touch_id())
    for letter in "AB":
        own_view.my_cases(village, hamlet.sign(letter))
        my_record.opened(village, hamlet.sign(letter))
    return case_id


def _rights(hamlet: Hamlet) -> None:
    village, clerk = hamlet.village, hamlet.sign("Z", "clerk")
    asked = corrections.ask_correction(
        village, hamlet.sign("A"), "phone", WORDS["correction"], new_touch_id()
    )
    corrections.corrections_waiting(village, clerk)
    corrections.correct(village, clerk, asked, "0571 8800", "照本人说的改了。", new_touch_id())
    corrections.my_corrections(village, hamlet.sign("A"))
    pauses.pause(village, hamlet.sign("C"), new_touch_id())
    pauses.resume(village, hamlet.sign("C"), new_touch_id())
    consents.consents(village, hamlet.sign("C"))
    consent_choices.withdraw(village, hamlet.sign("C"), "panel", new_touch_id())
    copies.print_copy(village, hamlet.sign("A"), new_touch_id())
    copies.print_slip(village, hamlet.sign("A"), new_touch_id())
    spooler.print_next(village)
    _fetch_a_copy(hamlet)
    views.views_of(village, hamlet.sign("A"))


def _fetch_a_copy(hamlet: Hamlet) -> None:
    """With the slip that came out last, onto a drive."""
    Path(hamlet.village.settings.drives, "STICK").mkdir(parents=True)
    with hamlet.village.read() as session:
        notes = session.query(Checkpoint.note).order_by(Checkpoint.id.desc())
        slip = next(note for (note,) in notes if "\ncopy " in note)
    copies.check_slip(hamlet.village, hamlet.sign("A"), slip)
    copies.copy_onto_drive(hamlet.village, hamlet.sign("A"), slip)
