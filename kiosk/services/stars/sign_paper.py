"""What stands on a household's door sign, and what its code says in so many words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast

from kiosk.core.catalogue import CHINESE
from kiosk.core.dimensions import Dimension
from kiosk.core.houses import house_words
from kiosk.documents.door_sign import DimensionStars, Premises
from kiosk.documents.door_sign import DoorSign as SignPaper
from kiosk.models.register import Household
from kiosk.services.stars.ratings import RatingView
from kiosk.services.village import Village
from kiosk.services.work import Work


def note_lines(village: Village, paper: SignPaper) -> tuple[str, ...]:
    """What the sign's QR says in so many words: readable by any phone, and nobody's name."""
    words = village.catalogue
    house = words.text(
        "signs.note_house",
        CHINESE,
        paper.village[CHINESE],
        house_words(paper.lane, paper.number, CHINESE),
    )
    rated = (
        f"{words.text(f'paper.sign_{each.key}', CHINESE)} {each.stars}"
        for each in paper.dimensions
        if each.stars
    )
    return (f"serial {paper.serial}", house, *rated, f"valid until {paper.valid_until}")


def shows(rating: RatingView) -> bool:
    """Whether stars can be shown: they were given, and nobody is looking at them again."""
    return rating.stars is not None and not rating.contested


def earned(ratings: Iterable[RatingView]) -> dict[str, int]:
    """The most that may be shown: dimension to stars, absent where there are none."""
    return {each.dimension: each.stars for each in ratings if shows(each) and each.stars}


def as_wished(ratings: Iterable[RatingView], most: Mapping[str, int]) -> dict[str, int]:
    """What a household shows of it that wants `most` shown of some dimensions."""
    wished = {name: min(stars, most.get(name, stars)) for name, stars in earned(ratings).items()}
    return {name: stars for name, stars in wished.items() if stars}


def quarter_of(ratings: tuple[RatingView, ...]) -> tuple[int, int]:
    """Year and quarter of the newest stars that can be shown; zeros where there are none."""
    return max(((each.year, each.quarter) for each in ratings if shows(each)), default=(0, 0))


def holds_until(ratings: tuple[RatingView, ...], chosen: Mapping[str, int] | None) -> date | None:
    """A sign holds as long as everything on it does."""
    return min(
        (
            each.valid_until
            for each in ratings
            if shows(each) and each.valid_until and (not chosen or each.dimension in chosen)
        ),
        default=None,
    )


def paper_of(
    work: Work,
    household_id: int,
    ratings: tuple[RatingView, ...],
    chosen: Mapping[str, int],
    serial: str,
) -> SignPaper:
    """The paper's own dataclass; without a serial it is a sample."""
    household = work.session.get_one(Household, household_id)
    year, quarter = quarter_of(ratings)
    until = holds_until(ratings, chosen)
    return SignPaper(
        village=work.village.settings.name,
        lane=household.lane,
        number=household.number,
        year=year,
        quarter=quarter,
        premises=cast("Premises", household.premises),
        dimensions=tuple(
            DimensionStars(
                cast("Dimension", each.dimension), chosen.get(each.dimension), rated=shows(each)
            )
            for each in ratings
        ),
        valid_until=until or work.today,
        serial=serial,
        qr_text="",
        sample=not serial,
    )
