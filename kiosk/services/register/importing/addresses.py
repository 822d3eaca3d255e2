"""An address as it is written, read as a lane and a house number, with every part kept.

A house number is kept as on its plate, without the sign behind it where nothing else stands there
(`kiosk.core.houses` writes it): ``12``, ``12-1``, ``A12``; with what belongs to the plate it has
number, sign and the rest. The usual spellings of one plate are one; whatever is not understood
stays as it is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from kiosk.core.catalogue import CHINESE
from kiosk.core.houses import number_words
from kiosk.core.text import clean

_LONGEST = 200
_PART = "\x1f"
_SIGN = "号"
_FIGURES = "〇一二三四五六七八九十"
_VALUES = {figure: value for value, figure in enumerate(_FIGURES)}
_VALUES |= {"零": 0, "○": 0, "两": 2, "廿": 20, "卅": 30, "百": 100, "千": 1000}
_NUMERAL = rf"[{''.join(_VALUES)}]+"
_STEMS = "[甲乙丙丁戊己庚辛壬癸]"
_UNIT = r"(?:[栋幢座室层楼]|单元)"
_SIDE = r"(?:[东西南北前后左右中上下](?:[侧边面头首间屋院]|半间)?|隔壁|对面|[旁后]边?|老屋|新屋)"

_HYPHENS = re.compile(r"\s*[-\u2010-\u2015\u2212\u2500\ufe58\ufe63\uff0d]\s*")
_SIGNS = re.compile(rf"[號#]|(?<=\d){_SIGN}{_SIGN}+")
_LOOSE_SPACE = re.compile(r"(?<![A-Za-z\d.,'])\s+|(?<=\d)\s+(?![A-Za-z]{2}|\d)|\s+(?![A-Za-z\d])")
_NUMBER_FIRST = re.compile(r"(\d+[A-Za-z]?)\s+([A-Za-z].*)")
_STEM = re.compile(
    rf"(?:(?<![A-Za-z\d])[A-Za-z]{{1,2}}-?|{_STEMS})?(?<!\d)\d+(?:-?[A-Za-z](?![A-Za-z])|[-/、,~]\d+)*"
    rf"|(?<![第{''.join(_VALUES)}]){_NUMERAL}(?={_STEMS}?{_SIGN}|{_UNIT}|{_STEMS}$)"
)
"""What a plate begins with: figures, with a letter or a character of counting before or after."""
_BEHIND_STEM = re.compile(
    rf"{_SIGN}|(?={_UNIT})|(?=(?:-?{_STEMS}|[之附](?:\d+|{_NUMERAL})){_SIGN}?$)|(?=\(?{_SIDE}\)?$)|$"
)
_LANE = r"[路街巷弄里组村屯社队桥道]"
_LANE_INSIDE = re.compile(rf"{_LANE}.*\d")
"""What stands behind a number that counts a lane and no house, as in a third bridge's number 5."""
_PLATE = re.compile(rf"(?P<stem>{_STEM.pattern}|{_NUMERAL})(?P<sign>{_SIGN}?)(?P<rest>.*)")
_COUNTED = re.compile(rf"{_NUMERAL}(?={_SIGN}|{_UNIT})|(?<=[栋幢座层楼元]){_NUMERAL}$")
_BARE_ROOM = re.compile(r"(?<=[栋幢座层楼元])(\d+)$")
_NOT_ONE_HOUSE = ("市场", "店村", "厂村", "里", "街", "路", "巷", "组", "村")
_ROOM, _ROOM_DIGITS = "室", 3
"""From so many digits on, a bare number behind a house number is a room, no second number."""
_FORMS = (
    (re.compile(rf"-?({_STEMS}){_SIGN}?"), "{stem}号{mark}"),
    (re.compile(rf"-?([A-Za-z]){_SIGN}?"), "{stem}{mark}"),
    (re.compile(rf"[之](\d+|{_NUMERAL}){_SIGN}?"), "{stem}号之{numeral}"),
    (re.compile(rf"附(\d+|{_NUMERAL}){_SIGN}?"), "{stem}号附{figure}"),
    (re.compile(rf"-(\d+(?:-\d+)*){_SIGN}?|(\d{{1,{_ROOM_DIGITS - 1}}}){_SIGN}?"), "{stem}-{mark}"),
    (re.compile(rf"(\d{{{_ROOM_DIGITS},}})"), "{stem}号{mark}室"),
)
"""What may stand behind a number, with or without a sign between, and how the plate is kept."""

_ABOVE = (
    r"(?:[^\d\s]{2,8}?(?:省|自治区))?(?:[^\d\s]{2,8}?(?:市|自治州|地区|盟))?"
    r"(?:[^\d\s]{1,8}?(?:县|区|市|旗))?(?:[^\d\s]{1,8}?(?:镇|乡|街道(?:办事处)?))?"
)
_KIND = r"(?:村?村民委员会|村?村委会|村?行政村|社区居委会|社区|村|镇|乡|街道)"
_NO_LANE = r"(?![路街巷弄道口民])"
_VILLAGE = re.compile(
    rf"(?P<above>{_ABOVE})(?P<name>[^\d\s路街巷弄]{{1,8}}?"
    rf"(?:村民委员会|村委会|行政村|社区居委会|社区|村)){_NO_LANE}"
)


@lru_cache(maxsize=8_192)
def split_address(told: str) -> tuple[str, str]:
    """Lane and house number of an address as written; either may be empty.

    Whatever stands before the number is the lane: village, hamlet, group, street.
    """
    address = _tidy(told)
    if found := _NUMBER_FIRST.fullmatch(address):
        return found[2], found[1].upper()
    at = _plate_begins(address)
    lane = re.sub(r"\b[Nn]o\.?$", "", address[:at].rstrip(" ,(")).rstrip(" ,(")
    return lane, house_number(address[at:])


@lru_cache(maxsize=8_192)
def house_number(told: str) -> str:
    """A house number in the one form for its plate; what is not understood stays as written."""
    text = _tidy(told)
    found = _PLATE.fullmatch(text)
    if found is None:
        return text
    stem, rest = found["stem"].upper(), re.sub(r"[()\[\]]", "", found["rest"]).strip(",")
    if re.fullmatch(_NUMERAL, stem):
        stem = _figure(stem)
    form = next((each for form, kept in _FORMS if (each := _formed(form, kept, stem, rest))), "")
    if form or not rest:
        return form or stem
    sign = found["sign"] or ("" if re.match(_UNIT, rest) else _SIGN)
    return _with_rooms(f"{stem}{sign}{rest}")


def joined(parts: Iterable[str]) -> str:
    """The parts of a lane as one, from the largest on; what stands in another part is left out."""
    all_ = list(dict.fromkeys(filter(None, parts)))
    lane = ""
    for part in all_:
        inner = re.compile(rf"(?<![\da-zA-Z{''.join(_VALUES)}]){re.escape(part)}")
        if not any(other != part and inner.search(other) for other in all_):
            lane += _gap(lane, part) + part
    return lane


def with_unit(told: str, unit: str) -> str:
    """A bare figure with the unit that its heading says; anything else as it is written."""
    text = _tidy(told)
    return f"{text}{unit}" if re.fullmatch(rf"[A-Za-z]?\d+|{_NUMERAL}", text) else text


@lru_cache(maxsize=8_192)
def number_alone(told: str) -> tuple[str, str]:
    """Lane and number of a cell that is meant for the number alone."""
    lane, number = split_address(told)
    text = _tidy(told)
    found = _PLATE.fullmatch(text)
    if number or found is None or re.match(_LANE, found["rest"]):
        return lane, number
    return "", house_number(text)


def last_words(lane: str) -> str:
    """The end of an address without a number, where it may say what stands there."""
    return "" if lane.endswith(_NOT_ONE_HOUSE) else lane[-3:]


def behind(number: str, rooms: str) -> str:
    """A house number with what columns of their own say of building, entrance and room."""
    if not rooms or rooms in number:
        return number
    return house_number(f"{number_words(number, CHINESE)}{rooms}")


def parted(parts: Iterable[str]) -> str:
    """The parts of a lane, from several columns, as `without_village` takes them."""
    return _PART.join(filter(None, parts))


def without_village(lanes: Iterable[str], own: str = "") -> dict[str, str]:
    """What each of `lanes` is without the village itself, whose name says nothing within it.

    A lane may be `parted`; its parts are joined. `own` is the village's name; without it, the
    village is what all lanes have in common. Other names are kept: a hamlet or a second village
    tells two houses apart.
    """
    all_ = set(lanes)
    parts = {part for lane in all_ for part in lane.split(_PART)}
    village = _village_named(own) if own else _common_village(parts)
    below = len({found["above"] for part in parts if (found := _VILLAGE.match(part))} - {""}) == 1
    less = {part: _less(part, village, below) for part in parts}
    return {lane: joined(less[part] for part in lane.split(_PART)) for lane in all_}


def _tidy(told: str) -> str:
    text = _HYPHENS.sub("-", unicodedata.normalize("NFKC", told))
    text = _LOOSE_SPACE.sub("", clean(text, _LONGEST))
    return _SIGNS.sub(_SIGN, text)


def _plate_begins(address: str) -> int:
    """Where the plate begins: at the first number that counts no lane; the end without one."""
    for found in _STEM.finditer(address):
        behind_it = _BEHIND_STEM.match(address, found.end())
        if behind_it and not _LANE_INSIDE.search(address, behind_it.end()):
            return found.start()
    return len(address)


def _formed(form: re.Pattern[str], kept: str, stem: str, rest: str) -> str:
    found = form.fullmatch(rest)
    if found is None:
        return ""
    mark = next(each for each in found.groups() if each is not None).upper()
    return kept.format(stem=stem, mark=mark, numeral=_numeral(mark), figure=_figure(mark))


def _with_rooms(number: str) -> str:
    """Figures in Arabic, a bare room's number with its unit, and no sign at the end."""
    counted = _COUNTED.sub(lambda found: _figure(found[0]), number.upper())
    found = _BARE_ROOM.search(counted)
    if found:
        return f"{counted}{_ROOM}"
    ends_with_figure = counted[-2:-1].isascii() and counted[-2:-1].isalnum()
    return counted.removesuffix(_SIGN) if ends_with_figure else counted


def _numeral(figure: str) -> str:
    """A figure up to ten in Chinese: parts of a number are written so."""
    small = figure.isdecimal() and int(figure) < len(_FIGURES)
    return _FIGURES[int(figure)] if small else figure


def _figure(numeral: str) -> str:
    """A Chinese numeral, with tens and hundreds or digit by digit, in Arabic figures."""
    if not re.fullmatch(_NUMERAL, numeral):
        return numeral
    values = [_VALUES[each] for each in numeral]
    if max(values) < 10:
        return "".join(map(str, values))
    total = pending = 0
    for value in values:
        if value < 10:
            pending = value
        else:
            total, pending = total + (pending or 1) * value, 0
    return str(total + pending)


def _gap(before: str, after: str) -> str:
    """A space between two parts that would run into each other."""
    ends = before[-1:].isascii() and before[-1:].isalnum()
    begins = after[:1].isascii() and after[:1].isalnum()
    return " " if ends and begins else ""


# --- The village before the lane ----------------------------------------------------------------


def _village_named(own: str) -> re.Pattern[str]:
    name = "".join(own.split())
    stem = re.sub(rf"^{_ABOVE}(?=.)", "", name)
    stem = re.sub(rf"(?<=.){_KIND}$", "", stem)
    return re.compile(rf"{_ABOVE}(?:{re.escape(stem)}{_KIND}|{re.escape(name)}$){_NO_LANE}")


def _common_village(lanes: set[str]) -> re.Pattern[str] | None:
    found = {lane: match[0] for lane in lanes if (match := _VILLAGE.match(lane))}
    if len(set(found.values())) != 1:
        return None
    bare = [lane for lane, village in found.items() if lane == village]
    others = lanes - set(found) - {""}
    return None if bare and others else re.compile(re.escape(next(iter(found.values()))))


def _less(lane: str, village: re.Pattern[str] | None, below: bool) -> str:
    if found := village.match(lane) if village else None:
        return lane[found.end() :].strip(" ,")
    if below and (inner := _VILLAGE.match(lane)):
        return lane[inner.start("name") :]
    return lane
