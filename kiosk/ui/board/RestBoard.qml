pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// The board while nobody is there: one matter after the other, read from three metres. Nothing moves;
// the pages change. At night there is none.
Rectangle {
    id: root

    required property Kiosk kiosk

    // A millimetre on a panel of 12 inches, and as much more as the panel is larger.
    readonly property real unit: Math.min(width, 1.6 * height) / 261
    readonly property bool alone: model.page !== null && model.page.text === "" && model.page.bars.length === 0

    visible: model.page !== null
    color: Theme.colour.paper
    Accessible.ignored: true

    RestModel {
        id: model

        kiosk: root.kiosk
    }

    Timer {
        interval: 12000
        running: true
        repeat: true
        onTriggered: model.turn()
    }

    ColumnLayout {
        id: matter

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: -Math.round(0.5 * touch.height)
        anchors.margins: Math.round(12 * root.unit)
        spacing: Math.round(5 * root.unit)

        AppIcon {
            Layout.alignment: root.alone ? Qt.AlignHCenter : Qt.AlignLeft
            name: model.page ? model.page.icon : ""
            colour: Theme.colour.tea
            size: Math.round(26 * root.unit)
        }

        Title {
            objectName: "rest.heading"
            Layout.fillWidth: true
            horizontalAlignment: root.alone ? Text.AlignHCenter : Text.AlignLeft
            text: model.page ? model.page.heading : ""
            font.pixelSize: Math.round(13 * root.unit)
        }

        AppText {
            objectName: "rest.text"
            Layout.fillWidth: true
            visible: text !== ""
            text: model.page ? model.page.text : ""
            font.pixelSize: Math.round(8.5 * root.unit)
        }

        Repeater {
            model: model.page ? model.page.bars : []

            ColumnLayout {
                id: bar

                required property BoardBar modelData

                Layout.fillWidth: true
                spacing: Math.round(root.unit)

                AppText {
                    Layout.fillWidth: true
                    text: bar.modelData.said
                    font.pixelSize: Math.round(8.5 * root.unit)
                }

                Rectangle {
                    Layout.preferredWidth: Math.round(bar.width * bar.modelData.share)
                    implicitHeight: Math.round(5 * root.unit)
                    color: Theme.colour.tea
                }
            }
        }
    }

    Rectangle {
        id: touch

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Math.round(16 * root.unit)
        color: Theme.colour.tea

        AppText {
            anchors.centerIn: parent
            text: qsTrId("board.touch")
            color: Theme.colour.onTea
            font.pixelSize: Math.round(8 * root.unit)
            font.bold: true
        }
    }
}
