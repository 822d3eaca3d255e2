pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Everything on one card, each line a door back to its question; and what happens next.
GridLayout {
    id: root

    required property ReportModel form
    required property bool wide

    columns: wide ? 2 : 1
    columnSpacing: Theme.pad
    rowSpacing: Theme.pad

    RowCard {
        Layout.fillWidth: true
        Layout.preferredWidth: 16
        Layout.alignment: Qt.AlignTop

        Repeater {
            model: root.form.lines

            CheckLine {
                required property int index
                required property CheckedLineRow modelData

                objectName: `report.line.${modelData.step}`
                icon: modelData.icon
                name: modelData.name
                value: modelData.value
                points: modelData.points
                door: modelData.door
                last: index === root.form.lines.length - 1
                onClicked: root.form.change(modelData.step)
            }
        }
    }

    ColumnLayout {
        Layout.fillWidth: true
        Layout.preferredWidth: 10
        Layout.alignment: Qt.AlignTop
        spacing: Theme.pad

        Notice {
            objectName: "report.same"
            visible: root.form.duplicate !== ""
            tone: "gold"
            icon: "help-circle"
            heading: qsTrId("report_screen.same_heading")
            text: root.form.duplicate

            SecondaryButton {
                objectName: "report.same.yes"
                weighty: true
                width: Math.min(implicitWidth, parent.width)
                tone: "gold"
                icon: "check"
                text: qsTrId("report_screen.same_yes")
                onClicked: root.form.isSame()
            }

            QuietButton {
                objectName: "report.same.no"
                width: Math.min(implicitWidth, parent.width)
                icon: "x"
                text: qsTrId("report_screen.same_another")
                onClicked: root.form.isAnother()
            }
        }

        Notice {
            objectName: "report.next"
            visible: root.form.whatNext !== ""
            icon: "clock"
            heading: qsTrId("report_screen.what_next")
            text: root.form.whatNext
        }

        Notice {
            visible: root.form.concern
            tone: "voice"
            icon: "lock"
            text: qsTrId("report_screen.concern_private")
        }
    }

    Item {
        Layout.fillHeight: true
        Layout.columnSpan: root.columns
    }
}
