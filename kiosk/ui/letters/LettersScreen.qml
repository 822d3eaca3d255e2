pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// Letters about oneself: the list, and a new one step by step, seen before it is signed.
Page {
    id: root

    readonly property string stage: model.stage
    property string endingReference
    property bool endingFresh
    readonly property var titles: ({
            "page": qsTrId("letters.title"),
            "facts": qsTrId("letters.choose"),
            "whom": qsTrId("letters.whom"),
            "language": qsTrId("letters.language"),
            "days": qsTrId("letters.days"),
            "see": qsTrId("letters.see"),
            "card": qsTrId("letters.sign_title"),
            "done": qsTrId("letters.signed")
        })

    title: titles[stage] ?? ""
    filling: stage === "card"
    ownBack: stage !== "page"
    unfinished: stage !== "page" && stage !== "done"
    onBackPressed: model.back()

    LettersModel {
        id: model

        kiosk: root.kiosk
        onStageChanged: {
            root.kiosk.putKeyboardAway();
            root.scrollUp();
        }
        onSigned: job => paper.follow(job)
    }

    PaperModel {
        id: paper

        kiosk: root.kiosk
        across: 1400
    }

    ErrorBanner {
        visible: text !== "" && (root.stage !== "card" || !model.hasCard)
        text: model.error
    }

    // The list

    AppText {
        Layout.fillWidth: true
        visible: root.stage === "page" && model.there
        text: qsTrId("letters.lead")
        font.pixelSize: Theme.large
    }

    Notice {
        objectName: "letters.ended"
        visible: root.stage === "page" && model.ended !== "" && model.error === ""
        icon: "circle-check"
        text: model.ended
    }

    Notice {
        objectName: "letters.not_agreed"
        visible: root.stage === "page" && model.there && !model.agreed
        tone: "gold"
        icon: "info-circle"
        heading: qsTrId("letters.not_agreed")
        text: qsTrId("letters.not_agreed_detail")

        SecondaryButton {
            objectName: "letters.consents"
            icon: "chevron-right"
            text: qsTrId("letters.agree")
            onClicked: root.kiosk.open("consents", {})
        }
    }

    LetterList {
        Layout.fillWidth: true
        visible: root.stage === "page" && model.rows.length > 0
        letters: model.rows
        busy: model.busy
        onAgain: reference => model.printAgain(reference)
        onEnding: letter => {
            root.endingReference = letter.reference;
            root.endingFresh = letter.fresh;
            dialog.question = letter.question;
            model.aboutToAnswer();
            dialog.open();
        }
    }

    EmptyState {
        visible: root.stage === "page" && model.agreed && model.rows.length === 0
        icon: "mail"
        text: qsTrId("letters.none")
        detail: qsTrId("letters.none_detail")
    }

    // What it says

    AppText {
        Layout.fillWidth: true
        visible: root.stage === "facts"
        text: model.choosing
        font.pixelSize: Theme.large
    }

    TileGrid {
        Layout.fillWidth: true
        visible: root.stage === "facts"
        narrowest: 120
        most: 2

        Repeater {
            model: model.facts

            Tile {
                required property int index
                required property FactRow modelData

                objectName: `letters.fact.${modelData.key}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: implicitHeight
                beside: true
                slim: true
                role: Accessible.CheckBox
                icon: checked ? "circle-check" : modelData.icon
                text: modelData.text
                checked: modelData.ticked
                onClicked: model.tick(modelData.key)
            }
        }
    }

    // For whom

    TextEntry {
        id: whom

        objectName: "letters.whom"
        Layout.fillWidth: true
        visible: root.stage === "whom"
        label: qsTrId("letters.whom_label")
        hint: qsTrId("letters.whom_hint")
        icon: "mail"
        longest: model.longest
        onAccepted: root.writtenTo()
    }

    AppText {
        Layout.fillWidth: true
        visible: root.stage === "whom"
        text: model.whomDetail
        color: Theme.colour.inkSoft
    }

    ChoiceStep {
        Layout.fillWidth: true
        visible: root.stage === "language" || root.stage === "days"
        choices: model.choices
        named: "letters.choice"
        icon: "mail"
        before: model.count
        onChosen: key => model.choose(key)
    }

    // As it will be

    Rectangle {
        objectName: "letters.picture"
        Layout.alignment: Qt.AlignHCenter
        Layout.preferredWidth: Math.round(Math.min(root.room, 190 * Theme.mm))
        Layout.preferredHeight: Math.round(width * 297 / 210)
        visible: root.stage === "see"
        color: "white"
        border.width: Theme.hairline
        border.color: Theme.colour.edge
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTrId("letters.see_spoken")

        Image {
            anchors.fill: parent
            anchors.margins: Theme.hairline
            source: model.preview
            cache: false
            mipmap: true
            fillMode: Image.PreserveAspectFit
            Accessible.ignored: true
        }
    }

    CardAndPin {
        page: root
        asking: model
        visible: root.stage === "card"
    }

    // Signed

    Notice {
        objectName: "letters.signed"
        visible: root.stage === "done"
        icon: "circle-check"
        heading: model.reference
        text: qsTrId("letters.signed_detail")
    }

    PaperProgress {
        Layout.fillWidth: true
        visible: root.stage === "done"
        paper: paper
    }

    function writtenTo() {
        InputMethod.commit();
        model.forWhom(whom.text);
    }

    foot: [
        PrimaryButton {
            objectName: "letters.new"
            Layout.fillWidth: true
            visible: root.stage === "page" && model.agreed
            enabled: !model.busy
            icon: "plus"
            text: qsTrId("letters.new")
            onClicked: {
                whom.clear();
                model.begin();
            }
        },
        PrimaryButton {
            objectName: "letters.facts_done"
            Layout.fillWidth: true
            visible: root.stage === "facts"
            enabled: model.enough
            icon: "arrow-right"
            text: `${qsTrId("letters.next")} · ${model.count}`
            onClicked: model.ticksDone()
        },
        PrimaryButton {
            objectName: "letters.whom_done"
            Layout.fillWidth: true
            visible: root.stage === "whom"
            icon: "arrow-right"
            text: qsTrId("letters.next")
            onClicked: root.writtenTo()
        },
        PrimaryButton {
            objectName: "letters.sign"
            Layout.fillWidth: true
            visible: root.stage === "see"
            enabled: !model.busy
            icon: "pencil"
            text: qsTrId("letters.sign")
            onClicked: model.sign()
        },
        PrimaryButton {
            objectName: "letters.to_list"
            Layout.fillWidth: true
            visible: root.stage === "done"
            enabled: !model.busy
            icon: "mail"
            text: qsTrId("letters.to_list")
            onClicked: model.toList()
        }
    ]

    ConfirmDialog {
        id: dialog

        question: ""
        explanation: root.endingFresh ? qsTrId("letters.back_detail") : qsTrId("letters.end_detail")
        yes: root.endingFresh ? qsTrId("letters.back_yes") : qsTrId("letters.end_yes")
        no: qsTrId("letters.no")
        icon: root.endingFresh ? "arrow-back-up" : "x"
        onConfirmed: model.end(root.endingReference)
    }

    BusyVeil {
        objectName: "busy"
        parent: root
        busy: model.busy && root.stage !== "card"
        text: qsTrId("shell.wait")
    }
}
