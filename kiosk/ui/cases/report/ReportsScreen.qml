pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// Report a good deed or a concern: one question a step, all of them kept, then the receipt.
Page {
    id: root

    // What the tile or the look-up already knows.
    property string kind
    property int subjectId: 0
    // The form as it was left for another screen.
    property string draft
    // The photographs that go with it, as addresses.
    property list<string> pictures
    readonly property bool wide: width > height && room > (190 + 70 * Theme.textStep) * Theme.mm
    readonly property bool finished: form.step === "done" || form.step === "same"
    readonly property bool atPhotos: form.step === "photo"
    readonly property bool low: free < (125 + 20 * Theme.textStep) * Theme.mm

    function signInFirst() {
        kiosk.replace("sign_in", {
            "then": "reports",
            "thenWith": {
                "kind": kind,
                "subjectId": subjectId
            }
        });
    }

    title: form.question
    unfinished: form.stepNow > 0 && !finished
    filling: true
    ownBack: true
    onBackPressed: form.back()
    Component.onCompleted: {
        if (kiosk.signedIn) {
            photos.restore(draft === "" ? [] : pictures);
            form.begin(kind, subjectId, draft);
        } else
            Qt.callLater(root.signInFirst);
    }

    ReportModel {
        id: form

        kiosk: root.kiosk
        onStepChanged: {
            photos.watch(step !== "");
            root.scrollUp();
        }
        onFormChanged: root.kiosk.remember("draft", root.finished ? "" : form.draft)
        onLeft: root.kiosk.back()
        onHandedIn: job => {
            if (job > 0)
                paper.follow(job);
        }
    }

    PhotosModel {
        id: photos

        kiosk: root.kiosk
        onFoundChanged: form.takeDrive(driveIn)
        onKeptChanged: {
            root.kiosk.remember("pictures", kept);
            form.takePhotos(kept.length);
        }
    }

    PaperModel {
        id: paper

        kiosk: root.kiosk
    }

    StepDots {
        Layout.fillWidth: true
        visible: form.step !== "" && !root.finished && !root.low
        steps: form.stepNames
        current: form.stepNow
    }

    AppText {
        objectName: "report.about"
        Layout.fillWidth: true
        visible: text !== ""
        text: form.about
        font.bold: true
    }

    ErrorBanner {
        text: form.error
    }

    ErrorBanner {
        objectName: "report.photos.error"
        text: root.atPhotos ? photos.error : ""
    }

    Loader {
        id: stage

        Layout.fillWidth: true
        Layout.fillHeight: true
        sourceComponent: {
            switch (form.step) {
            case "kind":
                return kindStep;
            case "before":
                return beforeStep;
            case "whom":
                return whomStep;
            case "neighbour":
                return neighbourStep;
            case "rule":
                return ruleStep;
            case "hours":
                return hoursStep;
            case "when":
                return whenStep;
            case "part":
                return partStep;
            case "where":
                return whereStep;
            case "words":
                return wordsStep;
            case "photo":
                return photoStep;
            case "witness":
                return witnessStep;
            case "check":
                return checkStep;
            case "same":
                return sameStep;
            case "done":
                return doneStep;
            default:
                return null;
            }
        }
    }

    Component {
        id: kindStep

        Middle {
            tallest: Math.round(100 * Theme.mm)

            TileGrid {
                Layout.fillWidth: true
                Layout.fillHeight: true
                most: 2

                Tile {
                    objectName: "report.kind.deed"
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.minimumHeight: implicitHeight
                    tone: "gold"
                    icon: "heart-handshake"
                    text: qsTrId("report_screen.kind_deed")
                    detail: qsTrId("report_screen.kind_deed_detail")
                    onClicked: form.chooseKind("deed")
                }

                Tile {
                    objectName: "report.kind.concern"
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.minimumHeight: implicitHeight
                    icon: "message-report"
                    text: qsTrId("report_screen.kind_concern")
                    detail: qsTrId("report_screen.kind_concern_detail")
                    onClicked: form.chooseKind("concern")
                }
            }
        }
    }

    Component {
        id: beforeStep

        Middle {
            tallest: Math.round(100 * Theme.mm)

            BeforeStep {
                Layout.fillWidth: true
                Layout.fillHeight: true
            }
        }
    }

    Component {
        id: whomStep

        Middle {
            tallest: Math.round(100 * Theme.mm)

            TileGrid {
                Layout.fillWidth: true
                Layout.fillHeight: true
                most: 2

                Tile {
                    objectName: "report.whom.self"
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.minimumHeight: implicitHeight
                    icon: "user"
                    text: qsTrId("report_screen.whom_self")
                    detail: qsTrId("report_screen.whom_self_detail")
                    checked: form.whom === "self"
                    onClicked: form.chooseWhom("self")
                }

                Tile {
                    objectName: "report.whom.neighbour"
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.minimumHeight: implicitHeight
                    icon: "user-heart"
                    text: qsTrId("report_screen.whom_neighbour")
                    detail: qsTrId("report_screen.whom_neighbour_detail")
                    checked: form.whom === "neighbour"
                    onClicked: form.chooseWhom("neighbour")
                }
            }
        }
    }

    Component {
        id: neighbourStep

        NeighbourStep {
            kiosk: root.kiosk
            onChosen: id => form.choosePerson(id)
        }
    }

    Component {
        id: ruleStep

        Middle {
            tallest: Math.round((form.concern ? 90 : root.height > root.width ? 250 : 400) * Theme.mm)

            RuleStep {
                Layout.fillWidth: true
                Layout.fillHeight: true
                form: form
                upright: root.height > root.width
                onTurned: root.scrollUp()
            }

            Notice {
                objectName: "report.other_matter"
                Layout.fillWidth: true
                visible: form.concern
                icon: "help-circle"
                text: qsTrId("report_screen.other_matter")
            }
        }
    }

    Component {
        id: hoursStep

        Middle {
            tallest: Math.round((root.width > root.height ? 75 : 150) * Theme.mm)

            HoursStep {
                Layout.fillWidth: true
                Layout.fillHeight: true
                form: form
            }
        }
    }

    Component {
        id: whenStep

        WhenStep {
            form: form
        }
    }

    Component {
        id: partStep

        Middle {
            tallest: Math.round((root.width > root.height ? 75 : 150) * Theme.mm)

            PartStep {
                Layout.fillWidth: true
                Layout.fillHeight: true
                form: form
            }
        }
    }

    Component {
        id: whereStep

        Middle {
            tallest: Math.round((root.width > root.height ? 90 : 150) * Theme.mm)

            WhereStep {
                Layout.fillWidth: true
                Layout.fillHeight: true
                form: form
            }
        }
    }

    Component {
        id: wordsStep

        WordsStep {
            form: form
            tallest: root.free - 2 * root.edge
        }
    }

    Component {
        id: photoStep

        PhotoStep {
            photos: photos
        }
    }

    Component {
        id: witnessStep

        WitnessStep {
            kiosk: root.kiosk
            form: form
        }
    }

    Component {
        id: checkStep

        CheckStep {
            form: form
            wide: root.wide
        }
    }

    Component {
        id: sameStep

        SameStep {
            form: form
            onAccept: root.kiosk.replace("notices")
        }
    }

    Component {
        id: doneStep

        DoneStep {
            form: form
            paper: paper
            takeAlong: photos.driveIn && photos.kept.length > 0
            wide: root.wide
            tallest: root.free - 2 * root.edge
        }
    }

    foot: [
        PrimaryButton {
            objectName: "report.understood"
            Layout.fillWidth: true
            visible: form.step === "before"
            icon: "arrow-right"
            text: qsTrId("report_screen.before_go")
            onClicked: form.goOn()
        },
        PrimaryButton {
            readonly property WordsStep entry: stage.item as WordsStep

            objectName: "report.words_done"
            Layout.fillWidth: true
            visible: form.step === "words"
            enabled: !form.busy
            icon: "arrow-right"
            text: entry && entry.typed.trim() !== "" ? qsTrId("report_screen.go_on") : qsTrId("report_screen.skip")
            onClicked: form.write(entry.commit())
        },
        PrimaryButton {
            objectName: "report.photos_done"
            Layout.fillWidth: true
            visible: form.step === "photo"
            enabled: !photos.busy
            icon: "arrow-right"
            text: photos.kept.length > 0 ? qsTrId("report_screen.photos_go_on") : qsTrId("report_screen.photos_skip")
            onClicked: form.goOn()
        },
        PrimaryButton {
            objectName: "report.witnesses_done"
            Layout.fillWidth: true
            visible: form.step === "witness"
            enabled: !form.busy
            icon: "arrow-right"
            text: form.witnesses.length > 0 ? qsTrId("report_screen.witness_go_on") : qsTrId("report_screen.witness_skip")
            onClicked: form.goOn()
        },
        PrimaryButton {
            objectName: "report.hand_in"
            weighty: true
            Layout.fillWidth: true
            visible: form.step === "check" && form.duplicate === ""
            enabled: !form.busy
            icon: "check"
            text: qsTrId("report_screen.hand_in")
            onClicked: form.handIn(photos.kept)
        },
        PrimaryButton {
            objectName: "report.to_start"
            Layout.fillWidth: true
            visible: root.finished
            icon: "home"
            text: qsTrId("report_screen.to_start")
            onClicked: root.kiosk.home()
        }
    ]

    BusyVeil {
        parent: root
        busy: form.busy || photos.busy
        text: qsTrId("shell.wait")
    }
}
