pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts

// The number of the matter, by when there is a result, and the slip on its way.
GridLayout {
    id: root

    required property AppealModel matter
    required property PaperModel paper
    required property bool wide
    required property int tallest

    columns: wide ? 2 : 1
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

        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTrId("my_record.number_of_matter")
            color: Theme.colour.inkSoft
        }

        AppText {
            objectName: "appeal.reference"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: root.matter.words.reference
            color: Theme.colour.tea
            font.pixelSize: Theme.figure
            font.bold: true
        }

        Notice {
            Layout.topMargin: Theme.pad
            icon: "hand-stop"
            text: qsTrId("my_record.happens_suspended")
        }

        Notice {
            icon: "clock"
            text: root.matter.words.result_by
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
