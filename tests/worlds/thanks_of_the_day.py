"""Thanks on a full day: for one picture there is a rule, and somebody says it."""

from __future__ import annotations

from kiosk.core.ids import new_touch_id
from kiosk.core.texts import Texts
from kiosk.services.rulebook import book
from kiosk.services.rulebook.reading import RuleText
from kiosk.services.thanks import giving, wall
from kiosk.services.work import writing
from tests.services.cases.conftest import Hamlet

_RETURNED = RuleText(
    rule="lost_property",
    kind="deed",
    area="helping_others",
    points=3,
    reporters="anyone",
    icon="wallet",
    title=Texts({"zh": "拾金不昧", "en": "Returned lost property"}),
    text=Texts({"zh": "拾金不昧", "en": "Returned lost property"}),
    remedy=Texts({"zh": "", "en": ""}),
)


def say_thanks(hamlet: Hamlet) -> None:
    """E thanks C for what was found."""
    village, whom = hamlet.village, hamlet.people["C"]
    if "found" not in giving.offer(village, hamlet.sign("E")).pictures:
        with writing(village) as work:  # its book is shorter than the one that ships
            book.take_over(work, _RETURNED, hamlet.today, book.NOTHING_MORE)
    assert "found" in giving.offer(village, hamlet.sign("E")).pictures
    giving.check(village, hamlet.sign("E"), whom)
    giving.say(village, hamlet.sign("E"), whom, "found", new_touch_id())
    wall.wall(village)
