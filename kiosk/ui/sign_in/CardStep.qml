pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Show the card, or tap its number.
GridLayout {
    id: root

    required property bool wide
    // The height there is, and whether everything fits into it.
    required property int tallest
    required property bool roomy

    signal numberEntered(string digits)

    function clear() {
        pad.clear();
    }

    columns: wide ? 2 : 1
    columnSpacing: Theme.pad
    rowSpacing: Theme.pad

    Rectangle {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 10
        implicitHeight: inside.implicitHeight + 3 * Theme.pad
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
            spacing: Theme.pad

            HoldCard {
                Layout.alignment: Qt.AlignHCenter
                frame: Math.round(Math.min(54 * Theme.mm, 0.34 * root.tallest))
            }

            Title {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                text: qsTrId("sign_in.hold")
                color: Theme.colour.tea
            }

            AppText {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                text: qsTrId("sign_in.hold_detail")
            }

            AppText {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                text: qsTrId("sign_in.no_card")
                color: Theme.colour.inkSoft
                font.pixelSize: Theme.small
            }
        }
    }

    Card {
        id: keys

        readonly property int besides: 2 * padding + heading.height + slots.height + 4 * spacing

        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 10
        padding: Theme.pad

        Item {
            Layout.fillHeight: true
            Layout.maximumHeight: root.roomy ? Infinity : 0
        }

        AppText {
            id: heading

            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTrId("sign_in.or_number")
            font.bold: true
        }

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

                        width: Math.round(1.05 * Theme.title)
                        height: Math.round(1.5 * Theme.title)
                        radius: Math.round(1.6 * Theme.mm)
                        color: Theme.colour.paper
                        border.width: slot.next ? Theme.stroke : Theme.hairline
                        border.color: slot.next ? Theme.colour.tea : Theme.colour.edge

                        AppText {
                            anchors.centerIn: parent
                            text: pad.typed.charAt(slot.index)
                            wrapMode: Text.NoWrap
                            font.pixelSize: Theme.title
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
            focus: true
            tallest: root.wide ? root.tallest - keys.besides : 0
            digits: 8
            secret: false
            label: qsTrId("sign_in.number")
            deleteText: qsTrId("sign_in.delete")
            onEntered: number => root.numberEntered(number)
        }

        Item {
            Layout.fillHeight: true
        }
    }
}
