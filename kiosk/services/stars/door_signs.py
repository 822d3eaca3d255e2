"""Door signs: issued with the consent of every adult of the house, shown as they wish.

A sign may show fewer stars than were earned, or none on a dimension, and it may be taken down;
nothing anywhere records that choice against anyone (design section 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final, Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.errors import ExpectedError
from kiosk.models.access import RecordView
from kiosk.models.printing import PrintJob
from kiosk.models.register import Household
from kiosk.models.stars import DoorSign, SignChoice, StarRound
from kiosk.services.access import acting, roles, sessions, views
from kiosk.services.consent import agreements
from kiosk.services.ledger import log
from kiosk.services.printing import papers, queue
from kiosk.services.printing.media import QueuedMedia, label
from kiosk.services.register import people
from kiosk.services.stars import ratings as star_ratings
from kiosk.services.stars.ratings import DIMENSIONS, RatingView
from kiosk.services.stars.sign_paper import (
    as_wished,
    earned,
    holds_until,
    note_lines,
    paper_of,
    quarter_of,
    shows,
)
from kiosk.services.village import Village
from kiosk.services.work import Work

Media = Literal["A5", "A4", "A4x2", "label"]
"""One on A5; one on A4; two on A4, to be cut; one on the next free label of a sheet of four."""
MEDIA: Final[tuple[Media, ...]] = get_args(Media)
PURPOSE = "print_sign"
_MAY_ISSUE = roles.holders("print_sign")


@dataclass(frozen=True, kw_only=True)
class SignView:
    """What an official sees before printing a household's sign.

    `adults` and `agreed_adults` are counts: nobody is named for not having agreed.
    """

    household: people.HouseholdView
    ratings: tuple[RatingView, ...]
    adults: int
    agreed_adults: int
    year: int
    quarter: int
    valid_until: date | None
    current_serial: str
    current_job: int | None
    most: Mapping[str, int]
    """What the household wants shown at most, where that was fewer than it had earned."""
    on_the_door: Mapping[str, int]
    """The stars on the sign in force."""
    up_to_date: bool
    """Whether the sign in force is of the newest stars."""

    @property
    def agreed(self) -> bool:
        """True when every adult of the household agreed to a sign."""
        return 0 < self.agreed_adults == self.adults

    @property
    def earned(self) -> dict[str, int]:
        """The most that may be shown: dimension to stars, absent where there are none."""
        return earned(self.ratings)

    @property
    def shown(self) -> dict[str, int]:
        """What the household wants shown of that, until it says otherwise."""
        return as_wished(self.ratings, self.most)


@dataclass(frozen=True)
class IssuedSign:
    """The answer to an issued sign."""

    serial: str
    print_job_id: int


def sign_view(village: Village, session_id: str, household_id: int) -> SignView:
    """Look at a household's stars to print its sign; all who live there can see who looked.

    Raises:
        ExpectedError: ``not_allowed``.
    """
    household = people.household(village, household_id)
    with acting.writing(village, session_id, *_MAY_ISSUE) as work:
        viewer = work.who
        for person in household.residents:
            views.record_view(work, viewer, person.resident_id, PURPOSE)
        ratings = star_ratings.current(work, household_id)
        agreed, adults = _agreement(work, household_id)
        year, quarter = quarter_of(ratings)
        now = _current(work.session, household_id)
        return SignView(
            household=household,
            ratings=ratings,
            adults=adults,
            agreed_adults=agreed,
            year=year,
            quarter=quarter,
            valid_until=holds_until(ratings, None),
            current_serial=now.serial if now else "",
            current_job=_job_of(work.session, now.serial) if now else None,
            most=_choices(work.session, household_id),
            on_the_door=dict(now.shown) if now else {},
            up_to_date=bool(now) and _quarter_of(work.session, now) == (year, quarter),
        )


def preview_pdf(
    village: Village,
    session_id: str,
    household_id: int,
    shown: Mapping[str, int | None],
    media: Literal["A5", "A4"],
) -> bytes:
    """The sign as it would be printed, as a PDF marked as a sample, without a code that checks.

    Raises:
        ExpectedError: ``not_allowed`` also when this official has not opened the household,
            ``sign_not_rated``, ``sign_more_than_earned``, ``unprintable``.
    """
    from kiosk.documents.door_sign import door_sign_pdf

    with acting.reading(village, session_id, *_MAY_ISSUE) as work:
        viewer = work.who
        _require_a_look(work.session, viewer, household_id)
        ratings = star_ratings.current(work, household_id)
        chosen = _chosen(ratings, shown)
        paper = paper_of(work, household_id, ratings, chosen, serial="")
    return door_sign_pdf(paper, media)


def issue(
    village: Village,
    session_id: str,
    household_id: int,
    shown: Mapping[str, int | None],
    media: Media,
    touch: str,
) -> IssuedSign:
    """Issue the household's sign with the stars in `shown`, and queue it for the printer.

    A sign that was current until now is replaced. `shown` maps dimensions to at most what was
    earned; None or absent does not show the dimension. Fewer than earned stay chosen for the signs
    to come, until the household shows them all again.

    Raises:
        ExpectedError: ``not_allowed``, ``sign_not_agreed`` (agreed, adults), ``sign_not_rated``,
            ``sign_more_than_earned``, ``unprintable``.
    """
    if media not in MEDIA:
        raise ValueError(media)
    with acting.once(
        village, session_id, touch, "issue_sign", household_id, roles=_MAY_ISSUE
    ) as work:
        clerk = work.who
        if work.known is not None:
            return IssuedSign(**work.known)
        _require_agreement(work, household_id)
        on = label(queue.next_label(work)) if media == "label" else media
        issued = _issue(work, clerk, household_id, shown, on)
        work.remember(asdict(issued))
        return issued


def issue_as_wished(
    work: Work, clerk: sessions.SignedIn, household_id: int, media: QueuedMedia
) -> IssuedSign:
    """Issue a sign in the caller's transaction, with what the household last chose to show.

    It is a look like any other: all who live there see it.

    Raises:
        ExpectedError: as `issue`.
    """
    home = work.session.get_one(Household, household_id)
    for person in (each for each in home.residents if each.active):
        views.record_view(work, clerk, person.id, PURPOSE)
    _require_agreement(work, household_id)
    ratings = star_ratings.current(work, household_id)
    shown = as_wished(ratings, _choices(work.session, household_id))
    return _issue(work, clerk, household_id, shown, media)


def take_down(village: Village, session_id: str, household_id: int, touch: str) -> str:
    """End the household's current sign because it wishes so; the serial that ended, or "".

    No reason is asked for, and none is kept.
    """
    with acting.once(
        village, session_id, touch, "take_down_sign", household_id, roles=_MAY_ISSUE
    ) as work:
        clerk = work.who
        if work.known is not None:
            return str(work.known["serial"])
        serial = _take_down(work, household_id, clerk.resident_id)
        work.remember({"serial": serial})
        return serial


def end_without_consent(work: Work, household_id: int) -> None:
    """End the household's sign in the transaction in which one of its adults withdrew consent."""
    _take_down(work, household_id, None)


def end_outdated(work: Work, household_id: int, by: int | None) -> None:
    """End the household's sign when its plate, or who lives there, is another from now on."""
    sign = _current(work.session, household_id)
    if sign is None:
        return
    _end(work.village, sign, "outdated")
    content = {"serial": sign.serial, "household": household_id, "by": by}
    log.append(work, "sign_outdated", content)


def end_overstated(work: Work, household_id: int) -> None:
    """End the household's sign when it shows more than the stars in force do from now on."""
    sign = _current(work.session, household_id)
    if sign is None or work.today > sign.valid_until:
        return
    now = {each.dimension: each.stars or 0 for each in star_ratings.current(work, household_id)}
    if any(stars > now.get(dimension, 0) for dimension, stars in sign.shown.items()):
        end_outdated(work, household_id, None)


def _issue(
    work: Work,
    clerk: sessions.SignedIn,
    household_id: int,
    shown: Mapping[str, int | None],
    media: QueuedMedia,
) -> IssuedSign:
    ratings = star_ratings.current(work, household_id)
    chosen = _chosen(ratings, shown)
    star_round = _round(work.session, ratings)
    serial = _next_serial(work.session, star_round)
    paper = paper_of(work, household_id, ratings, chosen, serial)
    _choose(work.session, household_id, ratings, chosen)
    old = _current(work.session, household_id)
    content = {
        "serial": serial,
        "household": household_id,
        "shown": chosen,
        "valid_until": paper.valid_until.isoformat(),
        "replaces": old.serial if old else None,
        "by": clerk.resident_id,
    }
    index = log.append(work, "door_sign", content)
    if old:
        _end(work.village, old, "replaced")
    work.session.add(
        DoorSign(
            serial=serial,
            household_id=household_id,
            round_id=star_round.id,
            shown=dict(chosen),
            issued_at=work.now,
            valid_until=paper.valid_until,
            ledger_index=index,
        )
    )
    job = queue.enqueue(
        work,
        paper="door_sign",
        reference=serial,
        media=media,
        payload=papers.payload_of(paper),
        covers=index,
        note_lines=note_lines(work.village, paper),
    )
    return IssuedSign(serial, job)


def _chosen(ratings: tuple[RatingView, ...], shown: Mapping[str, int | None]) -> dict[str, int]:
    """The stars to show, dimension by dimension, refused where they exceed what was earned."""
    most = earned(ratings)
    if not most:
        raise ExpectedError("sign_not_rated")
    wished = {name: count for name, count in shown.items() if count is not None}
    if any(not 1 <= count <= most.get(name, 0) for name, count in wished.items()):
        raise ExpectedError("sign_more_than_earned")
    return {name: wished[name] for name in DIMENSIONS if name in wished}


def _choices(session: Session, household_id: int) -> dict[str, int]:
    """What the household wants shown at most, dimension by dimension."""
    found = select(SignChoice).where(SignChoice.household_id == household_id)
    return {each.dimension: each.most for each in session.scalars(found)}


def _choose(
    session: Session,
    household_id: int,
    ratings: tuple[RatingView, ...],
    chosen: Mapping[str, int],
) -> None:
    """Keep where fewer stars are shown than were earned; what is not rated stays as it was."""
    for each in filter(shows, ratings):
        key = (household_id, each.dimension)
        kept, shown = session.get(SignChoice, key), chosen.get(each.dimension, 0)
        if kept is not None:
            session.delete(kept)
            session.flush()
        if shown < (each.stars or 0):
            session.add(SignChoice(household_id=key[0], dimension=key[1], most=shown))


def _round(session: Session, ratings: tuple[RatingView, ...]) -> StarRound:
    """The newest round on the sign, locked on servers so that serials are drawn one by one."""
    year, quarter = quarter_of(ratings)
    question = select(StarRound).where(StarRound.year == year, StarRound.quarter == quarter)
    return session.scalars(question.with_for_update()).one()


def _next_serial(session: Session, star_round: StarRound) -> str:
    """The next of the quarter's serials, e.g. ``S26Q4-0123``."""
    prefix = f"S{star_round.year % 100:02}Q{star_round.quarter}-"
    given = session.scalars(
        select(DoorSign.serial).where(DoorSign.serial.startswith(prefix, autoescape=True))
    )
    last = max((int(serial.removeprefix(prefix)) for serial in given), default=0)
    return f"{prefix}{last + 1:04}"


def _current(session: Session, household_id: int) -> DoorSign | None:
    """The household's sign in force."""
    return session.scalars(
        select(DoorSign).where(DoorSign.household_id == household_id, DoorSign.ended_at.is_(None))
    ).one_or_none()


def _take_down(work: Work, household_id: int, by: int | None) -> str:
    """End the sign in force and give its serial; "" when there is none. `by` is an official."""
    sign = _current(work.session, household_id)
    if sign is None:
        return ""
    _end(work.village, sign, "taken_down")
    content = {"serial": sign.serial, "household": household_id, "by": by}
    log.append(work, "sign_taken_down", content)
    return sign.serial


def _end(
    village: Village, sign: DoorSign, why: Literal["replaced", "taken_down", "outdated"]
) -> None:
    sign.ended_at, sign.ended_why = village.clock.now(), why


def _quarter_of(session: Session, sign: DoorSign | None) -> tuple[int, int]:
    of = session.get(StarRound, sign.round_id) if sign else None
    return (of.year, of.quarter) if of else (0, 0)


def _job_of(session: Session, serial: str) -> int | None:
    question = select(PrintJob.id).where(
        PrintJob.paper == "door_sign", PrintJob.reference == serial, PrintJob.duplicate.is_(False)
    )
    return session.scalars(question.order_by(PrintJob.id)).first()


def _require_agreement(work: Work, household_id: int) -> None:
    agreed, adults = _agreement(work, household_id)
    if not 0 < agreed == adults:
        raise ExpectedError("sign_not_agreed", agreed, adults)


def _agreement(work: Work, household_id: int) -> tuple[int, int]:
    """How many adults of the household agreed to its sign, of how many; no names."""
    today = work.today
    adults = len(agreements.adults(work.session, household_id, today))
    return adults - len(agreements.missing_agreements(work.session, household_id, today)), adults


def _require_a_look(session: Session, viewer: sessions.SignedIn, household_id: int) -> None:
    """The stars of a household are shown only to an official whose look stands recorded."""
    household = session.get_one(Household, household_id)
    looked = session.scalar(
        select(RecordView.id)
        .where(
            RecordView.viewer_id == viewer.resident_id,
            RecordView.subject_id.in_([each.id for each in household.residents]),
            RecordView.purpose == PURPOSE,
            RecordView.at >= viewer.opened_at,
        )
        .limit(1)
    )
    if looked is None:
        raise ExpectedError("not_allowed")
