pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// What was put back, what came after it and is lost, and what to do now.
Page {
    id: root

    property int entries
    property int lost
    property bool newKeys
    property string aside
    property int cards
    property string cardsIn

    title: qsTrId("restore.done_title")
    ownBack: true
    onBackPressed: root.kiosk.restart()
    Component.onCompleted: {
        model.tell(entries, lost, aside, newKeys);
        model.tellCards(cards, cardsIn);
    }

    RestoredModel {
        id: model

        kiosk: root.kiosk
    }

    Notice {
        tone: "tea"
        icon: "circle-check"
        heading: qsTrId("restore.done_heading")
        text: ""
    }

    Card {
        objectName: "restored.told"
        Layout.fillWidth: true
        spacing: Theme.gap

        Repeater {
            model: model.sentences

            AppText {
                required property string modelData

                Layout.fillWidth: true
                text: modelData
                font.pixelSize: Theme.large
            }
        }
    }

    foot: PrimaryButton {
        objectName: "restored.open"
        Layout.fillWidth: true
        icon: "home"
        text: qsTrId("restore.open")
        onClicked: root.kiosk.restart()
    }
}
