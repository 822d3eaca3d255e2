pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Where a slip stands, until it is out or known to have failed; the file printer's beside it.
GridLayout {
    id: root

    required property PaperModel paper
    // The tallest that the picture may be.
    property int tallest: Math.round(150 * Theme.mm)
    readonly property bool beside: width > (110 + 40 * Theme.textStep) * Theme.mm

    columns: beside && paper.picture !== "" ? 2 : 1
    columnSpacing: Theme.pad
    rowSpacing: Theme.pad

    PaperState {
        objectName: "paper.state"
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.alignment: Qt.AlignTop
        Layout.maximumHeight: root.columns === 2 ? Math.max(implicitHeight, root.tallest) : Infinity
        paper: root.paper

        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            visible: text !== ""
            text: root.paper.error
            color: Theme.colour.care
        }

        QuietButton {
            objectName: "paper.cancel"
            Layout.alignment: Qt.AlignHCenter
            Layout.maximumWidth: parent.width
            visible: root.paper.following && root.paper.held
            enabled: !root.paper.busy
            icon: "x"
            text: qsTrId("printing.cancel")
            onClicked: root.paper.cancel()
        }

        Flow {
            Layout.fillWidth: true
            visible: root.paper.over && !root.paper.printed
            spacing: Theme.gap

            SecondaryButton {
                objectName: "paper.again"
                weighty: true
                width: Math.min(implicitWidth, parent.width)
                visible: root.paper.mayTryAgain
                enabled: !root.paper.busy
                icon: "printer"
                text: root.paper.uncertain ? qsTrId("printing.print_again") : qsTrId("printing.try_again")
                onClicked: root.paper.printAgain()
            }

            SecondaryButton {
                objectName: "paper.came_out"
                weighty: true
                width: Math.min(implicitWidth, parent.width)
                visible: root.paper.uncertain
                enabled: !root.paper.busy
                icon: "check"
                text: qsTrId("printing.it_came_out")
                onClicked: root.paper.cameOut()
            }
        }
    }

    Rectangle {
        readonly property real shape: sheet.implicitHeight > 0 ? sheet.implicitWidth / sheet.implicitHeight : 0.5

        objectName: "paper.picture"
        Layout.alignment: Qt.AlignHCenter | Qt.AlignTop
        Layout.preferredHeight: root.tallest
        Layout.preferredWidth: Math.round(root.tallest * shape)
        visible: root.paper.picture !== ""
        color: "white"
        border.width: Theme.hairline
        border.color: Theme.colour.edge
        Accessible.role: Accessible.Graphic
        Accessible.name: root.paper.heading

        Image {
            id: sheet

            anchors.fill: parent
            anchors.margins: Theme.hairline
            source: root.paper.picture
            cache: false
            mipmap: true
            fillMode: Image.PreserveAspectFit
            Accessible.ignored: true
        }
    }
}
