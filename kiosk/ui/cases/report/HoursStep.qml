pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts

// How many hours it took: a step of the rule's ladder, with what it gives.
TileGrid {
    id: root

    required property ReportModel form

    narrowest: 66
    most: width > 4 * wanted + 3 * columnSpacing ? 4 : 2

    Repeater {
        model: root.form.hours

        Tile {
            required property ChoiceRow modelData

            objectName: `report.hours.${modelData.key}`
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: implicitHeight
            beside: true
            role: Accessible.RadioButton
            icon: checked ? "circle-check" : modelData.icon
            text: modelData.name
            checked: modelData.chosen
            onClicked: root.form.chooseHours(modelData.key)
        }
    }
}
