"""The kinds of paper that the village signs: one row says what is written, read and judged.

What is signed with a paper is what `lines` says, with its fields filled in, and a paper is known by
the same lines. Whoever makes papers writes them with the row; whoever is shown one reads it with
the row, on the screen as on the command line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from string import Formatter
from typing import Final, Literal

from sqlalchemy import select

from kiosk.models.letters import Letter
from kiosk.models.perks import Redemption
from kiosk.models.stars import DoorSign
from kiosk.models.workday import Workday
from kiosk.services.ledger import log
from kiosk.services.work import Work

Verdict = Literal[
    "genuine",
    "expired",
    "replaced",
    "taken_down",
    "outdated",
    "used",
    "revoked",
    "not_ours",
    "altered",
    "log_shorter",
    "log_rewritten",
    "key_ended",
    "unreadable",
]
Kind = Literal["sign", "slip", "voucher", "letter", "card", ""]
"""What people are told that a paper is."""
Values = Mapping[str, str]
Standing = Callable[[Work, Values], Verdict]

_FIELDS: Final = {
    "kind": r"[a-z_]{1,20}",
    "reference": r"\d{4}-\d{4,}",
    "entry": r"\d{1,12}",
    "visit": r"V-\d{2}Q[1-4]-\d{4,6}",
    "serial": r"S\d{2}Q[1-4]-\d{4,6}",
    "voucher": r"P\d{4}-\d{4,6}",
    "letter": r"L\d{4}-\d{4,12}",
    "perk": r"\d{1,9}",
    "price": r"\d{1,9}",
    "day": r"\d{4}-\d{2}-\d{2}",
    "rule": r"[a-z0-9_]+",
    "points": r"[+-]\d+",
    "state": r"[a-z_]+",
}
"""What can stand in a signed line; days as YYYY-MM-DD."""


def _in_force(_work: Work, _values: Values) -> Verdict:
    return "genuine"


def _sign_stands(work: Work, values: Values) -> Verdict:
    """Signed here, and the machine no longer knows it: it lost what came after."""
    sign = work.session.scalar(select(DoorSign).where(DoorSign.serial == values["serial"]))
    if sign is None:
        return "log_shorter"
    if sign.ended_at is not None:
        return _ENDED.get(sign.ended_why, "replaced")
    return "expired" if work.today > sign.valid_until else "genuine"


_ENDED: Final[dict[str, Verdict]] = {"taken_down": "taken_down", "outdated": "outdated"}


def _voucher_stands(work: Work, values: Values) -> Verdict:
    """One whose holder left is past its date, like one whose points went back."""
    kept = select(Redemption).where(Redemption.reference == values["voucher"])
    found = work.session.scalar(kept)
    if found is None or found.state in ("cancelled", "refunded"):
        return "expired"
    if found.state == "collected":
        return "used"
    late = work.today > found.collect_by
    return "expired" if late else "genuine"


def _letter_stands(work: Work, values: Values) -> Verdict:
    """One of which nothing is known ended with its person, who is not in the village any more."""
    kept = select(Letter.ended_at).where(Letter.reference == values["letter"])
    found = work.session.execute(kept).one_or_none()
    if found is None or found.ended_at is not None:
        return "revoked"
    return "expired" if work.today > date.fromisoformat(values["day"]) else "genuine"


def _closing_stands(work: Work, values: Values) -> Verdict:
    """A closing that was taken back has no slip in force; another one may have."""
    said = log.content_of(work.session, int(values["entry"])) or {}
    day = date.fromisoformat(values["day"])
    row = work.session.scalar(select(Workday).where(Workday.day == day))
    if row is None:
        return "log_shorter"
    return "genuine" if row.closed_with == said.get("counts") else "replaced"


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """One row of the table."""

    name: str
    lines: tuple[str, ...]
    """What is signed; ``{field}`` stands for one of `_FIELDS`."""
    open_end: bool = False
    """True: lines follow that are told and not read."""
    told_as: Kind = "slip"
    standing: Standing = _in_force
    """Whether a paper whose signature and log are good is in force."""

    def write(self, **values: object) -> tuple[str, ...]:
        """The lines that are signed with a paper of this kind.

        Raises:
            KeyError: a field is missing.
            ValueError: these lines could not be read back.
        """
        lines = tuple(line.format(**values) for line in self.lines)
        if self.read(lines) is None:
            raise ValueError(f"no {self.name} has the lines {lines}")
        return lines

    def read(self, lines: tuple[str, ...]) -> Values | None:
        """The fields of a paper's signed lines; None for a paper of another kind."""
        if self.open_end:
            lines = lines[: len(self.lines)]
        found = self._grammar.fullmatch("\n".join(lines))
        return found.groupdict() if found else None

    @cached_property
    def _grammar(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.ASCII)

    @property
    def pattern(self) -> str:
        """The regular expression of its lines, joined by line ends, with a group for each field."""
        pattern = ""
        for literal, field, _, _ in Formatter().parse("\n".join(self.lines)):
            pattern += re.escape(literal)
            pattern += f"(?P<{field}>{_FIELDS[field]})" if field else ""
        return pattern


SIGN: Final = PaperKind(
    name="sign",
    lines=("serial {serial}",),
    open_end=True,
    told_as="sign",
    standing=_sign_stands,
)
VOUCHER: Final = PaperKind(
    name="voucher",
    lines=("voucher {voucher}", "perk {perk} price {price}", "collect by {day}"),
    told_as="voucher",
    standing=_voucher_stands,
)
LETTER: Final = PaperKind(
    name="letter",
    lines=("letter {letter}", "until {day}"),
    told_as="letter",
    standing=_letter_stands,
)
"""What it says stands in the words of its code, whole; they go with its person, the lines stay."""
OF_A_CASE: Final = PaperKind(name="slip of a case", lines=("{kind} {reference}", "entry {entry}"))
"""Each slip about a case, of whatever kind. What it is about stands in the log, under the root that
is signed with these lines: whoever finds a slip and reads its code learns no accusation from it."""
OF_A_CASE_0_1: Final = PaperKind(
    name="slip of a case of version 0.1",
    lines=("{kind} {reference}", "rule {rule} {points}", "state {state} on {day}"),
)
INVITATION: Final = PaperKind(name="invitation", lines=("invitation {reference}",))
COPY: Final = PaperKind(name="copy", lines=("copy {entry}", "until {day}"))
RULES: Final = PaperKind(name="rules", lines=("rules {entry}",))
"""A poster of a change, or the book: the entry that it was proposed with, or its newest."""
STARS: Final = PaperKind(name="stars", lines=("stars {visit}",))
"""What was seen in a household in a round, which it was told."""
QUESTIONS: Final = PaperKind(name="questions", lines=("questions {entry}",))
"""What to ask in which house, about what cannot be right in the register."""
CALENDAR: Final = PaperKind(name="calendar", lines=("calendar {day}",))
"""A month for the notice board, by its first day."""
CLOSING: Final = PaperKind(
    name="closing", lines=("closing {day}", "entry {entry}"), standing=_closing_stands
)
"""What two officials signed for at the end of a day."""
KINDS: Final = (
    SIGN,
    VOUCHER,
    LETTER,
    OF_A_CASE,
    OF_A_CASE_0_1,
    INVITATION,
    COPY,
    RULES,
    STARS,
    QUESTIONS,
    CALENDAR,
    CLOSING,
)


def read(lines: tuple[str, ...]) -> tuple[PaperKind, Values] | None:
    """What kind of paper has these signed lines, and its fields; None for any other."""
    for kind in KINDS:
        if (values := kind.read(lines)) is not None:
            return kind, values
    return None


_HEADINGS: Final[Mapping[tuple[str, str], str]] = {
    ("sign", "genuine"): "sign_genuine",
    ("slip", "genuine"): "slip_genuine",
    ("slip", "replaced"): "slip_void",
    ("voucher", "genuine"): "voucher_genuine",
    ("voucher", "expired"): "voucher_over",
    ("letter", "genuine"): "letter_genuine",
    ("letter", "expired"): "letter_over",
    ("letter", "revoked"): "letter_revoked",
    ("card", "not_ours"): "card",
}


def heading(verdict: Verdict, told_as: Kind) -> str:
    """A verdict's words: in few at ``check.<heading>``, in full at ``check.detail_<heading>``."""
    return _HEADINGS.get((told_as, verdict), verdict)
