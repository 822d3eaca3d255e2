pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts

// What came of the decision, and its slip on its way out of the printer.
GridLayout {
    id: root

    required property CaseModel dossier
    required property PaperModel paper
    required property bool wide
    required property int tallest

    signal second

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
            objectName: "case.outcome"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: root.dossier.words.outcome
        }

        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: root.dossier.words.outcome_detail
            font.pixelSize: Theme.large
        }

        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: root.dossier.words.title
            color: Theme.colour.inkSoft
        }

        SecondaryButton {
            objectName: "case.second_now"
            weighty: true
            Layout.alignment: Qt.AlignHCenter
            Layout.maximumWidth: parent.width
            Layout.topMargin: Theme.pad
            visible: root.dossier.waitsForSecond
            size: Theme.large
            icon: "id-badge-2"
            text: qsTrId("desk_screen.second_now")
            onClicked: root.second()
        }

        SecondaryButton {
            objectName: "case.not_aside"
            Layout.alignment: Qt.AlignHCenter
            Layout.maximumWidth: parent.width
            Layout.topMargin: Theme.pad
            visible: root.dossier.steppedAside
            size: Theme.large
            icon: "rotate-2"
            text: qsTrId("desk_screen.come_back")
            onClicked: root.dossier.comeBack()
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
