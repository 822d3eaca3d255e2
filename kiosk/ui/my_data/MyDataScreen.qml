pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// My data, my say: who looked, a copy, a correction, a pause, leaving; each in one's own hands.
Page {
    id: root

    property string step: "list"
    readonly property var titles: ({
            "list": qsTrId("my_data.title"),
            "correct": qsTrId("my_data.correct_title"),
            "leave": qsTrId("my_data.leave_title"),
            "left": qsTrId("my_data.left_title")
        })
    readonly property bool low: free < (150 + 12 * Theme.textStep) * Theme.mm

    function goTo(next: string) {
        step = next;
        scrollUp();
    }

    title: titles[step] ?? ""
    filling: true
    ownBack: step !== "list"
    onBackPressed: {
        if (step === "left")
            kiosk.endSession();
        else
            root.goTo("list");
    }
    Component.onCompleted: if (!kiosk.signedIn)
        Qt.callLater(() => root.kiosk.replace("sign_in", {
            "then": "my_data"
        }))

    MyDataModel {
        id: model

        kiosk: root.kiosk
        onAsked: {
            correction.clear();
            root.goTo("list");
        }
        onLeft: root.goTo("left")
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        objectName: "my_data.done"
        visible: root.step === "list" && text !== ""
        icon: "circle-check"
        text: model.done
    }

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.step === "list"

        Repeater {
            model: [
                { name: "looks", icon: "eye", text: qsTrId("my_data.looks"), detail: qsTrId("my_data.looks_detail") },
                { name: "consents", icon: "list-check", text: qsTrId("my_data.consents"), detail: qsTrId("my_data.consents_detail") },
                { name: "copy", icon: "copy", text: qsTrId("my_data.copy"), detail: qsTrId("my_data.copy_detail") },
                { name: "correct", icon: "pencil", text: qsTrId("my_data.correct"), detail: qsTrId("my_data.correct_detail") },
                { name: "pause", icon: "player-pause", text: model.paused ? qsTrId("my_data.resume") : qsTrId("my_data.pause"), detail: model.paused ? qsTrId("my_data.resume_detail") : qsTrId("my_data.pause_detail") },
                { name: "leave", icon: "door-exit", text: qsTrId("my_data.leave"), detail: qsTrId("my_data.leave_detail") }
            ]

            Tile {
                required property var modelData

                objectName: `my_data.${modelData.name}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: implicitHeight
                beside: root.low
                enabled: !model.busy
                icon: modelData.icon
                text: modelData.text
                detail: modelData.detail
                onClicked: {
                    if (modelData.name === "looks")
                        root.kiosk.open("record_views");
                    else if (modelData.name === "consents")
                        root.kiosk.open("consents");
                    else if (modelData.name === "copy")
                        model.copy();
                    else if (modelData.name === "pause" && model.paused)
                        model.resume();
                    else if (modelData.name === "pause")
                        resting.open();
                    else
                        root.goTo(modelData.name);
                }
            }
        }
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.step === "list" && model.corrections.length > 0

        Repeater {
            model: model.corrections

            ListRow {
                required property int index
                required property var modelData

                objectName: `my_data.correction.${index}`
                text: modelData.text
                aside: modelData.state
                detail: modelData.detail
                last: index === model.corrections.length - 1
            }
        }
    }

    CorrectionStep {
        id: correction

        Layout.fillWidth: true
        visible: root.step === "correct"
        form: model
    }

    LeaveStep {
        Layout.fillWidth: true
        visible: root.step === "leave"
    }

    EmptyState {
        objectName: "my_data.left"
        visible: root.step === "left"
        icon: "circle-check"
        text: qsTrId("my_data.left")
        detail: qsTrId("my_data.left_detail")
    }

    Item {
        Layout.fillHeight: true
        visible: root.step === "correct" || root.step === "leave"
    }

    foot: [
        PrimaryButton {
            objectName: "my_data.ask"
            Layout.fillWidth: true
            visible: root.step === "correct"
            enabled: correction.ready && !model.busy
            icon: "check"
            text: qsTrId("my_data.ask")
            onClicked: model.correct(correction.what, correction.words)
        },
        PrimaryButton {
            objectName: "my_data.go"
            Layout.fillWidth: true
            visible: root.step === "leave"
            enabled: !model.busy
            icon: "door-exit"
            text: qsTrId("my_data.leave_go")
            onClicked: leaving.open()
        },
        PrimaryButton {
            objectName: "my_data.end"
            Layout.fillWidth: true
            visible: root.step === "left"
            text: qsTrId("shell.end_session")
            onClicked: root.kiosk.endSession()
        }
    ]

    ConfirmDialog {
        id: resting

        question: qsTrId("my_data.pause_question")
        explanation: qsTrId("my_data.pause_explained")
        yes: qsTrId("my_data.pause_yes")
        no: qsTrId("my_data.keep")
        icon: "player-pause"
        onConfirmed: model.pause()
    }

    ConfirmDialog {
        id: leaving

        question: qsTrId("my_data.leave_question")
        explanation: qsTrId("my_data.leave_explained")
        yes: qsTrId("my_data.leave_yes")
        no: qsTrId("my_data.keep")
        icon: "door-exit"
        onConfirmed: model.leave()
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
