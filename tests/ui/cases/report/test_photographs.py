"""Photographs from a drive go with a report, and nothing that they told of whoever took them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.app import MainWindow
from tests.ui.cases.report.filling_in import (
    begin_own_deed,
    come_to_photos,
    come_to_whole,
    come_to_words,
    drawn,
    hand_in,
    kept,
    past_photos,
    photo_error,
    pictures_of,
    reference,
    snap,
)
from tests.ui.neighbours import Neighbours
from tests.ui.touch import rest, see, settle, tap, texts, until
from tests.worlds.pictures import bomb


def test_photographs_from_a_stick_go_with_the_report_without_what_they_told(
    stage: MainWindow, lane: Neighbours, stick: Path
) -> None:
    for number in range(3):
        snap(stick, f"{number}.jpg", at=1_780_000_000 + number)
    come_to_photos(stage, lane)
    until(lambda: see(stage.window, "report.photo.2"), "the pictures")
    tap(stage.window, "report.photo.0")
    until(lambda: kept(stage) == 1, "the first")
    tap(stage.window, "report.photo.1")
    until(lambda: kept(stage) == 2, "the second")
    tap(stage.window, "report.photo.0")  # the same again takes it out
    until(lambda: kept(stage) == 1, "one")
    past_photos(stage)
    until(lambda: "1 张" in texts(stage.window), "the line of the whole")
    hand_in(stage)
    reference(stage)

    (jpeg,) = pictures_of(lane.village)
    assert b"taken at home" not in jpeg
    assert see(stage.window, "report.take_along") is not None
    shutil.rmtree(stick)
    until(lambda: see(stage.window, "report.take_along") is None, "the stick to be gone")


def test_without_a_stick_photographs_are_not_asked_about_and_their_line_says_how(
    stage: MainWindow, lane: Neighbours
) -> None:
    begin_own_deed(stage, lane)
    come_to_words(stage)
    tap(stage.window, "report.words_done")
    until(lambda: see(stage.window, "report.witnesses_done"), "the next question")
    tap(stage.window, "report.witnesses_done")
    tap(stage.window, "report.line.photo")
    until(lambda: see(stage.window, "report.photos.none"), "the sentence")
    assert any("U 盘" in text for text in texts(stage.window))
    tap(stage.window, "report.photos_done")
    hand_in(stage)
    reference(stage)
    assert pictures_of(lane.village) == []


def test_a_stick_put_in_later_is_seen_and_one_pulled_out_leaves_what_was_taken(
    stage: MainWindow, lane: Neighbours
) -> None:
    come_to_whole(stage, lane)
    tap(stage.window, "report.line.photo")
    until(lambda: see(stage.window, "report.photos.none"), "the sentence")
    stick = Path(lane.village.settings.drives) / "LATE"
    stick.mkdir(parents=True)
    snap(stick, "a.jpg")
    until(lambda: see(stage.window, "report.photo.0"), "the picture")
    tap(stage.window, "report.photo.0")
    until(lambda: kept(stage) == 1, "the photograph")
    shutil.rmtree(stick)
    until(lambda: see(stage.window, "report.photos.out.0"), "what was taken")
    assert see(stage.window, "report.photo.0") is None
    assert kept(stage) == 1
    past_photos(stage)
    hand_in(stage)
    reference(stage)
    assert len(pictures_of(lane.village)) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xd8\xff" + b"x" * (40 << 20), "太大了"),
        (b"this is no photograph", "不是能看的照片"),
        (bomb(), "太大了"),
    ],
    ids=["40 MB", "no photograph", "bomb"],
)
def test_what_cannot_be_taken_is_said_and_nothing_typed_is_lost(
    stage: MainWindow, lane: Neighbours, stick: Path, content: bytes, said: str
) -> None:
    (stick / "a.jpg").write_bytes(content)
    come_to_photos(stage, lane)
    until(lambda: see(stage.window, "report.photo.0"), "the file")
    tap(stage.window, "report.photo.0")
    until(lambda: said in photo_error(stage), "the sentence")
    assert kept(stage) == 0
    past_photos(stage)
    until(lambda: "扫了两段石阶。" in texts(stage.window), "the whole")
    assert photo_error(stage) == ""
    hand_in(stage)
    reference(stage)


def test_a_stick_pulled_out_while_a_picture_is_taken_is_said(
    stage: MainWindow, lane: Neighbours, stick: Path
) -> None:
    snap(stick, "a.jpg")
    come_to_photos(stage, lane)
    until(lambda: see(stage.window, "report.photo.0"), "the picture")
    photos = see(stage.window, "report.photo.0")
    assert photos is not None
    shutil.rmtree(stick)
    rest(stage.window)
    photos.metaObject().invokeMethod(photos, "tap")
    until(lambda: "U 盘不在了" in photo_error(stage), "the sentence")
    past_photos(stage)
    until(lambda: "扫了两段石阶。" in texts(stage.window), "the whole")


def test_a_fourth_photograph_is_not_taken(stage: MainWindow, lane: Neighbours, stick: Path) -> None:
    for number in range(4):
        snap(stick, f"{number}.jpg")
    come_to_photos(stage, lane)
    until(lambda: see(stage.window, "report.photo.3"), "the pictures")
    for number in range(4):
        tap(stage.window, f"report.photo.{number}")
        until(lambda n=number: kept(stage) == min(n + 1, 3), "the photograph")  # type: ignore[misc]
    assert "最多放 3 张" in photo_error(stage)


def test_a_look_at_another_screen_keeps_the_photographs(
    stage: MainWindow, lane: Neighbours, stick: Path
) -> None:
    snap(stick, "a.jpg")
    come_to_photos(stage, lane)
    tap(stage.window, "report.photo.0")
    until(lambda: kept(stage) == 1, "the photograph")
    past_photos(stage)
    until(lambda: see(stage.window, "report.next"), "the whole")
    stage.kiosk.open("rules")
    settle()
    tap(stage.window, "back")
    until(lambda: "1 张" in texts(stage.window), "the whole again")
    hand_in(stage)
    reference(stage)
    assert len(pictures_of(lane.village)) == 1


def test_older_pictures_and_other_kinds_are_told_of(
    stage: MainWindow, lane: Neighbours, stick: Path
) -> None:
    for number in range(14):
        snap(stick, f"{number}.jpg", at=1_780_000_000 + number)
    (stick / "b.heic").write_bytes(b"heic")
    come_to_photos(stage, lane)
    until(lambda: see(stage.window, "report.photo.11"), "a page of pictures")
    assert see(stage.window, "report.photo.12") is None
    assert see(stage.window, "report.photos.unread") is not None
    drawn(stage)  # the pictures were there before the question was
    tap(stage.window, "report.photos.older")
    until(lambda: see(stage.window, "report.photo.13"), "the older ones")
    assert see(stage.window, "report.photos.older") is None
