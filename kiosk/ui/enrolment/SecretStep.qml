pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The card's number, and the PIN under a cover that is away only as long as a finger holds it: small,
// beside the hand that holds. Neither is read aloud.
GridLayout {
    id: root

    required property EnrolmentModel form
    required property bool wide
    readonly property string spoken: qsTrId("enrolment.not_read")

    columns: wide ? 2 : 1
    columnSpacing: Theme.pad
    rowSpacing: Theme.pad

    Card {
        Layout.fillWidth: true
        Layout.fillHeight: root.wide
        Layout.preferredWidth: 10

        AppText {
            Layout.fillWidth: true
            text: qsTrId("enrolment.card_number")
            color: Theme.colour.inkSoft
        }

        AppText {
            objectName: "enrol.number"
            Layout.fillWidth: true
            text: root.form.cardNumber
            font.pixelSize: Theme.title
            font.bold: true
            Accessible.ignored: true
        }

        AppText {
            Layout.fillWidth: true
            text: qsTrId("enrolment.number_on_card")
            color: Theme.colour.inkSoft
        }

        Item {
            Layout.fillHeight: true
        }
    }

    Card {
        Layout.fillWidth: true
        Layout.fillHeight: root.wide
        Layout.preferredWidth: 16

        AppText {
            Layout.fillWidth: true
            text: qsTrId("enrolment.pin")
            color: Theme.colour.inkSoft
        }

        AppText {
            objectName: "enrol.pin"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: hold.down ? root.form.pin : "••• •••"
            font.pixelSize: Theme.large
            font.bold: true
            Accessible.ignored: true
        }

        SecondaryButton {
            id: hold

            objectName: "enrol.hold"
            Layout.fillWidth: true
            size: Theme.large
            icon: "eye"
            text: qsTrId("enrolment.hold")
        }

        AppText {
            Layout.fillWidth: true
            text: qsTrId("enrolment.hold_detail")
            color: Theme.colour.inkSoft
        }

        Item {
            Layout.fillHeight: true
        }
    }
}
