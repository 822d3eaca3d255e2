"""Rules that come with the program: a village can take one up, a proposal may begin with it."""

from __future__ import annotations

from functools import cache
from typing import Final

from sqlalchemy import select

from kiosk.core.paths import ASSETS
from kiosk.models.rulebook import RuleVersion
from kiosk.services.access import acting
from kiosk.services.rule_changes import drafts
from kiosk.services.rule_changes.changes import open_changes
from kiosk.services.rule_changes.terms import MAY
from kiosk.services.rulebook.reading import RuleText, read_rulebook
from kiosk.services.village import Village

FILE: Final = ASSETS / "rules_to_choose.toml"


def offered(village: Village, session_id: str) -> tuple[RuleText, ...]:
    """Those that do not stand, and are not proposed either, in the order of their file.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *MAY) as work:
        standing = work.session.scalars(
            select(RuleVersion.title).where(RuleVersion.valid_to.is_(None))
        )
        proposed = (drafts.read_text(each.text) for each in open_changes(work.session) if each.text)
        titles = {*standing, *(each.title for each in proposed)}
        return tuple(each for each in _shipped() if each.title not in titles)


@cache
def _shipped() -> tuple[RuleText, ...]:
    return read_rulebook(FILE)
