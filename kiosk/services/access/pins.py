"""PINs: drawn by the machine, weak ones refused, stored as argon2id over an HMAC with the pepper.

The pepper lies outside the database and its backups, so that a stolen database alone cannot be
searched for six digits. The HMAC takes in the card's number and its holder too: a hash that was
copied to another card, or a card that was given to another person, opens nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from kiosk.core.errors import ExpectedError
from kiosk.services.village import Village

DIGITS = 6
FREE_TRIES = 5
BLOCKED_AT = 15
DESK_TRIES = 3
"""So many more at the desk, where a clerk stands beside; then a new PIN or card is needed."""
FIRST_WAIT = timedelta(seconds=15)


@dataclass(frozen=True)
class Cost:
    """What one argon2id computation costs: memory in KiB, passes, lanes (RFC 9106)."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 1


SHIPPED = Cost()
"""64 MiB and three passes (design section 5): about a tenth of a second on the terminal."""


@dataclass(frozen=True)
class Bearer:
    """What a PIN is bound to: the card's number as it is printed, and the resident it is for."""

    number: str
    resident_id: int


_NO_BEARER = Bearer("", 0)
_BOUND = "bound:"
"""Before every hash that was made with its bearer; earlier versions made them without."""
NOT_DRAWN, NOT_TRIED = "not drawn", "not tried"
"""In the place of a hash: a card from the desk, before its PIN is drawn, and before it is tried."""


class PinHasher:
    """Makes and checks PIN hashes with one village's pepper."""

    def __init__(self, pepper: bytes, cost: Cost = SHIPPED) -> None:
        self._pepper = pepper
        self.cost = cost

    def hash(self, pin: str, bearer: Bearer) -> str:
        """The encoded argon2id hash to store for the PIN of a card."""
        from argon2.low_level import Type, hash_secret

        return (
            _BOUND
            + hash_secret(
                self._peppered(pin, bearer),
                secrets.token_bytes(16),
                time_cost=self.cost.passes,
                memory_cost=self.cost.memory_kib,
                parallelism=self.cost.lanes,
                hash_len=32,
                type=Type.ID,
            ).decode()
        )

    def matches(self, stored: str | None, pin: str, bearer: Bearer = _NO_BEARER) -> bool:
        """True when `pin` is the one behind `stored`, which is a hash for `bearer`.

        Costs one argon2id computation in any case: where nothing is stored (an unknown card) a
        decoy is computed, so that the time tells nothing.
        """
        from argon2.exceptions import VerifyMismatchError
        from argon2.low_level import Type, verify_secret

        if stored is None:
            self.hash(pin, bearer)
            return False
        made_for = bearer if is_bound(stored) else None
        try:
            encoded = stored.removeprefix(_BOUND).encode()
            return verify_secret(encoded, self._peppered(pin, made_for), Type.ID)
        except VerifyMismatchError:
            return False

    def _peppered(self, pin: str, bearer: Bearer | None) -> bytes:
        bound_to = f"{bearer.number}\x00{bearer.resident_id}\x00" if bearer else ""
        said = b"pin\x00" + bound_to.encode() + pin.encode()
        return hmac.new(self._pepper, said, hashlib.sha256).digest()


def is_bound(stored: str) -> bool:
    """Whether a hash was made for its card and person, and not by an earlier version."""
    return stored.startswith(_BOUND)


def is_hash(stored: str) -> bool:
    """Whether there is a PIN that opens the card."""
    return stored not in (NOT_DRAWN, NOT_TRIED)


def hasher_of(village: Village) -> PinHasher:
    """The hasher with the village's pepper at the shipped cost."""
    return PinHasher(village.keys.pepper, SHIPPED)


def check_form(pin: str) -> None:
    """Refuse what is no PIN at all.

    Raises:
        ExpectedError: ``pin_form``.
    """
    if len(pin) != DIGITS or not (pin.isascii() and pin.isdigit()):
        raise ExpectedError("pin_form")


def wait_after(failures: int) -> timedelta:
    """How long to wait after that many failures in a row: 15 s after the fifth, then doubling."""
    if failures < FREE_TRIES:
        return timedelta()
    doublings: int = 2 ** (min(failures, BLOCKED_AT) - FREE_TRIES)
    return FIRST_WAIT * doublings


def draw_pin(born_on: date | None = None, known: Iterable[str] = ()) -> str:
    """A random PIN that is not weak; `known` are numbers others may know of the person."""
    numbers = tuple(known)
    while True:
        pin = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        if not is_weak(pin, born_on, numbers):
            return pin


def is_weak(pin: str, born_on: date | None = None, known: Iterable[str] = ()) -> bool:
    """True for a PIN that somebody would try first."""
    return (
        any(looks_guessable(pin) for looks_guessable in _GUESSABLE)
        or any(part in pin for part in birthday_parts(born_on))
        or any(pin in _digits(number) for number in known)
    )


def birthday_parts(born_on: date | None) -> Iterator[str]:
    """What of a birthday must not stand in a PIN: the year, day and month in either order."""
    if born_on is None:
        return
    yield f"{born_on:%Y}"
    yield f"{born_on:%m%d}"
    yield f"{born_on:%d%m}"
    yield f"{born_on:%y}{born_on.month}{born_on.day}"
    yield f"{born_on.day}{born_on.month}{born_on:%y}"


def _has_few_digits(pin: str) -> bool:
    return len(set(pin)) < 3


def _has_a_run(pin: str) -> bool:
    steps = [(int(b) - int(a)) % 10 for a, b in pairwise(pin)]
    triples = zip(steps, steps[1:], steps[2:], strict=False)
    return any(a == b == c and a in (0, 1, 9) for a, b, c in triples)


def _repeats(pin: str) -> bool:
    half, third = DIGITS // 2, DIGITS // 3
    return pin[:half] == pin[half:] or pin[:third] == pin[third:-third] == pin[-third:]


def _is_paired_or_mirrored(pin: str) -> bool:
    pairs = all(pin[place] == pin[place + 1] for place in range(0, DIGITS, 2))
    return pairs or pin == pin[::-1]


def _is_triplets(pin: str) -> bool:
    return len(set(pin[:3])) == 1 and len(set(pin[3:])) == 1


def _is_common(pin: str) -> bool:
    return pin in _COMMON


_GUESSABLE: tuple[Callable[[str], bool], ...] = (
    _has_few_digits,
    _has_a_run,
    _repeats,
    _is_paired_or_mirrored,
    _is_triplets,
    _is_common,
)
# Columns and rows of the number pad, and numbers that sound like words in Chinese.
_COMMON = frozenset(
    {
        "100200",
        "102030",
        "110119",
        "120119",
        "123654",
        "123789",
        "131452",
        "147258",
        "147369",
        "147852",
        "159357",
        "159753",
        "168888",
        "201314",
        "258147",
        "258369",
        "314159",
        "321654",
        "357159",
        "369258",
        "456789",
        "518518",
        "520131",
        "520134",
        "521314",
        "584131",
        "584520",
        "654123",
        "741852",
        "753159",
        "789456",
        "852963",
        "886688",
        "963852",
        "987321",
        "998866",
    }
)


def _digits(number: str) -> str:
    return "".join(ch for ch in number if ch.isdigit())
