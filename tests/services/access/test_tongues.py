"""What is printed for a person is in the language that they chose themselves."""

from __future__ import annotations

from kiosk.core.catalogue import Language
from kiosk.services.access import languages
from kiosk.services.village import Village
from kiosk.services.work import reading
from tests.services.conftest import Street


def of(village: Village, resident_id: int) -> tuple[Language, ...]:
    with reading(village) as work:
        return languages.languages_of(work, resident_id)


def test_of_whom_nothing_is_known_gets_both_and_the_villages_first(
    village: Village, street: Street
) -> None:
    (who,) = street.house().people
    assert of(village, who) == ("zh", "en")


def test_the_language_on_the_screen_is_taken_only_while_no_other_is_known(
    village: Village, street: Street
) -> None:
    (who,) = street.house().people
    mine = street.sign_in(who)
    languages.note_language(village, mine, "zh", chosen=False)
    assert of(village, who) == ("zh",)
    languages.note_language(village, mine, "en", chosen=True)
    languages.note_language(village, mine, "zh", chosen=False)  # the start screen's, another day
    assert of(village, who) == ("en",)
    languages.note_language(village, mine, "zh", chosen=True)
    assert of(village, who) == ("zh",)


def test_what_an_official_reads_at_work_says_nothing(village: Village, street: Street) -> None:
    (who,) = street.house().people
    languages.note_language(village, street.sign_in(who, "officer"), "en", chosen=True)
    assert of(village, who) == ("zh", "en")
