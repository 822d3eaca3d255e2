pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts

// What the vote led to; when two agree, the result and its slip.
GridLayout {
    id: root

    required property string heading
    required property string detail
    required property PaperModel paper
    required property bool wide
    required property int tallest

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
            name: "circle-check"
            colour: Theme.colour.tea
            size: Math.round(20 * Theme.mm)
        }

        Title {
            objectName: "panel.outcome"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: root.heading
        }

        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: root.detail
            font.pixelSize: Theme.large
        }

        Item {
            Layout.fillHeight: true
        }
    }

    PaperProgress {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 10
        visible: root.paper.following
        paper: root.paper
        tallest: root.wide ? root.tallest : Math.round(140 * Theme.mm)
    }
}
