"""What the composition root gives the kiosk, and what the services tell it of a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from kiosk.core.catalogue import Catalogue
from kiosk.core.clock import Clock
from kiosk.core.paths import DataDirectory
from kiosk.core.settings import Settings
from kiosk.ui.shell.idle import IdleTimes
from kiosk.ui.shell.reader import Voice

if TYPE_CHECKING:
    from kiosk.services.village import Village


class Session(Protocol):
    """Who is signed in, as the access service tells it."""

    @property
    def id(self) -> str:
        """What every service asks for."""

    @property
    def resident_id(self) -> int:
        """The person."""

    @property
    def name(self) -> str:
        """The person's name, for the bar."""

    @property
    def roles(self) -> frozenset[Any]:
        """Offices held; empty for a resident."""


class CardToTry(Protocol):
    """A card that anybody may try, in a demo village."""

    @property
    def number(self) -> str:
        """The card's number."""

    @property
    def pin(self) -> str:
        """Its PIN."""


class Backups(Protocol):
    """What puts a village back; called on the database thread alone."""

    def preview(self, wish: Any) -> Any:
        """What a backup is; changes nothing."""

    def put_back(self, wish: Any) -> Any:
        """Close the village, and put the backup in its place."""


@dataclass(frozen=True)
class Surroundings:
    """What the composition root gives the kiosk."""

    settings: Settings
    catalogue: Catalogue
    clock: Clock
    directory: DataDirectory
    """Where the village is, or would be."""
    village: Callable[[], Village]
    """Called on the database thread alone; opens the village the first time."""
    sign_out: Callable[[Village, str], None]
    still_here: Callable[[Village, str], object] | None = None
    """Tells the access service that somebody signed in is still touching the screen."""
    note_language: Callable[..., None] | None = None
    """Tells it, after village and session, their language and whether they chose it just now."""
    backups: Backups | None = None
    """Previews a backup and puts it in the village's place."""
    restart: Callable[[], None] | None = None
    """Ends the program so that it begins anew, with the settings that are there then."""
    switch_off: Callable[[], None] | None = None
    """Ends the program, and the machine with it."""
    before_any_question: Callable[[], object] | None = None
    """Called on the database thread before it is asked anything; it may wait."""
    voice: Voice | None = None
    """Reads aloud; None where nothing can speak."""
    idle: IdleTimes = field(default_factory=IdleTimes)
