"""A copy of everything that is written down about a person: as JSON, and to read on paper.

`docs/data-copy.md` describes the JSON. Who reported a concern is sealed here as on the screen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from kiosk.core.catalogue import CHINESE, Catalogue, Language
from kiosk.core.clock import VILLAGE_ZONE, village_day
from kiosk.core.texts import Texts
from kiosk.models import Base
from kiosk.models.about import Rows
from kiosk.models.cases import Case, CaseMove, CasePhoto, Confirmation
from kiosk.models.ledger import LedgerEntry
from kiosk.models.letters import Letter
from kiosk.models.perks import Perk, Redemption
from kiosk.models.register import DeclaredRelative, Resident
from kiosk.services.access import acting, views
from kiosk.services.cases import slip_parts
from kiosk.services.cases.flow.standing import signed_points
from kiosk.services.ledger import log
from kiosk.services.ledger.contents import is_about
from kiosk.services.my_data.copy_wording import CopyWording
from kiosk.services.record import number
from kiosk.services.register.importing.dates import shown_birth
from kiosk.services.village import Village
from kiosk.services.work import Work

FORMAT = "village-kiosk/data-copy/1"
Plain = dict[str, Any]


@dataclass(frozen=True)
class DataCopy:
    """The copy; `content` holds plain values only."""

    taken_at: datetime
    name: str
    content: Mapping[str, Any]


def data_copy(village: Village, session_id: str) -> DataCopy:
    """Everything about the signed-in person.

    Raises:
        ExpectedError: ``session_over``.
    """
    with acting.reading(village, session_id) as work:
        me = work.who.resident_id
        person = work.session.get_one(Resident, me)
        now = work.now
        content = {
            "format": FORMAT,
            "taken_at": _plain(now),
            "village": village.settings.name[CHINESE],
            "person": _person(work.session, person),
            "number": _number(work, person),
            "vouchers": _vouchers(work.session, me),
            "letters": _letters(work.session, me),
            **_told_by_tables(work.session, me),
            "looks": [_plain(asdict(each)) for each in views.views_on(work.session, me)],
            "cases_about_me": [
                _about_me(work.session, each) for each in _cases(work.session, "subject", me)
            ],
            "cases_i_reported": [_reported(each) for each in _cases(work.session, "reporter", me)],
            "confirmations_i_gave": _confirmed(work.session, me),
            "ledger": list(_ledger(work.session, me)),
        }
        return DataCopy(now, person.name, content)


def copy_json(copy: DataCopy) -> str:
    """The copy as JSON, readable in any editor."""
    return json.dumps(copy.content, ensure_ascii=False, indent=2) + "\n"


def copy_pdf(village: Village, copy: DataCopy, language: Language) -> bytes:
    """The copy on A4, to read."""
    from kiosk.documents.data_copy import CopySheet, Section, data_copy_pdf

    words = village.catalogue
    sections = tuple(
        Section(
            words.text(title_key(words, key), language),
            tuple(CopyWording(words, language, key).blocks(copy.content[key])),
        )
        for key in in_order(copy.content)
        if copy.content[key]
    )
    day = slip_parts.day_words(village, village_day(copy.taken_at), language)
    return data_copy_pdf(
        CopySheet(
            words.text("rights.copy_title", language),
            village.settings.name.said(language),
            words.text("rights.copy_of", language, copy.name, day),
            sections,
            partial(words.text, "paper.copy_page", language),
        )
    )


_FIRST = (
    "person",
    "number",
    "cases_about_me",
    "cases_i_reported",
    "confirmations_i_gave",
    "wallet",
    "vouchers",
    "letters",
    "consents",
    "enrolment_talks",
    "pauses",
    "leavings",
    "reporting_pauses",
    "corrections",
    "looks",
    "cards",
    "sign_ins",
)
"""What matters most comes first."""
_FOR_PROGRAMS = frozenset({"format", "taken_at", "village", "ledger"})
"""What only machines read is in the JSON alone."""


def in_order(content: Iterable[str]) -> tuple[str, ...]:
    """The sections in words, in their order: a table's that has no place comes after the others."""
    return (*_FIRST, *(key for key in content if key not in {*_FIRST, *_FOR_PROGRAMS}))


def title_key(words: Catalogue, section: str) -> str:
    """The words over a section; a table that brought none has those of everything else kept."""
    own = f"rights.copy_{section}"
    return own if own in words else "rights.copy_also_kept"


def _plain(value: Any) -> Any:
    """What JSON can hold; moments in the village's own time."""
    if isinstance(value, datetime):
        return value.astimezone(VILLAGE_ZONE).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        plain: Plain = {}
        for key, each in value.items():
            plain |= each.named(key) if isinstance(each, Texts) else {key: _plain(each)}
        return plain
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _person(session: Session, person: Resident) -> Plain:
    house = person.household
    pairs = session.execute(
        select(DeclaredRelative.resident_id, DeclaredRelative.relative_id).where(
            (DeclaredRelative.resident_id == person.id)
            | (DeclaredRelative.relative_id == person.id)
        )
    )
    relatives = [first if second == person.id else second for first, second in pairs]
    return {
        "name": person.name,
        "pinyin": person.pinyin,
        "sex": person.sex,
        "born_on": shown_birth(person.born_on, person.born_day_known) or None,
        "phone": person.phone,
        "language": person.language,
        "relation": person.relation,
        "is_head": person.is_head,
        "household": {"code": house.code, "lane": house.lane, "number": house.number},
        "relatives": [_name(session, each) for each in dict.fromkeys(relatives)],
    }


def _number(work: Work, person: Resident) -> Plain | None:
    found = number.number_of(work, person.id, work.today)
    return None if found is None else dict(_plain(asdict(found)))


def _told_by_tables(session: Session, me: int) -> dict[str, list[Plain]]:
    """The section of each table that says which of its columns are copied."""
    return {
        table.about.copied.section: _rows(session, table, table.about.copied.columns, me)
        for table in Base.tables()
        if isinstance(table.about.copied, Rows)
    }


def _rows(session: Session, table: type[Base], columns: tuple[str, ...], me: int) -> list[Plain]:
    facts = table.__table__.c
    mine = or_(*(facts[each] == me for each in table.about.erased))
    # The id of a session is a string without an order; the others are counted.
    order = table.__table__.primary_key
    found = session.execute(select(*(facts[each] for each in columns)).where(mine).order_by(*order))
    return [{name: _plain(value) for name, value in row.items()} for row in found.mappings()]


def _vouchers(session: Session, me: int) -> list[Plain]:
    """What the person reserved for points of the wallet, and what became of it."""
    names = ("reference", "price", "reserved_at", "collect_by", "state", "ended_at")
    found = session.execute(
        select(Redemption, Perk)
        .join(Perk, Perk.id == Redemption.perk_id)
        .where(Redemption.resident_id == me)
        .order_by(Redemption.id)
    )
    return [
        {
            **perk.title.named("title"),
            **{name: _plain(getattr(voucher, name)) for name in names},
        }
        for voucher, perk in found
    ]


def _letters(session: Session, me: int) -> list[Plain]:
    """What the person had the village say about them, word by word, and until when."""
    mine = select(Letter).where(Letter.resident_id == me).order_by(Letter.id)
    return [
        {
            "reference": each.reference,
            "words": "\n".join(json.loads(each.says)["words"]) if each.says else "",
            "issued_at": _plain(each.issued_at),
            "until": _plain(each.valid_until),
            "ended_at": _plain(each.ended_at),
        }
        for each in session.scalars(mine)
    ]


def _cases(session: Session, whose: str, me: int) -> list[Case]:
    mine = Case.subject_id == me if whose == "subject" else Case.reporter_id == me
    others = () if whose == "subject" else (Case.subject_id != me,)
    return list(session.scalars(select(Case).where(mine, *others).order_by(Case.id)))


def _about_me(session: Session, case: Case) -> Plain:
    sealed = case.kind == "concern"
    photos = session.scalars(select(CasePhoto.digest).where(CasePhoto.case_id == case.id)).all()
    return {
        **_facts(case),
        "state": case.state,
        "due_at": _plain(case.due_at),
        "noticed_at": _plain(case.noticed_at),
        "reported_by": None if sealed else _name(session, case.reporter_id),
        "reply_choice": case.reply_choice,
        "reply_words": case.reply_words,
        "put_right_way": case.put_right_way,
        "confirmed_by": [_name(session, each.confirmer_id) for each in case.confirmations],
        "photos": list(photos),
        "moves": [_move(session, each, sealed) for each in case.moves],
    }


def _facts(case: Case) -> Plain:
    return {
        "reference": case.reference,
        "kind": case.kind,
        "rule": case.rule_version.rule,
        **case.rule_version.title.named("title"),
        "points": abs(signed_points(case)),
        "happened_on": _plain(case.happened_on),
        "part_of_day": case.part_of_day,
        "place": case.place,
        **({"hours": case.hours} if case.hours else {}),
        "words": case.words,
        **({"thanks": case.thanks} if case.thanks else {}),
        "submitted_at": _plain(case.submitted_at),
    }


_REPORTERS = ("hand_in", "withdraw", "disown", "put_right")


def _move(session: Session, made: CaseMove, sealed: bool) -> Plain:
    hidden = made.actor_id is None or (sealed and made.move in _REPORTERS)
    return {
        "move": made.move,
        "to": made.to_state,
        "at": _plain(made.at),
        "by": None if hidden or made.actor_id is None else _name(session, made.actor_id),
        "reason": made.reason,
        "sentence": made.sentence,
    }


def _reported(case: Case) -> Plain:
    """What the person said of another; what came of a concern is that other's to know."""
    facts = _facts(case)
    return facts if case.kind == "concern" else {**facts, "state": case.state}


def _confirmed(session: Session, me: int) -> list[Plain]:
    found = session.execute(
        select(Confirmation.at, Case.reference)
        .join(Case, Case.id == Confirmation.case_id)
        .where(Confirmation.confirmer_id == me)
        .order_by(Confirmation.id)
    )
    return [{"reference": reference, "at": _plain(at)} for at, reference in found]


def _ledger(session: Session, me: int) -> Iterator[Plain]:
    """The entries about the person: their commitments stand in the log that slips are held to."""
    mine = {case.id for case in _cases(session, "subject", me)}

    for index in log.indexes_of(session, lambda content: is_about(content, me, mine)):
        entry = session.get_one(LedgerEntry, index)
        yield {
            "index": index,
            "kind": entry.kind,
            "at": _plain(entry.at),
            "commitment": entry.commitment.hex(),
        }


def _name(session: Session, resident_id: int) -> str:
    return session.get_one(Resident, resident_id).name
