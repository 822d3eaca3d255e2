pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// What leaving erases, what stays and why, before anything is done.
TileGrid {
    id: root

    component Part: QtObject {
        required property string icon
        required property string heading
        required property list<string> lines
    }

    readonly property list<Part> parts: [
        Part {
            icon: "trash"
            heading: qsTrId("my_data.erased")
            lines: [qsTrId("my_data.erased_1"), qsTrId("my_data.erased_2"), qsTrId("my_data.erased_3")]
        },
        Part {
            icon: "lock"
            heading: qsTrId("my_data.stays")
            lines: [qsTrId("my_data.stays_1"), qsTrId("my_data.stays_2"), qsTrId("my_data.stays_3"), qsTrId("my_data.stays_4")]
        }
    ]

    most: 2
    narrowest: 90

    Repeater {
        model: root.parts

        Card {
            id: part

            required property Part modelData

            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: implicitHeight

            AppIcon {
                name: part.modelData.icon
                colour: Theme.colour.tea
                size: Math.round(14 * Theme.mm)
            }

            Title {
                Layout.fillWidth: true
                text: part.modelData.heading
            }

            Repeater {
                model: part.modelData.lines

                AppText {
                    required property string modelData

                    Layout.fillWidth: true
                    text: modelData
                    font.pixelSize: Theme.textSize(1.6)
                }
            }

            Item {
                Layout.fillHeight: true
            }
        }
    }
}
