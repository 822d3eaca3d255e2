pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Show the card, or tap its number.
PadStep {
    id: root

    readonly property int slotsHeight: Math.round((Theme.low ? 1.25 : 1.5) * Theme.title)

    signal numberEntered(string digits)

    function clear() {
        pad.clear();
    }

    question: qsTrId("sign_in.or_number")

    asked: [
        HoldCard {
            Layout.alignment: Qt.AlignHCenter
            frame: Math.round(Math.min(54 * Theme.mm, (Theme.low ? 0.22 : 0.34) * root.tallest))
        },
        Title {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTrId("sign_in.hold")
            color: Theme.colour.tea
        },
        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTrId("sign_in.hold_detail")
        },
        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTrId("sign_in.no_card")
            color: Theme.colour.inkSoft
            font.pixelSize: Theme.small
        }
    ]

    Row {
        id: slots

        objectName: "card_number"
        Layout.alignment: Qt.AlignHCenter
        spacing: Math.round(1.2 * Theme.mm)
        Accessible.role: Accessible.StaticText
        Accessible.name: `${qsTrId("sign_in.number")} ${pad.typed}`

        Repeater {
            model: pad.digits

            Item {
                id: slot

                required property int index
                readonly property bool next: index === pad.typed.length

                // A card number is printed in two halves.
                width: box.width + (index === 3 ? Math.round(3 * Theme.mm) : 0)
                height: box.height

                Rectangle {
                    id: box

                    width: Math.min(Math.round(1.05 * Theme.title), Math.floor((root.keysWidth - 14 * Theme.mm) / pad.digits))
                    height: root.slotsHeight
                    radius: Math.round(1.6 * Theme.mm)
                    color: Theme.colour.paper
                    border.width: slot.next ? Theme.stroke : Theme.hairline
                    border.color: slot.next ? Theme.colour.tea : Theme.colour.edge

                    AppText {
                        anchors.centerIn: parent
                        text: pad.typed.charAt(slot.index)
                        wrapMode: Text.NoWrap
                        font.pixelSize: Math.min(Theme.title, Math.round(1.3 * box.width))
                        font.bold: true
                        Accessible.ignored: true
                    }
                }
            }
        }
    }

    NumberPad {
        id: pad

        objectName: "number_pad"
        Layout.alignment: Qt.AlignHCenter
        Layout.topMargin: spacing - root.keysSpacing
        focus: true
        tallest: root.wide ? root.keysTallest - root.slotsHeight : 0
        digits: 8
        secret: false
        label: qsTrId("sign_in.number")
        deleteText: qsTrId("sign_in.delete")
        onEntered: number => root.numberEntered(number)
    }
}
