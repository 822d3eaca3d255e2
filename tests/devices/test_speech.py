"""Read aloud: with the real espeak-ng where sound can be measured, else with a stand-in program."""

from __future__ import annotations

import array
import math
import subprocess
import wave
from pathlib import Path

import pytest

from kiosk.core.errors import EnvironmentFault
from kiosk.devices.speech import RATES, EspeakVoice, SilentVoice, Voice, voice_of, write_wav
from tests.devices.real_printing import missing_programs, wait_for

needs_espeak = pytest.mark.skipif(bool(missing_programs("espeak-ng")), reason="no espeak-ng")

STAND_IN = """#!/bin/sh
trap '' TERM
echo "$@" > {folder}/arguments
cat > {folder}/text
echo $$ > {folder}/starting
mv {folder}/starting {folder}/started
exec sleep 60
"""
"""Deaf to a request to end; what it leaves as `started` is whole as soon as it is there."""


def loudness(file: Path) -> tuple[float, float]:
    """Root mean square of the samples, and seconds."""
    with wave.open(str(file)) as sound:
        samples = array.array("h", sound.readframes(sound.getnframes()))
        seconds = len(samples) / sound.getframerate()
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples)), seconds


@pytest.fixture
def stand_in(tmp_path: Path) -> EspeakVoice:
    program = tmp_path / "espeak"
    program.write_text(STAND_IN.format(folder=tmp_path))
    program.chmod(0o755)
    return EspeakVoice(str(program))


@needs_espeak
@pytest.mark.parametrize(
    ("language", "text"), [("zh", "您的分数是六十七分"), ("en", "Your number")]
)
def test_both_languages_can_be_heard(tmp_path: Path, language: str, text: str) -> None:
    write_wav(tmp_path / "a.wav", text, language)
    loud, seconds = loudness(tmp_path / "a.wav")
    assert loud > 300
    assert 0.5 < seconds < 10


def phonemes(text: str) -> str:
    """What espeak-ng would say; ``(en)`` marks where it goes over to English."""
    command = ["espeak-ng", "-v", voice_of("zh"), "-q", "--ipa", "-b", "1", "--stdin"]
    told = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return told.stdout.strip()


@needs_espeak
def test_chinese_characters_are_spoken_as_mandarin_and_english_words_as_english() -> None:
    assert "tɕ" in phonemes("垃圾分类")
    assert "(en)" not in phonemes("垃圾分类，善行存折，67分")
    assert phonemes("Good deed").startswith("(en)")


@needs_espeak
def test_every_rate_is_faster_than_the_one_before(tmp_path: Path) -> None:
    lengths = []
    for rate in range(len(RATES)):
        write_wav(tmp_path / "a.wav", "今天帮了邻居一个忙，谢谢您。", "zh", rate)
        lengths.append(loudness(tmp_path / "a.wav")[1])
    assert lengths == sorted(lengths, reverse=True)
    assert len(set(lengths)) == 7


@needs_espeak
def test_the_volume_goes_down_to_silence(tmp_path: Path) -> None:
    volumes = {}
    for volume in (0, 30, 100):
        write_wav(tmp_path / "a.wav", "谢谢", "zh", volume=volume)
        volumes[volume] = loudness(tmp_path / "a.wav")[0]
    assert volumes[0] == 0
    assert 0 < volumes[30] < volumes[100]


@needs_espeak
def test_brackets_are_not_taken_for_phoneme_codes(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", "[[h@'loU]]", "en")
    write_wav(tmp_path / "b.wav", "[ [h@'loU]]", "en")
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


@needs_espeak
def test_the_voices_of_this_machine_are_known() -> None:
    assert EspeakVoice().missing_languages() == ()


def test_a_machine_without_a_voice_says_so(tmp_path: Path) -> None:
    voice = EspeakVoice(str(tmp_path / "absent"))
    assert voice.missing_languages() == ("zh", "en")
    with pytest.raises(EnvironmentFault) as refusal:
        voice.say("你好", "zh", 3, 60)
    assert refusal.value.code == "speech_missing"
    assert not voice.speaking


def test_a_text_goes_in_whole_by_standard_input_and_never_as_an_argument(
    stand_in: EspeakVoice, tmp_path: Path
) -> None:
    stand_in.say("--version 林春生", "zh", 0, 50)
    wait_for((tmp_path / "started").exists)
    assert (tmp_path / "text").read_text() == "--version 林春生"
    assert (tmp_path / "arguments").read_text().split() == [
        *("-v", "cmn-latn-pinyin", "-s", "90", "-a", "100", "-b", "1", "--stdin")
    ]
    stand_in.stop()


@pytest.mark.parametrize(("rate", "volume"), [(-5, -1), (99, 1000)])
def test_rate_and_volume_stay_in_range(
    stand_in: EspeakVoice, tmp_path: Path, rate: int, volume: int
) -> None:
    stand_in.say("a", "en", rate, volume)
    wait_for((tmp_path / "started").exists)
    arguments = (tmp_path / "arguments").read_text().split()
    assert int(arguments[3]) in (RATES[0], RATES[-1])
    assert arguments[5] in ("0", "200")
    stand_in.stop()


def test_it_is_silent_at_once(stand_in: EspeakVoice, tmp_path: Path) -> None:
    stand_in.say("a", "en", 3, 60)
    wait_for((tmp_path / "started").exists)
    speaker = Path(f"/proc/{(tmp_path / 'started').read_text().strip()}")
    was_speaking = stand_in.speaking, speaker.exists()
    stand_in.stop()
    # It speaks for a minute and hears no request to end: that it is gone says that it was killed.
    assert (was_speaking, stand_in.speaking) == ((True, True), False)
    assert not speaker.exists()


def test_the_next_sentence_ends_the_last(stand_in: EspeakVoice, tmp_path: Path) -> None:
    stand_in.say("first", "en", 3, 60)
    wait_for((tmp_path / "started").exists)
    first = int((tmp_path / "started").read_text())
    stand_in.say("second", "en", 3, 60)
    assert not Path(f"/proc/{first}").exists()
    stand_in.stop()


def test_a_text_of_any_length_does_not_hold_the_screen_up(tmp_path: Path) -> None:
    deaf = tmp_path / "deaf"
    deaf.write_text("#!/bin/sh\nexec sleep 60\n")
    deaf.chmod(0o755)
    voice = EspeakVoice(str(deaf))
    voice.say("善" * 1_000_000, "zh", 3, 60)
    assert voice.speaking  # it reads nothing for a minute: whoever waits for it comes too late
    voice.stop()


def test_the_stand_in_for_screens_is_a_voice() -> None:
    silent = SilentVoice()
    voice: Voice = silent
    voice.say("你好", "zh", 3, 60)
    heard = [silent.speaking]
    voice.stop()
    heard.append(silent.speaking)
    assert silent.said == [("你好", "zh", 3, 60)]
    assert heard == [True, False]
