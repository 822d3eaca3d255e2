"""The log says who lives where: what its entries give is the register, without a name in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from kiosk.core.encoding import is_digest_of, salted_digest
from kiosk.core.ids import new_touch_id
from kiosk.models.ledger import LedgerEntry, LedgerRow
from kiosk.models.register import DeclaredRelative, Household, ImportRun, Resident
from kiosk.services.audit.tables import verify_village
from kiosk.services.ledger import log, rows
from kiosk.services.my_data import corrections, houses
from kiosk.services.register import entries, people
from kiosk.services.register.importing import plan
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet
from tests.services.register.registers import CHEN, HEADINGS, LIN, PEOPLE, write_csv
from tests.worlds.leaving import erase

Told = dict[int, dict[str, Any]]


def imported(village: Village, folder: Path, lines: Sequence[Sequence[Any]]) -> None:
    file = write_csv(folder / "register.csv", [HEADINGS, *lines])
    plan.apply(village, plan.plan(village, plan.read_register(file)))


def told(village: Village) -> tuple[Told, Told]:
    """People and households as the entries give them, in their order."""
    persons: Told = {}
    homes: Told = {}
    with village.read() as session:
        for index, kind in session.execute(
            select(LedgerEntry.index, LedgerEntry.kind).order_by(LedgerEntry.index)
        ):
            content = log.content_of(session, index)
            if content is None:
                continue
            if kind == entries.PERSON_CHANGED:
                persons[content["resident"]] = content
            elif kind == entries.HOUSEHOLD_CHANGED:
                homes[content["household"]] = content
            elif kind == entries.REGISTER_IMPORTED:
                for row in rows.rows_of(session, index):
                    if row.content is not None:
                        facts = entries.told_in_row(row.content)
                        number = facts.get("resident", facts["household"])
                        (persons if "resident" in facts else homes)[number] = facts
    return persons, homes


def assert_told(village: Village) -> None:
    """Of everybody who is here, and of every household, the log says what the tables say."""
    persons, homes = told(village)
    with village.read() as session:
        for home in session.scalars(select(Household)):
            facts = homes.pop(home.id)
            assert facts["premises"] == home.premises
            for name in ("code", "lane", "number"):
                assert is_digest_of(facts[name], getattr(home, name)), name
        for person in session.scalars(select(Resident).where(Resident.active)):
            facts = persons.pop(person.id)
            born_on = person.born_on.isoformat() if person.born_on else None
            assert (facts["household"], facts["born_on"]) == (person.household_id, born_on)
            for name in ("born_day_known", "active", "is_head"):
                assert facts[name] is getattr(person, name), name
            assert is_digest_of(facts["name"], person.name)
            assert is_digest_of(facts["pinyin"], person.pinyin)
    assert (persons, homes) == ({}, {})


def test_an_import_is_an_entry_with_a_row_for_everybody_and_every_household(
    village: Village, tmp_path: Path
) -> None:
    imported(village, tmp_path, PEOPLE)
    assert_told(village)
    with village.read() as session:
        run = session.scalars(select(ImportRun.id)).one()
        _founded, content = log.contents_of(session, select(LedgerEntry.index)).values()
        homes = len(session.scalars(select(Household.id)).all())
    assert content["run"] == run
    assert content["added"] == len(PEOPLE)
    assert content[rows.ROWS] == len(PEOPLE) + homes
    assert verify_village(village).consistent


def test_the_same_register_again_has_no_row_and_another_one_the_rows_of_what_changed(
    village: Village, tmp_path: Path
) -> None:
    imported(village, tmp_path, PEOPLE)
    imported(village, tmp_path, PEOPLE)
    moved = list(LIN)
    moved[HEADINGS.index("门牌号")] = "东街77号"
    imported(village, tmp_path, [moved])
    assert_told(village)
    with village.read() as session:
        contents = log.contents_of(session, select(LedgerEntry.index))
    _, again, other = (contents[index][rows.ROWS] for index in sorted(contents)[1:])
    assert again == 0
    assert other > 0
    assert verify_village(village).consistent


def test_no_name_and_no_plate_stands_in_the_log(village: Village, tmp_path: Path) -> None:
    imported(village, tmp_path, PEOPLE)
    with village.read() as session:
        held = b"".join(filter(None, session.scalars(select(LedgerRow.content))))
        written = [
            *session.scalars(select(Resident.name)),
            *session.scalars(select(Resident.phone)),
            *session.scalars(select(Household.lane)),
        ]
    assert len([each for each in written if each]) > len(PEOPLE)
    for secret in filter(None, written):
        assert secret.encode() not in held


def answered(
    hamlet: Hamlet, letter: str, what: Any, answer: Callable[..., None], value: object
) -> None:
    """Somebody asks for a correction, and a clerk of another house makes it."""
    village, clerk = hamlet.village, hamlet.sign("Z", "clerk")
    touch = new_touch_id()
    request = corrections.ask_correction(village, hamlet.sign(letter), what, "写错了", touch)
    answer(village, clerk, request, value, "照户口本改好了。", new_touch_id())


def test_a_correction_of_name_birth_or_house_says_the_new_facts(
    hamlet: Hamlet,
) -> None:
    with writing(hamlet.village) as work:
        entries.imported(work, entries.whole_register(work.session), added=0)
    assert_told(hamlet.village)
    for what, value in (("name", "王改名"), ("born_on", "1951-02-03"), ("phone", "3344")):
        answered(hamlet, "A", what, corrections.correct, value)
    assert_told(hamlet.village)
    with hamlet.village.read() as session:
        there = session.get_one(Resident, hamlet.people["B"]).household_id
    answered(hamlet, "A", "house", houses.move_person, there)
    assert_told(hamlet.village)
    answered(hamlet, "C", "house", houses.change_plate, "东街99号")
    assert_told(hamlet.village)
    by = {hamlet.people["Z"]}
    with hamlet.village.read() as session:
        contents = log.contents_of(session, select(LedgerEntry.index)).values()
    assert {each["by"] for each in contents if "premises" in each or "is_head" in each} == by


def test_relatives_are_declared_and_ended_in_the_log(hamlet: Hamlet) -> None:
    village, (one, other) = hamlet.village, (hamlet.people["A"], hamlet.people["C"])
    with writing(village) as work:
        people.declare_relative(work, other, one)
        people.declare_relative(work, one, other)
    with writing(village) as work:
        people.end_relative(work, other, one)
        people.end_relative(work, other, one)
    with village.read() as session:
        assert session.query(DeclaredRelative).count() == 0
        found = session.execute(
            select(LedgerEntry.kind, LedgerEntry.index).where(
                LedgerEntry.kind.in_((entries.RELATIVE_DECLARED, entries.RELATIVE_ENDED))
            )
        ).all()
        assert [kind for kind, _ in found] == ["relative_declared", "relative_ended"]
        for _, index in found:
            said = log.content_of(session, index)
            assert said == {"resident": min(one, other), "relative": max(one, other)}


@pytest.mark.parametrize("who", ["first", "second"])
def test_what_is_about_a_person_is_erased_when_they_leave_and_the_proofs_stay(
    village: Village, tmp_path: Path, who: str
) -> None:
    imported(village, tmp_path, PEOPLE)
    with village.read() as session:
        first, second, third = session.scalars(select(Resident.id).order_by(Resident.id))
    with writing(village) as work:
        people.declare_relative(work, first, second)
        entries.person_changed(work, work.session.get_one(Resident, first), third)
        gone = first if who == "first" else second
    erase(village, gone)
    assert_told(village)
    with village.read() as session:
        assert rows.places_about(session, entries.PERSON, gone) == []
        kept = rows.places_about(session, entries.PERSON, third)
        assert len(kept) == 1
        contents = log.contents_of(session, select(LedgerEntry.index))
        assert not any(each.get("relative") for each in contents.values())
        root = next(each for each in contents.values() if "run" in each)[rows.ROOT]
        for position in range(rows.root_of(session, 0)[0]):
            assert rows.proof_of(session, 0, position).leads_to(root)
    assert verify_village(village).consistent


def test_an_import_that_fails_says_nothing(village: Village, tmp_path: Path) -> None:
    def stop(_done: int, _of: int) -> None:
        raise RuntimeError

    file = write_csv(tmp_path / "register.csv", [HEADINGS, *PEOPLE])
    with pytest.raises(RuntimeError):
        plan.apply(village, plan.plan(village, plan.read_register(file)), stop)
    with village.read() as session:
        assert log.log_size(session) == 1, "what founds the village"
        assert session.query(LedgerRow).count() == 0


def test_two_digests_of_one_name_differ_and_both_are_its() -> None:
    one, other = salted_digest(CHEN[1]), salted_digest(CHEN[1])
    assert one != other
    assert is_digest_of(one, CHEN[1])
    assert is_digest_of(other, CHEN[1])
    assert not is_digest_of(one, CHEN[1] + " ")
