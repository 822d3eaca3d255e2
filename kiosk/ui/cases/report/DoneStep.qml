pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts

// The reference number, what happens next, and the receipt on its way out of the printer.
Outcome {
    id: root

    required property ReportModel form
    // A drive is still in.
    property bool takeAlong: false

    named: "report"
    icon: tallest < (100 + 30 * Theme.textStep) * Theme.mm ? "" : "circle-check"
    label: qsTrId("report_screen.number")
    number: form.reference
    keep: form.concern ? qsTrId("report_screen.keep_slip_concern") : qsTrId("report_screen.keep_slip")

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
}
