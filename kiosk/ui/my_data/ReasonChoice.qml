pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The listed reasons for leaving something as it is written; a tap chooses one.
TileGrid {
    id: root

    required property CorrectionsModel desk
    property string chosen
    readonly property string said: desk.reasons.find(each => each.key === chosen)?.text ?? ""

    Layout.fillHeight: false
    narrowest: 90
    most: 2

    Repeater {
        model: root.desk.reasons

        Tile {
            required property ReasonRow modelData

            objectName: `corrections.reason.${modelData.key}`
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: implicitHeight
            beside: true
            role: Accessible.RadioButton
            icon: checked ? "circle-check" : "circle"
            text: modelData.text
            checked: root.chosen === modelData.key
            onClicked: root.chosen = modelData.key
        }
    }
}
