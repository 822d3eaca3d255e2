"""The stand-alone verifier, which shares no code with the kiosk, comes to the same answers."""

from __future__ import annotations

import importlib.util
import json
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.services.ledger import log
from kiosk.services.ledger.export import export_log
from kiosk.services.signing.signed_note import (
    CheckpointText,
    Verifier,
    parse_checkpoint,
    parse_note,
    sign,
    with_words,
    words_line,
)
from kiosk.services.upkeep.restore import replace_key
from kiosk.services.village import Village
from kiosk.services.work import writing

VERIFIER = Path(__file__).parents[3] / "packaging" / "verifier" / "verify_log.py"


def _verifier() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_log", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["verify_log"] = module
    spec.loader.exec_module(module)
    return module


alone = _verifier()


def verify(exported: Path, *papers: Path, keys: Sequence[str] = ()) -> tuple[int, str]:
    given = [part for key in keys for part in ("--key", key)]
    answer = subprocess.run(
        [sys.executable, "-I", VERIFIER, *given, exported, *papers],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return answer.returncode, answer.stdout + answer.stderr


@pytest.fixture
def papers(village: Village, tmp_path: Path) -> list[Path]:
    """Slips signed after 3, 6, 9 and 12 entries, the one that founds the village among them."""
    files = []
    for count in (3, 6, 9, 12):
        with writing(village) as work:
            for number in range(2 if count == 3 else 3):
                log.append(work, "test", {"number": number})
        with writing(village) as work:
            note = log.sign_checkpoint(work, f"r{count}", count - 1, (f"ref {count}",))
        files.append(tmp_path / f"slip-{count}.txt")
        files[-1].write_text(note, "utf-8")
    return files


@pytest.fixture
def exported(village: Village, papers: list[Path], tmp_path: Path) -> Path:
    file = tmp_path / "log.jsonl"
    assert export_log(village, file) == 12
    return file


def test_every_slip_fits_the_exported_log(exported: Path, papers: list[Path]) -> None:
    code, said = verify(exported, *papers)
    assert code == 0
    assert said.count("unchanged") == 4


@pytest.mark.long
def test_it_reads_the_words_before_a_note_and_finds_other_ones(
    village: Village, exported: Path, tmp_path: Path
) -> None:
    words = ("杨桥村善行存折", "结果 2026-0104", "校验 7K3F92QDZ8MW")
    with writing(village) as work:
        lines = ("decision 2026-0104", words_line(words))
        coded = with_words(words, log.sign_checkpoint(work, "2026-0104", 11, lines))
    paper = tmp_path / "worded.txt"
    for text, code, told in (
        (coded, 0, "unchanged"),
        (coded.partition("\n\n")[2], 0, "unchanged"),
        (coded.replace("0104", "0105", 1), 1, "refused (the words"),
        ("more\n" + coded, 1, "refused (the words"),
        (coded.replace(words_line(words), "words " + "A" * 24), 1, "refused (not signed"),
    ):
        paper.write_text(text, "utf-8")
        found, said = verify(exported, paper)
        assert (found, told in said) == (code, True), said


def test_the_export_holds_nothing_but_commitments(exported: Path) -> None:
    lines = exported.read_text("utf-8").splitlines()[1:]
    assert {len(line) for line in lines} == {44}


def test_slips_narrow_down_what_was_altered(exported: Path, papers: list[Path]) -> None:
    lines = exported.read_text("utf-8").splitlines()
    lines[1 + 7] = lines[1 + 8]
    exported.write_text("\n".join(lines) + "\n", "utf-8")
    code, said = verify(exported, *papers)
    assert code == 1
    assert "altered among the entries 6 to 8" in said
    assert said.count("rewritten") == 2


def test_a_log_that_lost_its_end_is_called_older_and_not_forged(
    exported: Path, papers: list[Path]
) -> None:
    lines = exported.read_text("utf-8").splitlines()
    exported.write_text("\n".join(lines[:-2]) + "\n", "utf-8")
    code, said = verify(exported, papers[-1])
    assert code == 1
    assert "entries 10 to 11 are not in this log" in said


def test_a_slip_of_another_key_is_refused(exported: Path, tmp_path: Path, village: Village) -> None:
    other = Ed25519PrivateKey.generate()
    text = CheckpointText(village.settings.origin, 3, bytes(32)).text()
    paper = tmp_path / "forged.txt"
    paper.write_text(sign(text, village.settings.origin, other), "utf-8")
    code, said = verify(exported, paper)
    assert code == 1
    assert "refused" in said


@pytest.mark.long
def test_a_thousand_forged_slips_are_refused(
    exported: Path, papers: list[Path], village: Village
) -> None:
    """Every kind of forgery: a changed byte, a cut, a mix of two slips, a replaced signature."""
    origin, keys, _ = alone.read_log(exported)
    notes = [paper.read_text("utf-8") for paper in papers]
    dice, refused = random.Random(4), 0
    while refused < 1_000:
        note, other = dice.sample(notes, 2)
        place = dice.randrange(len(note))
        forged = dice.choice(
            [
                note[:place] + chr(dice.randrange(33, 126)) + note[place + 1 :],
                note[:place],
                note[:place] + note[place + 1 :],
                note.split("\n\n")[0] + "\n\n" + other.split("\n\n")[1],
            ]
        )
        if forged in notes:
            continue
        with pytest.raises(alone.Unusable):
            alone.read_paper("x", forged, origin, keys)
        refused += 1


def test_a_file_that_is_no_log_gets_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear village\n", "utf-8")
    code, said = verify(file)
    assert code == 2
    assert "Traceback" not in said


@pytest.mark.long
def test_a_paper_that_a_replaced_key_signed_after_its_end_is_refused(
    village: Village, exported: Path, papers: list[Path], tmp_path: Path
) -> None:
    changed = replace_key(village)
    with writing(changed) as work:
        head = log.head(work.session)
        log.sign_checkpoint(work, "new", head.size - 1, ("ref new",))
    export_log(changed, exported)
    old, new = village.keys.verifier.text(), changed.keys.verifier.text()
    assert json.loads(exported.read_text("utf-8").splitlines()[0])["until"] == {old: 12}
    stolen = tmp_path / "stolen.txt"
    text = CheckpointText(village.settings.origin, head.size, head.root, ("ref stolen",)).text()
    stolen.write_text(village.keys.sign(text), "utf-8")
    for keys in ((), (old, new)):
        code, said = verify(exported, *papers, stolen, keys=keys)
        assert code == 1
        assert "stolen.txt: refused (signed with a key that was no longer in use)" in said
        assert said.count("unchanged") == 4
    stolen.write_text(changed.keys.sign(text), "utf-8")
    assert verify(exported, stolen, keys=(new,))[0] == 0
    code, said = verify(exported, *papers, keys=(new,))
    assert (code, said.count("refused (not signed with a key")) == (1, 4)


def test_a_key_that_was_slipped_into_the_file_is_not_believed_where_keys_are_given(
    village: Village, exported: Path, papers: list[Path], tmp_path: Path
) -> None:
    foreign = Ed25519PrivateKey.generate()
    origin = village.settings.origin
    slipped = Verifier(origin, foreign.public_key().public_bytes_raw())
    header, *rest = exported.read_text("utf-8").splitlines()
    told = json.loads(header)
    told["keys"].append(slipped.text())
    exported.write_text("\n".join([json.dumps(told), *rest]) + "\n", "utf-8")
    forged = tmp_path / "forged.txt"
    root = parse_checkpoint(parse_note(papers[-1].read_text("utf-8")).text).root
    forged.write_text(sign(CheckpointText(origin, 12, root).text(), origin, foreign), "utf-8")
    assert verify(exported, forged)[0] == 0
    code, said = verify(exported, forged, *papers, keys=[village.keys.verifier.text()])
    assert code == 1
    assert f"other keys, which are not believed: {slipped.key_id.hex()}" in said
    assert "forged.txt: refused" in said
    assert said.count("unchanged") == 4


@pytest.mark.parametrize(
    "header",
    [
        '{"origin": "x", "keys": [5]}',
        '{"origin": "x", "keys": [[]]}',
        '{"origin": "x", "keys": ["a+b+c"]}',
        '{"origin": "x", "keys": 5}',
        '{"origin": 5, "keys": []}',
        '{"origin": "\\u001b[2J", "keys": []}',
        '{"origin": "\\ud800", "keys": []}',
        '{"origin": "x", "keys": [], "until": []}',
        '{"origin": ' + "9" * 5_000 + ', "keys": []}',
        "[" * 100_000,
        "[]",
        "",
    ],
)
def test_a_header_that_is_none_gets_a_sentence(header: str, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    file.write_text(header + "\n", "utf-8")
    code, said = verify(file)
    assert code == 2
    assert said.startswith("cannot be used: ")
    assert "Traceback" not in said


@pytest.mark.long
def test_an_end_that_is_no_number_and_a_key_that_is_none_get_a_sentence(
    village: Village, exported: Path
) -> None:
    key = village.keys.verifier.text()
    for broken in ("", "x", key[:-1], key + "="):
        assert verify(exported, keys=[broken])[0] == 2
    ends: list[object] = [-1, 1.5, True, "12", []]
    for until in ends:
        header = {"origin": village.settings.origin, "keys": [key], "until": {key: until}}
        exported.write_text(json.dumps(header) + "\n", "utf-8")
        code, said = verify(exported)
        assert (code, "Traceback" in said) == (2, False), until


@pytest.mark.long
def test_signed_papers_that_are_no_checkpoints_are_refused_in_a_sentence(
    village: Village, exported: Path, papers: list[Path], tmp_path: Path
) -> None:
    """Nobody but the village can sign these; the verifier stands up to it all the same."""
    origin, good = village.settings.origin, papers[0].read_text("utf-8")
    root = good.split("\n")[2]
    other = sign(good.partition("\n\n")[0] + "\n", "elsewhere", Ed25519PrivateKey.generate())
    line = good.rpartition("\n\n")[2]
    wrong = village.keys.sign("something else\n").rpartition("\n\n")[2]
    paper = tmp_path / "odd.txt"
    for note, told in (
        (village.keys.sign(f"{origin}\n{'9' * 5_000}\n{root}\n"), "larger than any log"),
        (village.keys.sign(f"{origin}\n3\n{root}\nref \x1b[2J\n"), "a control character"),
        (village.keys.sign(f"{origin}\n3\n{root}\nref \0\n"), "a control character"),
        (good + "junk\n", "a line that is no signature"),
        (good + wrong, "not signed with the key that it names"),
        (good.replace(line, wrong + line), "not signed with the key that it names"),
    ):
        paper.write_text(note, "utf-8")
        code, said = verify(exported, paper)
        assert (code, "odd.txt: refused (" in said, told in said) == (1, True, True), said
    paper.write_text(good + other.rpartition("\n\n")[2], "utf-8")
    assert verify(exported, paper)[0] == 0, "a key that nobody knows says nothing"


# RFC 8032 section 7.1, tests 1 to 3: public key, message, signature.
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), RFC_8032)
def test_the_signature_check_agrees_with_the_rfcs_vectors(
    key: str, message: str, signature: str
) -> None:
    parts = [bytes.fromhex(part) for part in (key, message, signature)]
    assert alone.signature_fits(*parts)
    assert not alone.signature_fits(parts[0], parts[1] + b"x", parts[2])


@settings(max_examples=20)
@given(st.binary(max_size=40), st.integers(0, 511))
def test_the_signature_check_refuses_every_flipped_bit(message: bytes, bit: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    signature = bytearray(key.sign(message))
    public = key.public_key().public_bytes_raw()
    assert alone.signature_fits(public, message, bytes(signature))
    signature[bit // 8] ^= 1 << bit % 8
    assert not alone.signature_fits(public, message, bytes(signature))


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70))
def test_both_trees_agree(commitments: list[bytes]) -> None:
    from kiosk.services.ledger import merkle

    nodes: dict[tuple[int, int], bytes] = {}
    read = lambda level, position: nodes[level, position]  # noqa: E731
    for size, leaf in enumerate(commitments):
        for level, position, node in list(
            merkle.completed_nodes(size, merkle.leaf_hash(leaf), read)
        ):
            nodes[level, position] = node
    assert alone.root_of(commitments) == merkle.root(len(commitments), read)
