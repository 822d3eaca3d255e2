pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// The register desk: find a household, open it for a purpose, and write down what happens in it.
Page {
    id: root

    // A household to begin with, where another page found it.
    property int householdId
    readonly property string stage: model.stage
    readonly property bool picking: ["purpose", "from", "who", "head", "kin_who"].includes(stage)
    readonly property var titles: ({
            "page": qsTrId("register.title"),
            "purpose": qsTrId("register.purpose_title"),
            "home": model.page.title,
            "from": qsTrId("register.from_title"),
            "who": model.asksWho,
            "newcomer": model.asksName,
            "person": qsTrId("register.person_title"),
            "where": qsTrId("register.where_title"),
            "door": qsTrId("register.door_title"),
            "head": qsTrId("register.head_title"),
            "sure": qsTrId("register.sure_title"),
            "card": model.relating ? qsTrId("register.kin_card_title") : model.hasCard ? qsTrId("register.pin_title") : qsTrId("register.card_title"),
            "done": qsTrId("register.done_title"),
            "cases": model.pastTitle,
            "kin_who": qsTrId("register.kin_who_title"),
            "kin": qsTrId("register.kin_title")
        })

    title: titles[stage] ?? ""
    filling: picking || stage === "card" || stage === "done"
    ownBack: stage !== "page"
    unfinished: !["page", "purpose", "home", "cases", "done"].includes(stage)
    onBackPressed: model.back()
    Component.onCompleted: {
        if (householdId > 0)
            model.find(householdId);
    }

    RegisterModel {
        id: model

        kiosk: root.kiosk
        onCardChanged: root.scrollUp()
        onStageChanged: {
            root.kiosk.putKeyboardAway();
            root.scrollUp();
        }
    }

    Connections {
        target: root.kiosk

        function onCardScanned(card: string) {
            if (root.stage === "page")
                model.findByCard(card);
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

    FindHousehold {
        id: finding

        Layout.fillWidth: true
        visible: root.stage === "page" && root.kiosk.official
        kiosk: root.kiosk
        prefix: "register."
        begin: model.pending.length > 0 ? "" : qsTrId("register.begin")
        beginDetail: qsTrId("register.begin_detail")
        onChosen: id => model.find(id)
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.stage === "page" && model.pending.length > 0

        Repeater {
            model: model.pending

            ListRow {
                id: waits

                required property int index
                required property LifeRow modelData

                objectName: `register.waits.${index}`
                text: modelData.text
                detail: modelData.detail
                last: index === model.pending.length - 1
                leading: AppIcon {
                    name: waits.modelData.waits ? "hourglass" : "info-circle"
                    colour: Theme.colour.tea
                    size: Math.round(1.3 * Theme.large)
                }

                QuietButton {
                    objectName: `register.take_back.${waits.index}`
                    visible: waits.modelData.waits
                    enabled: !model.busy
                    icon: "arrow-back-up"
                    text: qsTrId("register.take_back")
                    onClicked: model.takeBack(waits.index)
                }

                QuietButton {
                    objectName: `register.open.${waits.index}`
                    visible: waits.modelData.householdId > 0
                    icon: "arrow-right"
                    text: qsTrId("register.open_again")
                    onClicked: model.find(waits.modelData.householdId)
                }
            }
        }
    }

    HouseholdCards {
        Layout.fillWidth: true
        visible: root.stage === "home"
        desk: model
        onAsk: root.kiosk.open("enrolment")
        onCard: id => root.kiosk.open("cards", {
                "residentId": id
            })
        onAct: key => {
            entry.clear();
            model.choose(key);
        }
    }

    AppText {
        Layout.fillWidth: true
        visible: text !== ""
        text: model.note
        font.pixelSize: Theme.large
    }

    EmptyState {
        visible: root.stage === "cases" && model.past.length === 0
        icon: "circle-check"
        text: qsTrId("register.no_cases")
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.stage === "cases" && model.past.length > 0

        Repeater {
            model: model.past

            ListRow {
                required property int index
                required property PastCaseRow modelData

                objectName: `register.case.${index}`
                text: modelData.text
                detail: modelData.detail
                tappable: true
                last: index === model.past.length - 1
                onClicked: root.kiosk.open("case", {
                    "caseId": modelData.caseId,
                    "asked": true
                })
            }
        }
    }

    Choices {
        Layout.fillWidth: true
        visible: root.picking
        choices: model.choices
        named: `register.${root.stage}`
        onChosen: key => model.choose(key)
    }

    Item {
        Layout.fillHeight: true
        visible: root.picking
    }

    NewcomerStep {
        id: entry

        Layout.fillWidth: true
        visible: root.stage === "newcomer" || root.stage === "door"
        door: root.stage === "door"
        mayStay: model.mayStay
        named: !model.unnamed
    }

    FindPerson {
        id: person

        Layout.fillWidth: true
        visible: root.stage === "person" || root.stage === "kin"
        kiosk: root.kiosk
        prefix: "whom."
        label: qsTrId("enrolment.search")
        hint: qsTrId("enrolment.search_hint")
        begin: root.stage === "kin" ? qsTrId("register.kin_begin") : qsTrId("register.person_begin")
        beginDetail: root.stage === "kin" ? qsTrId("register.kin_begin_detail") : qsTrId("register.person_begin_detail")
        nobody: qsTrId("enrolment.nobody")
        nobodyDetail: qsTrId("enrolment.nobody_detail")
        onVisibleChanged: clear()
        onChosen: id => model.takePerson(id)
    }

    FindHousehold {
        Layout.fillWidth: true
        visible: root.stage === "where"
        kiosk: root.kiosk
        prefix: "there."
        begin: qsTrId("register.where_begin")
        beginDetail: qsTrId("register.where_begin_detail")
        nobodyDetail: qsTrId("register.where_begin_detail")
        onVisibleChanged: clear()
        onChosen: id => model.comeTo(id)
    }

    ChangeCards {
        Layout.fillWidth: true
        visible: root.stage === "sure"
        kind: model.kind
        changes: model.changes
        stays: model.stays
    }

    Notice {
        visible: root.stage === "card"
        slim: true
        tone: "gold"
        icon: "users"
        text: model.relating ? qsTrId("register.kin_card_note") : qsTrId("register.card_note")
    }

    CardAndPin {
        page: root
        asking: model
        visible: root.stage === "card"
    }

    EmptyState {
        objectName: "register.done"
        visible: root.stage === "done"
        icon: "circle-check"
        text: model.summary
        detail: qsTrId("register.written_detail")
    }

    foot: [
        SecondaryButton {
            objectName: "register.doctor"
            Layout.fillWidth: true
            visible: root.stage === "page" && root.kiosk.official
            icon: "list-check"
            text: qsTrId("register.doctor")
            onClicked: root.kiosk.open("register_doctor")
        },
        PrimaryButton {
            objectName: "register.next"
            Layout.fillWidth: true
            visible: model.several || entry.visible
            enabled: !model.busy && (entry.visible ? entry.ready : model.chosen)
            icon: "arrow-right"
            text: qsTrId("register.next")
            onClicked: {
                InputMethod.commit();
                if (root.stage === "newcomer")
                    model.newcomer(entry.name, entry.bornOn);
                else if (root.stage === "door")
                    model.behind(entry.plate);
                else
                    model.goOn();
            }
        },
        SecondaryButton {
            objectName: "register.to_door"
            Layout.fillWidth: true
            visible: root.stage === "where" && !model.toAHousehold
            icon: "home"
            text: qsTrId("register.to_door")
            onClicked: model.toDoor()
        },
        PrimaryButton {
            objectName: "register.write"
            weighty: true
            Layout.fillWidth: true
            visible: root.stage === "sure"
            enabled: !model.busy
            icon: "check"
            text: qsTrId("register.write")
            onClicked: model.writeDown()
        },
        GridLayout {
            Layout.fillWidth: true
            visible: root.stage === "done"
            columns: list.implicitWidth + undo.implicitWidth + columnSpacing > root.room ? 1 : 2
            columnSpacing: Theme.gap
            rowSpacing: Theme.gap
            uniformCellWidths: true

            PrimaryButton {
                id: list

                objectName: "register.to_list"
                Layout.fillWidth: true
                icon: "arrow-right"
                text: qsTrId("register.to_list")
                onClicked: {
                    finding.clear();
                    model.back();
                }
            }

            SecondaryButton {
                id: undo

                objectName: "register.take_back"
                Layout.fillWidth: true
                enabled: !model.busy
                size: Theme.large
                icon: "arrow-back-up"
                text: qsTrId("register.take_back")
                onClicked: {
                    finding.clear();
                    model.takeBackThis();
                }
            }
        }
    ]

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
