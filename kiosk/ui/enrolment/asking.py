"""What an enrolment asks of the services, on the database thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kiosk.core.catalogue import Language
from kiosk.services.access import grants
from kiosk.services.enrolment import joining
from kiosk.services.enrolment.new_card import NewCard, issue_and_print
from kiosk.services.register import people
from kiosk.services.register.people import Person
from kiosk.services.village import Village


@dataclass(frozen=True)
class TalkHeard:
    """Who listened, whether to all of it, their answers in their order, the text's language."""

    resident_id: int
    heard: bool
    answers: tuple[tuple[str, str], ...]
    language: Language


def person(village: Village, session_id: str, resident_id: int) -> tuple[Person, bool]:
    """Who it is, and whether they ever had a card."""
    had_card = grants.had_card(village, session_id, resident_id)
    return people.resident(village, resident_id), had_card


def enrol(
    village: Village,
    session_id: str,
    heard: TalkHeard,
    purposes: tuple[Any, ...],
    with_card: bool,
    touch: str,
) -> NewCard | None:
    """Write down what was heard, answered and chosen; a card, where one is wanted."""
    who = heard.resident_id
    joining.enrol(
        village,
        session_id,
        who,
        purposes,
        touch,
        read_aloud=heard.heard,
        answers=heard.answers,
        language=heard.language,
    )
    return issue_and_print(village, session_id, who) if with_card else None
