pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// What is asked on one side, and the keys beside or below it, in the same place for card and PIN.
GridLayout {
    id: root

    required property bool wide
    required property bool upright
    // The height there is, and whether everything fits into it.
    required property int tallest
    required property bool roomy
    // Stands above the keys.
    required property string question
    // At least as tall as the other step's heading.
    property int headingLeast: 0
    readonly property int headingHeight: heading.height
    // What the step asks, in the middle of its half; what stands above the keys, and they.
    property alias asked: inside.data
    default property alias keys: column.data

    // What the asking needs, and what it gets where the keys stand below it.
    readonly property int infoNeeds: inside.implicitHeight + 3 * Theme.pad
    property int infoHeight: 0
    readonly property int askedWidth: inside.width
    property alias askedSpacing: inside.spacing
    readonly property bool keysFirst: !wide && !upright
    // What is left for the keys and what stands right above them; 0 leaves the keys large.
    readonly property int keysSpacing: card.spacing
    readonly property int keysWidth: card.width - 2 * card.padding
    readonly property int keysTallest: wide ? tallest - 2 * card.padding - Math.max(headingLeast, heading.height) - 5 * card.spacing : 0

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
        }
    }

    Card {
        id: card

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
            Layout.preferredHeight: Math.max(root.headingLeast, implicitHeight)
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            text: root.question
            font.bold: true
        }

        ColumnLayout {
            id: column

            Layout.fillWidth: true
            Layout.fillHeight: false
            // What stands in it is narrower, and centred.
            Layout.maximumWidth: Infinity
            spacing: card.spacing
        }

        Item {
            Layout.fillHeight: true
        }
    }
}
