pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// What came of it, in words or as the number of the matter; beside it the paper on its way.
GridLayout {
    id: root

    // Before the names "outcome" and "reference", by which tests find the two.
    required property string named
    required property PaperModel paper
    required property bool wide
    required property int tallest
    property string icon: "circle-check"
    property string heading
    property string detail
    property string number
    // What the number is.
    property string label
    // Said below the paper.
    property string keep
    // Below what came of it: what follows, and what can be done now.
    default property alias more: below.data

    columns: wide && paper.following ? 2 : 1
    columnSpacing: Theme.pad
    rowSpacing: Theme.pad

    Card {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 10
        padding: Math.round(1.6 * Theme.pad)

        Item {
            Layout.fillHeight: true
        }

        AppIcon {
            Layout.alignment: Qt.AlignHCenter
            name: root.icon
            colour: Theme.colour.tea
            size: Math.round(20 * Theme.mm)
        }

        Title {
            objectName: `${root.named}.outcome`
            Layout.fillWidth: true
            visible: text !== ""
            horizontalAlignment: Text.AlignHCenter
            text: root.heading
        }

        AppText {
            Layout.fillWidth: true
            visible: text !== ""
            horizontalAlignment: Text.AlignHCenter
            text: root.detail
            font.pixelSize: Theme.large
        }

        AppText {
            Layout.fillWidth: true
            visible: text !== ""
            horizontalAlignment: Text.AlignHCenter
            text: root.label
            color: Theme.colour.inkSoft
        }

        AppText {
            objectName: `${root.named}.reference`
            Layout.fillWidth: true
            visible: text !== ""
            horizontalAlignment: Text.AlignHCenter
            text: root.number
            color: Theme.colour.tea
            font.pixelSize: Theme.figure
            font.bold: true
        }

        ColumnLayout {
            id: below

            Layout.fillWidth: true
            visible: children.length > 0
            spacing: Theme.gap
        }

        Item {
            Layout.fillHeight: true
        }
    }

    ColumnLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 10
        visible: root.paper.following
        spacing: Theme.gap

        PaperProgress {
            Layout.fillWidth: true
            Layout.fillHeight: true
            paper: root.paper
            tallest: root.wide ? root.tallest - (keeping.visible ? keeping.height + Theme.gap : 0) : Math.round(140 * Theme.mm)
        }

        AppText {
            id: keeping

            Layout.fillWidth: true
            visible: text !== ""
            horizontalAlignment: Text.AlignHCenter
            text: root.keep
            color: Theme.colour.inkSoft
        }
    }
}
