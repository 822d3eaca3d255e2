pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// A figure of a picture: an icon on a round or square ground, a number, or both; tones as of a Chip.
Rectangle {
    id: root

    required property real unit
    property string icon
    property string figure
    property string tone: "tea"
    property bool round: false
    // In units: the side, and the share of it that the icon fills.
    property real side: 16
    property real share: figure === "" ? 0.62 : 0.36
    readonly property color ink: tone === "plain" ? Theme.colour.ink : tone === "gold" ? Theme.colour.goldInk : tone === "care" ? Theme.colour.care : tone === "voice" ? Theme.colour.voice : tone === "sum" ? Theme.colour.onSum : Theme.colour.tea

    width: Math.round(side * unit)
    height: width
    radius: round ? width / 2 : Math.round(0.2 * width)
    color: tone === "plain" ? Theme.colour.card : tone === "gold" ? Theme.colour.goldSoft : tone === "care" ? Theme.colour.careSoft : tone === "voice" ? Theme.colour.voiceSoft : tone === "sum" ? Theme.colour.sum : Theme.colour.teaSoft
    border.width: Theme.hairline
    border.color: tone === "plain" || Theme.highContrast ? Theme.colour.line : color
    Accessible.ignored: true

    Column {
        anchors.centerIn: parent

        AppIcon {
            anchors.horizontalCenter: parent.horizontalCenter
            name: root.icon
            colour: root.ink
            size: Math.round(root.share * root.width)
        }

        AppText {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: text !== ""
            text: root.figure
            wrapMode: Text.NoWrap
            color: root.ink
            font.pixelSize: Math.max(1, Math.round((root.icon === "" ? 0.5 : 0.44) * root.width))
            font.bold: true
            Accessible.ignored: true
        }
    }
}
