pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// What is written now, and what the person says about it.
ColumnLayout {
    id: root

    component Part: QtObject {
        required property string name
        required property string heading
        required property string text
    }

    readonly property list<Part> parts: [
        Part {
            name: "held"
            heading: qsTrId("corrections.held").arg(root.desk.page.what)
            text: root.desk.page.held
        },
        Part {
            name: "asked"
            heading: qsTrId("corrections.asked")
            text: `\u201c${root.desk.page.asked}\u201d`
        }
    ]

    required property CorrectionsModel desk

    spacing: Theme.pad

    AppText {
        Layout.fillWidth: true
        text: [root.desk.page.house, root.desk.page.when].join(" · ")
        color: Theme.colour.inkSoft
        font.pixelSize: Theme.large
    }

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: false
        most: 2
        narrowest: 90

        Repeater {
            model: root.parts

            Card {
                id: part

                required property Part modelData

                objectName: `corrections.${modelData.name}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: implicitHeight

                AppText {
                    Layout.fillWidth: true
                    text: part.modelData.heading
                    color: Theme.colour.inkSoft
                }

                AppText {
                    Layout.fillWidth: true
                    text: part.modelData.text
                    font.pixelSize: Theme.title
                }

                Item {
                    Layout.fillHeight: true
                }
            }
        }
    }

    Notice {
        objectName: "corrections.first"
        visible: text !== ""
        tone: "gold"
        text: root.desk.page.first
    }
}
