pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts

// The place; a tap chooses it.
TileGrid {
    id: root

    required property ReportModel form

    narrowest: 72
    most: width > 4 * wanted + 3 * columnSpacing ? 4 : 2

    Repeater {
        model: root.form.places

        Tile {
            required property ChoiceRow modelData

            objectName: `report.place.${modelData.key}`
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: implicitHeight
            beside: true
            icon: checked ? "circle-check" : modelData.icon
            text: modelData.name
            checked: modelData.chosen
            onClicked: root.form.choosePlace(modelData.key)
        }
    }
}
