"""Cases, as the log gives them: each move by the table that the services move them by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from kiosk.core.clock import village_day
from kiosk.core.open_days import ALWAYS_OPEN
from kiosk.models.cases import (
    Case,
    CaseMove,
    CasePhoto,
    Confirmation,
    ConfirmationRequest,
    PointEntry,
    SecondReading,
)
from kiosk.models.rulebook import RuleVersion
from kiosk.services.access.roles import Role
from kiosk.services.audit.fold import access, apart, panel, papers
from kiosk.services.audit.fold.compare import SLACK
from kiosk.services.audit.fold.hall import open_days_of
from kiosk.services.audit.fold.known import known
from kiosk.services.audit.fold.state import Entry, State
from kiosk.services.audit.fold.stored import UNSAID
from kiosk.services.audit.fold.takers import takes
from kiosk.services.cases import reasons
from kiosk.services.cases.confirmations import CONFIRMABLE
from kiosk.services.cases.flow import due_dates, table
from kiosk.services.cases.flow.standing import track_of
from kiosk.services.ledger.contents import Told
from kiosk.services.rulebook.ladder import hours_of, points_at

_MOVES: Final = tuple(sorted({row.writes[0] for row in table.MOVES}))
_DAYS: Final = {"deed": table.DEED_DAYS, "concern": table.CONCERN_DAYS}
_JUDGED: Final = ("approve", "decline", "countersign", "merge", "put_right")
"""What nobody does in whose case they are involved."""
_WITH_REASON: Final = ("approve", "decline", "countersign")


# --- moves


@takes(*_MOVES)
def moved(state: State, entry: Entry, told: Told) -> None:
    """One move of a case; a paper that was carried, in version 0.1, was none."""
    if "move" not in told:
        return
    if told["move"] == "hand_in":
        _open(state, entry, told)
    case = known(state, told)
    if case is None:
        if told["to"] == "ended" != told["from"]:
            state.ends[told["case"]] = entry, told, standing(state, told["by"])
        return
    row = table.find(told["from"], track_of(case), told["move"], told["role"])
    due = due_of(entry, told, row, case)
    for what in refused(state, entry, told, case, row, due):
        state.not_allowed(what)
    state.put(
        CaseMove,
        case_id=case.id,
        move=told["move"],
        from_state=told["from"],
        to_state=told["to"],
        actor_id=told["by"],
        at=entry.at,
        reason=told["reason"],
        sentence=told["sentence"],
        ledger_index=entry.index,
    )
    also = _also(state, entry, told)
    state.change(Case, {"id": case.id}, state=told["to"], due_at=due, **also)
    papers.handed_over(state, entry, told, case)
    if row is not None:
        state.owe(*_owed(state, entry, case, row))


def _open(state: State, entry: Entry, told: Told) -> None:
    """A report is handed in: under the rule of the day, with what came with it."""
    rule = state.get(RuleVersion, rule=told["rule"], version=told["version"])
    happened_on = date.fromisoformat(told["happened_on"])
    for what in _not_to_be_taken(state, entry, told, rule):
        state.not_allowed(what)
    state.put(
        Case,
        id=told["case"],
        reference=told["reference"],
        kind=rule.kind,
        rule_version_id=rule.id,
        subject_id=told["subject"],
        reporter_id=told["by"],
        happened_on=happened_on,
        part_of_day=told["part_of_day"],
        place=told["place"],
        hours=told.get("hours", 0),
        words=told["words"],
        thanks=told.get("thanks", ""),
        state="draft",
        submitted_at=entry.at,
        handed_in_session=told.get("session", UNSAID),
    )
    if _is_nomination(rule, told):
        _confirmed(state, entry, told)
    for digest in told.get("photos", ()):
        state.put(CasePhoto, case_id=told["case"], jpeg=digest, digest=digest, at=entry.at)
    for witness in told.get("witnesses", ()):
        _asked(state, entry, told["case"], witness)


def _not_to_be_taken(state: State, entry: Entry, told: Told, rule: Any) -> Iterator[str]:
    """Why the report should not have been taken."""
    happened_on = date.fromisoformat(told["happened_on"])
    if state.get(Case, id=told["case"]) or state.get(Case, reference=told["reference"]):
        yield "handed in twice"
    if not _in_force(rule, happened_on) or happened_on > village_day(entry.at):
        yield "not the rule of the day"
    if rule.kind == "concern" and told["subject"] == told["by"]:
        yield "a concern about oneself"
    if told.get("hours", 0) not in hours_of(rule.ladder):
        yield "no step of the rule"
    if told.get("thanks") and not _is_nomination(rule, told):
        yield "thanks to oneself, or for a concern"


def _is_nomination(rule: Any, told: Told) -> bool:
    return bool(rule.kind == "deed" and told["subject"] != told["by"])


def _in_force(rule: Any, day: date) -> bool:
    return bool(rule.valid_from <= day and (rule.valid_to is None or day < rule.valid_to))


def _also(state: State, entry: Entry, told: Told) -> dict[str, Any]:
    """What the case says besides, after a move of this name."""
    if told["move"] == "notice":
        return {"noticed_at": entry.at}
    if told["move"] == "reply":
        said = {"reply_choice": told["choice"], "reply_words": told["words"]}
        return {**said, "replied_at": entry.at}
    if told["move"] == "merge":
        into = state.get(Case, reference=told["into"])
        return {"merged_into_id": told.get("into_case", into.id if into else UNSAID)}
    return {}


def due_of(entry: Entry, told: Told, row: table.Move | None, case: Any) -> Any:
    """When the state reached ends by itself, as the entry says; or, in version 0.1, the table."""
    if "due" in told:
        return told["due"] and datetime.fromisoformat(told["due"])
    if row is None or case.due_at is UNSAID:
        return UNSAID
    return due_dates.due_at(entry.at, told["to"], row.deadline, case.due_at, ALWAYS_OPEN)


# --- what the rules say of a move


class Standing(NamedTuple):
    """What the log knew of somebody when they moved a case."""

    offices: frozenset[Role]
    nearest: frozenset[int]


def standing(state: State, by: int | None) -> Standing:
    """As somebody stands at the entry that is being taken in; time holds nothing, and is alone."""
    if by is None:
        return Standing(frozenset(), frozenset())
    return Standing(access.held(state, by), apart.nearest(state, by))


def refused(
    state: State,
    entry: Entry,
    told: Told,
    case: Any,
    row: table.Move | None,
    due: Any,
    then: Standing | None = None,
) -> Iterator[str]:
    """What the rules do not allow of a move of `case` as it stands, after which it is `due`.

    Of a move that was made before the entry that is being taken in, `then` says by whom.
    """
    if told["from"] != case.state:
        yield "not where the case stood"
    if row is None:
        yield "no such move"
        return
    if told["to"] != row.leads_to(told["from"]):
        yield "leads elsewhere"
    if due is not UNSAID and not _is_due(state, entry, row, told["to"], case, due):
        yield "due on another day"
    if not _in_time(entry, told, case):
        yield "not in its time"
    if not _by_whom_it_may(state, told, case, then):
        yield "not by whom it may be made"
    if told["move"] in _WITH_REASON and not _has_reason(told, case):
        yield "no listed reason"


def _is_due(
    state: State, entry: Entry, row: table.Move, reached: table.State, case: Any, due: Any
) -> bool:
    """Whether the table gives that day, at the entry's moment or shortly before it."""
    if case.due_at is UNSAID:
        return True
    hall = open_days_of(state) if reached in due_dates.OWN else ALWAYS_OPEN
    for now in (entry.at, entry.at - SLACK):
        ends = due_dates.due_at(now, reached, row.deadline, case.due_at, hall)
        if ends == due or (ends and due and abs(ends - due) <= SLACK):
            return True
    return False


def _in_time(entry: Entry, told: Told, case: Any) -> bool:
    """Time moves what is due, and nobody else moves it any more."""
    if case.due_at is UNSAID:
        return True
    if told["role"] == "time":
        return case.due_at is not None and entry.at + SLACK >= case.due_at
    ends = case.due_at is not None and table.moves_by_time(track_of(case), told["from"])
    return not ends or entry.at - SLACK < case.due_at


_OFFICES: Final[Mapping[str, Role]] = {
    "officer": "officer",
    table.SECOND: "officer",
    "clerk": "clerk",
}
"""Who moves a case in an office, and in which."""


def _by_whom_it_may(state: State, told: Told, case: Any, then: Standing | None) -> bool:
    by, role = told["by"], told["role"]
    if role in ("reporter", "subject", "time"):
        whose = {"reporter": case.reporter_id, "subject": case.subject_id, "time": None}
        return bool(by == whose[role])
    if role == "panel":
        return panel.has_decided(state, told, case)
    first = _first_officer(state, case)
    if role == table.SECOND and first and apart.of_one_household(state, by, first):
        return False
    if role in _OFFICES:
        offices = then.offices if then else access.held(state, by)
        if _OFFICES[role] not in offices:
            return False
    if told["move"] in _JUDGED and role in _OFFICES:
        return not apart.involved(state, case, by, then.nearest if then else None)
    return role != "clerk" or by not in (case.subject_id, case.reporter_id)


def _first_officer(state: State, case: Any) -> int | None:
    made = [each for each in state.rows(CaseMove, case_id=case.id) if each.move == "approve"]
    return made[-1].actor_id if made else None


def _has_reason(told: Told, case: Any) -> bool:
    word = "decline" if told["move"] == "decline" else "approve"
    return bool(told["reason"] in reasons.REASONS[case.kind, word] and told["sentence"].strip())


def _owed(state: State, entry: Entry, case: Any, row: table.Move) -> Iterator[str]:
    """The entries that the same transaction writes right after a move."""
    if "points" in row.writes:
        yield "points"
        yield from ("wallet" for word in row.writes if word == "wallet")
    if "reversal" in row.writes:
        line = state.get(PointEntry, case_id=case.id)
        today = village_day(entry.at)
        if line is not None and line.ended_on is None and line.ends_on > today:
            yield "reversal"


# --- points


@takes("points")
def points(state: State, entry: Entry, told: Told) -> None:
    """What the case gives or takes from that day on, by the rule of the day of the deed."""
    case = known(state, told)
    if case is None:
        return
    rule = state.get(RuleVersion, rule=told["rule"], version=told["version"])
    given = points_at(rule.points, rule.ladder, case.hours)
    signed = -rule.points if case.kind == "concern" else given
    effective_on, ends_on = (date.fromisoformat(told[each]) for each in ("effective_on", "ends_on"))
    if case.state != "effective" or state.get(PointEntry, case_id=case.id):
        state.not_allowed("nothing took effect")
    if told["points"] != signed or rule.id != case.rule_version_id:
        state.not_allowed("not the points of the rule")
    if not _today(entry, effective_on):
        state.not_allowed("counts from another day")
    if ends_on != effective_on + timedelta(days=_DAYS[case.kind]):
        state.not_allowed("counts until another day")
    if told["happened_on"] != case.happened_on.isoformat() or told["resident"] != case.subject_id:
        state.not_allowed("not as it was reported")
    state.put(
        PointEntry,
        resident_id=told["resident"],
        case_id=case.id,
        points=told["points"],
        happened_on=case.happened_on,
        effective_on=effective_on,
        ends_on=ends_on,
        ledger_index=entry.index,
    )


@takes("reversal")
def reversal(state: State, entry: Entry, told: Told) -> None:
    """A line of the sum ends early, on the day of the entry."""
    case = known(state, told)
    if case is None:
        return
    ended_on = date.fromisoformat(told["ended_on"])
    line = {"ledger_index": told["reverses"], "case_id": case.id, "ended_on": None}
    if not state.change(PointEntry, line, ended_on=ended_on) or not _today(entry, ended_on):
        state.not_allowed("no line ends so")


def _today(entry: Entry, day: date) -> bool:
    """Whether the entry was written on that day, or at the turn of it."""
    return day in (village_day(entry.at), village_day(entry.at - SLACK))


# --- what is said of a case beside its moves


@takes("confirmation")
def confirmation(state: State, entry: Entry, told: Told) -> None:
    """Somebody who was asked confirms a deed, while it waits to be decided."""
    case = known(state, told)
    if case is None:
        return
    if not state.get(ConfirmationRequest, case_id=case.id, witness_id=told["by"]):
        state.not_allowed("nobody asked them")
    if case.state not in CONFIRMABLE or told["by"] == case.subject_id:
        state.not_allowed("not theirs to confirm")
    _confirmed(state, entry, told)


def _confirmed(state: State, entry: Entry, told: Told) -> None:
    state.put(
        Confirmation,
        case_id=told["case"],
        confirmer_id=told["by"],
        household_id=told.get("household", UNSAID),
        at=entry.at,
        ledger_index=entry.index,
    )


@takes("confirmation_asked")
def confirmation_asked(state: State, entry: Entry, told: Told) -> None:
    """Somebody is asked to confirm."""
    if known(state, told) is not None:
        _asked(state, entry, told["case"], told["witness"])


def _asked(state: State, entry: Entry, case_id: int, witness_id: int) -> None:
    state.put(ConfirmationRequest, case_id=case_id, witness_id=witness_id, at=entry.at)


@takes("put_right_said")
def put_right_said(state: State, entry: Entry, told: Told) -> None:
    """The person says how they put it right."""
    case = known(state, told)
    if case is None:
        return
    if not table.allowed(case.state, track_of(case), "put_right", "officer"):
        state.not_allowed("nothing to put right")
    said = {"put_right_way": told["way"], "put_right_words": told["words"]}
    state.change(Case, {"id": case.id}, put_right_at=entry.at, **said)


@takes("reporter_asked")
def reporter_asked(state: State, _entry: Entry, told: Told) -> None:
    """Whose card it was handed in with says whether it was them, once."""
    answer = "mine" if told["mine"] else "not_mine"
    case = known(state, told)
    unanswered = {"id": told["case"], "reporter_answer": ""}
    if case is not None and not state.change(Case, unanswered, reporter_answer=answer):
        state.not_allowed("answered before")


@takes("second_reading")
def second_reading(state: State, entry: Entry, told: Told) -> None:
    """Another officer than who decided it read a deed again."""
    case = known(state, told)
    if case is None:
        return
    by = told["by"]
    decided = [each.actor_id for each in state.rows(CaseMove, case_id=case.id)]
    if by in decided or by in (case.subject_id, case.reporter_id):
        state.not_allowed("not theirs to read again")
    state.put(
        SecondReading,
        case_id=case.id,
        reader_id=by,
        sentence=told["sentence"],
        at=entry.at,
        ledger_index=entry.index,
    )


@takes("unsealing")
def unsealing(state: State, _entry: Entry, told: Told) -> None:
    """An officer asked who reported it: a look, which has an entry of its own."""
    case = known(state, told)
    if case is not None and told["by"] in (case.subject_id, case.reporter_id):
        state.not_allowed("not theirs to ask")
