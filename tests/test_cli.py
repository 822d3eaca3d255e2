"""The commands as a keeper types them: real processes, sentences and exit codes."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from kiosk.cli.main import commands
from kiosk.core.catalogue import catalogue
from kiosk.core.clock import SystemClock, village_day
from kiosk.core.ids import new_touch_id
from kiosk.core.paths import DataDirectory
from kiosk.models.register import Resident
from kiosk.services.access import card_desk, sessions
from kiosk.services.audit.fold.coverage import not_covered
from kiosk.services.ledger import last_head
from kiosk.services.upkeep.opening import DATABASE_VARIABLE, open_village
from kiosk.services.upkeep.recovery_key import key_text
from tests.command_line import LOG, NAMED, OFFICIALS, ROOT, TODAY, kiosk

pytestmark = pytest.mark.long

REGISTER = (
    "杨桥村村民名册,,,,\n"
    "姓名,性别,出生日期,门牌号,身份证号\n"
    "林春生,男,1956年3月1日,东街12号,11010519491231002X\n"
    "林长生,男,1956/3/1,桥南3号,\n"
    ",女,1990-01-01,东街12号,\n"
)


def card_and_pin(name: str, data: Path) -> tuple[str, str]:
    """What stands on somebody's sheets, where the command put them."""
    letters = [PdfReader(each).pages[0].extract_text() for each in data.glob("spool/pin-*.pdf")]
    (told,) = (each for each in letters if name in each)
    number, pin = re.search(r"\d{4}-\d{4}", told), re.search(r"(?<![\d-])\d{6}(?![\d-])", told)
    assert number
    assert pin
    return number[0], pin[0]


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("founded") / "village"
    official = [part for told in OFFICIALS for part in ("--official", told)]
    code, said = kiosk("init", *NAMED, *official, data=data)
    assert code == 0, said
    assert len(re.findall(r"card \d{4}-\d{4}\n", said)) == 3
    return data


@pytest.mark.parametrize("language", catalogue().languages)
def test_every_command_explains_itself_in_both_languages(language: str, tmp_path: Path) -> None:
    code, said = kiosk("--help", data=tmp_path, KIOSK_LANGUAGE=language)
    assert code == 0
    for name in ("run", "init", "demo", "import", "signs", "verify", "backup", "doctor"):
        assert name in said
        code, about = kiosk(name, "--help", data=tmp_path, KIOSK_LANGUAGE=language)
        assert code == 0
        key = f"cli.help_{name}"
        assert catalogue().text(key, language)[:12] in about


@pytest.mark.parametrize("page", ["README.md", "docs/operations.md"])
def test_the_manuals_name_every_command(page: str) -> None:
    said = (ROOT / page).read_text("utf-8")
    unsaid = [name for name in commands.commands if not re.search(rf"\b{name}\b", said)]
    assert unsaid == []


def test_a_founded_village_is_healthy_and_its_log_whole(village: Path) -> None:
    assert kiosk("verify", data=village)[0] == 0
    report = json.loads(kiosk("doctor", "--json", data=village)[1])
    wells = {check["code"]: check["well"] for check in report["checks"]}
    assert wells["database"]
    assert wells["log"]
    assert not wells["backup"]


def test_what_verify_does_not_cover_is_listed_with_its_reasons(tmp_path: Path) -> None:
    code, said = kiosk("verify", "--not-covered", data=tmp_path / "no village")
    assert code == 0
    listed = {each.name: each.why for each in not_covered()}
    assert listed
    assert said.splitlines() == [f"{name}: {why}" for name, why in listed.items()]
    as_json = kiosk("verify", "--not-covered", "--json", data=tmp_path / "no village")[1]
    assert json.loads(as_json) == listed


def test_the_directory_may_be_named_before_or_after_the_command(
    village: Path, tmp_path: Path
) -> None:
    assert kiosk("verify", "--data", village, data=tmp_path / "nowhere")[0] == 0


def test_the_first_cards_can_be_printed_and_are_nobody_elses_to_read(village: Path) -> None:
    cards = list((village / "spool").glob("card-*.pdf"))
    assert len(cards) == 3
    assert {card.stat().st_mode & 0o777 for card in cards} == {0o600}


def test_founding_leaves_no_pin_on_the_console(tmp_path: Path) -> None:
    data = tmp_path / "village"
    official = [part for told in OFFICIALS for part in ("--official", told)]
    founding = ("init", *NAMED, *official)
    code, said = kiosk(*founding, data=data)
    assert (code, "Print the cards and the letters" in said) == (0, True), said
    number, pin = card_and_pin("李秀兰", data)
    assert number in said
    assert pin not in said
    code, said = kiosk(*founding, "--show-pins", data=tmp_path / "to try")
    assert len(re.findall(r"PIN \d{6}", said)) == 3


def test_a_new_machine_is_opened_from_the_stick_and_the_sheet(
    village: Path, tmp_path: Path
) -> None:
    new, stick = tmp_path / "new", tmp_path / "stick"
    made = json.loads(kiosk("backup", "--to", stick, "--json", data=village)[1])["file"]
    key = key_text((village / "keys" / "backup.key").read_bytes())
    code, said = kiosk("restore", made, data=new, typed=f"{key}\ny\n")
    assert (code, "a clerk gives each resident a new card" in said) == (0, True), said
    assert kiosk("new-cards", data=new, typed="n\n")[0] == 1
    code, said = kiosk("new-cards", "--yes", data=new)
    assert (code, said.count("The letter with the PIN")) == (0, 3), said
    card, pin = card_and_pin("李秀兰", new)
    soap = ("offer-perk", "肥皂", "Soap", "--price", 3, "--stock", 9, "--card", card)
    assert kiosk(*soap, data=new, KIOSK_PIN=pin)[0] == 0
    code, said = kiosk("new-cards", "--yes", data=new)
    assert (code, "Officials can sign in here" in said) == (2, True), said
    assert kiosk("new-cards", "--yes", data=village)[0] == 2


def test_founding_again_changes_nothing(village: Path) -> None:
    before = (village / "village.toml").read_bytes()
    code, said = kiosk("init", "--name-zh", "x", "--name-en", "x", data=village)
    assert code == 3
    assert "left alone" in said
    assert (village / "village.toml").read_bytes() == before
    assert kiosk("init", "--put-demo-aside", data=village)[0] == 3
    assert (village / "village.toml").read_bytes() == before


def test_from_trying_out_to_the_real_thing_the_demo_is_moved_and_not_lost(
    village: Path, tmp_path: Path
) -> None:
    data = tmp_path / "village"
    shutil.copytree(village, data)
    settings = (data / "village.toml").read_text("utf-8")
    (data / "village.toml").write_text(settings.replace("demo = false", "demo = true"), "utf-8")
    code, said = kiosk("init", data=data)
    assert (code, "kiosk init --put-demo-aside" in said) == (3, True), said
    official = [part for told in OFFICIALS for part in ("--official", told)]
    named = ("init", "--put-demo-aside", "--name-zh", "新村", "--name-en", "Xin", *LOG, *official)
    code, said = kiosk(*named[:-1], "李秀兰,1970-02-14,西巷,5,mayor", data=data)
    assert (code, len(list(tmp_path.iterdir()))) == (2, 1), said
    code, said = kiosk(*named, data=data)
    assert code == 0, said
    (aside,) = tmp_path.glob("village-demo-*")
    assert (aside / "village.sqlite3").exists()
    assert "新村" in (data / "village.toml").read_text("utf-8")


@pytest.mark.parametrize(
    "told",
    [
        "周根土",
        "周根土,1961-13-04,东街,1,officer",
        "周根土,1961-05-04,东街,1,mayor",
        "周根土,2020-05-04,东街,1,officer",
    ],
)
def test_an_official_that_is_not_clear_founds_nothing(tmp_path: Path, told: str) -> None:
    data = tmp_path / "village"
    code, said = kiosk("init", *NAMED, "--official", told, data=data)
    assert code == 2
    assert "周根土" in said
    assert not data.exists()


def test_officials_can_be_typed_one_by_one(tmp_path: Path) -> None:
    """In the words of the village, and each question stands on a line of its own."""
    duties = {"officer": "审核员", "clerk": "办事员", "keeper": "管理员"}
    typed = "\n".join(
        ("新村", "Xin", LOG[1], *OFFICIALS, "林长生,1960-01-01,桥南,9,keeper", "", TODAY, "")
    )
    for duty, name in duties.items():
        typed = typed.replace(duty, name)
    code, said = kiosk("init", data=tmp_path / "v", typed=typed)
    assert code == 0, said
    assert "林长生 (Keeper)" in said
    asked = catalogue().text("cli.ask_official", "en")
    assert said.splitlines().count(f"{asked}: ") == 5


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "KIOSK_LANGUAGE": "en"}, "en"),
    ],
)
def test_the_language_of_the_machine_is_spoken_without_its_locale(
    tmp_path: Path, environment: dict[str, str], spoken: str
) -> None:
    """Debian generates no locale that nobody asked for."""
    told = {"LC_ALL": "", "LC_MESSAGES": "", "KIOSK_LANGUAGE": "", **environment}
    code, said = kiosk("doctor", data=tmp_path / "none", **told)
    expected = catalogue().text("error.no_village", spoken, tmp_path / "none")
    assert code != 0
    assert expected[:6] in said, said


def test_where_nothing_can_be_drawn_it_says_so_in_every_language(tmp_path: Path) -> None:
    code, said = kiosk("no-screen", "--seconds", "0", data=tmp_path / "none")
    assert code == 3
    for language in catalogue().languages:
        assert catalogue().text("cli.no_screen", language) in said


def test_a_wrong_call_is_told_the_commands_own_name(tmp_path: Path) -> None:
    code, said = kiosk("verify", "--nonsense", data=tmp_path)
    assert (code, said.startswith("Usage: kiosk verify")) == (2, True), said


def test_a_register_is_tried_then_imported_then_recognised(village: Path, tmp_path: Path) -> None:
    file = tmp_path / "名册.csv"
    file.write_bytes(REGISTER.encode("gb18030"))
    code, said = kiosk("import", file, "--dry-run", data=village)
    assert code == 1
    assert "Nothing was written" in said
    refused = tmp_path / "refused.csv"
    code, said = kiosk("import", file, "--refused", refused, "--json", data=village)
    assert code == 1
    report = json.loads(said)
    assert (report["added"], report["refused"]) == (2, 1)
    assert report["rows"][0]["line"] == 5
    assert refused.read_bytes()
    assert json.loads(kiosk("import", file, "--json", data=village)[1])["unchanged"] == 2
    for kept in village.glob("village.sqlite3*"):
        assert b"11010519491231002X" not in kept.read_bytes()


def test_an_import_says_what_became_of_every_line(village: Path, tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    strangers = REGISTER.replace("林", "何").replace("1956", "1957")
    file.write_text(strangers, "utf-8")
    code, said = kiosk("import", file, "--dry-run", data=village)
    assert code == 1
    assert "5 lines in all: 2 added, 0 updated, 0 unchanged, 1 refused, 2 passed over" in said
    assert "2 households: 2 with 1 person" in said
    assert "E 身份证号 (identity number, not kept)" in said
    report = json.loads(kiosk("import", file, "--dry-run", "--json", data=village)[1])
    became = (report[each] for each in ("added", "updated", "unchanged", "refused"))
    waits = sum(report["for_the_desk"].values())
    assert sum(became) + waits + sum(report["passed_over"].values()) == report["lines"] == 5
    assert report["households"]["sizes"] == {"1": 2}
    assert report["rows"][0]["code"] == "row_no_name"
    assert [each["taken_for"] for each in report["sheets"][0]["columns"]] == [
        "name", "sex", "born_on", "number", "identity",
    ]  # fmt: skip


@pytest.mark.parametrize("where", ["nowhere/refused.csv", "", "r.csv"])
def test_a_place_where_no_refused_lines_can_go_is_refused_before_anything_is_imported(
    village: Path, tmp_path: Path, where: str
) -> None:
    file = tmp_path / "r.csv"
    file.write_text("姓名,门牌号\n陆小凤,东街77号\n", "utf-8")
    code, said = kiosk("import", file, "--refused", tmp_path / where, data=village)
    assert code == 2
    assert "nothing was imported" in said
    assert file.read_text("utf-8").startswith("姓名")
    assert json.loads(kiosk("import", file, "--dry-run", "--json", data=village)[1])["added"] == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.csv", b"Dear village,\nhow are you?\n"),
        ("noise.xlsx", bytes(range(256)) * 40),
        ("empty.csv", b""),
    ],
)
def test_a_file_that_is_no_register_gets_a_sentence(
    village: Path, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    code, said = kiosk("import", tmp_path / name, data=village)
    assert code == 2
    assert len(said.strip().splitlines()) == 1


def test_a_backup_is_made_and_checked(village: Path, tmp_path: Path) -> None:
    code, said = kiosk("backup", "--to", tmp_path / "stick", "--json", data=village)
    assert code == 0
    assert Path(json.loads(said)["file"]).exists()


def test_without_a_village_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    code, said = kiosk("doctor", data=tmp_path / "nowhere")
    assert code == 3
    assert "kiosk init" in said
    assert not (tmp_path / "nowhere").exists()


def test_a_wrong_window_size_is_explained(village: Path) -> None:
    code, said = kiosk("run", "--window", "big", data=village, QT_QPA_PLATFORM="offscreen")
    assert code == 2
    assert "1280x800" in said


def test_a_damaged_database_is_named_and_left_as_it_is(village: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(village, damaged)
    file = damaged / "village.sqlite3"
    for side in damaged.glob("village.sqlite3-*"):
        side.unlink()
    file.write_bytes(b"not a database at all" * 500)
    code, said = kiosk("verify", data=damaged)
    assert code == 3
    assert "damaged" in said
    assert file.read_bytes().startswith(b"not a database")


def test_a_wrong_pin_makes_no_signs(village: Path) -> None:
    code, said = kiosk("signs", "--card", "12345678", data=village, KIOSK_PIN="000001")
    assert code == 2
    assert said.strip()


def test_a_rewritten_log_makes_verify_say_no(village: Path, tmp_path: Path) -> None:
    import pysqlite3

    altered = tmp_path / "altered"
    shutil.copytree(village, altered)
    connection = pysqlite3.connect(str(altered / "village.sqlite3"))
    connection.execute("DROP TRIGGER ledger_entry_UPDATE_refused")
    connection.execute("UPDATE ledger_entry SET kind = 'other' WHERE \"index\" = 1")
    connection.commit()
    connection.close()
    code, said = kiosk("verify", "--json", data=altered)
    assert code == 1
    found = json.loads(said)["findings"]
    assert {"code": "entry_altered", "first": 1, "last": 1} in found
    names = {each["code"]: each.get("name") for each in found}
    assert names == {
        "entry_altered": None,
        "kind_unknown": "other",
        "not_allowed": "rulebook_ordered: no rule stood",
        "row_extra": "rule_version",
        "schema_missing": "ledger_entry_UPDATE_refused",
    }


def another_origin(data: Path) -> None:
    settings = DataDirectory(data).settings
    told = settings.read_text("utf-8")
    settings.write_text(told.replace("yangqiao.example", "lindu.example"), "utf-8")


def another_key(data: Path) -> None:
    key = data / "keys" / "signing.key"
    key.write_bytes(secrets.token_bytes(32))


def no_last_head(data: Path) -> None:
    (data / "keys" / last_head.FILE).unlink()


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (another_origin, {"log_other_village"}),
        (another_key, {"log_other_key"}),
        (no_last_head, {"log_head_unknown"}),
    ],
)
def test_verify_says_that_the_log_is_not_that_of_this_machine(
    village: Path, tmp_path: Path, change: Callable[[Path], None], codes: set[str]
) -> None:
    other = tmp_path / "other"
    shutil.copytree(village, other)
    change(other)
    code, said = kiosk("verify", "--json", data=other)
    assert {each["code"] for each in json.loads(said)["findings"]} == codes, said
    assert code == 1
    code, said = kiosk("verify", data=other)
    assert (code, len(said.splitlines())) == (1, len(codes)), said


def test_the_exported_log_can_be_checked_without_the_kiosk(village: Path, tmp_path: Path) -> None:
    exported = tmp_path / "log.jsonl"
    assert kiosk("export-log", exported, data=village)[0] == 0
    answer = subprocess.run(
        [sys.executable, ROOT / "packaging/verifier/verify_log.py", exported],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 0
    assert "yangqiao.example/good-deed-book" in answer.stdout


def test_an_older_database_is_refused_until_its_restore_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
    data = tmp_path / "village"
    official = [part for told in OFFICIALS for part in ("--official", told)]
    kiosk("init", *NAMED, *official, data=data)
    older = (data / "village.sqlite3").read_bytes()
    kiosk("confirm-clock", "--yes", data=data)
    with open_village(DataDirectory(data), SystemClock()).closing() as opened:
        last_head.remember(opened)
    (data / "village.sqlite3").write_bytes(older)
    code, said = kiosk("backup", data=data)
    assert (code, "kiosk note-restore" in said) == (3, True)
    code, said = kiosk("verify", data=data)
    assert (code, "put in its place" in said) == (1, True)
    assert kiosk("doctor", data=data)[0] == 1
    assert kiosk("note-restore", data=data, typed="n\n")[0] == 1
    code, said = kiosk("note-restore", data=data, typed="y\n")
    assert (code, "was put back to" in said) == (0, True)
    code, said = kiosk("note-restore", "--yes", data=data)
    assert (code, "nothing was lost" in said) == (2, True)
    assert kiosk("backup", data=data)[0] == 0
    assert kiosk("verify", data=data)[0] == 0


def test_keys_go_to_another_terminal_with_the_recovery_sheet(village: Path, tmp_path: Path) -> None:
    sealed, there = tmp_path / "keys.sealed", tmp_path / "there"
    assert kiosk("export-keys", sealed, data=village)[0] == 0
    key = key_text((village / "keys" / "backup.key").read_bytes())
    code, said = kiosk("import-keys", sealed, data=there, typed=f"{key}\n")
    assert (code, "a name of its own" in said) == (0, True)
    signing = [(each / "keys" / "signing.key").read_bytes() for each in (village, there)]
    assert signing[0] == signing[1]
    wrong = key_text(bytes(32))
    code, said = kiosk("import-keys", sealed, data=tmp_path / "x", KIOSK_RECOVERY_KEY=wrong)
    assert (code, "another recovery key" in said) == (2, True)


def test_a_clerk_puts_perks_on_the_shelf(tmp_path: Path) -> None:
    data = tmp_path / "village"
    official = [part for told in OFFICIALS for part in ("--official", told)]
    kiosk("init", *NAMED, *official, data=data)
    officers_card, officers_pin = card_and_pin("周根土", data)
    clerks_card, clerks_pin = card_and_pin("李秀兰", data)
    soap = ("offer-perk", "肥皂", "Soap", "--price", 3, "--stock", 9, "--card")
    code, said = kiosk(*soap, clerks_card, data=data, KIOSK_PIN=clerks_pin)
    assert (code, "Soap (肥皂): 3 points, 9 left" in said) == (0, True), said
    code, said = kiosk(*soap, officers_card, data=data, KIOSK_PIN=officers_pin)
    assert (code, "not part of your office" in said) == (2, True), said
    assert kiosk("verify", data=data)[0] == 0


def _loses_the_card(name: str, data: Path) -> None:
    """At the desk, so that it opens nothing any more."""
    with open_village(DataDirectory(data), SystemClock()).closing() as village:
        clerk = sessions.sign_in(village, *card_and_pin("李秀兰", data), official=True)
        with village.read() as session:
            who = session.scalars(select(Resident.id).where(Resident.name == name)).one()
        card_desk.report_lost(village, clerk.id, who, new_touch_id())


def test_an_office_is_given_at_the_machine_only_where_two_officers_are_no_longer_left(
    village: Path, tmp_path: Path
) -> None:
    today = village_day(SystemClock().now()).isoformat()
    asked = ("appoint", "李秀兰", "1970-02-14", "officer", "--assembly", today, "--yes")
    code, said = kiosk(*asked, data=village)
    assert (code, "officers of two households" in said) == (2, True), said
    alone = tmp_path / "alone"
    official = [part for told in OFFICIALS for part in ("--official", told)]
    founded = ("init", *NAMED, *official)
    assert kiosk(*founded, data=alone)[0] == 0
    _loses_the_card("周根土", alone)
    code, said = kiosk(*asked, data=alone)
    assert (code, "The letter with the PIN" in said) == (0, True), said
    card, pin = card_and_pin("李秀兰", alone)
    soap = ("offer-perk", "肥皂", "Soap", "--price", 3, "--stock", 9, "--card", card)
    assert kiosk(*soap, data=alone, KIOSK_PIN=pin)[0] == 0
    assert kiosk("verify", data=alone)[0] == 0
