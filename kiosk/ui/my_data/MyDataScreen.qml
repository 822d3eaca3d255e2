pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// My data, my say: who looked, a copy, a correction, a pause, leaving; each in one's own hands.
Page {
    id: root

    component Right: QtObject {
        required property string name
        required property string icon
        required property string text
        required property string detail
    }

    readonly property list<Right> rights: [
        Right {
            name: "looks"
            icon: "eye"
            text: qsTrId("my_data.looks")
            detail: qsTrId("my_data.looks_detail")
        },
        Right {
            name: "consents"
            icon: "list-check"
            text: qsTrId("my_data.consents")
            detail: qsTrId("my_data.consents_detail")
        },
        Right {
            name: "copy"
            icon: "copy"
            text: qsTrId("my_data.copy")
            detail: qsTrId("my_data.copy_detail")
        },
        Right {
            name: "correct"
            icon: "pencil"
            text: qsTrId("my_data.correct")
            detail: qsTrId("my_data.correct_detail")
        },
        Right {
            name: "pause"
            icon: model.paused ? "arrow-back-up" : "player-pause"
            text: model.paused ? qsTrId("my_data.resume") : qsTrId("my_data.pause")
            detail: model.paused ? qsTrId("my_data.resume_detail") : qsTrId("my_data.pause_detail")
        },
        Right {
            name: "leave"
            icon: root.leaving ? "arrow-back-up" : "door-exit"
            text: root.leaving ? qsTrId("my_data.left_title") : qsTrId("my_data.leave")
            detail: root.leaving ? qsTrId("my_data.remain_detail").arg(model.leavingUntil) : qsTrId("my_data.leave_detail")
        }
    ]

    // A slip that was held to the scanner on another screen.
    property string slip
    property string step: "list"
    readonly property var titles: ({
            "list": qsTrId("my_data.title"),
            "copy": qsTrId("my_data.copy_title"),
            "print": qsTrId("my_data.print_title"),
            "drive": qsTrId("my_data.drive_title"),
            "correct": qsTrId("my_data.correct_title"),
            "leave": qsTrId("my_data.leave_title"),
            "left": qsTrId("my_data.left_title")
        })
    readonly property bool leaving: model.leavingUntil !== ""
    readonly property bool low: free < (150 + 12 * Theme.textStep) * Theme.mm

    function goTo(next: string) {
        step = next;
        paper.follow(0);
        model.leaveCopy();
        scrollUp();
    }

    function takeSlip(note: string) {
        root.goTo("drive");
        model.takeSlip(note);
    }

    title: titles[step] ?? ""
    filling: true
    ownBack: step !== "list"
    unfinished: step === "correct" && correction.what !== ""
    onBackPressed: {
        root.goTo(step === "print" || step === "drive" ? "copy" : "list");
    }
    Component.onCompleted: {
        if (!kiosk.signedIn)
            Qt.callLater(() => root.kiosk.replace("sign_in", {
                "then": "my_data"
            }));
        else if (slip !== "")
            root.takeSlip(slip);
    }

    MyDataModel {
        id: model

        kiosk: root.kiosk
        onAsked: {
            correction.clear();
            root.goTo("list");
        }
        onLeft: root.goTo("left")
        onQueued: job => paper.follow(job)
    }

    PaperModel {
        id: paper

        kiosk: root.kiosk
    }

    Connections {
        target: root.kiosk

        function onNoteScanned(note: string) {
            root.takeSlip(note);
        }
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        objectName: "my_data.done"
        visible: root.step === "list" && text !== ""
        icon: "circle-check"
        text: model.done
        onTextChanged: root.scrollUp()
    }

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.step === "list"

        Repeater {
            model: root.rights

            Tile {
                required property Right modelData

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
                    else if (modelData.name === "pause" && model.paused)
                        model.resume();
                    else if (modelData.name === "pause")
                        resting.open();
                    else if (modelData.name === "leave" && root.leaving)
                        root.kiosk.replace("leaving", {
                            "then": "my_data"
                        });
                    else
                        root.goTo(modelData.name);
                }
            }
        }
    }

    Title {
        Layout.fillWidth: true
        visible: root.step === "list" && model.corrections.length > 0
        text: qsTrId("my_data.requests")
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.step === "list" && model.corrections.length > 0

        Repeater {
            model: model.corrections

            ListRow {
                required property int index
                required property AskedRow modelData

                objectName: `my_data.correction.${index}`
                text: modelData.text
                aside: modelData.state
                detail: `${modelData.words}\n${modelData.detail}`
                last: index === model.corrections.length - 1
            }
        }
    }

    CopyStep {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.step === "copy"
        low: root.low
        onChosen: road => {
            root.goTo(road);
            if (road === "print")
                model.printCopy();
        }
    }

    DriveStep {
        Layout.fillWidth: true
        visible: root.step === "drive"
        form: model
        low: root.low
    }

    PaperProgress {
        objectName: "my_data.paper"
        Layout.fillWidth: true
        visible: paper.following && (root.step === "print" || root.step === "drive" && model.slipUntil === "")
        paper: paper
        tallest: Math.round((root.step === "print" ? 120 : 70) * Theme.mm)
    }

    Notice {
        visible: root.step === "print" && !paper.over
        tone: "gold"
        icon: "lock"
        text: qsTrId("my_data.print_note")
    }

    CorrectionStep {
        id: correction

        Layout.fillWidth: true
        visible: root.step === "correct"
        form: model
    }

    Notice {
        visible: root.step === "leave"
        icon: "info-circle"
        text: qsTrId("my_data.leave_at_once")
    }

    LeaveStep {
        Layout.fillWidth: true
        visible: root.step === "leave"
    }

    EmptyState {
        objectName: "my_data.left"
        visible: root.step === "left"
        icon: "circle-check"
        text: qsTrId("my_data.left").arg(model.leavingUntil)
        detail: qsTrId("my_data.left_detail")
    }

    Item {
        Layout.fillHeight: true
        visible: root.step !== "list" && root.step !== "left"
    }

    foot: [
        PrimaryButton {
            objectName: "my_data.print_slip"
            weighty: true
            Layout.fillWidth: true
            visible: root.step === "drive" && model.slipUntil === ""
            enabled: !model.busy && !(paper.following && !paper.over)
            icon: "printer"
            text: paper.following ? qsTrId("my_data.print_slip_again") : qsTrId("my_data.print_slip")
            onClicked: model.printSlip()
        },
        PrimaryButton {
            objectName: "my_data.write"
            weighty: true
            Layout.fillWidth: true
            visible: root.step === "drive" && model.slipUntil !== "" && model.written === ""
            enabled: !model.busy
            icon: "copy"
            text: qsTrId("my_data.write")
            onClicked: model.writeToDrive()
        },
        PrimaryButton {
            objectName: "my_data.copied"
            Layout.fillWidth: true
            visible: root.step === "print" && paper.over || root.step === "drive" && model.written !== ""
            icon: "check"
            text: qsTrId("my_data.copied")
            onClicked: root.goTo("list")
        },
        PrimaryButton {
            objectName: "my_data.ask"
            weighty: true
            Layout.fillWidth: true
            visible: root.step === "correct"
            enabled: correction.ready && !model.busy
            icon: "check"
            text: qsTrId("my_data.ask")
            onClicked: model.correct(correction.what, correction.words)
        },
        PrimaryButton {
            objectName: "my_data.stay"
            Layout.fillWidth: true
            visible: root.step === "leave"
            icon: "arrow-back-up"
            text: qsTrId("my_data.stay")
            onClicked: root.goTo("list")
        },
        QuietButton {
            objectName: "my_data.go"
            Layout.alignment: Qt.AlignHCenter
            Layout.maximumWidth: root.room
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
        no: qsTrId("my_data.pause_no")
        icon: "player-pause"
        onConfirmed: model.pause()
    }

    ConfirmDialog {
        id: leaving

        question: qsTrId("my_data.leave_question")
        explanation: qsTrId("my_data.leave_explained")
        yes: qsTrId("my_data.leave_yes")
        no: qsTrId("my_data.stay")
        tone: "care"
        careful: true
        icon: "door-exit"
        onConfirmed: model.leave()
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
