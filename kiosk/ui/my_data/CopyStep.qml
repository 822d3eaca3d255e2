pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Which way the copy goes: onto paper, or onto a drive; and where one sees it without either.
ColumnLayout {
    id: root

    component Road: QtObject {
        required property string name
        required property string icon
        required property string text
        required property string detail
    }

    readonly property list<Road> roads: [
        Road {
            name: "print"
            icon: "printer"
            text: qsTrId("my_data.print")
            detail: qsTrId("my_data.print_detail")
        },
        Road {
            name: "drive"
            icon: "copy"
            text: qsTrId("my_data.drive")
            detail: qsTrId("my_data.drive_detail")
        }
    ]

    required property bool low

    signal chosen(string road)

    spacing: Theme.pad

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.maximumHeight: Math.max(implicitHeight, Math.round(110 * Theme.mm))
        most: 2

        Repeater {
            model: root.roads

            Tile {
                required property Road modelData

                objectName: `my_data.road.${modelData.name}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: implicitHeight
                beside: root.low
                icon: modelData.icon
                text: modelData.text
                detail: modelData.detail
                onClicked: root.chosen(modelData.name)
            }
        }
    }

    Notice {
        tone: "voice"
        icon: "eye"
        text: qsTrId("my_data.copy_seen")
    }
}
