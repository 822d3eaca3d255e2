pragma ComponentBehavior: Bound

import QtQuick

// A few words on a soft ground; tone "plain", "tea", "gold", "care" or "voice".
Rectangle {
    id: root

    required property string text
    property string icon
    property string tone: "plain"

    readonly property color ink: tone === "tea" ? Theme.colour.tea : tone === "gold" ? Theme.colour.goldInk : tone === "care" ? Theme.colour.care : tone === "voice" ? Theme.colour.voice : Theme.colour.inkSoft
    readonly property int besides: 2 * Theme.gap + (icon === "" ? 0 : parts.spacing + picture.size)

    implicitWidth: Math.ceil(words.implicitWidth) + besides
    implicitHeight: words.height + Theme.gap
    radius: Math.round(2 * Theme.mm)
    color: tone === "tea" ? Theme.colour.teaSoft : tone === "gold" ? Theme.colour.goldSoft : tone === "care" ? Theme.colour.careSoft : tone === "voice" ? Theme.colour.voiceSoft : Theme.colour.paper
    border.width: tone === "plain" && !Theme.highContrast ? Theme.hairline : 0
    border.color: Theme.colour.line
    Accessible.role: Accessible.StaticText
    Accessible.name: root.text

    Row {
        id: parts

        anchors.centerIn: parent
        spacing: Math.round(1.5 * Theme.mm)

        AppIcon {
            id: picture

            anchors.verticalCenter: parent.verticalCenter
            name: root.icon
            colour: root.ink
            size: Math.round(1.2 * Theme.small)
        }

        AppText {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(Math.ceil(implicitWidth), root.width - root.besides)
            text: root.text
            color: root.ink
            font.pixelSize: Theme.small
            Accessible.ignored: true
        }
    }
}
