"""What the kiosk says of a paper held before its scanner."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import text

from kiosk.core.card_token import new_card_token
from kiosk.core.clock import SettableClock
from kiosk.core.errors import ExpectedError
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.devices.scanner import NoteScan, decode
from kiosk.documents.slip import Slip, slip_pdf, slip_raster
from kiosk.models.ledger import Checkpoint, LedgerNode
from kiosk.models.printing import PrintJob
from kiosk.models.register import Household
from kiosk.models.stars import DoorSign, StarRound
from kiosk.services.check.papers import (
    SIGNED_VERDICTS,
    SignFacts,
    SlipFacts,
    check_file,
    check_paper,
)
from kiosk.services.ledger import log
from kiosk.services.signing.signed_note import CheckpointText, sign, with_words, words_line
from kiosk.services.upkeep.opening import found_village
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.worlds.names import YANGQIAO

SERIAL = "S26Q4-0001"
SIGN_LINES = (
    f"serial {SERIAL}",
    "杨桥村 东街12号",
    "院落整洁 5",
    "遵纪守法 4",
    "家风和睦 3",
    "valid until 2027-06-30",
)
SLIP_LINES = ("2026-0417", "记一件好事：陪老人出门办事", "2026-11-23")


def signed_paper(village: Village, reference: str, lines: tuple[str, ...]) -> str:
    with writing(village) as work:
        index = log.append(work, "test", {"reference": reference})
    with writing(village) as work:
        return log.sign_checkpoint(work, reference, index, lines)


def hang_sign(village: Village, serial: str = SERIAL) -> None:
    """A household with a sign in force, as the table holds it."""
    with writing(village) as work:
        household = work.session.get(Household, 1)
        if household is None:
            household = Household(id=1, code="1", lane="东街", number="12")
            star_round = StarRound(
                id=1,
                year=2026,
                quarter=4,
                opened_at=work.now,
                published_at=work.now,
                valid_until=date(2027, 6, 30),
            )
            work.session.add_all([household, star_round])
            work.session.flush()
        work.session.add(
            DoorSign(
                serial=serial,
                household_id=1,
                round_id=1,
                shown={"courtyard": 5, "rules": 4, "family_spirit": 3},
                issued_at=work.now,
                valid_until=date(2027, 6, 30),
                ledger_index=0,
            )
        )


def end_sign(village: Village, why: str, serial: str = SERIAL) -> None:
    with writing(village) as work:
        sign = work.session.query(DoorSign).filter_by(serial=serial).one()
        sign.ended_at, sign.ended_why = work.now, why


@pytest.fixture
def sign_note(village: Village) -> str:
    hang_sign(village)
    return signed_paper(village, SERIAL, SIGN_LINES)


@pytest.fixture
def slip_note(village: Village) -> str:
    return signed_paper(village, "2026-0417", SLIP_LINES)


def test_a_sign_in_force_is_genuine_and_shows_the_stars_as_signed(
    village: Village, sign_note: str
) -> None:
    found = check_paper(village, sign_note)
    assert (found.verdict, found.kind, found.reference) == ("genuine", "sign", SERIAL)
    assert found.consistent is True
    assert isinstance(found.facts, SignFacts)
    assert (found.facts.lane, found.facts.number) == ("东街", "12")
    assert (found.facts.year, found.facts.quarter) == (2026, 4)
    shown = [(each.dimension, each.stars) for each in found.facts.stars]
    assert shown == [("courtyard", 5), ("rules", 4), ("family_spirit", 3)]


def test_stars_come_from_the_signature_and_not_from_a_table_that_was_changed(
    village: Village, sign_note: str
) -> None:
    with village.write() as session:
        session.query(DoorSign).one().shown = {"courtyard": 1}
    found = check_paper(village, sign_note)
    assert isinstance(found.facts, SignFacts)
    assert [each.stars for each in found.facts.stars] == [5, 4, 3]


def test_a_slip_is_genuine_and_still_fits_the_log_after_it_grew(
    village: Village, slip_note: str
) -> None:
    for _ in range(5):
        signed_paper(village, "2026-0418", SLIP_LINES)
    found = check_paper(village, slip_note)
    assert (found.verdict, found.kind, found.reference) == ("genuine", "slip", "2026-0417")
    assert (found.consistent, found.tree_size) == (True, 1 + 1)
    assert found.facts == SlipFacts(date(2026, 11, 23), SLIP_LINES)


def test_a_sign_is_good_on_its_last_day_and_expired_on_the_next(
    village: Village, clock: SettableClock, sign_note: str
) -> None:
    clock.moment = datetime(2027, 6, 30, 15, 59, tzinfo=UTC)  # 23:59 in the village
    assert check_paper(village, sign_note).verdict == "genuine"
    clock.advance(minutes=1)
    assert check_paper(village, sign_note).verdict == "expired"


def test_a_replaced_sign_names_the_newer_one(village: Village, sign_note: str) -> None:
    end_sign(village, "replaced")
    hang_sign(village, "S26Q4-0002")
    found = check_paper(village, sign_note)
    assert found.verdict == "replaced"
    assert isinstance(found.facts, SignFacts)
    assert found.facts.newer_serial == "S26Q4-0002"
    assert found.facts.ended_on == date(2026, 11, 23)


def test_a_sign_that_was_taken_down_says_so(village: Village, sign_note: str) -> None:
    end_sign(village, "taken_down")
    assert check_paper(village, sign_note).verdict == "taken_down"


def test_a_star_added_to_the_text_is_altered(village: Village, sign_note: str) -> None:
    assert check_paper(village, sign_note.replace("法 4", "法 5")).verdict == "altered"


def test_a_second_signature_line_is_altered(village: Village, sign_note: str) -> None:
    other = Ed25519PrivateKey.generate()
    line = sign("x\n", "somebody.example", other).rpartition("\n\n")[2]
    assert check_paper(village, sign_note + line).verdict == "altered"


def test_another_villages_paper_is_not_ours(village: Village) -> None:
    name = village.settings.origin
    text_of = CheckpointText(name, 0, bytes(32), ("serial S26Q4-0001",)).text()
    for key_name in (name, "other.example/book"):
        note = sign(text_of, key_name, Ed25519PrivateKey.generate())
        assert check_paper(village, note).verdict == "not_ours"


@pytest.mark.parametrize("other", ["https://example.org/pay?to=1", "6901234567892", "你好"])
def test_any_other_code_is_not_ours(village: Village, other: str) -> None:
    assert check_paper(village, other).verdict == "not_ours"


def test_a_card_is_recognised_as_a_card(village: Village) -> None:
    found = check_paper(village, new_card_token())
    assert (found.verdict, found.kind) == ("not_ours", "card")


@pytest.mark.parametrize("nothing", ["", "\n\r\n", " \t ", "x" * 4_297])
def test_nothing_and_too_much_are_unreadable(village: Village, nothing: str) -> None:
    assert check_paper(village, nothing).verdict == "unreadable"


def test_half_of_one_of_our_notes_is_unreadable(village: Village, sign_note: str) -> None:
    assert check_paper(village, sign_note[:120]).verdict == "unreadable"


@pytest.mark.parametrize(
    "scanner",
    [
        lambda note: note.replace("\n", "\r\n"),
        lambda note: note.rstrip("\n"),
        lambda note: note.replace("—", "-"),
        lambda note: note.encode("ascii", "ignore").decode(),
        lambda note: note.encode("ascii", "replace").decode(),
        lambda note: note.encode().decode("latin-1"),
        lambda note: note.encode().decode("gb18030", "replace"),
        lambda note: note.encode().decode("ascii", "replace").replace("\n", ""),
    ],
    ids=["crlf", "no_end", "dash", "dropped", "question_marks", "latin1", "gb18030", "one_line"],
)
def test_a_scanner_that_cannot_type_chinese_is_understood(
    village: Village, sign_note: str, scanner: Callable[[str], str]
) -> None:
    found = check_paper(village, scanner(sign_note))
    assert (found.verdict, found.reference) == ("genuine", SERIAL)
    assert isinstance(found.facts, SignFacts)
    assert [each.dimension for each in found.facts.stars] == ["courtyard", "rules", "family_spirit"]


@pytest.mark.parametrize(
    "scanner",
    [
        lambda note: note,
        lambda note: note.replace("—", "-"),
        lambda note: note.encode("ascii", "ignore").decode(),
    ],
    ids=["whole", "dash", "dropped"],
)
def test_a_sign_scanned_with_caps_lock_on_is_genuine(
    village: Village, sign_note: str, scanner: Callable[[str], str]
) -> None:
    scanned = decode(scanner(sign_note).swapcase())
    assert isinstance(scanned, NoteScan)
    assert check_paper(village, scanned.text).verdict == "genuine"


WORDS = ("杨桥村善行存折", "结果 2026-0417", "东街12号", "校验 7K3F92QDZ8MW")


@pytest.fixture
def worded(village: Village) -> str:
    """The code of a slip as it is printed now: words for people, then the note that signs them."""
    lines = ("decision 2026-0417", "entry 0", words_line(WORDS))
    coded = with_words(WORDS, signed_paper(village, "2026-0417", lines))
    with writing(village) as work:
        work.session.add(
            PrintJob(
                paper="slip",
                reference="2026-0417",
                media="80",
                payload={"code_words": list(WORDS)},
                covers=0,
                note_lines=list(lines),
                qr_text=coded,
                phase="done",
                created_at=work.now,
            )
        )
    return coded


def test_the_words_on_a_slip_are_part_of_what_is_genuine(village: Village, worded: str) -> None:
    found = check_paper(village, worded)
    assert (found.verdict, found.kind, found.reference) == ("genuine", "slip", "2026-0417")
    assert isinstance(found.facts, SlipFacts)
    assert found.facts.lines == ("decision 2026-0417", "entry 0")
    assert found.facts.words == WORDS


@pytest.mark.parametrize(
    "forge",
    [
        lambda coded: coded.replace("结果", "回执", 1),
        lambda coded: coded.replace("东街12号", "东街21号"),
        lambda coded: coded.replace("2026-0417", "2026-0418", 1),
        lambda coded: "没事了\n" + coded,
        lambda coded: "没事了\n\n" + coded,
        lambda coded: coded.replace("校验 7K3F92QDZ8MW\n", ""),
        lambda coded: coded.replace("decision 2026-0417", "decision 2026-0418"),
        lambda coded: coded.replace("\nwords ", "\nword "),
    ],
    ids=["kind", "house", "number", "line", "more", "shorter", "signed", "hash"],
)
def test_words_that_are_not_those_that_were_signed_are_found(
    village: Village, worded: str, forge: Callable[[str], str]
) -> None:
    forged = forge(worded)
    assert forged != worded
    assert check_paper(village, forged).verdict == "altered"


def test_words_before_a_paper_that_signs_none_are_found(village: Village, slip_note: str) -> None:
    assert check_paper(village, with_words(WORDS, slip_note)).verdict == "altered"


def test_a_slip_of_version_0_1_and_a_bare_note_stay_genuine(village: Village, worded: str) -> None:
    old = ("decision 2026-0418", "rule littering_docks -5", "state countersigned on 2026-11-29")
    for note in (signed_paper(village, "2026-0418", old), worded.partition("\n\n")[2]):
        found = check_paper(village, note)
        assert found.verdict == "genuine"
        assert isinstance(found.facts, SlipFacts)
        assert found.facts.words == ()


@pytest.mark.parametrize("loss", ["ignore", "replace"])
def test_a_scanner_without_chinese_reads_the_words_as_well_as_it_can(
    village: Village, worded: str, loss: str
) -> None:
    mangled = worded.encode("ascii", loss).decode()
    assert check_paper(village, mangled).verdict == "genuine"
    assert check_paper(village, mangled.replace("0417", "0418", 1)).verdict == "altered"
    with village.write() as session:  # whose slip it was has left
        session.query(PrintJob).update({"qr_text": "", "payload": {}})
    assert check_paper(village, mangled).verdict == "unreadable"


def test_a_mangled_text_with_one_more_star_is_altered(village: Village, sign_note: str) -> None:
    mangled = sign_note.encode("ascii", "replace").decode()
    assert check_paper(village, mangled.replace("???? 4", "???? 5")).verdict == "altered"


@pytest.mark.parametrize("loss", ["strict", "ignore", "replace"])
def test_a_row_that_somebody_wrote_makes_no_paper_genuine(
    village: Village, slip_note: str, loss: str
) -> None:
    lines = slip_note.rstrip("\n").split("\n")
    name, signature = lines[-1].split(" ")[1:]
    key_id = base64.b64decode(signature)[:4]
    foreign = base64.b64encode(key_id + bytes(range(64))).decode()
    forged = "\n".join([*lines[:-1], f"\u2014 {name} {foreign}", ""])
    with village.write() as session:  # somebody with the file in their hands
        real = session.query(Checkpoint).filter_by(signature=signature).one()
        row = {column.key: getattr(real, column.key) for column in Checkpoint.__table__.columns}
        session.add(Checkpoint(**{**row, "id": None, "note": forged, "signature": foreign}))
    scanned = forged if loss == "strict" else forged.encode("ascii", loss).decode()
    assert check_paper(village, scanned).verdict in {"altered", "not_ours"}
    assert check_paper(village, slip_note).verdict == "genuine"


def test_a_log_that_lost_entries_is_called_shorter_and_never_forged(
    village: Village, slip_note: str
) -> None:
    now = CheckpointText(village.settings.origin, 7, bytes(32), SLIP_LINES).text()
    found = check_paper(village, village.keys.sign(now))
    assert (found.verdict, found.consistent, found.tree_size) == ("log_shorter", None, 7)


def test_a_sign_that_the_machine_lost_is_called_lost(village: Village) -> None:
    note = signed_paper(village, SERIAL, SIGN_LINES)
    found = check_paper(village, note)
    assert (found.verdict, found.reference) == ("log_shorter", SERIAL)


def test_a_rewritten_log_is_found_out_by_a_slip(sqlite_village: Village) -> None:
    village = sqlite_village
    slip = signed_paper(village, "2026-0417", SLIP_LINES)
    with village.write() as session:  # somebody with the file in their hands
        session.execute(text("DROP TRIGGER ledger_node_UPDATE_refused"))
        session.get_one(LedgerNode, (1, 0)).hash = bytes(32)
    found = check_paper(village, slip)
    assert (found.verdict, found.consistent) == ("log_rewritten", False)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Village, str]]:
    """One village with a sign for the property tests, which only read."""
    folder: Path = tmp_path_factory.mktemp("check")
    names = Settings(YANGQIAO, "yangqiao.example/good-deed-book")
    with found_village(DataDirectory(folder / "village"), names, SettableClock()).closing() as v:
        hang_sign(v)
        yield v, signed_paper(v, SERIAL, SIGN_LINES)


QUICK = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.long
@QUICK
@given(st.text(max_size=600) | st.binary(max_size=600).map(lambda b: b.decode("latin-1")))
def test_no_text_makes_the_check_raise_or_call_it_ours(
    standing: tuple[Village, str], hostile: str
) -> None:
    village, note = standing
    assert hostile != note
    assert check_paper(village, hostile).verdict not in SIGNED_VERDICTS


@st.composite
def mutated(draw: st.DrawFn, note: str) -> str:
    """The note with a piece cut out, and something else in its place."""
    start = draw(st.integers(0, len(note)))
    end = draw(st.integers(start, min(len(note), start + 8)))
    letters = st.text(st.sampled_from("0123456789\n —=+/SQ院落东西AZaz-\udc80\0"), max_size=4)
    return note[:start] + draw(letters) + note[end:]


def _scanned_alike(one: str, other: str) -> bool:
    """True when two texts differ in white space and control characters alone."""
    return [c for c in one if c > " " and not c.isspace()] == [
        c for c in other if c > " " and not c.isspace()
    ]


@pytest.mark.long
@QUICK
@given(st.data())
def test_a_note_with_anything_changed_is_never_called_ours(
    standing: tuple[Village, str], data: st.DataObject
) -> None:
    village, note = standing
    changed = data.draw(mutated(note))
    assume(not _scanned_alike(changed, note))
    if changed == note.replace("—", "-"):  # what a scanner may make of the dash
        return
    assert check_paper(village, changed).verdict not in SIGNED_VERDICTS


@pytest.mark.long
@QUICK
@given(st.data(), st.sampled_from(["ascii", "latin-1", "gb18030"]))
def test_a_mangled_note_with_a_visible_sign_changed_is_never_called_ours(
    standing: tuple[Village, str], data: st.DataObject, code_page: str
) -> None:
    village, note = standing
    mangled = note.encode().decode(code_page, "replace")
    places = [n for n, ch in enumerate(mangled) if "!" <= ch <= "~"]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from("0123456789AZaz+/=-"))
    assume(other != mangled[place])
    changed = mangled[:place] + other + mangled[place + 1 :]
    assert check_paper(village, changed).verdict not in SIGNED_VERDICTS


@pytest.mark.long
@QUICK
@given(st.integers(0, 10**17), st.binary(max_size=40), st.lists(st.text(max_size=20), max_size=4))
def test_whatever_stands_in_a_note_of_our_own_key_never_makes_the_check_raise(
    standing: tuple[Village, str], size: int, root: bytes, lines: list[str]
) -> None:
    village, _ = standing
    import base64

    body = "".join(f"{each}\n" for each in ("x", size, base64.b64encode(root).decode(), *lines))
    try:
        note = village.keys.sign(body)
    except UnicodeEncodeError:
        return
    assert check_paper(village, note).verdict not in {"genuine", "expired"}


def test_a_paper_signed_before_the_village_got_new_keys_is_not_ours(
    village: Village, sign_note: str
) -> None:
    fresh = replace(village.keys, signing=Ed25519PrivateKey.generate())
    assert check_paper(replace(village, keys=fresh), sign_note).verdict == "not_ours"


def slip_picture(note: str) -> Image.Image:
    return slip_raster(Slip(YANGQIAO, "zh", "receipt", "2026-0417", (), (), note), 80)


def test_a_slip_is_checked_as_text_picture_and_pdf(village: Village, tmp_path: Path) -> None:
    note = signed_paper(village, "2026-0417", SLIP_LINES)
    slip = Slip(YANGQIAO, "zh", "receipt", "2026-0417", (), (), note)
    (tmp_path / "slip.txt").write_text(note, "utf-8")
    slip_raster(slip, 80).save(tmp_path / "slip.png")
    slip_raster(slip, 80).convert("L").save(tmp_path / "slip.jpg")
    (tmp_path / "slip.pdf").write_bytes(slip_pdf(slip, 80))
    for kind in ("txt", "png", "jpg", "pdf"):
        assert check_file(village, tmp_path / f"slip.{kind}") == check_paper(village, note)


def test_on_a_picture_of_many_codes_the_signed_paper_is_the_one_meant(
    village: Village, tmp_path: Path
) -> None:
    note = signed_paper(village, "2026-0417", SLIP_LINES)
    papers = [slip_picture("https://example.org/"), slip_picture(note), slip_picture("hello")]
    table = Image.new("L", (576 * 3, max(each.height for each in papers)), 255)
    for place, each in enumerate(papers):
        table.paste(each.convert("L"), (576 * place, 0))
    table.save(tmp_path / "table.png")
    assert check_file(village, tmp_path / "table.png").verdict == "genuine"


def test_a_file_that_shows_no_slip_is_refused_with_a_sentence(
    village: Village, tmp_path: Path
) -> None:
    Image.new("L", (400, 300), 255).save(tmp_path / "wall.png")
    with pytest.raises(ExpectedError, match="slip_no_code"):
        check_file(village, tmp_path / "wall.png")
    (tmp_path / "song").write_bytes(b"ID3\0\0\0")
    for name in ("song", "nothing.png"):
        with pytest.raises(ExpectedError, match="slip_unreadable"):
            check_file(village, tmp_path / name)
