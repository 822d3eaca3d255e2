"""A new card: drawn, queued for the printer, or told why it cannot be printed."""

from __future__ import annotations

from kiosk.models.register import Resident
from kiosk.services.access import first_pin, sessions
from kiosk.services.enrolment import new_card
from kiosk.services.printing import queue
from kiosk.services.village import Village
from tests.services.conftest import Street

UNPRINTABLE = "\U000323ae"
"""The last character of Extension H, which no shipped font has."""


def test_a_card_is_drawn_and_queued(village: Village, street: Street) -> None:
    clerk = street.sign_in(street.house().people[0], "clerk")
    (person,) = street.house().people
    card = new_card.issue_and_print(village, clerk, person)
    assert card.print_job_id is not None
    assert card.unprintable == ""
    job = queue.state(village, card.print_job_id)
    assert (job.paper, job.reference) == ("enrolment_card", card.issued.number)


def test_a_name_that_cannot_be_printed_gets_a_card_number_and_says_which_character(
    village: Village, street: Street
) -> None:
    clerk = street.sign_in(street.house().people[0], "clerk")
    (person,) = street.house().people
    with village.write() as session:
        session.get_one(Resident, person).name = f"林{UNPRINTABLE}生"
    card = new_card.issue_and_print(village, clerk, person)
    assert (card.print_job_id, card.unprintable) == (None, UNPRINTABLE)
    assert queue.jobs(village) == ()
    drawn = first_pin.draw(village, card.issued.number)
    assert first_pin.try_once(village, drawn, drawn.pin)
    signed_in = sessions.sign_in(village, card.issued.number, drawn.pin)
    assert signed_in.resident_id == person
