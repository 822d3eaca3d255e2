"""A concern by touch: reported, answered, decided twice, appealed from its slip, overturned.

Every slip on the way is read back from its printed page; at the end the village's books, the
slips and the verifier that stands alone agree about one log.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw
from pypdf import PdfReader
from sqlalchemy import select

from kiosk.app import MainWindow
from kiosk.models.cases import Case, CasePhoto, PanelSeat, PointEntry
from kiosk.models.register import Resident
from kiosk.services.access import sessions, views
from kiosk.services.signing.signed_note import take_words
from tests.journeys.album import Album
from tests.journeys.hall import (
    SERVING,
    SMALL_SCREEN,
    Hall,
    choose,
    end_session,
    every_paper_proves_the_log,
    officer_at_desk,
    rule_tile,
    scanned,
    screen,
    sign_in,
    slip_in_sight,
    slips_of,
    sum_on_screen,
    tap,
)
from tests.ui.touch import read_and_tap, see, texts, until, write

PERSON, REPORTER = "林春生", "李秀兰"
FIRST, SECOND = "周根土", "王建国"
UNTOUCHED = [50, 0, 3, 0, 53]


def test_a_concern_from_report_to_overturned_appeal(
    hall: Hall, open_stage: Callable[..., MainWindow], album: Album
) -> None:
    stage = open_stage(**SMALL_SCREEN)
    album.step(stage, "start")

    reference = report_it(stage, hall, album)
    reply_to_it(stage, hall, album)
    decide_first(stage, hall, album)
    decide_second(stage, hall, album)
    decision = slips_of(hall)[-1]
    assert state_of(hall, reference) == "countersigned"

    appeal_it(stage, hall, album, decision, reference)
    assert state_of(hall, reference) == "appealed"
    first, second, _third = seated(hall, reference)
    assert {first, second} <= set(SERVING)  # both officers had their say, so lay members sit
    vote(stage, hall, first, album)
    assert state_of(hall, reference) == "appealed"
    vote(stage, hall, second)
    slip_in_sight(stage)
    album.step(stage, "overturned")
    end_session(stage)
    assert state_of(hall, reference) == "overturned"

    see_the_result(stage, hall, album)
    slips = slips_of(hall)
    assert [take_words(text)[1].split("\n")[3].split()[0] for text in slips] == [
        "receipt",
        "decision",
        "appeal",
        "decision",
    ]
    every_paper_proves_the_log(hall, slips)
    with hall.village.read() as session:
        assert session.scalars(select(PointEntry)).all() == []


def report_it(stage: MainWindow, hall: Hall, album: Album) -> str:
    """A neighbour reports it, with a photograph from a stick; the reference."""
    window = stage.window
    bring_photograph(hall)
    tap(stage, "tile.concern")
    until(lambda: see(window, "number_pad"), "the number pad")
    album.step(stage, "card")
    sign_in(stage, hall.cards[REPORTER])
    until(lambda: see(window, "report.understood"), "what a concern is")
    album.step(stage, "before-a-concern")
    tap(stage, "report.understood")
    write(window, "report.search", "lcs")
    until(lambda: see(window, "report.person.0"), "the neighbour")
    album.step(stage, "whom")
    tap(stage, "report.person.0")
    tile = rule_tile(stage, "往河埠头倒垃圾")
    album.step(stage, "what")
    tap(stage, tile)
    tap(stage, "report.quick.0")
    tap(stage, "report.part.afternoon")
    tap(stage, "report.place.docks_south")
    write(window, "report.words", "两袋菜叶，漂在石阶下面。")
    tap(stage, "report.words_done")
    tap(stage, "report.photo.0")
    until(lambda: see(window, "report.photos.kept"), "the photograph")
    album.step(stage, "photograph")
    tap(stage, "report.photos_done")
    until(lambda: see(window, "report.hand_in"), "the whole")
    album.step(stage, "look-it-over")
    tap(stage, "report.hand_in")
    reference = str(until(lambda: see(window, "report.reference"), "the number").property("text"))
    slip_in_sight(stage)
    album.step(stage, "handed-in")
    end_session(stage)
    with hall.village.read() as session:
        assert len(session.scalars(select(CasePhoto.id)).all()) == 1
    return reference


def bring_photograph(hall: Hall) -> None:
    """A stick with a picture of the steps at the docks, and two bags."""
    stick = hall.folder / "drives" / "STICK"
    stick.mkdir(parents=True)
    picture = Image.new("RGB", (1200, 900), (168, 196, 205))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 620, 1200, 900), (74, 112, 120))
    for step in range(6):
        shade = 190 - 12 * step
        draw.rectangle((0, 330 + 55 * step, 900 - 70 * step, 390 + 55 * step), (shade,) * 3)
    for left, top in ((430, 560), (560, 590)):
        draw.ellipse((left, top, left + 150, top + 130), (46, 52, 46))
        draw.polygon(
            ((left + 60, top + 12), (left + 75, top - 34), (left + 95, top + 12)), (46, 52, 46)
        )
    file = stick / "IMG_0412.jpg"
    picture.save(file, "JPEG")
    taken = hall.village.clock.now().timestamp()
    os.utime(file, (taken, taken))


def reply_to_it(stage: MainWindow, hall: Hall, album: Album) -> None:
    """The person is told at sign-in, before anything counts, and replies."""
    window = stage.window
    tap(stage, "tile.my_record")
    sign_in(stage, hall.cards[PERSON])
    until(lambda: see(window, "notice.reply"), "the notice")
    assert not any(REPORTER in text for text in texts(window))
    album.step(stage, "told")
    tap(stage, "reply.not_me")
    write(window, "reply_words", "那天下午我在镇上。")
    album.step(stage, "reply")
    tap(stage, "answer")
    screen(stage, "my_record")
    assert sum_on_screen(stage) == UNTOUCHED
    end_session(stage)


def decide_first(stage: MainWindow, hall: Hall, album: Album) -> None:
    window = stage.window
    officer_at_desk(stage, hall, FIRST)
    until(lambda: see(window, "case.photo.0"), "the photograph")
    album.step(stage, "first-officer")
    decide(
        stage, "case.approve_concern", "现场看得清楚", "当天傍晚去看过，菜叶还在石阶下面。", album
    )
    album.step(stage, "first-decision")
    end_session(stage)


def decide_second(stage: MainWindow, hall: Hall, album: Album) -> None:
    officer_at_desk(stage, hall, SECOND)
    album.step(stage, "second-officer")
    decide(stage, "case.countersign", "两边都问过，说法一致", "看过照片，也看过他的答复。")
    slip_in_sight(stage)
    album.step(stage, "second-decision")
    end_session(stage)


def decide(
    stage: MainWindow, button: str, reason: str, sentence: str, album: Album | None = None
) -> None:
    """A listed reason, a sentence, and the confirmation."""
    tap(stage, button)
    choose(stage, "case.reason", reason)
    write(stage.window, "case.sentence", sentence)
    if album:
        album.step(stage, "reason-and-sentence")
    tap(stage, "case.confirm")
    tap(stage, "dialog.yes")
    until(lambda: see(stage.window, "case.outcome"), "the outcome")


def appeal_it(stage: MainWindow, hall: Hall, album: Album, slip: str, reference: str) -> None:
    """From the slip in one's hand, over the sign-in, to an appeal that stops the effect."""
    window = stage.window
    assert scanned(stage, slip) == "这张单子是真的"
    album.step(stage, "slip-before-the-scanner")
    tap(stage, "check.appeal")
    sign_in(stage, hall.cards[PERSON])
    until(lambda: see(window, "notice.read"), "the decision")
    album.step(stage, "told-the-decision")
    read_and_tap(window, "answer")
    until(lambda: see(window, "appeal.happens"), "what an appeal brings")
    album.step(stage, "what-an-appeal-brings")
    tap(stage, "appeal.begin")
    choose(stage, "appeal.ground", "不是我做的")
    write(window, "appeal.words", "那天下午我在镇上，有车票。")
    album.step(stage, "why")
    tap(stage, "appeal.hand_in")
    shown = until(lambda: see(window, "appeal.reference"), "the number")
    assert shown.property("text") == reference
    slip_in_sight(stage)
    album.step(stage, "appealed")
    tap(stage, "appeal.done")
    screen(stage, "my_record")
    assert sum_on_screen(stage) == UNTOUCHED
    assert any("申诉中" in text for text in texts(window))
    end_session(stage)


def vote(stage: MainWindow, hall: Hall, name: str, album: Album | None = None) -> None:
    """One of the three finds the case on their own record, looks at it, and votes."""
    window = stage.window
    step = album.step if album else lambda _stage, _name: None
    tap(stage, "tile.my_record")
    sign_in(stage, hall.cards[name])
    screen(stage, "my_record")
    until(lambda: see(window, "open_panels"), "that the lot fell on them")
    step(stage, "drawn-by-lot")
    tap(stage, "open_panels")
    tap(stage, "panel.case.0")
    until(lambda: see(window, "panel.photo.0"), "the case with its photograph")
    assert not any(REPORTER in text for text in texts(window))
    step(stage, "the-case-before-the-panel")
    tap(stage, "panel.overturn")
    until(lambda: see(window, "panel.choice.0"), "the reasons")
    step(stage, "reason-of-a-vote")
    choose(stage, "panel.choice", "不是这位村民")
    choose(stage, "panel.choice", "不是，或者说不准")
    tap(stage, "panel.starter.0")
    write(window, "panel.sentence", "车票上的时间对得上。")
    step(stage, "sentence-of-a-vote")
    tap(stage, "panel.confirm")
    tap(stage, "dialog.yes")
    until(lambda: see(window, "panel.outcome"), "what came of the vote")
    if album:
        step(stage, "first-vote")
        end_session(stage)


def see_the_result(stage: MainWindow, hall: Hall, album: Album) -> None:
    """The result is on a slip that holds, and the number is what it always was."""
    result = slips_of(hall)[-1]
    page = PdfReader(newest_slip(hall)).pages[0].extract_text()
    assert "改正" in page.replace("\n", "")
    assert scanned(stage, result) == "这张单子是真的"
    assert see(stage.window, "check.appeal") is None
    album.step(stage, "result-slip")
    tap(stage, "back")
    tap(stage, "tile.my_record")
    sign_in(stage, hall.cards[PERSON])
    until(lambda: see(stage.window, "notice.read"), "the result")
    read_and_tap(stage.window, "answer")
    screen(stage, "my_record")
    assert sum_on_screen(stage) == UNTOUCHED
    album.step(stage, "number-as-it-was")
    looks = views.views_of(hall.village, sessions.sign_in(hall.village, *hall.cards[PERSON]).id)
    assert [look.purpose for look in looks].count("hear_appeal") == 2
    assert [look.purpose for look in looks].count("decide_case") == 2
    end_session(stage)


def newest_slip(hall: Hall) -> Path:
    return hall.paper("slip")


def state_of(hall: Hall, reference: str) -> str:
    with hall.village.read() as session:
        return session.scalars(select(Case.state).where(Case.reference == reference)).one()


def seated(hall: Hall, reference: str) -> list[str]:
    """Who sits, in the order of the draw."""
    with hall.village.read() as session:
        found = (
            select(Resident.name)
            .join(PanelSeat, PanelSeat.resident_id == Resident.id)
            .join(Case, Case.id == PanelSeat.case_id)
            .where(Case.reference == reference)
            .order_by(PanelSeat.id)
        )
        return list(session.scalars(found))
