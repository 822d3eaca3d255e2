"""Slips that are for somebody: in their language, with their name on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.core.catalogue import Language, catalogue
from kiosk.core.clock import VILLAGE_ZONE
from kiosk.services.access import languages as access_languages
from kiosk.services.printing.marks import house_mark, name_mark
from kiosk.services.village import Village
from kiosk.services.work import Work

if TYPE_CHECKING:  # drawing is slow to import and not needed to say who reads a slip
    from kiosk.documents.slip import Said, Slip


@dataclass(frozen=True)
class Reader:
    """Whom a slip is for; without a resident nobody's name stands on it."""

    languages: tuple[Language, ...]
    resident_id: int | None = None


def reader(work: Work, resident_id: int) -> Reader:
    """Somebody who may not be here now, in the language that they are known to read, or in both."""
    return Reader(access_languages.languages_of(work, resident_id), resident_id)


def anybody(village: Village) -> Reader:
    """Whoever stands before the notice board, in two languages, the village's first."""
    return Reader(catalogue().pair(village.settings.language))


def slip_for(
    village: Village,
    who: Reader,
    kind: str,
    reference: str,
    say: Callable[[Language], Said],
    *,
    folded: bool = False,
    keep_why: bool = True,
) -> Slip:
    """The slip that says `say` in each of the reader's languages; its QR text is still empty."""
    from kiosk.documents.slip import Slip

    first, *others = (say(language) for language in who.languages)
    printed = village.clock.now().astimezone(VILLAGE_ZONE)
    return Slip(
        village=village.settings.name,
        language=first.language,
        kind=kind,
        reference=reference,
        facts=first.facts,
        next_steps=first.next_steps,
        qr_text="",
        keep_why=keep_why,
        person="" if who.resident_id is None else name_mark(who.resident_id),
        house="" if who.resident_id is None else house_mark(who.resident_id),
        printed=f"{printed:%Y-%m-%d %H:%M}",
        folded=folded,
        also=others[0] if others else None,
    )
