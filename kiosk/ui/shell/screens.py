"""Every screen by its name. A room adds its own lines here; nothing else in the shell knows it."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path

_UI = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class ScreenEntry:
    """One screen: its name, its QML file below kiosk/ui, and the modules of its view-models."""

    name: str
    file: str
    modules: tuple[str, ...] = ()
    takes_notes: bool = False
    """Whether a slip held to the scanner is for this screen while it is in sight."""

    @property
    def path(self) -> Path:
        """Where the QML file stands."""
        return _UI / self.file

    def prepare(self) -> None:
        """Register the view-models with QML; costs nothing the second time."""
        for module in self.modules:
            importlib.import_module(module)


SCREENS: tuple[ScreenEntry, ...] = (
    ScreenEntry("home", "home/HomeScreen.qml", ("kiosk.ui.home.view_model",)),
    ScreenEntry("rules", "rules/RulesScreen.qml", ("kiosk.ui.rules.view_model",)),
    ScreenEntry("look_up", "look_up/LookUpScreen.qml", ("kiosk.ui.look_up.view_model",)),
    ScreenEntry("sign_in", "sign_in/SignInScreen.qml", ("kiosk.ui.sign_in.view_model",)),
    ScreenEntry("asked", "sign_in/AskedScreen.qml", ("kiosk.ui.sign_in.asked_model",)),
    ScreenEntry("my_record", "my_record/MyRecordScreen.qml", ("kiosk.ui.my_record.view_model",)),
    ScreenEntry("notices", "my_record/NoticesScreen.qml", ("kiosk.ui.my_record.notices_model",)),
    ScreenEntry("record_views", "my_record/ViewsScreen.qml", ("kiosk.ui.my_record.view_model",)),
    ScreenEntry("consents", "my_record/ConsentsScreen.qml", ("kiosk.ui.my_record.consents_model",)),
    ScreenEntry(
        "appeal",
        "my_record/AppealScreen.qml",
        ("kiosk.ui.my_record.appeal_model", "kiosk.ui.shell.paper"),
    ),
    ScreenEntry(
        "put_right", "my_record/PutRightScreen.qml", ("kiosk.ui.my_record.put_right_model",)
    ),
    ScreenEntry("panel", "panel/PanelScreen.qml", ("kiosk.ui.panel.view_model",)),
    ScreenEntry(
        "panel_case",
        "panel/PanelCaseScreen.qml",
        ("kiosk.ui.panel.case_model", "kiosk.ui.shell.paper"),
    ),
    ScreenEntry(
        "correction",
        "panel/CorrectionScreen.qml",
        ("kiosk.ui.panel.correction_model", "kiosk.ui.shell.paper"),
    ),
    ScreenEntry(
        "reports",
        "reports/ReportsScreen.qml",
        (
            "kiosk.ui.reports.view_model",
            "kiosk.ui.shell.searching",
            "kiosk.ui.reports.photo_model",
            "kiosk.ui.shell.paper",
        ),
    ),
    ScreenEntry("desk", "desk/DeskScreen.qml", ("kiosk.ui.desk.view_model",)),
    ScreenEntry("find_case", "desk/FindCaseScreen.qml", ("kiosk.ui.desk.find_model",)),
    ScreenEntry(
        "case", "desk/CaseScreen.qml", ("kiosk.ui.desk.case_model", "kiosk.ui.shell.paper")
    ),
    ScreenEntry(
        "signs",
        "signs/SignsScreen.qml",
        ("kiosk.ui.signs.view_model", "kiosk.ui.shell.households", "kiosk.ui.shell.paper"),
    ),
    ScreenEntry("check", "check/CheckScreen.qml", ("kiosk.ui.check.view_model",)),
    ScreenEntry("staff", "staff/StaffScreen.qml", ("kiosk.ui.staff.view_model",)),
    ScreenEntry(
        "notices_desk",
        "notices_desk/NoticesDeskScreen.qml",
        ("kiosk.ui.notices_desk.view_model", "kiosk.ui.shell.paper"),
    ),
    ScreenEntry(
        "corrections",
        "corrections/CorrectionsScreen.qml",
        (
            "kiosk.ui.corrections.view_model",
            "kiosk.ui.corrections.house_model",
            "kiosk.ui.shell.households",
        ),
    ),
    ScreenEntry(
        "my_data",
        "my_data/MyDataScreen.qml",
        ("kiosk.ui.my_data.view_model", "kiosk.ui.shell.paper"),
        takes_notes=True,
    ),
    ScreenEntry("machine", "staff/MachineScreen.qml", ("kiosk.ui.staff.machine_model",)),
    ScreenEntry("papers", "staff/PapersScreen.qml", ("kiosk.ui.staff.papers_model",)),
    ScreenEntry(
        "enrolment",
        "enrolment/EnrolmentScreen.qml",
        (
            "kiosk.ui.enrolment.view_model",
            "kiosk.ui.enrolment.sample_model",
            "kiosk.ui.shell.searching",
            "kiosk.ui.shell.paper",
        ),
    ),
)

NOT_YET = ScreenEntry("not_yet", "shell/NotYetScreen.qml")
"""Stands in for a screen that is not built yet."""


def screen_entry(name: str) -> ScreenEntry:
    """The screen called `name`; the stand-in when it is not there."""
    found = next((entry for entry in SCREENS if entry.name == name), None)
    return found if found is not None and found.path.exists() else NOT_YET
