"""One case: everything on one page, and the way of a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_short_day
from kiosk.core.errors import Refusal
from kiosk.core.ids import new_touch_id
from kiosk.ui.cases.desk import wording
from kiosk.ui.parts.deciding import DONE, PAGE, REASON, SENTENCE, DecidingModel

if TYPE_CHECKING:
    from kiosk.services.cases.decide import CaseOutcome, CaseView, Unsealed
    from kiosk.services.cases.views.related_cases import SimilarLine
    from kiosk.services.village import Village

QML_IMPORT_NAME = "kiosk.ui.cases.desk"
QML_IMPORT_MAJOR_VERSION = 1

PHOTO = "photo"
PUT_RIGHT, RECUSE, MERGE, READ_AGAIN = "put_right", "recuse", "merge", "read_again"
WITHOUT_REASON = (PUT_RIGHT, READ_AGAIN)
"""What has a reason of its own, or needs none."""
READY = {PUT_RIGHT: ("put_right",), READ_AGAIN: ("read_again",)}
"""Sentences to begin with where no reason is chosen; words at ``desk_screen.ready_<name>``."""
MOVED_ON = ("case_moved_on", "illegal_move")
TO_DECIDE, TO_ANSWER = "decide_case", "answer_question"
"""What a case is opened for; words at ``access.purpose_…``."""
_WORDS = (
    *("title", "question", "circumstances", "rule", "rule_text", "remedy", "subject", "said"),
    *("reporter", "confirmed", "deadline", "seen", "why", "state", "first", "first_heading"),
    *("reply_heading", "reply_choice", "reply", "reply_by", "put_right", "note", "version"),
    *("photo", "decision", "chosen", "sentence_for", "asked", "recuse_follows", "written"),
    *("outcome", "outcome_detail"),
)
"""What `CaseModel.words` holds."""


@QmlElement
class CaseModel(DecidingModel):
    """View-model of CaseScreen: the page, then reason, sentence, and what came of it."""

    caseChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view: CaseView | None = None
        self._decision = ""
        self._purpose = TO_DECIDE
        self._outcome: CaseOutcome | None = None
        self._moved_on = False
        self._unsealed: Unsealed | None = None
        self._written = ""
        self._starters: list[str] = []
        self._words = dict.fromkeys(_WORDS, "")
        self._steps: list[str] = []
        self._reasons: list[dict[str, Any]] = []
        self._history: list[dict[str, str]] = []
        self._photos: list[str] = []
        self._photo = 0
        self._between: list[str] = []
        self._similar: list[dict[str, Any]] = []

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
        return bool(self._view and "unseal" in self._view.may and self._unsealed is None)

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
    def photos(self) -> list[str]:
        """An address for each photograph of the case."""
        return self._photos

    @Property(str, notify=caseChanged)
    def photo(self) -> str:
        """The one that is looked at."""
        return self._photos[self._photo] if self._photos else ""

    @Property(int, notify=caseChanged)
    def photoNow(self) -> int:
        """Its place among them."""
        return self._photo

    @Property(list, notify=caseChanged)
    def between(self) -> list[str]:
        """What these two handed in about one another before, a sentence each."""
        return self._between

    @Property(bool, notify=caseChanged)
    def two(self) -> bool:
        """Whether two people are part of it, and this officer may see what lay between them."""
        view = self._view
        if view is None or view.own_report:
            return False
        return self._unsealed is not None or (view.kind == "deed" and not view.reporter_sealed)

    @Property(list, notify=caseChanged)
    def similar(self) -> list[dict[str, Any]]:
        """What may be the same thing: ``title detail button asked``; `button` empty if it waits."""
        return self._similar

    @Property(list, notify=caseChanged)
    def may(self) -> list[str]:
        """The moves that this officer may make."""
        return list(self._view.may) if self._view else []

    # --- What QML sees: the decision ------------------------------------------------------------

    @Property(str, notify=caseChanged)
    def decision(self) -> str:
        """The move that is being made."""
        return self._decision

    @Property(list, notify=caseChanged)
    def reasons(self) -> list[dict[str, Any]]:
        """The listed reasons: ``key name chosen``."""
        return self._reasons

    @Property(list, notify=caseChanged)
    def starters(self) -> list[str]:
        """Sentences to begin with, for whoever does not like to write."""
        return self._starters

    @Property(bool, notify=caseChanged)
    def steppedAside(self) -> bool:
        """Whether this officer stepped aside just now, and can take that back."""
        return self._stage == DONE and self._decision == RECUSE

    @Property(bool, notify=caseChanged)
    def waitsForSecond(self) -> bool:
        """Whether a second officer's word comes next."""
        return bool(self._outcome and self._outcome.state == "decided" and self._begun())

    @Property(bool, notify=caseChanged)
    def movedOn(self) -> bool:
        """Whether it changed while this officer was deciding; the page is as it is now."""
        return self._moved_on

    # --- What can be done -----------------------------------------------------------------------

    @Slot(int)
    def open(self, case_id: int) -> None:
        """Open a case; the person can see that it was opened, and why."""
        self._open(case_id, TO_DECIDE)

    @Slot(int)
    def openToAnswer(self, case_id: int) -> None:
        """Open the case that somebody asks about; the purpose says so."""
        self._open(case_id, TO_ANSWER)

    @Slot(int)
    def look(self, place: int) -> None:
        """Look at one photograph, as large as the screen."""
        self._photo = place % max(1, len(self._photos))
        self._go(PHOTO)

    @Slot()
    def unseal(self) -> None:
        """Ask who reported it: the asking is written down, and the reporter can see it."""
        self.ask(_unseal, self.session_id, self._case_id, new_touch_id(), then=self._know_reporter)

    @Slot(str)
    def begin(self, decision: str) -> None:
        """Begin to decide: first the reason, where one is chosen."""
        self._decision, self._reason, self._touch = decision, "", new_touch_id()
        self._moved_on, self._written = False, ""
        self._go(SENTENCE if decision in WITHOUT_REASON else REASON)

    @Slot(str)
    def chooseReason(self, key: str) -> None:
        """One of the listed reasons."""
        self._reason = key
        self._go(SENTENCE)

    @Slot()
    def back(self) -> None:
        """One step back; what was chosen stays."""
        chose = self._stage == SENTENCE and self._decision not in WITHOUT_REASON
        self._go(REASON if chose else PAGE)

    @Slot()
    def decide(self) -> None:
        """Decide, with the sentence that was checked, and that the person will read."""
        second = "countersign" in (self._view.may if self._view else ())
        made = (self._decision, second, self._reason, self._sentence, self._touch)
        question = (self.session_id, self._case_id, *made)
        self.ask(_decide, *question, then=self._done, refused=self._refused)

    @Slot()
    def recuse(self) -> None:
        """Step aside, once that was asked: it is the other officers'."""
        self._decision = RECUSE
        made = (self.session_id, self._case_id, new_touch_id())
        self.ask(_recuse, *made, then=self._done, refused=self._refused)

    @Slot()
    def comeBack(self) -> None:
        """Take back that one stepped aside; nobody decided since."""
        made = (self.session_id, self._case_id, new_touch_id())
        self.ask(_come_back, *made, then=self._came_back, refused=self._refused)

    @Slot(int)
    def merge(self, place: int) -> None:
        """Two reports are the same thing: the later one is closed and points to the earlier."""
        other = self._view.similar[place] if self._view else None
        if other is None or not other.merge_id:
            return
        self._decision = MERGE
        into = min(other.case_id, self._case_id)
        question = (self.session_id, other.merge_id, into, new_touch_id())
        self.ask(_merge, *question, then=self._merged, refused=self._refused)

    # --- Answers and words ----------------------------------------------------------------------

    def _open(self, case_id: int, purpose: str) -> None:
        self._case_id, self._purpose = case_id, purpose
        self._moved_on, self._unsealed, self._written = False, None, ""
        self._fetch()

    def _fetch(self) -> None:
        given = (self.session_id, self._case_id, self._purpose)
        self.ask(_open, *given, then=self._show, refused=self._not_opened)

    def _show(self, view: CaseView) -> None:
        self._view, self._photos, self._photo = view, [], 0
        self._go(PAGE)
        if view.photos:  # they follow, so that nobody waits for them
            given = (_photos, self.session_id, self._case_id)
            self.shell.ask(*given, done=self._show_photos, failed=self._refuse, owner=self)

    def _show_photos(self, photos: list[str]) -> None:
        self._photos = photos
        self.caseChanged.emit()

    def _not_opened(self, _refusal: Refusal) -> None:
        self._view = None
        self._go(PAGE)

    def _merged(self, outcome: CaseOutcome) -> None:
        if outcome.case_id == self._case_id:
            self._done(outcome)
        else:  # this one stays, and has one double less
            self._acknowledge("merged", outcome.reference)

    def _came_back(self, _outcome: CaseOutcome) -> None:
        self._outcome, self._decision = None, ""
        self._acknowledge("came_back")

    def _acknowledge(self, what: str, *values: str) -> None:
        self._written = self.text(f"desk_screen.written_{what}", *values)
        self._fetch()

    def _know_reporter(self, found: Unsealed) -> None:
        self._unsealed = found
        self.worded()

    def _keep(self, outcome: CaseOutcome) -> None:
        self._outcome = outcome

    def _refused(self, refusal: Refusal) -> None:
        if refusal.code in MOVED_ON:
            self._moved_on = True
            self._fetch()

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        view = self._view
        self._words = dict.fromkeys(_WORDS, "")
        self._steps, self._reasons, self._history = [], [], []
        self._between, self._similar = [], []
        if view is not None:
            self._words |= self._page_words(view) | self._decision_words(view)
            going = any(step.current for step in view.steps) or all(s.done for s in view.steps)
            self._steps = [self.text(f"desk.step_{s.key}") for s in view.steps if going]
            self._reasons = [self._reason_row(key) for key in self._listed(view)]
            self._history = [wording.said_move(self.text, move) for move in view.moves]
            between = self._unsealed.between if self._unsealed else view.between
            self._between = [wording.said_between(self.text, line) for line in between]
            self._starters = self._ready(view)
            self._similar = [self._similar_row(line) for line in view.similar]
        self.caseChanged.emit()

    def _page_words(self, view: CaseView) -> dict[str, str]:
        say, tongue = self.text, self.shell.tongue
        confirmed = say("desk_screen.names_join").join(view.confirmations)
        purpose = say(f"access.purpose_{self._purpose}")
        rule = view.rule
        house = view.subject_house.words(tongue)
        title = rule.title.said(tongue)
        reporter = self._unsealed.name if self._unsealed else ""
        return {
            "title": say("desk_screen.case", title, view.reference),
            "circumstances": wording.said_circumstances(say, view),
            "rule": title,
            "rule_text": rule.text.said(tongue),
            "remedy": rule.remedy.said(tongue),
            "subject": wording.in_a_row((view.subject_name, house)),
            "said": say("desk_screen.quoted", view.words) if view.words else "",
            "reporter": wording.said_reporter(say, view, reporter),
            "confirmed": say("desk_screen.confirmed", confirmed) if confirmed else "",
            "deadline": wording.said_deadline(say, view),
            "seen": say("desk_screen.seen", view.subject_name, purpose),
            "why": say(f"desk.why_{view.why_not}") if view.why_not else "",
            "state": say(f"reports.state_{view.state}"),
            "note": say(view.note_key) if view.note_key else "",
            "version": say("desk_screen.rule_version", rule.version),
            "put_right": self._put_right(view),
            "photo": say("desk_screen.photo", self._photo + 1, view.photos),
            "recuse_follows": wording.said_recusal(say, view),
            "written": self._written,
            **wording.said_first(say, view),
            **self._reply_words(view),
        }

    def _put_right(self, view: CaseView) -> str:
        if not view.put_right_way:
            return ""
        way = self.text(f"reports.way_{view.put_right_way}")
        words = view.put_right_words
        return f"{way}\n{self.text('desk_screen.quoted', words)}" if words else way

    def _reply_words(self, view: CaseView) -> dict[str, str]:
        if not view.reply_choice or view.replied_at is None:
            return {}
        day = said_short_day(self.text, village_day(view.replied_at))
        own = view.reply_choice == "own_words"
        choice = "" if own else self.text(f"reports.reply_{view.reply_choice}")
        words = self.text("desk_screen.quoted", view.reply_words) if view.reply_words else ""
        return {
            "reply_heading": self.text("desk_screen.reply", day),
            "reply_choice": choice,
            "reply": words,
            "reply_by": wording.said_taken_down(self.text, view.reply_taken_by),
        }

    def _decision_words(self, view: CaseView) -> dict[str, str]:
        say = self.text
        decision = say(f"desk_screen.do_{self._decision}_{view.kind}") if self._begun() else ""
        reason = say(self._reason) if self._reason else ""
        chosen = wording.in_a_row((decision, reason))
        house = view.subject_house.words(self.shell.tongue)
        about = wording.in_a_row((view.subject_name, house))
        rule = view.rule.title.said(self.shell.tongue)
        return {
            "question": self._question(view),
            "decision": decision,
            "chosen": chosen,
            "asked": "\n".join((about, rule, chosen, say("desk_screen.quoted", self._sentence))),
            "sentence_for": say("desk_screen.sentence_for", view.subject_name),
            **self._outcome_words(view),
        }

    def _question(self, view: CaseView) -> str:
        if self._stage in (PAGE, PHOTO):
            return view.rule.title.said(self.shell.tongue)
        return self.text(f"desk_screen.ask_{self._stage}")

    def _begun(self) -> bool:
        return self._decision not in ("", RECUSE, MERGE)

    def _outcome_words(self, view: CaseView) -> dict[str, str]:
        if self._outcome is None:
            return {}
        own = self._decision in (RECUSE, MERGE, READ_AGAIN)
        made = self._decision if own else f"{view.kind}_{self._outcome.state}"
        key = f"desk_screen.outcome_{made}"
        return {"outcome": self.text(key), "outcome_detail": self.text(f"{key}_detail")}

    def _listed(self, view: CaseView) -> tuple[str, ...]:
        return view.reasons_decline if self._decision == "decline" else view.reasons_approve

    def _similar_row(self, line: SimilarLine) -> dict[str, Any]:
        earlier = line.case_id < self._case_id
        way = ("into_it" if earlier else "into_this") if line.merge_id else ""
        return {
            "title": self.text("desk_screen.reference", line.reference),
            "detail": wording.said_similar(self.text, line),
            "button": self.text(f"desk_screen.merge_{way}") if way else "",
            "asked": self.text(f"desk_screen.merge_{way}_asked", line.reference) if way else "",
        }

    def _ready(self, view: CaseView) -> list[str]:
        """The sentences that fit the reason, and what was looked at."""
        fitting = READY.get(self._decision, (self._reason.rpartition("reason_")[2],))
        both = ("both_sides",) if view.kind == "concern" and view.reply_choice else ()
        names = (*fitting, *both, *(("photos",) if view.photos else ()))
        return [self.text(f"desk_screen.ready_{each}") for each in names if each]

    def _reason_row(self, key: str) -> dict[str, Any]:
        return {"key": key, "name": self.text(key), "chosen": key == self._reason}


def _open(village: Village, session_id: str, case_id: int, purpose: str) -> CaseView:
    from kiosk.services.cases import decide as case_decide

    return case_decide.open_case(village, session_id, case_id, purpose)


def _come_back(village: Village, session_id: str, case_id: int, touch: str) -> CaseOutcome:
    from kiosk.services.cases import decide as case_decide

    return case_decide.come_back(village, session_id, case_id, touch)


def _unseal(village: Village, session_id: str, case_id: int, touch: str) -> Unsealed:
    from kiosk.services.cases import decide as case_decide

    return case_decide.unseal_reporter(village, session_id, case_id, touch)


def _decide(
    village: Village,
    session_id: str,
    case_id: int,
    decision: str,
    second: bool,
    reason: str,
    sentence: str,
    touch: str,
) -> CaseOutcome:
    """The first officer's word, the second's, a second reader's, or that it was put right."""
    from kiosk.services.cases import decide as case_decide
    from kiosk.services.cases import second_review

    if decision == PUT_RIGHT:
        return case_decide.put_right(village, session_id, case_id, sentence, touch)
    if decision == READ_AGAIN:
        reference = second_review.read(village, session_id, case_id, sentence, touch)
        return case_decide.CaseOutcome(case_id, reference, "effective", None)
    make = case_decide.countersign if second else case_decide.decide
    approve = decision != "decline"
    return make(village, session_id, case_id, approve, reason, sentence, touch)


def _recuse(village: Village, session_id: str, case_id: int, touch: str) -> CaseOutcome:
    from kiosk.services.cases import decide as case_decide

    return case_decide.recuse(village, session_id, case_id, touch)


def _merge(
    village: Village, session_id: str, case_id: int, into_id: int, touch: str
) -> CaseOutcome:
    from kiosk.services.cases import decide as case_decide

    return case_decide.merge(village, session_id, case_id, into_id, touch)


def _photos(village: Village, session_id: str, case_id: int) -> list[str]:
    from kiosk.services.cases import photos
    from kiosk.ui.parts.photographs import address_of

    return [address_of(each) for each in photos.photos_of(village, session_id, case_id)]
