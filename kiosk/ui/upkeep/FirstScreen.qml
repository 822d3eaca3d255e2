pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// A machine on which no village can be opened: put one back, or found one.
Page {
    id: root

    title: qsTrId("restore.first_title")
    filling: true

    Tile {
        objectName: "first.restore"
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.maximumHeight: Math.round(120 * Theme.mm)
        icon: "rotate-2"
        tone: "tea"
        text: qsTrId("restore.first_restore")
        detail: qsTrId("restore.first_restore_detail")
        onClicked: root.kiosk.open("restore")
    }

    Tile {
        objectName: "first.found"
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.maximumHeight: Math.round(120 * Theme.mm)
        icon: "building-community"
        text: qsTrId("restore.first_found")
        detail: qsTrId("restore.first_found_detail")
        onClicked: root.kiosk.open("found")
    }
}
