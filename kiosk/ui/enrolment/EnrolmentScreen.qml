pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// A clerk beside a person: listen, a sample, three questions, each consent by itself, then the card.
Page {
    id: root

    readonly property bool wide: width > height && room > (190 + 70 * Theme.textStep) * Theme.mm
    readonly property bool low: free < (125 + 20 * Theme.textStep) * Theme.mm
    readonly property string step: model.step
    readonly property bool closing: step === "child" || step === "birthday" || step === "nothing" || step === "done"
    readonly property var titles: ({
            "find": qsTrId("enrolment.title"),
            "who": qsTrId("enrolment.who_title"),
            "child": qsTrId("enrolment.child_title"),
            "birthday": qsTrId("enrolment.birthday_title"),
            "listen": qsTrId("rights.consent_title"),
            "sample": qsTrId("enrolment.sample_title"),
            "question": qsTrId("enrolment.question_title"),
            "choose": qsTrId("enrolment.choose_title"),
            "nothing": qsTrId("enrolment.nothing_title"),
            "done": model.joined ? qsTrId("rights.enrolled") : qsTrId("access.card_ready")
        })

    title: titles[step] ?? ""
    filling: step !== "find"
    ownBack: !model.leaves
    unfinished: ["sample", "question", "choose"].indexOf(step) >= 0
    onBackPressed: model.back()

    EnrolmentModel {
        id: model

        kiosk: root.kiosk
        onStepChanged: {
            root.held = null;
            root.scrollUp();
        }
        onCardQueued: job => paper.follow(job)
    }

    Connections {
        target: root.kiosk.reader

        function onFinished() {
            if (root.step === "listen")
                model.readOut();
        }
    }

    PaperModel {
        id: paper

        kiosk: root.kiosk
    }

    EmptyState {
        visible: !root.kiosk.official
        icon: "id"
        text: qsTrId("staff.officials_only")
        detail: qsTrId("staff.officials_only_detail")
    }

    StepDots {
        objectName: "enrol.dots"
        Layout.fillWidth: true
        visible: model.dot >= 0 && !root.low
        steps: model.dots
        current: Math.max(0, model.dot)
    }

    ErrorBanner {
        text: model.error
    }

    FindPerson {
        id: finding

        Layout.fillWidth: true
        visible: root.kiosk.official && root.step === "find"
        kiosk: root.kiosk
        prefix: "enrol."
        label: qsTrId("enrolment.search")
        hint: qsTrId("enrolment.search_hint")
        begin: qsTrId("enrolment.begin")
        beginDetail: qsTrId("enrolment.begin_detail")
        beginIcon: "user-plus"
        nobody: qsTrId("enrolment.nobody")
        nobodyDetail: qsTrId("enrolment.nobody_detail")
        onChosen: id => model.choosePerson(id)
    }

    WhoStep {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.step === "who"
        form: model
        low: root.low
        onCardWanted: {
            model.forgiveError();
            newCard.open();
        }
    }

    EmptyState {
        objectName: "enrol.child"
        visible: root.step === "child"
        icon: "seedling"
        text: qsTrId("enrolment.child")
        detail: qsTrId("enrolment.child_detail")
    }

    EmptyState {
        objectName: "enrol.birthday"
        visible: root.step === "birthday"
        icon: "calendar"
        text: qsTrId("enrolment.birthday").arg(model.name)
        detail: qsTrId("enrolment.birthday_detail")
    }

    ListenStep {
        id: listening

        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.step === "listen"
        form: model
        page: root
        sight: root.sight
    }

    SampleStep {
        Layout.fillWidth: true
        visible: root.step === "sample"
        kiosk: root.kiosk
        wide: root.wide
    }

    QuestionStep {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.step === "question"
        form: model
        onSaid: what => root.hold(what)
    }

    ChooseStep {
        Layout.fillWidth: true
        visible: root.step === "choose"
        form: model
    }

    EmptyState {
        objectName: "enrol.nothing"
        visible: root.step === "nothing"
        icon: "mood-smile"
        text: qsTrId("enrolment.nothing")
        detail: qsTrId("enrolment.nothing_detail")
    }

    Notice {
        objectName: "enrol.no_card"
        visible: root.step === "done" && model.unprintable !== ""
        tone: "gold"
        icon: "printer"
        heading: qsTrId("enrolment.no_card")
        text: qsTrId("enrolment.no_card_done").arg(model.unprintable)
    }

    // There is no paper with it.
    Card {
        Layout.fillWidth: true
        visible: root.step === "done" && model.cardNumber !== ""

        AppText {
            Layout.fillWidth: true
            text: qsTrId("enrolment.card_number")
            color: Theme.colour.inkSoft
        }

        AppText {
            objectName: "enrol.number"
            Layout.fillWidth: true
            text: model.cardNumber
            font.pixelSize: Theme.title
            font.bold: true
            Accessible.ignored: true
        }
    }

    Notice {
        objectName: "enrol.done"
        visible: root.step === "done" && !model.carded
        icon: "circle-check"
        text: qsTrId("enrolment.done")
    }

    Notice {
        objectName: "enrol.hand_over"
        visible: root.step === "done" && model.carded && model.unprintable === ""
        icon: "lock"
        heading: qsTrId("enrolment.hand_over")
        text: qsTrId("enrolment.hand_over_detail")
    }

    PaperProgress {
        objectName: "enrol.paper"
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.step === "done" && paper.following && model.prints
        paper: paper
        tallest: Math.round((root.wide ? 80 : 110) * Theme.mm)
    }

    foot: [
        GridLayout {
            Layout.fillWidth: true
            visible: root.step === "listen"
            columns: root.wide && root.kiosk.reader.there ? 2 : 1
            columnSpacing: Theme.pad
            rowSpacing: Theme.gap
            uniformCellWidths: true

            SecondaryButton {
                objectName: "enrol.read_aloud"
                Layout.fillWidth: true
                visible: root.kiosk.reader.there
                size: Theme.large
                icon: "volume"
                enabled: !root.kiosk.reader.speaking
                text: root.kiosk.reader.speaking ? qsTrId("enrolment.reading") : qsTrId("shell.read_aloud")
                onClicked: root.kiosk.reader.read(listening)
            }

            PrimaryButton {
                objectName: "enrol.listened"
                Layout.fillWidth: true
                enabled: model.heard
                icon: "arrow-right"
                text: model.heard ? qsTrId("enrolment.listened") : qsTrId("enrolment.not_all_yet")
                onClicked: model.goOn()
            }
        },
        PrimaryButton {
            objectName: "enrol.looked"
            Layout.fillWidth: true
            visible: root.step === "sample"
            icon: "arrow-right"
            text: qsTrId("enrolment.to_questions")
            onClicked: model.goOn()
        },
        PrimaryButton {
            objectName: "enrol.next"
            Layout.fillWidth: true
            visible: root.step === "question"
            enabled: model.question.right
            icon: "arrow-right"
            text: qsTrId("enrolment.next")
            onClicked: model.goOn()
        },
        PrimaryButton {
            objectName: "enrol.write"
            weighty: true
            Layout.fillWidth: true
            visible: root.step === "choose"
            enabled: model.allChosen && !model.busy
            icon: "check"
            text: model.allChosen ? qsTrId("enrolment.write") : qsTrId("enrolment.each_one")
            onClicked: model.enrol()
        },
        PrimaryButton {
            objectName: "enrol.to_person"
            Layout.fillWidth: true
            visible: root.step === "done" && model.carded
            icon: "arrow-right"
            text: qsTrId("enrolment.to_person")
            onClicked: root.kiosk.endSession()
        },
        PrimaryButton {
            objectName: "enrol.another"
            Layout.fillWidth: true
            visible: root.closing && !model.carded
            icon: "arrow-right"
            text: qsTrId("enrolment.another")
            onClicked: {
                finding.clear();
                model.another();
            }
        }
    ]

    ConfirmDialog {
        id: newCard

        question: qsTrId("enrolment.card_question")
        explanation: qsTrId("access.card_before_ends")
        yes: qsTrId("enrolment.card_yes")
        no: qsTrId("enrolment.card_no")
        icon: "id"
        onConfirmed: model.newCard()
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
