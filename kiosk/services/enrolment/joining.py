"""Joining at the desk: a clerk writes down what somebody consents to, after the talk about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kiosk.core.catalogue import Language
from kiosk.core.errors import ExpectedError
from kiosk.services.access import acting, languages, roles, views
from kiosk.services.consent import consents
from kiosk.services.consent.consents import Purpose
from kiosk.services.enrolment import explanation
from kiosk.services.village import Village


@dataclass(frozen=True)
class Enrolment:
    """What a resident consents to after an enrolment at the desk."""

    resident_id: int
    purposes: tuple[Purpose, ...]
    text_version: int


def enrol(
    village: Village,
    clerk_session_id: str,
    resident_id: int,
    purposes: tuple[Purpose, ...],
    touch: str,
    *,
    read_aloud: bool = False,
    answers: tuple[tuple[str, str], ...] = (),
    language: Language | None = None,
) -> Enrolment:
    """Write down what a resident consents to, with a clerk beside them.

    `read_aloud` and `answers` are the talk before it (`enrolment_talk`); who had that talk about
    the current text before needs none. `language` is the one in which they read the text.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``resident_unknown``, ``own_enrolment``
            for the clerk's own, ``birth_date_missing``, ``under_age``, ``consent_missing`` if no
            purpose is chosen, ``leaving_stands`` for who asked to leave, ``not_understood`` before
            the text was read aloud and the three questions showed that it was understood.
    """
    with acting.once(
        village, clerk_session_id, touch, "enrol", resident_id, roles=roles.holders("enrol")
    ) as work:
        clerk = work.who
        if work.known is not None:
            return _enrolment(work.known)
        if clerk.resident_id == resident_id:
            raise ExpectedError("own_enrolment")
        consents.check_of_age(work, resident_id)
        if answers:
            explanation.record_explanation(
                work, clerk.resident_id, resident_id, read_aloud, answers
            )
        if not explanation.understood(work.session, resident_id):
            raise ExpectedError("not_understood")
        views.record_view(work, clerk, resident_id, "enrol")
        consents.book_consents(work, clerk.resident_id, resident_id, purposes)
        if language:
            languages.set_language(work.session, resident_id, language)
        answer = {
            "resident_id": resident_id,
            "purposes": list(consents.standing_purposes(work.session, resident_id)),
            "text_version": consents.CONSENT_TEXT_VERSION,
        }
        work.remember(answer)
        return _enrolment(answer)


def _enrolment(answer: dict[str, Any]) -> Enrolment:
    return Enrolment(answer["resident_id"], tuple(answer["purposes"]), answer["text_version"])
