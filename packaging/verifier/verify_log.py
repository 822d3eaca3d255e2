#!/usr/bin/env python3
"""Check slips and signs against an exported village log. One file, standard library only.

Usage: verify_log.py [--key VERIFIER ...] LOG.jsonl [PAPER.txt ...]

VERIFIER is a public key of the village as its weekly checkpoint on the notice board and its
recovery sheet print it: ``name+id+base64``. With ``--key``, once or more often, only these keys are
believed; without, those that LOG.jsonl names, so that whoever made that file is believed as well.
LOG.jsonl is what `kiosk export-log` writes: a first line with the log's origin, its public keys
and, of each that was replaced, for how many entries at most it signed (``until``), then one
commitment (base64, 32 bytes) a line. A paper that a replaced key signed for more is refused.
PAPER.txt is the text of a slip's, sign's or letter's QR code. What a letter says is printed below
its verdict, as it was signed, to be compared with the sheet.
A slip's code begins with words for people and an empty line; what follows is the signed checkpoint,
whose last line ``words …`` holds the first 18 bytes of the SHA-256 of those words. Words that are
not the ones that were signed are refused.
It needs neither the kiosk nor its database, and shares no code with them, so that a village does
not have to believe the program that it is checking.

Formats: RFC 6962 (Merkle tree), C2SP signed-note and tlog-checkpoint, RFC 8032 (Ed25519).
Exit code: 0 everything fits, 1 something does not, 2 the call or a file cannot be used.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path


class Unusable(Exception):
    """A file that is not what it should be."""


@dataclass(frozen=True)
class Key:
    """A public key; one that was replaced signs for logs of at most `until` entries."""

    name: str
    key_id: bytes
    public: bytes
    until: int | None = None


@dataclass(frozen=True)
class Paper:
    """A signed checkpoint read from a paper."""

    file: str
    size: int
    root: bytes
    facts: tuple[str, ...]
    words: tuple[str, ...] = ()


# --- the tree (RFC 6962 section 2.1) ----------------------------------------------------------


def root_of(commitments: list[bytes]) -> bytes:
    """The Merkle root over `commitments`, folded from the left with a stack of full subtrees."""
    if not commitments:
        return hashlib.sha256().digest()
    stack: list[tuple[int, bytes]] = []
    for leaf in commitments:
        stack.append((1, hashlib.sha256(b"\x00" + leaf).digest()))
        while len(stack) > 1 and stack[-1][0] == stack[-2][0]:
            (width, right), (_, left) = stack.pop(), stack.pop()
            stack.append((2 * width, _node(left, right)))
    found = stack.pop()[1]
    while stack:
        found = _node(stack.pop()[1], found)
    return found


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


# --- Ed25519 (RFC 8032 section 5.1.7), written for reading rather than for speed ----------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]
NEUTRAL: Point = (0, 1, 1, 0)


def add(a: Point, b: Point) -> Point:
    """The sum of two points in extended homogeneous coordinates."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    i, j, k, m = f - e, h - g, h + g, f + e
    return i * j % P, k * m % P, j * k % P, i * m % P


def times(number: int, point: Point) -> Point:
    """`number` times `point`."""
    total = NEUTRAL
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def point_of(encoded: bytes) -> Point | None:
    """The point behind 32 bytes; None if there is none or the encoding is not canonical."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def _base() -> Point:
    found = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    assert found is not None
    return found


BASE = _base()


def signature_fits(key: bytes, message: bytes, signature: bytes) -> bool:
    """True if the 64-byte `signature` over `message` was made with the 32-byte public `key`."""
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r = point_of(key), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    left, right = times(s, BASE), add(r, times(int.from_bytes(digest, "little") % L, a))
    same_x = (left[0] * right[2] - right[0] * left[2]) % P == 0
    same_y = (left[1] * right[2] - right[1] * left[2]) % P == 0
    return same_x and same_y


# --- notes and checkpoints ----------------------------------------------------------------------


def strict_base64(text: str) -> bytes:
    """The bytes behind canonical base64."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as trouble:
        raise Unusable("not base64") from trouble
    if base64.b64encode(raw).decode() != text:
        raise Unusable("base64 that is not canonical")
    return raw


def key_of(verifier: object, until: object = None) -> Key:
    """The key behind a C2SP verifier key."""
    if not isinstance(verifier, str) or verifier.count("+") < 2:
        raise Unusable("a public key that is not name+id+base64")
    name, shown_id, encoded = verifier.split("+", 2)
    material = strict_base64(encoded)
    if not name.isprintable() or not name or " " in name:
        raise Unusable("a public key whose name is none")
    found_id = hashlib.sha256(name.encode() + b"\n" + material).digest()[:4]
    if len(material) != 33 or material[0] != 1 or found_id.hex() != shown_id:
        raise Unusable("a public key that does not fit its own id")
    if until is not None and (type(until) is not int or until < 0):
        raise Unusable("a public key whose end is not a number of entries")
    return Key(name, found_id, material[1:], until)


def read_paper(name: str, note: str, origin: str, keys: list[Key]) -> Paper:
    """Read a signed checkpoint, believing none of it before its signature fits."""
    if any(ord(sign) < 0x20 and sign != "\n" for sign in note):
        raise Unusable("a control character")
    body, gap, signatures = note.rpartition("\n\n")
    if not gap or not signatures.endswith("\n"):
        raise Unusable("no signature block")
    words, between, rest = body.partition("\n\n")
    text = (rest if between else body) + "\n"
    signers = [signer_of(text, line, keys) for line in signatures[:-1].split("\n")]
    known = [signer for signer in signers if signer]
    if not known:
        raise Unusable("not signed with a key of this log")
    lines = text[:-1].split("\n")
    if len(lines) < 3 or not all(lines) or lines[0] != origin:
        raise Unusable("not a checkpoint of this log")
    size, root = number_of(lines[1]), strict_base64(lines[2])
    if len(root) != 32:
        raise Unusable("the root is not 32 bytes")
    if all(signer.until is not None and size > signer.until for signer in known):
        raise Unusable("signed with a key that was no longer in use")
    if between and lines[3:][-1:] != [words_line(words)]:
        raise Unusable("the words before it are not those that were signed")
    said = tuple(words.split("\n")) if between else ()
    return Paper(name, size, root, tuple(lines[3:]), said)


def number_of(digits: str) -> int:
    """A tree size as a checkpoint writes it."""
    if not (digits.isascii() and digits.isdigit()) or (digits[0] == "0" and digits != "0"):
        raise Unusable("the tree size is not a number")
    if len(digits) > 18:
        raise Unusable("the tree size is larger than any log")
    return int(digits)


def words_line(words: str) -> str:
    """The line of a checkpoint that signs `words`."""
    return "words " + base64.b64encode(hashlib.sha256(words.encode()).digest()[:18]).decode()


def signer_of(text: str, line: str, keys: list[Key]) -> Key | None:
    """Whose good signature `line` is; None for one of a key that is not among `keys`."""
    name, space, encoded = line.removeprefix("— ").partition(" ")
    if not line.startswith("— ") or not name or not space or "+" in name:
        raise Unusable("not signed: a line that is no signature")
    raw = strict_base64(encoded)
    if len(raw) < 5:
        raise Unusable("not signed: a signature that is too short")
    for key in keys:
        if (key.name, key.key_id) == (name, raw[:4]):
            if not signature_fits(key.public, text.encode(), raw[4:]):
                raise Unusable("not signed with the key that it names")
            return key
    return None


# --- the answer -----------------------------------------------------------------------------------


def read_log(file: Path) -> tuple[str, list[Key], list[bytes]]:
    """Origin, keys and commitments of an exported log."""
    lines = file.read_text("utf-8").splitlines()
    try:
        header = json.loads(lines[0])
        origin, named, until = header["origin"], header["keys"], header.get("until", {})
        keys = [key_of(each, until.get(each)) for each in named]
    except (LookupError, TypeError, AttributeError, ValueError, RecursionError) as trouble:
        raise Unusable("the first line is not the header of an exported log") from trouble
    if not isinstance(origin, str) or not origin.isprintable() or not isinstance(until, dict):
        raise Unusable("the first line names no log")
    commitments = [strict_base64(line) for line in lines[1:]]
    if any(len(each) != 32 for each in commitments):
        raise Unusable("a commitment is not 32 bytes")
    return origin, keys, commitments


def believed(named: list[Key], given: list[Key]) -> list[Key]:
    """The keys that papers are held against: those that were `given`, if any were.

    The file says of a given key, too, when it was replaced.
    """
    if not given:
        print("the keys are those that the file names; --key takes the village's from a paper")
        return named
    others = [key.key_id.hex() for key in named if key.key_id not in {own.key_id for own in given}]
    if others:
        print(f"the file names other keys, which are not believed: {', '.join(others)}")
    until = {(key.name, key.public): key.until for key in named}
    return [replace(key, until=until.get((key.name, key.public))) for key in given]


def altered_range(commitments: list[bytes], papers: list[Paper]) -> tuple[int, int] | None:
    """The first and last entry among which something was altered; None if all papers fit.

    It lies after the last paper that fits and before the first that does not. Papers that are
    longer than the log are not judged here.
    """
    fits: dict[int, bool] = {}
    for paper in papers:
        if paper.size <= len(commitments):
            same = root_of(commitments[: paper.size]) == paper.root
            fits[paper.size] = fits.get(paper.size, True) and same
    wrong = [size for size, same in fits.items() if not same]
    if not wrong:
        return None
    return max((size for size in fits if fits[size] and size < min(wrong)), default=0), min(
        wrong
    ) - 1


def told_by(paper: Paper) -> tuple[str, ...]:
    """What a letter about somebody says, word by word as signed; nothing of any other paper.

    Whether it was ended before its last day, only the screen in the hall can say.
    """
    if not paper.facts or not paper.facts[0].startswith("letter "):
        return ()
    return (*paper.words, *(fact for fact in paper.facts[:2] if fact.startswith("until ")))


def report(log: Path, files: list[Path], given: list[Key]) -> int:
    """Print what fits and what does not; the exit code."""
    origin, named, commitments = read_log(log)
    print(f"{origin}: {len(commitments)} entries, root {root_of(commitments).hex()}")
    keys = believed(named, given)
    papers, refused = [], 0
    for file in files:
        try:
            papers.append(read_paper(file.name, file.read_text("utf-8"), origin, keys))
        except (Unusable, UnicodeDecodeError) as trouble:
            refused += 1
            print(f"{file.name}: refused ({trouble})")
    for paper in papers:
        if paper.size > len(commitments):
            lost = f"entries {len(commitments)} to {paper.size - 1} are not in this log"
            print(f"{paper.file}: genuine, but {lost}: it is older than the paper")
        elif root_of(commitments[: paper.size]) == paper.root:
            print(f"{paper.file}: genuine, entries 0 to {paper.size - 1} are unchanged")
        else:
            print(f"{paper.file}: genuine, but the log was rewritten since")
        for line in told_by(paper):
            print(f"  {line}")
    altered = altered_range(commitments, papers)
    if altered:
        print(f"something was altered among the entries {altered[0]} to {altered[1]}")
    longer = any(paper.size > len(commitments) for paper in papers)
    return 1 if refused or altered or longer else 0


def main(arguments: list[str]) -> int:
    """Run with the command line's arguments."""
    rest, given = list(arguments), []
    try:
        while rest[:1] == ["--key"]:
            given.append(key_of(rest[1] if len(rest) > 1 else None))
            del rest[:2]
        if not rest or rest[0].startswith("-"):
            print(__doc__)
            return 2
        return report(Path(rest[0]), [Path(each) for each in rest[1:]], given)
    except (OSError, Unusable, UnicodeDecodeError) as trouble:
        print(f"cannot be used: {trouble}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
