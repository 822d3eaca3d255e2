"""A village with rows in every table, all of them made through the services: what is tampered with.

It lives the charter's full day, on which everything happens that the services can do, and what that
day leaves no row of.
"""

from __future__ import annotations

import dataclasses
import io
import shutil
from datetime import datetime
from pathlib import Path

from PIL import Image
from sqlalchemy import func, select

from kiosk.core.clock import SettableClock
from kiosk.core.ids import new_touch_id
from kiosk.core.paths import DataDirectory
from kiosk.models import Base
from kiosk.models.register import Resident
from kiosk.services.cases import submit
from kiosk.services.ledger import last_head
from kiosk.services.register.people import declare_relative
from kiosk.services.stars import door_signs
from kiosk.services.upkeep.opening import open_village
from kiosk.services.village import Village
from kiosk.services.work import writing
from tests.faults import hall
from tests.worlds.full_day import live_a_full_day
from tests.worlds.kept import kept
from tests.worlds.logged import LoggedHamlet, logged_hamlet

_MOMENT = "moment"


def everything(root: Path) -> Village:
    """The village in `root`, made once a run and copied; its clock stands at the day's end."""
    template = kept("everything", _make)
    shutil.copytree(template / "village", root / "village")
    clock = SettableClock(datetime.fromisoformat((template / _MOMENT).read_text()))
    return open_village(DataDirectory(root / "village"), clock)


def empty_tables(village: Village) -> tuple[str, ...]:
    """The tables that have no row."""
    with village.read() as session:
        return tuple(
            model.__tablename__
            for model in Base.tables()
            if not session.scalar(select(func.count()).select_from(model))
        )


def _make(draft: Path) -> None:
    hall.cheap_pins()
    hamlet = logged_hamlet(DataDirectory(draft / "village"), str(draft / "drives"))
    live_a_full_day(hamlet, draft)
    _live_what_it_leaves_out(hamlet)
    last_head.remember(hamlet.village)
    hamlet.village.database.close()
    (draft / _MOMENT).write_text(hamlet.clock.now().isoformat())


def _live_what_it_leaves_out(hamlet: LoggedHamlet) -> None:
    """A photograph that is still looked at, a report made to harm, relatives, a smaller sign."""
    village = hamlet.village
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(picture, "JPEG")
    form = hamlet.form("E", "C", "litter")
    submit.hand_in(village, dataclasses.replace(form, photos=(picture.getvalue(),)))
    hamlet.add("LMOP", enrolled=False)
    hamlet.add("Q")
    hamlet.add("R")
    hamlet.add("S")
    hamlet.serve("FGHQRS")
    harmful = hamlet.hand_in("B", "H", "litter").case_id
    hamlet.reply("H", harmful)
    hamlet.decide("Y", harmful)
    hamlet.countersign("X", harmful)
    hamlet.acknowledge("H", harmful)
    for letter in hamlet.appeal("H", harmful)[:2]:
        hamlet.vote(letter, harmful, uphold=False, malice=True)
    with writing(village) as work:
        declare_relative(work, hamlet.people["A"], hamlet.people["B"])
    _show_fewer_stars(hamlet)


def _show_fewer_stars(hamlet: LoggedHamlet) -> None:
    with hamlet.village.read() as session:
        home = session.get_one(Resident, hamlet.people["N"]).household_id
    clerk = hamlet.sign("Z", "clerk")
    door_signs.sign_view(hamlet.village, clerk, home)
    door_signs.issue(hamlet.village, clerk, home, {"courtyard": 3}, "A5", new_touch_id())
