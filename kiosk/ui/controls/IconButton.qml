pragma ComponentBehavior: Bound

import QtQuick

// A square button whose word is spoken, not shown: only where it stands on every screen.
Tappable {
    id: root

    required property string icon
    property color ink: Theme.colour.ink
    readonly property bool turned: Theme.highContrast && (down || checked)

    implicitWidth: Theme.target
    implicitHeight: Theme.target
    opacity: enabled ? 1 : 0.45
    Accessible.role: root.role
    Accessible.name: root.spoken

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusSmall
        color: root.turned ? root.ink : root.down ? Theme.colour.pressed : Theme.colour.card
        border.width: Theme.hairline
        border.color: Theme.colour.edge
    }

    AppIcon {
        anchors.centerIn: parent
        name: root.icon
        colour: root.turned ? Theme.colour.card : root.ink
        size: Math.round(6.5 * Theme.mm)
    }

    FocusRing {
        target: root
        corner: Theme.radiusSmall
    }
}
