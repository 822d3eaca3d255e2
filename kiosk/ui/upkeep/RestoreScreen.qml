pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// Putting the village back: which backup, the recovery sheet's key, what it is, and are you sure.
Page {
    id: root

    readonly property string stage: model.stage
    readonly property bool seeing: stage === "seen"
    readonly property var titles: ({
            "page": qsTrId("restore.which"),
            "key": qsTrId("restore.key_title"),
            "seen": qsTrId("restore.seen_title")
        })

    title: titles[stage] ?? ""
    ownBack: stage !== "page"
    unfinished: stage !== "page"
    onBackPressed: model.back()

    RestoreModel {
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
        visible: !model.onServer
        steps: [qsTrId("restore.step_which"), qsTrId("restore.step_key"), qsTrId("restore.step_sure")]
        current: root.stage === "page" ? 0 : root.stage === "key" ? 1 : 2
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        visible: root.stage === "page" && !model.onServer
        icon: "info-circle"
        heading: qsTrId("restore.stick_in")
        text: qsTrId("restore.stick_in_detail")
    }

    EmptyState {
        objectName: "restore.on_server"
        visible: model.onServer
        icon: "copy"
        text: qsTrId("restore.on_server")
        detail: qsTrId("restore.on_server_detail")
    }

    EmptyState {
        objectName: "restore.none"
        visible: root.stage === "page" && !model.onServer && model.looked && model.rows.length === 0
        icon: "copy"
        text: qsTrId("restore.none")
        detail: qsTrId("restore.none_detail")
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.stage === "page" && model.rows.length > 0

        Repeater {
            model: model.rows

            ListRow {
                id: row

                required property int index
                required property BackupRow modelData

                objectName: `restore.${index}`
                text: modelData.text
                detail: modelData.detail
                tappable: true
                last: index === model.rows.length - 1
                leading: AppIcon {
                    name: row.modelData.icon
                    colour: Theme.colour.tea
                    size: Math.round(1.3 * Theme.large)
                }
                onClicked: model.choose(index)
            }
        }
    }

    AppText {
        Layout.fillWidth: true
        visible: root.stage === "key"
        text: qsTrId("restore.key_detail")
        font.pixelSize: Theme.large
    }

    TextEntry {
        id: field

        objectName: "restore.key"
        Layout.fillWidth: true
        visible: root.stage === "key"
        label: qsTrId("restore.key_label")
        hint: qsTrId("restore.key_hint")
        longest: 90
        several: true
        hints: Qt.ImhNoPredictiveText | Qt.ImhUppercaseOnly | Qt.ImhLatinOnly
        onTypedChanged: model.type(typed)
    }

    AppText {
        objectName: "restore.counted"
        Layout.fillWidth: true
        visible: root.stage === "key"
        text: model.counted
        color: model.whole ? Theme.colour.tea : Theme.colour.inkSoft
        font.bold: model.whole
    }

    Card {
        objectName: "restore.consequences"
        Layout.fillWidth: true
        visible: root.seeing
        spacing: Theme.gap

        Repeater {
            model: root.seeing ? model.sentences : []

            AppText {
                required property string modelData

                Layout.fillWidth: true
                text: modelData
                font.pixelSize: Theme.large
            }
        }
    }

    foot: TileGrid {
        Layout.fillWidth: true
        visible: root.stage !== "page"
        narrowest: 60
        most: 1

        PrimaryButton {
            objectName: "restore.see"
            Layout.fillWidth: true
            visible: root.stage === "key"
            enabled: model.whole && !model.busy
            icon: "search"
            text: qsTrId("restore.see")
            onClicked: model.see()
        }

        SecondaryButton {
            objectName: "restore.put_back"
            Layout.fillWidth: true
            visible: root.seeing
            enabled: !model.busy
            tone: "care"
            icon: "rotate-2"
            text: qsTrId("restore.put_back")
            onClicked: sure.open()
        }
    }

    ConfirmDialog {
        id: sure

        icon: "rotate-2"
        tone: "care"
        question: qsTrId("restore.sure").arg(model.chosen)
        explanation: qsTrId("restore.sure_detail")
        yes: qsTrId("restore.sure_yes")
        no: qsTrId("restore.sure_no")
        onConfirmed: model.putItBack()
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: root.seeing ? qsTrId("restore.under_way") : qsTrId("shell.wait")
    }
}
