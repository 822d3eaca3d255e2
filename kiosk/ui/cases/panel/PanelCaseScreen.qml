pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// One case before its panel; then reason, harm or not, sentence and confirmation of a vote.
Page {
    id: root

    property int caseId: 0
    // The sentence as it was begun; going back keeps it.
    property string sentence
    property string photo
    readonly property bool wide: width > height && room > (190 + 60 * Theme.textStep) * Theme.mm

    title: hearing.there ? hearing.words.question : qsTrId("panel.title")
    filling: true
    ownBack: hearing.stage !== "page" && hearing.stage !== "done"
    unfinished: ownBack
    onBackPressed: hearing.back()
    Component.onCompleted: hearing.open(caseId)

    PanelCaseModel {
        id: hearing

        kiosk: root.kiosk
        onStageChanged: root.scrollUp()
        onSentenceStands: sure.open()
        onDecided: job => {
            if (job > 0)
                paper.follow(job);
        }
    }

    PaperModel {
        id: paper

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: hearing.error
    }

    Loader {
        id: stage

        Layout.fillWidth: true
        Layout.fillHeight: true
        sourceComponent: {
            if (!hearing.there)
                return null;
            switch (hearing.stage) {
            case "reason":
                return reasonStep;
            case "malice":
                return maliceStep;
            case "sentence":
                return sentenceStep;
            case "done":
                return outcome;
            default:
                return page;
            }
        }
    }

    Component {
        id: page

        PanelPage {
            hearing: hearing
            reader: root.kiosk.reader
            wide: root.wide
            onPhotoOpened: photo => {
                root.photo = photo;
                large.opened = true;
            }
            onLeaving: {
                hearing.forgiveError();
                hearing.askedToStepAside();
                aside.open();
            }
        }
    }

    Component {
        id: reasonStep

        ChoiceStep {
            hearing: hearing
        }
    }

    Component {
        id: maliceStep

        ChoiceStep {
            hearing: hearing
            note: qsTrId("panel.malice_note")
        }
    }

    Component {
        id: sentenceStep

        SentenceStep {
            chosen: hearing.words.chosen
            starters: hearing.starters
            label: hearing.words.question
            begun: root.sentence
            tallest: root.free - 2 * root.edge
            onChanged: sentence => root.sentence = sentence
        }
    }

    Component {
        id: outcome

        VoteDone {
            heading: hearing.words.outcome
            detail: hearing.words.outcome_detail
            paper: paper
            wide: root.wide
            tallest: root.free - 2 * root.edge
        }
    }

    foot: [
        PrimaryButton {
            objectName: "panel.confirm"
            Layout.fillWidth: true
            visible: hearing.stage === "sentence"
            enabled: !hearing.busy
            icon: "check"
            text: qsTrId("panel.confirm")
            onClicked: hearing.check((stage.item as SentenceStep).commit())
        },
        PrimaryButton {
            objectName: "panel.done"
            Layout.fillWidth: true
            visible: hearing.stage === "done"
            icon: "arrow-left"
            text: qsTrId("panel.to_list")
            onClicked: root.kiosk.back()
        }
    ]

    ConfirmDialog {
        id: sure

        icon: "scale"
        question: qsTrId("panel.sure")
        explanation: hearing.words.asked
        yes: qsTrId("panel.sure_yes")
        no: qsTrId("panel.sure_no")
        onConfirmed: hearing.vote()
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
            source: large.opened ? root.photo : ""
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

    BusyVeil {
        objectName: "busy"
        parent: root
        busy: hearing.busy
        text: qsTrId("shell.wait")
    }
}
