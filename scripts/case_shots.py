"""What is photographed of evidence: a stick with pictures, and the whole case on one page."""

from __future__ import annotations

import io
import os
import shutil
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from PIL import Image, ImageDraw
from sqlalchemy import select

from kiosk.core.clock import village_day
from kiosk.core.errors import ExpectedError
from kiosk.core.ids import new_touch_id
from kiosk.models.cases import Case
from kiosk.models.register import Resident
from kiosk.services.access import sessions
from kiosk.services.cases import decide, notices, remedy, submit
from kiosk.services.cases.views import own_view
from kiosk.services.demo.cards import demo_cards
from kiosk.services.rulebook import book
from kiosk.services.work import reading
from scripts.shot_stage import ShotStage

_PERSON, _REPORTERS = "concern", ("main", "nomination")
_WORDS = ("石阶下面两袋菜叶，还有泡沫箱。", "河埠头边上有菜叶和箱子。")
_TO_PHOTOS = (
    *("report.whom.self", "report.rule.0", "report.quick.1", "report.part.unsure"),
    *("report.place.docks_south", "report.words_done"),
)
_SCENES = (
    ("#cfe0e6", "#6f9a8d", "#b9ad97"),
    ("#e9dfc8", "#7fa06a", "#a08d72"),
    ("#d6e4d8", "#5d8a93", "#c2b8a6"),
    ("#f0d9bf", "#88a0a8", "#8f8470"),
    ("#cbd7e8", "#6c8f5e", "#b3a488"),
)
"""Sky, water, stone."""


def picture(place: int) -> bytes:
    """Steps at the water, with two bags on them."""
    sky, water, stone = _SCENES[place % len(_SCENES)]
    drawn = Image.new("RGB", (1600, 1200), sky)
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 700, 1600, 1200), water)
    for step in range(5):
        left = 150 + 110 * step
        pen.rectangle((left, 620 + 90 * step, left + 700, 720 + 90 * step), stone)
        pen.line((left, 620 + 90 * step, left + 700, 620 + 90 * step), "#ffffff", 6)
    for bag in range(2):
        left = 620 + 230 * bag + 60 * (place % 3)
        pen.ellipse((left, 640 + 60 * bag, left + 190, 840 + 60 * bag), "#3d4a44")
        pen.rectangle((left + 80, 610 + 60 * bag, left + 110, 660 + 60 * bag), "#3d4a44")
    held = io.BytesIO()
    drawn.save(held, "JPEG", quality=88)
    return held.getvalue()


def photos_on_a_stick(stage: ShotStage) -> None:
    """One chosen out of five."""
    folder = stick(stage)
    for place in range(len(_SCENES)):
        file = folder / f"IMG_{place}.jpg"
        file.write_bytes(picture(place))
        os.utime(file, (1_795_000_000 - 90_000 * place,) * 2)
    (folder / "IMG_9.heic").write_bytes(b"heic")
    _to_photos(stage)
    stage.item(f"report.photo.{len(_SCENES) - 1}")
    stage.tap("report.photo.1")
    stage.item("report.photos.kept")
    for _ in range(20):
        stage.wait()  # the small pictures are made one by one


def no_stick(stage: ShotStage) -> None:
    """How to bring a photograph."""
    shutil.rmtree(stick(stage))
    _to_photos(stage)
    stage.tap("report.witnesses_done")
    stage.tap("report.line.photo")
    stage.item("report.photos.none")


def perhaps_the_same(stage: ShotStage) -> None:
    """The day beside one that was reported before."""
    shutil.rmtree(stick(stage))
    session_id = _take_back(stage)
    with reading(stage.village) as work:
        me = sessions.require(work, session_id).resident_id
    rule = book.current(stage.village)[0]
    day = village_day(stage.village.clock.now())
    form = submit.Submission(
        touch=new_touch_id(),
        session_id=session_id,
        subject_id=me,
        rule_version_id=rule.rule_version_id,
        happened_on=day,
    )
    submit.hand_in(stage.village, form)
    _to_photos(stage)
    stage.tap("report.witnesses_done")
    stage.item("report.same")


def the_same(stage: ShotStage) -> None:
    """Its number, and nothing handed in twice."""
    perhaps_the_same(stage)
    stage.tap("report.same.yes")
    stage.item("report.reference")


def whole_case(stage: ShotStage) -> None:
    """Photographs, reply, what was put right, what lay between the two, and a double."""
    case_id = _evidence(stage)
    stage.sign_in("officer")
    stage.open("case", caseId=case_id)
    stage.item("case.photo.1")
    for _ in range(4):
        stage.wait()


def lower_half(stage: ShotStage) -> None:
    """The same, further down."""
    whole_case(stage)
    stage.tap("more")


def one_photo(stage: ShotStage) -> None:
    """A photograph as large as the screen."""
    whole_case(stage)
    stage.tap("case.photo.1")
    for _ in range(4):
        stage.wait()


def merging(stage: ShotStage) -> None:
    """Whether two are the same."""
    whole_case(stage)
    stage.tap("case.merge.0")


def moved_on(stage: ShotStage) -> None:
    """Another officer was faster."""
    case_id = _fresh_deed(stage)
    stage.sign_in("officer")
    stage.open("case", caseId=case_id)
    stage.tap("case.decline")
    stage.tap("case.reason.0")
    stage.type("case.sentence.input", "请说说是哪一段石阶。")
    _approve_meanwhile(stage, case_id)
    stage.tap("case.confirm")
    stage.tap("dialog.yes")
    stage.item("case.moved_on")


def stick(stage: ShotStage) -> Path:
    """An empty stick that is in."""
    folder = Path(stage.village.settings.drives) / "TRIP"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _to_photos(stage: ShotStage) -> None:
    stage.sign_in("main")
    stage.open("reports", kind="good")
    for name in _TO_PHOTOS:
        stage.tap(name)


def _session(stage: ShotStage, story: str) -> str:
    number, pin = stage.cards[story]
    return sessions.sign_in(stage.village, number, pin).id


def _evidence(stage: ShotStage) -> int:
    """A concern with two photographs that was answered, and another of the day before."""
    with stage.village.read() as session:
        found = session.scalars(
            select(Case.id).where(Case.words == _WORDS[0], Case.state == "replied")
        ).all()
    if found:
        return found[-1]
    village = stage.village
    person = next(card.name for card in demo_cards(village) if card.story == _PERSON)
    with village.read() as session:
        subject_id = session.scalars(select(Resident.id).where(Resident.name == person)).one()
    rules = {rule.rule: rule for rule in book.current(village)}
    today = village_day(village.clock.now())
    made = []
    for place, reporter in enumerate(_REPORTERS):
        form = submit.Submission(
            touch=new_touch_id(),
            session_id=_session(stage, reporter),
            subject_id=subject_id,
            rule_version_id=rules["littering_docks"].rule_version_id,
            happened_on=today - timedelta(days=2 - place),
            part_of_day="afternoon",
            place="docks_south",
            words=_WORDS[place],
            photos=tuple(picture(each) for each in range(2 - place)),
        )
        made.append(submit.hand_in(village, form).case_id)
        told = (made[-1], "own_words", "泡沫箱是我家的，刮风吹下去的。", new_touch_id())
        notices.reply(village, _session(stage, _PERSON), *told)
    put = (made[0], "cleaned_up", "第二天早上就捡上来了。", new_touch_id())
    remedy.say_put_right(village, _session(stage, _PERSON), *put)
    return made[0]


def _fresh_deed(stage: ShotStage) -> int:
    """A deed of today by a rule that was not yet used today."""
    session_id = _take_back(stage)
    with reading(stage.village) as work:
        me = sessions.require(work, session_id).resident_id
    today = village_day(stage.village.clock.now())
    for rule in book.current(stage.village):
        form = submit.Submission(
            touch=new_touch_id(),
            session_id=session_id,
            subject_id=me,
            rule_version_id=rule.rule_version_id,
            happened_on=today,
        )
        with suppress(ExpectedError):
            return submit.hand_in(stage.village, form).case_id
    raise LookupError("every rule was used today")


def _take_back(stage: ShotStage) -> str:
    """A session of the demo's main person, of whom no report waits."""
    session_id = _session(stage, "main")
    for case in own_view.my_cases(stage.village, session_id):
        if case.about_me and case.kind == "deed" and "withdraw" in case.may:
            submit.withdraw(stage.village, session_id, case.case_id, new_touch_id())
    return session_id


def _approve_meanwhile(stage: ShotStage, case_id: int) -> None:
    """The other officer's word, from another terminal."""
    mine = stage.cards["officer"][0]
    cards = [each for each in demo_cards(stage.village) if each.story == "officer"]
    other = next(each for each in cards if each.number != mine)
    session_id = sessions.sign_in(stage.village, other.number, other.pin, official=True).id
    told = ("desk.reason_seen", "当天下午去看过。", new_touch_id())
    decide.decide(stage.village, session_id, case_id, True, *told)
