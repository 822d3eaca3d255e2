"""The slip of a decision: what was decided, by whom, why, and what follows."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.catalogue import Language
from kiosk.models.cases import Case, CaseMove, HandOver, PanelSeat
from kiosk.services.cases import slip_parts, telling
from kiosk.services.cases.flow import told_days
from kiosk.services.cases.flow.table import APPEAL_DAYS
from kiosk.services.cases.slip_parts import Step
from kiosk.services.ledger import log
from kiosk.services.printing import addressed, marks
from kiosk.services.village import Village
from kiosk.services.work import Work


def queue(work: Work, case: Case, covers: int, _language: Language) -> int:
    """Queue the slip of the decision that entry `covers` says, in the language of its person.

    From then on it is on the list of what is carried to people. The print job.
    """
    made = next(each for each in case.moves if each.ledger_index == covers)
    votes = _votes(work.session, made)

    def facts(language: Language) -> tuple[str, ...]:
        return (
            slip_parts.case_fact(work.village, case, language),
            *slip_parts.points_fact(work.village, case, language),
            work.village.catalogue.text(_outcome(case), language),
            *_way(work.village, case, language),
            *_why(work.village, case, made, votes, language),
        )

    who = addressed.reader(work, case.subject_id)
    steps = _next_steps(case)
    job = slip_parts.queue_slip(work, case, "decision", who, facts, steps, covers)
    record(work, case, case.subject_id, covers, job)
    return job


def record(work: Work, case: Case, resident_id: int, covers: int, job: int) -> None:
    """Note that the paper about entry `covers` of the log was printed for that person."""
    row = work.session.get(HandOver, (case.id, resident_id, covers))
    if row is None:
        now = work.now
        row = HandOver(case_id=case.id, resident_id=resident_id, covers=covers, printed_at=now)
        work.session.add(row)
    row.print_job_id = job
    content = {"case": case.id, "reference": case.reference, "to": resident_id}
    log.append(work, "to_hand_over", {**content, "of": covers, "job": job})


def _outcome(case: Case) -> str:
    return f"reports.outcome_{case.kind}_{telling.outcome_of(case)}"


def _votes(session: Session, made: CaseMove) -> tuple[PanelSeat, ...]:
    """The votes that decided, of a move that a panel made."""
    if made.move not in _BY_PANEL:
        return ()
    sits = select(PanelSeat).where(PanelSeat.case_id == made.case_id, PanelSeat.left_at.is_(None))
    deciding = sits.where(PanelSeat.uphold.is_(made.move == "uphold")).order_by(PanelSeat.id)
    return tuple(session.scalars(deciding))


def _why(
    village: Village,
    case: Case,
    made: CaseMove,
    votes: tuple[PanelSeat, ...],
    language: Language,
) -> Iterator[str]:
    """What the officers say; of a panel, whose members are not named, reasons and sentences."""
    if made.move in _DECISIONS:
        yield from _deciders(village, case, language)
        return
    words = village.catalogue
    said = [(each.reason, each.sentence) for each in votes] or [(made.reason, made.sentence)]
    told: dict[str, None] = {}
    for reason, sentence in said:
        if reason:
            told[words.text("reports.slip_reason", language, words.text(reason, language))] = None
        if sentence:
            told[sentence] = None
    yield from told


_DECISIONS = frozenset({"approve", "decline", "countersign", "put_right"})
_BY_PANEL = frozenset({"uphold", "overturn", "correct"})


def _deciders(village: Village, case: Case, language: Language) -> Iterator[str]:
    """Who decided, for which listed reason, and the sentence of each, the first officer first.

    After an appeal that sent a deed back to the desk, only what was decided since.
    """
    words = village.catalogue
    sent_back = [place for place, each in enumerate(case.moves) if each.move == "reopen"]
    for each in case.moves[sent_back[-1] + 1 if sent_back else 0 :]:
        by_reporter = case.kind == "concern" and each.actor_id == case.reporter_id  # who is sealed
        if each.move in _DECISIONS and each.actor_id and each.reason and not by_reporter:
            reason = words.text(each.reason, language)
            officer = marks.name_mark(each.actor_id)
            yield words.text("reports.slip_officer", language, officer, reason)
            yield each.sentence


def _way(village: Village, case: Case, language: Language) -> tuple[str, ...]:
    """How the person says that they put it right, once it ended."""
    if case.state != "ended" or not case.put_right_way:
        return ()
    return (village.catalogue.text(f"reports.way_{case.put_right_way}", language),)


def _next_steps(case: Case) -> tuple[Step, ...]:
    """What happens next, and how to disagree, as the state stands after the decision.

    Days to appeal run from the day on which the paper is handed over, which is not known yet.
    """
    day = told_days.last_day(case)
    disagree = Step("reports.next_disagree_told", (APPEAL_DAYS,), "reports.next_disagree_lead")
    closed = (Step("reports.next_closed"),)
    by_state = {
        ("deed", "effective"): (Step("reports.next_counts_until", (day,)),),
        ("deed", "declined"): closed if telling.appealed_before(case) else (disagree,),
        ("concern", "upheld"): (Step("reports.next_put_right"),),
        ("concern", "effective"): (
            Step("reports.next_counts_until", (day,)),
            Step("reports.next_put_right"),
        ),
        ("concern", "countersigned"): (
            Step("reports.next_effect_told", (APPEAL_DAYS,)),
            Step("reports.next_put_right"),
            disagree,
        ),
    }
    return by_state.get((case.kind, case.state), closed)
