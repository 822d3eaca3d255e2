pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// Officers: what inspectors look at, changed line by line, proposed like a rule, and printed.
Page {
    id: root

    readonly property string stage: model.stage
    readonly property bool papered: stage === "proposed" || stage === "printed"
    readonly property bool beside: width > height && room > (170 + 20 * Theme.textStep) * Theme.mm
    readonly property var titles: ({
            "page": qsTrId("rule_changes.lists_title"),
            "list": qsTrId("rule_changes.list_title"),
            "item": qsTrId("rule_changes.item_title"),
            "words": qsTrId("rule_changes.item_words_title"),
            "check": qsTrId("rule_changes.lists_check_title"),
            "proposed": qsTrId("rule_changes.proposed_title"),
            "versions": qsTrId("rule_changes.lists_versions_title"),
            "printed": qsTrId("rule_changes.printed_title")
        })
    readonly property var details: ({
            "page": qsTrId("rule_changes.lists_detail"),
            "words": qsTrId("rule_changes.item_words_detail"),
            "check": qsTrId("rule_changes.check_detail")
        })

    title: titles[stage] ?? ""
    filling: papered
    ownBack: stage !== "page"
    unfinished: ["list", "item", "words", "check"].includes(stage)
    onBackPressed: model.back()

    ChecklistModel {
        id: model

        kiosk: root.kiosk
        onStageChanged: {
            root.kiosk.putKeyboardAway();
            if (root.stage === "words")
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
        text: model.error !== "" ? model.error : paper.error
    }

    AppText {
        Layout.fillWidth: true
        visible: text !== "" && root.kiosk.official
        text: root.details[root.stage] ?? ""
        font.pixelSize: Theme.large
    }

    Notice {
        visible: root.stage === "page" && model.waits
        tone: "voice"
        icon: "users"
        text: qsTrId("rule_changes.lists_waits")
    }

    Notice {
        objectName: "checklist.summary"
        visible: text !== "" && ["list", "item", "words", "check"].includes(root.stage)
        slim: true
        tone: "gold"
        icon: "list-check"
        text: model.summary
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.stage === "list" && model.items.length > 0

        Repeater {
            model: model.items

            ListRow {
                required property int index
                required property ItemRow modelData

                objectName: `checklist.item.${index}`
                tappable: true
                text: modelData.text
                detail: modelData.dimension
                last: index === model.items.length - 1
                onClicked: model.open(modelData.place)
            }
        }
    }

    Choices {
        Layout.fillWidth: true
        visible: ["page", "list", "item", "versions"].includes(root.stage) && (root.stage !== "page" || !model.waits)
        choices: model.choices
        named: `checklist.${root.stage}`
        byKey: root.stage !== "versions"
        onChosen: key => model.choose(key)
    }

    WordsStep {
        id: written

        Layout.fillWidth: true
        visible: root.stage === "words"
    }

    Outcome {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.papered
        named: "checklist"
        paper: paper
        wide: root.beside
        tallest: root.free - 2 * root.edge
        detail: root.stage === "proposed" ? model.summary : ""
    }

    foot: [
        SecondaryButton {
            objectName: "checklist.print"
            Layout.fillWidth: true
            visible: root.stage === "page" && root.kiosk.official
            enabled: !model.busy
            icon: "printer"
            text: qsTrId("rule_changes.lists_print")
            onClicked: model.chooseVersion()
        },
        PrimaryButton {
            objectName: "checklist.check"
            Layout.fillWidth: true
            visible: root.stage === "list"
            enabled: !model.busy
            icon: "arrow-right"
            text: qsTrId("rule_changes.list_check")
            onClicked: model.check()
        },
        PrimaryButton {
            objectName: "checklist.go_on"
            Layout.fillWidth: true
            visible: root.stage === "words"
            enabled: written.ready && !model.busy
            icon: "arrow-right"
            text: qsTrId("rule_changes.go_on")
            onClicked: model.write(written.chinese, written.english)
        },
        PrimaryButton {
            objectName: "checklist.propose"
            weighty: true
            Layout.fillWidth: true
            visible: root.stage === "check"
            enabled: !model.busy
            icon: "printer"
            text: qsTrId("rule_changes.propose")
            onClicked: model.propose()
        },
        PrimaryButton {
            objectName: "checklist.to_lists"
            Layout.fillWidth: true
            visible: root.papered
            icon: "arrow-right"
            text: qsTrId("rule_changes.to_lists")
            onClicked: model.toPage()
        }
    ]

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
