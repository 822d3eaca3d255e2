pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// 50 + 15 + 2 − 0 = 67: one row that anyone can follow, each box a door to its lines.
GridLayout {
    id: root

    required property int base
    required property int deeds
    required property int stars
    required property int concerns
    required property int number
    // The box whose lines are shown; empty for all of them.
    required property string chosen

    readonly property int sign: Math.round(0.8 * Theme.figure)
    readonly property bool level: width > 5 * (4.7 * Theme.small + 2 * Theme.gap) + 4 * sign
    readonly property var boxes: ({
            "base": {
                "name": qsTrId("my_record.base"),
                "limit": qsTrId("my_record.base_limit"),
                "amount": root.base,
                "ground": Theme.colour.card,
                "ink": Theme.colour.ink
            },
            "deed": {
                "name": qsTrId("my_record.deeds"),
                "limit": qsTrId("my_record.deeds_limit"),
                "amount": root.deeds,
                "ground": Theme.colour.goldSoft,
                "ink": Theme.colour.goldInk
            },
            "star": {
                "name": qsTrId("my_record.stars"),
                "limit": qsTrId("my_record.stars_limit"),
                "amount": root.stars,
                "ground": Theme.colour.teaSoft,
                "ink": Theme.colour.tea
            },
            "concern": {
                "name": qsTrId("my_record.concerns"),
                "limit": qsTrId("my_record.concerns_limit"),
                "amount": root.concerns,
                "ground": Theme.colour.careSoft,
                "ink": Theme.colour.care
            },
            "total": {
                "name": qsTrId("my_record.today"),
                "limit": qsTrId("my_record.out_of"),
                "amount": root.number,
                "ground": Theme.colour.sum,
                "ink": Theme.colour.onSum
            }
        })

    signal picked(string kind)

    columns: level ? 9 : 2
    columnSpacing: level ? 0 : Theme.gap
    rowSpacing: Theme.gap
    Accessible.role: Accessible.List
    Accessible.name: `${base} + ${deeds} + ${stars} \u2212 ${concerns} = ${number}`

    Repeater {
        // An operator before each box but the first; U+2212 is as wide as the plus sign.
        model: ["", "base", "+", "deed", "+", "star", "\u2212", "concern", "=", "total"]

        Loader {
            id: place

            required property int index
            required property string modelData
            readonly property bool box: index % 2 === 1

            Layout.fillWidth: box
            Layout.fillHeight: box
            Layout.preferredWidth: box ? 100 : root.sign
            Layout.minimumWidth: box ? 0 : root.sign
            visible: index > 0 || !root.level
            sourceComponent: box ? boxed : operator

            Component {
                id: operator

                AppText {
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                    text: place.modelData
                    wrapMode: Text.NoWrap
                    color: Theme.colour.inkSoft
                    font.pixelSize: Theme.figure
                    Accessible.ignored: true
                }
            }

            Component {
                id: boxed

                Tappable {
                    id: box

                    readonly property string kind: place.modelData
                    readonly property var face: root.boxes[kind]
                    readonly property bool total: kind === "total"
                    readonly property bool turned: Theme.highContrast && down
                    readonly property color ink: turned ? face.ground : face.ink

                    objectName: `sum.${kind}`
                    implicitHeight: inside.implicitHeight + 2 * Theme.gap
                    checked: root.chosen === kind
                    text: face.name
                    spoken: `${face.name}. ${face.limit}. ${face.amount}`
                    onClicked: root.picked(checked || total ? "" : kind)

                    Rectangle {
                        anchors.fill: parent
                        radius: Theme.radius
                        color: box.turned ? box.face.ink : box.down && !box.total ? Theme.colour.pressed : box.face.ground
                        border.width: box.checked ? Math.round(1.3 * Theme.stroke) : Theme.highContrast || box.kind === "base" ? Theme.hairline : 0
                        border.color: box.checked ? box.face.ink : Theme.colour.edge
                    }

                    GridLayout {
                        id: inside

                        anchors.left: parent.left
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        anchors.leftMargin: root.level ? Theme.gap : Theme.pad
                        anchors.rightMargin: root.level ? Theme.gap : Theme.pad
                        columns: root.level ? 1 : 2
                        rowSpacing: 0
                        columnSpacing: Theme.pad

                        AppText {
                            objectName: "amount"
                            Layout.fillWidth: root.level
                            Layout.preferredWidth: root.level ? -1 : Math.round(2.4 * Theme.figure)
                            horizontalAlignment: root.level ? Text.AlignHCenter : Text.AlignRight
                            text: box.face.amount
                            wrapMode: Text.NoWrap
                            color: box.ink
                            font.pixelSize: Theme.figure
                            font.bold: true
                            Accessible.ignored: true
                        }

                        AppText {
                            Layout.fillWidth: true
                            horizontalAlignment: root.level ? Text.AlignHCenter : Text.AlignLeft
                            text: root.level ? box.face.name : `${box.face.name} · ${box.face.limit}`
                            color: box.ink
                            font.pixelSize: Theme.small
                            Accessible.ignored: true
                        }

                        AppText {
                            Layout.fillWidth: true
                            visible: root.level
                            horizontalAlignment: Text.AlignHCenter
                            text: box.face.limit
                            color: box.ink
                            font.pixelSize: Theme.small
                            Accessible.ignored: true
                        }
                    }

                    FocusRing {
                        target: box
                    }
                }
            }
        }
    }
}
