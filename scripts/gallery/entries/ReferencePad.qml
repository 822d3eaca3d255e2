pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "wide"
        wide: true

        ReferencePad {
            Layout.fillWidth: true
            wide: width > 200 * Theme.mm
            question: "Which case is it?"
            detail: "The eight digits below the square on the slip."
            deleteText: "Delete"
            tallest: 110 * Theme.mm
        }
    }
}
