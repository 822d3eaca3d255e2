"""How people come to the screen, what happened before, and what needs no finger: for the flows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from kiosk.core.catalogue import catalogue
from kiosk.core.foreign_card import held_up
from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.models.cases import Case
from kiosk.models.ledger import Checkpoint
from kiosk.services.access import offices, sessions
from kiosk.services.cases import appeal, notices, panel
from kiosk.services.consent import pauses
from kiosk.services.enrolment import new_card as enrolment_new_card
from kiosk.services.my_data import corrections, erasure
from kiosk.services.perks import catalogue as catalogue_of_perks
from kiosk.services.perks import floor, redemptions
from kiosk.services.printing import spooler
from kiosk.services.upkeep import founding_notes
from kiosk.services.upkeep.backup import back_up
from kiosk.services.upkeep.recovery_key import key_text
from tests.ui.enrolment.steps import go_through, pin_under
from tests.ui.neighbours import CLERK, OFFICER, SECOND_OFFICER, Neighbours
from tests.ui.touch import settle, tap, texts
from tests.ui.walking import Digits, Walk
from tests.worlds.kept import grown
from tests.worlds.pictures import picture

ME, NEIGHBOUR, THIRD, KEEPER = "林春生", "李秀兰", "何大山", "方志强"
LAY = {"单小红": "15", THIRD: "16", "陈桂香": "17"}
AT_WORK = (CLERK, OFFICER, SECOND_OFFICER, KEEPER)
SENTENCE = "当天下午去看过，很干净。"

Before = Callable[[Walk], object]


def neighbourhood(neighbours: Neighbours) -> None:
    """The rules were in force for a while; two neighbours have joined."""
    neighbours.found()
    neighbours.clock.advance(days=40)
    neighbours.join(ME)
    neighbours.join(NEIGHBOUR, number="8")


# --- How people come to the screen


def come(walk: Walk, who: str, screen: str, **opened: object) -> None:
    """Somebody signs in and is at a screen."""
    card = walk.lane.cards[who]
    walk.stage.kiosk.wipe()
    signed_in = sessions.sign_in(walk.village, card.number, card.pin, official=who in AT_WORK)
    walk.stage.kiosk.begin_session(signed_in)
    walk.stage.kiosk.open(screen, opened)
    walk.quiet()


def at(screen: str, who: str, *before: Before, **opened: object) -> Before:
    """Somebody signed in at a screen, after what happened before."""

    def begin(walk: Walk) -> None:
        for each in before:
            each(walk)
        come(walk, who, screen, **opened)

    return begin


def home(*before: Before) -> Before:
    """Nobody is signed in, after what happened before."""
    return lambda walk: [each(walk) for each in before]


def card(who: str) -> Digits:
    return Digits(lambda walk: walk.lane.cards[who].number)


def pin(who: str) -> Digits:
    return Digits(lambda walk: walk.lane.cards[who].pin)


def sign_in(who: str) -> tuple[Digits, Digits]:
    return card(who), pin(who)


# --- What happened before


def deed(walk: Walk) -> int:
    return walk.lane.hand_in(ME, ME, "clean_docks", "扫了石阶。")


def asks_me(walk: Walk) -> int:
    return walk.lane.hand_in(NEIGHBOUR, NEIGHBOUR, "clean_docks", "扫了石阶。", witnesses=(ME,))


def a_shelf(walk: Walk) -> int:
    """Something on it, and points to spend on it."""
    counted_deed(walk)
    return on_the_shelf(walk)


def agreed_to_letters(walk: Walk) -> None:
    """Somebody who takes part, and agreed to letters."""
    counted_deed(walk)
    walk.lane.enrol(ME, "letter")


def on_the_shelf(walk: Walk) -> int:
    """Some soap."""
    title, clerk = Texts({"zh": "肥皂", "en": "Soap"}), walk.lane.at_work(CLERK)
    offered = (walk.village, clerk, title, 1, 5, new_touch_id())
    return catalogue_of_perks.offer(*offered, picture="soap", per_person=4).perk_id


def for_everybody(walk: Walk) -> None:
    """Everybody gets some soap."""
    perk, second = on_the_shelf(walk), walk.lane.cards[OFFICER]
    signed = offices.Signature(second.number, second.pin)
    last = walk.lane.today + timedelta(days=9)
    seat = (walk.village, walk.lane.at_work(CLERK))
    floor.start(*seat, perk, ("过节", "The festival"), last, signed, new_touch_id())


def a_voucher(walk: Walk) -> None:
    """Something is kept for me."""
    perk = a_shelf(walk)
    redemptions.reserve(walk.village, walk.lane.at_home(ME), perk, new_touch_id())


def number_of_the_voucher(walk: Walk) -> str:
    mine = redemptions.my_vouchers(walk.village, walk.lane.at_home(ME))
    return mine[0].reference.removeprefix("P").replace("-", "")


def praise(walk: Walk) -> int:
    return walk.lane.hand_in(NEIGHBOUR, ME, "help_neighbour", "帮我收稻谷。")


def concern(walk: Walk) -> int:
    return walk.lane.hand_in(NEIGHBOUR, ME, "littering_docks", "两袋菜叶。")


def my_concern(walk: Walk) -> None:
    """By my card, in a visit before this one."""
    walk.lane.hand_in(ME, NEIGHBOUR, "littering_docks", "两袋菜叶。")
    walk.lane.clock.advance(hours=2)


def wants_to_leave(walk: Walk) -> None:
    """I said so in a visit before this one."""
    erasure.ask(walk.lane.village, walk.lane.at_home(ME), new_touch_id())


def replied_concern(walk: Walk) -> int:
    case_id = concern(walk)
    me = walk.lane.at_home(ME)
    notices.reply(walk.village, me, case_id, "agree", "刮风吹下去的。", new_touch_id())
    return case_id


def two_alike(walk: Walk) -> None:
    replied_concern(walk)
    walk.lane.clock.advance(days=1)
    case_id = walk.lane.hand_in(THIRD, ME, "littering_docks", "菜叶。")
    me = walk.lane.at_home(ME)
    notices.reply(walk.village, me, case_id, "agree", "", new_touch_id())


def lay_people(walk: Walk) -> None:
    """Three who agreed to sit on panels, and one to spare."""
    walk.lane = grown(walk.lane, _four_who_agreed)


def _four_who_agreed(lane: Neighbours) -> None:
    for name, number in {**LAY, "杨二妹": "18"}.items():
        lane.settle(name, "西巷", number)
        lane.card_for(name)
        lane.enrol(name, "number", "panel")


def upheld(walk: Walk) -> int:
    return walk.lane.uphold_concern(ME, NEIGHBOUR, "两袋菜叶，漂在石阶下面。")


def appealed(walk: Walk) -> None:
    """A concern that was appealed; whoever sits first is called so from here on."""
    made = (upheld(walk), "那天我在镇上。", new_touch_id())
    appeal.appeal(walk.village, walk.lane.at_home(ME), *made, ground="reports.ground_not_me")
    with walk.village.read() as session:
        first = panel.seats_of(session, made[0])[0].resident_id
    name = next(name for name, number in walk.lane.people.items() if number == first)
    walk.lane.cards["the first seat"] = walk.lane.cards[name]


def counted_deed(walk: Walk) -> None:
    walk.lane.deed(ME, "clean_docks")


def number_of_the_deed(walk: Walk) -> str:
    with walk.village.read() as session:
        return session.query(Case.reference).filter_by(state="effective").one()[0]


def often_confirmed(walk: Walk) -> None:
    walk.lane.clock.advance(days=80)
    for days_ago in (70, 35):
        walk.lane.deed(NEIGHBOUR, "clean_docks", ME, days_ago=days_ago)
        walk.lane.deed(ME, "clean_docks", NEIGHBOUR, days_ago=days_ago)


def paused(walk: Walk) -> None:
    pauses.pause(walk.village, walk.lane.at_home(ME), new_touch_id())


def newcomer(walk: Walk) -> None:
    walk.lane.settle("王小梅", "西巷", "20")


def wrong(what: corrections.What, words: str) -> Before:
    def ask(walk: Walk) -> None:
        me = walk.lane.at_home(ME)
        corrections.ask_correction(walk.village, me, what, words, new_touch_id())

    return ask


def starred(walk: Walk) -> None:
    walk.lane.enrol(ME, "number", "household_sign")
    walk.lane.rate(ME, {"courtyard": 5, "rules": 4})


def a_keeper(walk: Walk) -> None:
    walk.lane.settle(KEEPER, "西巷", "21")
    walk.lane.card_for(KEEPER)
    walk.lane.appoint(KEEPER, "keeper")


def new_card(walk: Walk) -> None:
    enrolment_new_card.issue_and_print(walk.village, walk.lane.at_work(CLERK), walk.lane.people[ME])


def a_backup(walk: Walk) -> None:
    back_up(walk.village)


def a_founding(walk: Walk) -> None:
    """The village was founded at the screen, and it is not over; a sheet lies ready."""
    village = walk.village
    key = village.keys.verifier.text()
    founding_notes.write(village.directory, founding_notes.Notes(state="founded", key=key))
    (village.directory.spool / "card-0000-0000.pdf").write_bytes(b"%PDF-1.4 a card")


def a_stick(walk: Walk) -> None:
    """A stick is plugged in."""
    Path(walk.village.settings.drives, "STICK").mkdir(parents=True)


# --- What is done without a finger


def hold_sheet(walk: Walk) -> None:
    """The recovery sheet's code is held to the scanner."""
    walk.stage.kiosk.key_scanned(key_text(walk.village.keys.backup))


def printed(walk: Walk) -> None:
    """The printer is done with everything."""
    while spooler.print_next(walk.village):
        pass


def a_drive(walk: Walk) -> None:
    """A drive with one photograph is plugged in."""
    folder = Path(walk.village.settings.drives, "STICK")
    folder.mkdir(parents=True)
    (folder / "DSC_1.JPG").write_bytes(picture((640, 480)))


def a_register(walk: Walk) -> None:
    """A drive with a register of two newcomers, and of one without a name, is plugged in."""
    folder = Path(walk.village.settings.drives, "OFFICE")
    folder.mkdir(parents=True)
    heads, unnamed = "姓名,门牌号,出生日期", ",北街9号,1990-02-03"
    lines = f"{heads}\n孙来客,北街9号,\n孙小客,北街9号,\n{unnamed}\n"
    (folder / "2027.csv").write_text(lines, "utf-8")


def hold_slip(walk: Walk) -> None:
    """The newest slip is held to the scanner."""
    printed(walk)
    with walk.village.read() as session:
        note = session.query(Checkpoint.note).order_by(Checkpoint.id.desc()).first()
    assert note is not None
    walk.stage.kiosk.note_scanned(note[0])


def heard(walk: Walk) -> None:
    """The person was read the whole text."""
    go_through(walk.stage)


def without_a_pin(walk: Walk) -> None:
    """A card from the desk, whose number is typed."""
    clerk, me = walk.lane.at_work(CLERK), walk.lane.people[ME]
    issued = enrolment_new_card.issue_and_print(walk.village, clerk, me).issued
    walk.lane.cards[ME] = issued


def own_card(walk: Walk) -> None:
    """A bus card is held to the scanner."""
    walk.stage.kiosk.strange_scan(held_up("8602-1133-7780-42"))


def learn(walk: Walk) -> None:
    """The person holds the button and looks at the new PIN."""
    walk.learned = pin_under(walk.stage)


def of_this_day(walk: Walk) -> None:
    """The assembly met today."""
    tap(walk.stage.window, f"offices.day.{walk.lane.today}")


def of_the_next_day(walk: Walk) -> None:
    """Tomorrow, which lies in the month that is shown first."""
    tap(walk.stage.window, f"hall.day.{walk.lane.today + timedelta(days=1)}")


def half_way(walk: Walk) -> None:
    """Who ends the session with a form half filled is asked, in every language, and goes on."""
    kiosk = walk.stage.kiosk
    tap(walk.stage.window, "end_session")
    assert kiosk.property("asking") == "unfinished", walk.step
    for _ in catalogue().languages:
        kiosk.switchLanguage()
        settle()
        assert kiosk.text("shell.unfinished_question") in texts(walk.stage.window)
    tap(walk.stage.window, "ending.no")
