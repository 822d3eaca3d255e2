pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The PIN under a cover that is away only as long as a finger holds it: small, beside the hand that
// holds. It is not read aloud.
Card {
    id: root

    required property FirstPinModel form
    readonly property string spoken: qsTrId("first_pin.not_read")

    AppText {
        objectName: "first_pin.pin"
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        text: hold.down ? root.form.pin : "••• •••"
        font.pixelSize: Theme.large
        font.bold: true
        Accessible.ignored: true
    }

    SecondaryButton {
        id: hold

        objectName: "first_pin.hold"
        Layout.fillWidth: true
        size: Theme.large
        icon: "eye"
        text: qsTrId("first_pin.hold")
    }
}
