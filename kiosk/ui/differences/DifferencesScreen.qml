pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// The yearly register: read from a stick, shown beside the village's, and decided on.
Page {
    id: root

    readonly property string stage: model.stage
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
            "taken": qsTrId("differences.taken_title")
        })

    title: titles[stage] ?? ""
    ownBack: stage !== "page"
    unfinished: stage === "sure"
    onBackPressed: model.back()

    DifferencesModel {
        id: model

        kiosk: root.kiosk
        onStageChanged: root.scrollUp()
    }

    EmptyState {
        visible: !root.kiosk.official
        icon: "id"
        text: qsTrId("staff.officials_only")
        detail: qsTrId("staff.officials_only_detail")
    }

    ErrorBanner {
        text: model.error
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
        visible: rows.length > 0
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

    Card {
        objectName: "differences.sentences"
        Layout.fillWidth: true
        visible: model.sentences.length > 0
        spacing: Theme.gap

        Repeater {
            model: model.sentences

            AppText {
                required property string modelData

                Layout.fillWidth: true
                text: modelData
                font.pixelSize: Theme.large
            }
        }
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
        PrimaryButton {
            objectName: "differences.go_on"
            Layout.fillWidth: true
            visible: root.stage === "done" || root.stage === "taken"
            enabled: !model.busy
            icon: "arrow-right"
            text: qsTrId("differences.go_on")
            onClicked: model.back()
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
        objectName: "busy"
        parent: root
        busy: model.busy
        text: model.progress
    }
}
