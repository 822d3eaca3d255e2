pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// One task: a picture and a sentence a step, and something to try at the end.
Page {
    id: root

    property string task
    readonly property bool last: model.step === model.steps
    readonly property bool setting: task === "clock"
    readonly property bool hearing: task === "sound"

    title: model.title
    filling: true
    ownBack: model.step > 1
    onBackPressed: model.turn(-1)

    GuideModel {
        id: model

        task: root.task
        kiosk: root.kiosk
        onAsksWhether: sure.open()
        onShownChanged: root.scrollUp()
    }

    Connections {
        target: root.kiosk

        function onCardScanned() {
            model.scanned("card");
        }

        function onNoteScanned() {
            model.scanned("note");
        }

        function onKeyScanned() {
            model.scanned("key");
        }

        function onNothingScanned() {
            model.scanned("nothing");
        }
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

    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.kiosk.official
        columns: root.upright ? 1 : 2
        columnSpacing: 2 * Theme.pad
        rowSpacing: Theme.pad

        Image {
            readonly property int side: Math.round(Math.min(root.upright ? 90 * Theme.mm : 75 * Theme.mm, 0.45 * root.room))

            objectName: "guide.picture"
            Layout.alignment: Qt.AlignCenter
            Layout.preferredWidth: side
            Layout.preferredHeight: side
            source: model.picture === "" ? "" : `image://picture/${model.picture}/${String(Theme.colour.tea).slice(-6)}`
            sourceSize: Qt.size(side, side)
            Accessible.ignored: true
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.alignment: root.upright ? Qt.AlignTop : Qt.AlignVCenter
            spacing: Theme.pad

            AppText {
                Layout.fillWidth: true
                visible: model.steps > 1
                text: qsTrId("guide.step").arg(model.step).arg(model.steps)
                color: Theme.colour.inkSoft
            }

            AppText {
                objectName: "guide.sentence"
                Layout.fillWidth: true
                text: model.sentence
                font.pixelSize: Theme.large
            }

            AppText {
                objectName: "guide.note"
                Layout.fillWidth: true
                visible: text !== ""
                text: model.note
            }

            TextEntry {
                id: field

                objectName: "guide.moment"
                Layout.fillWidth: true
                visible: root.setting
                label: qsTrId("guide.moment")
                hint: qsTrId("guide.moment_hint")
                longest: 30
                hints: Qt.ImhPreferNumbers
            }

            Notice {
                objectName: "guide.told"
                visible: model.told !== "" || model.trying
                icon: model.trying ? "hourglass" : "info-circle"
                heading: model.trying ? qsTrId("guide.trying") : model.told
                text: ""
            }
        }
    }

    foot: TileGrid {
        Layout.fillWidth: true
        visible: root.kiosk.official
        narrowest: 60 + 12 * Theme.textStep
        most: 2

        SecondaryButton {
            objectName: "guide.act"
            Layout.fillWidth: true
            visible: model.actText !== "" && root.last
            enabled: !model.trying && !model.busy && (!root.setting || field.typed !== "")
            icon: root.hearing ? "volume" : root.setting ? "clock" : "circle-check"
            text: model.actText
            onClicked: root.hearing ? root.kiosk.reader.read(root) : model.act(field.typed)
        }

        PrimaryButton {
            objectName: "guide.next"
            Layout.fillWidth: true
            icon: root.last ? "check" : "arrow-right"
            text: root.last ? qsTrId("guide.done") : qsTrId("guide.next")
            onClicked: root.last ? root.kiosk.back() : model.turn(1)
        }
    }

    ConfirmDialog {
        id: sure

        icon: "clock"
        question: qsTrId("guide.clock_sure").arg(model.moment)
        explanation: qsTrId("guide.clock_sure_detail")
        yes: qsTrId("guide.clock_yes")
        no: qsTrId("guide.clock_no")
        onConfirmed: model.setClock()
    }
}
