pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// A round of stars for officers: opened by two, drawn by lot, how it stands as counts, and its end.
Page {
    id: root

    readonly property string stage: model.stage
    readonly property var titles: ({
            "page": qsTrId("rounds.title"),
            "card": model.hasCard ? qsTrId("offices.pin_title") : qsTrId("offices.card_title"),
            "missing": qsTrId("rounds.missing_title"),
            "why": qsTrId("rounds.why_title"),
            "tell": qsTrId("rounds.tell_title")
        })

    title: titles[stage] ?? ""
    filling: stage === "card" || stage === "why"
    ownBack: stage !== "page"
    unfinished: stage === "card"
    onBackPressed: model.back()

    RoundsModel {
        id: model

        kiosk: root.kiosk
        onCardChanged: root.scrollUp()
        onStageChanged: root.scrollUp()
    }

    EmptyState {
        visible: !root.kiosk.official
        icon: "walk"
        text: qsTrId("staff.officials_only")
        detail: qsTrId("staff.officials_only_detail")
    }

    ErrorBanner {
        visible: text !== "" && !(root.stage === "card" && model.hasCard)
        text: model.error
    }

    Notice {
        objectName: "rounds.state"
        visible: root.stage === "page" && model.there
        icon: "calendar-event"
        heading: model.quarter
        text: !model.underWay ? (model.mayOpen ? qsTrId("rounds.may_open") : qsTrId("rounds.not_yet")) : model.drawn ? qsTrId("rounds.walks") : qsTrId("rounds.invites")
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.stage === "page" && model.counts.length > 0

        Repeater {
            model: model.counts

            ListRow {
                id: row

                required property int index
                required property CountRow modelData

                text: modelData.text
                last: index === model.counts.length - 1
                spoken: `${modelData.text}. ${modelData.count}`
                leading: AppIcon {
                    name: row.modelData.icon
                    colour: Theme.colour.tea
                    size: Math.round(1.3 * Theme.large)
                }

                AppText {
                    text: row.modelData.count
                    font.pixelSize: Theme.large
                    font.bold: true
                }
            }
        }
    }

    SecondaryButton {
        objectName: "rounds.to_missing"
        Layout.maximumWidth: root.room
        visible: root.stage === "page" && model.missing.length > 0
        icon: "list-check"
        text: qsTrId("rounds.show_missing", model.missing.length).arg(model.missing.length)
        onClicked: model.showMissing()
    }

    SecondaryButton {
        objectName: "rounds.to_tell"
        Layout.maximumWidth: root.room
        visible: root.stage === "page" && model.toTell.length > 0
        icon: "mail"
        text: qsTrId("rounds.show_to_tell", model.toTell.length).arg(model.toTell.length)
        onClicked: model.showToTell()
    }

    SecondaryButton {
        objectName: "rounds.close"
        Layout.maximumWidth: root.room
        visible: root.stage === "page" && model.underWay
        icon: "player-stop"
        text: qsTrId("rounds.close")
        onClicked: closing.open()
    }

    SecondaryButton {
        objectName: "rounds.mine"
        Layout.maximumWidth: root.room
        visible: root.stage === "page" && model.drawn
        icon: "walk"
        text: qsTrId("rounds.mine")
        onClicked: root.kiosk.open("visits", {})
    }

    SecondaryButton {
        objectName: "rounds.fair"
        Layout.maximumWidth: root.room
        visible: root.stage === "page" && model.opens
        icon: "scale"
        text: qsTrId("rounds.fair")
        onClicked: root.kiosk.open("fairness", {})
    }

    EmptyState {
        visible: root.stage === "tell" && model.toTell.length === 0
        icon: "circle-check"
        text: qsTrId("rounds.all_told")
        detail: qsTrId("rounds.all_told_detail")
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.stage === "tell" && model.toTell.length > 0

        Repeater {
            model: model.toTell

            ListRow {
                id: home

                required property int index
                required property HomeToTellRow modelData

                text: modelData.house
                detail: modelData.detail
                last: index === model.toTell.length - 1

                QuietButton {
                    objectName: `rounds.print.${home.index}`
                    enabled: !model.busy
                    icon: "printer"
                    text: qsTrId("rounds.print_slip")
                    onClicked: model.printSlip(home.modelData.place)
                }

                SecondaryButton {
                    objectName: `rounds.handed.${home.index}`
                    enabled: !model.busy
                    icon: "check"
                    text: qsTrId("rounds.handed_over")
                    onClicked: model.handedOver(home.modelData.place)
                }
            }
        }
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.stage === "missing" && model.missing.length > 0

        Repeater {
            model: model.missing

            ListRow {
                id: look

                required property int index
                required property MissingLookRow modelData

                text: modelData.house
                detail: modelData.name
                last: index === model.missing.length - 1

                QuietButton {
                    objectName: `rounds.give.${look.index}`
                    enabled: !model.busy
                    icon: "replace"
                    text: qsTrId("rounds.give")
                    onClicked: model.give(look.modelData.place)
                }
            }
        }
    }

    ChoiceStep {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.stage === "why"
        choices: model.why
        named: "rounds.why"
        icon: "home"
        before: model.chosenHouse
        note: qsTrId("rounds.why_detail")
        onChosen: key => model.giveFor(key)
    }

    Notice {
        objectName: "rounds.summary"
        visible: root.stage === "card"
        slim: true
        tone: "gold"
        icon: "users"
        text: qsTrId("rounds.open_summary").arg(model.quarter)
    }

    CardAndPin {
        page: root
        asking: model
        visible: root.stage === "card"
    }

    foot: [
        PrimaryButton {
            objectName: "rounds.open"
            Layout.fillWidth: true
            visible: root.stage === "page" && model.mayOpen
            enabled: !model.busy
            icon: "plus"
            text: qsTrId("rounds.open")
            onClicked: model.open()
        },
        PrimaryButton {
            objectName: "rounds.draw"
            Layout.fillWidth: true
            visible: root.stage === "page" && model.underWay && !model.drawn
            enabled: !model.busy
            icon: "users-group"
            text: qsTrId("rounds.draw")
            onClicked: drawing.open()
        }
    ]

    ConfirmDialog {
        id: drawing

        question: qsTrId("rounds.draw_question")
        explanation: qsTrId("rounds.draw_explanation")
        yes: qsTrId("rounds.draw_yes")
        no: qsTrId("rounds.draw_no")
        icon: "users-group"
        onConfirmed: model.draw()
    }

    ConfirmDialog {
        id: closing

        careful: model.missingVisits > 0
        question: qsTrId("rounds.close_question")
        explanation: model.missingVisits > 0 ? qsTrId("rounds.close_missing", model.missingVisits).arg(model.missingVisits) : qsTrId("rounds.close_explanation")
        yes: qsTrId("rounds.close_yes")
        no: qsTrId("rounds.close_no")
        icon: "player-stop"
        onConfirmed: model.close()
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
