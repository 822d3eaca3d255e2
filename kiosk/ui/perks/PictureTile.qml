pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// One of the pictures that something on the shelf can have, and what it is called.
Tappable {
    id: root

    required property string picture

    readonly property int inset: Math.round(4 * Theme.mm)
    readonly property bool turned: Theme.highContrast && down
    readonly property color ink: turned ? Theme.colour.card : Theme.colour.ink

    role: Accessible.RadioButton
    implicitWidth: Math.round(60 * Theme.mm)
    implicitHeight: drawing.height + words.implicitHeight + 3 * inset
    Accessible.role: root.role
    Accessible.name: root.spoken

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: root.turned ? Theme.colour.ink : root.down ? Theme.colour.pressed : Theme.colour.card
        border.width: Theme.hairline
        border.color: Theme.colour.edge
    }

    PerkPicture {
        id: drawing

        x: Math.round((root.width - width) / 2)
        y: root.inset
        picture: root.picture
        colour: root.turned ? Theme.colour.card : Theme.colour.tea
    }

    AppText {
        id: words

        x: root.inset
        y: drawing.y + drawing.height + root.inset
        width: root.width - 2 * root.inset
        horizontalAlignment: Text.AlignHCenter
        text: root.text
        color: root.ink
        font.bold: true
        Accessible.ignored: true
    }

    FocusRing {
        target: root
    }
}
