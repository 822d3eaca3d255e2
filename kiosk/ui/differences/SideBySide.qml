pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// What the village has, and what the file says, one under another where there is no room beside.
Card {
    id: root

    // SideRow each.
    required property var sides
    required property bool hasPerson

    spacing: Theme.gap

    Repeater {
        model: root.sides

        ColumnLayout {
            id: side

            required property int index
            required property SideRow modelData

            Layout.fillWidth: true
            spacing: Theme.gap / 2

            Rectangle {
                Layout.fillWidth: true
                visible: side.index > 0
                implicitHeight: Theme.hairline
                color: Theme.colour.line
            }

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.gap

                AppIcon {
                    visible: side.modelData.differs
                    name: "pencil"
                    colour: Theme.colour.tea
                    size: Theme.large
                }

                AppText {
                    Layout.fillWidth: true
                    text: side.modelData.field
                    color: Theme.colour.inkSoft
                }
            }

            GridLayout {
                Layout.fillWidth: true
                columns: root.width > 130 * Theme.mm ? 2 : 1
                uniformCellWidths: true
                columnSpacing: Theme.pad
                rowSpacing: Theme.gap / 2

                AppText {
                    Layout.fillWidth: true
                    Layout.alignment: Qt.AlignTop
                    visible: root.hasPerson
                    text: side.modelData.here
                }

                AppText {
                    Layout.fillWidth: true
                    Layout.alignment: Qt.AlignTop
                    text: side.modelData.there
                    font.bold: side.modelData.differs
                }
            }
        }
    }
}
