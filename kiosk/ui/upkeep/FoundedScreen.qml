pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// The village stands, and before its doors open: cards, recovery sheet, backup, register.
Page {
    id: root

    readonly property string stage: model.stage
    readonly property bool handing: stage === "cards"
    readonly property bool printing: stage === "cards" || stage === "sheet"
    readonly property var titles: ({
            "cards": qsTrId("founding.cards_title"),
            "sheet": qsTrId("founding.sheet_title"),
            "backup": qsTrId("founding.backup_title"),
            "register": qsTrId("founding.register_title"),
            "seen": qsTrId("founding.seen_title"),
            "over": qsTrId("founding.over_title")
        })
    readonly property var details: ({
            "cards": qsTrId("founding.cards_detail"),
            "sheet": qsTrId("founding.sheet_detail"),
            "backup": qsTrId("founding.backup_detail"),
            "register": qsTrId("founding.register_detail"),
            "over": qsTrId("founding.over_detail")
        })

    title: titles[stage] ?? qsTrId("founding.founded_title")
    ownBack: true
    onBackPressed: model.back()

    FoundedModel {
        id: model

        kiosk: root.kiosk
        onStageChanged: root.scrollUp()
        onKeyRead: key => field.text = key
    }

    Connections {
        target: root.kiosk

        function onKeyScanned(key: string) {
            model.takeKey(key);
        }
    }

    StepDots {
        Layout.fillWidth: true
        steps: [qsTrId("founding.left_cards"), qsTrId("founding.left_sheet"), qsTrId("founding.left_backup"), qsTrId("founding.left_register"), qsTrId("founding.left_doors")]
        current: model.place
    }

    ErrorBanner {
        text: model.error
    }

    AppText {
        Layout.fillWidth: true
        visible: text !== ""
        text: root.details[root.stage] ?? ""
        font.pixelSize: Theme.large
    }

    Card {
        objectName: "founded.told"
        Layout.fillWidth: true
        visible: model.sentences.length > 0
        spacing: Theme.gap
        color: model.warned ? Theme.colour.careSoft : Theme.colour.card

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

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: false
        visible: root.printing
        narrowest: 80
        most: 2

        Tile {
            objectName: "founded.print"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: implicitHeight
            visible: model.prints
            enabled: !model.busy
            beside: true
            icon: "printer"
            text: root.handing ? qsTrId("founding.print_cards") : qsTrId("founding.print_sheet")
            onClicked: model.print()
        }

        Tile {
            objectName: "founded.save"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: implicitHeight
            enabled: !model.busy
            beside: true
            icon: "copy"
            text: qsTrId("founding.save")
            detail: qsTrId("founding.save_detail")
            onClicked: model.save()
        }
    }

    TextEntry {
        id: field

        objectName: "founded.key"
        Layout.fillWidth: true
        visible: root.stage === "sheet"
        label: qsTrId("restore.key_label")
        hint: qsTrId("restore.key_hint")
        longest: 90
        several: true
        hints: Qt.ImhNoPredictiveText | Qt.ImhUppercaseOnly | Qt.ImhLatinOnly
        onTypedChanged: model.type(typed)
    }

    EmptyState {
        visible: root.stage === "register" && model.rows.length === 0
        icon: "file-text"
        text: qsTrId("differences.no_stick")
        detail: qsTrId("differences.no_stick_detail")
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.stage === "register" && model.rows.length > 0

        Repeater {
            model: model.rows

            ListRow {
                required property int index
                required property StickRow modelData

                objectName: `founded.file.${index}`
                text: modelData.text
                detail: modelData.detail
                tappable: true
                enabled: !model.busy
                last: index === model.rows.length - 1
                leading: AppIcon {
                    name: "file-text"
                    colour: Theme.colour.tea
                    size: Math.round(1.3 * Theme.large)
                }
                onClicked: model.choose(index)
            }
        }
    }

    foot: TileGrid {
        Layout.fillWidth: true
        narrowest: 60
        most: 1

        PrimaryButton {
            objectName: "founded.handed_over"
            Layout.fillWidth: true
            visible: root.stage === "cards"
            enabled: !model.busy && model.out
            icon: "check"
            text: qsTrId("founding.handed_over")
            onClicked: held.open()
        }

        PrimaryButton {
            objectName: "founded.confirm"
            Layout.fillWidth: true
            visible: root.stage === "sheet"
            enabled: !model.busy && field.typed.trim() !== ""
            icon: "check"
            text: qsTrId("founding.confirm")
            onClicked: model.confirm()
        }

        PrimaryButton {
            objectName: "founded.back_up"
            Layout.fillWidth: true
            visible: root.stage === "backup"
            enabled: !model.busy
            icon: "copy"
            text: qsTrId("founding.back_up")
            onClicked: model.backUp()
        }

        SecondaryButton {
            objectName: "founded.put_off"
            Layout.fillWidth: true
            visible: root.stage === "register"
            enabled: !model.busy
            icon: "calendar-time"
            text: qsTrId("founding.put_off")
            onClicked: model.putOff()
        }

        PrimaryButton {
            objectName: "founded.take_in"
            Layout.fillWidth: true
            visible: root.stage === "seen"
            enabled: !model.busy
            icon: "check"
            text: qsTrId("founding.take_in")
            onClicked: model.takeIn()
        }

        QuietButton {
            objectName: "founded.another"
            Layout.fillWidth: true
            visible: root.stage === "seen"
            enabled: !model.busy
            icon: "arrow-left"
            text: qsTrId("founding.another")
            onClicked: model.back()
        }

        PrimaryButton {
            objectName: "founded.open"
            Layout.fillWidth: true
            visible: root.stage === "over"
            enabled: !model.busy
            icon: "home"
            text: qsTrId("founding.open")
            onClicked: model.openDoors()
        }
    }

    ConfirmDialog {
        id: held

        icon: "id"
        question: qsTrId("founding.held_sure")
        explanation: qsTrId("founding.held_sure_detail")
        yes: qsTrId("founding.held_yes")
        no: qsTrId("founding.held_no")
        onConfirmed: model.handedOver()
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: root.printing ? qsTrId("founding.printing") : qsTrId("shell.wait")
    }
}
