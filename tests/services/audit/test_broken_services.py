"""Thirteen services, each broken on purpose: holding the tables against the log finds each.

A service is broken as a mistake would break it, in what it writes: its own checks pass, no test of
its room is asked, and nobody has touched the database. `verify` alone has to say what is wrong.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.models import Base
from kiosk.models.access import RecordView, RoleGrant
from kiosk.models.cases import CasePhoto, PointEntry
from kiosk.models.consent import Consent
from kiosk.models.register import Resident
from kiosk.models.stars import Rating
from kiosk.services.access import offices, views
from kiosk.services.audit.tables import verify_village
from kiosk.services.cases import decide, notices, panel_draw, photos, submit
from kiosk.services.cases.flow import advance, effects, standing, timed_moves
from kiosk.services.ledger import log
from kiosk.services.my_data import consent_choices, erasure
from kiosk.services.register.importing import plan
from kiosk.services.stars import ratings
from kiosk.services.village import Village
from tests.services.cases.conftest import Hamlet
from tests.worlds import stars
from tests.worlds.kept import grown
from tests.worlds.logged import LoggedHamlet, furnish

Patch = pytest.MonkeyPatch
Way = Callable[[LoggedHamlet], object]


@pytest.fixture
def hamlet(sqlite_village: Village, clock: SettableClock) -> LoggedHamlet:
    """A hamlet of which the log knows everything."""
    return grown(LoggedHamlet(sqlite_village, clock), furnish)


# --- what people do meanwhile


def a_reply(hamlet: Hamlet) -> None:
    """A concern is handed in, and the person answers it."""
    case_id = hamlet.hand_in("B", "A", "litter").case_id
    hamlet.reply("A", case_id, "own_words", "那天风很大吹下去的")


def a_photograph(hamlet: Hamlet) -> None:
    """A concern with a photograph."""
    raw = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(raw, "JPEG")
    form = hamlet.form("B", "A", "litter")
    submit.hand_in(hamlet.village, dataclasses.replace(form, photos=(raw.getvalue(),)))


def a_good_deed(hamlet: Hamlet) -> None:
    """A deed of one's own is approved: it counts, and is credited."""
    hamlet.approved_deed("A")


def an_officer_looks(hamlet: Hamlet) -> None:
    """An officer opens a case."""
    case_id = hamlet.hand_in("A", "A", "help").case_id
    decide.open_case(hamlet.village, hamlet.officer("Y"), case_id)


def a_consent_is_withdrawn(hamlet: Hamlet) -> None:
    """Somebody does not want a number any more."""
    consent_choices.withdraw(hamlet.village, hamlet.sign("A"), "number", new_touch_id())


def an_appeal(hamlet: Hamlet) -> None:
    """A concern that two officers upheld is appealed, and a panel is drawn."""
    hamlet.serve("CDE")
    hamlet.appeal("A", hamlet.decided_concern())


def a_concern_is_put_right(hamlet: Hamlet) -> None:
    """A concern counts, and ends because it was put right."""
    case_id = hamlet.decided_concern()
    hamlet.clock.advance(days=21)
    timed_moves.tick(hamlet.village)
    officer = hamlet.officer("Y")
    decide.put_right(hamlet.village, officer, case_id, "河埠头已经打扫干净。", new_touch_id())


def an_office_ends(hamlet: LoggedHamlet) -> None:
    """An officer ends the office of somebody else."""
    hamlet.officer("B")
    hamlet.end_office("B", "officer")


def a_star_round(hamlet: Hamlet) -> None:
    """A round gives one household its stars."""
    with hamlet.village.read() as session:
        home = session.get_one(Resident, hamlet.people["A"]).household_id
    opening = (hamlet.officer("Y"), hamlet.signature("Z"))
    stars.by_a_round(hamlet, home, {"courtyard": 4}, opening)


def an_import(hamlet: Hamlet) -> None:
    """A register brings a new house."""
    hamlet.add("Q", enrolled=False)


def a_leaving(hamlet: LoggedHamlet) -> None:
    """Somebody leaves for good."""
    hamlet.leave_for_good("E")


# --- what is broken


def then(module: object, name: str, spoil: Callable[[Session], object]) -> Callable[[Patch], None]:
    """The service does what it does, and then does something else as well."""

    def break_it(patch: Patch) -> None:
        honest = getattr(module, name)

        def broken(work: Any, *given: Any, **more: Any) -> Any:
            done = honest(work, *given, **more)
            session = work if isinstance(work, Session) else work.session
            session.flush()
            spoil(session)
            return done

        patch.setattr(module, name, broken)

    return break_it


def newest(session: Session, model: Any) -> Any:
    return session.scalars(select(model).order_by(model.id.desc()).limit(1)).one()


def due_a_day_early(patch: Patch) -> None:
    honest = advance._compare_and_set

    def early(session: Any, case: Any, seen: Any, reached: Any, ends: Any) -> None:
        honest(session, case, seen, reached, ends and ends - timedelta(days=1))

    patch.setattr(advance, "_compare_and_set", early)


def points_doubled(patch: Patch) -> None:
    patch.setattr(effects, "signed_points", lambda case: 2 * standing.signed_points(case))


def reply_not_stored(patch: Patch) -> None:
    patch.setattr(notices, "write_reply", lambda *_: None)


def anothers_photograph(session: Session) -> None:
    row = newest(session, CasePhoto)
    row.jpeg = row.jpeg + b"another"
    row.digest = photos.digest_of(row.jpeg)


def look_not_logged(patch: Patch) -> None:
    def unlogged(work: Any, viewer: Any, subject_id: int, purpose: str, **_: Any) -> int:
        index = log.log_size(work.session) - 1
        work.session.add(
            RecordView(
                viewer_id=viewer.resident_id,
                subject_id=subject_id,
                purpose=purpose,
                at=work.now,
                ledger_index=index,
            )
        )
        return index

    patch.setattr(views, "record_view", unlogged)


def consent_kept(session: Session) -> None:
    session.execute(update(Consent).values(withdrawn_at=None))


def no_credit(patch: Patch) -> None:
    patch.setitem(effects.WRITES, "wallet", lambda *_: None)


def a_seat_by_favour(patch: Patch) -> None:
    honest = log.append

    class Favour:
        """The log as this room sees it: whoever was not drawn sits, and the entry says so."""

        def __getattr__(self, name: str) -> Any:
            return getattr(log, name)

        def append(self, work: Any, kind: str, content: dict[str, Any]) -> int:
            if kind == "panel":
                drawn = content["seated"]
                everybody = work.session.scalars(select(Resident.id).order_by(Resident.id))
                drawn[0] = next(each for each in everybody if each not in drawn)
            return honest(work, kind, content)

    patch.setattr(panel_draw, "log", Favour())


def still_counting(patch: Patch) -> None:
    honest = effects.WRITES["reversal"]

    def forgetful(work: Any, case: Any, move: str) -> object:
        done = honest(work, case, move)
        work.session.execute(update(PointEntry).values(ended_on=None))
        return done

    patch.setitem(effects.WRITES, "reversal", forgetful)


def office_kept(session: Session) -> None:
    for ended in session.scalars(select(RoleGrant).where(RoleGrant.ended_at.is_not(None))):
        assert ended.ended_at is not None
        ended.ended_at = ended.ended_at + timedelta(days=7)


def anothers_stars(session: Session) -> None:
    row = newest(session, Rating)
    row.household_id = row.household_id + 1


def moved_silently(session: Session) -> None:
    first = select(Resident.household_id).order_by(Resident.id).limit(1).scalar_subquery()
    someone = select(Resident.id).where(Resident.name == "林B").scalar_subquery()
    session.execute(update(Resident).where(Resident.id == someone).values(household_id=first))


def consents_survive(patch: Patch) -> None:
    def forgetful(session: Session, resident_id: int) -> None:
        for table in reversed(Base.tables()):
            if table.about.erased and table is not Consent:
                session.execute(delete(table).where(erasure._names(table, resident_id)))

    patch.setattr(erasure, "_erase_rows", forgetful)


BROKEN: dict[str, tuple[Callable[[Patch], None], Way, set[str]]] = {
    "a due date one day short": (due_a_day_early, a_reply, {"row_altered case.due_at"}),
    "points doubled": (points_doubled, a_good_deed, {"not_allowed"}),
    "a reply not stored": (reply_not_stored, a_reply, {"row_altered case.reply_choice"}),
    "a photograph of something else": (
        then(photos, "keep", anothers_photograph),
        a_photograph,
        {"row_extra case_photo"},
    ),
    "a look not logged": (look_not_logged, an_officer_looks, {"row_extra record_view"}),
    "a consent kept after its withdrawal": (
        then(consent_choices, "take_back", consent_kept),
        a_consent_is_withdrawn,
        {"row_altered consent.withdrawn_at"},
    ),
    "a credit that the wallet never gets": (no_credit, a_good_deed, {"not_allowed"}),
    "a seat on a panel without the lot": (a_seat_by_favour, an_appeal, {"not_allowed"}),
    "a reversal that forgets its end": (
        still_counting,
        a_concern_is_put_right,
        {"row_altered point_entry.ended_on"},
    ),
    "an office that ends late": (
        then(offices, "_end", office_kept),
        an_office_ends,
        {"row_altered role_grant.ended_at"},
    ),
    "stars for another household": (
        then(ratings, "_publish", anothers_stars),
        a_star_round,
        {"row_altered rating.household_id", "row_extra rating"},
    ),
    "an import that moves somebody silently": (
        then(plan, "_write", moved_silently),
        an_import,
        {"row_altered resident.household_id"},
    ),
    "a leaving that forgets a table": (consents_survive, a_leaving, {"row_extra consent"}),
}
"""How it is broken, what happens meanwhile, and the findings of which one has to name it."""


@pytest.mark.parametrize("name", BROKEN)
def test_an_honest_service_leaves_nothing_to_find(name: str, hamlet: LoggedHamlet) -> None:
    _, way, _ = BROKEN[name]
    way(hamlet)
    assert verify_village(hamlet.village).findings == ()


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_service_is_found_by_the_log_alone(
    name: str, hamlet: LoggedHamlet, monkeypatch: Patch
) -> None:
    break_it, way, told = BROKEN[name]
    break_it(monkeypatch)
    way(hamlet)
    findings = verify_village(hamlet.village).findings
    found = {f"{each.code} {each.name}" for each in findings}
    assert (found | {each.code for each in findings}) & told, found
