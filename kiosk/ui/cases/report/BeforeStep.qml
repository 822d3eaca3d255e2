pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// What somebody who raises a concern should know first: three calm sentences.
TileGrid {
    id: root

    narrowest: 72

    component Point: Rectangle {
        id: point

        required property string icon
        required property string text
        required property string detail
        readonly property int inset: Math.round(1.3 * Theme.pad)

        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.minimumHeight: implicitHeight
        implicitHeight: words.implicitHeight + 2 * inset
        radius: Theme.radius
        color: Theme.colour.card
        border.width: Theme.hairline
        border.color: Theme.colour.line

        ColumnLayout {
            id: words

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.margins: point.inset
            spacing: Theme.gap

            Rectangle {
                implicitWidth: Math.round(20 * Theme.mm)
                implicitHeight: implicitWidth
                radius: implicitWidth / 2
                color: Theme.colour.voiceSoft
                border.width: Theme.highContrast ? Theme.hairline : 0
                border.color: Theme.colour.line

                AppIcon {
                    anchors.centerIn: parent
                    name: point.icon
                    colour: Theme.colour.voice
                    size: Math.round(11 * Theme.mm)
                }
            }

            AppText {
                Layout.fillWidth: true
                Layout.topMargin: Theme.gap
                text: point.text
                font.pixelSize: Theme.title
                font.bold: true
            }

            AppText {
                Layout.fillWidth: true
                text: point.detail
                color: Theme.colour.inkSoft
                font.pixelSize: Theme.large
            }
        }
    }

    Point {
        icon: "message-2"
        text: qsTrId("report_screen.before_heard")
        detail: qsTrId("report_screen.before_heard_detail")
    }

    Point {
        icon: "users"
        text: qsTrId("report_screen.before_two")
        detail: qsTrId("report_screen.before_two_detail")
    }

    Point {
        icon: "scale"
        text: qsTrId("report_screen.before_no_points")
        detail: qsTrId("report_screen.before_no_points_detail")
    }
}
