pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// A decision about oneself: how it was made, what an appeal brings, why one appeals, and its slip.
Page {
    id: root

    property int caseId: 0
    // The QR text of the slip that somebody holds, in place of a case.
    property string slip
    readonly property bool wide: width > height && room > (190 + 60 * Theme.textStep) * Theme.mm

    function signInFirst() {
        kiosk.replace("sign_in", {
            "then": "appeal",
            "thenWith": {
                "caseId": caseId,
                "slip": slip
            }
        });
    }

    title: model.there ? model.words.title : qsTrId("my_record.appeal_closed")
    filling: true
    ownBack: model.stage === "why"
    unfinished: model.stage === "why"
    onBackPressed: model.back()
    Component.onCompleted: {
        if (!kiosk.signedIn)
            Qt.callLater(root.signInFirst);
        else if (slip !== "")
            model.openSlip(slip);
        else
            model.open(caseId);
    }

    AppealModel {
        id: model

        kiosk: root.kiosk
        onStageChanged: root.scrollUp()
        onHandedIn: job => paper.follow(job)
    }

    PaperModel {
        id: paper

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    DecisionStep {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: model.there && model.stage === "page"
        matter: model
        reader: root.kiosk.reader
        wide: root.wide
        onPutRight: root.kiosk.open("put_right", {
            "caseId": model.caseId
        })
    }

    GroundStep {
        id: why

        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: model.stage === "why"
        matter: model
    }

    Outcome {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: model.stage === "done"
        named: "appeal"
        paper: paper
        wide: root.wide
        tallest: root.free - 2 * root.edge
        icon: ""
        label: qsTrId("my_record.number_of_matter")
        number: model.words.reference

        Notice {
            Layout.topMargin: Theme.pad
            icon: "hand-stop"
            text: qsTrId("my_record.happens_suspended")
        }

        Notice {
            icon: "clock"
            text: model.words.resultBy
        }
    }

    foot: [
        GridLayout {
            readonly property bool narrow: yes.implicitWidth + no.implicitWidth + columnSpacing > root.room

            Layout.fillWidth: true
            visible: model.there && model.stage === "page"
            columns: narrow || !yes.visible ? 1 : 2
            columnSpacing: Theme.gap
            rowSpacing: Theme.gap

            PrimaryButton {
                id: yes

                objectName: "appeal.begin"
                Layout.fillWidth: true
                visible: model.mayAppeal
                enabled: !model.busy
                icon: "scale"
                text: qsTrId("my_record.do_appeal")
                onClicked: model.begin()
            }

            QuietButton {
                id: no

                objectName: "appeal.leave"
                Layout.fillWidth: true
                size: Theme.large
                icon: model.mayAppeal ? "" : "arrow-left"
                text: model.mayAppeal ? qsTrId("my_record.do_not_appeal") : qsTrId("my_record.go_back")
                onClicked: root.kiosk.back()
            }
        },
        PrimaryButton {
            objectName: "appeal.hand_in"
            weighty: true
            Layout.fillWidth: true
            visible: model.stage === "why"
            enabled: model.grounded && !model.busy
            icon: "check"
            text: qsTrId("my_record.hand_in_appeal")
            onClicked: model.handIn(why.commit())
        },
        PrimaryButton {
            objectName: "appeal.done"
            Layout.fillWidth: true
            visible: model.stage === "done"
            icon: "notebook"
            text: qsTrId("my_record.to_my_record")
            onClicked: root.kiosk.replace("my_record")
        },
        SecondaryButton {
            objectName: "appeal.back"
            Layout.fillWidth: true
            visible: !model.there && model.error !== ""
            size: Theme.large
            icon: "arrow-left"
            text: qsTrId("my_record.go_back")
            onClicked: root.kiosk.back()
        }
    ]

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
