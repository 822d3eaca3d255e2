pragma ComponentBehavior: Bound

import QtQuick

// A photograph to tap, with a few words below; a tick on it when it is chosen.
Tappable {
    id: root

    // A data: address; empty while it is looked for.
    required property string address
    // Shown in place of a picture.
    property string icon: "camera"
    // The colour that the tile lies on, which rounds its corners.
    property color ground: Theme.colour.card
    // Width to height of the picture.
    property real shape: 4 / 3
    readonly property bool turned: Theme.highContrast && down

    implicitWidth: Math.round(55 * Theme.mm)
    implicitHeight: Math.round(width / shape) + (text === "" ? 0 : words.height + Theme.gap)
    opacity: enabled ? 1 : 0.45
    Accessible.role: root.role
    Accessible.name: root.spoken

    Rectangle {
        id: frame

        width: parent.width
        height: Math.round(width / root.shape)
        color: root.down ? Theme.colour.pressed : Theme.colour.teaSoft

        AppIcon {
            anchors.centerIn: parent
            name: photo.status === Image.Ready ? "" : root.icon
            colour: Theme.colour.tea
            size: Math.round(Math.min(14 * Theme.mm, 0.5 * frame.height))
        }

        // Decoded on Qt's own thread, no larger than it is shown.
        Image {
            id: photo

            anchors.fill: parent
            source: root.address
            sourceSize: Qt.size(2 * frame.width, 0)
            asynchronous: true
            cache: false
            fillMode: Image.PreserveAspectCrop
            opacity: root.down ? 0.7 : 1
            Accessible.ignored: true
        }

        // A ring in the colour of the ground, whose inner edge rounds the picture's corners.
        Rectangle {
            readonly property int ring: Math.ceil(0.5 * Theme.radiusSmall)

            anchors.fill: parent
            anchors.margins: -ring
            radius: Theme.radiusSmall + ring
            color: "transparent"
            border.width: ring
            border.color: root.ground
        }

        Rectangle {
            anchors.fill: parent
            radius: Theme.radiusSmall
            color: "transparent"
            border.width: root.checked ? 2 * Theme.stroke : Theme.hairline
            border.color: root.checked ? Theme.colour.tea : Theme.colour.edge
        }

        Rectangle {
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.margins: Theme.gap
            width: Math.round(9 * Theme.mm)
            height: width
            visible: root.checked
            radius: width / 2
            color: Theme.colour.tea

            AppIcon {
                anchors.centerIn: parent
                name: "check"
                colour: Theme.colour.onTea
                size: Math.round(6 * Theme.mm)
            }
        }
    }

    AppText {
        id: words

        anchors.top: frame.bottom
        anchors.topMargin: Theme.gap
        width: parent.width
        visible: text !== ""
        horizontalAlignment: Text.AlignHCenter
        text: root.text
        color: Theme.colour.inkSoft
        font.pixelSize: Theme.small
        Accessible.ignored: true
    }

    FocusRing {
        target: root
        corner: Theme.radiusSmall
    }
}
