pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// Cards at the desk: find the person, see how their card stands, and do one thing about it.
Page {
    id: root

    // Who was chosen on another screen; 0 where nobody was.
    property int residentId: 0
    readonly property bool wide: width > height && room > (190 + 70 * Theme.textStep) * Theme.mm
    readonly property string stage: model.stage
    readonly property var titles: ({
            "page": qsTrId("cards.title"),
            "person": qsTrId("cards.person_title"),
            "card": model.hasCard ? qsTrId("cards.pin_title") : qsTrId("cards.card_title"),
            "hold": qsTrId("cards.card_title"),
            "foreign": qsTrId("cards.foreign_title"),
            "done": qsTrId("cards.done_title")
        })

    title: titles[stage] ?? ""
    filling: stage !== "page"
    ownBack: stage !== "page" && !(stage === "person" && residentId > 0)
    unfinished: stage === "card" || stage === "hold" || stage === "foreign"
    onBackPressed: model.back()
    Component.onCompleted: if (residentId > 0)
        model.choosePerson(residentId)

    CardsModel {
        id: model

        kiosk: root.kiosk
        onStageChanged: {
            if (root.stage === "page")
                finding.clear();
            root.scrollUp();
        }
        onCardChanged: root.scrollUp()
        onAsksFirst: sure.open()
        onCardQueued: job => paper.follow(job)
    }

    PaperModel {
        id: paper

        kiosk: root.kiosk
    }

    Connections {
        target: root.kiosk

        function onCardScanned(card: string) {
            if (root.stage === "page")
                model.findByCard(card);
            else if (root.stage === "foreign")
                model.takeForeign(card);
        }
        function onNoteScanned(note: string) {
            if (root.stage === "foreign")
                model.heldUpOurs();
        }
        function onNothingScanned() {
            if (root.stage === "foreign")
                model.heldUpNothing();
        }
    }

    EmptyState {
        visible: !root.kiosk.official
        icon: "id"
        text: qsTrId("staff.officials_only")
        detail: qsTrId("staff.officials_only_detail")
    }

    ErrorBanner {
        visible: text !== "" && !(root.stage === "card" && model.hasCard)
        text: model.error
    }

    FindPerson {
        id: finding

        Layout.fillWidth: true
        visible: root.kiosk.official && root.stage === "page"
        kiosk: root.kiosk
        prefix: "cards."
        label: qsTrId("enrolment.search")
        hint: qsTrId("enrolment.search_hint")
        begin: qsTrId("cards.begin")
        beginDetail: qsTrId("cards.begin_detail")
        beginIcon: "id"
        nobody: qsTrId("enrolment.nobody")
        nobodyDetail: qsTrId("enrolment.nobody_detail")
        onChosen: id => model.choosePerson(id)
    }

    AppText {
        objectName: "cards.name"
        Layout.fillWidth: true
        visible: root.stage === "person" && text !== ""
        text: model.page.name
        font.pixelSize: Theme.large
        font.bold: true
    }

    Notice {
        objectName: "cards.state"
        Layout.fillWidth: true
        visible: root.stage === "person" && model.page.name !== ""
        slim: true
        tone: model.page.stopped ? "gold" : "tea"
        icon: model.page.icon
        heading: model.page.heading
        text: model.page.detail
    }

    Choices {
        Layout.fillWidth: true
        visible: root.stage === "person"
        enabled: !model.busy
        choices: model.ways
        named: "cards.way"
        byKey: true
        onChosen: key => model.choose(key)
    }

    Notice {
        objectName: "cards.hold"
        visible: root.stage === "card" || root.stage === "hold"
        slim: true
        tone: "gold"
        icon: "id"
        text: model.holdNote
    }

    CardAndPin {
        page: root
        asking: model
        visible: root.stage === "card" || root.stage === "hold"
    }

    Card {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.stage === "foreign"
        padding: Math.round(1.6 * Theme.pad)

        HoldCard {
            Layout.alignment: Qt.AlignHCenter
            frame: Math.round(Math.min(60 * Theme.mm, 0.3 * root.free))
        }

        Title {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: model.holdNote
            color: Theme.colour.tea
        }

        AppText {
            objectName: "cards.foreign"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTrId("cards.foreign_detail")
        }
    }

    Notice {
        objectName: "cards.done"
        visible: root.stage === "done"
        icon: model.forHolder ? "lock" : "circle-check"
        heading: model.done
        text: model.doneDetail
    }

    // It stands on no card of ours.
    Card {
        Layout.fillWidth: true
        visible: root.stage === "done" && model.cardNumber !== ""

        AppText {
            Layout.fillWidth: true
            text: qsTrId("enrolment.card_number")
            color: Theme.colour.inkSoft
        }

        AppText {
            objectName: "cards.number"
            Layout.fillWidth: true
            text: model.cardNumber
            font.pixelSize: Theme.title
            font.bold: true
            Accessible.ignored: true
        }
    }

    PaperProgress {
        objectName: "cards.paper"
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.stage === "done" && paper.following && model.prints
        paper: paper
        tallest: Math.round((root.wide ? 80 : 110) * Theme.mm)
    }

    foot: [
        PrimaryButton {
            objectName: "cards.to_person"
            Layout.fillWidth: true
            visible: root.stage === "done" && model.forHolder
            icon: "arrow-right"
            text: qsTrId("enrolment.to_person")
            onClicked: root.kiosk.endSession()
        },
        PrimaryButton {
            objectName: "cards.another"
            Layout.fillWidth: true
            visible: root.stage === "done" && !model.forHolder
            icon: "arrow-right"
            text: qsTrId("enrolment.another")
            onClicked: model.another()
        }
    ]

    ConfirmDialog {
        id: sure

        question: model.question
        explanation: model.explanation
        yes: model.yes
        no: qsTrId("cards.not_now")
        icon: "id"
        onConfirmed: model.confirm()
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
