"""What is photographed of an appeal: a concern that was decided, and the panel that hears it."""

from __future__ import annotations

from sqlalchemy import select

from kiosk.core.ids import new_touch_id
from kiosk.models.cases import Case, PanelSeat
from kiosk.models.ledger import Checkpoint
from kiosk.models.register import Resident
from kiosk.services.access import grants, sessions
from kiosk.services.cases import appeal, decide, notices
from kiosk.services.demo.cards import demo_cards
from kiosk.services.printing import spooler
from scripts.shot_stage import ShotStage

_PERSON = "concern"
_SENTENCES = ("当天傍晚去看过，菜叶还在石阶下面。", "两边都问过，说的是同一件事。")


def appeal_page(stage: ShotStage) -> None:
    """The decision, and what an appeal brings."""
    case_id = _decided(stage)
    stage.sign_in(_PERSON)
    stage.open("appeal", caseId=case_id)
    stage.item("appeal.happens")


def decision_told(stage: ShotStage) -> None:
    """The notice by which the person is told of the decision."""
    case_id = _decided(stage)
    stage.sign_in(_PERSON)
    stage.open("notices", first=case_id)
    stage.item("notice.read")


def decision_untold(stage: ShotStage) -> None:
    """One's record, while the decision was not acknowledged."""
    _decided(stage)
    stage.sign_in(_PERSON)
    stage.open("my_record")
    stage.item("number_card")


def appeal_why(stage: ShotStage) -> None:
    """The listed grounds."""
    appeal_page(stage)
    stage.tap("appeal.begin")
    stage.tap("appeal.ground.1")


def put_right(stage: ShotStage) -> None:
    """How the person put it right."""
    case_id = _decided(stage)
    stage.sign_in(_PERSON)
    stage.open("put_right", caseId=case_id)
    stage.tap("put_right.cleaned_up")


def slip_of_decision(stage: ShotStage) -> None:
    """A slip of a decision before the scanner."""
    case_id = _decided(stage)
    while spooler.print_next(stage.village):
        pass
    with stage.village.read() as session:
        about = select(Checkpoint.note).where(
            Checkpoint.reference == session.get_one(Case, case_id).reference
        )
        note = session.scalars(about.order_by(Checkpoint.id.desc()).limit(1)).one()
    stage.stage.kiosk.note_scanned(note)
    stage.item("check.appeal")


def panels_waiting(stage: ShotStage) -> None:
    """What somebody was drawn to hear."""
    _sign_in_member(stage)
    stage.open("panel")
    stage.item("panel.case.0")


def panel_case(stage: ShotStage) -> None:
    """The whole case before one of the three."""
    panels_waiting(stage)
    stage.tap("panel.case.0")
    stage.item("panel.report")


def panel_sentence(stage: ShotStage) -> None:
    """A vote, as far as its sentence."""
    panel_case(stage)
    for name in ("panel.overturn", "panel.choice.0", "panel.choice.0", "panel.starter.0"):
        stage.tap(name)


def panel_malice(stage: ShotStage) -> None:
    """The question whether harm was meant."""
    panel_case(stage)
    for name in ("panel.overturn", "panel.choice.0"):
        stage.tap(name)


def correction(stage: ShotStage) -> None:
    """An officer asks for a correction."""
    stage.sign_in("officer")
    stage.open("correction")


def _decided(stage: ShotStage) -> int:
    """The concern about the person, upheld by both officers; made once."""
    village = stage.village
    with village.read() as session:
        found = select(Case.id).where(Case.kind == "concern", Case.subject_id == _person(stage))
        case_id = session.scalars(found.order_by(Case.id.desc()).limit(1)).one()
        state = session.get_one(Case, case_id).state
    if state in ("submitted", "noticed"):
        session_id = sessions.sign_in(village, *stage.cards[_PERSON]).id
        notices.reply(village, session_id, case_id, "not_so", "", new_touch_id())
        state = "replied"
    if state == "replied":  # as a picture of the officer's page may have left it
        first, second = _officers(stage)
        told = ("desk.reason_evidence", _SENTENCES[0], new_touch_id())
        decide.decide(village, first, case_id, True, *told)
        told = ("desk.reason_checked", _SENTENCES[1], new_touch_id())
        decide.countersign(village, second, case_id, True, *told)
    return case_id


def _officers(stage: ShotStage) -> tuple[str, str]:
    cards = [each for each in demo_cards(stage.village) if each.story == "officer"]
    first, second = (
        sessions.sign_in(stage.village, each.number, each.pin, official=True).id
        for each in cards[:2]
    )
    return first, second


def _person(stage: ShotStage) -> int:
    name = next(each.name for each in demo_cards(stage.village) if each.story == _PERSON)
    with stage.village.read() as session:
        return session.scalars(select(Resident.id).where(Resident.name == name)).one()


def _sign_in_member(stage: ShotStage) -> None:
    """One of the three signs in, with the card at hand or a new one."""
    village, case_id = stage.village, _decided(stage)
    with village.read() as session:
        appealed = session.get_one(Case, case_id).state == "appealed"
    if not appealed:
        session_id = sessions.sign_in(village, *stage.cards[_PERSON]).id
        given = (case_id, "那天我在镇上，晚上才回来。", new_touch_id())
        appeal.appeal(village, session_id, *given, ground="reports.ground_not_me")
    with village.read() as session:
        seated = select(Resident.id, Resident.name).join(
            PanelSeat, PanelSeat.resident_id == Resident.id
        )
        resident_id, name = session.execute(
            seated.where(PanelSeat.case_id == case_id).order_by(PanelSeat.id)
        ).all()[0]
    known = {each.name: each for each in demo_cards(village)}
    if name in known:
        number, pin = known[name].number, known[name].pin
    else:
        clerk = sessions.sign_in(village, *stage.cards["clerk"], official=True).id
        card = grants.issue_card(village, clerk, resident_id)
        number, pin = card.number, card.pin
    stage.stage.kiosk.begin_session(sessions.sign_in(village, number, pin))
