pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// What the paper is: a large picture and a few words, on the verdict's soft ground.
Rectangle {
    id: root

    required property Verdict verdict
    readonly property string heading: verdict.heading
    // Little height: the picture stands beside the words.
    property bool low: false

    readonly property string tone: verdict.tone
    readonly property color ink: tone === "care" ? Theme.colour.care : tone === "gold" ? Theme.colour.goldInk : tone === "voice" ? Theme.colour.voice : Theme.colour.tea

    implicitHeight: column.implicitHeight + (low ? 2 : 4) * Theme.pad
    radius: Theme.radius
    color: tone === "care" ? Theme.colour.careSoft : tone === "gold" ? Theme.colour.goldSoft : tone === "voice" ? Theme.colour.voiceSoft : Theme.colour.teaSoft
    border.width: Theme.highContrast ? Theme.hairline : 0
    border.color: Theme.colour.line
    Accessible.role: Accessible.AlertMessage
    Accessible.name: [verdict.heading, verdict.detail, verdict.logFits].filter(part => part !== "").join(" ")

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.margins: (root.low ? 1.2 : 2) * Theme.pad
        spacing: root.low ? Theme.gap : Theme.pad

        GridLayout {
            Layout.fillWidth: true
            columns: root.low ? 2 : 1
            columnSpacing: Theme.pad
            rowSpacing: column.spacing

            Rectangle {
                Layout.alignment: root.low ? Qt.AlignVCenter : Qt.AlignHCenter
                Layout.preferredWidth: Math.round((root.low ? 22 : 46) * Theme.mm)
                Layout.preferredHeight: Layout.preferredWidth
                radius: width / 2
                color: Theme.colour.card
                border.width: Theme.stroke
                border.color: root.ink

                AppIcon {
                    anchors.centerIn: parent
                    name: root.verdict.icon
                    colour: root.ink
                    size: Math.round(0.6 * parent.width)
                }
            }

            Title {
                Layout.fillWidth: true
                horizontalAlignment: root.low ? Text.AlignLeft : Text.AlignHCenter
                text: root.heading
                color: root.ink
                font.pixelSize: Math.round((root.low ? 1 : 1.3) * Theme.title)
                Accessible.ignored: true
            }
        }

        AppText {
            Layout.fillWidth: true
            horizontalAlignment: root.low ? Text.AlignLeft : Text.AlignHCenter
            text: root.verdict.detail
            font.pixelSize: Theme.large
            Accessible.ignored: true
        }

        Rectangle {
            Layout.fillWidth: true
            Layout.topMargin: Theme.gap
            visible: root.verdict.logFits !== ""
            implicitHeight: proof.implicitHeight + 2 * (root.low ? Theme.gap : Theme.pad)
            radius: Theme.radiusSmall
            color: Theme.colour.card
            border.width: Theme.highContrast ? Theme.hairline : 0
            border.color: Theme.colour.line

            RowLayout {
                id: proof

                anchors.fill: parent
                anchors.leftMargin: Theme.pad
                anchors.rightMargin: Theme.pad
                spacing: Theme.pad

                AppIcon {
                    name: "shield-check"
                    colour: Theme.colour.tea
                    size: Math.round(1.5 * Theme.large)
                }

                AppText {
                    Layout.fillWidth: true
                    text: root.verdict.logFits
                    Accessible.ignored: true
                }
            }
        }
    }
}
