pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// An officer thinks that something counts wrongly: its number, what it is, and why a panel should look.
Page {
    id: root

    readonly property bool wide: width > height && room > (170 + 50 * Theme.textStep) * Theme.mm

    title: entry.words.title
    filling: true
    ownBack: entry.stage === "page"
    unfinished: ownBack
    onBackPressed: entry.back()

    CorrectionModel {
        id: entry

        kiosk: root.kiosk
        onStageChanged: root.scrollUp()
        onNumberRefused: pad.clear()
        onSentenceStands: sure.open()
    }

    PaperModel {
        id: paper

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: entry.error
    }

    ReferencePad {
        id: pad

        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: entry.stage === "number"
        wide: root.wide
        tallest: root.free - 2 * root.edge
        question: qsTrId("panel.which_number")
        detail: qsTrId("panel.which_number_detail")
        deleteText: qsTrId("panel.delete")
        onEntered: digits => entry.find(digits)
    }

    ColumnLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: entry.stage === "page"
        spacing: Theme.pad

        Part {
            objectName: "panel.entry"
            Layout.fillWidth: true
            reader: root.kiosk.reader
            icon: "file-text"
            heading: entry.words.subject

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.pad

                AppText {
                    Layout.fillWidth: true
                    text: entry.words.rule
                    font.pixelSize: Theme.title
                    font.bold: true
                }

                PointsBadge {
                    Layout.alignment: Qt.AlignTop
                    points: entry.points
                }
            }

            AppText {
                Layout.fillWidth: true
                text: entry.words.circumstances
                color: Theme.colour.inkSoft
            }

            AppText {
                Layout.fillWidth: true
                visible: text !== ""
                text: entry.words.said
            }

            Repeater {
                model: entry.decisions

                AppText {
                    required property DecisionRow modelData

                    Layout.fillWidth: true
                    text: [modelData.what, modelData.why, modelData.said].filter(part => part !== "").join("\n")
                }
            }
        }

        SentenceStep {
            id: why

            Layout.fillWidth: true
            Layout.fillHeight: true
            named: "panel"
            label: qsTrId("panel.correct_page")
            hint: qsTrId("panel.sentence_hint")
            plain: qsTrId("panel.sentence_plain")
            tallest: root.free - 2 * root.edge
        }
    }

    Outcome {
        named: "panel"
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: entry.stage === "done"
        heading: qsTrId("panel.correct_done")
        detail: qsTrId("panel.correct_done_detail")
        paper: paper
        wide: root.wide
        tallest: root.free - 2 * root.edge
    }

    foot: [
        PrimaryButton {
            objectName: "panel.ask_panel"
            Layout.fillWidth: true
            visible: entry.stage === "page"
            enabled: !entry.busy
            icon: "users"
            text: qsTrId("panel.ask_panel")
            onClicked: entry.check(why.commit())
        },
        PrimaryButton {
            objectName: "panel.done"
            Layout.fillWidth: true
            visible: entry.stage === "done"
            icon: "arrow-left"
            text: qsTrId("panel.to_list")
            onClicked: root.kiosk.back()
        }
    ]

    ConfirmDialog {
        id: sure

        icon: "users"
        question: qsTrId("panel.correct_sure")
        explanation: entry.words.asked
        yes: qsTrId("panel.ask_panel")
        no: qsTrId("panel.sure_no")
        onConfirmed: entry.askPanel()
    }

    BusyVeil {
        parent: root
        busy: entry.busy
        text: qsTrId("shell.wait")
    }
}
