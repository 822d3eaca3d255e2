"""One case: everything on one page, and the way of a decision."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_short_day
from kiosk.core.errors import KioskError
from kiosk.core.ids import new_touch_id
from kiosk.services.cases import decide, photos, second_review
from kiosk.services.cases.decide import CaseOutcome, CaseView, Unsealed
from kiosk.services.cases.views.related_cases import SimilarLine
from kiosk.services.village import Village
from kiosk.ui.cases.desk import wording
from kiosk.ui.cases.desk.rows import CaseWords, MoveRow, SimilarRow
from kiosk.ui.parts.deciding import DONE, REASON, SENTENCE, DecidingModel, DecidingWords
from kiosk.ui.parts.photographs import address_of
from kiosk.ui.parts.staged import PAGE
from kiosk.ui.parts.wording import in_a_row, quoted, said_reply, said_title

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
        self._words = CaseWords()
        self._steps: list[str] = []
        self._history: list[MoveRow] = []
        self._photos: list[str] = []
        self._photo = 0
        self._between: list[str] = []
        self._similar: list[SimilarRow] = []

    # --- What QML sees: the page ----------------------------------------------------------------

    @Property(bool, notify=caseChanged)
    def concern(self) -> bool:
        """Whether it is a concern."""
        return bool(self._view and self._view.kind == "concern")

    @Property(CaseWords, notify=caseChanged)
    def words(self) -> CaseWords:
        """The texts of the page."""
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
    def history(self) -> list[MoveRow]:
        """What was done."""
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
    def similar(self) -> list[SimilarRow]:
        """What may be the same thing."""
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
        self.ask(
            decide.unseal_reporter,
            self.session_id,
            self._case_id,
            new_touch_id(),
            then=self._know_reporter,
        )

    @Slot(str)
    def begin(self, decision: str) -> None:
        """Begin to decide: first the reason, where one is chosen."""
        self._decision, self._reason, self._touch = decision, "", new_touch_id()
        self._moved_on, self._written = False, ""
        self._go(SENTENCE if decision in WITHOUT_REASON else REASON)

    @Slot(str)
    def choose(self, key: str) -> None:
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
        self.ask(decide.recuse, *made, then=self._done, refused=self._refused)

    @Slot()
    def comeBack(self) -> None:
        """Take back that one stepped aside; nobody decided since."""
        made = (self.session_id, self._case_id, new_touch_id())
        self.ask(decide.come_back, *made, then=self._came_back, refused=self._refused)

    @Slot(int)
    def merge(self, place: int) -> None:
        """Two reports are the same thing: the later one is closed and points to the earlier."""
        other = self._view.similar[place] if self._view else None
        if other is None or not other.merge_id:
            return
        self._decision = MERGE
        into = min(other.case_id, self._case_id)
        question = (self.session_id, other.merge_id, into, new_touch_id())
        self.ask(decide.merge, *question, then=self._merged, refused=self._refused)

    # --- Answers and words ----------------------------------------------------------------------

    def _open(self, case_id: int, purpose: str) -> None:
        self._case_id, self._purpose = case_id, purpose
        self._moved_on, self._unsealed, self._written = False, None, ""
        self._fetch()

    def _fetch(self) -> None:
        given = (self.session_id, self._case_id, self._purpose)
        self.ask(decide.open_case, *given, then=self._show, refused=self._not_opened)

    def _show(self, view: CaseView) -> None:
        self._view, self._photos, self._photo = view, [], 0
        self._go(PAGE)
        if view.photos:  # they follow, so that nobody waits for them
            given = (_photos, self.session_id, self._case_id)
            self.shell.ask(*given, done=self._show_photos, failed=self._refuse, owner=self)

    def _show_photos(self, photos: list[str]) -> None:
        self._photos = photos
        self.caseChanged.emit()

    def _not_opened(self, _refusal: KioskError) -> None:
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

    def _refused(self, refusal: KioskError) -> None:
        if refusal.code in MOVED_ON:
            self._moved_on = True
            self._fetch()

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        view = self._view
        self._there = view is not None
        words, steps, history, between, similar = CaseWords(), [], [], [], []
        if view is not None:
            words = self._page_words(view)
            going = any(step.current for step in view.steps) or all(s.done for s in view.steps)
            steps = [self.text(f"desk.step_{each.key}") for each in view.steps if going]
            history = [wording.said_move(self.text, move) for move in view.moves]
            lines = self._unsealed.between if self._unsealed else view.between
            between = [wording.said_between(self.text, line) for line in lines]
            similar = [self._similar_row(line) for line in view.similar]
            reasons = self._reasons(self._listed(view))
            self._say(self._deciding_words(view), reasons, self._ready(view))
        else:
            self._say(DecidingWords(), [], [])
        self._words = self.renewed(self._words, words)
        self._history = self.renewed(self._history, history)
        self._similar = self.renewed(self._similar, similar)
        self._steps, self._between = steps, between
        self.caseChanged.emit()

    def _page_words(self, view: CaseView) -> CaseWords:
        say, tongue = self.text, self.shell.tongue
        confirmed = say("desk_screen.names_join").join(view.confirmations)
        purpose = say(f"access.purpose_{self._purpose}")
        rule = view.rule
        title = said_title(tongue, rule)
        reporter = self._unsealed.name if self._unsealed else ""
        first_heading, first = wording.said_first(say, view)
        chosen, reply, taken_down = said_reply(
            say, view.reply_choice, view.reply_words, view.reply_taken_by
        )
        return CaseWords(
            title=say("desk_screen.case", title, view.reference),
            circumstances=wording.said_case(say, view),
            rule=title,
            ruleText=rule.text.said(tongue),
            remedy=rule.remedy.said(tongue),
            subject=in_a_row((view.subject_name, view.subject_house.words(tongue))),
            said=quoted(say, view.words),
            reporter=wording.said_reporter(say, view, reporter),
            confirmed=say("desk_screen.confirmed", confirmed) if confirmed else "",
            deadline=wording.said_deadline(say, view),
            seen=say("desk_screen.seen", view.subject_name, purpose),
            why=say(f"desk.why_{view.why_not}") if view.why_not else "",
            note=say(view.note_key) if view.note_key else "",
            version=say("desk_screen.rule_version", rule.version),
            putRight=self._put_right(view),
            photo=say("desk_screen.photo", self._photo + 1, view.photos),
            recuseFollows=wording.said_recusal(say, view),
            written=self._written,
            firstHeading=first_heading,
            first=first,
            replyHeading=self._reply_heading(view),
            reply="\n".join(filter(None, (chosen, reply, taken_down))),
        )

    def _put_right(self, view: CaseView) -> str:
        if not view.put_right_way:
            return ""
        way = self.text(f"reports.way_{view.put_right_way}")
        words = view.put_right_words
        return "\n".join(filter(None, (way, quoted(self.text, words))))

    def _reply_heading(self, view: CaseView) -> str:
        if not view.reply_choice or view.replied_at is None:
            return ""
        return self.text(
            "desk_screen.reply", said_short_day(self.text, village_day(view.replied_at))
        )

    def _deciding_words(self, view: CaseView) -> DecidingWords:
        say, tongue = self.text, self.shell.tongue
        decision = say(f"desk_screen.do_{self._decision}_{view.kind}") if self._begun() else ""
        reason = say(self._reason) if self._reason else ""
        chosen = in_a_row((decision, reason))
        about = in_a_row((view.subject_name, view.subject_house.words(tongue)))
        rule = said_title(tongue, view.rule)
        outcome, detail = self._outcome_words(view)
        return DecidingWords(
            question=self._question(view),
            chosen=chosen,
            whom=say("desk_screen.sentence_for", view.subject_name),
            asked="\n".join((about, rule, chosen, quoted(say, self._sentence))),
            outcome=outcome,
            outcomeDetail=detail,
        )

    def _question(self, view: CaseView) -> str:
        if self._stage in (PAGE, PHOTO):
            return said_title(self.shell.tongue, view.rule)
        return self.text(f"desk_screen.ask_{self._stage}")

    def _begun(self) -> bool:
        return self._decision not in ("", RECUSE, MERGE)

    def _outcome_words(self, view: CaseView) -> tuple[str, str]:
        if self._outcome is None:
            return "", ""
        own = self._decision in (RECUSE, MERGE, READ_AGAIN)
        made = self._decision if own else f"{view.kind}_{self._outcome.state}"
        key = f"desk_screen.outcome_{made}"
        return self.text(key), self.text(f"{key}_detail")

    def _listed(self, view: CaseView) -> tuple[str, ...]:
        return view.reasons_decline if self._decision == "decline" else view.reasons_approve

    def _similar_row(self, line: SimilarLine) -> SimilarRow:
        earlier = line.case_id < self._case_id
        way = ("into_it" if earlier else "into_this") if line.merge_id else ""
        return SimilarRow(
            title=self.text("desk_screen.reference", line.reference),
            detail=wording.said_similar(self.text, line),
            button=self.text(f"desk_screen.merge_{way}") if way else "",
            asked=self.text(f"desk_screen.merge_{way}_asked", line.reference) if way else "",
        )

    def _ready(self, view: CaseView) -> list[str]:
        """The sentences that fit the reason, and what was looked at."""
        fitting = READY.get(self._decision, (self._reason.rpartition("reason_")[2],))
        both = ("both_sides",) if view.kind == "concern" and view.reply_choice else ()
        names = (*fitting, *both, *(("photos",) if view.photos else ()))
        return [self.text(f"desk_screen.ready_{each}") for each in names if each]


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
    if decision == PUT_RIGHT:
        return decide.put_right(village, session_id, case_id, sentence, touch)
    if decision == READ_AGAIN:
        reference = second_review.read(village, session_id, case_id, sentence, touch)
        return CaseOutcome(case_id, reference, "effective", None)
    make = decide.countersign if second else decide.decide
    approve = decision != "decline"
    return make(village, session_id, case_id, approve, reason, sentence, touch)


def _photos(village: Village, session_id: str, case_id: int) -> list[str]:
    return [address_of(each) for each in photos.photos_of(village, session_id, case_id)]
