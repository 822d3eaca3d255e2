"""Whether a paper is ours, is still in force, and still fits the village log.

What is held before the scanner is text from outside: it is taken apart by a fixed grammar, held
against the village's key, and never trusted. A paper is known only by a good signature over
exactly the text that was signed. Some scanners cannot type Chinese; such a text is looked up by
its signature among the notes that left this machine, and accepted only if it is, sign for sign,
what a scanner of that kind makes of the stored note. The words for people before a note are held
to the hash of them that it signs.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.core.card_token import parse_card_token
from kiosk.core.catalogue import CHINESE
from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.models.ledger import Checkpoint
from kiosk.models.letters import Letter
from kiosk.models.printing import PrintJob
from kiosk.models.register import Household
from kiosk.models.stars import DoorSign, StarRound
from kiosk.services.check import kinds
from kiosk.services.check.kinds import Kind, Verdict
from kiosk.services.ledger import log
from kiosk.services.signing.signed_note import (
    LONGEST_NOTE,
    CheckpointText,
    MalformedNote,
    Verifier,
    parse_checkpoint,
    parse_note,
    signs_words,
    take_words,
    with_words,
    without_words_line,
    words_fit,
)
from kiosk.services.stars.ratings import DIMENSIONS
from kiosk.services.village import Village
from kiosk.services.work import Work, reading

SIGNED_VERDICTS = frozenset(
    {
        "genuine",
        "expired",
        "replaced",
        "taken_down",
        "outdated",
        "used",
        "revoked",
        "log_shorter",
        "log_rewritten",
        "key_ended",
    }
)
"""The verdicts that only a good signature of this village can bring about."""

_DASH = "—"
_STARS_LINE = re.compile(r"(.{1,60}) ([1-5])", re.ASCII)
# key id and Ed25519 signature: 68 bytes, which base64 writes as 91 characters and one "="
_SIGNATURE = re.compile(r"[A-Za-z0-9+/]{91}=", re.ASCII)


@dataclass(frozen=True)
class SignedStars:
    """One line of a sign as signed; `dimension` is empty when its label is no longer in use."""

    dimension: str
    label: str
    stars: int


@dataclass(frozen=True, kw_only=True)
class SignFacts:
    """What a door sign says, and what has become of it."""

    lane: str
    number: str
    year: int
    quarter: int
    stars: tuple[SignedStars, ...]
    valid_until: date
    ended_on: date | None
    newer_serial: str


@dataclass(frozen=True)
class SlipFacts:
    """What a slip says, line by line as it was signed, and the day it was printed.

    `words` are those for people before the note; none where the scanner could not type them.
    """

    printed_on: date | None
    lines: tuple[str, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PaperCheck:
    """The answer to "is this real?".

    `consistent` is True when the log of today still begins with what the paper was signed for,
    False when those entries are others now, None when that cannot be told.
    """

    verdict: Verdict
    kind: Kind = ""
    reference: str = ""
    facts: SignFacts | SlipFacts | None = None
    tree_size: int = 0
    consistent: bool | None = None


def check_paper(village: Village, scanned: str) -> PaperCheck:
    """Say what a scanned text is; no text, however hostile, makes it raise or lie."""
    text = _unwrapped(scanned)
    if not text.strip() or len(text) > LONGEST_NOTE:
        return PaperCheck(verdict="unreadable")
    if parse_card_token(text) is not None:
        return PaperCheck(verdict="not_ours", kind="card")
    with reading(village) as work:
        stored = _stored(work, text)
        paper = _signed_paper(work, text, stored)
        if isinstance(paper, str):
            return _judged(work, paper, stored)
        return paper


def _unwrapped(scanned: str) -> str:
    """One kind of line end, and exactly one at the end: scanners differ in what they send last."""
    lines = scanned.replace("\r\n", "\n").replace("\r", "\n")
    return lines.strip("\n \t\0") + "\n"


def _stored(work: Work, text: str) -> Checkpoint | None:
    """The note that left this machine with a signature that appears in `text`.

    A row that somebody wrote into the table is none: its note must have the village's signature.
    """
    for found in _SIGNATURE.findall(text):
        stored = work.session.scalar(select(Checkpoint).where(Checkpoint.signature == found))
        if stored is not None and _is_signed(work.village, stored.note):
            return stored
    return None


def _is_signed(village: Village, note: str) -> bool:
    try:
        return parse_note(note).signed_by(village.keys.verifiers) is not None
    except (MalformedNote, UnicodeEncodeError):
        return False


def _signed_paper(work: Work, text: str, stored: Checkpoint | None) -> str | PaperCheck:
    """The exact text of a paper, words and note, if this village signed both; else why not."""
    words, bare = take_words(text)
    try:
        note = parse_note(bare)
        signer = note.signed_by(work.village.keys.verifiers)
    except MalformedNote:
        return _mangled(work, text, stored)
    except UnicodeEncodeError:  # half a surrogate pair: no key signs that
        return PaperCheck(verdict="unreadable")
    if signer is None:
        return PaperCheck(verdict="not_ours")
    plain = f"{note.text}\n{_DASH} {signer.name} {note.signatures[0].encoded}\n"
    if bare != plain or (stored is not None and bare != stored.note):
        return PaperCheck(verdict="altered")
    return text if words_fit(words, note.text) else _mangled(work, text, stored)


def _mangled(work: Work, text: str, stored: Checkpoint | None) -> str | PaperCheck:
    """Judge a text that is no good paper as it stands: were letters lost, or changed."""
    if stored is not None:
        printed = _printed(work.session, stored)
        if any(_same_scan(text, each) for each in (stored.note, *printed)):
            return stored.note
        erased = signs_words(stored.note) and not printed
        return PaperCheck(verdict="unreadable" if erased else "altered")
    if _names_our_key(work.village, text):
        return PaperCheck(verdict="altered")
    if work.village.settings.origin in text:
        return PaperCheck(verdict="unreadable")
    return PaperCheck(verdict="not_ours")


def _printed(session: Session, stored: Checkpoint) -> list[str]:
    """What the code of a stored note held, words included; nothing once that was erased."""
    jobs = select(PrintJob.qr_text).where(PrintJob.reference == stored.reference).distinct()
    texts = [each for each in session.scalars(jobs) if each.endswith(stored.note)]
    kept = select(Letter.says).where(Letter.reference == stored.reference, Letter.says != "")
    texts += [with_words(json.loads(each)["words"], stored.note) for each in session.scalars(kept)]
    return texts


def _names_our_key(village: Village, text: str) -> bool:
    """True if a whole signature in `text` carries this village's key id."""
    own = {each.key_id for each in village.keys.verifiers}
    return any(base64.b64decode(found)[:4] in own for found in _SIGNATURE.findall(text))


def _same_scan(scanned: str, note: str) -> bool:
    """True if a scanner that cannot type Chinese makes exactly `scanned` of `note`."""
    typed = _without_space(scanned)
    return any(typed == _without_space(each) for each in _manglings(note))


def _manglings(note: str) -> Iterator[str]:
    """What known scanners make of a note: letters lost, replaced, or read in another code page."""
    for text in (note, note.replace(_DASH, "-"), note.replace(_DASH, "--")):
        yield text
        for stand_in in ("", "?", "_", "\N{REPLACEMENT CHARACTER}"):
            yield "".join(ch if ch.isascii() else stand_in for ch in text)
            yield "".join(ch if ch.isascii() else stand_in * len(ch.encode()) for ch in text)
        for code_page in ("latin-1", "cp1252", "gb18030"):
            for loss in ("ignore", "replace"):
                yield text.encode().decode(code_page, loss)
        yield "".join(chr(byte & 0x7F) for byte in text.encode())  # a scanner of seven bits


def _without_space(text: str) -> str:
    return "".join(ch for ch in text if not (ch.isspace() or ord(ch) < 0x20 or ord(ch) == 0x7F))


def _judged(work: Work, paper: str, stored: Checkpoint | None) -> PaperCheck:
    """The verdict on a note with a good signature, and on the words before it."""
    words, note = take_words(paper)
    try:
        parsed = parse_note(note)
        checkpoint = parse_checkpoint(parsed.text)
        signer = parsed.signed_by(work.village.keys.verifiers)
    except MalformedNote:
        return PaperCheck(verdict="unreadable")
    if signer is None:
        return PaperCheck(verdict="not_ours")
    consistent = _consistent(work.session, checkpoint)
    if _key_ended(work, signer, checkpoint.size, consistent):
        return PaperCheck(verdict="key_ended", tree_size=checkpoint.size)
    lines = without_words_line(checkpoint.extension)
    kind, values = kinds.read(lines) or (None, {})
    standing = kind.standing(work, values) if kind else "genuine"
    facts: SignFacts | SlipFacts | None = None
    if kind is kinds.SIGN:
        facts = _sign_facts(work, values["serial"], checkpoint)
    if facts is None:
        printed_on = village_day(stored.at) if stored else None
        facts = SlipFacts(printed_on, lines, tuple(words.splitlines()))
    return PaperCheck(
        verdict=_log_verdict(consistent) or standing,
        kind=kind.told_as if kind else "slip",
        reference=_reference(values, stored),
        facts=facts,
        tree_size=checkpoint.size,
        consistent=consistent,
    )


def _reference(values: Mapping[str, str], stored: Checkpoint | None) -> str:
    """A paper's own number where it names one, else that under which it was printed."""
    own = values.get("serial") or values.get("voucher") or values.get("letter")
    return own or (stored.reference if stored else "")


def _consistent(session: Session, checkpoint: CheckpointText) -> bool | None:
    """Hold the checkpoint against the log of today: None when the log is shorter than it was.

    A log that was restored from a backup and has grown since is one that lost entries, too.
    """
    if checkpoint.size > log.head(session).size:
        return None
    if log.root_at(session, checkpoint.size) == checkpoint.root:
        return True
    return None if log.was_restored_below(session, checkpoint.size) else False


def _key_ended(work: Work, signer: Verifier, size: int, consistent: bool | None) -> bool:
    """True if a paper for `size` entries was signed with a key that was out of use by then.

    A restore that was followed by the key's end may have lost the entries that an honest paper is
    for. Whether that paper was signed before, nobody can tell; it is genuine in no case.
    """
    end = log.key_ends(work.session).get(signer.text())
    if end is None or size <= end:
        return False
    return consistent is True or not log.was_restored_below(work.session, size, before=end)


def _log_verdict(consistent: bool | None) -> Verdict | None:
    if consistent is None:
        return "log_shorter"
    return None if consistent else "log_rewritten"


def _sign_facts(work: Work, serial: str, checkpoint: CheckpointText) -> SignFacts | None:
    """What a sign says; None when the machine no longer knows it."""
    sign = work.session.scalar(select(DoorSign).where(DoorSign.serial == serial))
    if sign is None:
        return None
    household = work.session.get_one(Household, sign.household_id)
    star_round = work.session.get_one(StarRound, sign.round_id)
    newer = work.session.scalar(
        select(DoorSign.serial).where(
            DoorSign.household_id == sign.household_id, DoorSign.ended_at.is_(None)
        )
    )
    return SignFacts(
        lane=household.lane,
        number=household.number,
        year=star_round.year,
        quarter=star_round.quarter,
        stars=tuple(_signed_stars(work.village, checkpoint)),
        valid_until=sign.valid_until,
        ended_on=village_day(sign.ended_at) if sign.ended_at else None,
        newer_serial=newer or "" if sign.ended_at else "",
    )


def _signed_stars(village: Village, checkpoint: CheckpointText) -> Iterator[SignedStars]:
    """The stars from the signed lines, not from a table that someone could have changed since."""
    known = {village.catalogue.text(f"paper.sign_{name}", CHINESE): name for name in DIMENSIONS}
    for line in checkpoint.extension[1:]:
        found = _STARS_LINE.fullmatch(line)
        if found:
            yield SignedStars(known.get(found[1], ""), found[1], int(found[2]))


def check_file(village: Village, file: Path) -> PaperCheck:
    """`check_paper` for what somebody saved: a text, a photograph or a PDF of the paper.

    Where a picture shows several codes, a paper that this village signed goes first.

    Raises:
        ExpectedError: ``slip_unreadable`` for a file of another kind, ``slip_no_code`` for a
            picture on which no code can be read.
    """
    found = [check_paper(village, text) for text in _texts(file)]
    signed = [each for each in found if each.verdict in SIGNED_VERDICTS]
    return (signed or found)[0]


def _texts(file: Path) -> list[str]:
    from kiosk.devices.image_codes import NoPictureError, codes_on

    try:
        raw = file.read_bytes() if file.stat().st_size <= 4 * LONGEST_NOTE else b"\0"
        if b"\0" not in raw and not raw.startswith(b"%PDF-"):
            return [raw.decode("utf-8")]
        if codes := codes_on(file):
            return codes
    except (OSError, UnicodeDecodeError, NoPictureError) as trouble:
        raise ExpectedError("slip_unreadable", file) from trouble
    raise ExpectedError("slip_no_code", file)
