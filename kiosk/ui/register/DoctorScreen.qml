pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// What cannot be right in the register, by house; a tap leads there, and a paper says what to ask.
Page {
    id: root

    title: qsTrId("register.doctor_title")

    DoctorModel {
        id: model

        kiosk: root.kiosk
        onPrinted: job => {
            paper.follow(job);
            root.scrollUp();
        }
    }

    PaperModel {
        id: paper

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

    PaperProgress {
        Layout.fillWidth: true
        visible: paper.following
        paper: paper
        tallest: Math.round(70 * Theme.mm)
    }

    EmptyState {
        objectName: "doctor.well"
        visible: model.there && model.rows.length === 0
        icon: "circle-check"
        text: qsTrId("register.doctor_well")
    }

    AppText {
        Layout.fillWidth: true
        visible: model.rows.length > 0
        text: qsTrId("register.doctor_detail")
        font.pixelSize: Theme.large
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.rows.length > 0

        Repeater {
            model: model.rows

            ListRow {
                required property int index
                required property FoundRow modelData

                objectName: `doctor.row.${index}`
                text: modelData.text
                detail: modelData.detail
                tappable: true
                last: index === model.rows.length - 1
                leading: AppIcon {
                    name: "help-circle"
                    colour: Theme.colour.tea
                    size: Math.round(1.3 * Theme.large)
                }
                onClicked: root.kiosk.open("register", {
                    "householdId": modelData.householdId
                })
            }
        }
    }

    foot: PrimaryButton {
        objectName: "doctor.print"
        weighty: true
        Layout.fillWidth: true
        visible: model.rows.length > 0
        enabled: !model.busy && !paper.following
        icon: "printer"
        text: qsTrId("register.doctor_print")
        onClicked: model.printQuestions()
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
