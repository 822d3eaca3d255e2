"""Reading a rule book file: known keys, closed lists, and the gate; one clear sentence if not."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.core.catalogue import ON_EVERY_PAPER, Language, catalogue
from kiosk.core.errors import ExpectedError
from kiosk.core.paths import ASSETS
from kiosk.core.text import clean
from kiosk.core.texts import Texts
from kiosk.services.rulebook import caps, gate, ladder

AREAS: tuple[str, ...] = (
    "care_for_shared_places",
    "helping_others",
    "support_of_older_people",
    "work_done_well",
    "safety",
    "keeping_ones_word",
)
"""The closed list of charter 2: what a rule may be about. Words at ``rulebook.area_…``."""
KINDS = ("deed", "concern")
REPORTERS = ("anyone", "self", "person_concerned")
FEWEST_POINTS, MOST_POINTS = 1, 10
LONGEST_TITLE, LONGEST_TEXT = 80, 600
LARGEST_FILE = 1_000_000

_PLAIN = ("key", "kind", "area", "points", "reporters", "icon")
_WORDS = ("title", "text", "remedy")
_CAPS, _LADDER, _REMINDER = "caps", "ladder", "reminder"
_FIELDS = ("rule", *_PLAIN[1:])
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_ICON = re.compile(r"[a-z0-9-]{1,40}", re.ASCII)
_ICONS = ASSETS / "icons"


@dataclass(frozen=True, kw_only=True)
class RuleText:
    """One rule as the file, or a change of the village, has it."""

    rule: str
    kind: str
    area: str
    points: int
    reporters: str
    icon: str
    title: Texts
    text: Texts
    remedy: Texts
    caps: str = ""
    """How often a deed counts for one person, as `caps.kept` makes it; empty without a limit."""
    ladder: str = ""
    """What more hours of a deed give, as `ladder.kept` makes it; empty without one."""
    reminder: bool = False
    """Of a concern: the first that stands for a person takes no points."""

    def entry(self) -> dict[str, Any]:
        """The plain values that `read_rule` reads."""
        plain = {"key" if name == "rule" else name: getattr(self, name) for name in _FIELDS}
        words = {name: dict(getattr(self, name)) for name in _WORDS}
        said = {name: each for name, each in words.items() if any(each.values())}
        return plain | said | self._further()

    def _further(self) -> dict[str, Any]:
        """What not every rule has, and what no entry of before says."""
        found: dict[str, Any] = {_CAPS: caps.table_of(self.caps)} if self.caps else {}
        if self.ladder:
            found[_LADDER] = ladder.table_of(self.ladder)
        return found | ({_REMINDER: True} if self.reminder else {})


def read_rulebook(file: Path) -> tuple[RuleText, ...]:
    """Read and check a rule book file.

    Raises:
        ExpectedError: ``rulebook_unreadable`` (file, why), ``rulebook_empty`` (file),
            ``rulebook_key`` (rule), ``rulebook_twice`` (rule), ``rulebook_unknown`` (rule, name),
            ``rulebook_missing`` (rule, name), ``rulebook_kind``, ``rulebook_area``,
            ``rulebook_points``, ``rulebook_reporters``, ``rulebook_icon`` (rule, value),
            ``rulebook_too_long`` (rule, name), ``rulebook_remedy`` (rule), ``rulebook_caps`` (rule,
            value), ``rulebook_ladder``, ``rulebook_reminder`` (rule, value), ``rulebook_gate``
            (rule, words), ``rulebook_no_act`` (rule) where nobody does anything.
    """
    table = _table(file)
    for name in table:
        if name != "rule":
            raise ExpectedError("rulebook_unknown", file.name, name)
    entries = table.get("rule")
    if not isinstance(entries, list) or not entries:
        raise ExpectedError("rulebook_empty", file.name)
    rules = tuple(read_rule(entry, place) for place, entry in enumerate(entries, start=1))
    seen: set[str] = set()
    for rule in rules:
        if rule.rule in seen:
            raise ExpectedError("rulebook_twice", rule.rule)
        seen.add(rule.rule)
    return rules


def _table(file: Path) -> dict[str, Any]:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise ExpectedError("rulebook_unreadable", file.name, "> 1 MB")
        return tomllib.loads(file.read_text("utf-8-sig"))
    except RecursionError as trouble:  # brackets within brackets, thousands deep
        raise ExpectedError("rulebook_unreadable", file.name, "[[[") from trouble
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as trouble:
        raise ExpectedError("rulebook_unreadable", file.name, trouble) from trouble


def read_rule(entry: object, place: int = 1) -> RuleText:
    """One rule as a table of plain values; `place` names it where it has no key.

    Raises:
        ExpectedError: as `read_rulebook`, for the rule.
    """
    if not isinstance(entry, dict):
        raise ExpectedError("rulebook_key", f"#{place}")
    name = entry.get("key")
    if not isinstance(name, str) or not _KEY.fullmatch(name):
        raise ExpectedError("rulebook_key", f"#{place}")
    for key in entry:
        if key not in (*_PLAIN, *_WORDS, _CAPS, _LADDER, _REMINDER):
            raise ExpectedError("rulebook_unknown", name, key)
    for key in (*_PLAIN, "title", "text"):
        if key not in entry:
            raise ExpectedError("rulebook_missing", name, key)
    _check_lists(name, entry)
    words = {key: _words(name, key, entry) for key in _WORDS}
    _check_remedy(name, entry["kind"], words["remedy"])
    _check_words(name, words)
    return RuleText(
        rule=name,
        kind=entry["kind"],
        area=entry["area"],
        points=entry["points"],
        reporters=entry["reporters"],
        icon=entry["icon"],
        title=words["title"],
        text=words["text"],
        remedy=words["remedy"],
        **further(entry),
    )


def further(entry: dict[str, Any]) -> dict[str, Any]:
    """What not every rule has, as it is kept: `caps`, `ladder` and `reminder`."""
    name = entry["key"]
    return {
        _CAPS: _read_caps(name, entry),
        _LADDER: _read_ladder(name, entry),
        _REMINDER: _read_reminder(name, entry),
    }


def _read_caps(name: str, entry: dict[str, Any]) -> str:
    """A concern has none: what is put right has ended, and what was not cannot be too often."""
    if _CAPS not in entry:
        return ""
    if entry["kind"] != "deed":
        raise ExpectedError("rulebook_caps", name, entry[_CAPS])
    return caps.kept(name, entry[_CAPS])


def _read_ladder(name: str, entry: dict[str, Any]) -> str:
    """A concern has none: nobody is asked how long they did what they should not."""
    if _LADDER not in entry:
        return ""
    if entry["kind"] != "deed":
        raise ExpectedError("rulebook_ladder", name, entry[_LADDER])
    return ladder.kept(name, entry["points"], MOST_POINTS, entry[_LADDER])


def _read_reminder(name: str, entry: dict[str, Any]) -> bool:
    """Nobody has to be reminded of a good deed."""
    said = entry.get(_REMINDER, False)
    if type(said) is not bool or (said and entry["kind"] != "concern"):
        raise ExpectedError("rulebook_reminder", name, said)
    return said


def _check_words(name: str, words: dict[str, Texts]) -> None:
    every = (name.replace("_", " "), *(each for texts in words.values() for each in texts.values()))
    if findings := gate.check_rule(every):
        raise ExpectedError("rulebook_gate", name, findings[0].term)
    if not gate.names_act((*words["title"].values(), *words["text"].values())):
        raise ExpectedError("rulebook_no_act", name)


def _check_lists(name: str, entry: dict[str, Any]) -> None:
    for key, allowed in (("kind", KINDS), ("area", AREAS), ("reporters", REPORTERS)):
        if entry[key] not in allowed:
            raise ExpectedError(f"rulebook_{key}", name, entry[key])
    points = entry["points"]
    if type(points) is not int or not FEWEST_POINTS <= points <= MOST_POINTS:
        raise ExpectedError("rulebook_points", name, points)
    icon = entry["icon"]
    known = isinstance(icon, str) and _ICON.fullmatch(icon) and (_ICONS / f"{icon}.svg").exists()
    if not known:
        raise ExpectedError("rulebook_icon", name, icon)


def _words(name: str, key: str, entry: dict[str, Any]) -> Texts:
    """The text of `key` in Chinese, English and what else there is, or (for a remedy) in none."""
    texts = entry.get(key, dict.fromkeys(ON_EVERY_PAPER, ""))
    if not isinstance(texts, dict) or not set(texts) >= set(ON_EVERY_PAPER):
        raise ExpectedError("rulebook_missing", name, f"{key}.zh, {key}.en")
    for language in texts:
        if language not in catalogue().languages:
            raise ExpectedError("rulebook_unknown", name, f"{key}.{language}")
    longest = LONGEST_TITLE if key == "title" else LONGEST_TEXT
    found: dict[Language, str] = {}
    for language, text in texts.items():
        cleaned = clean(text, len(text)) if isinstance(text, str) else ""
        if not cleaned and key in entry:
            raise ExpectedError("rulebook_missing", name, f"{key}.{language}")
        if len(cleaned) > longest:
            raise ExpectedError("rulebook_too_long", name, f"{key}.{language}", longest)
        found[language] = cleaned
    return Texts(found)


def _check_remedy(name: str, kind: str, remedy: Texts) -> None:
    """A concern says how it is put right; a deed has nothing to put right."""
    if (kind == "concern") != any(remedy.values()):
        raise ExpectedError("rulebook_remedy", name)
