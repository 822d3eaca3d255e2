pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts

// Where the paper stands, until it is out or known to have failed.
GridLayout {
    id: root

    required property PaperModel paper
    required property bool wide
    readonly property string serial: paper.reference === "" ? "" : qsTrId("signs.serial").arg(paper.reference)
    readonly property bool good: paper.printed
    readonly property bool bad: paper.over && !paper.printed
    readonly property bool waits: bad || paper.held
    readonly property color ink: good ? Theme.colour.tea : waits ? Theme.colour.goldInk : Theme.colour.voice

    columns: wide && paper.picture !== "" ? 2 : 1
    columnSpacing: Theme.pad
    rowSpacing: Theme.pad

    Rectangle {
        objectName: "signs.progress"
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 10
        implicitHeight: column.implicitHeight + 4 * Theme.pad
        radius: Theme.radius
        color: root.good ? Theme.colour.teaSoft : root.waits ? Theme.colour.goldSoft : Theme.colour.voiceSoft
        border.width: Theme.highContrast ? Theme.hairline : 0
        border.color: Theme.colour.line
        Accessible.role: Accessible.Note
        Accessible.name: [root.paper.heading, root.paper.reason].join(" ")

        ColumnLayout {
            id: column

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            anchors.margins: 2 * Theme.pad
            spacing: Theme.pad

            AppIcon {
                id: picture

                Layout.alignment: Qt.AlignHCenter
                name: root.good ? "circle-check" : root.waits ? "alert-circle" : "printer"
                colour: root.ink
                size: Math.round(26 * Theme.mm)

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
                text: root.paper.heading
                color: root.ink
                Accessible.ignored: true
            }

            AppText {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                visible: text !== ""
                text: root.paper.reason
                font.pixelSize: Theme.large
                Accessible.ignored: true
            }

            AppText {
                objectName: "signs.serial"
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                text: root.serial
                font.bold: true
            }

            AppText {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                visible: root.good
                text: qsTrId("signs.look")
            }

            AppText {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                visible: text !== ""
                text: root.paper.place
                wrapMode: Text.WrapAnywhere
                color: Theme.colour.inkSoft
                font.pixelSize: Theme.small
            }
        }
    }

    SheetPicture {
        objectName: "signs.printed"
        Layout.fillWidth: true
        Layout.preferredWidth: 12
        Layout.alignment: Qt.AlignVCenter
        visible: root.paper.picture !== ""
        address: root.paper.picture
        spoken: qsTrId("signs.paper_spoken").arg(root.serial)
    }
}
