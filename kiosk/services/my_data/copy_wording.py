"""The copy of one's data in words: each section as pairs, tables and cases, in one language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from kiosk.core.catalogue import Catalogue, Language
from kiosk.core.days import said_birth, said_day, said_moment
from kiosk.core.houses import house_words
from kiosk.core.texts import Texts

if TYPE_CHECKING:  # drawing is slow to import, and not on the way of a touch
    from kiosk.documents.data_copy import Block, Headline, Pairs, Table

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*", re.ASCII)
_TITLE: Final = "title_"
"""The titles of a rule or a perk have their language behind this."""
_FOR_PROGRAMS: Final = frozenset({"case_id", "rule", "photos", "text_version"})
"""What only other programs can use; it stands in the JSON."""

_CODED: Final[Mapping[str, Callable[[str], str]]] = {
    "cap": lambda code: f"numbers.cap_{code}",
    "kind": lambda code: f"rights.copy_kind_{code}",
    "move": lambda code: f"reports.move_{code}",
    "part_of_day": lambda code: f"reports.part_{code}",
    "place": lambda code: f"place.{code}",
    "put_right_way": lambda code: f"reports.way_{code}",
    "reply_choice": lambda code: f"reports.reply_{code}",
    "role": lambda code: f"access.role_{code}",
    "sex": lambda code: f"rights.copy_sex_{code.lower()}",
    "state": lambda code: f"reports.state_{code}",
    "to": lambda code: f"reports.state_{code}",
    "what": lambda code: f"my_data.{code}",
    "why": lambda code: f"rights.copy_why_{code}",
}
"""Facts that are kept as a code: the key of their words."""
_CODED_IN: Final[Mapping[tuple[str, str], Callable[[str], str]]] = {
    ("consents", "purpose"): lambda code: f"rights.purpose_{code}",
    ("looks", "purpose"): lambda code: f"access.purpose_{code}",
    ("corrections", "state"): lambda code: f"my_data.correction_{code}",
    ("corrections", "reason"): lambda code: f"rights.decline_{code}",
    ("vouchers", "state"): lambda code: f"rights.copy_voucher_{code}",
    ("cases_about_me", "reason"): lambda code: code,
}
"""The same, where a section has words of its own."""
_NAMED_IN: Final[Mapping[tuple[str, str], str]] = {
    ("number", "number"): "rights.copy_key_today",
    ("cards", "number"): "rights.copy_key_card_number",
    ("looks", "purpose"): "rights.copy_key_why",
    ("leavings", "ended_at"): "rights.copy_key_taken_back",
}
"""Facts that have another name in a section."""


_TABLES: Final[Mapping[str, tuple[tuple[str, float], ...]]] = {
    "wallet": (("at", 3), ("why", 5), ("points", 2)),
    "vouchers": (
        *(("title", 3.0), ("price", 1.4), ("reference", 2), ("reserved_at", 2.6)),
        *(("collect_by", 2.2), ("state", 1.6)),
    ),
    "consents": (("purpose", 4), ("given_at", 3), ("withdrawn_at", 3)),
    "pauses": (("since", 1), ("ended_at", 1)),
    "leavings": (("asked_at", 1), ("ended_at", 1)),
    "reporting_pauses": (("until", 1),),
    "cards": (("number", 2), ("issued_at", 3), ("ended_at", 3)),
    "sign_ins": (("opened_at", 1), ("ended_at", 1)),
    "looks": (("at", 3), ("viewer_name", 2), ("role", 2), ("purpose", 3)),
    "confirmations_i_gave": (("at", 1), ("reference", 1)),
    "lines": (
        *(("happened_on", 2.9), ("title", 3.6), ("points", 1), ("counts_until", 2.9)),
        *(("confirmed_by", 1.8), ("decided_by", 1.8)),
    ),
    "moves": (("at", 4), ("move", 2.3), ("by", 1.5), ("reason", 2.6), ("sentence", 2.7)),
}
"""The columns of what is a list of the same facts, with their parts of the width."""
_ACROSS: Final[Mapping[str, int]] = {"sign_ins": 3}
"""How many columns stand beside each other where a list is long and its facts are short."""
_CASES: Final = frozenset({"cases_about_me", "cases_i_reported"})
_IN_HEADLINE: Final = frozenset({"reference", "points", "state", "moves"})


@dataclass(frozen=True)
class CopyWording:
    """Says one section."""

    words: Catalogue
    language: Language
    section: str

    def blocks(self, held: Any) -> Iterator[Block]:
        """The section as it stands on paper; what is empty takes no room."""
        if self.section == "number":
            yield self._sum(held)
            yield self._pairs(_without(held, "lines"))
            yield self._table("lines", held["lines"])
        elif self.section in _TABLES:
            yield self._table(self.section, held)
        elif self.section in _CASES:
            for case in held:
                yield from self._case(case)
        else:
            for each in [held] if isinstance(held, Mapping) else held:
                yield self._pairs(each)

    def _sum(self, held: Mapping[str, Any]) -> Headline:
        """The sum as one row that anyone can follow."""
        from kiosk.documents.data_copy import Headline

        given = " + ".join(str(held[key]) for key in ("base", "deeds", "stars"))
        return Headline(f"{given} \N{MINUS SIGN} {abs(held['concerns'])} = {held['number']}")

    def _case(self, case: Mapping[str, Any]) -> Iterator[Block]:
        """Its number, what it is about and its points; where it stands; everything else below."""
        from kiosk.documents.data_copy import Headline

        text = "　".join((case["reference"], self._title(case), self._said_in("points", case)))
        state = self._said("state", case["state"]) if "state" in case else ""
        yield Headline(text, state)
        yield self._pairs({key: value for key, value in case.items() if key not in _IN_HEADLINE})
        if case.get("moves"):
            yield self._table("moves", case["moves"])

    def _pairs(self, held: Mapping[str, Any]) -> Pairs:
        from kiosk.documents.data_copy import Pairs

        return Pairs(tuple(self._facts(held)))

    def _facts(self, held: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for key, value in held.items():
            if self._is_left_out(key, value):
                continue
            if key == "answers":
                for question, answer, _ in value:
                    said = self._text(f"enrolment.ask_{question}_{answer}")
                    yield self._named(self._text(f"enrolment.ask_{question}"), said)
            elif key == "household":
                house = house_words(value["lane"], value["number"], self.language)
                yield self._named(self._name(key), house)
                yield self._named(self._name("code"), value["code"])
            else:
                yield self._named(self._name(key), self._said_in(key, held))

    def _table(self, which: str, rows: list[Mapping[str, Any]]) -> Table:
        """The columns in which any row has something."""
        from kiosk.documents.data_copy import Table

        columns = [
            (key, share)
            for key, share in _TABLES[which]
            if any(self._cell(key, row) for row in rows) or not rows
        ]
        cells = [tuple(self._cell(key, row) for key, _ in columns) for row in rows]
        across = _ACROSS.get(which, len(columns)) // len(columns)
        return Table(
            tuple(self._name(key) for key, _ in columns) * across,
            tuple(share for _, share in columns) * across,
            tuple(_beside(cells, across)),
        )

    def _cell(self, key: str, row: Mapping[str, Any]) -> str:
        if key == "title":
            why = f" · {self._said('cap', row['cap'])}" if row.get("cap") else ""
            return self._title(row) + why
        return "" if row.get(key) in (None, "", []) else self._said_in(key, row)

    def _title(self, held: Mapping[str, Any]) -> str:
        titles = {key.removeprefix(_TITLE): held[key] for key in held if key.startswith(_TITLE)}
        return Texts(titles).said(self.language)

    def _name(self, key: str) -> str:
        return self._text(_NAMED_IN.get((self.section, key), f"rights.copy_key_{key}"))

    def _is_left_out(self, key: str, value: Any) -> bool:
        empty = value is None or value in ("", [], {})
        return empty or key in _FOR_PROGRAMS or key.startswith(_TITLE)

    def _named(self, name: str, value: str) -> tuple[str, str]:
        """A fact's name with its colon, or a question as it was asked, and the fact."""
        asked = name.endswith(("?", "？"))
        return f"{name} " if asked else self._text("rights.copy_pair", name, ""), value

    def _said_in(self, key: str, held: Mapping[str, Any]) -> str:
        """A fact as it stands among the others: points have the sign with which they count."""
        value = held[key]
        if key in _SIGNED and isinstance(value, int):
            takes = key == "concerns" or (key == "points" and held.get("kind") == "concern")
            return _signed(-abs(value) if takes else value)
        return self._said(key, value)

    def _said(self, key: str, value: Any) -> str:
        if isinstance(value, bool):
            return self._text(f"rights.copy_{'yes' if value else 'no'}")
        if isinstance(value, list):
            return self._text("rights.copy_between").join(self._said(key, each) for each in value)
        if not isinstance(value, str):
            return str(value)
        if key == "language" and value in self.words.languages:
            return self.words.text("language.name", value)
        if key == "born_on":
            return said_birth(self._text, value)
        coded = _CODED_IN.get((self.section, key)) or _CODED.get(key)
        if coded is not None and coded(value) in self.words:
            return self._text(coded(value))
        return self._moment(value)

    def _moment(self, value: str) -> str:
        if _DAY.fullmatch(value):
            return said_day(self._text, date.fromisoformat(value))
        if _MOMENT.fullmatch(value):
            return said_moment(self._text, datetime.fromisoformat(value))
        return value

    def _text(self, key: str, *values: object) -> str:
        return self.words.text(key, self.language, *values)


_SIGNED: Final = frozenset({"points", "full_points", "deeds", "stars", "concerns"})


def _signed(points: int) -> str:
    """Points with their sign; the true minus stands as wide as the plus."""
    if points == 0:
        return "0"
    return f"\N{MINUS SIGN}{-points}" if points < 0 else f"+{points}"


def _beside(rows: list[tuple[str, ...]], across: int) -> Iterator[tuple[str, ...]]:
    """So many rows beside each other, the last ones filled up with nothing."""
    for start in range(0, len(rows), across):
        together = [cell for row in rows[start : start + across] for cell in row]
        yield (*together, *[""] * (across * len(rows[0]) - len(together)))


def _without(held: Mapping[str, Any], left_out: str) -> dict[str, Any]:
    return {key: value for key, value in held.items() if key != left_out}
