pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// Whether the screen feels a finger in its corners, in the middle, and while it moves.
Page {
    id: root

    property int tapped: 0
    property bool dragged: false
    readonly property bool all: tapped === 5 && dragged

    title: qsTrId("guide.touch")
    filling: true

    Notice {
        objectName: "touch.told"
        tone: root.all ? "tea" : "voice"
        icon: root.all ? "circle-check" : "hand-stop"
        heading: root.all ? qsTrId("guide.touch_well") : qsTrId("guide.touch_what")
        text: ""
    }

    Item {
        id: field

        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.minimumHeight: Math.round(4.5 * Theme.target)

        Repeater {
            model: 5

            Tappable {
                id: spot

                required property int index
                property bool felt: false
                readonly property int side: Math.round(1.3 * Theme.target)

                objectName: `touch.${index}`
                text: qsTrId("guide.touch_spot").arg(index + 1)
                x: index === 4 ? (field.width - side) / 2 : index % 2 * (field.width - side)
                y: index === 4 ? (field.height - side) / 2 : Math.floor(index / 2) * (field.height - side)
                width: side
                height: side
                checked: felt
                role: Accessible.CheckBox
                onClicked: if (!felt) {
                    felt = true;
                    root.tapped += 1;
                }

                Rectangle {
                    anchors.fill: parent
                    radius: width / 2
                    color: spot.felt ? Theme.colour.teaSoft : Theme.colour.card
                    border.width: Theme.stroke
                    border.color: spot.felt ? Theme.colour.tea : Theme.colour.edge
                }

                AppIcon {
                    anchors.centerIn: parent
                    name: spot.felt ? "check" : "plus"
                    colour: Theme.colour.tea
                    size: Math.round(0.5 * spot.side)
                }
            }
        }

        Rectangle {
            id: lane

            x: Math.round(1.6 * Theme.target)
            width: parent.width - 2 * x
            height: Theme.target
            y: Math.round(0.75 * parent.height - height / 2)
            radius: height / 2
            color: root.dragged ? Theme.colour.teaSoft : Theme.colour.card
            border.width: Theme.hairline
            border.color: Theme.colour.edge

            Rectangle {
                id: ball

                objectName: "touch.ball"
                width: lane.height
                height: width
                radius: width / 2
                color: Theme.colour.tea

                AppIcon {
                    anchors.centerIn: parent
                    name: "arrow-right"
                    colour: Theme.colour.onTea
                    size: Math.round(0.5 * ball.width)
                }

                DragHandler {
                    target: ball
                    yAxis.enabled: false
                    xAxis.minimum: 0
                    xAxis.maximum: lane.width - ball.width
                    onActiveChanged: root.dragged = root.dragged || (!active && ball.x > 0.85 * (lane.width - ball.width))
                }
            }
        }
    }

    foot: PrimaryButton {
        objectName: "touch.done"
        Layout.fillWidth: true
        icon: "check"
        text: qsTrId("guide.done")
        onClicked: root.kiosk.back()
    }
}
