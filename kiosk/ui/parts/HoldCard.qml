pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// A card in the light of the scanner: the picture says it without words.
Item {
    id: root

    required property int frame

    implicitWidth: frame
    implicitHeight: frame
    Accessible.ignored: true

    AppIcon {
        anchors.centerIn: parent
        name: "scan"
        colour: Theme.colour.tea
        size: root.frame
    }

    Rectangle {
        anchors.centerIn: parent
        width: Math.round(0.74 * root.frame)
        height: Math.round(0.46 * root.frame)
        radius: Theme.radiusSmall
        color: Theme.colour.card
        border.width: Theme.stroke
        border.color: Theme.colour.tea

        AppIcon {
            anchors.left: parent.left
            anchors.leftMargin: Math.round(0.1 * parent.width)
            anchors.verticalCenter: parent.verticalCenter
            name: "qrcode"
            colour: Theme.colour.ink
            size: Math.round(0.62 * parent.height)
        }

        Column {
            anchors.right: parent.right
            anchors.rightMargin: Math.round(0.1 * parent.width)
            anchors.verticalCenter: parent.verticalCenter
            spacing: Math.round(0.1 * parent.height)

            Repeater {
                model: [0.3, 0.22, 0.26]

                Rectangle {
                    required property real modelData

                    width: Math.round(modelData * 0.74 * root.frame)
                    height: Math.max(2, Math.round(0.025 * root.frame))
                    radius: height / 2
                    color: Theme.colour.edge
                }
            }
        }
    }
}
