pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Several things, of which a tap chooses one.
TileGrid {
    id: root

    // ChoiceRow each.
    required property var choices
    // Before the place of each, or before its key: the name by which tests find it.
    required property string named
    property bool byKey: false

    signal chosen(string key)

    Layout.fillHeight: false
    narrowest: 100
    most: 2

    Repeater {
        model: root.choices

        Tile {
            required property int index
            required property ChoiceRow modelData

            objectName: `${root.named}.${root.byKey ? modelData.key : index}`
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: implicitHeight
            beside: true
            role: Accessible.RadioButton
            icon: checked ? "circle-check" : modelData.icon || "circle"
            text: modelData.name
            checked: modelData.chosen
            onClicked: root.chosen(modelData.key)
        }
    }
}
