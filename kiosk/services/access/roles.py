"""Offices, and what each may do: a table, in which the keeper has no say in any decision."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Literal, get_args

Role = Literal["officer", "clerk", "keeper"]
ROLES: tuple[Role, ...] = get_args(Role)

Act = Literal[
    "decide_case",
    "hear_appeal",
    "inspect_household",
    "enter_sheet",
    "tell_household",
    "grant_role",
    "install_rulebook",
    "correct_register",
    "keep_register",
    "keep_hall",
    "keep_day",
    "enrol",
    "issue_card",
    "print_sign",
    "hand_over_notice",
    "hand_over_perk",
    "print_again",
    "back_up",
    "tend_printer",
    "see_what_waits",
]

MAY = MappingProxyType[Act, frozenset[Role]](
    {
        "decide_case": frozenset({"officer"}),
        "hear_appeal": frozenset({"officer"}),
        "inspect_household": frozenset({"officer"}),
        "enter_sheet": frozenset({"officer", "clerk"}),
        "tell_household": frozenset({"officer", "clerk"}),
        "grant_role": frozenset({"officer"}),
        "install_rulebook": frozenset({"officer"}),
        "correct_register": frozenset({"clerk"}),
        "keep_register": frozenset({"officer", "clerk"}),
        "keep_hall": frozenset({"officer", "clerk"}),
        "keep_day": frozenset({"officer", "clerk"}),
        "enrol": frozenset({"clerk"}),
        "issue_card": frozenset({"clerk"}),
        "print_sign": frozenset({"officer", "clerk"}),
        "hand_over_notice": frozenset({"clerk"}),
        "hand_over_perk": frozenset({"clerk"}),
        "print_again": frozenset({"officer", "clerk"}),
        "back_up": frozenset({"keeper"}),
        "tend_printer": frozenset({"keeper", "clerk"}),
        "see_what_waits": frozenset({"officer", "clerk", "keeper"}),
    }
)
"""Who may do what (design section 1). Nothing else grants anything."""


def may(act: Act, roles: Iterable[Role]) -> bool:
    """True when somebody holding `roles` may do `act`."""
    return not MAY[act].isdisjoint(roles)


def holders(act: Act) -> tuple[Role, ...]:
    """The roles that may do `act`, in a fixed order: what `require` is asked for."""
    return tuple(role for role in ROLES if role in MAY[act])
