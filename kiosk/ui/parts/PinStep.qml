pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The PIN of the card that was shown. The sixth digit hands it in.
PadStep {
    id: root

    required property string cardLabel
    required property string error
    // The PIN of a card to try; empty outside a demo village.
    required property string demo
    required property bool tries
    required property int waiting
    // What stands above the keys on the page before.
    required property int slotsHeight
    property real fresh: 1

    signal pinEntered(string pin)
    signal otherCard

    function clear() {
        pad.clear();
        again.restart();
    }

    question: qsTrId("sign_in.pin")
    askedSpacing: wide ? Theme.gap : Theme.pad
    onVisibleChanged: if (visible)
        pad.forceActiveFocus()

    // The same sentence a second time is seen to be a new one.
    NumberAnimation {
        id: again

        target: root
        property: "fresh"
        from: 0.15
        to: 1
        duration: 3 * Theme.brief
    }

    asked: [
        AppIcon {
            Layout.alignment: Qt.AlignHCenter
            name: root.waiting > 0 ? "hourglass" : "lock"
            colour: Theme.colour.tea
            size: Math.round(16 * Theme.mm)
        },
        Title {
            objectName: "card_label"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: root.cardLabel
            color: Theme.colour.tea
        },
        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            visible: root.error === ""
            text: qsTrId("sign_in.pin_detail")
        },
        Chip {
            objectName: "demo_pin"
            Layout.alignment: Qt.AlignHCenter
            Layout.maximumWidth: root.askedWidth
            visible: text !== ""
            tone: "gold"
            icon: "flask"
            text: root.demo
        },
        ErrorBanner {
            visible: text !== "" && !root.keysFirst
            icon: root.waiting > 0 ? "hourglass" : "alert-circle"
            opacity: root.fresh
            text: root.error
        },
        AppText {
            Layout.fillWidth: true
            visible: root.error === ""
            horizontalAlignment: Text.AlignHCenter
            text: qsTrId("sign_in.pin_forgotten")
            color: Theme.colour.inkSoft
            font.pixelSize: Theme.small
        },
        SecondaryButton {
            objectName: "other_card"
            Layout.alignment: Qt.AlignHCenter
            Layout.maximumWidth: root.askedWidth
            icon: "id"
            text: qsTrId("sign_in.other_card")
            onClicked: root.otherCard()
        }
    ]

    NumberPad {
        id: pad

        objectName: "pin_pad"
        Layout.alignment: Qt.AlignHCenter
        focus: true
        enabled: root.tries
        head: root.slotsHeight
        tallest: root.wide ? root.keysTallest + spacing : 0
        label: root.question
        deleteText: qsTrId("sign_in.delete")
        onEntered: pin => root.pinEntered(pin)
    }

    ErrorBanner {
        visible: text !== "" && root.keysFirst
        icon: root.waiting > 0 ? "hourglass" : "alert-circle"
        opacity: root.fresh
        text: root.error
    }
}
