pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// One thing to look at, and the three answers to it, each as large as a finger.
Item {
    id: root

    required property string words
    required property string said
    // Before the names of the three, by which tests find them.
    required property string named
    property bool last: false

    readonly property int inset: Math.round(1.2 * Theme.pad)
    readonly property bool narrow: width < (160 + 40 * Theme.textStep) * Theme.mm

    signal answered(string said)

    Layout.fillWidth: true
    implicitHeight: parts.implicitHeight + 2 * Theme.gap

    component Answer: BaseButton {
        required property string key
        readonly property bool chosen: root.said === key

        objectName: `${root.named}.${key}`
        Layout.fillWidth: true
        Layout.preferredWidth: Math.round((33 + 6 * Theme.textStep) * Theme.mm)
        bold: chosen
        role: Accessible.RadioButton
        checked: chosen
        spoken: `${root.words}. ${text}`
        fill: chosen ? Theme.colour.tea : Theme.colour.card
        ink: chosen ? Theme.colour.onTea : Theme.colour.tea
        edge: Theme.colour.tea
        settle: 0
        onClicked: root.answered(key)
    }

    GridLayout {
        id: parts

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: root.inset
        anchors.rightMargin: root.inset
        anchors.verticalCenter: parent.verticalCenter
        columns: root.narrow ? 1 : 2
        columnSpacing: Theme.pad
        rowSpacing: Theme.gap

        AppText {
            Layout.fillWidth: true
            text: root.words
            font.pixelSize: Theme.large
        }

        RowLayout {
            Layout.fillWidth: root.narrow
            spacing: Theme.gap

            Answer {
                key: "yes"
                text: qsTrId("rounds.yes")
            }

            Answer {
                key: "no"
                text: qsTrId("rounds.no")
            }

            Answer {
                key: "na"
                text: qsTrId("rounds.na")
            }
        }
    }

    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Theme.hairline
        visible: !root.last
        color: Theme.colour.line
    }
}
