pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// It had been reported before: its number, and that nothing was handed in twice.
Middle {
    id: root

    required property ReportModel form

    signal accept

    tallest: Math.round(100 * Theme.mm)

    Card {
        Layout.fillWidth: true
        padding: Math.round(1.6 * Theme.pad)

        AppIcon {
            Layout.alignment: Qt.AlignHCenter
            name: "circle-check"
            colour: Theme.colour.tea
            size: Math.round(22 * Theme.mm)
        }

        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTrId("report_screen.number")
            color: Theme.colour.inkSoft
        }

        AppText {
            objectName: "report.reference"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: root.form.reference
            color: Theme.colour.tea
            font.pixelSize: Theme.figure
            font.bold: true
        }

        Notice {
            Layout.topMargin: Theme.pad
            icon: root.form.toAccept ? "user-heart" : "info-circle"
            text: root.form.toAccept ? qsTrId("report_screen.same_accept") : qsTrId("report_screen.same_kept")

            SecondaryButton {
                objectName: "report.same.accept"
                weighty: true
                width: Math.min(implicitWidth, parent.width)
                visible: root.form.toAccept
                icon: "arrow-right"
                text: qsTrId("report_screen.same_accept_go")
                onClicked: root.accept()
            }
        }
    }
}
