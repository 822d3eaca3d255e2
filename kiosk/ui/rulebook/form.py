"""A change of a rule as an officer puts it together, one question after the other; plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kiosk.core.catalogue import CHINESE, ENGLISH
from kiosk.core.texts import Texts
from kiosk.services.rule_changes.drafts import Draft, What
from kiosk.services.rulebook.book import Rule
from kiosk.services.rulebook.reading import RuleText

KIND, AREA, TITLE, TEXT, REMEDY = "kind", "area", "title", "text", "remedy"
REPORTERS, ICON, POINTS, CAPS, CHECK = "reporters", "icon", "points", "caps", "check"
LADDER, REMINDER = "ladder", "reminder"
QUESTIONS: Final = (
    *(KIND, AREA, TITLE, TEXT, REMEDY, REPORTERS, ICON, POINTS, LADDER, CAPS, REMINDER),
)
UNLIMITED: Final = "none"
"""A rule counts as often as somebody does it, or gives the same for however many hours."""
YES, NO = "yes", "no"
_OF_A_DEED: Final = {LADDER, CAPS}
_OF_A_CONCERN: Final = {REMEDY, REMINDER}
WRITTEN: Final = (TITLE, TEXT, REMEDY)
"""Those that are answered with the keyboard."""
ICONS: Final = (
    *("ripple", "recycle", "trash", "leaf", "plant-2", "tree", "seedling", "tools"),
    *("heart-handshake", "users-group", "home-heart", "walk", "books", "school", "briefcase"),
    *("wallet", "gift", "confetti", "alert-triangle", "road", "moon", "calendar-due", "scale"),
)
"""Pictures to choose from; words at ``rule_changes.icon_<name>``."""


@dataclass
class Form:
    """What was answered so far; `rule` is the key of one that stands."""

    what: What = "new"
    rule: str = ""
    said: dict[str, str] = field(default_factory=dict)
    """By question."""
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    """By question and language."""

    def following(self, question: str) -> str:
        """What is asked after `question`: of what is checked already, nothing more."""
        if CHECK in self.said:
            return CHECK
        left = [each for each in self.asked() if QUESTIONS.index(each) > QUESTIONS.index(question)]
        return left[0] if left else CHECK

    def before(self, question: str) -> str:
        """The question before; empty for the first."""
        if CHECK in self.said:
            return CHECK
        asked = list(self.asked())
        place = len(asked) if question == CHECK else asked.index(question)
        return asked[place - 1] if place else ""

    def asked(self) -> tuple[str, ...]:
        """The questions of this change: a deed has nothing to put right, and hours and limits."""
        without = _OF_A_DEED if self.said.get(KIND) == "concern" else _OF_A_CONCERN
        without = without | ({KIND} if self.rule else set())
        return tuple(each for each in QUESTIONS if each not in without)

    def text(self, question: str, language: str) -> str:
        """What was written."""
        return self.words.get(question, {}).get(language, "")

    def answer(self, question: str, key: str) -> None:
        """Take an answer; a ladder begins above the points, and is asked for anew with others."""
        steps = self.said.get(LADDER, UNLIMITED) != UNLIMITED
        if steps and question == POINTS and key != self.said.get(POINTS):
            del self.said[LADDER]
        self.said[question] = key

    def next_after(self, question: str) -> str:
        """As `following`, and what an answer made open again."""
        again = question == POINTS and LADDER in self.asked() and LADDER not in self.said
        return LADDER if again else self.following(question)

    def _chosen(self, question: str) -> str:
        said = self.said.get(question, UNLIMITED)
        return "" if said == UNLIMITED or question not in self.asked() else said

    def draft(self) -> Draft:
        """What the service is asked for."""
        written = {each: Texts(self.words.get(each, {})) for each in WRITTEN}
        if self.said.get(KIND) != "concern":
            written[REMEDY] = Texts({})
        return Draft(
            what=self.what,
            rule=self.rule,
            kind=self.said.get(KIND, "deed"),
            area=self.said.get(AREA, ""),
            points=int(self.said.get(POINTS, "0")),
            reporters=self.said.get(REPORTERS, ""),
            icon=self.said.get(ICON, ""),
            caps=self._chosen(CAPS),
            ladder=self._chosen(LADDER),
            reminder=self._chosen(REMINDER) == YES,
            **written,
        )


def form_of(rule: Rule | RuleText) -> Form:
    """A change of a rule that stands begins with what it says; so does one that is offered."""
    answers = {each: str(getattr(rule, each)) for each in QUESTIONS if each not in WRITTEN}
    words = {each: _by_language(getattr(rule, each)) for each in WRITTEN}
    answers[CAPS], answers[LADDER] = rule.caps or UNLIMITED, rule.ladder or UNLIMITED
    answers[REMINDER] = YES if rule.reminder else NO
    what: What = "changed" if isinstance(rule, Rule) else "new"
    stands = rule.rule if isinstance(rule, Rule) else ""
    return Form(what, stands, {**answers, CHECK: "begun"}, words)


def _by_language(texts: Texts) -> dict[str, str]:
    return {each: texts.get(each, "") for each in (CHINESE, ENGLISH)}
