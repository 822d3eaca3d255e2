pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The listed reasons of a decision; a tap chooses one.
ColumnLayout {
    id: root

    required property CaseModel dossier

    spacing: Theme.pad

    Chip {
        Layout.maximumWidth: root.width
        tone: "tea"
        icon: "gavel"
        text: root.dossier.words.decision
    }

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: false
        narrowest: 100
        most: 2

        Repeater {
            model: root.dossier.reasons

            Tile {
                required property int index
                required property var modelData

                objectName: `case.reason.${index}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: implicitHeight
                beside: true
                role: Accessible.RadioButton
                icon: checked ? "circle-check" : "circle"
                text: modelData.name
                checked: modelData.chosen
                onClicked: root.dossier.chooseReason(modelData.key)
            }
        }
    }

    Item {
        Layout.fillHeight: true
    }
}
