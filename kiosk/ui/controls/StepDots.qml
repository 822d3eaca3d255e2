pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// Where something stands on its way: done, now, still to come. Its height is the same at each step.
ColumnLayout {
    id: root

    required property list<string> steps
    required property int current

    readonly property int dot: Math.round(8 * Theme.mm)
    readonly property bool named: width > root.steps.length * (5.2 * Theme.small)

    spacing: Theme.mm
    Accessible.role: Accessible.ProgressBar
    Accessible.name: root.steps[root.current] ?? ""

    RowLayout {
        Layout.fillWidth: true
        spacing: 0
        uniformCellSizes: true

        Repeater {
            model: root.steps

            ColumnLayout {
                id: step

                required property int index
                required property string modelData
                readonly property bool done: index < root.current
                readonly property bool now: index === root.current

                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                spacing: Theme.mm

                Item {
                    Layout.fillWidth: true
                    Layout.preferredHeight: root.dot

                    Rectangle {
                        anchors.verticalCenter: parent.verticalCenter
                        x: (root.dot - parent.width) / 2
                        width: parent.width - root.dot
                        height: Theme.hairline * 2
                        visible: step.index > 0
                        color: step.done || step.now ? Theme.colour.tea : Theme.colour.line
                    }

                    Rectangle {
                        anchors.centerIn: parent
                        width: root.dot
                        height: root.dot
                        radius: root.dot / 2
                        z: 1
                        color: step.done ? Theme.colour.tea : step.now ? Theme.colour.gold : Theme.colour.card
                        border.width: Theme.stroke
                        border.color: step.done ? Theme.colour.tea : step.now ? Theme.colour.gold : Theme.colour.line

                        AppIcon {
                            anchors.centerIn: parent
                            name: step.done ? "check" : ""
                            colour: Theme.colour.onTea
                            size: Math.round(0.62 * root.dot)
                        }
                    }
                }

                AppText {
                    Layout.fillWidth: true
                    Layout.leftMargin: Theme.mm
                    Layout.rightMargin: Theme.mm
                    visible: root.named
                    horizontalAlignment: Text.AlignHCenter
                    text: step.modelData
                    color: step.index > root.current ? Theme.colour.inkSoft : Theme.colour.ink
                    font.pixelSize: Theme.small
                    font.bold: step.now
                }
            }
        }
    }

    // Where there is no room for all the names, that of the step stands alone, in one line.
    AppText {
        Layout.fillWidth: true
        visible: !root.named
        horizontalAlignment: Text.AlignHCenter
        text: root.steps[root.current] ?? ""
        wrapMode: Text.NoWrap
        font.pixelSize: Theme.small
        font.bold: true
        Accessible.ignored: true
    }
}
