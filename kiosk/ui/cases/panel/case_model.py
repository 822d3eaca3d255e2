"""One case before its panel: everything that was said and decided, and a vote."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_day
from kiosk.core.ids import new_touch_id
from kiosk.ui.cases.panel import wording
from kiosk.ui.parts.deciding import PAGE, REASON, SENTENCE, DecidingModel

if TYPE_CHECKING:
    from kiosk.services.cases.panel import PanelMember, PanelView, VoteOutcome
    from kiosk.services.village import Village

QML_IMPORT_NAME = "kiosk.ui.cases.panel"
QML_IMPORT_MAJOR_VERSION = 1

MALICE = "malice"
OVERTURN, UPHOLD, ASIDE = "overturn", "uphold", "aside"
_STARTERS = ("listened", "photos", "looked")
"""Sentences to begin with, for whoever does not like to write."""
_WORDS = (
    *("question", "circumstances", "subject", "rule", "rule_text", "said", "reply", "plea"),
    *("plea_heading", "deadline", "draw", "overturn", "uphold", "chosen", "asked"),
    *("outcome", "outcome_detail", "seen"),
)
"""What `PanelCaseModel.words` holds."""


@QmlElement
class PanelCaseModel(DecidingModel):
    """View-model of PanelCaseScreen: the page, then reason, sentence, and what came of it."""

    caseChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view: PanelView | None = None
        self._photos: tuple[str, ...] = ()
        self._choice = ""
        self._malice = False
        self._outcome: VoteOutcome | None = None
        self._words = dict.fromkeys(_WORDS, "")
        self._decisions: list[dict[str, str]] = []
        self._members: list[dict[str, Any]] = []
        self._choices: list[dict[str, Any]] = []
        self._starters: list[str] = []

    # --- What QML sees --------------------------------------------------------------------------

    @Property(bool, notify=caseChanged)
    def there(self) -> bool:
        """Whether the case was opened."""
        return self._view is not None

    @Property(bool, notify=caseChanged)
    def voted(self) -> bool:
        """Whether this member gave a vote before."""
        return self._view is not None and self._view.my_vote is not None

    @Property(int, notify=caseChanged)
    def points(self) -> int:
        """What it gives or takes."""
        return self._view.points if self._view else 0

    @Property("QVariantMap", notify=caseChanged)  # type: ignore[arg-type]
    def words(self) -> dict[str, str]:
        """Ready texts, as `_WORDS` names them; empty where there is nothing to say."""
        return self._words

    @Property(list, notify=caseChanged)
    def photos(self) -> list[str]:
        """The pictures' addresses."""
        return list(self._photos)

    @Property(list, notify=caseChanged)
    def decisions(self) -> list[dict[str, str]]:
        """What was decided so far: ``what``, ``why``, ``said``."""
        return self._decisions

    @Property(list, notify=caseChanged)
    def members(self) -> list[dict[str, Any]]:
        """The three: ``name``, ``voted``, ``state``."""
        return self._members

    @Property(list, notify=caseChanged)
    def choices(self) -> list[dict[str, Any]]:
        """What the step asks to choose from: ``key``, ``name``, ``chosen``."""
        return self._choices

    @Property(list, notify=caseChanged)
    def starters(self) -> list[str]:
        """Sentences to begin with."""
        return self._starters

    # --- What can be done -----------------------------------------------------------------------

    @Slot(int)
    def open(self, case_id: int) -> None:
        """Open a case; the person sees that a member of the panel opened it."""
        self._case_id = case_id
        self.ask(_open, self.session_id, case_id, then=self._show)

    @Slot(str)
    def begin(self, choice: str) -> None:
        """Begin to vote: ``uphold`` or ``overturn``; first the reason."""
        self._choice, self._reason, self._malice = choice, "", False
        self._touch = new_touch_id()
        self._go(REASON)

    @Slot(str)
    def choose(self, key: str) -> None:
        """One of the listed reasons, or the answer to whether harm was meant."""
        if self._stage == MALICE:
            self._malice = key == "yes"
            self._go(SENTENCE)
        else:
            self._reason = key
            self._go(MALICE if self._asks_malice() else SENTENCE)

    @Slot()
    def back(self) -> None:
        """One step back; what was chosen stays."""
        before = {REASON: PAGE, MALICE: REASON}
        self._go(before.get(self._stage, MALICE if self._asks_malice() else REASON))

    @Slot()
    def vote(self) -> None:
        """Vote, with the sentence that was checked, and that the person will read."""
        said = (self._choice == UPHOLD, self._reason, self._sentence, self._touch)
        asked = (*said, self._malice)
        self.ask(_vote, self.session_id, self._case_id, *asked, then=self._done)

    @Slot()
    def askedToStepAside(self) -> None:
        """Somebody is about to leave their seat: whatever is tapped, it happens once."""
        self._touch = new_touch_id()

    @Slot()
    def stepAside(self) -> None:
        """The next in the draw takes the seat."""
        self._choice = ASIDE
        self.ask(_step_aside, self.session_id, self._case_id, self._touch, then=self._done)

    # --- Answers and words ----------------------------------------------------------------------

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        view = self._view
        if view is not None:
            self._words = dict.fromkeys(_WORDS, "") | self._page_words(view)
            self._words |= self._vote_words(view) | self._outcome_words(view)
            self._decisions = [wording.said_decision(self.text, each) for each in view.decisions]
            self._members = [self._member(each) for each in view.members]
            self._choices = self._malice_rows() if self._stage == MALICE else self._reasons(view)
            wanted = [each for each in _STARTERS if each != "photos" or self._photos]
            self._starters = [self.text(f"panel.starter_{each}") for each in wanted]
        self.caseChanged.emit()

    def _show(self, opened: tuple[PanelView, tuple[str, ...]]) -> None:
        self._view, self._photos = opened
        self._go(PAGE)

    def _keep(self, outcome: VoteOutcome) -> None:
        self._outcome = outcome

    def _asks_malice(self) -> bool:
        concern = self._view is not None and self._view.kind == "concern"
        return concern and self._choice == OVERTURN

    def _purpose(self, view: PanelView) -> str:
        return "correction" if view.state == "effective" else "appeal"

    def _page_words(self, view: PanelView) -> dict[str, str]:
        say, tongue = self.text, self.shell.tongue
        rule, purpose = view.rule, self._purpose(view)
        remedy = rule.remedy.said(tongue)
        due = said_day(say, view.due_on) if view.due_on else ""
        return {
            "circumstances": wording.in_a_row(
                (wording.said_circumstances(say, view), say("panel.number", view.reference))
            ),
            "subject": view.subject_name,
            "rule": self._title(view),
            "rule_text": "\n".join(filter(None, (rule.text.said(tongue), remedy))),
            "said": wording.quoted(say, view.words),
            "reply": wording.said_reply(say, view),
            "plea_heading": say(f"panel.plea_{purpose}"),
            "plea": wording.said_plea(say, view),
            "deadline": say("panel.days_left", view.days_left, due) if due else "",
            "draw": say("panel.draw", view.candidates, view.seed[:8]),
            "seen": say("panel.seen", view.subject_name),
        }

    def _vote_words(self, view: PanelView) -> dict[str, str]:
        purpose = self._purpose(view)
        names = {each: self.text(f"panel.do_{each}_{purpose}") for each in (OVERTURN, UPHOLD)}
        reason = self.text(self._reason) if self._reason else ""
        chosen = wording.in_a_row((names.get(self._choice, ""), reason))
        return {
            **names,
            "question": self._question(view),
            "chosen": chosen,
            "asked": "\n".join(
                (
                    wording.in_a_row((view.subject_name, self._title(view), view.reference)),
                    chosen,
                    *((self.text(f"panel.malice_{self._said_malice()}"),) * self._asks_malice()),
                    wording.quoted(self.text, self._sentence),
                )
            ),
        }

    def _said_malice(self) -> str:
        return "yes" if self._malice else "no"

    def _title(self, view: PanelView) -> str:
        return view.rule.title.said(self.shell.tongue)

    def _question(self, view: PanelView) -> str:
        if self._stage == PAGE:
            return self.text("panel.case", self._title(view))
        return self.text(f"panel.ask_{self._stage}")

    def _outcome_words(self, view: PanelView) -> dict[str, str]:
        made = self._outcome
        if made is None:
            return {}
        if self._choice == ASIDE:
            return self._told("panel.stepped_aside", "panel.stepped_aside_detail")
        if not made.decided:
            return self._told("panel.vote_kept", "panel.vote_kept_detail")
        kept = self._purpose(view) == "correction" and made.state == "effective"
        key = "panel.kept" if kept else f"reports.outcome_{view.kind}_{made.state}"
        return self._told(key, "panel.decided_detail")

    def _told(self, outcome: str, detail: str) -> dict[str, str]:
        return {"outcome": self.text(outcome), "outcome_detail": self.text(detail)}

    def _member(self, member: PanelMember) -> dict[str, Any]:
        state = self.text("panel.has_voted" if member.voted else "panel.not_voted")
        return {"name": member.name, "voted": member.voted, "state": state}

    def _reasons(self, view: PanelView) -> list[dict[str, Any]]:
        listed = view.reasons_uphold if self._choice == UPHOLD else view.reasons_overturn
        return [
            {"key": key, "name": self.text(key), "chosen": key == self._reason} for key in listed
        ]

    def _malice_rows(self) -> list[dict[str, Any]]:
        return [
            {"key": key, "name": self.text(f"panel.malice_{key}"), "chosen": False}
            for key in ("no", "yes")
        ]


def _open(village: Village, session_id: str, case_id: int) -> tuple[PanelView, tuple[str, ...]]:
    from kiosk.services.cases import panel, photos

    view = panel.open_panel_case(village, session_id, case_id)
    pictures = photos.photos_of(village, session_id, case_id) if view.photos else ()
    return view, tuple(_address(each) for each in pictures)


def _address(picture: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}"


def _vote(
    village: Village,
    session_id: str,
    case_id: int,
    uphold: bool,
    reason: str,
    sentence: str,
    touch: str,
    malice: bool,
) -> VoteOutcome:
    from kiosk.services.cases import panel

    given = (uphold, reason, sentence, touch)
    return panel.vote(village, session_id, case_id, *given, malice=malice)


def _step_aside(village: Village, session_id: str, case_id: int, touch: str) -> VoteOutcome:
    from kiosk.services.cases import panel

    return panel.step_aside(village, session_id, case_id, touch)
