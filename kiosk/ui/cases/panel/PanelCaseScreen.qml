pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts

// One case before its panel; then reason, harm or not, sentence and confirmation of a vote.
DecidingPage {
    id: root

    property int caseId: 0
    property string looked

    deciding: hearing
    named: "panel"
    choiceNamed: "panel.choice"
    icon: "scale"
    wide: width > height && room > (190 + 60 * Theme.textStep) * Theme.mm
    heading: qsTrId("panel.title")
    hint: qsTrId("panel.sentence_hint")
    plain: qsTrId("panel.sentence_plain")
    confirm: qsTrId("panel.confirm")
    sureQuestion: qsTrId("panel.sure")
    sureYes: qsTrId("panel.sure_yes")
    sureNo: qsTrId("panel.sure_no")
    toList: qsTrId("panel.to_list")
    Component.onCompleted: hearing.open(caseId)

    PanelCaseModel {
        id: hearing

        kiosk: root.kiosk
    }

    reading: Component {
        PanelPage {
            hearing: hearing
            reader: root.kiosk.reader
            wide: root.wide
            onPhotoOpened: photo => {
                root.looked = photo;
                large.opened = true;
            }
            onLeaving: {
                hearing.forgiveError();
                hearing.askedToStepAside();
                aside.open();
            }
        }
    }

    ConfirmDialog {
        id: aside

        icon: "hand-stop"
        question: qsTrId("panel.aside_question")
        explanation: qsTrId("panel.aside_explanation")
        yes: qsTrId("panel.aside_yes")
        no: qsTrId("panel.aside_no")
        onConfirmed: hearing.stepAside()
    }

    ModalCard {
        id: large

        label: qsTrId("panel.photo_large")
        onDismissed: opened = false

        Image {
            objectName: "panel.photo_large"
            Layout.fillWidth: true
            Layout.preferredHeight: Math.round(0.6 * root.height)
            source: large.opened ? root.looked : ""
            cache: false
            asynchronous: true
            mipmap: true
            fillMode: Image.PreserveAspectFit
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTrId("panel.photo_large")
        }

        SecondaryButton {
            objectName: "panel.photo_close"
            Layout.fillWidth: true
            size: Theme.large
            text: qsTrId("panel.photo_close")
            onClicked: large.opened = false
        }
    }
}
