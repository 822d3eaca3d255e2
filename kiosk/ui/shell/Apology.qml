pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The program failed: say so, say that nothing was half done, and give the number to read out.
ModalCard {
    id: root

    required property Kiosk kiosk

    opened: kiosk.troubleNumber !== ""
    level: 80
    label: qsTrId("shell.sorry")

    AppIcon {
        Layout.alignment: Qt.AlignHCenter
        visible: name !== "" && !root.low
        name: "mood-sad"
        colour: Theme.colour.care
        size: Math.round(18 * Theme.mm)
    }

    Title {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        text: qsTrId("shell.sorry")
    }

    AppText {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        text: qsTrId("shell.sorry_detail")
    }

    AppText {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        text: qsTrId("shell.trouble_number").arg(root.kiosk.troubleNumber)
        font.bold: true
    }

    foot: [
        PrimaryButton {
            objectName: "start_again"
            Layout.fillWidth: true
            text: qsTrId("shell.to_start")
            onClicked: root.kiosk.forgiveTrouble()
        }
    ]
}
