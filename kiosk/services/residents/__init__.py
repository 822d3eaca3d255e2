"""The register: who lives where, how they are found, and how a register file comes in."""

from kiosk.services.residents.people import (
    HouseholdView,
    Person,
    declare_relative,
    household,
    is_adult,
    related,
    resident,
)

__all__ = [
    "HouseholdView",
    "Person",
    "declare_relative",
    "household",
    "is_adult",
    "related",
    "resident",
]
