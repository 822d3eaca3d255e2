"""Read aloud: every word of the screen in order, the person's pace, forgotten at the end."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.app import MainWindow
from kiosk.core.catalogue import Language
from kiosk.core.errors import EnvironmentFault
from kiosk.ui.shell.reader import Reader
from tests.ui.touch import see, tap, until


class Heard:
    """A voice that keeps what it says."""

    def __init__(self) -> None:
        self.said: list[tuple[str, Language, int, int]] = []
        self.speaking = False

    def say(self, text: str, language: Language, rate: int, volume: int) -> None:
        self.said.append((text, language, rate, volume))
        self.speaking = True

    def stop(self) -> None:
        self.speaking = False


def reader_of(voice: Heard) -> Reader:
    return Reader(voice, lambda: "zh", lambda _trouble: None)


def test_the_screen_is_read_in_order_and_each_tile_once(stage: MainWindow) -> None:
    voice = Heard()
    screen = see(stage.window, "stage")

    reader_of(voice).read(screen)

    text, language, *_ = voice.said[0]
    lines = text.splitlines()
    assert language == "zh"
    assert lines[0] == "刷卡就能打开自己的存折：把卡对准扫描口"
    assert lines[1] == "我的存折. 看分数、每一分从哪来"
    assert lines[-1] == "工作人员"


def test_faster_and_louder_begin_again_at_once_and_have_ends(stage: MainWindow) -> None:
    voice = Heard()
    reader = reader_of(voice)
    reader.read(see(stage.window, "stage"))

    for _ in range(9):
        reader.adjust(1, 1)

    assert voice.said[-1][2:] == (6, 100)
    assert voice.said[-1][0] == voice.said[0][0]


def test_the_next_person_finds_the_usual_voice(stage: MainWindow) -> None:
    voice = Heard()
    reader = reader_of(voice)
    reader.read(see(stage.window, "stage"))
    reader.adjust(-3, 2)

    reader.reset()

    assert voice.speaking is False
    assert (reader.property("rate"), reader.property("volume")) == (3, 60)


def test_whether_anybody_is_still_there_is_asked_by_ear_of_who_has_used_it(
    open_stage: Callable[..., MainWindow],
) -> None:
    voice = Heard()
    stage = open_stage(voice=voice)
    stage.kiosk.open("rules")
    until(lambda: stage.kiosk.property("screenName") == "rules")
    stage.kiosk.idle.count_down()
    until(lambda: see(stage.window, "still_here"))
    assert voice.said == []  # somebody who reads is not spoken to in the middle of the hall

    tap(stage.window, "still_here")
    tap(stage.window, "read_aloud")
    stage.kiosk.idle.count_down()
    until(lambda: len(voice.said) == 2)
    assert voice.said[-1][0].splitlines() == [
        "您还在吗？",
        "有一会儿没人碰屏幕了，30 秒后自动结束使用。",
        stage.kiosk.text("shell.go_on"),
        stage.kiosk.text("shell.end_now"),
    ]
    tap(stage.window, "still_here")
    assert voice.speaking is False


def test_a_voice_that_is_missing_is_trouble_and_no_bug(stage: MainWindow) -> None:
    class Mute(Heard):
        def say(self, text: str, language: Language, rate: int, volume: int) -> None:
            raise EnvironmentFault("speech_missing")

    troubles: list[str] = []
    reader = Reader(Mute(), lambda: "zh", lambda trouble: troubles.append(trouble.code))

    reader.read(see(stage.window, "stage"))

    assert troubles == ["speech_missing"]
    assert reader.property("speaking") is False


def test_there_is_no_button_where_nothing_can_speak(stage: MainWindow) -> None:
    assert see(stage.window, "read_aloud") is None
