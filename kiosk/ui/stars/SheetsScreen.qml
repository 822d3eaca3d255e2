pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// Visit sheets: printed for a walk, and read again from a stick, line by line where in doubt.
Page {
    id: root

    readonly property string stage: model.stage
    readonly property var titles: ({
            "page": qsTrId("sheets.title"),
            "ask": qsTrId("sheets.ask_title"),
            "sure": qsTrId("sheets.sure_title"),
            "done": qsTrId("sheets.done_title"),
            "printed": qsTrId("sheets.printed_title")
        })

    title: titles[stage] ?? ""
    ownBack: stage !== "page"
    unfinished: stage === "ask" || stage === "sure"
    onBackPressed: model.back()

    SheetsModel {
        id: model

        kiosk: root.kiosk
        onStageChanged: root.scrollUp()
    }

    ErrorBanner {
        text: model.error
    }

    EmptyState {
        visible: root.stage === "page" && model.files.length === 0
        icon: "file-text"
        text: qsTrId("sheets.no_stick")
        detail: qsTrId("sheets.no_stick_detail")
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.stage === "page" && model.files.length > 0

        Repeater {
            model: model.files

            ListRow {
                id: row

                required property int index
                required property SheetFileRow modelData

                objectName: `sheets.file.${row.index}`
                text: row.modelData.name
                detail: row.modelData.day
                tappable: true
                last: row.index === model.files.length - 1
                leading: AppIcon {
                    name: "file-text"
                    colour: Theme.colour.tea
                    size: Math.round(1.3 * Theme.large)
                }
                onClicked: model.readFile(row.modelData.place)
            }
        }
    }

    Chip {
        Layout.maximumWidth: root.room
        visible: root.stage === "ask" || root.stage === "sure"
        tone: "tea"
        icon: "home"
        text: model.house
    }

    AppText {
        objectName: "sheets.question"
        Layout.fillWidth: true
        visible: root.stage === "ask"
        text: model.question
        font.pixelSize: Theme.large
        font.bold: true
    }

    Rectangle {
        objectName: "sheets.picture"
        Layout.fillWidth: true
        Layout.preferredHeight: Math.round(40 * Theme.mm)
        visible: root.stage === "ask"
        radius: Theme.radius
        color: Theme.colour.card
        border.width: Theme.hairline
        border.color: Theme.colour.line
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTrId("sheets.picture")

        Image {
            anchors.fill: parent
            anchors.margins: Theme.gap
            source: model.picture
            cache: false
            mipmap: true
            fillMode: Image.PreserveAspectFit
            Accessible.ignored: true
        }
    }

    AppText {
        Layout.fillWidth: true
        visible: root.stage === "ask" && model.choices.length > 2
        text: qsTrId("sheets.order")
    }

    Choices {
        Layout.fillWidth: true
        visible: root.stage === "ask"
        choices: model.choices
        named: "sheets.answer"
        byKey: true
        onChosen: key => model.answer(key)
    }

    EmptyState {
        objectName: "sheets.summary"
        visible: root.stage === "done" || root.stage === "printed"
        icon: root.stage === "done" ? "circle-check" : "printer"
        text: model.summary
        detail: root.stage === "done" ? qsTrId("sheets.done_detail") : qsTrId("sheets.printed_detail")
    }

    RowCard {
        Layout.fillWidth: true
        visible: (root.stage === "sure" || root.stage === "done") && model.lines.length > 0

        Repeater {
            model: model.lines

            ListRow {
                id: line

                required property int index
                required property SheetLineRow modelData

                text: line.modelData.text
                aside: line.modelData.said
                last: line.index === model.lines.length - 1
            }
        }
    }

    foot: [
        SecondaryButton {
            objectName: "sheets.print_one"
            Layout.fillWidth: true
            visible: root.stage === "page"
            enabled: !model.busy
            icon: "printer"
            text: qsTrId("sheets.print_one")
            onClicked: model.printMine(1)
        },
        SecondaryButton {
            objectName: "sheets.print_two"
            Layout.fillWidth: true
            visible: root.stage === "page"
            enabled: !model.busy
            icon: "printer"
            text: qsTrId("sheets.print_two")
            onClicked: model.printMine(2)
        },
        SecondaryButton {
            objectName: "sheets.print_own"
            Layout.fillWidth: true
            visible: root.stage === "page" && root.kiosk.official
            enabled: !model.busy
            icon: "home-heart"
            text: qsTrId("sheets.print_own")
            onClicked: model.printOwnLooks()
        },
        PrimaryButton {
            objectName: "sheets.hand_in"
            Layout.fillWidth: true
            visible: root.stage === "sure"
            enabled: !model.busy
            icon: "check"
            text: qsTrId("sheets.hand_in")
            onClicked: model.handIn()
        },
        SecondaryButton {
            objectName: "sheets.leave_out"
            Layout.fillWidth: true
            visible: root.stage === "sure" || root.stage === "ask"
            enabled: !model.busy
            icon: "x"
            text: qsTrId("sheets.leave_out")
            onClicked: model.leaveOut()
        },
        PrimaryButton {
            objectName: "sheets.go_on"
            Layout.fillWidth: true
            visible: root.stage === "done" || root.stage === "printed"
            icon: "arrow-right"
            text: qsTrId("sheets.go_on")
            onClicked: model.back()
        }
    ]

    BusyVeil {
        parent: root
        busy: model.busy
        text: model.progress
    }
}
