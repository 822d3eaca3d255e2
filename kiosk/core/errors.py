"""Failures take three roads: expected, environment, bug (design section 8).

An expected error or an environment fault carries a code; its sentence stands in the catalogue
under ``error.<code>``. Everything else that is raised is a bug.
"""

from __future__ import annotations

from kiosk.core.catalogue import Catalogue, Language


class KioskError(Exception):
    """A typed error with a code and the values its sentence needs."""

    def __init__(self, code: str, *values: object) -> None:
        super().__init__(code, *values)
        self.code = code
        self.values = values

    def sentence(self, catalogue: Catalogue, language: Language) -> str:
        """The clear sentence for a person, in `language`."""
        return catalogue.text(f"error.{self.code}", language, *self.values)


class ExpectedError(KioskError):
    """Something people do every day: wrong PIN, already reported, out of stock."""


class EnvironmentFault(KioskError):
    """The world around the program: disk full, no paper, database damaged or unreachable."""
