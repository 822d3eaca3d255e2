"""What somebody did in a hamlet before they ask for a copy of their data, or leave."""

from __future__ import annotations

from kiosk.core.ids import new_touch_id
from kiosk.models.register import Resident
from kiosk.services.cases.flow import timed_moves
from kiosk.services.my_data import corrections
from kiosk.services.printing import spooler
from kiosk.services.register.search_index import index_residents, reading_of
from tests.services.cases.conftest import Hamlet
from tests.worlds.kept import grown

NAME, PHONE = "欧阳梅香", "13800138000"


def with_a_past(hamlet: Hamlet) -> Hamlet:
    """A has a past: a deed confirmed by C, a concern that counts, an appeal, a correction."""
    return grown(hamlet, _live)


def _live(hamlet: Hamlet) -> None:
    village = hamlet.village
    with village.write() as session:
        person = session.get_one(Resident, hamlet.people["A"])
        person.name, person.phone = NAME, PHONE
        person.pinyin = reading_of(NAME)["pinyin"]
        index_residents(session, [person.id])
    hamlet.serve("CDE")
    deed = hamlet.hand_in("A", "A", "help", words="帮邻居挑了两担水", witnesses="C").case_id
    hamlet.confirm("C", deed)
    hamlet.decide("Y", deed)
    concern = hamlet.hand_in("B", "A", "litter", words="倒了两袋菜叶").case_id
    hamlet.reply("A", concern, "own_words", "那天风很大吹下去的")
    hamlet.decide("Y", concern)
    hamlet.countersign("Z", concern)
    panel = hamlet.appeal("A", concern)
    for letter in panel[:2]:
        hamlet.vote(letter, concern, uphold=True)
    timed_moves.tick(village)
    hamlet.hand_in("A", "D", "docks", words="把河埠头扫干净了")
    corrections.ask_correction(village, hamlet.sign("A"), "phone", "电话换了", new_touch_id())
    spooler.print_next(village)
