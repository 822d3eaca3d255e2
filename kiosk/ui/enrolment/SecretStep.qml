pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Number and PIN in large digits, for the eyes of their owner, once. They are never read aloud.
GridLayout {
    id: root

    required property EnrolmentModel form
    required property bool wide
    readonly property string spoken: qsTrId("enrolment.not_read")

    columns: wide ? 2 : 1
    columnSpacing: Theme.pad
    rowSpacing: Theme.pad
    uniformCellWidths: true

    Rectangle {
        Layout.fillWidth: true
        Layout.fillHeight: true
        implicitHeight: number.implicitHeight + 3 * Theme.pad
        radius: Theme.radius
        color: Theme.colour.card
        border.width: Theme.hairline
        border.color: Theme.colour.line

        ColumnLayout {
            id: number

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            anchors.margins: Theme.pad
            spacing: Theme.gap

            AppText {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                text: qsTrId("enrolment.card_number")
                color: Theme.colour.inkSoft
                font.pixelSize: Theme.large
            }

            AppText {
                objectName: "enrol.number"
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                text: root.form.cardNumber
                font.pixelSize: Math.round(0.8 * Theme.huge)
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.title
                wrapMode: Text.NoWrap
                font.bold: true
                Accessible.ignored: true
            }

            AppText {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                text: qsTrId("enrolment.number_on_card")
                color: Theme.colour.inkSoft
            }
        }
    }

    Rectangle {
        Layout.fillWidth: true
        Layout.fillHeight: true
        implicitHeight: pin.implicitHeight + 3 * Theme.pad
        radius: Theme.radius
        color: Theme.colour.tea

        ColumnLayout {
            id: pin

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            anchors.margins: Theme.pad
            spacing: Theme.gap

            AppText {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                text: qsTrId("enrolment.pin")
                color: Theme.colour.onTea
                font.pixelSize: Theme.large
            }

            AppText {
                objectName: "enrol.pin"
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                text: root.form.pin
                color: Theme.colour.onTea
                font.pixelSize: Math.round(1.3 * Theme.huge)
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.title
                wrapMode: Text.NoWrap
                font.bold: true
                Accessible.ignored: true
            }

            AppText {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                text: qsTrId("enrolment.pin_in_the_head")
                color: Theme.colour.onTea
            }
        }
    }
}
