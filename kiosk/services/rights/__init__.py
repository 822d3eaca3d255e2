"""The rights room: consent, enrolment; later the copy of one's data, pause and leave."""

from kiosk.services.rights.consent import (
    CONSENT_TEXT_VERSION,
    PURPOSES,
    ConsentLine,
    Enrolment,
    Purpose,
    book_consents,
    consents,
    enrol,
    enrolled,
    household_agrees,
    missing_agreements,
    withdraw,
)

__all__ = [
    "CONSENT_TEXT_VERSION",
    "PURPOSES",
    "ConsentLine",
    "Enrolment",
    "Purpose",
    "book_consents",
    "consents",
    "enrol",
    "enrolled",
    "household_agrees",
    "missing_agreements",
    "withdraw",
]
