pragma ComponentBehavior: Bound

import QtQuick

// The points of one entry with their sign: gold what adds, pomegranate what takes.
Rectangle {
    id: root

    required property int points
    readonly property bool adds: points >= 0

    implicitWidth: Math.max(Math.round(17 * Theme.mm), Math.ceil(words.implicitWidth) + 2 * Theme.gap)
    implicitHeight: Math.max(Theme.target, words.implicitHeight + Theme.gap)
    radius: Theme.radiusSmall
    color: adds ? Theme.colour.goldSoft : Theme.colour.careSoft
    Accessible.role: Accessible.StaticText
    Accessible.name: words.text

    AppText {
        id: words

        anchors.centerIn: parent
        // U+2212 is as wide as the plus sign.
        text: root.adds ? `+${root.points}` : `\u2212${-root.points}`
        wrapMode: Text.NoWrap
        color: root.adds ? Theme.colour.goldInk : Theme.colour.care
        font.pixelSize: Theme.title
        font.bold: true
        Accessible.ignored: true
    }
}
