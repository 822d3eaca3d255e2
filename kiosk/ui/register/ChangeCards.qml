pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// What would change, for whom, and what would not.
ColumnLayout {
    id: root

    required property string kind
    required property var changes
    required property var stays

    spacing: Theme.pad

    Chip {
        Layout.maximumWidth: root.width
        tone: "tea"
        icon: "notebook"
        text: root.kind
    }

    Card {
        objectName: "register.changes"
        Layout.fillWidth: true
        spacing: Theme.gap

        AppText {
            Layout.fillWidth: true
            text: qsTrId("register.changes")
            font.bold: true
            font.pixelSize: Theme.large
        }

        Repeater {
            model: root.changes

            AppText {
                required property string modelData

                Layout.fillWidth: true
                text: modelData
            }
        }
    }

    Card {
        objectName: "register.stays"
        Layout.fillWidth: true
        visible: root.stays.length > 0
        spacing: Theme.gap

        AppText {
            Layout.fillWidth: true
            text: qsTrId("register.stays")
            font.bold: true
            font.pixelSize: Theme.large
        }

        Repeater {
            model: root.stays

            AppText {
                required property string modelData

                Layout.fillWidth: true
                text: modelData
            }
        }
    }

    Notice {
        tone: "voice"
        icon: "hourglass"
        text: qsTrId("register.in_ten")
    }
}
