"""The signs of a lane or the whole village: chosen, started, paused, and seen to the end."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.errors import KioskError
from kiosk.core.houses import house_words
from kiosk.core.ids import new_touch_id
from kiosk.services.printing import queue
from kiosk.services.printing.media import LABELS
from kiosk.services.stars import sign_batch, sign_carrying
from kiosk.services.stars.door_signs import MEDIA, Media
from kiosk.services.stars.sign_batch import Due, LaneDue, Portion, Wanted
from kiosk.services.stars.sign_carrying import Doubt, Standing
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.parts.staged import PAGE, StagedModel
from kiosk.ui.shell.runner import Ticket
from kiosk.ui.shell.view_model import followed_by
from kiosk.ui.stars.batch_rows import DoubtRow, LaneRow

QML_IMPORT_NAME = "kiosk.ui.stars"
QML_IMPORT_MAJOR_VERSION = 1

WHICH, PAPER, RUN = "which", "paper", "run"
_POLL_MS = 500
_FEW = 5
"""Signs still under way when the next portion is asked for, so that the printer does not wait."""


@QmlElement
class VillageSignsModel(StagedModel):
    """View-model of VillageSignsScreen: which signs, on which paper, and where they stand."""

    shownChanged = Signal()
    listPrinted = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._due: Due | None = None
        self._wanted = Wanted()
        self._media: Media = "A5"
        self._label = 1
        self._left = 0
        self._paused = False
        self._touch = ""
        self._standing: Standing | None = None
        self._polling: Ticket | None = None
        self._lanes: list[LaneRow] = []
        self._kinds: list[ChoiceRow] = []
        self._papers: list[ChoiceRow] = []
        self._places: list[ChoiceRow] = []
        self._doubts: list[DoubtRow] = []
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._look)

    def started(self) -> None:
        """Ask what is due."""
        if self.session_id:
            self.ask(sign_batch.due, self.session_id, then=self._show_due)

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        self._lanes = self.renewed(self._lanes, self._said_lanes())
        self._kinds = self.renewed(self._kinds, self._said_kinds())
        self._papers = self.renewed(self._papers, self._said_papers())
        self._places = self.renewed(self._places, self._said_places())
        doubts = self._standing.doubts if self._standing else ()
        self._doubts = self.renewed(self._doubts, [self._said_doubt(each) for each in doubts])
        self.shownChanged.emit()

    # --- What is shown

    @Property(list, notify=shownChanged)
    def lanes(self) -> list[LaneRow]:
        """The whole village first, then lane by lane."""
        return self._lanes

    @Property(bool, notify=shownChanged)
    def nothing(self) -> bool:
        """Whether no household can have a sign now."""
        return self._due is not None and not self._due.lanes

    @Property(str, notify=shownChanged)
    def where(self) -> str:
        """The lane that was chosen, or the whole village."""
        return self._said_where(self._wanted.lane) if self._kiosk else ""

    @Property(list, notify=shownChanged)
    def kinds(self) -> list[ChoiceRow]:
        """Those that changed, or all."""
        return self._kinds

    @Property(list, notify=shownChanged)
    def papers(self) -> list[ChoiceRow]:
        """The papers that signs can be printed on."""
        return self._papers

    @Property(list, notify=shownChanged)
    def places(self) -> list[ChoiceRow]:
        """The first free place of the sheet of labels; none for another paper."""
        return self._places

    @Property(bool, notify=shownChanged)
    def labels(self) -> bool:
        """Whether the signs are printed on labels."""
        return self._media == "label"

    @Property(int, notify=shownChanged)
    def firstLabel(self) -> int:
        """The first place that is printed on, from 1."""
        return self._label

    @Property(bool, notify=shownChanged)
    def paused(self) -> bool:
        """Whether no more signs are asked for."""
        return self._paused

    @Property(bool, notify=shownChanged)
    def over(self) -> bool:
        """Whether every sign is out, and nobody is asked anything."""
        now = self._standing
        return bool(now and not self._left and not now.under_way and not now.doubts)

    @Property(float, notify=shownChanged)
    def share(self) -> float:
        """How many of the signs are out, of one."""
        of = self._all
        return self._standing.out / of if self._standing and of else 0.0

    @Property(str, notify=shownChanged)
    def progress(self) -> str:
        """How many are out, in words."""
        if self._standing is None or self._kiosk is None:
            return ""
        return self.text("village_signs.out_of", self._standing.out, self._all)

    @Property(str, notify=shownChanged)
    def waitsFor(self) -> str:
        """What the printer waits for; empty while it prints."""
        reason = self._standing.reason if self._standing else ""
        return self.text(f"printing.reason_{reason}") if reason and self._kiosk else ""

    @Property(list, notify=shownChanged)
    def doubts(self) -> list[DoubtRow]:
        """The signs of which somebody has to say whether they are there."""
        return self._doubts

    # --- What is done

    @Slot(int)
    def chooseWhere(self, place: int) -> None:
        """The whole village, or a lane."""
        lanes = self._due.lanes if self._due else ()
        self._wanted = Wanted(lanes[place - 1].lane if place else None)
        self._go(WHICH)

    @Slot(str)
    def chooseKind(self, key: str) -> None:
        """Those that changed, or all once more."""
        self._wanted = Wanted(self._wanted.lane, key == "again")
        self._go(PAPER)

    @Slot(str)
    def choosePaper(self, key: str) -> None:
        """On what they are printed."""
        self._media = cast("Media", key)
        self.worded()

    @Slot(str)
    def choosePlace(self, key: str) -> None:
        """Where the sheet of labels is free."""
        self._label = int(key)
        self.worded()

    @Slot()
    def start(self) -> None:
        """Issue the first signs, and go on until none is due."""
        self._paused, self._standing, self._touch = False, None, new_touch_id()
        first = self._label if self._media == "label" else 0
        self._issue(first)

    @Slot()
    def pause(self) -> None:
        """Ask for no more signs, or go on."""
        self._paused = not self._paused
        self.worded()

    @Slot(int)
    def cameOut(self, job: int) -> None:
        """Somebody sees the sign that nobody was sure of."""
        said = followed_by(queue.came_out, sign_carrying.standing)
        self.ask(said, self.session_id, job, then=self._stand)

    @Slot(int)
    def printAgain(self, job: int) -> None:
        """The sign is spoilt, or never came out."""
        said = followed_by(queue.print_again, sign_carrying.standing)
        self.ask(said, self.session_id, job, "print_sign", then=self._stand)

    @Slot()
    def printList(self) -> None:
        """Print the list with which the signs are carried round."""
        about = (self._wanted.lane, self.shell.tongue, new_touch_id())
        printed = self.listPrinted.emit
        self.ask(sign_carrying.print_list, self.session_id, *about, then=printed)

    @Slot()
    def back(self) -> None:
        """One step back; from the signs under way to what is still due."""
        self._poll.stop()
        before = {WHICH: PAGE, PAPER: WHICH}
        self._go(before.get(self._stage, PAGE))
        if self._stage == PAGE:
            self._wanted = Wanted()
            self.started()

    # --- How it goes on

    @property
    def _all(self) -> int:
        now = self._standing
        return self._left + (now.out + now.under_way + len(now.doubts) if now else 0)

    def _show_due(self, due: Due) -> None:
        self._due, self._label = due, due.next_label
        self.worded()

    def _issue(self, first_label: int) -> None:
        about = (self._wanted, self._media, self._touch, first_label)
        self.ask(sign_batch.issue_portion, self.session_id, *about, then=self._issued)

    def _issued(self, portion: Portion) -> None:
        self._touch, self._left = new_touch_id(), portion.left
        if self._stage != RUN:
            self._go(RUN)
            self._poll.start()
        self._look()

    def _look(self) -> None:
        """Ask where the signs stand; no veil, and nobody's tap is lost for it."""
        if self._polling is None:
            self._polling = self.shell.ask(
                sign_carrying.standing,
                self.session_id,
                done=self._looked,
                failed=self._not_looked,
                owner=self,
            )

    def _looked(self, standing: Standing) -> None:
        self._polling = None
        self._stand(standing)

    def _not_looked(self, refusal: KioskError) -> None:
        self._polling = None
        self._poll.stop()
        self._refuse(refusal)

    def _stand(self, standing: Standing) -> None:
        if standing != self._standing:
            self._standing = standing
            self.worded()
        wanted = self._stage == RUN and self._left and not self._paused
        if wanted and standing.under_way <= _FEW:
            self._issue(0)

    # --- Words

    def _said_where(self, lane: str | None) -> str:
        if lane is None:
            return self.text("village_signs.whole")
        return lane or self.text("village_signs.no_lane")

    def _said_lanes(self) -> list[LaneRow]:
        lanes = self._due.lanes if self._due else ()
        if not lanes:
            return []
        whole = LaneDue(
            lane="",
            changed=sum(each.changed for each in lanes),
            all=sum(each.all for each in lanes),
        )
        named: list[tuple[str | None, LaneDue]] = [(None, whole)]
        named += [(each.lane, each) for each in lanes]
        return [
            LaneRow(
                place=place,
                name=self._said_where(lane),
                detail=self.text("village_signs.changed_of", each.changed, each.all),
            )
            for place, (lane, each) in enumerate(named)
        ]

    def _said_kinds(self) -> list[ChoiceRow]:
        lanes = self._due.lanes if self._due else ()
        here = [each for each in lanes if self._wanted.lane in (None, each.lane)]
        changed, whole = sum(each.changed for each in here), sum(each.all for each in here)
        return [
            ChoiceRow(key="changed", name=self.text("village_signs.changed", changed), icon="star"),
            ChoiceRow(key="again", name=self.text("village_signs.again", whole), icon="replace"),
        ]

    def _said_papers(self) -> list[ChoiceRow]:
        return [
            ChoiceRow(
                key=each,
                name=self.text(f"village_signs.on_{each}"),
                chosen=each == self._media,
            )
            for each in MEDIA
        ]

    def _said_places(self) -> list[ChoiceRow]:
        if self._media != "label":
            return []
        return [
            ChoiceRow(
                key=str(place),
                name=self.text(f"village_signs.place_{place}"),
                chosen=place == self._label,
            )
            for place in range(1, len(LABELS) + 1)
        ]

    def _said_doubt(self, doubt: Doubt) -> DoubtRow:
        house = house_words(doubt.house.lane, doubt.house.number, self.shell.tongue)
        unsure = doubt.phase == "unknown"
        key = "village_signs.unsure" if unsure else "village_signs.not_out"
        return DoubtRow(
            job=doubt.job_id, name=house, detail=self.text(key, doubt.serial), askable=unsure
        )
