pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts

// Where the sign stands, until it is out or known to have failed; the file printer's beside it.
GridLayout {
    id: root

    required property PaperModel paper
    required property bool wide
    readonly property string serial: paper.reference === "" ? "" : qsTrId("signs.serial").arg(paper.reference)

    columns: wide && paper.picture !== "" ? 2 : 1
    columnSpacing: Theme.pad
    rowSpacing: Theme.pad

    PaperState {
        objectName: "signs.progress"
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 10
        large: true
        paper: root.paper

        AppText {
            objectName: "signs.serial"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: root.serial
            font.bold: true
        }

        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            visible: root.paper.printed
            text: qsTrId("signs.look")
        }
    }

    SheetPicture {
        objectName: "signs.printed"
        Layout.fillWidth: true
        Layout.preferredWidth: 12
        Layout.alignment: Qt.AlignVCenter
        visible: root.paper.picture !== ""
        address: root.paper.picture
        spoken: qsTrId("signs.paper_spoken").arg(root.serial)
    }
}
