"""The way through an enrolment, as data: its steps, its questions, and where back leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from kiosk.services.enrolment.explanation import ANSWERS, RIGHT_ANSWERS

Step = Literal[
    "find", "who", "child", "birthday", "listen", "sample", "question", "choose", "nothing",
    "done",
]  # fmt: skip
STEPS: tuple[Step, ...] = get_args(Step)

DOTS: tuple[Step, ...] = ("listen", "sample", "question", "choose", "done")
"""The steps that are shown as a row; words at ``enrolment.step_<step>``."""

BACK: dict[Step, Step] = {
    "who": "find",
    "child": "find",
    "birthday": "find",
    "listen": "who",
    "sample": "listen",
    "question": "sample",
    "choose": "sample",
    "nothing": "choose",
}
"""Where back leads; from the others it leaves the screen."""

SENTENCES: tuple[tuple[str, str], ...] = (
    ("consent_1", "user-check"),
    ("consent_2", "notebook"),
    ("consent_3", "eye"),
    ("consent_4", "leaf"),
    ("consent_5", "message-2"),
    ("consent_6", "calendar"),
    ("consent_7", "lock"),
    ("consent_8", "door-exit"),
)
"""What is read to the person: the consent text with a picture for each sentence."""


@dataclass(frozen=True)
class Question:
    """A plain question about what was just heard.

    Words at ``enrolment.ask_<name>`` and ``enrolment.ask_<name>_<answer>``; who answers something
    else hears `sentence` of the consent text once more.
    """

    name: str
    answers: tuple[str, ...]
    right: str
    sentence: str


_ANSWERED_BY = {"stay_out": "consent_1", "who_sees": "consent_3", "leave": "consent_8"}
QUESTIONS: tuple[Question, ...] = tuple(
    Question(name, ANSWERS[name], right, _ANSWERED_BY[name])
    for name, right in RIGHT_ANSWERS.items()
)
