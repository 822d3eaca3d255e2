"""Proofs and slips that are not what they say: every one is refused."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable
from typing import Any

from kiosk.services.check.papers import SIGNED_VERDICTS, check_paper
from kiosk.services.ledger import log, merkle
from kiosk.services.signing.signed_note import take_words
from tests.faults import hall
from tests.faults.report import Report
from tests.faults.scene import Scene
from tests.faults.stand_alone import alone


def forge_proofs(scene: Scene, report: Report, dice: random.Random, count: int) -> None:
    """Inclusion and consistency proofs that are not: every one is refused."""
    with hall.opened(scene.root).closing() as village, village.read() as session:
        read, size = log.node_reader(session), log.head(session).size
        leaves = [read(0, index) for index in range(size)]
        roots = {n: merkle.root(n, read) for n in range(1, size + 1)}
        tried = 0
        while tried < count:
            forged = _forged_inclusion(dice, leaves, roots, read)
            if forged is not None:
                tried += 1
                if merkle.verify_inclusion(*forged):
                    report.breach("inclusion", [str(forged)])
            other = _forged_consistency(dice, roots, read)
            if other is not None:
                tried += 1
                if merkle.verify_consistency(*other):
                    report.breach("consistency", [str(other)])
        report.count("proofs forged and refused", tried)


def _mangled(dice: random.Random, proof: list[bytes], other: list[bytes]) -> list[bytes]:
    """The proof with a bit flipped, cut, lengthened, in another order, or another's."""
    place = dice.randrange(len(proof)) if proof else 0
    flipped = (
        bytes([proof[place][0] ^ (1 << dice.randrange(8))]) + proof[place][1:] if proof else b""
    )
    ways: list[Callable[[], list[bytes]]] = [
        lambda: [*proof[:place], flipped, *proof[place + 1 :]],
        lambda: proof[:place] + proof[place + 1 :],
        lambda: [*proof[:place], secrets.token_bytes(32), *proof[place:]],
        lambda: proof[::-1],
        lambda: other,
        lambda: proof[:place] + other[place:],
    ]
    return dice.choice(ways)() if proof else other


def _forged_inclusion(
    dice: random.Random, leaves: list[bytes], roots: dict[int, bytes], read: merkle.NodeReader
) -> Any:
    size = dice.randint(2, len(leaves))
    index, wrong = dice.randrange(size), dice.randrange(size)
    real = merkle.inclusion_proof(index, size, read)
    other = merkle.inclusion_proof(wrong, size, read)
    if dice.random() < 0.3 and leaves[wrong] != leaves[index]:  # another leaf on a real proof
        return leaves[wrong], index, size, real, roots[size]
    forged = _mangled(dice, list(real), list(other))
    return None if forged == real else (leaves[index], index, size, forged, roots[size])


def _forged_consistency(
    dice: random.Random, roots: dict[int, bytes], read: merkle.NodeReader
) -> Any:
    new = dice.randint(2, len(roots))
    old, wrong = dice.randrange(1, new), dice.randrange(1, new)
    real = merkle.consistency_proof(old, new, read)
    other = merkle.consistency_proof(wrong, new, read)
    if dice.random() < 0.3 and wrong != old:  # a root that was never that size's
        return old, new, roots[wrong], roots[new], real
    forged = _mangled(dice, list(real), list(other))
    return None if forged == real else (old, new, roots[old], roots[new], forged)


def forge_slips(scene: Scene, report: Report, dice: random.Random, count: int) -> None:
    """Slips with a letter changed, cut, another's signature or words, another key: refused."""
    origin, keys, _ = alone().read_log(scene.exported)
    with hall.opened(scene.root).closing() as village:
        for _ in range(count):
            forged = forged_slip(dice, scene.slips, origin)
            if any(scans_alike(forged, each) for each in scene.slips):
                continue
            report.count("slips forged")
            verdict = check_paper(village, forged).verdict
            if verdict in SIGNED_VERDICTS:
                report.breach("the kiosk accepts", [repr(forged)])
            try:
                alone().read_paper("forged", forged, origin, keys)
                report.breach("the stand-alone verifier accepts", [repr(forged)])
            except alone().Unusable:
                report.count("slips refused by both")


def forged_slip(dice: random.Random, slips: tuple[str, ...], origin: str) -> str:
    """A slip that is not what it says it is, made of genuine ones."""
    note, other = dice.sample(slips, 2)
    (words, bare), (others, other_bare) = take_words(note), take_words(other)
    place = dice.randrange(len(note))
    ways = [
        lambda: _retyped(dice, note, place),
        lambda: note[:place],
        lambda: note[:place] + note[place + 1 :],
        lambda: note.rpartition("\n\n")[0] + "\n\n" + other.rpartition("\n\n")[2],
        lambda: "\n".join([*bare.split("\n")[:2], *other_bare.split("\n")[2:]]),
        lambda: _by_another_key(note, origin),
    ]
    if words and others:  # the note is genuine, and what people read before it is not its own
        ways += [
            lambda: f"{others}\n\n{bare}",
            lambda: f"{_retyped(dice, words, place % len(words))}\n\n{bare}",
            lambda: f"{words.rpartition(chr(10))[0]}\n\n{bare}",
        ]
    return dice.choice(ways)()


def _retyped(dice: random.Random, text: str, place: int) -> str:
    return text[:place] + chr(dice.randrange(33, 126)) + text[place + 1 :]


def _by_another_key(note: str, origin: str) -> str:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from kiosk.services.signing.signed_note import sign

    return sign(note.rpartition("\n\n")[0] + "\n", origin, Ed25519PrivateKey.generate())


def scans_alike(text: str, slip: str) -> bool:
    """A slip whose dash no scanner could type is no forgery, nor is a note without its words."""
    typed = "".join(text.split())
    wholes = ["".join(each.split()) for each in (slip, take_words(slip)[1])]
    return typed in {each.replace("—", dash) for each in wholes for dash in ("—", "-", "")}
