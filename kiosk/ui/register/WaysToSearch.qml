pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Four ways to write whom one looks for, each with something to copy.
ColumnLayout {
    id: root

    component Way: QtObject {
        required property string way
        required property string example
    }

    readonly property list<Way> ways: [
        Way {
            way: qsTrId("look_up.by_name")
            example: qsTrId("look_up.by_name_example")
        },
        Way {
            way: qsTrId("look_up.by_pinyin")
            example: qsTrId("look_up.by_pinyin_example")
        },
        Way {
            way: qsTrId("look_up.by_initials")
            example: qsTrId("look_up.by_initials_example")
        },
        Way {
            way: qsTrId("look_up.by_house")
            example: qsTrId("look_up.by_house_example")
        }
    ]

    spacing: Theme.gap

    AppText {
        Layout.fillWidth: true
        text: qsTrId("look_up.examples")
        font.bold: true
    }

    TileGrid {
        Layout.fillWidth: true
        narrowest: 38
        most: width > 4 * wanted + 3 * columnSpacing ? 4 : 2

        Repeater {
            model: root.ways

            // No card: it is to be read, and not tapped.
            Item {
                id: way

                required property Way modelData

                Layout.fillWidth: true
                Layout.fillHeight: true
                implicitHeight: words.implicitHeight + 2 * Theme.gap
                implicitWidth: words.implicitWidth + 2 * Theme.pad

                Rectangle {
                    width: 2 * Theme.stroke
                    height: parent.height
                    radius: Theme.stroke
                    color: Theme.colour.line
                }

                ColumnLayout {
                    id: words

                    anchors.fill: parent
                    anchors.margins: Theme.gap
                    anchors.leftMargin: Theme.pad
                    anchors.rightMargin: Theme.pad
                    spacing: 0

                    AppText {
                        Layout.fillWidth: true
                        text: way.modelData.way
                        color: Theme.colour.inkSoft
                        font.pixelSize: Theme.small
                    }

                    AppText {
                        Layout.fillWidth: true
                        text: way.modelData.example
                        font.pixelSize: Theme.large
                    }
                }
            }
        }
    }

    RowLayout {
        Layout.fillWidth: true
        Layout.topMargin: Theme.gap
        spacing: Theme.gap

        AppIcon {
            name: "eye-off"
            colour: Theme.colour.tea
            size: Math.round(1.3 * Theme.body)
        }

        AppText {
            Layout.fillWidth: true
            text: qsTrId("look_up.only_public")
            color: Theme.colour.inkSoft
        }
    }
}
