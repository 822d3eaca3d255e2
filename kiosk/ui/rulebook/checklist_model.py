"""What inspectors look at, for officers: a change put together line by line, and prints."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.catalogue import CHINESE, ENGLISH
from kiosk.core.clock import village_day
from kiosk.core.days import said_day
from kiosk.core.ids import new_touch_id
from kiosk.core.texts import NO_TEXT, Texts
from kiosk.services.rule_changes import changes, checklist, poster
from kiosk.services.rule_changes.changes import Proposed
from kiosk.services.rule_changes.checklist import ChecklistDifference, ChecklistDraft, ChecklistPage
from kiosk.services.rule_changes.poster import Versions
from kiosk.services.rule_changes.terms import SHOWN_FOR
from kiosk.services.rule_changes.wording import LIST_ICONS
from kiosk.services.stars.rubrics import LISTS, Item
from kiosk.ui.parts.rows import ChoiceRow
from kiosk.ui.parts.staged import PAGE, StagedModel
from kiosk.ui.rulebook import said
from kiosk.ui.rulebook.rows import ItemRow, said_lists

QML_IMPORT_NAME = "kiosk.ui.rulebook"
QML_IMPORT_MAJOR_VERSION = 1

LIST, ITEM, WORDS, CHECK = "list", "item", "words", "check"
PROPOSED, VERSIONS, PRINTED = "proposed", "versions", "printed"
OFFERED, WRITE, DROP = "offered", "write", "drop"
_BACK = {
    LIST: PAGE,
    ITEM: LIST,
    WORDS: LIST,
    CHECK: LIST,
    PROPOSED: PAGE,
    VERSIONS: PAGE,
    PRINTED: PAGE,
}


@QmlElement
class ChecklistModel(StagedModel):
    """View-model of ChecklistScreen."""

    listsChanged = Signal()
    printing = Signal(int, arguments=["job"])

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page: ChecklistPage | None = None
        self._lists: dict[str, tuple[Item, ...]] = {}
        self._name, self._at, self._new = LISTS[0], 0, ""
        self._found: ChecklistDifference | None = None
        self._versions: Versions = ()
        self._touch = ""
        self._choices: list[ChoiceRow] = []
        self._items: list[ItemRow] = []
        self._summary = ""

    def started(self) -> None:
        """Ask for the lists."""
        if self.shell.session and self.shell.session.roles:
            self.ask(checklist.page, self.session_id, then=self._show)

    def worded(self) -> None:
        """Say everything in the language on the screen."""
        self._choices = self.renewed(self._choices, self._said_choices())
        self._items = self.renewed(self._items, self._said_items())
        self._summary = self._said_summary()
        self.listsChanged.emit()

    @Property(list, notify=listsChanged)
    def choices(self) -> list[ChoiceRow]:
        """What there is to choose from at this step."""
        return self._choices

    @Property(list, notify=listsChanged)
    def items(self) -> list[ItemRow]:
        """The lines of the list that is open."""
        return self._items

    @Property(str, notify=listsChanged)
    def summary(self) -> str:
        """The list or the line that it is about; what would be another; what comes next."""
        return self._summary

    @Property(bool, notify=listsChanged)
    def waits(self) -> bool:
        """Whether a change is under way already."""
        return self._page is not None and self._page.waits

    @Property(str, notify=listsChanged)
    def inChinese(self) -> str:
        """The words of the line as they are."""
        return self._text().get(CHINESE, "")

    @Property(str, notify=listsChanged)
    def inEnglish(self) -> str:
        """The same in English."""
        return self._text().get(ENGLISH, "")

    @Slot(str)
    def choose(self, key: str) -> None:
        """A list, what becomes of a line, a dimension that gets one, or a version to print."""
        if self._stage == PAGE:
            self._choose_list(key)
        elif self._stage == LIST:
            self._new = key
            self._go(WORDS)
        elif self._stage == ITEM and key == WRITE:
            self._go(WORDS)
        elif self._stage == ITEM:
            self._leave_out()
        else:
            asked = (key, new_touch_id(), self.shell.tongue)
            self.ask(poster.print_lists, self.session_id, *asked, then=self._printed)

    @Slot(int)
    def open(self, place: int) -> None:
        """A line of the list."""
        self._at, self._new = place, ""
        self._go(ITEM)

    @Slot(str, str)
    def write(self, chinese: str, english: str) -> None:
        """The words of a line."""
        text = Texts({CHINESE: chinese, ENGLISH: english})
        items = list(self._lists[self._name])
        if self._new:
            items.append(Item("", self._new, text))
        else:
            items[self._at] = replace(items[self._at], text=text)
        self._lists[self._name] = tuple(items)
        self._go(LIST)

    @Slot()
    def check(self) -> None:
        """What would be another, once it has gone through the gate."""
        draft = ChecklistDraft(dict(self._lists))
        self.ask(changes.preview_lists, self.session_id, draft, then=self._checked)

    @Slot()
    def propose(self) -> None:
        """Show it to everybody, and print its poster."""
        draft = ChecklistDraft(dict(self._lists))
        self.ask(changes.propose, self.session_id, draft, self._touch, then=self._proposed)

    @Slot()
    def chooseVersion(self) -> None:
        """Which version is to be printed."""
        self.ask(poster.versions, self.session_id, then=self._show_versions)

    @Slot()
    def toPage(self) -> None:
        """All is done; the lists again."""
        self._go(PAGE)
        self.started()

    @Slot()
    def back(self) -> None:
        """One step back; what was changed stays."""
        self._go(_BACK.get(self._stage, PAGE))

    def _choose_list(self, key: str) -> None:
        if key == OFFERED and self._page is not None and self._page.offered is not None:
            self._lists = dict(self._page.offered.lists)
            self.check()
            return
        self._name = key
        self._go(LIST)

    def _leave_out(self) -> None:
        items = self._lists[self._name]
        self._lists[self._name] = tuple(each for at, each in enumerate(items) if at != self._at)
        self._go(LIST)

    def _show(self, page: ChecklistPage) -> None:
        self._page, self._lists, self._touch = page, dict(page.now.lists), new_touch_id()
        self.worded()

    def _checked(self, found: ChecklistDifference) -> None:
        self._found = found
        self._go(CHECK)

    def _proposed(self, proposed: Proposed) -> None:
        self.printing.emit(proposed.print_job_id)
        self._go(PROPOSED)

    def _show_versions(self, versions: Versions) -> None:
        self._versions = versions
        self._go(VERSIONS)

    def _printed(self, job: int) -> None:
        self.printing.emit(job)
        self._go(PRINTED)

    def _text(self) -> Texts:
        items = self._lists.get(self._name, ())
        return NO_TEXT if self._new or self._at >= len(items) else items[self._at].text

    def _said_choices(self) -> list[ChoiceRow]:
        if self._stage == PAGE and self._page is not None:
            names = [*LISTS, *([OFFERED] if self._page.offered is not None else [])]
            icons = {**LIST_ICONS, OFFERED: "books"}
            keys = {each: f"rule_changes.list_{each}" for each in LISTS}
            keys[OFFERED] = "rule_changes.lists_offered"
            return [
                ChoiceRow(key=each, name=self.text(keys[each]), icon=icons[each]) for each in names
            ]
        if self._stage == LIST:
            dimensions = dict.fromkeys(each.dimension for each in self._lists[self._name])
            return [
                ChoiceRow(
                    key=each,
                    name=self.text("rule_changes.list_add", self.text(f"stars.{each}")),
                    icon="plus",
                )
                for each in dimensions
            ]
        if self._stage == ITEM:
            return [
                ChoiceRow(key=WRITE, name=self.text("rule_changes.item_words"), icon="pencil"),
                ChoiceRow(key=DROP, name=self.text("rule_changes.item_drop"), icon="x"),
            ]
        if self._stage == VERSIONS:
            return [
                ChoiceRow(
                    key=version,
                    name=self.text("rule_changes.lists_since", said_day(self.text, since))
                    if since
                    else self.text("rule_changes.lists_of_program", version),
                    icon="notebook",
                )
                for version, since in self._versions
            ]
        return []

    def _said_items(self) -> list[ItemRow]:
        return [
            ItemRow(
                place=place,
                text=each.text.said(self.shell.tongue),
                dimension=self.text(f"stars.{each.dimension}"),
            )
            for place, each in enumerate(self._lists.get(self._name, ()))
        ]

    def _said_summary(self) -> str:
        if self._stage == CHECK and self._found is not None:
            return "\n".join(said_lists(self.text, self._found, self.shell.tongue))
        if self._stage == PROPOSED:
            return said.proposed(self.text, village_day(self.shell.clock.now()) + SHOWN_FOR)
        if self._stage in (ITEM, WORDS) and not self._new:
            return self._text().said(self.shell.tongue)
        if self._stage == WORDS:
            return self.text(f"stars.{self._new}")
        return self.text(f"rule_changes.list_{self._name}") if self._stage == LIST else ""
