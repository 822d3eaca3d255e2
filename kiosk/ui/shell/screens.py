"""Every screen by its name. A room adds its own lines here; nothing else in the shell knows it.

The start of the officials, the pictures of the screens and the walks of the tests follow this list.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.services.access.roles import Act

_UI = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Tile:
    """The way to a screen from the page where officials begin."""

    icon: str
    title: str
    detail: str
    """Keys of the catalogue: what one does there, and what one finds."""
    acts: tuple[Act, ...]
    """One of these is enough to see it."""


@dataclass(frozen=True)
class ScreenEntry:
    """One screen: its name, its QML file below kiosk/ui, and the modules of its view-models."""

    name: str
    file: str
    modules: tuple[str, ...] = ()
    takes_notes: bool = False
    """Whether a slip held to the scanner is for this screen while it is in sight."""
    takes_keys: bool = False
    """Whether a recovery sheet's key that is scanned is for this screen; no other hears of one."""
    takes_cards: bool = False
    """Whether a card held to the scanner is for this screen, where another officer agrees."""
    tile: Tile | None = None
    """For officials; the tiles stand in the order of the screens."""

    @property
    def path(self) -> Path:
        """Where the QML file stands."""
        return _UI / self.file

    def prepare(self) -> None:
        """Register the view-models with QML; costs nothing the second time."""
        for module in self.modules:
            importlib.import_module(module)


REST = ScreenEntry("rest", "board/RestBoard.qml", ("kiosk.ui.board.rest_model",))
"""What stands over the start screen while nobody is there; nobody walks to it."""
SCREENS: tuple[ScreenEntry, ...] = (
    ScreenEntry("home", "home/HomeScreen.qml", ("kiosk.ui.home.view_model",)),
    ScreenEntry("rules", "rulebook/RulesScreen.qml", ("kiosk.ui.rulebook.view_model",)),
    ScreenEntry("rule", "rulebook/RuleScreen.qml", ("kiosk.ui.rulebook.rule_model",)),
    ScreenEntry(
        "calendar",
        "calendar/CalendarScreen.qml",
        ("kiosk.ui.calendar.calendar_model", "kiosk.ui.parts.print_progress"),
    ),
    ScreenEntry("board", "board/BoardScreen.qml", ("kiosk.ui.board.board_model",)),
    ScreenEntry("look_up", "register/LookUpScreen.qml", ("kiosk.ui.register.view_model",)),
    ScreenEntry(
        "check",
        "check/CheckScreen.qml",
        ("kiosk.ui.check.view_model", "kiosk.ui.check.photograph_model"),
    ),
    ScreenEntry("sign_in", "access/SignInScreen.qml", ("kiosk.ui.access.view_model",)),
    # A card that is still before the scanner, or a slip, takes nobody away from their new PIN.
    ScreenEntry(
        "first_pin",
        "access/FirstPinScreen.qml",
        ("kiosk.ui.access.first_pin_model",),
        takes_notes=True,
        takes_cards=True,
    ),
    ScreenEntry("asked", "access/AskedScreen.qml", ("kiosk.ui.access.asked_model",)),
    ScreenEntry("leaving", "access/LeavingScreen.qml", ("kiosk.ui.access.leaving_model",)),
    ScreenEntry("my_record", "record/MyRecordScreen.qml", ("kiosk.ui.record.view_model",)),
    ScreenEntry("record_views", "record/ViewsScreen.qml", ("kiosk.ui.record.view_model",)),
    ScreenEntry("consents", "record/ConsentsScreen.qml", ("kiosk.ui.record.consents_model",)),
    ScreenEntry(
        "my_data",
        "my_data/MyDataScreen.qml",
        ("kiosk.ui.my_data.view_model", "kiosk.ui.parts.print_progress"),
        takes_notes=True,
    ),
    ScreenEntry(
        "reports",
        "cases/report/ReportsScreen.qml",
        (
            "kiosk.ui.cases.report.view_model",
            "kiosk.ui.parts.person_search",
            "kiosk.ui.cases.report.photo_model",
            "kiosk.ui.parts.print_progress",
        ),
    ),
    ScreenEntry(
        "notices", "cases/notices/NoticesScreen.qml", ("kiosk.ui.cases.notices.view_model",)
    ),
    ScreenEntry(
        "put_right", "cases/notices/PutRightScreen.qml", ("kiosk.ui.cases.notices.put_right_model",)
    ),
    ScreenEntry(
        "appeal",
        "cases/appeal/AppealScreen.qml",
        ("kiosk.ui.cases.appeal.view_model", "kiosk.ui.parts.print_progress"),
    ),
    ScreenEntry(
        "thanks",
        "thanks/ThanksScreen.qml",
        (
            "kiosk.ui.thanks.thanks_model",
            "kiosk.ui.parts.person_search",
            "kiosk.ui.parts.print_progress",
        ),
    ),
    ScreenEntry(
        "perks",
        "perks/PerksScreen.qml",
        ("kiosk.ui.perks.shelf_model", "kiosk.ui.parts.print_progress"),
    ),
    ScreenEntry("wallet", "perks/WalletScreen.qml", ("kiosk.ui.perks.wallet_model",)),
    ScreenEntry(
        "letters",
        "letters/LettersScreen.qml",
        ("kiosk.ui.letters.letters_model", "kiosk.ui.parts.print_progress"),
        takes_cards=True,
    ),
    ScreenEntry("my_household", "stars/HouseholdScreen.qml", ("kiosk.ui.stars.household_model",)),
    ScreenEntry("visits", "stars/VisitsScreen.qml", ("kiosk.ui.stars.visits_model",)),
    ScreenEntry("staff", "office/StaffScreen.qml", ("kiosk.ui.office.view_model",)),
    ScreenEntry(
        "today",
        "office/TodayScreen.qml",
        ("kiosk.ui.office.today_model", "kiosk.ui.parts.print_progress"),
        tile=Tile("list-check", "staff.today", "staff.today_detail", ("see_what_waits",)),
    ),
    ScreenEntry(
        "desk",
        "cases/desk/DeskScreen.qml",
        ("kiosk.ui.cases.desk.view_model",),
        tile=Tile("clipboard-check", "staff.desk", "staff.desk_detail", ("decide_case",)),
    ),
    ScreenEntry("find_case", "cases/desk/FindCaseScreen.qml", ("kiosk.ui.cases.desk.find_model",)),
    ScreenEntry(
        "case",
        "cases/desk/CaseScreen.qml",
        ("kiosk.ui.cases.desk.case_model", "kiosk.ui.parts.print_progress"),
    ),
    ScreenEntry(
        "enrolment",
        "enrolment/EnrolmentScreen.qml",
        (
            "kiosk.ui.enrolment.view_model",
            "kiosk.ui.enrolment.sample_model",
            "kiosk.ui.parts.person_search",
            "kiosk.ui.parts.print_progress",
        ),
        tile=Tile(
            "user-plus", "staff.enrolment", "staff.enrolment_detail", ("enrol", "issue_card")
        ),
    ),
    ScreenEntry(
        "cards",
        "access/CardsScreen.qml",
        (
            "kiosk.ui.access.cards_model",
            "kiosk.ui.parts.person_search",
            "kiosk.ui.parts.print_progress",
        ),
        takes_notes=True,
        takes_cards=True,
        tile=Tile("id", "staff.cards", "staff.cards_detail", ("issue_card",)),
    ),
    ScreenEntry(
        "register",
        "register/RegisterScreen.qml",
        (
            "kiosk.ui.register.register_model",
            "kiosk.ui.parts.household_search",
            "kiosk.ui.parts.person_search",
        ),
        takes_cards=True,
        tile=Tile("notebook", "staff.register", "staff.register_detail", ("keep_register",)),
    ),
    ScreenEntry(
        "register_doctor",
        "register/DoctorScreen.qml",
        ("kiosk.ui.register.doctor_model", "kiosk.ui.parts.print_progress"),
    ),
    ScreenEntry(
        "differences",
        "differences/DifferencesScreen.qml",
        (
            "kiosk.ui.differences.differences_model",
            "kiosk.ui.differences.refused_model",
            "kiosk.ui.parts.print_progress",
        ),
        tile=Tile(
            "list-check", "staff.differences", "staff.differences_detail", ("keep_register",)
        ),
    ),
    ScreenEntry(
        "hall",
        "hall/HallScreen.qml",
        ("kiosk.ui.hall.hall_model",),
        tile=Tile("map-pin", "staff.hall", "staff.hall_detail", ("keep_hall",)),
    ),
    ScreenEntry(
        "workday",
        "workday/WorkdayScreen.qml",
        ("kiosk.ui.workday.workday_model", "kiosk.ui.parts.print_progress"),
        takes_cards=True,
        tile=Tile("sunrise", "staff.workday", "staff.workday_detail", ("keep_day",)),
    ),
    ScreenEntry(
        "notices_desk",
        "cases/paper_notices/NoticesDeskScreen.qml",
        ("kiosk.ui.cases.paper_notices.view_model", "kiosk.ui.parts.print_progress"),
        tile=Tile("mail", "staff.notices_desk", "staff.notices_desk_detail", ("hand_over_notice",)),
    ),
    ScreenEntry(
        "perk_desk",
        "perks/PerkDeskScreen.qml",
        ("kiosk.ui.perks.desk_model",),
        takes_notes=True,
        tile=Tile("gift", "staff.perk_desk", "staff.perk_desk_detail", ("hand_over_perk",)),
    ),
    ScreenEntry(
        "stock",
        "perks/StockScreen.qml",
        ("kiosk.ui.perks.stock_model", "kiosk.ui.parts.person_search"),
        takes_cards=True,
        tile=Tile("list-check", "staff.stock", "staff.stock_detail", ("hand_over_perk",)),
    ),
    ScreenEntry(
        "corrections",
        "my_data/CorrectionsScreen.qml",
        (
            "kiosk.ui.my_data.corrections_model",
            "kiosk.ui.my_data.house_model",
            "kiosk.ui.parts.household_search",
        ),
        tile=Tile("pencil", "staff.corrections", "staff.corrections_detail", ("correct_register",)),
    ),
    ScreenEntry(
        "signs",
        "stars/SignsScreen.qml",
        (
            "kiosk.ui.stars.view_model",
            "kiosk.ui.parts.household_search",
            "kiosk.ui.parts.print_progress",
        ),
        tile=Tile("home-star", "staff.signs", "staff.signs_detail", ("print_sign",)),
    ),
    ScreenEntry(
        "village_signs",
        "stars/VillageSignsScreen.qml",
        ("kiosk.ui.stars.batch_model", "kiosk.ui.parts.print_progress"),
    ),
    ScreenEntry(
        "rounds",
        "stars/RoundsScreen.qml",
        ("kiosk.ui.stars.rounds_model",),
        takes_cards=True,
        tile=Tile(
            "walk", "staff.rounds", "staff.rounds_detail", ("inspect_household", "tell_household")
        ),
    ),
    ScreenEntry("fairness", "stars/FairnessScreen.qml", ("kiosk.ui.stars.fairness_model",)),
    ScreenEntry(
        "sheets",
        "stars/SheetsScreen.qml",
        ("kiosk.ui.stars.sheets_model",),
        tile=Tile("scan", "staff.sheets", "staff.sheets_detail", ("enter_sheet",)),
    ),
    ScreenEntry(
        "panel",
        "cases/panel/PanelScreen.qml",
        ("kiosk.ui.cases.panel.view_model",),
        tile=Tile("scale", "staff.panel", "staff.panel_detail", ("hear_appeal",)),
    ),
    ScreenEntry(
        "panel_case",
        "cases/panel/PanelCaseScreen.qml",
        ("kiosk.ui.cases.panel.case_model", "kiosk.ui.parts.print_progress"),
    ),
    ScreenEntry(
        "correction",
        "cases/panel/CorrectionScreen.qml",
        ("kiosk.ui.cases.panel.correction_model", "kiosk.ui.parts.print_progress"),
    ),
    ScreenEntry(
        "offices",
        "office/OfficesScreen.qml",
        ("kiosk.ui.office.offices_model", "kiosk.ui.parts.person_search"),
        takes_cards=True,
        tile=Tile("users", "staff.offices", "staff.offices_detail", ("grant_role",)),
    ),
    ScreenEntry(
        "rule_book",
        "rulebook/RuleBookScreen.qml",
        ("kiosk.ui.rulebook.rule_book_model", "kiosk.ui.parts.print_progress"),
        takes_cards=True,
        tile=Tile("books", "staff.rule_book", "staff.rule_book_detail", ("install_rulebook",)),
    ),
    ScreenEntry(
        "checklist",
        "rulebook/ChecklistScreen.qml",
        ("kiosk.ui.rulebook.checklist_model", "kiosk.ui.parts.print_progress"),
    ),
    ScreenEntry(
        "machine",
        "upkeep/MachineScreen.qml",
        ("kiosk.ui.upkeep.machine_model",),
        tile=Tile("tools", "staff.machine", "staff.machine_detail", ("back_up",)),
    ),
    ScreenEntry(
        "restore",
        "upkeep/RestoreScreen.qml",
        ("kiosk.ui.upkeep.restore_model",),
        takes_keys=True,
    ),
    ScreenEntry("machine_tasks", "upkeep/TasksScreen.qml", ("kiosk.ui.upkeep.guide_model",)),
    ScreenEntry(
        "guide",
        "upkeep/GuideScreen.qml",
        ("kiosk.ui.upkeep.guide_model",),
        takes_notes=True,
        takes_keys=True,
        takes_cards=True,
    ),
    ScreenEntry("touch_test", "upkeep/TouchTestScreen.qml"),
    ScreenEntry("restored", "upkeep/RestoredScreen.qml", ("kiosk.ui.upkeep.restored_model",)),
    ScreenEntry("first", "upkeep/FirstScreen.qml"),
    ScreenEntry("found", "upkeep/FoundScreen.qml", ("kiosk.ui.upkeep.found_model",)),
    ScreenEntry(
        "founded",
        "upkeep/FoundedScreen.qml",
        ("kiosk.ui.upkeep.founded_model",),
        takes_keys=True,
    ),
    ScreenEntry("journal", "upkeep/JournalScreen.qml", ("kiosk.ui.upkeep.journal_model",)),
    ScreenEntry(
        "papers",
        "office/PapersScreen.qml",
        ("kiosk.ui.office.papers_model",),
        tile=Tile("printer", "staff.papers", "staff.papers_detail", ("tend_printer",)),
    ),
    ScreenEntry(
        "sheet_offset",
        "office/OffsetScreen.qml",
        ("kiosk.ui.office.offset_model", "kiosk.ui.parts.print_progress"),
    ),
)

NOT_YET = ScreenEntry("not_yet", "shell/NotYetScreen.qml")
"""Stands in for a screen that is not built yet."""


def screen_entry(name: str) -> ScreenEntry:
    """The screen called `name`; the stand-in when it is not there."""
    found = next((entry for entry in SCREENS if entry.name == name), None)
    return found if found is not None and found.path.exists() else NOT_YET
