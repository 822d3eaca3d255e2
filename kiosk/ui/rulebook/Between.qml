pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// What stands between two figures of a picture: an arrow, or a sign of the sum.
Item {
    id: root

    required property real unit
    property string icon: "arrow-right"
    property string sign
    property real side: 5

    width: Math.round(side * unit)
    height: width
    Accessible.ignored: true

    AppIcon {
        anchors.centerIn: parent
        name: root.sign === "" ? root.icon : ""
        colour: Theme.colour.inkSoft
        size: root.width
    }

    AppText {
        anchors.centerIn: parent
        text: root.sign
        wrapMode: Text.NoWrap
        color: Theme.colour.inkSoft
        font.pixelSize: Math.max(1, Math.round(1.2 * root.width))
        font.bold: true
        Accessible.ignored: true
    }
}
