pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The slip first, then the drive; when both files are on it, it may be pulled out.
ColumnLayout {
    id: root

    required property MyDataModel form
    required property bool low

    spacing: Theme.pad

    StepDots {
        Layout.fillWidth: true
        visible: !root.low
        steps: [qsTrId("my_data.drive_step_slip"), qsTrId("my_data.drive_step_plug"), qsTrId("my_data.drive_step_take")]
        current: root.form.written !== "" ? 2 : root.form.slipUntil !== "" ? 1 : 0
    }

    EmptyState {
        objectName: "my_data.hold_slip"
        visible: root.form.slipUntil === ""
        icon: "scan"
        text: qsTrId("my_data.hold_slip")
        detail: qsTrId("my_data.hold_slip_detail")
    }

    EmptyState {
        objectName: "my_data.plug_in"
        visible: root.form.slipUntil !== "" && root.form.written === ""
        icon: "file-text"
        text: qsTrId("my_data.plug_in")
        detail: root.form.slipUntil
    }

    EmptyState {
        objectName: "my_data.written"
        visible: root.form.written !== ""
        icon: "circle-check"
        text: qsTrId("my_data.written")
        detail: root.form.written
    }
}
