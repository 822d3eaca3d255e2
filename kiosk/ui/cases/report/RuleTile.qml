pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// One rule as a picture: icon, points, title, and what it means or how it ends.
Tappable {
    id: root

    required property string icon
    required property int points
    property string detail
    // How it is put right, and when it ends by itself.
    property string ends
    property string note
    readonly property int inset: Math.round(3.6 * Theme.mm)
    readonly property int medal: Math.round(12.7 * Theme.mm)
    readonly property bool turned: Theme.highContrast && down
    readonly property color ink: turned ? Theme.colour.card : Theme.colour.ink

    implicitWidth: Math.round(60 * Theme.mm)
    implicitHeight: words.implicitHeight + 2 * inset
    spoken: [qsTrId("report_screen.points_spoken", Math.abs(points)).arg(text).arg(badge.Accessible.name), note, detail, ends].filter(part => part !== "").join(". ")
    Accessible.role: root.role
    Accessible.name: root.spoken

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: root.turned ? Theme.colour.ink : root.down ? Theme.colour.pressed : Theme.colour.card
        border.width: root.checked ? Theme.stroke : Theme.hairline
        border.color: root.checked ? Theme.colour.tea : Theme.colour.edge
    }

    ColumnLayout {
        id: words

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: root.inset
        spacing: Math.round(1.2 * Theme.mm)

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap

            Rectangle {
                Layout.preferredWidth: root.medal
                Layout.preferredHeight: root.medal
                radius: root.medal / 2
                color: Theme.highContrast ? "transparent" : root.points > 0 ? Theme.colour.teaSoft : Theme.colour.careSoft

                AppIcon {
                    anchors.centerIn: parent
                    name: root.icon
                    size: Math.round(8.4 * Theme.mm)
                    colour: root.turned ? root.ink : root.points > 0 ? Theme.colour.tea : Theme.colour.care
                }
            }

            AppIcon {
                name: root.checked ? "circle-check" : ""
                colour: root.turned ? root.ink : Theme.colour.tea
                size: Math.round(7 * Theme.mm)
            }

            Item {
                Layout.fillWidth: true
            }

            PointsBadge {
                id: badge

                points: root.points
                Accessible.ignored: true
            }
        }

        AppText {
            Layout.fillWidth: true
            text: root.text
            color: root.ink
            font.pixelSize: Theme.large
            font.bold: true
            Accessible.ignored: true
        }

        AppText {
            Layout.fillWidth: true
            visible: text !== ""
            text: root.detail
            color: root.turned ? root.ink : Theme.colour.inkSoft
            font.pixelSize: root.ends === "" ? Theme.small : Theme.body
            Accessible.ignored: true
        }

        RowLayout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.gap
            visible: root.ends !== ""
            spacing: Theme.gap

            AppIcon {
                Layout.alignment: Qt.AlignTop
                name: "circle-check"
                colour: root.turned ? root.ink : Theme.colour.tea
            }

            AppText {
                Layout.fillWidth: true
                text: root.ends
                color: root.ink
                Accessible.ignored: true
            }
        }

        Chip {
            Layout.topMargin: Theme.gap
            Layout.maximumWidth: words.width
            visible: text !== ""
            tone: "voice"
            icon: "user"
            text: root.note
            Accessible.ignored: true
        }
    }

    FocusRing {
        target: root
    }
}
