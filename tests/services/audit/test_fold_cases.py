"""Whoever changes in the database what became of a case is found by the log alone."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import text

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models.cases import Case, CasePhoto
from kiosk.services.audit.tables import verify_village
from kiosk.services.cases import (
    confirmations,
    decide,
    panel,
    panel_draw,
    paper_notices,
    photos,
    submit,
)
from kiosk.services.cases.flow import forgetting
from kiosk.services.cases.flow.timed_moves import tick
from kiosk.services.ledger import log
from kiosk.services.my_data.consent_choices import withdraw
from kiosk.services.printing import spooler
from kiosk.services.register.people import declare_relative
from kiosk.services.upkeep.carry_over import carry_over
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet
from tests.services.cases.conftest import furnish as furnish_by_hand
from tests.services.households.family import dies, happens, plan
from tests.worlds.first_version import unfounded
from tests.worlds.kept import grown
from tests.worlds.logged import LoggedHamlet, furnish

DENIAL = "那天我在县城，不是我。"


@pytest.fixture
def hamlet(sqlite_village: Village, clock: SettableClock) -> LoggedHamlet:
    """A hamlet of which the log knows everything."""
    return grown(LoggedHamlet(sqlite_village, clock), furnish)


def found(hamlet: Hamlet) -> set[str]:
    """What verify names, each by code and name."""
    return {f"{each.code} {each.name}" for each in verify_village(hamlet.village).findings}


def change(hamlet: Hamlet, *statements: str) -> None:
    """What somebody does who has the database in their hands."""
    with hamlet.village.write() as session:
        for statement in statements:
            session.execute(text(statement))


def denied(hamlet: Hamlet) -> None:
    """A concern with a photograph, which the person says was not them."""
    raw = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(raw, "JPEG")
    form = dataclasses.replace(hamlet.form("B", "A", "litter"), photos=(raw.getvalue(),))
    case_id = submit.hand_in(hamlet.village, form).case_id
    hamlet.reply("A", case_id, "own_words", DENIAL)


def told(hamlet: Hamlet) -> None:
    """A concern that two officers upheld, open to appeal."""
    hamlet.decided_concern()


def counting(hamlet: Hamlet) -> None:
    """A concern that counts."""
    hamlet.decided_concern()
    hamlet.clock.advance(days=21)
    tick(hamlet.village)


def heard(hamlet: Hamlet) -> None:
    """A concern before its panel, of which nobody voted yet."""
    hamlet.serve("CDE")
    hamlet.appeal("A", hamlet.decided_concern())


def confirmed(hamlet: Hamlet) -> None:
    """A deed that somebody was asked to confirm."""
    case_id = hamlet.hand_in("A", "A", "help").case_id
    person, witness = hamlet.sign("A"), hamlet.people["B"]
    confirmations.ask_to_confirm(hamlet.village, person, case_id, witness, new_touch_id())
    confirmations.confirm(hamlet.village, hamlet.sign("B"), case_id, new_touch_id())


def carried(hamlet: Hamlet) -> None:
    """A notice was printed, to be handed over."""
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    paper_notices.print_notice(hamlet.village, hamlet.sign("K", "clerk"), case_id, new_touch_id())


OF_CASES = ("case", "panel", "point_entry", "confirmation", "notice_slip", "hand_over")
Way = Callable[[Hamlet], None]
ATTACKS: dict[str, tuple[Way, tuple[str, ...], set[str]]] = {
    "a concern is wiped": (
        counting,
        (
            "DELETE FROM hand_over",
            "DELETE FROM point_entry",
            "DELETE FROM case_move",
            'DELETE FROM "case"',
        ),
        {
            "row_missing hand_over",
            "row_missing point_entry",
            "row_missing case_move",
            "row_missing case",
        },
    ),
    "a concern ends early": (
        counting,
        ("UPDATE point_entry SET ended_on = effective_on",),
        {"row_altered point_entry.ended_on"},
    ),
    "an appeal is cut short": (
        told,
        ("UPDATE \"case\" SET due_at = '2026-11-24 00:00:00.000000'",),
        {"row_altered case.due_at"},
    ),
    "a denial becomes an admission": (
        denied,
        ("UPDATE \"case\" SET reply_choice = 'was_me', reply_words = ''",),
        {"row_altered case.reply_choice", "row_altered case.reply_words"},
    ),
    "a concern becomes a deed": (
        denied,
        ("UPDATE \"case\" SET kind = 'deed'",),
        {"row_altered case.kind"},
    ),
    "the reporter is never asked whether it was them": (
        denied,
        ("UPDATE \"case\" SET handed_in_session = '', reporter_answer = 'mine'",),
        {"row_altered case.handed_in_session", "row_altered case.reporter_answer"},
    ),
    "what was never said was put right": (
        denied,
        ("UPDATE \"case\" SET put_right_way = 'cleaned_up', put_right_at = submitted_at",),
        {"row_altered case.put_right_way", "row_altered case.put_right_at"},
    ),
    "evidence is replaced": (
        denied,
        ("UPDATE case_photo SET jpeg = x'ffd8ffd9'",),
        {"row_altered case_photo.jpeg"},
    ),
    "evidence is taken away": (
        denied,
        ("DELETE FROM case_photo",),
        {"row_missing case_photo"},
    ),
    "a seat is slipped in": (
        heard,
        (
            "INSERT INTO panel_seat (case_id, resident_id, malice, reason, sentence)"
            " SELECT case_id, (SELECT subject_id FROM \"case\"), 0, '', ''"
            " FROM panel_seat LIMIT 1",
        ),
        {"row_extra panel_seat"},
    ),
    "a seat is given to somebody else": (
        heard,
        ('UPDATE panel_seat SET resident_id = (SELECT subject_id FROM "case") WHERE id = 1',),
        {"row_extra panel_seat", "row_missing panel_seat"},
    ),
    "votes are slipped in": (
        heard,
        ("UPDATE panel_seat SET uphold = 1, voted_at = '2026-11-23 02:00:00.000000'",),
        {"row_altered panel_seat.uphold", "row_altered panel_seat.voted_at"},
    ),
    "the draw is another": (
        heard,
        ("UPDATE panel_draw SET candidates = '[[1, 1]]', seed = '00'",),
        {"row_altered panel_draw.candidates", "row_altered panel_draw.seed"},
    ),
    "somebody else confirmed": (
        confirmed,
        (
            "UPDATE confirmation_request SET witness_id = witness_id + 1",
            "UPDATE confirmation SET confirmer_id = confirmer_id + 1",
        ),
        {
            "row_missing confirmation_request",
            "row_extra confirmation_request",
            "row_altered confirmation.confirmer_id",
        },
    ),
    "a notice is said to be handed over": (
        carried,
        ("UPDATE notice_slip SET handed_on = '2026-11-23', handed_by = 1",),
        {"row_altered notice_slip.handed_on", "row_altered notice_slip.handed_by"},
    ),
}
"""What somebody does with the database in their hands, to which village, and what names it."""


@pytest.mark.parametrize("way", sorted({way for way, _, _ in ATTACKS.values()}, key=str))
def test_a_village_that_only_lived_has_no_finding(way: Way, hamlet: LoggedHamlet) -> None:
    way(hamlet)
    assert found(hamlet) == set()


@pytest.mark.parametrize("name", ATTACKS)
def test_what_is_done_to_a_case_is_named(name: str, hamlet: LoggedHamlet) -> None:
    way, statements, named = ATTACKS[name]
    way(hamlet)
    change(hamlet, *statements)
    assert named <= found(hamlet)


def test_evidence_whose_digest_is_replaced_with_it_is_named(hamlet: LoggedHamlet) -> None:
    denied(hamlet)
    with hamlet.village.write() as session:
        photo = session.query(CasePhoto).one()
        photo.jpeg = b"another picture"
        photo.digest = photos.digest_of(photo.jpeg)
    assert {"row_missing case_photo", "row_extra case_photo"} <= found(hamlet)


@pytest.mark.long
def test_what_the_timer_makes_of_an_appeal_that_was_cut_short_is_not_allowed(
    hamlet: LoggedHamlet,
) -> None:
    told(hamlet)
    change(hamlet, "UPDATE \"case\" SET due_at = '2026-11-23 00:00:00.000000'")
    hamlet.clock.advance(days=1)
    tick(hamlet.village)
    assert "not_allowed effect: not in its time" in found(hamlet)


@pytest.mark.long
def test_what_remains_of_a_concern_that_was_forgotten_is_held_to_account(
    hamlet: LoggedHamlet,
) -> None:
    counting(hamlet)
    while spooler.print_next(hamlet.village):
        pass
    hamlet.clock.moment += timedelta(days=200)
    tick(hamlet.village)
    with hamlet.village.read() as session:
        forgotten = session.execute(text('SELECT forgotten_at FROM "case"')).scalar()
    assert forgotten is not None
    assert found(hamlet) == set()
    change(hamlet, 'UPDATE "case" SET reporter_id = subject_id')
    assert found(hamlet) == {"row_altered case.reporter_id"}


@pytest.mark.long
@pytest.mark.parametrize("change", ["her office ends", "she becomes a relative"])
def test_who_ended_a_concern_is_judged_as_they_stood_then(
    change: str, hamlet: LoggedHamlet
) -> None:
    """It is forgotten days later, when its last paper has come out."""
    hamlet.add("P")
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    officer = hamlet.officer("P")
    decide.put_right(hamlet.village, officer, case_id, "河埠头已经打扫干净。", new_touch_id())
    assert hamlet.case(case_id).forgotten_at is None
    if change == "her office ends":
        hamlet.end_office("P", "officer")
    else:
        with writing(hamlet.village) as work:
            declare_relative(work, hamlet.people["P"], hamlet.people["A"])
    while spooler.print_next(hamlet.village):
        pass
    tick(hamlet.village)
    assert hamlet.case(case_id).forgotten_at is not None
    assert found(hamlet) == set()


def test_cases_of_version_0_1_are_carried_over_as_they_stand(
    sqlite_village: Village, clock: SettableClock
) -> None:
    hamlet = furnish_by_hand(Hamlet(unfounded(sqlite_village), clock))
    heard(hamlet)
    hamlet.hand_in("C", "B", "litter")
    change(
        hamlet,  # version 0.1 said nothing of these in any entry
        "INSERT INTO notice_slip (case_id, print_job_id, printed_at)"
        " VALUES (2, 7, '2026-11-23 02:00:00.000000')",
        "UPDATE panel_seat SET id = id + 100",
    )
    of_cases = {"row_extra notice_slip", "row_altered panel_seat.id"}
    assert of_cases <= found(hamlet)
    assert carry_over(hamlet.village) is not None
    assert not {each for each in found(hamlet) if each.partition(" ")[2].startswith(OF_CASES)}
    change(hamlet, "DELETE FROM notice_slip")
    assert "row_missing notice_slip" in found(hamlet)


@pytest.mark.long
def test_a_concern_that_is_forgotten_after_the_carry_over_leaves_nothing_of_it(
    sqlite_village: Village, clock: SettableClock
) -> None:
    hamlet = furnish_by_hand(Hamlet(unfounded(sqlite_village), clock))
    counting(hamlet)
    hamlet.clock.advance(days=200)
    carry_over(hamlet.village)
    while spooler.print_next(hamlet.village):
        pass
    tick(hamlet.village)
    with hamlet.village.read() as session:
        assert session.execute(text('SELECT forgotten_at FROM "case"')).scalar() is not None
    assert not {each for each in found(hamlet) if each.startswith("not_allowed")}
    assert not {each for each in found(hamlet) if each.partition(" ")[2].startswith(OF_CASES)}


def test_what_remains_is_said_only_of_what_was_forgotten(hamlet: LoggedHamlet) -> None:
    counting(hamlet)
    change(hamlet, "UPDATE point_entry SET ended_on = effective_on")
    with writing(hamlet.village) as work:
        forgetting.say_what_remains(work, work.session.query(Case).one())
    assert "not_allowed remains: was not forgotten" in found(hamlet)


def a_panel_and_who_follows(hamlet: LoggedHamlet) -> tuple[int, str, str]:
    """A case that a panel hears, who sits on it, and who would follow on a seat."""
    hamlet.add("F")
    hamlet.add("G")
    hamlet.serve("CDEFG")
    case_id = hamlet.decided_concern()
    seated = hamlet.appeal("A", case_id)
    with hamlet.village.read() as session:
        follows = panel_draw.next_of(session, case_id)
    return case_id, seated, next(who for who, number in hamlet.people.items() if number == follows)


def a_seat_passes_over_somebody(hamlet: LoggedHamlet) -> tuple[int, str, str]:
    """Who would have followed serves no more, somebody else does; the case, both by letter."""
    case_id, seated, who = a_panel_and_who_follows(hamlet)
    withdraw(hamlet.village, hamlet.sign(who), "panel", new_touch_id())
    panel.step_aside(hamlet.village, hamlet.sign(seated[0]), case_id, new_touch_id())
    assert found(hamlet) == set()
    return case_id, who, seated[1]


@pytest.mark.long
def test_a_seat_goes_to_nobody_who_would_not_serve_any_more(hamlet: LoggedHamlet) -> None:
    case_id, passed_over, seated = a_seat_passes_over_somebody(hamlet)
    with writing(hamlet.village) as work:
        left = {"left": hamlet.people[seated], "follows": hamlet.people[passed_over]}
        log.append(work, "panel_seat", {"case": case_id, **left})
    assert "not_allowed panel_seat: not who follows in the draw" in found(hamlet)


@pytest.mark.long
def test_whether_who_left_since_would_have_served_is_not_asked(hamlet: LoggedHamlet) -> None:
    _, passed_over, _ = a_seat_passes_over_somebody(hamlet)
    hamlet.leave_for_good(passed_over)
    assert found(hamlet) == set()


@pytest.mark.long
def test_who_came_back_followed_and_left_again_is_not_judged(hamlet: LoggedHamlet) -> None:
    """Of their second time nothing is left in the log but that it ended."""
    case_id, seated, who = a_panel_and_who_follows(hamlet)
    dies(hamlet, who)
    back = plan(hamlet, "still_here", who, who, name=f"林{who}", born_on="1960-01-01")
    happens(hamlet, back, hamlet.signature("Y"))
    hamlet.cards.pop(hamlet.people[who], None)
    hamlet.enrol(who)
    hamlet.serve(who)
    panel.step_aside(hamlet.village, hamlet.sign(seated[0]), case_id, new_touch_id())
    assert who in hamlet.seated(case_id)
    assert found(hamlet) == set()
    hamlet.leave_for_good(who)
    assert found(hamlet) == set()


@pytest.mark.long
def test_a_seat_that_is_given_to_the_dead_is_named(hamlet: LoggedHamlet) -> None:
    case_id, seated, who = a_panel_and_who_follows(hamlet)
    dies(hamlet, who)
    assert found(hamlet) == set()
    with writing(hamlet.village) as work:
        left = {"left": hamlet.people[seated[0]], "follows": hamlet.people[who]}
        log.append(work, "panel_seat", {"case": case_id, **left})
    assert "not_allowed panel_seat: not who follows in the draw" in found(hamlet)
