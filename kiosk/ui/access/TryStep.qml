pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The new PIN, typed once from memory; whoever has not kept it looks again, as often as they like.
GridLayout {
    id: root

    required property FirstPinModel form
    required property bool wide
    // The height there is.
    required property int tallest

    columns: wide ? 2 : 1
    columnSpacing: Theme.pad
    rowSpacing: Theme.pad
    onVisibleChanged: {
        pad.clear();
        if (visible)
            pad.forceActiveFocus();
    }

    Connections {
        target: root.form

        function onPinMistyped() {
            pad.clear();
        }
    }

    ColumnLayout {
        Layout.row: root.wide ? 0 : 1
        Layout.column: 0
        Layout.fillWidth: true
        Layout.preferredWidth: 10
        Layout.alignment: Qt.AlignVCenter
        spacing: Theme.pad

        Notice {
            objectName: "first_pin.try_note"
            tone: root.form.mistyped ? "voice" : "tea"
            icon: root.form.mistyped ? "message-2" : "lock"
            heading: root.form.mistyped ? qsTrId("first_pin.try_again") : ""
            text: root.form.mistyped ? qsTrId("first_pin.try_again_detail") : qsTrId("first_pin.try_detail")
        }

        SecondaryButton {
            objectName: "first_pin.look_again"
            Layout.fillWidth: true
            icon: "eye"
            text: qsTrId("first_pin.look_again")
            onClicked: root.form.lookAgain()
        }
    }

    Card {
        id: keys

        Layout.row: 0
        Layout.column: root.wide ? 1 : 0
        Layout.fillWidth: true
        Layout.preferredWidth: 10
        Layout.alignment: Qt.AlignTop

        NumberPad {
            id: pad

            objectName: "first_pin.try_pad"
            Layout.alignment: Qt.AlignHCenter
            tallest: root.wide ? root.tallest - 2 * keys.padding - 2 * keys.spacing : 0
            label: qsTrId("first_pin.pin")
            deleteText: qsTrId("sign_in.delete")
            onEntered: pin => root.form.tryPin(pin)
        }
    }
}
