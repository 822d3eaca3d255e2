pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts

// The reference number, what happens next, and the receipt on its way out of the printer.
GridLayout {
    id: root

    required property ReportModel form
    required property PaperModel paper
    required property bool wide
    required property int tallest
    // A drive is still in.
    property bool takeAlong: false
    readonly property bool low: tallest < (100 + 30 * Theme.textStep) * Theme.mm

    columns: wide ? 2 : 1
    columnSpacing: Theme.pad
    rowSpacing: Theme.pad

    Card {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 10
        padding: Math.round(1.6 * Theme.pad)

        Item {
            Layout.fillHeight: true
        }

        AppIcon {
            Layout.alignment: Qt.AlignHCenter
            name: root.low ? "" : "circle-check"
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
            icon: "clock"
            text: root.form.whatNext
        }

        Notice {
            visible: root.form.concern
            tone: "voice"
            icon: "lock"
            text: qsTrId("report_screen.concern_private")
        }

        Notice {
            objectName: "report.take_along"
            visible: root.takeAlong
            tone: "gold"
            icon: "hand-stop"
            text: qsTrId("report_screen.take_along")
        }

        Item {
            Layout.fillHeight: true
        }
    }

    ColumnLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 10
        visible: root.paper.following
        spacing: Theme.gap

        PaperProgress {
            Layout.fillWidth: true
            Layout.fillHeight: true
            paper: root.paper
            tallest: root.wide ? root.tallest - keep.height - Theme.gap : Math.round(140 * Theme.mm)
        }

        AppText {
            id: keep

            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: root.form.concern ? qsTrId("report_screen.keep_slip_concern") : qsTrId("report_screen.keep_slip")
            color: Theme.colour.inkSoft
        }
    }
}
