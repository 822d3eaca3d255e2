"""On a full day what inspectors look at is changed, too."""

from __future__ import annotations

from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.services.rule_changes import changes, checklist, poster
from kiosk.services.rule_changes.checklist import ChecklistDraft
from kiosk.services.stars.rubrics import Item
from tests.services.cases.conftest import Hamlet

_LAMP = Item("", "rules", Texts({"zh": "门口的灯亮", "en": "The lamp at the door works"}))


def propose_another_line(hamlet: Hamlet) -> int:
    """An officer proposes a line of the homes' list in the place of another; the change."""
    village, officer = hamlet.village, hamlet.officer("Y")
    lists = checklist.page(village, officer).now.lists
    *_, last = (each for each in lists["home"] if each.dimension == _LAMP.dimension)
    left = tuple(each for each in lists["home"] if each != last)
    draft = ChecklistDraft({**lists, "home": (*left, _LAMP)})
    assert changes.preview_lists(village, officer, draft).items
    assert checklist.title(village)["en"]
    return changes.propose(village, officer, draft, new_touch_id()).change_id


def print_the_newest(hamlet: Hamlet) -> None:
    """On paper, with the day from which on it holds."""
    village, officer = hamlet.village, hamlet.officer("Y")
    newest, _ = poster.versions(village, officer)[0]
    poster.print_lists(village, officer, newest, new_touch_id(), "zh")
