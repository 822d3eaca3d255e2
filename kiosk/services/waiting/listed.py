"""What waits for an official, by their offices: one list, of which the tiles say how much.

A line says no more than the room says in which it waits: nobody is looked at. Who is part of a
matter finds no line of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from kiosk.core.clock import village_day
from kiosk.core.houses import House
from kiosk.core.texts import NO_TEXT, Texts
from kiosk.services.access import acting, office_pauses, offices, roles
from kiosk.services.access.acting import Acting
from kiosk.services.access.roles import Act
from kiosk.services.calendar import closing_days
from kiosk.services.cases import decide, hand_overs, paper_notices, second_review
from kiosk.services.cases.views import panel_view
from kiosk.services.households import events
from kiosk.services.my_data import corrections
from kiosk.services.printing import archive
from kiosk.services.stars import progress, visits
from kiosk.services.upkeep import doctor
from kiosk.services.village import Village
from kiosk.services.workday import days

SEE: Final[Act] = "see_what_waits"
NO_HOUSE: Final = House()


@dataclass(frozen=True)
class Waiting:
    """So many things, and the last day of the most urgent of them, if one has a day."""

    count: int
    soonest: date | None = None


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that waits; its words are at ``waits.what_<what>``."""

    what: str
    act: Act
    """Which work it is."""
    count: int = 1
    """How many things it is on the tile of its work."""
    told: int = 0
    """The number that its words say, where it is another one."""
    since: date | None = None
    by: date | None = None
    """The last day."""
    lapses: bool = False
    """Whether it lapses after that day; else the day is a promise."""
    reference: str = ""
    title: Texts = NO_TEXT
    resident_id: int | None = None
    """Whom a paper has to be carried to, or whom it is about; None where nobody is named."""
    name: str = ""
    house: House = NO_HOUSE
    printed_on: date | None = None


def waiting(village: Village, session_id: str) -> Mapping[Act, Waiting]:
    """What this official's offices let them do and waits to be done; what is nothing, too.

    How many lines the list of all of them has stands under `SEE`.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.reading(village, session_id) as work:
        found = {act: tuple(items) for act, items in _listed(work).items()}
        counts = {act: _counted(items) for act, items in found.items()}
        if roles.may(SEE, work.who.roles):
            lines = [item for items in found.values() for item in items]
            counts[SEE] = Waiting(len(lines), _counted(lines).soonest)
        return counts


def items(village: Village, session_id: str) -> tuple[Item, ...]:
    """Everything that waits for this official, the most urgent first.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *roles.holders(SEE)) as work:
        return items_in(work)


def items_in(work: Acting) -> tuple[Item, ...]:
    """As `items`, in the caller's unit."""
    found = (item for items in _listed(work).values() for item in items)
    return tuple(sorted(found, key=_urgency))


def _urgency(item: Item) -> tuple[date, bool, date]:
    """By the last day; of one day, what lapses first; then what has waited longest."""
    return (item.by or date.max, not item.lapses, item.since or date.max)


def _listed(work: Acting) -> Mapping[Act, Iterable[Item]]:
    held = work.who.roles
    return {act: ask(work) for act, ask in _ASKED.items() if roles.may(act, held)}


def _counted(items: Iterable[Item]) -> Waiting:
    listed = list(items)
    soonest = min((item.by for item in listed if item.by), default=None)
    return Waiting(sum(item.count for item in listed), soonest)


def _to_decide(work: Acting) -> Iterable[Item]:
    for line in decide.queue_in(work):
        if line.mine_to_decide:
            yield Item(
                what=f"decide_{line.kind}",
                act="decide_case",
                since=village_day(line.submitted_at),
                by=line.due_on,
                lapses=line.lapses,
                reference=line.reference,
                title=line.title,
            )
    for again in second_review.waiting_in(work):
        yield Item(
            what="read_again", act="decide_case", reference=again.reference, title=again.title
        )


def _to_hand_over(work: Acting) -> Iterable[Item]:
    """What has to be carried to whom: of a seat that the lot gave, nothing of the case."""
    for notice in paper_notices.waiting_in(work):
        yield Item(
            what="tell",
            act="hand_over_notice",
            since=notice.since,
            by=notice.deliver_by,
            lapses=True,
            reference=notice.reference,
            title=notice.title,
            resident_id=notice.subject_id,
            name=notice.subject_name,
            house=notice.house,
            printed_on=notice.printed_on,
        )
    for paper in hand_overs.waiting_in(work):
        yield Item(
            what=paper.what,
            act="hand_over_notice",
            since=paper.since,
            by=paper.deliver_by,
            lapses=paper.deliver_by is not None,
            reference=paper.reference,
            title=paper.title,
            resident_id=paper.resident_id,
            name=paper.name,
            house=paper.house,
            printed_on=paper.printed_on,
        )


def _to_tell_of_stars(work: Acting) -> Iterable[Item]:
    """The households that have to be told what was seen, each a slip to carry."""
    for home in progress.to_tell_in(work):
        yield Item(what="tell_stars", act="tell_household", since=home.since, house=home.house)


def _to_inspect(work: Acting) -> Iterable[Item]:
    """One's own visits, and how the round stands: counts, and no household by name."""
    if mine := [each for each in visits.my_visits_in(work) if not each.scored]:
        last = min(each.by for each in mine)
        yield Item(what="visits", act="inspect_household", count=len(mine), by=last, lapses=True)
    found = progress.standing_in(work)
    for what, count in (
        ("inspectors_asked", found.asked),
        ("looks_missing", found.missing),
        ("looks_asked", found.asked_anew),
        ("no_inspector", found.without),
    ):
        if count:
            yield Item(what=what, act="inspect_household", count=count, by=found.by)


def _to_correct(work: Acting) -> Iterable[Item]:
    for line in corrections.corrections_waiting_in(work):
        yield Item(
            what="correct",
            act="correct_register",
            since=village_day(line.asked_at),
            name=line.person_name,
        )


def _to_take_effect(work: Acting) -> Iterable[Item]:
    """What was written down of families: it can still be taken back."""
    for event in events.waiting_in(work):
        yield Item(what="life_event", act="keep_register", house=event.house)


def _to_write_down(work: Acting) -> Iterable[Item]:
    """The days off that no program knows before they are announced."""
    if (year := closing_days.spring_festival_missing(work)) is not None:
        yield Item(what="spring_festival", act="keep_hall", told=year)


def _to_close(work: Acting) -> Iterable[Item]:
    """A day that nobody closed: said, and hindering nothing."""
    if (day := days.left_open(work)) is not None:
        yield Item(what="day_not_closed", act="keep_day", since=day)


def _to_hear(work: Acting) -> Iterable[Item]:
    for seat in panel_view.my_panels_in(work):
        if not seat.voted:
            yield Item(
                what="hear",
                act="hear_appeal",
                by=seat.due_on,
                lapses=True,
                reference=seat.reference,
                title=seat.title,
            )


def _to_settle(work: Acting) -> Iterable[Item]:
    lines = offices.offices_in(work)
    homes = offices.homes_of_officers(lines)
    if homes < offices.FEWEST_HOMES:
        yield Item(what="too_few", act="grant_role", told=homes)
    for line in office_pauses.ending_soon(lines, work.today):
        role = f"office_ends_{line.role}"
        yield Item(what=role, act="grant_role", name=line.name, by=line.until)
    for line in offices.cards_to_vouch_for(lines):
        yield Item(
            what="vouch",
            act="grant_role",
            name=line.name,
            resident_id=line.resident_id,
        )


def _to_mend(work: Acting) -> Iterable[Item]:
    if count := doctor.troubles(work.village):
        yield Item(what="machine", act="back_up", count=count)


def _to_look_at(work: Acting) -> Iterable[Item]:
    if count := archive.wanting_a_look(work):
        yield Item(what="paper", act="tend_printer", count=count)


_ASKED: Final[Mapping[Act, Callable[[Acting], Iterable[Item]]]] = {
    "decide_case": _to_decide,
    "hand_over_notice": _to_hand_over,
    "correct_register": _to_correct,
    "keep_register": _to_take_effect,
    "keep_hall": _to_write_down,
    "keep_day": _to_close,
    "hear_appeal": _to_hear,
    "inspect_household": _to_inspect,
    "tell_household": _to_tell_of_stars,
    "grant_role": _to_settle,
    "back_up": _to_mend,
    "tend_printer": _to_look_at,
}
