pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// The office's day: one thing counted after the other, then opened, or closed with a second card.
Page {
    id: root

    readonly property string stage: model.stage
    readonly property bool wide: width > height
    readonly property var titles: ({
            "page": qsTrId("workday.title"),
            "count": model.words.question,
            "why": qsTrId("workday.why_title"),
            "review": qsTrId("workday.review_title"),
            "card": model.hasCard ? qsTrId("workday.pin_title") : qsTrId("workday.card_title")
        })

    title: titles[stage] ?? ""
    filling: stage === "card" || stage === "why"
    ownBack: stage !== "page"
    unfinished: stage !== "page"
    onBackPressed: model.back()

    WorkdayModel {
        id: model

        kiosk: root.kiosk
        onCardChanged: root.scrollUp()
        onStageChanged: {
            pad.clear();
            root.scrollUp();
        }
        onClosed: job => paper.follow(job)
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

    ErrorBanner {
        visible: text !== "" && !(root.stage === "card" && model.hasCard)
        text: model.error !== "" ? model.error : paper.error
    }

    Notice {
        objectName: "workday.done"
        visible: root.stage === "page" && text !== ""
        icon: "circle-check"
        text: model.words.done
    }

    PaperProgress {
        Layout.fillWidth: true
        visible: root.stage === "page" && paper.following
        paper: paper
        tallest: Math.round(110 * Theme.mm)
    }

    Notice {
        objectName: "workday.left_open"
        visible: root.stage === "page" && text !== ""
        tone: "gold"
        icon: "moon"
        text: model.words.leftOpen
    }

    Notice {
        objectName: "workday.state"
        visible: root.stage === "page" && model.there
        icon: model.mayClose ? "sunrise" : "door-exit"
        heading: model.words.heading
        text: model.words.detail
    }

    SecondaryButton {
        objectName: "workday.take_back"
        Layout.fillWidth: true
        visible: root.stage === "page" && model.mayTakeBack
        enabled: !model.busy
        icon: "arrow-back-up"
        text: qsTrId("workday.take_back")
        onClicked: takingBack.open()
    }

    SecondaryButton {
        objectName: "workday.to_waits"
        Layout.fillWidth: true
        visible: root.stage === "page" && text !== ""
        icon: "list-check"
        text: model.words.waits
        onClicked: root.kiosk.open("today")
    }

    Notice {
        visible: root.stage === "page" && model.there && model.words.waits === ""
        slim: true
        tone: "voice"
        icon: "circle-check"
        text: qsTrId("workday.nothing_waits")
    }

    Title {
        Layout.fillWidth: true
        visible: root.stage === "page" && model.rows.length > 0
        text: qsTrId("workday.counted_title")
    }

    AppText {
        Layout.fillWidth: true
        visible: root.stage === "review"
        text: qsTrId("workday.review_hint")
        font.pixelSize: Theme.large
    }

    RowCard {
        Layout.fillWidth: true
        visible: (root.stage === "page" || root.stage === "review") && model.rows.length > 0

        Repeater {
            model: model.rows

            ListRow {
                id: row

                required property int index
                required property CountedRow modelData

                objectName: `workday.row.${index}`
                text: modelData.name
                detail: modelData.detail
                spoken: `${modelData.name}. ${modelData.number}. ${modelData.detail}`
                tappable: root.stage === "review"
                last: index === model.rows.length - 1
                onClicked: model.countAgain(modelData.place)

                AppText {
                    text: row.modelData.number
                    font.pixelSize: Theme.large
                    font.bold: true
                }
            }
        }
    }

    GridLayout {
        Layout.fillWidth: true
        visible: root.stage === "count"
        columns: root.wide ? 2 : 1
        columnSpacing: Theme.margin
        rowSpacing: Theme.pad

        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 10
            Layout.alignment: Qt.AlignVCenter
            spacing: Theme.pad

            Chip {
                tone: "tea"
                icon: "list-check"
                text: model.words.step
            }

            AppText {
                Layout.fillWidth: true
                text: model.words.before
                font.pixelSize: Theme.large
            }

            SecondaryButton {
                objectName: "workday.as_before"
                Layout.fillWidth: true
                visible: text !== ""
                enabled: !model.busy
                icon: "check"
                text: model.words.asBefore
                onClicked: model.asBefore()
            }
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 10
            spacing: Theme.pad

            AppText {
                id: shown

                objectName: "workday.typed"
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                text: pad.typed === "" ? "–" : pad.typed
                color: Theme.colour.tea
                font.pixelSize: Theme.figure
                font.bold: true
            }

            NumberPad {
                id: pad

                objectName: "workday.pad"
                Layout.alignment: Qt.AlignHCenter
                focus: root.stage === "count"
                digits: 5
                secret: false
                label: qsTrId("workday.pad")
                deleteText: qsTrId("workday.delete")
                tallest: root.wide ? root.free - shown.height - 3 * Theme.pad : 0
            }
        }
    }

    ChoiceStep {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.stage === "why"
        choices: model.why
        named: "workday.why"
        icon: "pencil"
        before: model.words.question
        note: model.words.why
        onChosen: key => model.choose(key)
    }

    Notice {
        objectName: "workday.sign"
        visible: root.stage === "card"
        slim: true
        tone: "gold"
        icon: "users"
        text: model.words.sign
    }

    CardAndPin {
        page: root
        asking: model
        visible: root.stage === "card"
    }

    foot: [
        PrimaryButton {
            objectName: "workday.next"
            Layout.fillWidth: true
            visible: root.stage === "count"
            enabled: !model.busy && pad.typed !== ""
            icon: "arrow-right"
            text: qsTrId("workday.next")
            onClicked: model.count(pad.typed)
        },
        PrimaryButton {
            objectName: "workday.write"
            Layout.fillWidth: true
            weighty: !model.closing
            visible: root.stage === "review"
            enabled: !model.busy
            icon: "check"
            text: model.closing ? qsTrId("workday.to_sign") : qsTrId("workday.write_open")
            onClicked: model.write()
        },
        PrimaryButton {
            objectName: "workday.close"
            Layout.fillWidth: true
            visible: root.stage === "page" && model.mayClose
            enabled: !model.busy
            icon: "door-exit"
            text: qsTrId("workday.close")
            onClicked: model.begin(true)
        },
        PrimaryButton {
            objectName: "workday.open"
            Layout.fillWidth: true
            visible: root.stage === "page" && model.mayOpen
            enabled: !model.busy
            icon: "sunrise"
            text: qsTrId("workday.open")
            onClicked: model.begin(false)
        }
    ]

    ConfirmDialog {
        id: takingBack

        icon: "arrow-back-up"
        question: qsTrId("workday.take_back_question")
        explanation: qsTrId("workday.take_back_detail")
        yes: qsTrId("workday.take_back")
        no: qsTrId("workday.take_back_no")
        onConfirmed: model.takeBack()
    }

    BusyVeil {
        objectName: "busy"
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
