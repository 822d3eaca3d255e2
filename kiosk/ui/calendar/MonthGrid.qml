pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// A month as whole weeks: when the hall is closed, where something is, and which day it is today.
Card {
    id: root

    required property var weekdays
    // MonthFieldRow each.
    required property var fields

    padding: Theme.pad

    AppText {
        id: longest

        visible: false
        text: root.weekdays.join("\n")
        wrapMode: Text.NoWrap
        font.pixelSize: Theme.small
    }

    GridLayout {
        id: grid

        readonly property real field: (width - (columns - 1) * columnSpacing) / columns
        readonly property int nameSize: Math.min(Theme.small, Math.max(Math.round(4 * Theme.mm), Math.floor(Theme.small * field / longest.implicitWidth)))

        Layout.fillWidth: true
        columns: 7
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        uniformCellWidths: true

        Repeater {
            model: root.weekdays

            AppText {
                required property string modelData

                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.NoWrap
                text: modelData
                color: Theme.colour.inkSoft
                font.pixelSize: grid.nameSize
            }
        }

        Repeater {
            model: root.fields

            Rectangle {
                id: field

                required property MonthFieldRow modelData

                Layout.fillWidth: true
                implicitHeight: Math.round(1.9 * Theme.large)
                radius: Theme.radiusSmall
                visible: true
                color: modelData.number === "" ? "transparent" : modelData.closed ? Theme.colour.goldSoft : Theme.colour.paper
                border.width: modelData.today ? Theme.stroke : 0
                border.color: Theme.colour.tea

                AppText {
                    id: number

                    anchors.centerIn: parent
                    anchors.verticalCenterOffset: field.modelData.marked ? -Math.round(0.15 * Theme.large) : 0
                    text: field.modelData.number
                    wrapMode: Text.NoWrap
                    color: Theme.colour.ink
                    font.pixelSize: Theme.large
                    font.bold: field.modelData.today || field.modelData.closed
                    Accessible.name: field.modelData.spoken
                }

                Rectangle {
                    anchors.horizontalCenter: parent.horizontalCenter
                    anchors.bottom: parent.bottom
                    anchors.bottomMargin: Math.round(0.15 * Theme.large)
                    visible: field.modelData.marked
                    width: Math.round(0.8 * Theme.large)
                    height: Math.round(0.14 * Theme.large)
                    radius: height / 2
                    color: Theme.colour.tea
                }
            }
        }
    }
}
