pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// What was done with the case, by whom and why.
Card {
    id: root

    required property CaseModel dossier
    required property bool wide

    AppText {
        Layout.fillWidth: true
        text: qsTrId("desk_screen.history")
        font.pixelSize: Theme.large
        font.bold: true
    }

    Repeater {
        model: root.dossier.history

        GridLayout {
            id: move

            required property MoveRow modelData

            Layout.fillWidth: true
            columns: root.wide ? 2 : 1
            columnSpacing: Theme.pad
            rowSpacing: 0

            AppText {
                Layout.preferredWidth: root.wide ? Math.round(11 * Theme.small) : -1
                Layout.alignment: Qt.AlignTop
                text: move.modelData.when
                color: Theme.colour.inkSoft
                font.pixelSize: Theme.small
            }

            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                AppText {
                    Layout.fillWidth: true
                    text: move.modelData.what
                }

                AppText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: move.modelData.why
                    color: Theme.colour.inkSoft
                }
            }
        }
    }
}
