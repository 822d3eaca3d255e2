pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// One thing of the top bar: a picture and, below it, its word. Both grow with the text.
Tappable {
    id: root

    required property string icon
    required property string word
    // The longest word that stands here in turn, so that nothing beside it moves.
    property string longest: word
    property int size: Theme.small
    property color ink: Theme.colour.ink
    property color edge: Theme.colour.edge
    // Drawn in place of the icon.
    property alias picture: place.data

    readonly property bool turned: Theme.highContrast && (down || checked)
    readonly property color writing: turned ? Theme.colour.card : ink
    readonly property int side: Math.round(1.6 * Theme.mm)
    readonly property int pictureSize: Math.max(Math.round(5.5 * Theme.mm), Math.round(1.2 * size))

    text: word
    implicitWidth: Math.max(Theme.target, Math.ceil(Math.max(words.implicitWidth, measure.advanceWidth)) + 2 * side)
    implicitHeight: Math.max(Theme.target, pictureSize + words.height + Math.round(2.2 * Theme.mm))
    Accessible.role: root.role
    Accessible.name: root.spoken

    TextMetrics {
        id: measure

        font: words.font
        text: root.longest
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusSmall
        color: root.turned ? root.ink : root.down ? Theme.colour.pressed : root.checked ? Theme.colour.teaSoft : Theme.colour.card
        border.width: Theme.hairline
        border.color: root.edge
    }

    Column {
        anchors.centerIn: parent

        Item {
            id: place

            anchors.horizontalCenter: parent.horizontalCenter
            width: root.pictureSize
            height: root.pictureSize

            AppIcon {
                name: root.icon
                colour: root.writing
                size: root.pictureSize
            }
        }

        AppText {
            id: words

            anchors.horizontalCenter: parent.horizontalCenter
            text: root.word
            wrapMode: Text.NoWrap
            color: root.writing
            font.pixelSize: root.size
            font.bold: true
            Accessible.ignored: true
        }
    }

    FocusRing {
        target: root
        corner: Theme.radiusSmall
    }
}
