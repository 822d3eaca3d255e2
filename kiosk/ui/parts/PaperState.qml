pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Where a paper stands, in a colour that says so; what a screen adds stands below the sentences.
Rectangle {
    id: root

    required property PaperModel paper
    // Large, where the paper is all that the screen is about.
    property bool large: false
    default property alias more: column.data

    readonly property string tone: paper.printed ? "tea" : paper.over || paper.held ? "gold" : "voice"
    readonly property color ink: tone === "tea" ? Theme.colour.tea : tone === "gold" ? Theme.colour.goldInk : Theme.colour.voice
    readonly property int pad: large ? 2 * Theme.pad : Theme.pad

    implicitHeight: column.implicitHeight + 2 * pad
    radius: Theme.radius
    color: tone === "tea" ? Theme.colour.teaSoft : tone === "gold" ? Theme.colour.goldSoft : Theme.colour.voiceSoft
    border.width: Theme.highContrast ? Theme.hairline : 0
    border.color: Theme.colour.line
    Accessible.role: Accessible.Note
    Accessible.name: [paper.heading, paper.reason].join(" ")

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.margins: root.pad
        spacing: root.large ? Theme.pad : Theme.gap

        AppIcon {
            id: picture

            Layout.alignment: Qt.AlignHCenter
            name: root.paper.printed ? "circle-check" : root.tone === "gold" ? "alert-circle" : "printer"
            colour: root.ink
            size: Math.round((root.large ? 26 : 16) * Theme.mm)

            SequentialAnimation on opacity {
                running: root.visible && !root.paper.over && Theme.motion
                loops: Animation.Infinite
                onStopped: picture.opacity = 1

                NumberAnimation {
                    to: 0.35
                    duration: 700
                }
                NumberAnimation {
                    to: 1
                    duration: 700
                }
            }
        }

        Title {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            visible: root.large
            text: root.paper.heading
            color: root.ink
            Accessible.ignored: true
        }

        AppText {
            objectName: "paper.heading"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            visible: !root.large
            text: root.paper.heading
            color: root.ink
            font.pixelSize: Theme.large
            font.bold: true
            Accessible.ignored: true
        }

        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            visible: text !== "" && !root.paper.printed
            text: root.paper.reason
            font.pixelSize: root.large ? Theme.large : Theme.body
            Accessible.ignored: true
        }

        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            visible: text !== "" && (root.large || root.paper.picture === "")
            text: root.paper.place
            wrapMode: Text.WrapAnywhere
            color: Theme.colour.inkSoft
            font.pixelSize: Theme.small
        }
    }
}
