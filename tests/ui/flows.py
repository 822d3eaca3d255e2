"""Every flow of the kiosk as a table: who comes, what happened before, what they tap.

A new screen is a new row here, or steps in one; the walk through them is in walking.py.
"""

from __future__ import annotations

from tests.ui.beginnings import (
    ME,
    NEIGHBOUR,
    a_drive,
    a_shelf,
    agreed_to_letters,
    appealed,
    asks_me,
    at,
    card,
    concern,
    deed,
    half_way,
    hold_slip,
    home,
    lay_people,
    learn,
    my_concern,
    paused,
    praise,
    printed,
    sign_in,
    upheld,
    wants_to_leave,
    without_a_pin,
)
from tests.ui.desk_flows import AT_THE_DESK
from tests.ui.rounds_begun import INSPECTOR, invited, round_drawn, seen_at_home
from tests.ui.walking import Choice, Digits, Flow, Words

ALL_IN_ORDER = tuple(Choice(f"score.all.{each}") for each in ("courtyard", "rules", "recycling"))
WHEN_AND_WHERE = ("report.rule.0 report.quick.1 report.part.afternoon report.place.docks_south",)
NOTHING_MORE = "report.words_done report.witnesses_done"
VOTE = ("panel.choice.0", half_way, "panel.choice.0", Choice("panel.starter.0"), "panel.confirm")
FLOWS: tuple[Flow, ...] = (
    Flow(
        "a neighbour asked to inspect, who will",
        at("visits", ME, invited),
        ("visits.agree",),
        {"visits"},
    ),
    Flow(
        "what an inspector saw, and a household that another is to look at",
        at("visits", INSPECTOR, round_drawn),
        (
            "visits.0",
            *ALL_IN_ORDER,
            "visits.hand_in visits.to_list",
        ),
        {"visits"},
    ),
    Flow(
        "an inspector who cannot look at a household",
        at("visits", INSPECTOR, round_drawn),
        ("visits.0 visits.cannot visits.why.0",),
        {"visits"},
    ),
    Flow(
        "a household that wants a new look, and looks at itself meanwhile",
        at("my_household", ME, seen_at_home),
        (
            Choice("household.courtyard"),
            "household.again household.look",
            *ALL_IN_ORDER,
            "visits.hand_in visits.to_list",
        ),
        {"my_household", "visits"},
    ),
    Flow(
        "a household that appeals",
        at("my_household", ME, seen_at_home),
        ("household.appeal dialog.yes",),
        {"my_household"},
    ),
    Flow(
        "a household that agrees",
        at("my_household", ME, seen_at_home),
        ("household.agree",),
        {"my_household"},
    ),
    Flow(
        "a deed of one's own, from the start screen",
        home(),
        (
            "tile.good_deed",
            *sign_in(ME),
            "report.whom.self",
            half_way,
            *WHEN_AND_WHERE,
            NOTHING_MORE,
            "report.hand_in report.to_start",
        ),
        {"home", "sign_in", "reports"},
    ),
    Flow(
        "a neighbour's deed, with words and a photograph",
        at("reports", ME, a_drive, kind="good"),
        (
            "report.whom.neighbour",
            Words("report.search.input", NEIGHBOUR),
            "report.person.0",
            *WHEN_AND_WHERE,
            Words("report.words.input", "她送我去了卫生院。"),
            "report.words_done",
            Choice("report.photo.0"),
            "report.photos_done report.hand_in report.to_start",
        ),
        {"reports"},
    ),
    Flow(
        "a deed of one's own, with a witness",
        at("reports", ME, kind="good"),
        (
            "report.whom.self",
            *WHEN_AND_WHERE,
            "report.words_done",
            Words("report.search.input", NEIGHBOUR),
            Choice("report.person.0"),
            "report.witnesses_done report.hand_in report.to_start",
        ),
        {"reports"},
    ),
    Flow(
        "a concern, and a change on the way",
        at("reports", ME),
        (
            "report.kind.concern report.understood",
            Words("report.search.input", NEIGHBOUR),
            "report.person.0",
            *WHEN_AND_WHERE,
            "report.words_done back report.words_done",
            "report.line.where report.place.docks_north report.hand_in report.to_start",
        ),
        {"reports"},
    ),
    Flow(
        "the same deed again, which is asked about",
        at("reports", ME, deed, kind="good"),
        (
            "report.whom.self report.rule.0",
            "report.quick.0 report.part.afternoon report.place.docks_south",
            NOTHING_MORE,
            "report.same.yes report.to_start",
        ),
        {"reports"},
    ),
    Flow(
        "an acceptance, a reply and a testimony, one after the other",
        at("notices", ME, praise, asks_me, concern),
        ("answer", Choice("reply.put_right"), half_way, "answer answer"),
        {"notices"},
    ),
    Flow(
        "an acceptance, and then a testimony",
        at("notices", ME, praise, asks_me),
        ("answer answer",),
        {"notices"},
    ),
    Flow(
        "a nomination declined, and the rest left for later",
        at("notices", ME, praise, asks_me, concern),
        ("decline later later",),
        {"notices"},
    ),
    Flow("a decision is read", at("notices", ME, lay_people, upheld), ("answer",), {"notices"}),
    Flow(
        "an appeal from the news",
        at("notices", ME, lay_people, upheld),
        ("appeal appeal.begin", Choice("appeal.ground.0"), half_way, "appeal.hand_in appeal.done"),
        {"notices", "appeal"},
    ),
    Flow(
        "one's own record, its pages and a report taken back",
        home(deed),
        (
            "tile.my_record",
            *sign_in(ME),
            "report_deed back all_views back open_rights back open_my_data my_data.looks back back",
            "withdraw.0 dialog.yes back ending.no back ending.yes",
        ),
        {"home", "sign_in", "my_record", "record_views", "consents", "my_data"},
    ),
    Flow(
        "something for one's points: reserved, seen in the wallet, given back",
        at("my_record", ME, a_shelf),
        (
            "open_perks perks.offer.0 dialog.no perks.offer.0 dialog.yes perks.done",
            "perks.my_wallet wallet.cancel.0 dialog.yes back back open_wallet",
        ),
        {"my_record", "perks", "wallet"},
    ),
    Flow(
        "a letter about oneself: composed, signed, printed again, taken back",
        at("my_record", ME, agreed_to_letters),
        (
            "open_letters letters.new letters.fact.lives letters.fact.number letters.fact.number",
            "letters.facts_done letters.whom_done letters.choice.0 letters.choice.1 letters.sign",
            *sign_in(ME),
            "letters.to_list letters.again.0 letters.to_list",
            "letters.end.0 dialog.no letters.end.0 dialog.yes",
        ),
        {"my_record", "letters"},
    ),
    Flow(
        "the board, and what it leads to",
        home(),
        ("board board.calendar back board.rules back back",),
        {"home", "board", "calendar", "rules"},
    ),
    Flow(
        "thanks to a neighbour, and taken back",
        home(),
        (
            "thanks",
            *sign_in(ME),
            "thanks.other back thanks.near.0 back thanks.near.0 thanks.for.harvest",
            "thanks.take_back thanks.to_start",
        ),
        {"home", "sign_in", "thanks"},
    ),
    Flow(
        "a concern put right",
        at("my_record", ME, upheld),
        (
            "put_right.0",
            Choice("put_right.cleaned_up"),
            half_way,
            "put_right.hand_in put_right.done",
        ),
        {"my_record", "put_right"},
    ),
    Flow(
        "a reply from the record",
        at("my_record", ME, concern),
        ("reply.0", Choice("reply.not_so"), "answer"),
        {"my_record", "notices"},
    ),
    Flow(
        "the end of a pause, from the record",
        at("my_record", ME, paused),
        ("resume",),
        {"my_record"},
    ),
    Flow(
        "a copy of one's data on paper",
        at("my_data", ME),
        ("my_data.copy my_data.road.print", printed, "my_data.copied"),
        {"my_data"},
    ),
    Flow(
        "a copy of one's data on a drive",
        at("my_data", ME),
        (
            "my_data.copy my_data.road.drive my_data.print_slip",
            hold_slip,
            a_drive,
            "my_data.write my_data.copied",
        ),
        {"my_data"},
    ),
    Flow(
        "a correction asked for, a pause, and back",
        at("my_data", ME),
        (
            "my_data.correct",
            Choice("my_data.what.phone"),
            half_way,
            Words("my_data.words.input", "尾号是 0417。"),
            "my_data.ask my_data.pause dialog.yes my_data.pause",
        ),
        {"my_data"},
    ),
    Flow(
        "consents withdrawn and given",
        at("my_data", ME),
        (
            "my_data.consents withdraw.number dialog.yes agree.thank_you_wall dialog.yes",
            "withdraw.thank_you_wall dialog.yes",
        ),
        {"my_data", "consents"},
    ),
    Flow(
        "leaving",
        at("my_data", ME),
        (
            "my_data.leave my_data.go dialog.no my_data.stay",
            "my_data.leave my_data.go dialog.yes back my_data.leave leaving.stay leaving.go_on",
            "my_data.leave my_data.go dialog.yes my_data.end",
        ),
        {"my_data", "leaving"},
    ),
    Flow(
        "somebody looked up, and praised",
        home(),
        ("tile.look_up", Words("search", NEIGHBOUR), "deed.0", *sign_in(ME), "back"),
        {"home", "look_up", "sign_in", "reports"},
    ),
    Flow(
        "a paper checked, and appealed from it",
        home(lay_people, upheld),
        (
            "calendar calendar.later calendar.earlier back",
            "tile.rules rules.clean_docks back back tile.check",
            hold_slip,
            "check.again",
            hold_slip,
            "check.appeal",
            *sign_in(ME),
            "answer appeal.begin",
        ),
        {"home", "calendar", "rules", "rule", "check", "sign_in", "notices", "appeal"},
    ),
    Flow(
        "was this you? yes",
        home(my_concern),
        ("tile.my_record", *sign_in(ME), "open_asked asked.mine"),
        {"home", "sign_in", "asked", "my_record"},
    ),
    Flow(
        "was this you? no",
        home(my_concern),
        ("tile.my_record", *sign_in(ME), "open_asked asked.not_mine dialog.yes asked.go_on"),
        {"home", "sign_in", "asked", "my_record"},
    ),
    Flow(
        "the first PIN of a card from the desk",
        home(without_a_pin),
        (
            "tile.my_record",
            card(ME),
            "first_pin.show",
            learn,
            "first_pin.remembered first_pin.look_again first_pin.remembered",
            Digits(lambda walk: walk.learned),
            "first_pin.to_start",
        ),
        {"home", "sign_in", "first_pin"},
    ),
    Flow(
        "asked to leave, and staying",
        home(wants_to_leave),
        ("tile.my_record", *sign_in(ME), "leaving.stay leaving.go_on"),
        {"home", "sign_in", "leaving", "my_record"},
    ),
    Flow(
        "a vote of the panel",
        at("my_record", "the first seat", lay_people, appealed),
        ("open_panels panel.case.0 panel.overturn", *VOTE, "dialog.yes panel.done"),
        {"my_record", "panel", "panel_case"},
    ),
    Flow(
        "stepping aside from the panel",
        at("panel", "the first seat", lay_people, appealed),
        ("panel.case.0 panel.aside dialog.no panel.aside dialog.yes panel.done",),
        {"panel", "panel_case"},
    ),
    *AT_THE_DESK,
)
