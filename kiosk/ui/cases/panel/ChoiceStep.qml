pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The listed answers of a step; a tap chooses one and goes on.
ColumnLayout {
    id: root

    required property PanelCaseModel hearing
    property string note

    spacing: Theme.pad

    Chip {
        Layout.maximumWidth: root.width
        tone: "tea"
        icon: "scale"
        text: root.hearing.words.chosen
    }

    AppText {
        Layout.fillWidth: true
        visible: text !== ""
        text: root.note
        font.pixelSize: Theme.large
    }

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: false
        narrowest: 100
        most: 2

        Repeater {
            model: root.hearing.choices

            Tile {
                required property int index
                required property var modelData

                objectName: `panel.choice.${index}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: implicitHeight
                beside: true
                role: Accessible.RadioButton
                icon: checked ? "circle-check" : "circle"
                text: modelData.name
                checked: modelData.chosen
                onClicked: root.hearing.choose(modelData.key)
            }
        }
    }

    Item {
        Layout.fillHeight: true
    }
}
