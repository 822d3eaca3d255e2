pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// A case on one page; then the reason, the sentence, and whether one is sure; and what came of it.
Page {
    id: root

    required property DecidingModel deciding
    // Before the names by which tests find what is here.
    required property string named
    // Before the place of each choice.
    property string choiceNamed: `${named}.reason`
    required property string icon
    required property bool wide
    // The title before the case is there.
    required property string heading
    required property string hint
    required property string plain
    required property string confirm
    required property string sureQuestion
    required property string sureYes
    required property string sureNo
    required property string toList
    required property Component reading
    // One photograph, as large as the screen.
    property Component photo: null
    // Below what came of it.
    property Component afterwards: null
    // The sentence as it was begun; going back keeps it.
    property string sentence

    title: deciding.there ? deciding.said.question : heading
    filling: true
    ownBack: deciding.stage !== "page" && deciding.stage !== "done"
    unfinished: ownBack && deciding.stage !== "photo"
    onBackPressed: deciding.back()

    Connections {
        function onStageChanged() {
            root.scrollUp();
        }
        function onSentenceStands() {
            sure.open();
        }
        function onDecided(job: int) {
            if (job > 0)
                paper.follow(job);
        }

        target: root.deciding
    }

    PaperModel {
        id: paper

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: root.deciding.error

        SecondaryButton {
            objectName: `${root.named}.to_queue`
            width: Math.min(implicitWidth, parent.width)
            visible: !root.deciding.there
            icon: "arrow-left"
            text: root.toList
            onClicked: root.kiosk.back()
        }
    }

    Loader {
        id: stage

        Layout.fillWidth: true
        Layout.fillHeight: true
        sourceComponent: {
            if (!root.deciding.there)
                return null;
            switch (root.deciding.stage) {
            case "page":
                return root.reading;
            case "photo":
                return root.photo;
            case "sentence":
                return sentenceStep;
            case "done":
                return outcome;
            default:
                return choiceStep;
            }
        }
    }

    Component {
        id: choiceStep

        ChoiceStep {
            choices: root.deciding.choices
            named: root.choiceNamed
            icon: root.icon
            before: root.deciding.said.chosen
            note: root.deciding.said.note
            onChosen: key => root.deciding.choose(key)
        }
    }

    Component {
        id: sentenceStep

        SentenceStep {
            named: root.named
            icon: root.icon
            chosen: root.deciding.said.chosen
            whom: root.deciding.said.whom
            label: root.deciding.said.question
            hint: root.hint
            plain: root.plain
            starters: root.deciding.starters
            begun: root.sentence
            tallest: root.free - 2 * root.edge
            onChanged: sentence => root.sentence = sentence
        }
    }

    Component {
        id: outcome

        Outcome {
            named: root.named
            paper: paper
            wide: root.wide
            tallest: root.free - 2 * root.edge
            heading: root.deciding.said.outcome
            detail: root.deciding.said.outcomeDetail

            Loader {
                Layout.fillWidth: true
                visible: root.afterwards !== null
                sourceComponent: root.afterwards
            }
        }
    }

    foot: [
        PrimaryButton {
            objectName: `${root.named}.confirm`
            Layout.fillWidth: true
            visible: root.deciding.stage === "sentence"
            enabled: !root.deciding.busy
            icon: "check"
            text: root.confirm
            onClicked: root.deciding.check((stage.item as SentenceStep).commit())
        },
        PrimaryButton {
            objectName: `${root.named}.done`
            Layout.fillWidth: true
            visible: root.deciding.stage === "done"
            icon: "arrow-left"
            text: root.toList
            onClicked: root.kiosk.back()
        }
    ]

    ConfirmDialog {
        id: sure

        icon: root.icon
        question: root.sureQuestion
        explanation: root.deciding.said.asked
        yes: root.sureYes
        no: root.sureNo
        onConfirmed: root.deciding.decide()
    }

    BusyVeil {
        parent: root
        busy: root.deciding.busy
        text: qsTrId("shell.wait")
    }
}
