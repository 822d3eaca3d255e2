pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Stands in for what the kiosk cannot do yet, and says who can.
Page {
    id: root

    title: qsTrId("shell.not_yet_title")

    Card {
        Layout.fillWidth: true

        EmptyState {
            icon: "plant-2"
            text: qsTrId("shell.not_yet")
            detail: qsTrId("shell.not_yet_detail")
        }
    }
}
