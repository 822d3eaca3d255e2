pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// One of several pictures to choose from, and what it stands for.
Tappable {
    id: root

    // As in Drawing.
    required property string drawing

    readonly property int inset: Math.round(4 * Theme.mm)
    readonly property bool turned: Theme.highContrast && down
    readonly property color ink: turned ? Theme.colour.card : Theme.colour.ink

    role: Accessible.RadioButton
    implicitWidth: Math.round(60 * Theme.mm)
    implicitHeight: picture.height + words.implicitHeight + 3 * inset
    Accessible.role: root.role
    Accessible.name: root.spoken

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: root.turned ? Theme.colour.ink : root.down ? Theme.colour.pressed : Theme.colour.card
        border.width: Theme.hairline
        border.color: Theme.colour.edge
    }

    Drawing {
        id: picture

        x: Math.round((root.width - width) / 2)
        y: root.inset
        name: root.drawing
        colour: root.turned ? Theme.colour.card : Theme.colour.tea
    }

    AppText {
        id: words

        x: root.inset
        y: picture.y + picture.height + root.inset
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
