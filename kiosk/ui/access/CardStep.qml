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

    // What the card's picture and words need, and what they get where the keys stand below them.
    readonly property int infoNeeds: inside.implicitHeight + 3 * Theme.pad
    property int infoHeight: 0
    readonly property bool keysFirst: !wide && !upright
    required property bool upright
    // What stands above the keys.
    readonly property int headingHeight: heading.height
    readonly property int slotsHeight: Math.round((Theme.low ? 1.25 : 1.5) * Theme.title)

    signal numberEntered(string digits)

    function clear() {
        pad.clear();
    }

    columns: wide ? 2 : 1
    columnSpacing: Theme.pad
    rowSpacing: Theme.pad

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
            spacing: Theme.pad

            HoldCard {
                Layout.alignment: Qt.AlignHCenter
                frame: Math.round(Math.min(54 * Theme.mm, (Theme.low ? 0.22 : 0.34) * root.tallest))
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

        readonly property int besides: 2 * padding + heading.height + root.slotsHeight + 5 * spacing

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

                        width: Math.min(Math.round(1.05 * Theme.title), Math.floor((keys.width - 2 * keys.padding - 14 * Theme.mm) / pad.digits))
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
            Layout.topMargin: spacing - keys.spacing
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
