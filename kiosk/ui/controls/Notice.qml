pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// Something to know, in place: a sentence, and what to do; tone "tea", "gold", "care" or "voice".
Rectangle {
    id: root

    required property string text
    property string heading
    property string icon: tone === "care" ? "alert-circle" : "info-circle"
    property string tone: "tea"
    // In a single line, where there is little room.
    property bool slim: false
    default property alias actions: below.data

    readonly property color ink: tone === "care" ? Theme.colour.care : tone === "gold" ? Theme.colour.goldInk : tone === "voice" ? Theme.colour.voice : Theme.colour.tea

    readonly property int air: slim ? Math.round(0.5 * Theme.gap) : Theme.pad
    readonly property int headline: slim ? Theme.body : Theme.large

    Layout.fillWidth: true
    implicitHeight: parts.implicitHeight + 2 * air
    implicitWidth: parts.implicitWidth + 2 * Theme.pad
    radius: Theme.radius
    color: tone === "care" ? Theme.colour.careSoft : tone === "gold" ? Theme.colour.goldSoft : tone === "voice" ? Theme.colour.voiceSoft : Theme.colour.teaSoft
    border.width: Theme.highContrast ? Theme.hairline : 0
    border.color: Theme.colour.line
    Accessible.role: tone === "care" ? Accessible.AlertMessage : Accessible.Note
    Accessible.name: heading === "" ? text : `${heading}. ${text}`

    // Without colours, a bar at its side tells it from a button.
    Rectangle {
        x: Theme.gap
        y: Theme.gap
        width: 2 * Theme.stroke
        height: parent.height - 2 * y
        visible: Theme.highContrast
        color: Theme.colour.ink
    }

    RowLayout {
        id: parts

        anchors.fill: parent
        anchors.margins: Theme.pad
        anchors.topMargin: root.air
        anchors.bottomMargin: root.air
        spacing: Theme.pad

        AppIcon {
            Layout.alignment: Qt.AlignTop
            name: root.icon
            colour: root.ink
            size: Math.round(1.45 * root.headline)
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignVCenter
            spacing: Theme.mm

            AppText {
                Layout.fillWidth: true
                visible: text !== ""
                text: root.heading
                font.bold: true
                font.pixelSize: root.headline
                Accessible.ignored: true
            }

            AppText {
                Layout.fillWidth: true
                visible: text !== ""
                text: root.text
                Accessible.ignored: true
            }

            Flow {
                id: below

                Layout.fillWidth: true
                // Buttons that are not there take no room, so that the words stand in the middle.
                Layout.topMargin: implicitHeight > 0 ? Theme.gap : -Theme.mm
                visible: children.length > 0
                spacing: Theme.gap
            }
        }
    }
}
