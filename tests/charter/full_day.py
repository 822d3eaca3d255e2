"""A day on which everything happens that the services can do: what the charter's tests watch."""

from __future__ import annotations

from pathlib import Path

from kiosk.core.ids import new_touch_id
from kiosk.models.ledger import Checkpoint
from kiosk.services import check, numbers, signs, stars, waiting
from kiosk.services.access import grants, sessions, views
from kiosk.services.audit.log import verify_log
from kiosk.services.consent import consents, pauses
from kiosk.services.printing import spooler
from kiosk.services.register.importing import plan, register_file
from kiosk.services.register.people import households, resident
from kiosk.services.register.search import search
from kiosk.services.register.search_index import index_residents
from kiosk.services.reports import (
    asking,
    confirmations,
    deadlines,
    desk,
    duplicates,
    impersonation,
    notice_slips,
    notices,
    own_cases,
    panels,
    putting_right,
    second_reading,
    third_persons,
)
from kiosk.services.rights import (
    consent_choices,
    copies,
    corrections,
    enrolment_talk,
    joining,
    leaving,
)
from tests.charter.rest_of_the_day import live_the_rest_of_it
from tests.services.reports.conftest import Hamlet

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
    _signs(hamlet)
    putting_right.say_put_right(
        village, hamlet.sign("A"), concern, "cleaned_up", WORDS["right"], new_touch_id()
    )
    putting_right.confirm_put_right(village, hamlet.sign("B"), concern, new_touch_id())
    spooler.print_next(village)
    for job in hamlet.jobs():
        check.check_paper(village, job.qr_text)
    secrets += live_the_rest_of_it(hamlet, folder)
    village = hamlet.village
    assert verify_log(village).consistent
    leaving.leave(village, hamlet.sign("D"), new_touch_id())
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
        answers=enrolment_talk.UNDERSTOOD,
    )
    grants.had_card(village, clerk, found)
    card = grants.issue_card(village, clerk, found)
    signed = sessions.sign_in(village, card.number, card.pin)
    numbers.my_record(village, signed.id)
    sessions.sign_out(village, signed.id)
    return card.pin, card.token_text


def _deeds(hamlet: Hamlet) -> None:
    village = hamlet.village
    own = hamlet.hand_in("A", "A", "help", words=WORDS["deed"], witnesses="C").case_id
    confirmations.confirmable(village, hamlet.sign("C"))
    hamlet.confirm("C", own)
    desk.queue(village, hamlet.officer("Y"))
    for at_work in (hamlet.officer("Y"), hamlet.sign("Z", "clerk")):
        waiting.waiting(village, at_work)
    asked_about = desk.open_case(village, hamlet.officer("Y"), own).reference
    asking.case_asked_about(village, hamlet.officer("Y"), asked_about)
    hamlet.decide("Y", own)
    nominated = hamlet.hand_in("B", "A", "docks").case_id
    notices.notices(village, hamlet.sign("A"))
    hamlet.accept("A", nominated)
    hamlet.decide("Y", nominated, approve=False)
    second_reading.waiting(village, hamlet.officer("Z"))
    duplicates.possible_duplicate(
        village, hamlet.sign("A"), hamlet.people["A"], hamlet.rules["help"], hamlet.today
    )
    third_persons.third_person_in(village, hamlet.sign("A"), hamlet.people["A"], WORDS["deed"])


def _concern(hamlet: Hamlet) -> int:
    """A concern told on paper, replied to through the clerk, upheld on appeal, that counts."""
    village, clerk = hamlet.village, hamlet.sign("Z", "clerk")
    case_id = hamlet.hand_in("B", "A", "litter", words=WORDS["concern"]).case_id
    notice_slips.waiting(village, clerk)
    notice_slips.print_notice(village, clerk, case_id, new_touch_id())
    notice_slips.handed_over(village, clerk, case_id, hamlet.today, new_touch_id())
    notice_slips.to_take_down(village, clerk)
    given = (case_id, "own_words", WORDS["reply"], True, new_touch_id())
    notice_slips.take_down_reply(village, clerk, *given)
    desk.open_case(village, hamlet.officer("Y"), case_id)
    desk.unseal_reporter(village, hamlet.officer("Y"), case_id, new_touch_id())
    hamlet.decide("Y", case_id)
    hamlet.add("X")
    hamlet.countersign("X", case_id)
    hamlet.acknowledge("A", case_id)
    panel = hamlet.appeal("A", case_id)
    for letter in panel[:2]:
        panels.my_panels(village, hamlet.sign(letter))
        panels.open_panel_case(village, hamlet.sign(letter), case_id)
        hamlet.vote(letter, case_id, uphold=True)
    deadlines.tick(village)
    impersonation.asked(village, hamlet.sign("B"))
    impersonation.answer(village, hamlet.sign("B"), case_id, True, new_touch_id())
    for letter in "AB":
        own_cases.my_cases(village, hamlet.sign(letter))
        numbers.my_record(village, hamlet.sign(letter))
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


def _signs(hamlet: Hamlet) -> None:
    village, clerk = hamlet.village, hamlet.sign("Z", "clerk")
    home = resident(village, hamlet.people["N"]).household_id
    rating = stars.HouseholdRating(home, {"courtyard": 5, "rules": 4})
    stars.publish_round(village, hamlet.officer("Y"), 2026, 4, [rating], new_touch_id())
    shown = {"courtyard": 5, "rules": 4}
    signs.sign_view(village, clerk, home)
    signs.preview_pdf(village, clerk, home, shown, "A5")
    signs.issue(village, clerk, home, shown, "A5", new_touch_id())
