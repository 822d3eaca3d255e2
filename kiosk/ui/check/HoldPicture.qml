pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// How to hold a paper: a picture first, then three short steps.
Card {
    id: root

    component Step: QtObject {
        required property string icon
        required property string text
    }

    readonly property list<Step> steps: [
        Step {
            icon: "qrcode"
            text: qsTrId("check.step_show")
        },
        Step {
            icon: "ruler-measure"
            text: qsTrId("check.step_distance")
        },
        Step {
            icon: "volume"
            text: qsTrId("check.step_wait")
        }
    ]

    required property bool wide
    property bool low: false

    padding: Math.round((low ? 1 : 1.6) * Theme.pad)

    Item {
        Layout.fillHeight: true
        Layout.minimumHeight: 0
    }

    Item {
        id: picture

        readonly property int side: Math.round(Math.min(0.3 * root.width, (root.low ? 44 : 86) * Theme.mm))

        Layout.alignment: Qt.AlignHCenter
        Layout.preferredWidth: Math.round(1.42 * side)
        Layout.preferredHeight: side

        // A small door sign, with its stars and its code.
        Rectangle {
            anchors.fill: parent
            anchors.margins: Math.round(0.08 * picture.side)
            radius: Theme.radius
            color: Theme.colour.paper
            border.width: Theme.stroke
            border.color: Theme.colour.tea

            Column {
                anchors.left: parent.left
                anchors.leftMargin: Math.round(0.1 * picture.side)
                anchors.verticalCenter: parent.verticalCenter
                spacing: Math.round(0.05 * picture.side)

                Repeater {
                    model: [5, 4, 5]

                    Row {
                        id: line

                        required property int modelData

                        spacing: Math.round(0.02 * picture.side)

                        Repeater {
                            model: 5

                            AppIcon {
                                required property int index

                                name: index < line.modelData ? "star-filled" : "star"
                                colour: Theme.colour.star
                                size: Math.round(0.1 * picture.side)
                            }
                        }
                    }
                }
            }

            AppIcon {
                anchors.right: parent.right
                anchors.rightMargin: Math.round(0.09 * picture.side)
                anchors.verticalCenter: parent.verticalCenter
                name: "qrcode"
                size: Math.round(0.42 * picture.side)
            }
        }

        // The scanner's light goes over it.
        Rectangle {
            id: beam

            anchors.horizontalCenter: parent.horizontalCenter
            width: parent.width
            height: Math.max(2, Math.round(0.03 * picture.side))
            radius: height / 2
            y: Math.round(0.5 * (picture.side - height))
            color: Theme.colour.star
            opacity: 0.75

            SequentialAnimation on y {
                running: root.visible && Theme.motion
                loops: Animation.Infinite

                NumberAnimation {
                    to: 0.86 * picture.side
                    duration: 1800
                    easing.type: Easing.InOutSine
                }
                NumberAnimation {
                    to: 0.12 * picture.side
                    duration: 1800
                    easing.type: Easing.InOutSine
                }
            }
        }
    }

    Title {
        Layout.fillWidth: true
        Layout.topMargin: Theme.gap
        horizontalAlignment: Text.AlignHCenter
        text: qsTrId("check.hold_title")
        font.pixelSize: Math.round((root.low ? 1 : 1.3) * Theme.title)
    }

    AppText {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        color: Theme.colour.inkSoft
        text: qsTrId("check.hold_detail")
        font.pixelSize: Theme.large
    }

    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: false
        Layout.topMargin: Theme.pad
        columns: root.wide ? 3 : 1
        columnSpacing: Theme.pad
        rowSpacing: Theme.gap
        uniformCellWidths: true

        Repeater {
            model: root.steps

            Rectangle {
                id: step

                required property Step modelData

                Layout.fillWidth: true
                Layout.fillHeight: true
                implicitHeight: inside.implicitHeight + 2 * (root.low ? Theme.gap : Theme.pad)
                radius: Theme.radiusSmall
                color: Theme.colour.teaSoft
                border.width: Theme.highContrast ? Theme.hairline : 0
                border.color: Theme.colour.line

                RowLayout {
                    id: inside

                    anchors.fill: parent
                    anchors.leftMargin: Theme.pad
                    anchors.rightMargin: Theme.pad
                    spacing: Theme.gap

                    AppIcon {
                        name: step.modelData.icon
                        colour: Theme.colour.tea
                        size: Math.round(1.3 * Theme.large)
                    }

                    AppText {
                        Layout.fillWidth: true
                        text: step.modelData.text
                    }
                }
            }
        }
    }

    Item {
        Layout.fillHeight: true
        Layout.minimumHeight: 0
    }
}
