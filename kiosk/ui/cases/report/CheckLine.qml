pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// One answer of the form, and the door back to its question.
Tappable {
    id: root

    required property string icon
    required property string name
    required property string value
    property int points: 0
    // Whether its question was asked, so that one can go back to it.
    property bool door: true
    property bool last: false
    readonly property int inset: Math.round(1.2 * Theme.pad)
    readonly property bool turned: Theme.highContrast && down
    readonly property color ink: turned ? Theme.colour.card : Theme.colour.ink

    spare: Math.ceil(0.5 * Theme.gap)
    implicitHeight: Math.max(Theme.target, parts.implicitHeight) + 2 * Theme.gap
    implicitWidth: parts.implicitWidth + 2 * inset
    Layout.fillWidth: true
    enabled: door
    spoken: door ? qsTrId("report_screen.change_spoken").arg(name).arg(value) : `${name}. ${value}`
    Accessible.role: root.role
    Accessible.name: root.spoken

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: root.spare
        anchors.bottomMargin: root.spare
        radius: Theme.radius
        visible: root.down
        color: root.turned ? Theme.colour.ink : Theme.colour.pressed
    }

    RowLayout {
        id: parts

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: root.inset
        anchors.rightMargin: root.inset
        spacing: Theme.pad

        AppIcon {
            name: root.icon
            colour: root.turned ? root.ink : Theme.colour.tea
            size: Math.round(9 * Theme.mm)
        }

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            AppText {
                Layout.fillWidth: true
                text: root.name
                color: root.turned ? root.ink : Theme.colour.inkSoft
                font.pixelSize: Theme.small
                Accessible.ignored: true
            }

            AppText {
                Layout.fillWidth: true
                text: root.value
                color: root.ink
                font.pixelSize: Theme.large
                font.bold: true
                Accessible.ignored: true
            }
        }

        PointsBadge {
            visible: root.points !== 0
            points: root.points
            Accessible.ignored: true
        }

        AppIcon {
            name: root.door ? "pencil" : ""
            colour: root.turned ? root.ink : Theme.colour.tea
            size: Math.round(1.1 * Theme.body)
        }

        AppText {
            visible: root.door && root.width > (110 + 40 * Theme.textStep) * Theme.mm
            text: qsTrId("report_screen.change")
            wrapMode: Text.NoWrap
            color: root.turned ? root.ink : Theme.colour.tea
            font.bold: true
            Accessible.ignored: true
        }
    }

    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Theme.hairline
        visible: !root.last
        color: Theme.colour.line
    }

    FocusRing {
        target: root
        corner: Theme.radius
    }
}
