"""One line of how the machine is: a light, its sentence, and the one thing to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from kiosk.core.days import Say

Light = Literal["well", "attention", "grave"]
Action = Literal[
    "look_again",
    "back_up",
    "try_backup",
    "verify",
    "restore",
    "confirm_clock",
    "try_sound",
    "try_scanner",
    "slips",
    "sheets",
    "stick",
    "set_clock",
    "update",
    "papers",
    "journal",
]
"""What the keeper's screen offers beside a line; its words are at ``machine.do_<action>``."""

_TECHNICAL: Final = frozenset({"fonts", "keys", "python", "qt"})
_GRAVE: Final = frozenset(
    {
        *("machine.verify_wrong", "machine.database_damaged"),
        *("machine.drill_log", "machine.drill_tables"),
        *("error.log_damaged", "error.log_behind"),
    }
)


@dataclass(frozen=True)
class Phrase:
    """A text of the catalogue and its values: moments, lists and other phrases among them."""

    key: str
    values: tuple[object, ...] = ()

    def said(self, say: Say) -> str:
        """The text in the language of `say`; a moment is the village's."""
        return say(self.key, *(_said(each, say) for each in self.values))


@dataclass(frozen=True)
class Check:
    """One line of the report: its sentence, and whether the keeper has nothing to do about it."""

    code: str
    phrase: Phrase
    well: bool
    action: Action = "look_again"

    @property
    def technical(self) -> bool:
        """Whether the line is for whoever maintains the machine while it is well."""
        return self.code in _TECHNICAL

    @property
    def light(self) -> Light:
        """Green, yellow or red, by the name under which the catalogue has its word."""
        return "well" if self.well else "grave" if self.grave else "attention"

    @property
    def grave(self) -> bool:
        """Whether what is not well puts the village's book itself in doubt: a red light."""
        nested = (each.key for each in self.phrase.values if isinstance(each, Phrase))
        return not _GRAVE.isdisjoint((self.phrase.key, *nested))


def _said(value: object, say: Say) -> object:
    if isinstance(value, Phrase):
        return value.said(say)
    if isinstance(value, tuple):
        return say("machine.list_join").join(value)
    return moment_said(value, say) if isinstance(value, datetime) else value


def moment_said(moment: datetime, say: Say) -> str:
    """A moment as the village's clocks show it, with the zone's name."""
    said: str = say("machine.moment", moment)
    return said
