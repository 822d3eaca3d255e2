pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// How the machine is, a sentence a line; what needs the keeper stands first, with what to do.
Page {
    id: root

    title: qsTrId("machine.title")
    filling: true

    MachineModel {
        id: model

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        objectName: "machine.summary"
        tone: model.well ? "tea" : "gold"
        icon: model.well ? "circle-check" : "alert-triangle"
        heading: model.heading
        text: model.done !== "" ? model.done : model.looking && model.rows.length > 0 ? qsTrId("machine.asking") : ""
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

                objectName: `machine.${modelData.code}`
                Layout.fillWidth: true
                spacing: Theme.pad
                Accessible.role: Accessible.ListItem
                Accessible.name: `${mark.text}. ${said.text}`

                AppIcon {
                    Layout.alignment: Qt.AlignTop
                    name: line.modelData.well ? "circle-check" : "alert-triangle"
                    colour: line.modelData.well ? Theme.colour.tea : Theme.colour.goldInk
                    size: Math.round(1.3 * Theme.body)
                }

                GridLayout {
                    Layout.fillWidth: true
                    columns: root.room < Theme.mm * (150 + 40 * Theme.textStep) ? 1 : 2
                    columnSpacing: Theme.pad
                    rowSpacing: 0

                    AppText {
                        id: mark

                        Layout.alignment: Qt.AlignTop
                        text: line.modelData.well ? qsTrId("machine.well") : qsTrId("machine.attention")
                        color: line.modelData.well ? Theme.colour.tea : Theme.colour.goldInk
                        font.bold: true
                        Accessible.ignored: true
                    }

                    AppText {
                        id: said

                        Layout.fillWidth: true
                        text: line.modelData.text
                        font.bold: !line.modelData.well
                        Accessible.ignored: true
                    }

                    SecondaryButton {
                        objectName: "machine.hold_drill"
                        Layout.columnSpan: parent.columns
                        Layout.topMargin: Theme.gap
                        Layout.bottomMargin: Theme.gap
                        visible: line.modelData.code === "drill"
                        enabled: !model.busy
                        icon: "shield-check"
                        text: qsTrId("machine.drill_now")
                        onClicked: model.holdDrill()
                    }
                }
            }
        }
    }

    Item {
        Layout.fillHeight: true
    }

    foot: TileGrid {
        Layout.fillWidth: true
        narrowest: 42 + 12 * Theme.textStep
        most: root.upright ? 2 : 4

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

        SecondaryButton {
            objectName: "machine.journal"
            Layout.fillWidth: true
            icon: "notebook"
            text: qsTrId("machine.journal")
            onClicked: root.kiosk.open("journal")
        }

        SecondaryButton {
            objectName: "machine.papers"
            Layout.fillWidth: true
            icon: "printer"
            text: qsTrId("machine.papers")
            onClicked: root.kiosk.open("papers")
        }
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
