"""Signed notes against Go's published vector, and checkpoints against their grammar."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kiosk.services.signing.signed_note import (
    CheckpointText,
    MalformedNote,
    Verifier,
    parse_checkpoint,
    parse_note,
    sign,
    take_words,
    with_words,
    without_words_line,
    words_fit,
    words_line,
)

# The example of Go's golang.org/x/mod/sumdb/note package.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6"
    "KE6RyyBwJnAM=\n"
)
# Two checkpoints that Go's checksum database published in 2023 and 2026, with its published key.
SUMDB_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
SUMDB_NOTES = (
    "go.sum database tree\n15081221\nBoMMe1wd25Tco0mYGROkyqxHZWx+hcSCtMV315Lu6Lg=\n\n"
    "— sum.golang.org Az3grilD7vQqTrv66jRgKM84Y80KTprrSt4bKmiOPxgmS5ZVBTeCl6dUvjYnN13R+C8j0jGY1WnU"
    "ADGMkok3U0m2Zgo=\n",
    "go.sum database tree\n63096908\n8lHrQPRYe4KT4WQ9/Qk8/taKnD6IRHbFgfN7vQE2Y54=\n\n"
    "— sum.golang.org Az3gri/oVBN1jAhNZ/iS+W31psFAWRT20/GyrhpU6taFwulQGetBkH5S7wpGXdS935jiIGiUUAXB"
    "VHzT/P6fYhqAmAk=\n",
)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
VERIFIER = Verifier("yangqiao.example/good-deed-book", KEY.public_key().public_bytes_raw())
CHECKPOINT = CheckpointText(VERIFIER.name, 1234, bytes(32), ("ref 2026-0417", "陪老人出门办事 +6"))
NOTE = sign(CHECKPOINT.text(), VERIFIER.name, KEY)


def verifier(text: str) -> Verifier:
    name, _, key = text.split("+", 2)
    return Verifier(name, base64.b64decode(key)[1:])


def go_verifier() -> Verifier:
    return verifier(GO_KEY)


@pytest.mark.parametrize("note", SUMDB_NOTES)
def test_a_published_checkpoint_of_gos_checksum_database_is_accepted(note: str) -> None:
    published = verifier(SUMDB_KEY)
    read = parse_note(note)
    assert read.signed_by([published]) == published
    checkpoint = parse_checkpoint(read.text)
    assert checkpoint.origin == "go.sum database tree"
    assert checkpoint.text() == read.text


def test_gos_published_note_is_accepted_with_gos_published_key() -> None:
    assert go_verifier().text() == GO_KEY
    assert parse_note(GO_NOTE).signed_by([go_verifier()]) == go_verifier()


def test_gos_note_with_another_word_is_refused() -> None:
    with pytest.raises(MalformedNote, match="does not fit"):
        parse_note(GO_NOTE.replace("answer", "remedy")).signed_by([go_verifier()])


def test_a_note_that_we_sign_reads_back_with_its_lines() -> None:
    note = parse_note(NOTE)
    assert note.signed_by([go_verifier(), VERIFIER]) == VERIFIER
    assert parse_checkpoint(note.text) == CHECKPOINT


def test_a_note_by_an_unknown_key_is_nobodys() -> None:
    assert parse_note(NOTE).signed_by([go_verifier()]) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "no signature\n",
        NOTE[:-1],
        NOTE.replace("— ", "- "),
        NOTE.replace("— ", "— +"),
        NOTE.replace("ref", "ref\t"),
        NOTE.replace("\n\n", "\n"),
        NOTE[:-3] + "!\n",
        GO_NOTE * 40,
        CHECKPOINT.text() + "\n— name AAAA\n",
    ],
)
def test_what_is_not_a_signed_note_is_refused(text: str) -> None:
    with pytest.raises(MalformedNote):
        parse_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "origin\n5\n",
        "origin\n05\n" + base64.b64encode(bytes(32)).decode() + "\n",
        "origin\n٣\n" + base64.b64encode(bytes(32)).decode() + "\n",
        "origin\n-1\n" + base64.b64encode(bytes(32)).decode() + "\n",
        "origin\n5\n" + base64.b64encode(bytes(31)).decode() + "\n",
        "origin\n5\nnot base64\n",
        "\n5\n" + base64.b64encode(bytes(32)).decode() + "\n",
        "origin\n" + "9" * 19 + "\n" + base64.b64encode(bytes(32)).decode() + "\n",
    ],
)
def test_what_is_not_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(MalformedNote):
        parse_checkpoint(text)


@pytest.mark.parametrize("line", ["", "two\nlines"])
def test_a_checkpoint_line_cannot_smuggle_in_another(line: str) -> None:
    with pytest.raises(MalformedNote):
        CheckpointText("origin", 1, bytes(32), (line,)).text()


@given(st.integers(0, len(NOTE) - 1), st.characters(codec="utf-8"))
def test_no_changed_character_leaves_a_note_signed(place: int, other: str) -> None:
    forged = NOTE[:place] + other + NOTE[place + 1 :]
    if forged == NOTE:
        return
    try:
        signer = parse_note(forged).signed_by([VERIFIER])
    except MalformedNote:
        return
    assert signer is None


@given(st.text(max_size=300))
def test_arbitrary_text_is_read_or_refused_and_never_signed(text: str) -> None:
    try:
        assert parse_note(text).signed_by([VERIFIER]) is None
    except MalformedNote:
        assert text != NOTE


WORDS = ("杨桥村善行存折", "结果 2026-0104", "校验 7K3F92QDZ8MW")


def test_words_before_a_note_come_off_again_and_leave_it_a_plain_note() -> None:
    text = with_words(WORDS, NOTE)
    assert text.startswith("杨桥村善行存折\n")
    assert take_words(text) == ("\n".join(WORDS), NOTE)
    assert take_words(NOTE) == ("", NOTE)
    assert with_words((), NOTE) == NOTE


@pytest.mark.parametrize("line", ["", "two\nlines", "an empty\n\nline"])
def test_no_line_of_words_can_pretend_to_be_the_note(line: str) -> None:
    with pytest.raises(ValueError, match="words"):
        with_words((line,), NOTE)


def test_words_fit_only_the_note_that_signs_them() -> None:
    text = CheckpointText("origin", 1, bytes(32), ("facts", words_line(WORDS))).text()
    assert words_fit("\n".join(WORDS), text)
    assert words_fit("", text)  # the bare note says nothing untrue
    assert not words_fit("\n".join(WORDS).replace("0104", "0105"), text)
    assert not words_fit("\n".join(WORDS), CheckpointText("origin", 1, bytes(32)).text())
    assert without_words_line(("facts", words_line(WORDS))) == ("facts",)
    assert without_words_line(("facts",)) == ("facts",)
