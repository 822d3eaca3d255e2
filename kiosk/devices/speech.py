"""Read aloud with espeak-ng: Mandarin and English, seven rates, a volume, stopped at once.

The text goes in by standard input, never as an argument: other users of a machine can see
arguments, and a text must not be taken for an option.
"""

from __future__ import annotations

import shutil
import subprocess
import threading
from pathlib import Path
from typing import IO, Final, Protocol

from kiosk.core.catalogue import Language, catalogue
from kiosk.core.days import plain
from kiosk.core.errors import EnvironmentFault

RATES: Final = (90, 115, 140, 170, 205, 245, 290)
"""Words a minute, from slow to fast; espeak-ng's own is 175."""
USUAL_RATE: Final = 3
"""The place of the usual rate in `RATES`, counted from 0."""
USUAL_VOLUME: Final = 60

_LONGEST_TEXT: Final = 16_000
"""Characters; in UTF-8 they fit into a pipe's buffer (64 KiB), so that writing never waits."""
_PROGRAM: Final = "espeak-ng"
_FULL_AMPLITUDE: Final = 200
_LOOK_SECONDS: Final = 3.0


class Voice(Protocol):
    """What a screen asks of a speaker."""

    def say(self, text: str, language: Language, rate: int, volume: int) -> None:
        """Begin to speak, instead of what is being said.

        `rate` is a place in `RATES`, `volume` 0 to 100; both are brought into range.

        Raises:
            EnvironmentFault: ``speech_missing``.
        """
        ...

    def stop(self) -> None:
        """Be silent at once."""
        ...

    @property
    def speaking(self) -> bool:
        """Whether something is being said."""
        ...


class EspeakVoice:
    """espeak-ng in a process of its own, which ends when it has spoken."""

    def __init__(self, program: str = _PROGRAM) -> None:
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def say(self, text: str, language: Language, rate: int, volume: int) -> None:
        """Begin to speak, instead of what is being said."""
        with self._lock:
            self._silence()
            self._process = _started(
                [self._program, *_options(language, rate, volume), "--stdin"], text
            )

    def stop(self) -> None:
        """Be silent at once."""
        with self._lock:
            self._silence()

    @property
    def speaking(self) -> bool:
        """Whether something is being said."""
        process = self._process
        return process is not None and process.poll() is None

    def missing_languages(self) -> tuple[Language, ...]:
        """Which languages have no voice on this machine; may take up to three seconds."""
        if shutil.which(self._program) is None:
            return catalogue().languages
        return tuple(each for each in catalogue().languages if not self._has(voice_of(each)))

    def _has(self, voice: str) -> bool:
        """espeak-ng falls back to another voice in silence, so its list is what counts."""
        family = voice.partition("-")[0]
        try:
            listed = subprocess.run(
                [self._program, f"--voices={family}"],
                capture_output=True,
                text=True,
                timeout=_LOOK_SECONDS,
                check=False,
            ).stdout
        except (OSError, subprocess.TimeoutExpired):
            return False
        rows = (line.split() for line in listed.splitlines()[1:])
        return any(len(row) > 1 and row[1] == voice for row in rows)

    def _silence(self) -> None:
        """Kill rather than ask: a sentence in the sound card's buffer is not worth waiting for."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def write_wav(
    file: Path, text: str, language: Language, rate: int = USUAL_RATE, volume: int = USUAL_VOLUME
) -> None:
    """Speak into a WAV file; waits until it is written.

    Raises:
        EnvironmentFault: ``speech_missing``.
    """
    options = [*_options(language, rate, volume), "-w", str(file), "--stdin"]
    _started([_PROGRAM, *options], text).wait()


def voice_of(language: Language) -> str:
    """The name by which espeak-ng knows the voice of `language`."""
    return catalogue().text("language.voice", language)


def _options(language: Language, rate: int, volume: int) -> list[str]:
    words_a_minute = RATES[min(max(rate, 0), len(RATES) - 1)]
    amplitude = min(max(volume, 0), 100) * _FULL_AMPLITUDE // 100
    # -b 1: the text is UTF-8 whatever the machine's locale is.
    return ["-v", voice_of(language), "-s", str(words_a_minute), "-a", str(amplitude), "-b", "1"]


def _started(command: list[str], text: str) -> subprocess.Popen[bytes]:
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError as trouble:
        raise EnvironmentFault("speech_missing") from trouble
    assert process.stdin is not None
    _give(process.stdin, text)
    return process


def _give(pipe: IO[bytes], text: str) -> None:
    """Write and close; a program that ended meanwhile is no trouble."""
    try:
        with pipe:
            pipe.write(_plain(text).encode("utf-8", "replace"))
    except BrokenPipeError:
        return


def _plain(text: str) -> str:
    """The text without what espeak-ng would take for phoneme codes (``[[…]]``)."""
    return plain(text)[:_LONGEST_TEXT].replace("[[", "[ [")


class SilentVoice:
    """A voice for tests: it remembers what it was told, and never ends by itself."""

    def __init__(self) -> None:
        self.said: list[tuple[str, Language, int, int]] = []
        self.speaking = False

    def say(self, text: str, language: Language, rate: int, volume: int) -> None:
        """Remember."""
        self.said.append((text, language, rate, volume))
        self.speaking = True

    def stop(self) -> None:
        """Be silent."""
        self.speaking = False
