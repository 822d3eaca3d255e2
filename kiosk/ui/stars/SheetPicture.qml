pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// A sheet of paper lying on the screen.
Rectangle {
    id: root

    required property string address
    required property string spoken
    property string waiting
    // What is shown is no longer what was chosen.
    property bool behind: false

    implicitHeight: Math.round(width * 148.5 / 210)
    color: "white"
    border.width: Theme.hairline
    border.color: Theme.colour.edge
    Accessible.role: Accessible.Graphic
    Accessible.name: root.spoken

    Image {
        id: sheet

        anchors.fill: parent
        anchors.margins: Theme.hairline
        source: root.address
        cache: false
        mipmap: true
        fillMode: Image.PreserveAspectFit
        opacity: root.behind ? 0.45 : 1
        Accessible.ignored: true
    }

    Chip {
        anchors.centerIn: parent
        width: Math.min(implicitWidth, parent.width - 2 * Theme.pad)
        visible: root.behind
        text: root.waiting
    }
}
