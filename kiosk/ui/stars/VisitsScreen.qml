pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// Whoever inspects: asked whether they will, whom to visit in walking order, and what was seen.
Page {
    id: root

    // The visit to one's own household, to look at it oneself; 0 for the list.
    property int ownVisit: 0
    readonly property string stage: model.stage
    readonly property var titles: ({
            "page": qsTrId("rounds.visits_title"),
            "score": model.own ? qsTrId("rounds.look_title") : qsTrId("rounds.score_title").arg(model.house),
            "why": qsTrId("rounds.why_title"),
            "done": qsTrId("rounds.done_title")
        })

    title: titles[stage] ?? ""
    filling: stage === "done" || stage === "why"
    ownBack: stage !== "page" && ownVisit === 0
    unfinished: stage === "score"
    onBackPressed: model.back()
    Component.onCompleted: if (ownVisit > 0)
        model.lookOneself(ownVisit)

    VisitsModel {
        id: model

        kiosk: root.kiosk
        onStageChanged: root.scrollUp()
    }

    ErrorBanner {
        text: model.error
    }

    Card {
        objectName: "visits.invited"
        Layout.fillWidth: true
        visible: root.stage === "page" && model.invited && root.ownVisit === 0
        color: Theme.colour.teaSoft

        AppText {
            Layout.fillWidth: true
            text: qsTrId("rounds.invited")
            font.pixelSize: Theme.large
            font.bold: true
        }

        AppText {
            Layout.fillWidth: true
            text: qsTrId("rounds.invited_detail")
        }

        Flow {
            Layout.fillWidth: true
            spacing: Theme.gap

            PrimaryButton {
                objectName: "visits.agree"
                enabled: !model.busy
                icon: "check"
                text: qsTrId("rounds.will_inspect")
                onClicked: model.answerInvitation(true)
            }

            SecondaryButton {
                objectName: "visits.decline"
                enabled: !model.busy
                icon: "x"
                text: qsTrId("rounds.will_not_inspect")
                onClicked: model.answerInvitation(false)
            }
        }
    }

    EmptyState {
        visible: root.stage === "page" && root.ownVisit === 0 && model.there && model.rows.length === 0 && !model.invited
        icon: "walk"
        text: qsTrId("rounds.no_visits")
        detail: qsTrId("rounds.no_visits_detail")
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.stage === "page" && root.ownVisit === 0 && model.rows.length > 0

        Repeater {
            model: model.rows

            ListRow {
                id: row

                required property int index
                required property VisitRow modelData

                objectName: `visits.${index}`
                text: modelData.house
                detail: modelData.detail
                last: index === model.rows.length - 1
                tappable: !modelData.scored
                leading: AppIcon {
                    name: row.modelData.scored ? "circle-check" : "home"
                    colour: row.modelData.scored ? Theme.colour.tea : Theme.colour.inkSoft
                    size: Math.round(1.3 * Theme.large)
                }
                onClicked: if (tappable)
                    model.openVisit(modelData.place)
            }
        }
    }

    Notice {
        visible: root.stage === "score"
        slim: true
        icon: "info-circle"
        text: model.own ? qsTrId("rounds.look_detail") : qsTrId("rounds.score_detail")
    }

    Checklist {
        Layout.fillWidth: true
        visible: root.stage === "score"
        asking: model
    }

    ChoiceStep {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.stage === "why"
        choices: model.why
        named: "visits.why"
        icon: "home"
        before: model.house
        note: qsTrId("rounds.why_detail")
        onChosen: key => model.leave(key)
    }

    EmptyState {
        objectName: "visits.done"
        visible: root.stage === "done"
        icon: "circle-check"
        text: model.own ? qsTrId("rounds.look_done") : qsTrId("rounds.score_done")
        detail: model.own ? qsTrId("rounds.look_done_detail") : qsTrId("rounds.score_done_detail")
    }

    foot: [
        SecondaryButton {
            objectName: "visits.sheets"
            Layout.fillWidth: true
            visible: root.stage === "page" && root.ownVisit === 0 && model.rows.length > 0
            icon: "printer"
            text: qsTrId("sheets.from_visits")
            onClicked: root.kiosk.open("sheets")
        },
        PrimaryButton {
            objectName: "visits.hand_in"
            Layout.fillWidth: true
            visible: root.stage === "score"
            enabled: !model.busy && model.missing === 0
            icon: "check"
            text: model.missing > 0 ? qsTrId("rounds.missing", model.missing).arg(model.missing) : qsTrId("rounds.hand_in")
            onClicked: model.handIn()
        },
        QuietButton {
            objectName: "visits.cannot"
            Layout.fillWidth: true
            visible: root.stage === "score" && !model.own
            icon: "replace"
            text: qsTrId("rounds.cannot")
            onClicked: model.cannot()
        },
        PrimaryButton {
            objectName: "visits.to_list"
            Layout.fillWidth: true
            visible: root.stage === "done"
            icon: "arrow-right"
            text: model.own ? qsTrId("rounds.to_household") : qsTrId("rounds.to_visits")
            onClicked: model.own ? root.kiosk.back() : model.back()
        }
    ]

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
