"""Rules that come with the program: a village can take one up, a proposal may begin with it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.models.rulebook import RuleChange, RuleVersion
from kiosk.services.access import acting
from kiosk.services.rule_changes import drafts
from kiosk.services.rule_changes.changes import open_changes
from kiosk.services.rule_changes.terms import MAY
from kiosk.services.rulebook.choosing import to_choose
from kiosk.services.rulebook.reading import RuleText
from kiosk.services.village import Village


def offered(village: Village, session_id: str) -> tuple[RuleText, ...]:
    """Those that do not stand, and are not proposed either, in the order of their file.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``.
    """
    with acting.reading(village, session_id, *MAY) as work:
        standing = work.session.scalars(
            select(RuleVersion.title).where(RuleVersion.valid_to.is_(None))
        )
        proposed = (drafts.read_text(each.text) for each in _rules_in(work.session))
        titles = {*standing, *(each.title for each in proposed)}
        return tuple(each for each in to_choose() if each.title not in titles)


def _rules_in(session: Session) -> Iterator[RuleChange]:
    """The changes under way that are to be a rule."""
    for each in open_changes(session):
        if each.text and each.what != drafts.CHECKLIST:
            yield each
