pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts

// About what time of the day; who does not remember says so.
TileGrid {
    id: root

    required property ReportModel form

    narrowest: 66
    most: width > 4 * wanted + 3 * columnSpacing ? 4 : 2

    Repeater {
        model: root.form.parts

        Tile {
            required property ChoiceRow modelData

            objectName: `report.part.${modelData.key || "unsure"}`
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: implicitHeight
            beside: true
            role: Accessible.RadioButton
            icon: checked ? "circle-check" : modelData.icon
            text: modelData.name
            checked: modelData.chosen
            onClicked: root.form.choosePart(modelData.key)
        }
    }
}
