"""One case: everything on one page, and the way of a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.errors import Refusal
from kiosk.core.ids import new_touch_id
from kiosk.ui.desk import wording
from kiosk.ui.shell.view_model import ViewModel

if TYPE_CHECKING:
    from kiosk.core.catalogue import Language
    from kiosk.services.reports.desk import CaseOutcome, CaseView
    from kiosk.services.village import Village

QML_IMPORT_NAME = "kiosk.ui.desk"
QML_IMPORT_MAJOR_VERSION = 1

PAGE, REASON, SENTENCE, DONE = "page", "reason", "sentence", "done"
PUT_RIGHT, RECUSE = "put_right", "recuse"
PURPOSE = "decide_case"
_WORDS = (
    *("title", "question", "circumstances", "rule", "rule_text", "remedy", "subject", "said"),
    *("reporter", "confirmed", "deadline", "seen", "why", "state"),
    *("reply_heading", "reply_choice", "reply"),
    *("decision", "chosen", "sentence_for", "outcome", "outcome_detail"),
)
"""What `CaseModel.words` holds."""


@QmlElement
class CaseModel(ViewModel):
    """View-model of CaseScreen: the page, then reason, sentence, and what came of it."""

    caseChanged = Signal()
    stageChanged = Signal()
    decided = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._case_id = 0
        self._view: CaseView | None = None
        self._stage = PAGE
        self._decision = self._reason = self._touch = ""
        self._outcome: CaseOutcome | None = None
        self._moved_on = False
        self._reporter = ""
        self._words = dict.fromkeys(_WORDS, "")
        self._steps: list[str] = []
        self._reasons: list[dict[str, Any]] = []
        self._history: list[dict[str, str]] = []

    # --- What QML sees: the page ----------------------------------------------------------------

    @Property(bool, notify=caseChanged)
    def there(self) -> bool:
        """Whether the case was opened."""
        return self._view is not None

    @Property(bool, notify=caseChanged)
    def concern(self) -> bool:
        """Whether it is a concern."""
        return bool(self._view and self._view.kind == "concern")

    @Property("QVariantMap", notify=caseChanged)  # type: ignore[arg-type]
    def words(self) -> dict[str, str]:
        """Ready texts, as `_WORDS` names them; empty where there is nothing to say."""
        return self._words

    @Property(bool, notify=caseChanged)
    def sealed(self) -> bool:
        """Whether the reporter's name can be asked for, which is written down."""
        return bool(self._view and self._view.reporter_sealed and not self._reporter)

    @Property(int, notify=caseChanged)
    def points(self) -> int:
        """What it gives or takes."""
        return self._view.points if self._view else 0

    @Property(list, notify=caseChanged)
    def steps(self) -> list[str]:
        """The way of the case; empty when it ended before its time."""
        return self._steps

    @Property(int, notify=caseChanged)
    def stepNow(self) -> int:
        """The step that is waited for."""
        steps = self._view.steps if self._view else ()
        return next((place for place, step in enumerate(steps) if step.current), len(steps))

    @Property(list, notify=caseChanged)
    def history(self) -> list[dict[str, str]]:
        """What was done: ``when what why``."""
        return self._history

    @Property(list, notify=caseChanged)
    def may(self) -> list[str]:
        """The moves that this officer may make."""
        return list(self._view.may) if self._view else []

    # --- What QML sees: the decision ------------------------------------------------------------

    @Property(str, notify=stageChanged)
    def stage(self) -> str:
        """``page``, ``reason``, ``sentence`` or ``done``."""
        return self._stage

    @Property(str, notify=stageChanged)
    def decision(self) -> str:
        """The move that is being made."""
        return self._decision

    @Property(list, notify=caseChanged)
    def reasons(self) -> list[dict[str, Any]]:
        """The listed reasons: ``key name chosen``."""
        return self._reasons

    @Property(bool, notify=caseChanged)
    def movedOn(self) -> bool:
        """Whether the case changed meanwhile, so that it has to be opened anew."""
        return self._moved_on

    # --- What can be done -----------------------------------------------------------------------

    @Slot(int)
    def open(self, case_id: int) -> None:
        """Open a case; the person can see that it was opened, and why."""
        self._case_id = case_id
        self._moved_on, self._reporter = False, ""
        self.ask(_open, self.session_id, case_id, then=self._show)

    @Slot()
    def unseal(self) -> None:
        """Ask who reported it: the asking is written down, and the reporter can see it."""
        self.ask(_unseal, self.session_id, self._case_id, new_touch_id(), then=self._unsealed)

    @Slot(str)
    def begin(self, decision: str) -> None:
        """Begin to decide: first the reason. Putting right has one of its own."""
        self._decision, self._reason, self._touch = decision, "", new_touch_id()
        self._go(SENTENCE if decision == PUT_RIGHT else REASON)

    @Slot(str)
    def chooseReason(self, key: str) -> None:
        """One of the listed reasons."""
        self._reason = key
        self._go(SENTENCE)

    @Slot()
    def back(self) -> None:
        """One step back; what was chosen stays."""
        at_reason = self._stage == REASON or self._decision == PUT_RIGHT
        self._go(PAGE if at_reason else REASON)

    @Slot(str)
    def decide(self, sentence: str) -> None:
        """Decide, with the sentence that the person will read."""
        second = "countersign" in (self._view.may if self._view else ())
        made = (self._decision, second, self._reason, sentence, self._touch, self.shell.tongue)
        question = (self.session_id, self._case_id, *made)
        self.ask(_decide, *question, then=self._done, refused=self._refused)

    @Slot()
    def recuse(self) -> None:
        """Step aside: one tap, and it is the other officers'."""
        self._decision = RECUSE
        self.ask(
            _recuse,
            self.session_id,
            self._case_id,
            new_touch_id(),
            then=self._done,
            refused=self._refused,
        )

    # --- Answers and words ----------------------------------------------------------------------

    def _show(self, view: CaseView) -> None:
        self._view = view
        self._go(PAGE)

    def _unsealed(self, name: str) -> None:
        self._reporter = name
        self.worded()

    def _done(self, outcome: CaseOutcome) -> None:
        self._outcome = outcome
        self._go(DONE)
        self.decided.emit(outcome.print_job_id or 0)

    def _refused(self, refusal: Refusal) -> None:
        self._moved_on = refusal.code == "case_moved_on"
        self.caseChanged.emit()

    def _go(self, stage: str) -> None:
        self._stage = stage
        self.forgiveError()
        self.worded()
        self.stageChanged.emit()

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        view = self._view
        self._words = dict.fromkeys(_WORDS, "")
        self._steps, self._reasons, self._history = [], [], []
        if view is not None:
            self._words |= self._page_words(view) | self._decision_words(view)
            going = any(step.current for step in view.steps) or all(s.done for s in view.steps)
            self._steps = [self.text(f"desk.step_{s.key}") for s in view.steps if going]
            self._reasons = [self._reason_row(key) for key in self._listed(view)]
            self._history = [wording.said_move(self.text, move) for move in view.moves]
        self.caseChanged.emit()

    def _page_words(self, view: CaseView) -> dict[str, str]:
        say, chinese = self.text, self.shell.tongue == "zh"
        confirmed = say("desk_screen.names_join").join(view.confirmations)
        purpose = say(f"access.purpose_{PURPOSE}")
        rule = view.rule
        return {
            "title": say("desk_screen.case", view.reference),
            "circumstances": wording.said_circumstances(say, view),
            "rule": rule.title_zh if chinese else rule.title_en,
            "rule_text": rule.text_zh if chinese else rule.text_en,
            "remedy": rule.remedy_zh if chinese else rule.remedy_en,
            "subject": wording.in_a_row((view.subject_name, view.subject_house)),
            "said": say("desk_screen.quoted", view.words) if view.words else "",
            "reporter": wording.said_reporter(say, view, self._reporter),
            "confirmed": say("desk_screen.confirmed", confirmed) if confirmed else "",
            "deadline": wording.said_deadline(say, view),
            "seen": say("desk_screen.seen", view.subject_name, purpose),
            "why": say(f"desk.why_{view.why_not}") if view.why_not else "",
            "state": say(f"reports.state_{view.state}"),
            **self._reply_words(view),
        }

    def _reply_words(self, view: CaseView) -> dict[str, str]:
        if not view.reply_choice or view.replied_at is None:
            return {}
        day = wording.said_day(self.text, village_day(view.replied_at))
        own = view.reply_choice == "own_words"
        choice = "" if own else self.text(f"reports.reply_{view.reply_choice}")
        words = self.text("desk_screen.quoted", view.reply_words) if view.reply_words else ""
        return {
            "reply_heading": self.text("desk_screen.reply", day),
            "reply_choice": choice,
            "reply": words,
        }

    def _decision_words(self, view: CaseView) -> dict[str, str]:
        say = self.text
        decision = say(f"desk_screen.do_{self._decision}_{view.kind}") if self._begun() else ""
        reason = say(self._reason) if self._reason else ""
        return {
            "question": self._question(view),
            "decision": decision,
            "chosen": wording.in_a_row((decision, reason)),
            "sentence_for": say("desk_screen.sentence_for", view.subject_name),
            **self._outcome_words(view),
        }

    def _question(self, view: CaseView) -> str:
        if self._stage == PAGE:
            return self.text("desk_screen.case", view.reference)
        return self.text(f"desk_screen.ask_{self._stage}")

    def _begun(self) -> bool:
        return self._decision not in ("", RECUSE)

    def _outcome_words(self, view: CaseView) -> dict[str, str]:
        if self._outcome is None:
            return {}
        made = RECUSE if self._decision == RECUSE else f"{view.kind}_{self._outcome.state}"
        key = f"desk_screen.outcome_{made}"
        return {"outcome": self.text(key), "outcome_detail": self.text(f"{key}_detail")}

    def _listed(self, view: CaseView) -> tuple[str, ...]:
        return view.reasons_decline if self._decision == "decline" else view.reasons_approve

    def _reason_row(self, key: str) -> dict[str, Any]:
        return {"key": key, "name": self.text(key), "chosen": key == self._reason}


def _open(village: Village, session_id: str, case_id: int) -> CaseView:
    from kiosk.services.reports import desk

    return desk.open_case(village, session_id, case_id, PURPOSE)


def _unseal(village: Village, session_id: str, case_id: int, touch: str) -> str:
    from kiosk.services.reports import desk

    return desk.unseal_reporter(village, session_id, case_id, touch)


def _decide(
    village: Village,
    session_id: str,
    case_id: int,
    decision: str,
    second: bool,
    reason: str,
    sentence: str,
    touch: str,
    language: Language,
) -> CaseOutcome:
    """The first officer's word, the second's, or that it was put right."""
    from kiosk.services.reports import desk

    if decision == PUT_RIGHT:
        return desk.put_right(village, session_id, case_id, sentence, touch, language)
    make = desk.countersign if second else desk.decide
    approve = decision != "decline"
    return make(village, session_id, case_id, approve, reason, sentence, touch, language)


def _recuse(village: Village, session_id: str, case_id: int, touch: str) -> CaseOutcome:
    from kiosk.services.reports import desk

    return desk.recuse(village, session_id, case_id, touch)
