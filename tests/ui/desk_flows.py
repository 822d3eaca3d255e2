"""What officers, clerks and the keeper do, as a table."""

from __future__ import annotations

from kiosk.services.consent.consents import PURPOSES
from tests.ui.beginnings import (
    KEEPER,
    ME,
    SENTENCE,
    a_keeper,
    a_register,
    at,
    concern,
    counted_deed,
    deed,
    half_way,
    heard,
    home,
    lay_people,
    new_card,
    newcomer,
    number_of_the_deed,
    of_this_day,
    often_confirmed,
    praise,
    printed,
    replied_concern,
    sign_in,
    starred,
    two_alike,
    wrong,
)
from tests.ui.neighbours import CLERK, OFFICER, SECOND_OFFICER
from tests.ui.walking import Choice, Digits, Flow, Words

REASONED = ("case.reason.0", half_way, Choice("case.starter.0"), "case.confirm dialog.yes")
ENROLMENT = ("enrol.begin", heard, "enrol.listened", half_way, "enrol.looked")
ANSWERS = tuple(
    step
    for each in ("nothing", "me", "any_time")
    for step in (f"enrol.answer.{each}", "enrol.next")
)
CHOSEN = tuple(Choice(f"enrol.yes.{each}") for each in PURPOSES)
FIND_ME = Words("signs.search.input", "东街12")
AT_HOME = (
    Words("register.search.input", "东街12"),
    "register.household.0 register.purpose.0",
)
SAID = Words("corrections.sentence.input", "照户口本改好了。")

AT_THE_DESK: tuple[Flow, ...] = (
    Flow(
        "a panel asked to correct what counts",
        at("staff", OFFICER, lay_people, counted_deed),
        (
            "staff.panel panel.correct",
            Digits(number_of_the_deed),
            Words("panel.sentence.input", "那天在修河埠，没有人去清理。"),
            "panel.ask_panel dialog.yes panel.done",
        ),
        {"staff", "panel", "correction"},
    ),
    Flow(
        "an officer comes to work and approves",
        home(deed),
        (
            "staff",
            *sign_in(OFFICER),
            "staff.desk desk.case.0 case.approve",
            *REASONED,
            "case.done back end_session",
        ),
        {"home", "staff", "sign_in", "desk", "case"},
    ),
    Flow(
        "a concern decided by two, at the same terminal",
        at("desk", OFFICER, lay_people, replied_concern),
        (
            "desk.case.0 case.unseal dialog.yes case.approve_concern",
            *REASONED,
            "case.second_now",
            *sign_in(SECOND_OFFICER),
            "case.countersign",
            *REASONED,
            "case.done",
        ),
        {"desk", "case", "sign_in"},
    ),
    Flow(
        "a deed declined",
        at("desk", OFFICER, deed),
        ("desk.case.0 case.decline", *REASONED, "case.done"),
        {"desk", "case"},
    ),
    Flow(
        "an officer steps aside, and comes back",
        at("desk", OFFICER, deed),
        (
            "desk.case.0 case.recuse dialog.yes case.not_aside",
            "case.recuse dialog.yes case.done desk.case.0.back",
        ),
        {"desk", "case"},
    ),
    Flow(
        "two cases made one",
        at("desk", OFFICER, lay_people, two_alike),
        ("desk.case.0 case.merge.0 dialog.no case.merge.0 dialog.yes",),
        {"desk", "case"},
    ),
    Flow(
        "confirmations read again",
        at("desk", SECOND_OFFICER, often_confirmed),
        (
            "desk.again.0 case.read_again",
            Words("case.sentence.input", SENTENCE),
            "case.confirm dialog.yes case.done",
        ),
        {"desk", "case"},
    ),
    Flow(
        "a case by the number of its slip",
        at("desk", OFFICER, counted_deed),
        ("desk.find", Digits(number_of_the_deed)),
        {"desk", "find_case"},
    ),
    Flow(
        "an enrolment",
        at("staff", CLERK, newcomer),
        (
            "staff.enrolment",
            Words("enrol.search.input", "王小梅"),
            "enrol.person.0",
            *ENROLMENT,
            *ANSWERS,
            *CHOSEN,
            "enrol.write",
            "enrol.to_person",
        ),
        {"staff", "enrolment"},
    ),
    Flow(
        "a card in place of a lost one",
        at("enrolment", CLERK),
        (
            Words("enrol.search.input", ME),
            "enrol.person.0 enrol.card_only dialog.yes",
            "enrol.to_person",
        ),
        {"enrolment"},
    ),
    Flow(
        "a notice handed over, and a reply taken down",
        at("staff", CLERK, concern),
        (
            "staff.notices_desk notice.print.0 notice.handed.0 dialog.yes told.reply.0",
            Choice("desk.reply.not_so"),
            half_way,
            Words("desk.words.input", "箱子是刮风吹下去的。"),
            "desk.hand_in desk.hand_in",
        ),
        {"staff", "notices_desk"},
    ),
    Flow(
        "two notices handed over, one after the other",
        at("notices_desk", CLERK, concern, praise),
        ("notice.print.0 notice.print.1 notice.handed.0 dialog.yes notice.handed.0 dialog.yes",),
        {"notices_desk"},
    ),
    Flow(
        "what waits, on paper for the day's round",
        at("staff", CLERK, wrong("born_on", "我是三月初二生的。")),
        ("staff.today today.print", printed, "back"),
        {"staff", "today"},
    ),
    Flow(
        "a birthday corrected",
        at("staff", CLERK, wrong("born_on", "我是三月初二生的。")),
        (
            "staff.corrections corrections.row.0 corrections.to_correct",
            Words("corrections.value.input", "1956-03-02"),
            SAID,
            "corrections.correct dialog.yes",
        ),
        {"staff", "corrections"},
    ),
    Flow(
        "a correction declined",
        at("corrections", CLERK, wrong("name", "应该是林椿生。")),
        (
            "corrections.row.0 corrections.to_decline",
            "corrections.reason.not_shown",
            half_way,
            SAID,
            "corrections.decline",
        ),
        {"corrections"},
    ),
    Flow(
        "a household found for a correction",
        at("corrections", CLERK, wrong("house", "我搬到河埠路了。")),
        (
            "corrections.row.0 corrections.to_correct corrections.how.find",
            Words("corrections.search.input", "河埠"),
            "corrections.household.0",
            half_way,
            SAID,
            "corrections.house dialog.yes",
        ),
        {"corrections"},
    ),
    Flow(
        "a plate corrected, and a request that waits",
        at("corrections", CLERK, wrong("house", "是12号乙。")),
        (
            "corrections.row.0 corrections.to_correct corrections.how.plate",
            Words("corrections.plate.input", "东街12号乙"),
            "corrections.plate_next back back corrections.how.wait",
            SAID,
            "corrections.wait",
        ),
        {"corrections"},
    ),
    Flow(
        "a door sign, its duplicate, and the sign taken down",
        at("staff", CLERK, starred),
        (
            "staff.signs",
            FIND_ME,
            "signs.household.0",
            Choice("signs.fewer.rules"),
            half_way,
            "signs.print",
            printed,
            "signs.again",
            printed,
            "signs.another signs.household.0 signs.duplicate",
            printed,
            "signs.another signs.household.0 signs.print_same dialog.yes signs.cancel",
            "signs.another signs.household.0 signs.take_down dialog.yes",
        ),
        {"staff", "signs"},
    ),
    Flow(
        "an office given, its card vouched for, and the office ended",
        at("staff", OFFICER),
        (
            "staff.offices offices.appoint",
            Words("offices.search.input", ME),
            "offices.person.0 offices.role.2",
            half_way,
            "offices.reason.0",
            of_this_day,
            *sign_in(SECOND_OFFICER),
            "offices.to_list offices.vouch.0",
            *sign_in(OFFICER),
            "offices.to_list offices.end.0 offices.reason.0",
            of_this_day,
            *sign_in(SECOND_OFFICER),
            "offices.to_list back",
        ),
        {"staff", "offices"},
    ),
    Flow(
        "a rule proposed, taken back, and the rule book printed",
        at("staff", OFFICER),
        (
            "staff.rule_book rule_book.new rule_book.offer.own rule_book.kind.concern",
            "rule_book.area.safety",
            Words("rule.zh.input", "车停在桥上"),
            "rule_book.go_on",
            Words("rule.zh.input", "把车停在桥上，别人过不去。"),
            "rule_book.go_on",
            Words("rule.zh.input", "车开走了就了结。"),
            "rule_book.go_on rule_book.reporters.anyone rule_book.icon.road rule_book.points.2",
            "rule_book.propose rule_book.to_list changes.withdraw.0 dialog.yes",
            "rule_book.clean_docks rule_book.rule.changed rule_book.field.points",
            "rule_book.points.5 rule_book.propose rule_book.to_list",
            "rule_book.print rule_book.days.0 rule_book.to_list back",
        ),
        {"staff", "rule_book"},
    ),
    Flow(
        "a yearly register read, who is new accepted, and one taken along",
        at("staff", CLERK, a_register),
        (
            "staff.differences differences.find_file differences.files.0 differences.purpose.0",
            "differences.page.0 differences.accept_all differences.carry_out differences.go_on",
            "differences.put_aside dialog.yes",
            "differences.take_along differences.take.0 differences.form.0 differences.go_on back",
        ),
        {"staff", "differences"},
    ),
    Flow(
        "a birth taken back, a move and a death at the register desk",
        at("staff", CLERK),
        (
            "staff.register",
            *AT_HOME,
            "register.happens.birth",
            Words("register.name.input", "林小满"),
            Words("register.born.input", "2026-11-20"),
            half_way,
            "register.next register.write register.take_back",
            *AT_HOME,
            "register.happens.move",
            Choice("register.who.0"),
            "register.next register.to_door",
            Words("register.door.input", "新街9号"),
            "register.next register.write register.to_list register.take_back.0",
            *AT_HOME,
            "register.happens.death register.who.0 register.write",
            *sign_in(SECOND_OFFICER),
            "register.to_list back",
        ),
        {"staff", "register"},
    ),
    Flow(
        "the register looked over, and what to ask printed",
        at("staff", CLERK),
        ("staff.register register.doctor doctor.print", printed),
        {"staff", "register", "register_doctor"},
    ),
    Flow(
        "a relative written down, who is none any more",
        at("staff", OFFICER),
        (
            "staff.register",
            *AT_HOME,
            "register.add_kin register.kin_who.0",
            Words("whom.search.input", CLERK),
            "whom.person.0 register.end_kin.0 dialog.yes back back",
        ),
        {"staff", "register"},
    ),
    Flow(
        "a paper printed again",
        at("staff", CLERK, deed, printed),
        (
            "staff.papers paper.again.0",
            Choice("paper.why.reprint_lost"),
            half_way,
            "paper.print",
        ),
        {"staff", "papers"},
    ),
    Flow(
        "a paper called off",
        at("papers", CLERK, new_card),
        ("paper.cancel.0",),
        {"papers"},
    ),
    Flow(
        "the keeper's machine",
        at("machine", KEEPER, a_keeper),
        (
            "machine.back_up machine.today back machine.papers back",
            "machine.journal back end_session",
        ),
        {"machine", "today", "papers", "journal"},
    ),
)
