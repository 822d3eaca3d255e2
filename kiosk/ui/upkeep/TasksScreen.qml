pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// What the keeper can be guided through, and the report of how the machine is.
Page {
    id: root

    title: qsTrId("guide.title")

    TasksModel {
        id: model

        kiosk: root.kiosk
    }

    EmptyState {
        visible: !root.kiosk.official
        icon: "id"
        text: qsTrId("staff.officials_only")
        detail: qsTrId("staff.officials_only_detail")
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        objectName: "tasks.told"
        visible: model.told !== "" || model.trying
        icon: "file-type-pdf"
        heading: model.trying ? qsTrId("guide.report_under_way") : model.told
        text: ""
    }

    Choices {
        Layout.fillWidth: true
        visible: root.kiosk.official
        choices: model.choices
        narrowest: 62 + 16 * Theme.textStep
        most: root.upright ? 2 : 3
        named: "tasks"
        byKey: true
        onChosen: key => key === "touch" ? root.kiosk.open("touch_test") : root.kiosk.open("guide", {
            "task": key
        })
    }

    foot: TileGrid {
        Layout.fillWidth: true
        visible: root.kiosk.official
        narrowest: 60 + 12 * Theme.textStep
        most: 2

        SecondaryButton {
            objectName: "tasks.print_report"
            Layout.fillWidth: true
            enabled: !model.trying
            icon: "printer"
            text: qsTrId("guide.print_report")
            onClicked: model.printReport()
        }

        SecondaryButton {
            objectName: "tasks.save_report"
            Layout.fillWidth: true
            enabled: !model.trying
            icon: "file-type-pdf"
            text: qsTrId("guide.save_report")
            onClicked: model.saveReport()
        }
    }
}
