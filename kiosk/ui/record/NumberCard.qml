pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The number, large, for the eyes of one person.
Rectangle {
    id: root

    required property int number
    // Number and words side by side, where there is more width than height.
    required property bool lying

    implicitHeight: parts.implicitHeight + (lying ? 1 : 2) * Theme.pad
    implicitWidth: parts.implicitWidth + 3 * Theme.pad
    radius: Theme.radius
    color: Theme.colour.tea
    Accessible.role: Accessible.StaticText
    Accessible.name: `${qsTrId("my_record.my_number")} ${root.number}`

    GridLayout {
        id: parts

        anchors.centerIn: parent
        width: Math.min(implicitWidth, root.width - 2 * Theme.pad)
        columns: root.lying ? 2 : 1
        columnSpacing: 2 * Theme.pad
        rowSpacing: Theme.gap

        AppText {
            Layout.fillWidth: true
            visible: !root.lying
            horizontalAlignment: Text.AlignHCenter
            text: qsTrId("my_record.my_number")
            color: Theme.colour.onTea
            font.pixelSize: Theme.large
            Accessible.ignored: true
        }

        AppText {
            objectName: "number"
            Layout.alignment: Qt.AlignHCenter
            Layout.minimumWidth: Math.ceil(implicitWidth)
            // Digits have no descenders: without the space for them the number stands in the middle.
            Layout.topMargin: -Math.round(0.14 * font.pixelSize)
            Layout.bottomMargin: -Math.round(0.18 * font.pixelSize)
            text: root.number
            wrapMode: Text.NoWrap
            color: Theme.colour.onTea
            font.pixelSize: Math.round((root.lying ? 28 : 44) * Theme.mm)
            font.bold: true
            Accessible.ignored: true
        }

        ColumnLayout {
            Layout.fillWidth: true
            spacing: Math.round(0.8 * Theme.mm)

            AppText {
                Layout.fillWidth: true
                visible: root.lying
                text: qsTrId("my_record.my_number")
                color: Theme.colour.onTea
                font.pixelSize: Theme.large
                Accessible.ignored: true
            }

            AppText {
                Layout.fillWidth: true
                horizontalAlignment: root.lying ? Text.AlignLeft : Text.AlignHCenter
                text: qsTrId("my_record.out_of")
                color: Theme.colour.onTea
            }

            RowLayout {
                Layout.alignment: root.lying ? Qt.AlignLeft : Qt.AlignHCenter
                spacing: Math.round(1.6 * Theme.mm)

                AppIcon {
                    name: "lock"
                    colour: Theme.colour.onTea
                    size: Math.round(1.2 * Theme.small)
                }

                AppText {
                    Layout.maximumWidth: root.width - 4 * Theme.pad
                    text: qsTrId("my_record.only_me")
                    color: Theme.colour.onTea
                    font.pixelSize: Theme.small
                }
            }
        }
    }
}
