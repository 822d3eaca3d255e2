"""One case before its panel: everything that was said and decided, and a vote."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.days import said_day
from kiosk.core.ids import new_touch_id
from kiosk.services.cases import panel, photos
from kiosk.services.cases.panel import VoteOutcome
from kiosk.services.cases.views import panel_view
from kiosk.services.cases.views.panel_view import PanelMember, PanelView
from kiosk.services.village import Village
from kiosk.ui.cases.panel.rows import MemberRow, PanelWords
from kiosk.ui.cases.panel.wording import said_plea, said_reply
from kiosk.ui.parts.deciding import REASON, SENTENCE, DecidingModel, DecidingWords
from kiosk.ui.parts.photographs import address_of
from kiosk.ui.parts.rows import ChoiceRow, DecisionRow
from kiosk.ui.parts.staged import PAGE
from kiosk.ui.parts.wording import (
    in_a_row,
    quoted,
    said_circumstances,
    said_decision,
    said_title,
)

QML_IMPORT_NAME = "kiosk.ui.cases.panel"
QML_IMPORT_MAJOR_VERSION = 1

MALICE = "malice"
OVERTURN, UPHOLD, ASIDE = "overturn", "uphold", "aside"
_STARTERS = ("listened", "photos", "looked")


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
        self._words = PanelWords()
        self._decisions: list[DecisionRow] = []
        self._members: list[MemberRow] = []

    # --- What QML sees --------------------------------------------------------------------------

    @Property(bool, notify=caseChanged)
    def voted(self) -> bool:
        """Whether this member gave a vote before."""
        return self._view is not None and self._view.my_vote is not None

    @Property(int, notify=caseChanged)
    def points(self) -> int:
        """What it gives or takes."""
        return self._view.points if self._view else 0

    @Property(PanelWords, notify=caseChanged)
    def words(self) -> PanelWords:
        """The texts of the page."""
        return self._words

    @Property(list, notify=caseChanged)
    def photos(self) -> list[str]:
        """The pictures' addresses."""
        return list(self._photos)

    @Property(list, notify=caseChanged)
    def decisions(self) -> list[DecisionRow]:
        """What was decided so far."""
        return self._decisions

    @Property(list, notify=caseChanged)
    def members(self) -> list[MemberRow]:
        """The three."""
        return self._members

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
    def decide(self) -> None:
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
        self.ask(panel.step_aside, self.session_id, self._case_id, self._touch, then=self._done)

    # --- Answers and words ----------------------------------------------------------------------

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        view = self._view
        self._there = view is not None
        if view is not None:
            self._words = self.renewed(self._words, self._page_words(view))
            made = [said_decision(self.text, each) for each in view.decisions]
            self._decisions = self.renewed(self._decisions, made)
            members = [self._member(each) for each in view.members]
            self._members = self.renewed(self._members, members)
            wanted = [each for each in _STARTERS if each != "photos" or self._photos]
            starters = [self.text(f"panel.starter_{each}") for each in wanted]
            self._say(self._vote_words(view), self._offered(view), starters)
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

    def _page_words(self, view: PanelView) -> PanelWords:
        say, tongue = self.text, self.shell.tongue
        rule, purpose = view.rule, self._purpose(view)
        known = (said_circumstances(say, view), say("panel.number", view.reference))
        meaning = (rule.text.said(tongue), rule.remedy.said(tongue))
        due = said_day(say, view.due_on) if view.due_on else ""
        return PanelWords(
            circumstances=in_a_row(known),
            subject=view.subject_name,
            rule=self._title(view),
            ruleText="\n".join(filter(None, meaning)),
            said=quoted(say, view.words),
            reply=said_reply(say, view),
            pleaHeading=say(f"panel.plea_{purpose}"),
            plea=said_plea(say, view),
            deadline=say("panel.days_left", view.days_left, due) if due else "",
            draw=say("panel.draw", view.candidates, view.seed[:8]),
            seen=say("panel.seen", view.subject_name),
            overturn=say(f"panel.do_overturn_{purpose}"),
            uphold=say(f"panel.do_uphold_{purpose}"),
        )

    def _vote_words(self, view: PanelView) -> DecidingWords:
        say, voting = self.text, self._choice in (OVERTURN, UPHOLD)
        choice = say(f"panel.do_{self._choice}_{self._purpose(view)}") if voting else ""
        chosen = in_a_row((choice, say(self._reason) if self._reason else ""))
        about = in_a_row((view.subject_name, self._title(view), view.reference))
        malice = say(f"panel.malice_{self._said_malice()}") if self._asks_malice() else ""
        outcome, detail = self._outcome_words(view)
        return DecidingWords(
            question=self._question(view),
            chosen=chosen,
            note=say("panel.malice_note") if self._stage == MALICE else "",
            asked="\n".join(filter(None, (about, chosen, malice, quoted(say, self._sentence)))),
            outcome=outcome,
            outcomeDetail=detail,
        )

    def _said_malice(self) -> str:
        return "yes" if self._malice else "no"

    def _title(self, view: PanelView) -> str:
        return said_title(self.shell.tongue, view.rule)

    def _question(self, view: PanelView) -> str:
        if self._stage == PAGE:
            return self.text("panel.case", self._title(view))
        return self.text(f"panel.ask_{self._stage}")

    def _outcome_words(self, view: PanelView) -> tuple[str, str]:
        made = self._outcome
        if made is None:
            return "", ""
        if self._choice == ASIDE:
            return self.text("panel.stepped_aside"), self.text("panel.stepped_aside_detail")
        if not made.decided:
            return self.text("panel.vote_kept"), self.text("panel.vote_kept_detail")
        kept = self._purpose(view) == "correction" and made.state == "effective"
        key = "panel.kept" if kept else f"reports.outcome_{view.kind}_{made.state}"
        return self.text(key), self.text("panel.decided_detail")

    def _member(self, member: PanelMember) -> MemberRow:
        state = self.text("panel.has_voted" if member.voted else "panel.not_voted")
        return MemberRow(name=member.name, voted=member.voted, state=state)

    def _offered(self, view: PanelView) -> list[ChoiceRow]:
        if self._stage == MALICE:
            return [ChoiceRow(key=k, name=self.text(f"panel.malice_{k}")) for k in ("no", "yes")]
        upholds = self._choice == UPHOLD
        return self._reasons(view.reasons_uphold if upholds else view.reasons_overturn)


def _open(village: Village, session_id: str, case_id: int) -> tuple[PanelView, tuple[str, ...]]:
    view = panel_view.open_panel_case(village, session_id, case_id)
    pictures = photos.photos_of(village, session_id, case_id) if view.photos else ()
    return view, tuple(address_of(each) for each in pictures)


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
    given = (uphold, reason, sentence, touch)
    return panel.vote(village, session_id, case_id, *given, malice=malice)
