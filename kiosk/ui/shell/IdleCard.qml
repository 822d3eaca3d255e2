pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Asks whether anybody is still there, by eye and, of who has had something read aloud, by ear; and
// counts down to the wipe. What is below is not to be read.
ModalCard {
    id: root

    required property Kiosk kiosk

    opened: kiosk.remaining > 0
    onOpenedChanged: {
        if (opened)
            kiosk.reader.announce([label, qsTrId("shell.closing_soon", kiosk.remaining).arg(kiosk.remaining), qsTrId("shell.go_on"), qsTrId("shell.end_now")].join("\n"));
        else
            kiosk.reader.stop();
    }
    level: 70
    curtain: true
    label: qsTrId("shell.still_here")

    AppIcon {
        Layout.alignment: Qt.AlignHCenter
        visible: name !== "" && !root.low
        name: "hourglass"
        colour: Theme.colour.tea
        size: Math.round(15 * Theme.mm)
    }

    Title {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        text: qsTrId("shell.still_here")
    }

    AppText {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        text: qsTrId("shell.closing_soon", root.kiosk.remaining).arg(root.kiosk.remaining)
    }

    foot: [
        PrimaryButton {
            objectName: "still_here"
            Layout.fillWidth: true
            text: qsTrId("shell.go_on")
            onClicked: root.kiosk.stillHere()
        },
        SecondaryButton {
            objectName: "end_now"
            Layout.fillWidth: true
            size: Theme.large
            text: qsTrId("shell.end_now")
            onClicked: root.kiosk.endSession()
        }
    ]
}
