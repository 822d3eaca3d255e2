"""Pictures of the desk for cards."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from kiosk.core.card_token import new_card_token
from kiosk.core.foreign_card import held_up
from kiosk.models.register import Resident
from kiosk.services.access import cards
from kiosk.services.work import writing
from scripts.shot_stage import ShotStage

HOLDER = "李秀兰"


def card_of(*taps: str, then: str = "cards.state") -> Callable[[ShotStage], None]:
    """Somebody's card, and what is tapped then, up to the item of the name `then`."""

    def go(stage: ShotStage) -> None:
        _another_card(stage)
        stage.sign_in("clerk")
        stage.open("cards")
        stage.type("cards.search.input", HOLDER)
        stage.tap("cards.person.0")
        stage.item("cards.state")
        for name in taps:
            stage.tap(name)
        stage.item(then)

    return go


def _another_card(stage: ShotStage) -> None:
    """One that works, whatever became of theirs on the picture before."""
    with writing(stage.village) as work:
        holder = work.session.scalars(select(Resident.id).where(Resident.name == HOLDER)).one()
    drawn = cards.draw_card(stage.village, holder)
    with writing(stage.village) as work:
        cards.write_card(work, drawn, None)


def taken(stage: ShotStage) -> None:
    """A card of something else was held up, and is theirs now."""
    card_of("cards.way.own", then="cards.foreign")(stage)
    stage.stage.kiosk.strange_scan(held_up(f"BUS-{new_card_token()[-9:]}"))
    stage.item("cards.done")
