pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Before a session ends: because one goes back to the start, with something not sent, or because
// somebody else holds up a card, who then sees nothing of the first person.
ModalCard {
    id: root

    required property Kiosk kiosk
    // What is asked, what it means, the yes and the no.
    readonly property var words: ({
            "leave": [qsTrId("shell.leave_question"), qsTrId("shell.leave_detail"), qsTrId("shell.end_session"), qsTrId("shell.stay")],
            "unfinished": [qsTrId("shell.unfinished_question"), qsTrId("shell.unfinished_detail"), qsTrId("shell.unfinished_yes"), qsTrId("shell.unfinished_no")],
            "other_card": [qsTrId("shell.other_card_question"), qsTrId("shell.other_card_detail"), qsTrId("shell.other_card_yes"), qsTrId("shell.other_card_no")]
        }[kiosk.asking] ?? ["", "", "", ""])

    opened: kiosk.asking !== ""
    curtain: kiosk.asking === "other_card"
    level: 66
    label: words[0]
    onDismissed: kiosk.stay()

    AppIcon {
        Layout.alignment: Qt.AlignHCenter
        visible: name !== "" && !root.low
        name: root.kiosk.asking === "other_card" ? "id" : "door-exit"
        colour: Theme.colour.tea
        size: Math.round(15 * Theme.mm)
    }

    Title {
        objectName: "ending.question"
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        text: root.words[0]
    }

    AppText {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        text: root.words[1]
    }

    foot: [
        PrimaryButton {
            objectName: "ending.yes"
            Layout.fillWidth: true
            weighty: true
            text: root.words[2]
            onClicked: root.kiosk.agree()
        },
        SecondaryButton {
            objectName: "ending.no"
            Layout.fillWidth: true
            size: Theme.large
            text: root.words[3]
            onClicked: root.kiosk.stay()
        }
    ]
}
