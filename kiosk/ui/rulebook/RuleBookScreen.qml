pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// Officers: changes of the rules, put together, shown, adopted with a second officer, and printed.
Page {
    id: root

    readonly property string stage: model.stage
    // The keys beside what is to be done.
    readonly property bool beside: width > height && room > (170 + 20 * Theme.textStep) * Theme.mm
    readonly property bool choosing: ["offer", "rule", "kind", "area", "reporters", "icon", "points", "ladder", "caps", "reminder", "begins", "days"].includes(stage)
    readonly property bool papered: stage === "proposed" || stage === "printed"
    readonly property var titles: ({
            "page": qsTrId("rule_changes.title"),
            "offer": qsTrId("rule_changes.offer_title"),
            "rule": qsTrId("rule_changes.rule_title"),
            "kind": qsTrId("rule_changes.kind_title"),
            "area": qsTrId("rule_changes.area_title"),
            "title": qsTrId("rule_changes.title_title"),
            "text": qsTrId("rule_changes.text_title"),
            "remedy": qsTrId("rule_changes.remedy_title"),
            "reporters": qsTrId("rule_changes.reporters_title"),
            "icon": qsTrId("rule_changes.icon_title"),
            "points": qsTrId("rule_changes.points_title"),
            "ladder": qsTrId("rule_changes.ladder_title"),
            "caps": qsTrId("rule_changes.caps_title"),
            "reminder": qsTrId("rule_changes.reminder_title"),
            "check": qsTrId("rule_changes.check_title"),
            "proposed": qsTrId("rule_changes.proposed_title"),
            "assembly": qsTrId("rule_changes.assembly_title"),
            "begins": qsTrId("rule_changes.begins_title"),
            "card": model.hasCard ? qsTrId("rule_changes.pin_title") : qsTrId("rule_changes.card_title"),
            "adopted": qsTrId("rule_changes.adopted_title"),
            "days": qsTrId("rule_changes.days_title"),
            "printed": qsTrId("rule_changes.printed_title")
        })
    readonly property var details: ({
            "area": qsTrId("rule_changes.area_detail"),
            "points": qsTrId("rule_changes.points_detail"),
            "ladder": qsTrId("rule_changes.ladder_detail"),
            "caps": qsTrId("rule_changes.caps_detail"),
            "reminder": qsTrId("rule_changes.reminder_detail"),
            "title": qsTrId("rule_changes.title_hint"),
            "text": qsTrId("rule_changes.text_hint"),
            "remedy": qsTrId("rule_changes.remedy_hint"),
            "check": qsTrId("rule_changes.check_detail"),
            "assembly": qsTrId("rule_changes.assembly_detail"),
            "begins": qsTrId("rule_changes.begins_detail")
        })

    title: titles[stage] ?? ""
    filling: stage === "card" || papered || stage === "adopted"
    ownBack: stage !== "page"
    unfinished: stage !== "page" && !papered && stage !== "adopted" && stage !== "days"
    onBackPressed: model.back()

    RuleBookModel {
        id: model

        kiosk: root.kiosk
        onCardChanged: root.scrollUp()
        onStageChanged: {
            root.kiosk.putKeyboardAway();
            if (model.writing)
                written.begin(model.inChinese, model.inEnglish);
            root.scrollUp();
        }
        onPrinting: job => paper.follow(job)
    }

    PaperModel {
        id: paper

        kiosk: root.kiosk
        across: 1000
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
        visible: root.stage === "page" && root.kiosk.official
        tone: "voice"
        icon: "users"
        text: qsTrId("rule_changes.two")
    }

    Changes {
        Layout.fillWidth: true
        visible: root.stage === "page" && model.changes.length > 0
        heading: qsTrId("rule_changes.under_way")
        changes: model.changes
        acting: true
        busy: model.busy
        onDecided: id => model.adopt(id)
        onUndone: id => undoing.ask(id)
        onWithdrawn: id => withdrawing.ask(id)
    }

    Title {
        Layout.fillWidth: true
        visible: rules.visible
        text: qsTrId("rule_changes.in_force")
    }

    RowCard {
        id: rules

        Layout.fillWidth: true
        visible: root.stage === "page" && model.rules.length > 0

        Repeater {
            model: model.rules

            ListRow {
                id: line

                required property int index
                required property RuleRow modelData

                objectName: `rule_book.${modelData.key}`
                tappable: true
                text: modelData.title
                detail: modelData.text
                last: index === model.rules.length - 1
                leading: PointsBadge {
                    points: line.modelData.points
                }
                onClicked: model.open(modelData.key)
            }
        }
    }

    Notice {
        objectName: "rule_book.summary"
        visible: text !== "" && ["rule", "check", "assembly", "begins", "card"].includes(root.stage)
        slim: true
        tone: "gold"
        icon: root.stage === "card" ? "users" : "notebook"
        text: model.summary
    }

    AppText {
        Layout.fillWidth: true
        visible: text !== ""
        text: root.details[root.stage] ?? ""
        font.pixelSize: Theme.large
    }

    Choices {
        Layout.fillWidth: true
        visible: root.choosing
        choices: model.choices
        named: `rule_book.${root.stage}`
        byKey: root.stage !== "begins" && root.stage !== "days"
        narrowest: root.stage === "icon" || root.stage === "points" ? 48 : root.stage === "caps" ? 70 : 100
        most: root.stage === "icon" || root.stage === "points" ? 5 : root.stage === "caps" ? 4 : 2
        onChosen: key => model.choose(key)
    }

    WordsStep {
        id: written

        Layout.fillWidth: true
        visible: model.writing
        several: root.stage !== "title"
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.stage === "check" && model.fields.length > 0

        Repeater {
            model: model.fields

            ListRow {
                required property int index
                required property FieldRow modelData

                objectName: `rule_book.field.${modelData.key}`
                tappable: true
                text: modelData.name
                detail: modelData.value
                last: index === model.fields.length - 1
                onClicked: model.askAgain(modelData.key)
            }
        }
    }

    DayGrid {
        Layout.fillWidth: true
        visible: root.stage === "assembly"
        named: "rule_book"
        weekdays: model.weekdays
        days: model.days
        onChosen: iso => model.chooseDay(iso)
    }

    CardAndPin {
        page: root
        asking: model
        visible: root.stage === "card"
    }

    Outcome {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.papered
        named: "rule_book"
        paper: paper
        wide: root.beside
        tallest: root.free - 2 * root.edge
        detail: root.stage === "proposed" ? model.summary : ""
    }

    EmptyState {
        objectName: "rule_book.adopted"
        visible: root.stage === "adopted"
        icon: "circle-check"
        text: model.summary
        detail: qsTrId("rule_changes.adopted_detail")
    }

    foot: [
        GridLayout {
            Layout.fillWidth: true
            visible: root.stage === "page" && root.kiosk.official
            columns: root.room > (150 + 40 * Theme.textStep) * Theme.mm ? 2 : 1
            columnSpacing: Theme.pad
            rowSpacing: Theme.gap

            PrimaryButton {
                objectName: "rule_book.new"
                Layout.fillWidth: true
                enabled: !model.busy
                icon: "plus"
                text: qsTrId("rule_changes.what_new")
                onClicked: model.begin()
            }

            SecondaryButton {
                objectName: "rule_book.print"
                Layout.fillWidth: true
                size: Theme.large
                enabled: !model.busy
                icon: "printer"
                text: qsTrId("rule_changes.print_book")
                onClicked: model.chooseBook()
            }

            SecondaryButton {
                objectName: "rule_book.checklist"
                Layout.fillWidth: true
                size: Theme.large
                enabled: !model.busy
                icon: "list-check"
                text: qsTrId("rule_changes.checklist")
                onClicked: root.kiosk.open("checklist", {})
            }
        },
        PrimaryButton {
            objectName: "rule_book.go_on"
            Layout.fillWidth: true
            visible: model.writing
            enabled: written.ready && !model.busy
            icon: "arrow-right"
            text: qsTrId("rule_changes.go_on")
            onClicked: model.write(written.chinese, written.english)
        },
        PrimaryButton {
            objectName: "rule_book.propose"
            weighty: true
            Layout.fillWidth: true
            visible: root.stage === "check"
            enabled: !model.busy
            icon: "printer"
            text: qsTrId("rule_changes.propose")
            onClicked: model.propose()
        },
        PrimaryButton {
            objectName: "rule_book.to_list"
            Layout.fillWidth: true
            visible: root.papered || root.stage === "adopted"
            icon: "arrow-right"
            text: qsTrId("rule_changes.to_list")
            onClicked: model.toPage()
        }
    ]

    component Asking: ConfirmDialog {
        id: asking

        property int changeId

        function ask(changeId: int) {
            asking.changeId = changeId;
            open();
        }

        explanation: ""
    }

    Asking {
        id: withdrawing

        question: qsTrId("rule_changes.withdraw_sure")
        yes: qsTrId("rule_changes.withdraw_yes")
        no: qsTrId("rule_changes.withdraw_no")
        onConfirmed: model.withdraw(changeId)
    }

    Asking {
        id: undoing

        question: qsTrId("rule_changes.undo_sure")
        yes: qsTrId("rule_changes.undo_yes")
        no: qsTrId("rule_changes.undo_no")
        onConfirmed: model.undo(changeId)
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
