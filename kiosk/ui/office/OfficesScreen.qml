pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// Who holds which office; giving one, ending one, vouching for a card, with a second officer.
Page {
    id: root

    readonly property string stage: model.stage
    readonly property var titles: ({
            "page": qsTrId("offices.title"),
            "who": qsTrId("offices.who_title"),
            "role": qsTrId("offices.role_title"),
            "reason": qsTrId("offices.reason_title"),
            "day": qsTrId("offices.day_title"),
            "until": qsTrId("offices.until_title"),
            "first": qsTrId("offices.first_title"),
            "last": qsTrId("offices.last_title"),
            "card": model.hasCard ? qsTrId("offices.pin_title") : model.vouching ? qsTrId("offices.vouch_title") : qsTrId("offices.card_title"),
            "done": qsTrId("offices.done_title")
        })

    title: titles[stage] ?? ""
    filling: stage !== "page" && stage !== "who"
    ownBack: stage !== "page" && !model.laidDown
    unfinished: stage !== "page" && stage !== "done"
    onBackPressed: model.back()

    OfficesModel {
        id: model

        kiosk: root.kiosk
        onCardChanged: root.scrollUp()
        onStageChanged: root.scrollUp()
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

    Notice {
        objectName: "offices.too_few"
        visible: root.stage === "page" && model.tooFew !== ""
        tone: "gold"
        icon: "alert-triangle"
        heading: model.tooFew
        text: model.tooFewDetail
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.stage === "page" && model.rows.length > 0

        Repeater {
            model: model.rows

            ListRow {
                id: row

                required property int index
                required property OfficeRow modelData

                objectName: `offices.${index}`
                text: modelData.name
                aside: modelData.role
                detail: modelData.detail
                last: index === model.rows.length - 1
                leading: AppIcon {
                    name: row.modelData.icon
                    colour: row.modelData.held ? Theme.colour.tea : Theme.colour.inkSoft
                    size: Math.round(1.3 * Theme.large)
                }

                SecondaryButton {
                    objectName: `offices.vouch.${row.index}`
                    visible: row.modelData.vouches
                    enabled: !model.busy
                    icon: "shield-check"
                    text: qsTrId("offices.vouch")
                    onClicked: model.vouchFor(row.modelData.place)
                }

                QuietButton {
                    objectName: `offices.pause.${row.index}`
                    visible: row.modelData.pauses
                    enabled: !model.busy
                    icon: "player-pause"
                    text: qsTrId("offices.pause")
                    onClicked: model.pauseOffice(row.modelData.place)
                }

                SecondaryButton {
                    objectName: `offices.return.${row.index}`
                    visible: row.modelData.returns
                    enabled: !model.busy
                    icon: "arrow-back-up"
                    text: qsTrId("offices.return")
                    onClicked: model.bringBack(row.modelData.place)
                }

                QuietButton {
                    objectName: `offices.end.${row.index}`
                    visible: row.modelData.ends
                    enabled: !model.busy
                    icon: "door-exit"
                    text: row.modelData.endText
                    onClicked: model.endOffice(row.modelData.place)
                }
            }
        }
    }

    Notice {
        visible: root.stage === "page" && root.kiosk.official
        tone: "voice"
        icon: "users"
        text: qsTrId("offices.two")
    }

    FindPerson {
        id: finding

        Layout.fillWidth: true
        visible: root.stage === "who"
        kiosk: root.kiosk
        prefix: "offices."
        label: qsTrId("enrolment.search")
        hint: qsTrId("enrolment.search_hint")
        begin: qsTrId("offices.begin")
        beginDetail: qsTrId("offices.begin_detail")
        nobody: qsTrId("enrolment.nobody")
        nobodyDetail: qsTrId("enrolment.nobody_detail")
        onChosen: id => model.choosePerson(id)
    }

    ChoiceStep {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: ["role", "reason", "until"].includes(root.stage)
        choices: model.choices
        named: `offices.${root.stage}`
        icon: "user"
        before: model.person
        onChosen: key => model.choose(key)
    }

    AppText {
        Layout.fillWidth: true
        visible: root.stage === "day"
        text: qsTrId("offices.day_detail")
        font.pixelSize: Theme.large
    }

    MonthTurn {
        Layout.fillWidth: true
        visible: root.stage === "first" || root.stage === "last"
        named: "offices"
        month: model.month
        onTurned: months => model.turn(months)
    }

    DayGrid {
        Layout.fillWidth: true
        visible: ["day", "first", "last"].includes(root.stage)
        named: "offices"
        weekdays: model.weekdays
        days: model.days
        onChosen: iso => model.chooseDay(iso)
    }

    Notice {
        objectName: "offices.summary"
        visible: root.stage === "card"
        slim: true
        tone: "gold"
        icon: model.vouching ? "shield-check" : "users"
        text: model.summary
    }

    CardAndPin {
        page: root
        asking: model
        visible: root.stage === "card"
    }

    EmptyState {
        objectName: "offices.done"
        visible: root.stage === "done"
        icon: "circle-check"
        text: model.summary
        detail: model.vouching ? qsTrId("offices.done_vouched") : qsTrId("offices.done_detail")
    }

    foot: [
        PrimaryButton {
            objectName: "offices.appoint"
            Layout.fillWidth: true
            visible: root.stage === "page" && root.kiosk.official
            enabled: !model.busy
            icon: "user-plus"
            text: qsTrId("offices.appoint")
            onClicked: {
                finding.clear();
                model.begin();
            }
        },
        PrimaryButton {
            objectName: "offices.to_list"
            Layout.fillWidth: true
            visible: root.stage === "done"
            icon: "arrow-right"
            text: model.laidDown ? qsTrId("offices.to_start") : qsTrId("offices.to_list")
            onClicked: model.laidDown ? root.kiosk.endSession() : model.back()
        }
    ]

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
