"""What people do about themselves: signing in, consents, corrections, copies, perks, leaving."""

from __future__ import annotations

from typing import get_args

from sqlalchemy import select

from kiosk.core.ids import new_touch_id
from kiosk.models.consent import Leaving
from kiosk.models.letters import Letter
from kiosk.models.perks import Perk, Redemption
from kiosk.services.access import languages, sessions, views
from kiosk.services.consent import consents, pauses
from kiosk.services.letters import letters
from kiosk.services.my_data import consent_choices, copies, corrections, erasure
from kiosk.services.perks import redemptions
from kiosk.services.record import my_record
from kiosk.services.register.people import household, households, resident
from kiosk.services.register.search import search
from tests.worlds.life.frame import Life, step

LEAST_PEOPLE = 22
"""Nobody leaves a village that is smaller."""


@step(3)
def own_record(life: Life) -> None:
    seat = life.seat(life.person())
    my_record.opened(life.village, seat)
    views.views_of(life.village, seat)
    sessions.still_here(life.village, seat)
    sessions.sign_out(life.village, seat)


@step(0.3)
def wrong_pin(life: Life) -> None:
    number, _ = life.one(list(life.hamlet.cards.values()))
    sessions.sign_in(life.village, number, "924713")


@step(0.3)
def choosing_a_language(life: Life) -> None:
    seat = life.seat(life.person())
    language = life.dice.choice(("zh", "en"))
    languages.note_language(life.village, seat, language, chosen=life.chance(0.5))


@step(1)
def looking_up(life: Life) -> None:
    search(life.village, life.dice.choice(("林", "lin", "l", "河埠路", "1")))
    households(life.village, life.dice.choice(("1", "河埠路")))
    someone = resident(life.village, life.person())
    household(life.village, someone.household_id)


# --- consents


@step(0.8)
def agreeing(life: Life) -> None:
    seat = life.seat(life.person())
    purpose = life.dice.choice(consents.PURPOSES)
    version = consents.CONSENT_TEXT_VERSION
    consent_choices.agree(life.village, seat, purpose, version, new_touch_id())


@step(0.6)
def withdrawing(life: Life) -> None:
    seat = life.seat(life.person())
    consents.consents(life.village, seat)
    purpose = life.dice.choice(consents.PURPOSES)
    consent_choices.withdraw(life.village, seat, purpose, new_touch_id())


@step(0.5)
def pausing(life: Life) -> None:
    pauses.pause(life.village, life.seat(life.person()), new_touch_id())


@step(0.8)
def coming_back(life: Life) -> None:
    seat = life.seat(life.person())
    pauses.paused(life.village, seat)
    pauses.resume(life.village, seat, new_touch_id())


# --- what is written down


@step(1)
def asking_for_a_correction(life: Life) -> None:
    seat = life.seat(life.person())
    corrections.own_entry(life.village, seat)
    what: corrections.What = life.dice.choice(get_args(corrections.What))
    corrections.ask_correction(life.village, seat, what, "这里写得不对", new_touch_id())
    corrections.my_corrections(life.village, seat)


@step(0.4)
def a_copy(life: Life) -> None:
    seat = life.seat(life.person())
    door = copies.print_copy if life.chance(0.5) else copies.print_slip
    door(life.village, seat, new_touch_id())


@step(0.25)
def wanting_to_leave(life: Life) -> None:
    people = life.ids()
    who = life.one(people if len(people) >= LEAST_PEOPLE else [])
    erasure.ask(life.village, life.seat(who), new_touch_id())


@step(0.8)
def staying(life: Life) -> None:
    wishes = select(Leaving.resident_id).where(Leaving.ended_at.is_(None))
    who = life.one(life.look(lambda session: list(session.scalars(wishes))))
    seat = life.seat(life.mine_or_not(who))
    erasure.wish(life.village, seat)
    erasure.stay(life.village, seat, new_touch_id())


# --- letters


@step(1)
def writing_a_letter(life: Life) -> None:
    who = life.person()
    seat = life.seat(who)
    facts = [each.key for each in letters.desk(life.village, seat).facts]
    chosen = tuple(life.dice.sample(facts, life.dice.randrange(len(facts) + 1)))
    draft = letters.Draft(facts=chosen, to="学校", language="zh", days=life.dice.choice((30, 90)))
    signed = life.own_signature(life.mine_or_not(who))
    letters.issue(life.village, seat, draft, signed, new_touch_id())


@step(0.8)
def ending_a_letter(life: Life) -> None:
    standing = select(Letter.resident_id, Letter.reference).where(Letter.ended_at.is_(None))
    who, reference = life.one(life.look(lambda session: session.execute(standing).all()))
    seat = life.seat(life.mine_or_not(who))
    door = letters.print_again if life.chance(0.3) else letters.end
    door(life.village, seat, reference, new_touch_id())


# --- perks


@step(2.5)
def reserving(life: Life) -> None:
    perk = life.one(life.look(lambda session: list(session.scalars(select(Perk.id)))))
    seat = life.seat(life.person())
    redemptions.my_vouchers(life.village, seat)
    redemptions.reserve(life.village, seat, perk, new_touch_id())


@step(0.6)
def giving_back(life: Life) -> None:
    reserved = select(Redemption.resident_id, Redemption.reference).where(
        Redemption.state == "reserved"
    )
    who, reference = life.one(life.look(lambda session: session.execute(reserved).all()))
    seat = life.seat(life.mine_or_not(who))
    redemptions.cancel(life.village, seat, reference, new_touch_id())
