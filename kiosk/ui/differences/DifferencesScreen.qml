pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// The yearly register: read from a stick, shown beside the village's, and decided on.
Page {
    id: root

    readonly property string stage: refused.stage !== "" ? refused.stage : model.stage
    readonly property var sentences: stage === "refused" ? refused.sentences : model.sentences
    readonly property bool taking: stage === "take"
    readonly property bool doubtful: model.kindKey === "doubt"
    readonly property bool moving: model.kindKey === "moved"
    readonly property bool picking: ["purpose", "take", "form"].includes(stage)
    readonly property var titles: ({
            "page": qsTrId("differences.title"),
            "files": qsTrId("differences.files_title"),
            "purpose": qsTrId("differences.purpose_title"),
            "list": model.kind,
            "one": qsTrId("differences.one_title"),
            "sure": qsTrId("differences.sure_title"),
            "done": qsTrId("differences.done_title"),
            "take": qsTrId("differences.take_title"),
            "form": qsTrId("differences.form_title"),
            "taken": qsTrId("differences.taken_title"),
            "refused": qsTrId("differences.refused_title"),
            "refused_saved": qsTrId("differences.refused_saved_title")
        })

    title: titles[stage] ?? ""
    ownBack: stage !== "page"
    unfinished: stage === "sure"
    onBackPressed: refused.stage !== "" ? refused.back() : model.back()
    onStageChanged: root.scrollUp()

    DifferencesModel {
        id: model

        kiosk: root.kiosk
    }

    RefusedModel {
        id: refused

        kiosk: root.kiosk
        onPrinted: job => {
            paper.follow(job);
            root.scrollUp();
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

    ErrorBanner {
        text: model.error || refused.error
    }

    EmptyState {
        visible: root.stage === "page" && root.kiosk.official && !model.waits && !model.busy
        icon: "notebook"
        text: qsTrId("differences.begin")
        detail: qsTrId("differences.begin_detail")
    }

    AppText {
        Layout.fillWidth: true
        objectName: "differences.told"
        visible: (root.stage === "page" && model.waits) || root.stage === "one"
        text: model.summary
        font.pixelSize: Theme.large
    }

    EmptyState {
        visible: root.stage === "page" && model.waits && model.rows.length === 0 && !model.busy
        icon: "circle-check"
        text: qsTrId("differences.nothing_left")
        detail: qsTrId("differences.nothing_left_detail")
    }

    EmptyState {
        visible: root.stage === "files" && model.rows.length === 0
        icon: "file-text"
        text: qsTrId("differences.no_stick")
        detail: qsTrId("differences.no_stick_detail")
    }

    AppText {
        Layout.fillWidth: true
        visible: root.stage === "purpose" || root.stage === "take"
        text: root.taking ? qsTrId("differences.take_note") : qsTrId("differences.purpose_note")
        font.pixelSize: Theme.large
    }

    Choices {
        Layout.fillWidth: true
        visible: root.picking
        choices: model.choices
        named: `differences.${root.stage}`
        onChosen: key => model.choose(key)
    }

    KindCards {
        Layout.fillWidth: true
        visible: rows.length > 0 && refused.stage === ""
        rows: model.rows
        named: `differences.${root.stage}`
        onChosen: key => model.choose(key)
    }

    SideBySide {
        Layout.fillWidth: true
        visible: root.stage === "one"
        sides: model.sides
        hasPerson: model.hasPerson
    }

    EmptyState {
        visible: root.stage === "sure" && !model.possible
        icon: "info-circle"
        text: qsTrId("differences.nothing_possible")
        detail: ""
    }

    PaperProgress {
        Layout.fillWidth: true
        visible: paper.following && root.stage === "refused"
        paper: paper
        tallest: Math.round(70 * Theme.mm)
    }

    AppText {
        Layout.fillWidth: true
        visible: root.stage === "refused"
        text: qsTrId("differences.refused_detail")
        font.pixelSize: Theme.large
    }

    Card {
        objectName: "differences.sentences"
        Layout.fillWidth: true
        visible: root.sentences.length > 0
        spacing: Theme.gap

        Repeater {
            model: root.sentences

            AppText {
                required property string modelData

                Layout.fillWidth: true
                text: modelData
                font.pixelSize: Theme.large
            }
        }
    }

    EmptyState {
        objectName: "differences.lines_on_stick"
        visible: root.stage === "refused_saved"
        icon: "circle-check"
        text: refused.summary
        detail: qsTrId("differences.refused_saved_detail")
    }

    SecondaryButton {
        objectName: "differences.refused"
        Layout.fillWidth: true
        visible: root.stage === "page" && model.waits && text !== ""
        enabled: !model.busy
        icon: "alert-triangle"
        text: model.notTaken
        onClicked: refused.open()
    }

    EmptyState {
        objectName: "differences.on_stick"
        visible: root.stage === "taken"
        icon: "circle-check"
        text: model.summary
        detail: qsTrId("differences.taken_detail")
    }

    GridLayout {
        Layout.fillWidth: true
        visible: root.stage === "page" && root.kiosk.official
        columns: model.waits && 3 * Math.max(another.implicitWidth, take.implicitWidth, aside.implicitWidth) + 2 * columnSpacing <= root.room ? 3 : 1
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        uniformCellWidths: true

        SecondaryButton {
            id: another

            objectName: "differences.another_file"
            Layout.fillWidth: true
            visible: model.waits
            enabled: !model.busy
            icon: "search"
            text: qsTrId("differences.another_file")
            onClicked: model.findFile()
        }

        SecondaryButton {
            id: take

            objectName: "differences.take_along"
            Layout.fillWidth: true
            enabled: !model.busy
            icon: "copy"
            text: qsTrId("differences.take_along")
            onClicked: model.takeAlong()
        }

        SecondaryButton {
            id: aside

            objectName: "differences.put_aside"
            Layout.fillWidth: true
            visible: model.waits
            enabled: !model.busy
            icon: "check"
            text: qsTrId("differences.put_aside")
            onClicked: ending.open()
        }
    }

    foot: [
        PrimaryButton {
            objectName: "differences.find_file"
            Layout.fillWidth: true
            visible: root.stage === "page" && root.kiosk.official && !model.waits
            enabled: !model.busy
            icon: "search"
            text: qsTrId("differences.find_file")
            onClicked: model.findFile()
        },
        PrimaryButton {
            objectName: "differences.accept_all"
            Layout.fillWidth: true
            visible: root.stage === "list" && model.inBlocks
            enabled: !model.busy
            icon: "list-check"
            text: qsTrId("differences.accept_all")
            onClicked: model.acceptAll()
        },
        SecondaryButton {
            objectName: "differences.more"
            Layout.fillWidth: true
            visible: root.stage === "list" && model.more
            enabled: !model.busy
            icon: "chevron-down"
            text: qsTrId("differences.more")
            onClicked: model.showMore()
        },
        PrimaryButton {
            objectName: "differences.accept"
            Layout.fillWidth: true
            visible: root.stage === "one" && model.kindKey !== "gone" && (model.kindKey !== "doubt" || model.hasPerson)
            enabled: !model.busy
            icon: "check"
            text: root.doubtful ? qsTrId("differences.accept_same") : root.moving ? qsTrId("differences.accept_family") : qsTrId("differences.accept")
            onClicked: model.decide("accept")
        },
        PrimaryButton {
            objectName: "differences.at_the_desk"
            Layout.fillWidth: true
            visible: root.stage === "one" && model.kindKey === "gone"
            icon: "notebook"
            text: qsTrId("differences.at_the_desk")
            onClicked: root.kiosk.open("register", {
                "householdId": model.householdId
            })
        },
        GridLayout {
            Layout.fillWidth: true
            visible: root.stage === "one"
            columns: other.visible ? 2 : 1
            columnSpacing: Theme.gap
            rowSpacing: Theme.gap
            uniformCellWidths: true

            SecondaryButton {
                id: other

                objectName: "differences.other"
                Layout.fillWidth: true
                visible: model.kindKey === "doubt"
                enabled: !model.busy
                icon: "user-plus"
                text: qsTrId("differences.other")
                onClicked: model.decide("other")
            }

            SecondaryButton {
                objectName: "differences.leave"
                Layout.fillWidth: true
                enabled: !model.busy
                icon: "x"
                text: qsTrId("differences.leave")
                onClicked: model.decide("leave")
            }
        },
        PrimaryButton {
            objectName: "differences.carry_out"
            weighty: true
            Layout.fillWidth: true
            visible: root.stage === "sure" && model.possible
            enabled: !model.busy
            icon: "check"
            text: qsTrId("differences.carry_out")
            onClicked: model.carryOut()
        },
        GridLayout {
            Layout.fillWidth: true
            visible: root.stage === "refused"
            columns: 2 * Math.max(printing.implicitWidth, saving.implicitWidth) + columnSpacing <= root.room ? 2 : 1
            columnSpacing: Theme.gap
            rowSpacing: Theme.gap
            uniformCellWidths: true

            PrimaryButton {
                id: printing

                objectName: "differences.refused_print"
                Layout.fillWidth: true
                enabled: !refused.busy && !paper.following
                icon: "printer"
                text: qsTrId("differences.refused_print")
                onClicked: refused.printLines()
            }

            SecondaryButton {
                id: saving

                objectName: "differences.refused_save"
                Layout.fillWidth: true
                enabled: !refused.busy
                icon: "copy"
                text: qsTrId("differences.refused_save")
                onClicked: refused.saveLines()
            }
        },
        PrimaryButton {
            objectName: "differences.go_on"
            Layout.fillWidth: true
            visible: root.stage === "done" || root.stage === "taken" || root.stage === "refused_saved"
            enabled: !model.busy
            icon: "arrow-right"
            text: qsTrId("differences.go_on")
            onClicked: root.stage === "refused_saved" ? refused.back() : model.back()
        }
    ]

    ConfirmDialog {
        id: ending

        question: qsTrId("differences.put_aside_sure")
        explanation: qsTrId("differences.put_aside_detail")
        yes: qsTrId("differences.put_aside_yes")
        no: qsTrId("differences.put_aside_no")
        onConfirmed: model.putAside()
    }

    BusyVeil {
        parent: root
        busy: model.busy || refused.busy
        text: model.progress
    }
}
