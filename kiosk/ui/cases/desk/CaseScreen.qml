pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// One case on one page; then reason, sentence and confirmation of a decision, and its slip.
Page {
    id: root

    property int caseId: 0
    // It was looked for by its number, for somebody who asks how far it is.
    property bool asked: false
    // The sentence as it was begun; going back keeps it.
    property string sentence
    readonly property bool wide: width > height && room > (190 + 40 * Theme.textStep) * Theme.mm
    readonly property bool finished: dossier.stage === "done"

    // The first officer goes before the second signs in.
    function makeWay() {
        const shell = kiosk;
        const id = caseId;
        shell.endSession();
        shell.open("sign_in", {
            "official": true,
            "second": true,
            "then": "desk",
            "thenWith": {
                "openCase": id
            }
        });
    }

    title: dossier.there ? dossier.words.question : qsTrId("desk_screen.title")
    filling: true
    ownBack: ["photo", "reason", "sentence"].indexOf(dossier.stage) >= 0
    unfinished: ["reason", "sentence"].indexOf(dossier.stage) >= 0
    onBackPressed: dossier.back()
    Component.onCompleted: asked ? dossier.openToAnswer(caseId) : dossier.open(caseId)

    CaseModel {
        id: dossier

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
        text: dossier.error

        SecondaryButton {
            objectName: "case.to_queue"
            width: Math.min(implicitWidth, parent.width)
            visible: !dossier.there
            icon: "arrow-left"
            text: qsTrId("desk_screen.to_queue")
            onClicked: root.kiosk.back()
        }
    }

    Loader {
        id: stage

        Layout.fillWidth: true
        Layout.fillHeight: true
        sourceComponent: {
            if (!dossier.there)
                return null;
            switch (dossier.stage) {
            case "photo":
                return photoStep;
            case "reason":
                return reasonStep;
            case "sentence":
                return sentenceStep;
            case "done":
                return outcomeStep;
            default:
                return page;
            }
        }
    }

    Component {
        id: page

        CasePage {
            dossier: dossier
            wide: root.wide
            low: root.wide && root.free < 140 * Theme.mm
        }
    }

    Component {
        id: photoStep

        PhotoStep {
            dossier: dossier
            tallest: root.free - 2 * root.edge
        }
    }

    Component {
        id: reasonStep

        ReasonStep {
            dossier: dossier
        }
    }

    Component {
        id: sentenceStep

        SentenceStep {
            dossier: dossier
            begun: root.sentence
            tallest: root.free - 2 * root.edge
            onChanged: sentence => root.sentence = sentence
        }
    }

    Component {
        id: outcomeStep

        OutcomeStep {
            dossier: dossier
            paper: paper
            wide: root.wide
            tallest: root.free - 2 * root.edge
            onSecond: root.makeWay()
        }
    }

    foot: [
        PrimaryButton {
            objectName: "case.confirm"
            Layout.fillWidth: true
            visible: dossier.stage === "sentence"
            enabled: !dossier.busy
            icon: "check"
            text: qsTrId("desk_screen.confirm")
            onClicked: dossier.check((stage.item as SentenceStep).commit())
        },
        PrimaryButton {
            objectName: "case.done"
            Layout.fillWidth: true
            visible: root.finished
            icon: "arrow-left"
            text: qsTrId("desk_screen.to_queue")
            onClicked: root.kiosk.back()
        }
    ]

    ConfirmDialog {
        id: sure

        icon: "gavel"
        question: qsTrId("desk_screen.sure")
        explanation: dossier.words.asked
        yes: qsTrId("desk_screen.sure_yes")
        no: qsTrId("desk_screen.sure_no")
        onConfirmed: dossier.decide()
    }

    BusyVeil {
        parent: root
        busy: dossier.busy
        text: qsTrId("shell.wait")
    }
}
