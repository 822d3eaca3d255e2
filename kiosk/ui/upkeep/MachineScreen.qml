pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// How the machine is, a light, a sentence and one thing to do a line; what needs the keeper first.
Page {
    id: root

    readonly property bool beside: room > Theme.mm * (150 + 40 * Theme.textStep)

    readonly property var guides: ({
            "try_sound": "sound",
            "try_scanner": "scanner",
            "slips": "slips",
            "sheets": "sheets",
            "stick": "stick",
            "set_clock": "clock",
            "update": "update"
        })

    function act(action: string) {
        if (action === "back_up")
            model.backUp();
        else if (action === "try_backup")
            model.holdDrill();
        else if (action === "verify")
            model.verify();
        else if (action === "confirm_clock")
            clock.open();
        else if (guides[action])
            kiosk.open("guide", {
                "task": guides[action]
            });
        else if (["papers", "journal", "restore"].includes(action))
            kiosk.open(action);
        else
            model.lookAgain();
    }

    title: qsTrId("machine.title")
    filling: true

    MachineModel {
        id: model

        kiosk: root.kiosk
        onBackupFailed: offAnyhow.open()
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        objectName: "machine.summary"
        tone: model.well ? "tea" : "gold"
        icon: model.well ? "circle-check" : "alert-triangle"
        heading: model.heading
        text: model.trying ? qsTrId("machine.trying") : model.done !== "" ? model.done : model.looking && model.rows.length > 0 ? qsTrId("machine.asking") : ""
    }

    Card {
        Layout.fillWidth: true
        visible: model.rows.length > 0
        spacing: Math.round(1.2 * Theme.gap)

        Repeater {
            model: model.rows

            RowLayout {
                id: line

                required property CheckRow modelData

                readonly property color colour: modelData.light === "well" ? Theme.colour.tea : modelData.light === "grave" ? Theme.colour.care : Theme.colour.goldInk

                objectName: `machine.${modelData.code}`
                Layout.fillWidth: true
                spacing: Theme.pad
                Accessible.role: Accessible.ListItem
                Accessible.name: `${mark.text}. ${said.text}`

                AppIcon {
                    Layout.alignment: Qt.AlignTop
                    name: line.modelData.light === "well" ? "circle-check" : line.modelData.light === "grave" ? "hand-stop" : "alert-triangle"
                    colour: line.colour
                    size: Math.round(1.3 * Theme.body)
                }

                GridLayout {
                    Layout.fillWidth: true
                    columns: root.beside ? 2 : 1
                    columnSpacing: Theme.pad
                    rowSpacing: Theme.gap

                    ColumnLayout {
                        Layout.fillWidth: true
                        Layout.alignment: Qt.AlignTop
                        spacing: 0

                        AppText {
                            id: mark

                            Layout.fillWidth: true
                            text: line.modelData.word
                            color: line.colour
                            font.bold: true
                            Accessible.ignored: true
                        }

                        AppText {
                            id: said

                            Layout.fillWidth: true
                            text: line.modelData.text
                            font.bold: line.modelData.light !== "well"
                            Accessible.ignored: true
                        }
                    }

                    SecondaryButton {
                        objectName: `machine.do.${line.modelData.code}`
                        Layout.alignment: Qt.AlignTop | Qt.AlignRight
                        Layout.maximumWidth: root.beside ? Math.round(0.4 * root.room) : root.room
                        enabled: !model.busy && !(model.trying && ["verify", "try_backup"].includes(line.modelData.action))
                        size: Theme.small
                        tone: line.modelData.light === "well" ? "tea" : line.modelData.light === "grave" ? "care" : "gold"
                        icon: line.modelData.icon
                        text: line.modelData.actionText
                        spoken: `${line.modelData.text} ${text}`
                        onClicked: root.act(line.modelData.action)
                    }
                }
            }
        }
    }

    TileGrid {
        Layout.fillWidth: true
        narrowest: 60 + 12 * Theme.textStep
        most: 2

        SecondaryButton {
            objectName: "machine.tasks"
            Layout.fillWidth: true
            icon: "list-check"
            text: qsTrId("machine.tasks")
            onClicked: root.kiosk.open("machine_tasks")
        }

        SecondaryButton {
            objectName: "machine.today"
            Layout.fillWidth: true
            visible: model.onlyKeeps
            icon: "list-check"
            text: qsTrId("staff.today")
            onClicked: root.kiosk.open("today")
        }

        SecondaryButton {
            objectName: "machine.journal"
            Layout.fillWidth: true
            icon: "notebook"
            text: qsTrId("machine.journal")
            onClicked: root.kiosk.open("journal")
        }

        SecondaryButton {
            objectName: "machine.restore"
            Layout.fillWidth: true
            icon: "rotate-2"
            text: qsTrId("machine.do_restore")
            onClicked: root.kiosk.open("restore")
        }

        SecondaryButton {
            objectName: "machine.papers"
            Layout.fillWidth: true
            icon: "printer"
            text: qsTrId("machine.papers")
            onClicked: root.kiosk.open("papers")
        }

        SecondaryButton {
            objectName: "machine.switch_off"
            Layout.fillWidth: true
            enabled: !model.busy && !model.trying
            icon: "power"
            text: qsTrId("machine.switch_off")
            onClicked: off.open()
        }
    }

    Notice {
        objectName: "machine.farewell"
        visible: text !== ""
        icon: "power"
        text: model.farewell
    }

    Item {
        Layout.fillHeight: true
    }

    foot: TileGrid {
        Layout.fillWidth: true
        narrowest: 60 + 12 * Theme.textStep
        most: 2

        PrimaryButton {
            objectName: "machine.back_up"
            Layout.fillWidth: true
            enabled: !model.busy
            icon: "copy"
            text: qsTrId("machine.back_up")
            onClicked: model.backUp()
        }

        SecondaryButton {
            objectName: "machine.look_again"
            Layout.fillWidth: true
            enabled: !model.busy
            icon: "rotate"
            text: qsTrId("machine.look_again")
            onClicked: model.lookAgain()
        }
    }

    ConfirmDialog {
        id: clock

        icon: "clock"
        question: qsTrId("machine.clock_right")
        explanation: qsTrId("machine.clock_right_detail")
        yes: qsTrId("machine.clock_right_yes")
        no: qsTrId("machine.clock_right_no")
        onConfirmed: model.confirmClock()
    }

    ConfirmDialog {
        id: off

        icon: "power"
        question: qsTrId("machine.off_question")
        explanation: qsTrId("machine.off_detail")
        yes: qsTrId("machine.off_yes")
        no: qsTrId("machine.off_no")
        onConfirmed: model.switchOff(false)
    }

    ConfirmDialog {
        id: offAnyhow

        icon: "power"
        careful: true
        question: qsTrId("machine.off_without_question")
        explanation: qsTrId("machine.off_without_detail")
        yes: qsTrId("machine.off_without_yes")
        no: qsTrId("machine.off_no")
        onConfirmed: model.switchOff(true)
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
