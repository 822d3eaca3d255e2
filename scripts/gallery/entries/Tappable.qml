pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "an area of one's own"

        Tappable {
            implicitWidth: 3 * Theme.target
            implicitHeight: Theme.target
            text: "An area"

            Rectangle {
                anchors.fill: parent
                color: parent.down ? Theme.colour.pressed : Theme.colour.card
                border.width: Theme.hairline
                border.color: Theme.colour.edge
            }
        }
    }

    Sample {
        label: "pressed"

        Tappable {
            implicitWidth: 3 * Theme.target
            implicitHeight: Theme.target
            text: "An area"
            keyHeld: true

            Rectangle {
                anchors.fill: parent
                color: parent.down ? Theme.colour.pressed : Theme.colour.card
                border.width: Theme.hairline
                border.color: Theme.colour.edge
            }
        }
    }

    Sample {
        label: "disabled"

        Tappable {
            implicitWidth: 3 * Theme.target
            implicitHeight: Theme.target
            text: "An area"
            enabled: false
            opacity: 0.45

            Rectangle {
                anchors.fill: parent
                color: parent.down ? Theme.colour.pressed : Theme.colour.card
                border.width: Theme.hairline
                border.color: Theme.colour.edge
            }
        }
    }
}
