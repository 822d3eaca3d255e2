pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// The desk hands over: a voucher is scanned or its number typed, looked at, and handed over once.
Page {
    id: root

    property string note
    readonly property bool wide: width > height && room > (170 + 50 * Theme.textStep) * Theme.mm
    readonly property string stage: model.stage

    readonly property var titles: ({
            "page": qsTrId("perks.desk_title"),
            "voucher": qsTrId("perks.desk_voucher"),
            "done": qsTrId("perks.desk_done")
        })

    title: titles[stage] ?? ""
    filling: true
    ownBack: stage !== "page"
    onBackPressed: model.back()

    PerkDeskModel {
        id: model

        kiosk: root.kiosk
        onNumberRefused: pad.clear()
        onStageChanged: {
            pad.clear();
            root.scrollUp();
        }
    }

    Connections {
        target: root.kiosk

        function onNoteScanned(note: string) {
            model.takeNote(note);
        }
    }

    ErrorBanner {
        text: model.error
    }

    EmptyState {
        visible: !root.kiosk.official
        icon: "id"
        text: qsTrId("staff.officials_only")
        detail: qsTrId("staff.officials_only_detail")
    }

    ReferencePad {
        id: pad

        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.stage === "page" && root.kiosk.official
        wide: root.wide
        tallest: root.free - 2 * root.edge
        question: qsTrId("perks.desk_question")
        detail: qsTrId("perks.desk_detail")
        deleteText: qsTrId("panel.delete")
        onEntered: digits => model.takeNumber(digits)
    }

    Card {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.stage === "voucher"
        padding: Math.round(1.6 * Theme.pad)

        Item {
            Layout.fillHeight: true
        }

        Drawing {
            Layout.alignment: Qt.AlignHCenter
            Layout.preferredWidth: side
            Layout.preferredHeight: side
            name: model.voucher.picture === "" ? "" : `perk_${model.voucher.picture}`
            side: Math.round(24 * Theme.mm)
        }

        Title {
            objectName: "perk_desk.what"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: model.voucher.title
        }

        AppText {
            objectName: "perk_desk.who"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTrId("perks.desk_for").arg(model.voucher.name)
            font.pixelSize: Theme.title
            font.bold: true
        }

        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: `${model.voucher.reference} · ${model.voucher.until}`
            color: Theme.colour.inkSoft
        }

        Notice {
            objectName: "perk_desk.why"
            Layout.topMargin: Theme.pad
            visible: text !== ""
            tone: "gold"
            icon: "hand-stop"
            text: model.voucher.why
        }

        Notice {
            Layout.topMargin: Theme.pad
            visible: model.voucher.why === ""
            tone: "voice"
            icon: "user-check"
            text: qsTrId("perks.desk_only_them")
        }

        Item {
            Layout.fillHeight: true
        }
    }

    Card {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.stage === "done"

        EmptyState {
            objectName: "perk_desk.done"
            Layout.fillHeight: true
            icon: "circle-check"
            text: model.outcome
            detail: qsTrId("perks.desk_in_log")
        }
    }

    foot: [
        PrimaryButton {
            objectName: "perk_desk.hand_over"
            Layout.fillWidth: true
            visible: root.stage === "voucher" && model.voucher.why === ""
            enabled: !model.busy
            weighty: true
            icon: "gift"
            text: qsTrId("perks.hand_over")
            onClicked: model.handOver()
        },
        PrimaryButton {
            objectName: "perk_desk.next"
            Layout.fillWidth: true
            visible: root.stage === "done" || (root.stage === "voucher" && model.voucher.why !== "")
            icon: "scan"
            text: qsTrId("perks.desk_next")
            onClicked: model.back()
        }
    ]

    BusyVeil {
        objectName: "busy"
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
