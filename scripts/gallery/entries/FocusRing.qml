pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "around what a keyboard works on"
        focused: standing

        Tappable {
            id: standing
            implicitWidth: 3 * Theme.target
            implicitHeight: Theme.target
            text: "An area"

            Rectangle {
                anchors.fill: parent
                color: parent.down ? Theme.colour.pressed : Theme.colour.card
                border.width: Theme.hairline
                border.color: Theme.colour.edge
            }

            FocusRing {
                target: standing
            }
        }
    }
}
