pragma ComponentBehavior: Bound

import QtQuick

// Shows where a keyboard stands. It goes with the next touch.
Rectangle {
    id: root

    required property Item target
    property int corner: Theme.radius

    anchors.fill: root.target
    anchors.margins: -2 * Theme.stroke
    visible: root.target.activeFocus && Theme.keys
    color: "transparent"
    radius: root.corner + 2 * Theme.stroke
    border.width: Theme.stroke
    border.color: Theme.colour.ring
    Accessible.ignored: true
}
