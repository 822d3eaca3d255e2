pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The text that one agrees to: eight plain sentences, each with its picture, large.
ColumnLayout {
    id: root

    required property EnrolmentModel form

    spacing: Theme.gap

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: true
        narrowest: 100
        most: 2

        Repeater {
            model: root.form.sentences

            Card {
                id: sentence

                required property int index
                required property var modelData

                objectName: `enrol.sentence.${index}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: implicitHeight
                padding: Theme.pad

                RowLayout {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    spacing: Theme.pad

                    Rectangle {
                        readonly property int medal: Math.round(16 * Theme.mm)

                        Layout.preferredWidth: medal
                        Layout.preferredHeight: medal
                        radius: medal / 2
                        color: Theme.colour.teaSoft
                        border.width: Theme.highContrast ? Theme.hairline : 0
                        border.color: Theme.colour.line

                        AppIcon {
                            anchors.centerIn: parent
                            name: sentence.modelData.icon
                            colour: Theme.colour.tea
                            size: Math.round(9 * Theme.mm)
                        }
                    }

                    AppText {
                        Layout.fillWidth: true
                        text: sentence.modelData.text
                        font.pixelSize: Theme.textSize(1.6)
                    }
                }
            }
        }
    }
}
