"""The copy of one's data in words: a line for each fact that there is, in one language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from kiosk.core.catalogue import Catalogue, Language
from kiosk.core.days import said_birth, said_day, said_moment

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*", re.ASCII)
_OTHER_LANGUAGE: Final[Mapping[Language, str]] = {"zh": "title_en", "en": "title_zh"}
_FOR_PROGRAMS: Final = frozenset({"case_id", "rule", "photos", "text_version"})
"""What only other programs can use; it stands in the JSON."""

_CODED: Final[Mapping[str, Callable[[str], str]]] = {
    "cap": lambda code: f"numbers.cap_{code}",
    "kind": lambda code: f"rights.copy_kind_{code}",
    "language": lambda code: f"rights.copy_language_{code}",
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
}
"""Facts that have another name in a section."""


@dataclass(frozen=True)
class CopyWording:
    """Says the facts of one section."""

    words: Catalogue
    language: Language
    section: str

    def lines(self, held: Any, indent: str = "") -> Iterator[str]:
        """The facts that there are; what is empty takes no line."""
        if isinstance(held, Mapping):
            for key, value in held.items():
                if not self._is_left_out(key, value):
                    yield from self._fact(key, value, indent)
        else:
            for place, each in enumerate(held):
                if place:
                    yield ""
                yield from self.lines(each, indent)

    def _is_left_out(self, key: str, value: Any) -> bool:
        empty = value is None or value in ("", [], {})
        return empty or key in _FOR_PROGRAMS or key == _OTHER_LANGUAGE[self.language]

    def _fact(self, key: str, value: Any, indent: str) -> Iterator[str]:
        name = self._text(_NAMED_IN.get((self.section, key), f"rights.copy_key_{key}"))
        if key == "answers":
            for question, answer, _ in value:
                asked = self._text(f"enrolment.ask_{question}")
                yield indent + self._pair(asked, self._text(f"enrolment.ask_{question}_{answer}"))
        elif isinstance(value, Mapping) or (isinstance(value, list) and _is_of_facts(value)):
            yield indent + self._text("rights.copy_group", name)
            yield from self.lines(value, indent + "    ")
        else:
            yield indent + self._pair(name, self._said(key, value))

    def _pair(self, name: str, value: str) -> str:
        return self._text("rights.copy_pair", name, value)

    def _said(self, key: str, value: Any) -> str:
        if isinstance(value, bool):
            return self._text(f"rights.copy_{'yes' if value else 'no'}")
        if isinstance(value, list):
            return self._text("rights.copy_between").join(self._said(key, each) for each in value)
        if not isinstance(value, str):
            return str(value)
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


def _is_of_facts(value: list[Any]) -> bool:
    return isinstance(value[0], Mapping)
