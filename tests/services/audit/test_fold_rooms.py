"""Rules, perks, wallets, stars, signs, talks and corrections are as the log alone gives them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pysqlite3
import pytest
from sqlalchemy import text

from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.models.register import Household
from kiosk.models.rulebook import RuleVersion
from kiosk.models.stars import Rating, StarRound
from kiosk.services.access import pins
from kiosk.services.audit.tables import verify_village
from kiosk.services.enrolment import explanation
from kiosk.services.ledger import log
from kiosk.services.my_data import corrections
from kiosk.services.perks import catalogue, redemptions
from kiosk.services.rulebook import book
from kiosk.services.stars import door_signs
from kiosk.services.upkeep.carry_over import carry_over
from kiosk.services.upkeep.opening import DATABASE_VARIABLE
from kiosk.services.village import Village
from kiosk.services.work import Work, writing
from tests.faults import hall
from tests.faults.hall import Hall
from tests.worlds.first_version import unfounded
from tests.worlds.leaving import erase

SAID = "看过户口本了。"
LESS = {"courtyard": 3}
"""Of what the house of the hall earned: five stars for its courtyard and for recycling."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pins, "SHIPPED", pins.SHIPPED)
        patch.delenv(DATABASE_VARIABLE, raising=False)
        yield lived(tmp_path_factory.mktemp("rooms") / "hall")


@pytest.fixture
def copied(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Village]:
    """A village in a file that somebody has in their hands."""
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
    hall.copy(template, tmp_path / "copy")
    with opened(tmp_path / "copy") as found:
        yield found


@contextmanager
def opened(root: Path) -> Iterator[Village]:
    clock = hall.read_hall(root).clock
    clock.advance(days=redemptions.KEPT_DAYS + 1)
    with hall.opened(root, clock).closing() as village:
        yield village
    hall.forget(root)


def lived(root: Path) -> Path:
    """What each of the rooms can do, done once in a village."""
    root.mkdir()
    found = hall.build(root)
    clock = found.clock
    with hall.opened(root, clock).closing() as village:
        _rules(village, root / "rules.toml")
        _perks(village, found)
        _stars(village, found)
        _words(village, found)
        clock.advance(days=redemptions.KEPT_DAYS + 1)
        assert redemptions.refund_overdue(village) == 1
    return root


def _rules(village: Village, file: Path) -> None:
    """A book in another order, with one rule changed and one taken out."""
    head, *rules = book.SHIPPED.read_text("utf-8").split("[[rule]]")
    first, second, _, *others = rules
    changed = second.replace("points = 3", "points = 4")
    assert changed != second
    file.write_text("[[rule]]".join([head, *others, changed, first]), "utf-8")
    installed = book.install(village, file)
    assert (len(installed.changed), len(installed.ended)) == (1, 1)


def _perks(village: Village, found: Hall) -> None:
    """Three of the four who have points: one gets the perk, one takes it back, one forgets it."""
    tea = Texts({"zh": "茶叶", "en": "Tea"})
    catalogue.restock(
        village,
        found.clerk,
        catalogue.offer(village, found.clerk, tea, 40, 0, new_touch_id()).perk_id,
        2,
        new_touch_id(),
    )
    payers = list(found.residents.values())[:3]
    first, second, _ = [
        redemptions.reserve(village, each, found.perk, new_touch_id()).reference for each in payers
    ]
    redemptions.collect(village, found.clerk, first, new_touch_id())
    redemptions.cancel(village, payers[1], second, new_touch_id())


def _stars(village: Village, found: Hall) -> None:
    """Signs with all stars, with fewer, taken down, and with none of a dimension."""
    clerk, house = found.clerk, found.household
    for shown in ({"courtyard": 5, "recycling": 5}, LESS, LESS):
        door_signs.issue(village, clerk, house, shown, "A5", new_touch_id())
    door_signs.take_down(village, clerk, house, new_touch_id())
    door_signs.issue(village, clerk, house, LESS, "A5", new_touch_id())


def _words(village: Village, found: Hall) -> None:
    """A talk, and two requests, of which one is declined."""
    first, second, *_ = found.residents
    answers = (("stay_out", "loses"), *explanation.UNDERSTOOD)
    explanation.talk(village, found.clerk, int(first), True, answers, new_touch_id())
    for who, words in ((first, "名字写错了"), (second, "电话号码换过了")):
        asked = corrections.ask_correction(
            village, found.residents[who], "name", words, new_touch_id()
        )
    touch = new_touch_id()
    corrections.decline_correction(village, found.clerk, asked, "not_shown", SAID, touch)


def told(village: Village) -> set[tuple[str, str]]:
    return {(each.code, each.name) for each in verify_village(village).findings}


@pytest.mark.long
def test_what_the_rooms_did_is_what_the_log_gives(
    each_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pins, "SHIPPED", pins.SHIPPED)
    with opened(lived(tmp_path / "hall")) as found:
        assert found.database.is_sqlite == (each_database == "sqlite")
        assert told(found) == set()


CARRIED = ("rule_version", "star_round", "rating")


def test_what_version_0_1_did_not_say_is_carried_over(sqlite_village: Village) -> None:
    village = unfounded(sqlite_village)
    with writing(village) as work:
        _as_in_version_0_1(work)
    assert carry_over(village) is not None
    assert {each for each in told(village) if each[1].startswith(CARRIED)} == set()
    with writing(village) as work:
        work.session.execute(text("UPDATE rule_version SET place_in_book = 2, id = 900"))
        work.session.execute(text("UPDATE star_round SET valid_until = '2030-01-01'"))
    assert told(village) >= {
        ("row_altered", "rule_version.id"),
        ("row_altered", "rule_version.place_in_book"),
        ("row_altered", "star_round.valid_until"),
    }


def _as_in_version_0_1(work: Work) -> None:
    """A rule and the stars of a house, with entries that name neither version nor round."""
    session, now = work.session, work.now
    rule = {"rule": "docks", "version": 1, "kind": "deed", "area": "safety", "points": 3}
    rule |= {"reporters": "anyone", "icon": "heart"}
    said = {each: {"zh": "扫", "en": "Swept"} for each in ("title", "text", "remedy")}
    named = {f"{each}_{tongue}": words for each, by in said.items() for tongue, words in by.items()}
    index = log.append(work, "rule_installed", rule | named | {"valid_from": str(work.today)})
    words = {each: Texts(by) for each, by in said.items()}
    session.add(
        RuleVersion(
            id=40, valid_from=work.today, place_in_book=7, ledger_index=index, **rule, **words
        )
    )
    until = date(2027, 6, 30)
    home = Household(code="1", lane="东街", number="1")
    session.add_all(
        [
            home,
            StarRound(
                id=70, year=2026, quarter=4, opened_at=now, published_at=now, valid_until=until
            ),
        ]
    )
    session.flush()
    content = {"household": home.id, "year": 2026, "quarter": 4, "stars": {"rules": 4}}
    content |= {"put_forward": [], "valid_until": until.isoformat()}
    index = log.append(work, "rating", content)
    session.add(
        Rating(round_id=70, household_id=home.id, dimension="rules", stars=4, ledger_index=index)
    )


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE rule_version SET points = 1 WHERE rule = 'dedication'", "points"),
        ("UPDATE rule_version SET id = 900 WHERE id = 1", "id"),
        ("UPDATE rule_version SET valid_to = NULL", "valid_to"),
        ("UPDATE rule_version SET valid_to = '2026-11-01' WHERE valid_to IS NULL", "valid_to"),
        ("UPDATE rule_version SET place_in_book = 1 WHERE version = 2", "place_in_book"),
        ("UPDATE rule_version SET remedy = '{\"zh\": \"走\"}' WHERE kind = 'concern'", "remedy"),
        ("UPDATE perk SET stock = stock + 1", "stock"),
        ("UPDATE perk SET price = 1", "price"),
        ("UPDATE perk SET picture = 'rice'", "picture"),
        ("UPDATE perk SET per_person = 9", "per_person"),
        ("UPDATE perk SET ended_at = '2026-12-01 00:00:00.000000'", "ended_at"),
        ("UPDATE redemption SET state = 'reserved' WHERE state = 'collected'", "state"),
        ("UPDATE redemption SET ended_at = NULL", "ended_at"),
        ("UPDATE redemption SET collect_by = '2027-11-01'", "collect_by"),
        ("UPDATE redemption SET resident_id = resident_id + 1", "resident_id"),
        ("UPDATE wallet_movement SET points = 12", "points"),
        ("UPDATE wallet_movement SET case_id = NULL", "case_id"),
        ("UPDATE wallet_movement SET at = '2026-01-01 00:00:00.000000'", "at"),
        ("UPDATE star_round SET opened_at = '2026-01-01 00:00:00.000000'", "opened_at"),
        ("UPDATE star_round SET published_at = NULL", "published_at"),
        ("UPDATE star_round SET valid_until = '2030-01-01'", "valid_until"),
        ("UPDATE star_round SET id = 700 WHERE quarter = 4", "id"),
        ("UPDATE rating SET stars = 1 WHERE stars = 5", "stars"),
        ("UPDATE rating SET contested = true WHERE dimension = 'courtyard'", "contested"),
        ("UPDATE rating SET round_id = 700 WHERE stars = 5", "round_id"),
        ("UPDATE door_sign SET shown = '{\"courtyard\": 5}' WHERE ended_at IS NULL", "shown"),
        ("UPDATE door_sign SET ended_why = 'taken_down' WHERE ended_why != ''", "ended_why"),
        ("UPDATE door_sign SET ended_at = NULL WHERE ended_why = 'taken_down'", "ended_at"),
        ("UPDATE door_sign SET round_id = 700", "round_id"),
        ("UPDATE sign_choice SET most = 5", "most"),
        ("UPDATE enrolment_talk SET answers = '[]'", "answers"),
        ("UPDATE enrolment_talk SET clerk_id = resident_id", "clerk_id"),
        ("UPDATE correction_request SET words = '名字没写错'", "words"),
        ("UPDATE correction_request SET sentence = '' WHERE state = 'declined'", "sentence"),
        ("UPDATE correction_request SET sentence = '好的' WHERE state = 'open'", "sentence"),
        ("UPDATE correction_request SET state = 'done'", "state"),
        ("UPDATE correction_request SET answered_by = resident_id", "answered_by"),
    ],
)
def test_what_was_changed_is_named(copied: Village, statement: str, named: str) -> None:
    change(copied, statement)
    table = statement.split()[1]
    assert ("row_altered", f"{table}.{named}") in told(copied)


TABLES = (
    *("rule_version", "perk", "redemption", "wallet_movement", "star_round", "rating"),
    *("door_sign", "sign_choice", "enrolment_talk", "correction_request"),
)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_was_deleted_is_named(copied: Village, table: str) -> None:
    change(copied, f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})")
    assert ("row_missing", table) in told(copied)


@pytest.mark.parametrize(
    ("table", "other"),
    [
        ("rule_version", {"id": "900", "version": "9"}),
        ("perk", {"id": "900"}),
        ("redemption", {"id": "900", "reference": "'P2026-0900'"}),
        ("wallet_movement", {"id": "900", "case_id": "NULL"}),
        ("star_round", {"id": "900", "year": "2025"}),
        ("rating", {"id": "900", "dimension": "'family_spirit'"}),
        ("door_sign", {"id": "900", "serial": "'S26Q4-0900'"}),
        ("sign_choice", {"dimension": "'family_spirit'"}),
        ("enrolment_talk", {"id": "900"}),
        ("correction_request", {"id": "900"}),
    ],
)
def test_a_row_that_was_slipped_in_is_named(
    copied: Village, table: str, other: dict[str, str]
) -> None:
    with copied.read() as session:
        columns = [row.name for row in session.execute(text(f"PRAGMA table_info({table})"))]
    said = ", ".join(other.get(each, f'"{each}"') for each in columns)
    change(copied, f"INSERT INTO {table} SELECT {said} FROM {table} LIMIT 1")
    assert ("row_extra", table) in told(copied)


@pytest.mark.parametrize(
    ("kind", "content", "why"),
    [
        ("perk_stock", {"perk": 1, "count": -900, "why": "restocked"}, "nothing was left"),
        ("perk_stock", {"perk": 1, "count": 3, "why": "returned"}, "moves more than one"),
        ("perk_refunded", {"redemption": 1}, "was over"),
        ("wallet", {"resident": 4, "points": -900, "why": "reversal"}, "not enough there"),
        (
            "wallet",
            {"resident": 4, "points": -1, "why": "ended"},
            "not what had been kept long enough",
        ),
        ("perk_ended", {"perk": 77}, "not on the shelf"),
        ("round_published", {"round": 9, "year": 2026, "quarter": 4}, "was published"),
        ("sign_taken_down", {"serial": "S26Q4-0001", "household": 4}, "was not in force"),
        ("rule_ended", {"rule": "kindness", "from": "2026-11-20"}, "no rule stood"),
        ("rulebook_ordered", {"rules": ["kindness"]}, "no rule stood"),
        (
            "correction",
            {"request": 2, "state": "done", "reason": "", "by": 3},
            "was answered",
        ),
        (
            "rating",
            {"year": 2026, "quarter": 3, "stars": {"family_spirit": 5}, "put_forward": []},
            "not put forward",
        ),
    ],
)
def test_an_entry_that_no_service_would_write_is_named(
    copied: Village, kind: str, content: dict[str, Any], why: str
) -> None:
    usual = {"valid_until": "2027-06-30", "household": 4}
    with writing(copied) as work:
        log.append(work, kind, usual | content)
    assert ("not_allowed", f"{kind}: {why}") in told(copied)


def test_who_left_is_missed_in_no_table(copied: Village) -> None:
    found = hall.read_hall(Path(copied.directory.root).parent)
    erase(copied, int(next(iter(found.residents))))
    assert told(copied) == set()


def change(village: Village, statement: str) -> None:
    """What somebody does who has the database in their hands, and no use for foreign keys."""
    with closing(pysqlite3.connect(village.directory.database)) as connection:
        assert connection.execute(statement).rowcount
        connection.commit()
