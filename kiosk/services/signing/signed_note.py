"""Signed notes and checkpoints (c2sp.org/signed-note, c2sp.org/tlog-checkpoint).

A note is text ending in a newline, an empty line, and one signature line per key:
``— <key name> base64(4-byte key id || 64-byte Ed25519 signature)``. A checkpoint is a note whose
text is origin, tree size, base64 root hash, and optional extension lines.

A slip's code begins with words for people and an empty line; the note follows as it is. Its last
extension line signs them: ``words`` and the first 18 bytes of their SHA-256 in base64.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = 0x01
"""The signature type byte of a verifier key."""
_DASH = "— "
LONGEST_NOTE = 4_296
"""A QR code of version 40-L holds at most 4,296 alphanumeric characters; no slip is longer."""


_WORDS = "words "
_WORDS_HASH = 18
"""Bytes: nobody finds other words for 144 bits, and base64 needs no filling."""


class MalformedNote(ValueError):
    """The text is not a signed note, or its checkpoint lines are not in order."""


@dataclass(frozen=True)
class Verifier:
    """A key name and public key that signatures are held against."""

    name: str
    public_key: bytes

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name || newline || type || public key)."""
        material = self.name.encode() + b"\n" + bytes([ED25519]) + self.public_key
        return hashlib.sha256(material).digest()[:4]

    def text(self) -> str:
        """The verifier key as C2SP writes it: ``name+hexid+base64``."""
        key = base64.b64encode(bytes([ED25519]) + self.public_key).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"

    def accepts(self, text: str, signature: bytes) -> bool:
        """True if `signature` (64 bytes) over `text` was made with this key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


def parse_verifier(text: str) -> Verifier:
    """Read a C2SP verifier key, ``name+hexid+base64``.

    Raises:
        MalformedNote: it is not one, or its id does not fit its key.
    """
    name, _, rest = text.partition("+")
    shown_id, _, encoded = rest.partition("+")
    material = _base64(encoded)
    if not name or len(material) != 33 or material[0] != ED25519:
        raise MalformedNote("not an Ed25519 verifier key")
    verifier = Verifier(name, material[1:])
    if verifier.key_id.hex() != shown_id:
        raise MalformedNote("a verifier key that does not fit its id")
    return verifier


@dataclass(frozen=True)
class NoteSignature:
    """One signature line."""

    name: str
    key_id: bytes
    signature: bytes

    @property
    def encoded(self) -> str:
        """Base64 of key id and signature."""
        return base64.b64encode(self.key_id + self.signature).decode()


@dataclass(frozen=True)
class SignedNote:
    """A note's text (with its last newline) and its signatures."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def signed_by(self, verifiers: Sequence[Verifier]) -> Verifier | None:
        """The first of `verifiers` that has a good signature here.

        Raises:
            MalformedNote: a known key's signature is there but wrong (C2SP: reject the note).
        """
        good = None
        for each in self.signatures:
            known = [v for v in verifiers if v.name == each.name and v.key_id == each.key_id]
            for verifier in known:
                if not verifier.accepts(self.text, each.signature):
                    raise MalformedNote("a signature does not fit the text")
                good = good or verifier
        return good


@dataclass(frozen=True)
class CheckpointText:
    """The lines of a checkpoint."""

    origin: str
    size: int
    root: bytes
    extension: tuple[str, ...] = ()

    def text(self) -> str:
        """The note text to sign."""
        root = base64.b64encode(self.root).decode()
        lines = (self.origin, str(self.size), root, *self.extension)
        if any(not line or "\n" in line for line in lines):
            raise MalformedNote("a checkpoint line is empty or broken")
        return "".join(f"{line}\n" for line in lines)


def sign(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """The whole signed note for `text`, signed by `key` under `name`."""
    verifier = Verifier(name, key.public_key().public_bytes_raw())
    signature = NoteSignature(name, verifier.key_id, key.sign(text.encode()))
    return f"{text}\n{_DASH}{name} {signature.encoded}\n"


def parse_note(note: str) -> SignedNote:
    """Read a signed note.

    Raises:
        MalformedNote: it is not one.
    """
    if len(note) > LONGEST_NOTE:
        raise MalformedNote("too long")
    text, gap, signatures = note.rpartition("\n\n")
    if not gap or not text or not signatures.endswith("\n"):
        raise MalformedNote("no signature block")
    if any(ord(ch) < 0x20 and ch != "\n" for ch in note):
        raise MalformedNote("a control character")
    lines = signatures[:-1].split("\n")
    return SignedNote(text + "\n", tuple(_signature(line) for line in lines))


def _signature(line: str) -> NoteSignature:
    if not line.startswith(_DASH):
        raise MalformedNote("a signature line without its dash")
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not name or not space or "+" in name:
        raise MalformedNote("a signature line without a key name")
    raw = _base64(encoded)
    if len(raw) < 5:
        raise MalformedNote("a signature that is too short")
    return NoteSignature(name, raw[:4], raw[4:])


def parse_checkpoint(text: str) -> CheckpointText:
    """Read the text of a note as a checkpoint.

    Raises:
        MalformedNote: its lines are not origin, size, root, extension.
    """
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 3 or not all(lines):
        raise MalformedNote("too few lines")
    size, root = lines[1], _base64(lines[2])
    if not size.isascii() or not size.isdigit() or (len(size) > 1 and size[0] == "0"):
        raise MalformedNote("the tree size is not a number")
    if len(size) > 18 or len(root) != 32:
        raise MalformedNote("the root hash is not 32 bytes")
    return CheckpointText(lines[0], int(size), root, tuple(lines[3:]))


def words_line(words: Sequence[str]) -> str:
    """The extension line that signs the words before a note."""
    return _WORDS + _words_hash("\n".join(words))


def with_words(words: Sequence[str], note: str) -> str:
    """What a code holds: `words`, an empty line and the signed `note`; the note if there are none.

    Raises:
        ValueError: a word line is empty or broken, so that nobody could take it off again.
    """
    if any(not line or "\n" in line for line in words):
        raise ValueError("a line of words is empty or broken")
    return "\n".join((*words, "", note)) if words else note


def take_words(text: str) -> tuple[str, str]:
    """The words before a note, empty where there are none, and the note."""
    body, gap, signatures = text.rpartition("\n\n")
    words, between, rest = body.partition("\n\n")
    return (words, rest + gap + signatures) if between else ("", text)


def without_words_line(extension: tuple[str, ...]) -> tuple[str, ...]:
    """The facts of a paper, without the line that signs the words before it."""
    signs = bool(extension) and extension[-1].startswith(_WORDS)
    return extension[:-1] if signs else extension


def signs_words(note: str) -> bool:
    """True if a note was made to stand behind words for people."""
    return f"\n{_WORDS}" in note


def words_fit(words: str, text: str) -> bool:
    """True if `words` are those that a note's `text` signs; no words at all say nothing untrue."""
    last = text.splitlines()[-1]
    return not words or last == _WORDS + _words_hash(words)


def _words_hash(words: str) -> str:
    return base64.b64encode(hashlib.sha256(words.encode()).digest()[:_WORDS_HASH]).decode()


def _base64(encoded: str) -> bytes:
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as trouble:
        raise MalformedNote("not base64") from trouble
    if base64.b64encode(raw).decode() != encoded:
        raise MalformedNote("base64 that is not canonical")
    return raw
