pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// What this officer may do with the case, or why nothing.
Card {
    id: root

    required property CaseModel dossier
    // There is little height, and every answer shall be in sight.
    required property bool low
    readonly property CaseWords words: dossier.words

    function may(move: string): bool {
        return dossier.may.indexOf(move) >= 0;
    }

    objectName: "case.decision"
    padding: low ? Theme.gap : Math.round(1.3 * Theme.pad)
    spacing: Theme.gap

    AppText {
        Layout.fillWidth: true
        visible: !root.low
        text: qsTrId("desk_screen.my_decision")
        font.pixelSize: Theme.large
        font.bold: true
    }

    Notice {
        objectName: "case.why_not"
        visible: root.words.why !== ""
        icon: "user-off"
        text: root.words.why
    }

    // A good deed is a thing to be glad of; of a concern no answer is put forward.
    PrimaryButton {
        objectName: "case.approve"
        Layout.fillWidth: true
        visible: root.may("approve") && !root.dossier.concern
        icon: "check"
        text: qsTrId("desk_screen.do_approve_deed")
        onClicked: root.dossier.begin("approve")
    }

    SecondaryButton {
        objectName: "case.approve_concern"
        Layout.fillWidth: true
        visible: root.may("approve") && root.dossier.concern
        size: Theme.large
        text: qsTrId("desk_screen.do_approve_concern")
        onClicked: root.dossier.begin("approve")
    }

    SecondaryButton {
        objectName: "case.countersign"
        Layout.fillWidth: true
        visible: root.may("countersign")
        size: Theme.large
        text: qsTrId("desk_screen.do_countersign_concern")
        onClicked: root.dossier.begin("countersign")
    }

    SecondaryButton {
        objectName: "case.decline"
        Layout.fillWidth: true
        visible: root.may("decline")
        size: Theme.large
        text: root.dossier.concern ? qsTrId("desk_screen.do_decline_concern") : qsTrId("desk_screen.do_decline_deed")
        onClicked: root.dossier.begin("decline")
    }

    SecondaryButton {
        objectName: "case.read_again"
        Layout.fillWidth: true
        visible: root.may("read_again")
        size: Theme.large
        text: qsTrId("desk_screen.do_read_again_deed")
        onClicked: root.dossier.begin("read_again")
    }

    SecondaryButton {
        objectName: "case.come_back"
        Layout.fillWidth: true
        visible: root.may("return")
        icon: "rotate-2"
        text: qsTrId("desk_screen.come_back")
        onClicked: root.dossier.comeBack()
    }

    GridLayout {
        id: aside

        Layout.fillWidth: true
        visible: root.may("put_right") || root.may("recuse")
        columns: ended.implicitWidth + stepAside.implicitWidth + columnSpacing > width ? 1 : 2
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap

        QuietButton {
            id: ended

            objectName: "case.put_right"
            Layout.fillWidth: true
            visible: root.may("put_right")
            icon: "circle-check"
            text: qsTrId("desk_screen.do_put_right_concern")
            onClicked: root.dossier.begin("put_right")
        }

        QuietButton {
            id: stepAside

            objectName: "case.recuse"
            Layout.fillWidth: true
            visible: root.may("recuse")
            icon: "hand-stop"
            text: qsTrId("desk_screen.recuse")
            onClicked: {
                root.dossier.forgiveError();
                recusing.open();
            }
        }
    }

    AppText {
        objectName: "case.put_right_means"
        Layout.fillWidth: true
        visible: root.may("put_right")
        text: qsTrId("desk_screen.put_right_means")
        color: Theme.colour.inkSoft
        font.pixelSize: Theme.small
    }

    ConfirmDialog {
        id: recusing

        icon: "hand-stop"
        question: qsTrId("desk_screen.recuse_question")
        explanation: root.words.recuseFollows
        yes: qsTrId("desk_screen.recuse_yes")
        no: qsTrId("desk_screen.recuse_no")
        onConfirmed: root.dossier.recuse()
    }
}
