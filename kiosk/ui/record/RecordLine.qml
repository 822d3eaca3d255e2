pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// One line of the sum: what, when, who confirmed and decided, until when; remarks: why fewer points
// count, and that another officer reads it once more.
Item {
    id: root

    required property int points
    required property string title
    required property string detail
    required property string until
    required property string remark
    required property bool last
    // The decision behind the line can be looked at, and appealed while there is time.
    property bool openable: false

    readonly property int inset: Math.round(1.2 * Theme.pad)
    readonly property bool narrow: width < (170 + 70 * Theme.textStep) * Theme.mm

    signal opened

    Layout.fillWidth: true
    implicitHeight: parts.implicitHeight + 2 * Math.round(1.2 * Theme.gap)
    implicitWidth: parts.implicitWidth + 2 * inset
    Accessible.role: Accessible.ListItem
    Accessible.name: [badge.Accessible.name, title, detail, until, remark].filter(part => part !== "").join(". ")

    RowLayout {
        id: parts

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: root.inset
        anchors.rightMargin: root.inset
        spacing: Theme.pad

        PointsBadge {
            id: badge

            Layout.alignment: Qt.AlignTop
            points: root.points
        }

        ColumnLayout {
            Layout.fillWidth: true
            spacing: Math.round(0.8 * Theme.mm)

            AppText {
                Layout.fillWidth: true
                text: root.title
                font.pixelSize: Theme.large
                font.bold: true
                Accessible.ignored: true
            }

            AppText {
                Layout.fillWidth: true
                visible: text !== ""
                text: root.detail
                color: Theme.colour.inkSoft
                font.pixelSize: Theme.small
                Accessible.ignored: true
            }

            AppText {
                Layout.fillWidth: true
                visible: root.narrow && text !== ""
                text: root.until
                font.pixelSize: Theme.small
                Accessible.ignored: true
            }

            RowLayout {
                Layout.fillWidth: true
                visible: root.remark !== ""
                spacing: Math.round(1.6 * Theme.mm)

                AppIcon {
                    Layout.alignment: Qt.AlignTop
                    name: "info-circle"
                    colour: Theme.colour.goldInk
                    size: Math.round(1.3 * Theme.small)
                }

                AppText {
                    Layout.fillWidth: true
                    text: root.remark
                    color: Theme.colour.goldInk
                    font.pixelSize: Theme.small
                    Accessible.ignored: true
                }
            }

            QuietButton {
                objectName: "see_decision"
                Layout.maximumWidth: parent.width
                visible: root.openable
                size: Theme.small
                icon: "scale"
                text: qsTrId("my_record.see_decision")
                onClicked: root.opened()
            }
        }

        AppText {
            visible: !root.narrow && text !== ""
            text: root.until
            wrapMode: Text.NoWrap
            color: Theme.colour.inkSoft
            font.pixelSize: Theme.small
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
}
