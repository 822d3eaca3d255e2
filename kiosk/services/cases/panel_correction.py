"""An officer thinks that something counts wrongly, and asks a panel to correct it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from kiosk.core.errors import ExpectedError
from kiosk.core.texts import Texts
from kiosk.models.cases import Case, PanelDraw
from kiosk.services.access import acting, roles, views
from kiosk.services.cases import panel_draw, reasons
from kiosk.services.cases.conflict_of_interest import sealed_from, why_involved
from kiosk.services.cases.flow.standing import load, name_of, signed_points, time_is_over
from kiosk.services.cases.views.officer_view import MoveLine
from kiosk.services.cases.views.panel_view import decisions_of
from kiosk.services.ledger import log
from kiosk.services.village import Village


@dataclass(frozen=True, kw_only=True)
class EntryToCorrect:
    """Something that counts, as an officer sees it before asking a panel to correct it."""

    case_id: int
    reference: str
    kind: str
    title: Texts
    points: int
    """Signed."""
    subject_name: str
    happened_on: date
    part_of_day: str
    place: str
    hours: int
    words: str
    decisions: tuple[MoveLine, ...]


def case_to_correct(village: Village, session_id: str, reference: str) -> EntryToCorrect:
    """What counts under the number of a slip; the person sees that it was opened.

    Raises:
        ExpectedError: ``not_allowed``, ``no_such_entry``, ``panel_drawn``, and why this officer
            is involved.
    """
    with acting.writing(village, session_id, *roles.holders("decide_case")) as work:
        officer = work.who
        counting = select(Case).where(Case.reference == reference, Case.state == "effective")
        case = work.session.scalar(counting)
        if case is None or sealed_from(work.session, case, officer):
            raise ExpectedError("no_such_entry")
        if why := why_involved(work.session, case, officer.resident_id, officer.household_id):
            raise ExpectedError(why)
        if work.session.get(PanelDraw, case.id) is not None:
            raise ExpectedError("panel_drawn")
        views.record_view(work, officer, case.subject_id, "decide_case")
        return EntryToCorrect(
            case_id=case.id,
            reference=case.reference,
            kind=case.kind,
            title=case.rule_version.title,
            points=signed_points(case),
            subject_name=name_of(work.session, case.subject_id),
            happened_on=case.happened_on,
            part_of_day=case.part_of_day,
            place=case.place,
            hours=case.hours,
            words=case.words,
            decisions=decisions_of(work.session, case),
        )


def ask_to_correct(
    village: Village, session_id: str, case_id: int, sentence: str, touch: str
) -> str:
    """An officer thinks that something counts wrongly: a panel decides; the reference.

    Raises:
        ExpectedError: ``not_allowed``, ``sentence_missing``, ``case_moved_on`` unless it counts,
            ``panel_drawn`` if a panel hears it or heard it, ``panel_too_small``, and why this
            officer is involved.
    """
    with acting.once(
        village, session_id, touch, "ask_to_correct", case_id, roles=roles.holders("decide_case")
    ) as work:
        officer = work.who
        if work.known is not None:
            return str(work.known["reference"])
        case = load(work.session, case_id, to_move=True)
        if why := why_involved(work.session, case, officer.resident_id, officer.household_id):
            raise ExpectedError(why)
        if case.state != "effective" or time_is_over(case, work.now):
            raise ExpectedError("case_moved_on")
        if work.session.get(PanelDraw, case.id) is not None:
            raise ExpectedError("panel_drawn")
        said = reasons.checked_sentence(sentence)
        content = {"case": case.id, "by": officer.resident_id, "sentence": said}
        log.append(work, "correction_asked", content)
        if not panel_draw.draw(work, case):
            raise ExpectedError("panel_too_small")
        work.remember({"reference": case.reference})
        return case.reference
