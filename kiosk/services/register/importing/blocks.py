"""The house of a line that does not name one: carried down within its own block, never out of it.

A block is a head and the lines below that belong to them. It begins with a head, with another
household code, or with a house that is named; it ends there, and at a blank line, a total, a
heading, the end of a sheet.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace


class RowRefusal(Exception):
    """Why a line does not go in: ``residents.<reason_code>`` with `values`."""

    def __init__(self, reason_code: str, *values: object) -> None:
        super().__init__(reason_code)
        self.reason_code = reason_code
        self.values = values


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldHouse:
    """What a line says of its house; empty where it says nothing."""

    code: str = ""
    lane: str = ""
    number: str = ""
    filled: frozenset[str] = frozenset()
    """The columns of a house in which it says something."""
    unknown: frozenset[str] = frozenset()
    """Those in which it says that there is nothing, which is not the same as blank."""

    @property
    def is_named(self) -> bool:
        """Whether it says anything."""
        return bool(self.code or self.lane or self.number)

    @property
    def place(self) -> tuple[str, str]:
        """Lane and number."""
        return self.lane, self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Who stands on a line, as far as it matters for the house."""

    name: str
    line: int
    is_head: bool | None
    belongs: bool
    """Whether the line says that they belong to a household above: a relation, or ditto."""
    head: str = ""
    """The name of their head, where the register has a column for it."""


@dataclass(frozen=True, slots=True)
class _Block:
    head: str
    line: int
    house: ToldHouse
    trouble: str = ""
    """Why nobody may be carried into it: the reason's code, or empty."""


@dataclass
class Blocks:
    """Where the lines of one sheet live, in their order."""

    _now: _Block | None = None
    _by_head: dict[str, _Block | None] = field(default_factory=dict)
    """The block of each head; None where two heads have one name."""
    _places: dict[str, set[tuple[str, str]]] = field(default_factory=dict)

    def end(self) -> None:
        """A line that is no person: nothing above it holds below."""
        self._now = None

    def refuse(self, who: Member, told: ToldHouse | None) -> None:
        """Somebody is refused; their block, if they begin one, takes the family along.

        Without `told` their house could not be read, and may be another than the one above.
        """
        if told is None:
            self._begin(who, ToldHouse(), "row_head_refused")
            return
        house = self._with_place(who, told)
        if who.is_head or (house.is_named and not self._is_of_block(who, house)):
            self._begin(who, house, "row_head_refused")

    def settle(self, who: Member, told: ToldHouse) -> ToldHouse:
        """The house of a line.

        Raises:
            RowRefusal: ``row_no_house``, ``row_head_refused``, ``row_line_refused``,
                ``row_house_unclear``.
        """
        house = self._with_place(who, told)
        if not house.is_named:
            if who.is_head:
                self._begin(who, house, "row_head_refused")
            return self._carried(who, told)
        if self._is_of_block(who, house):
            return self._with_code(house)
        self._begin(who, house, self._doubt(who, house))
        return house

    def _with_place(self, who: Member, told: ToldHouse) -> ToldHouse:
        """`told` with the address of its code, where the code alone stands on the line."""
        if self._names_lane_only(who, told):
            return ToldHouse(filled=told.filled, unknown=told.unknown)
        if told.code and any(told.place):
            self._places.setdefault(told.code, set()).add(told.place)
            return told
        now = self._now
        if told.code and now and now.house.code == told.code:
            return replace(told, lane=now.house.lane, number=now.house.number)
        places = self._places.get(told.code, set())
        if len(places) != 1:
            return told
        lane, number = next(iter(places))
        return replace(told, lane=lane, number=number)

    def _names_lane_only(self, who: Member, told: ToldHouse) -> bool:
        """Whether a relative's line has the lane of the block, and no number: it is that house."""
        now = self._now
        if now is None or who.is_head or not who.belongs or told.code or told.number:
            return False
        return bool(told.lane and now.house.number) and now.house.lane.startswith(told.lane)

    def _is_of_block(self, who: Member, house: ToldHouse) -> bool:
        """Whether a line that names its house goes on with the block above."""
        now = self._now
        if now is None or now.trouble or who.is_head or not who.belongs:
            return False
        if house.code:
            return house.code == now.house.code
        return house.place == now.house.place or not any(now.house.place)

    def _with_code(self, house: ToldHouse) -> ToldHouse:
        """A line of the block; its address is the block's from now on, where that had none."""
        assert self._now is not None
        now, code = self._now, house.code or self._now.house.code
        if not any(now.house.place):
            self._now = replace(now, house=replace(house, code=code))
        return replace(house, code=code)

    def _doubt(self, who: Member, house: ToldHouse) -> str:
        """A relative with another address: nobody can say whose house the lines below mean."""
        now = self._now
        lives_elsewhere = now is not None and not now.trouble and who.belongs and not who.is_head
        return "row_house_unclear" if lives_elsewhere and not house.code else ""

    def _begin(self, who: Member, house: ToldHouse, trouble: str) -> None:
        head = who.head or who.name
        self._now = block = _Block(who.name, who.line, house, trouble)
        known = self._by_head.get(head, block)
        same = known is not None and known.house == house and known.trouble == trouble
        self._by_head[head] = block if same or known is block else None

    def _carried(self, who: Member, told: ToldHouse) -> ToldHouse:
        block = self._block_of(who)
        if block is None or who.is_head:
            raise RowRefusal("row_no_house")
        if block.trouble and not block.head:
            raise RowRefusal("row_line_refused", block.line)
        if block.trouble:
            raise RowRefusal(block.trouble, block.head, block.line)
        if told.unknown & block.house.filled:
            raise RowRefusal("row_no_house")
        return replace(block.house, filled=told.filled)

    def _block_of(self, who: Member) -> _Block | None:
        """The block of a line without a house: by its head's name, else the one above."""
        now = self._now
        if not who.head:
            return now if who.belongs else None
        return now if now and now.head == who.head else self._by_head.get(who.head)
