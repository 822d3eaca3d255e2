pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The PIN of the card that was shown. The sixth digit hands it in.
GridLayout {
    id: root

    required property bool wide
    // The height there is, and whether everything fits into it.
    required property int tallest
    required property bool roomy
    required property string cardLabel
    required property string error
    // The PIN of a card to try; empty outside a demo village.
    required property string demo
    required property bool tries
    required property int waiting
    property real fresh: 1

    // As on the page before, so that the keys stand where they stood there.
    readonly property int infoNeeds: inside.implicitHeight + 3 * Theme.pad
    property int infoHeight: 0
    required property bool upright
    required property int headingHeight
    required property int slotsHeight
    readonly property bool keysFirst: !wide && !upright

    signal pinEntered(string pin)
    signal otherCard

    function clear() {
        pad.clear();
        again.restart();
    }

    columns: wide ? 2 : 1
    columnSpacing: Theme.pad
    rowSpacing: Theme.pad
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

    Rectangle {
        Layout.row: root.keysFirst ? 1 : 0
        Layout.column: 0
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 10
        implicitHeight: root.wide || root.keysFirst ? root.infoNeeds : Math.max(root.infoNeeds, root.infoHeight)
        radius: Theme.radius
        color: Theme.colour.teaSoft
        border.width: Theme.highContrast ? Theme.hairline : 0
        border.color: Theme.colour.line

        ColumnLayout {
            id: inside

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            anchors.margins: Math.round(1.5 * Theme.pad)
            spacing: root.wide ? Theme.gap : Theme.pad

            AppIcon {
                Layout.alignment: Qt.AlignHCenter
                name: root.waiting > 0 ? "hourglass" : "lock"
                colour: Theme.colour.tea
                size: Math.round(16 * Theme.mm)
            }

            Title {
                objectName: "card_label"
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                text: root.cardLabel
                color: Theme.colour.tea
            }

            AppText {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                visible: root.error === ""
                text: qsTrId("sign_in.pin_detail")
            }

            Chip {
                objectName: "demo_pin"
                Layout.alignment: Qt.AlignHCenter
                Layout.maximumWidth: inside.width
                visible: text !== ""
                tone: "gold"
                icon: "flask"
                text: root.demo
            }

            ErrorBanner {
                visible: text !== "" && !root.keysFirst
                icon: root.waiting > 0 ? "hourglass" : "alert-circle"
                opacity: root.fresh
                text: root.error
            }

            AppText {
                Layout.fillWidth: true
                visible: root.error === ""
                horizontalAlignment: Text.AlignHCenter
                text: qsTrId("sign_in.pin_forgotten")
                color: Theme.colour.inkSoft
                font.pixelSize: Theme.small
            }

            SecondaryButton {
                objectName: "other_card"
                Layout.alignment: Qt.AlignHCenter
                Layout.maximumWidth: inside.width
                icon: "id"
                text: qsTrId("sign_in.other_card")
                onClicked: root.otherCard()
            }
        }
    }

    Card {
        id: keys

        readonly property int besides: 2 * padding + root.headingHeight + 5 * spacing - pad.spacing

        Layout.row: root.wide || root.keysFirst ? 0 : 1
        Layout.column: root.wide ? 1 : 0
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 10
        padding: Theme.pad
        spacing: Theme.low ? Math.round(0.5 * Theme.gap) : Theme.gap

        Item {
            Layout.fillHeight: true
            Layout.maximumHeight: root.roomy ? Infinity : 0
        }

        AppText {
            Layout.fillWidth: true
            Layout.preferredHeight: Math.max(root.headingHeight, implicitHeight)
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            text: qsTrId("sign_in.pin")
            font.bold: true
        }

        NumberPad {
            id: pad

            objectName: "pin_pad"
            Layout.alignment: Qt.AlignHCenter
            focus: true
            enabled: root.tries
            head: root.slotsHeight
            tallest: root.wide ? root.tallest - keys.besides : 0
            label: qsTrId("sign_in.pin")
            deleteText: qsTrId("sign_in.delete")
            onEntered: pin => root.pinEntered(pin)
        }

        ErrorBanner {
            visible: text !== "" && root.keysFirst
            icon: root.waiting > 0 ? "hourglass" : "alert-circle"
            opacity: root.fresh
            text: root.error
        }

        Item {
            Layout.fillHeight: true
        }
    }
}
