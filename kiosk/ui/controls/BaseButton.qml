pragma ComponentBehavior: Bound

import QtQuick

// The shape of every worded button. Use PrimaryButton, SecondaryButton or QuietButton.
Tappable {
    id: root

    property string icon
    property color fill: Theme.colour.card
    property color fillDown: Theme.colour.pressed
    property color ink: Theme.colour.ink
    property color edge: Theme.colour.edge
    property int edgeWidth: Theme.hairline
    property int size: Theme.body
    property bool bold: false
    property int sidePad: Math.round(4.2 * Theme.mm)

    // In high contrast a press turns the button's two colours round.
    readonly property bool turned: Theme.highContrast && down
    readonly property color face: turned ? ink : down ? fillDown : fill
    readonly property color writing: turned ? fill : ink
    readonly property int besides: 2 * sidePad + (icon === "" ? 0 : parts.spacing + picture.size)

    implicitWidth: Math.max(Theme.target, Math.ceil(words.implicitWidth) + besides)
    implicitHeight: Math.max(Theme.target, words.height + (Theme.low ? 1 : 2) * Theme.gap)
    opacity: enabled ? 1 : 0.45
    Accessible.role: root.role
    Accessible.name: root.spoken

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusSmall
        color: root.face
        border.width: root.edgeWidth
        border.color: root.edge
    }

    Row {
        id: parts

        anchors.centerIn: parent
        spacing: Math.round(2.2 * Theme.mm)

        AppIcon {
            id: picture

            anchors.verticalCenter: parent.verticalCenter
            name: root.icon
            colour: root.writing
            size: Math.round(1.25 * root.size)
        }

        AppText {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(Math.ceil(implicitWidth), root.width - root.besides)
            text: root.text
            color: root.writing
            font.pixelSize: root.size
            font.bold: root.bold
            horizontalAlignment: root.icon === "" ? Text.AlignHCenter : Text.AlignLeft
            Accessible.ignored: true
        }
    }

    FocusRing {
        target: root
        corner: Theme.radiusSmall
    }
}
