pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// Was it you who reported this? One report after the other; an official is asked on the way to work.
Page {
    id: root

    // Where the person goes afterwards.
    property string then: "my_record"
    property var thenWith: ({})

    title: model.disowned ? qsTrId("sign_in.disowned_title") : qsTrId("sign_in.asked_title")
    ownBack: true
    filling: true
    onBackPressed: {
        if (then === "my_record")
            kiosk.replace(then, thenWith);
        else
            kiosk.leave();
    }

    AskedModel {
        id: model

        kiosk: root.kiosk
        onFinished: root.kiosk.replace(root.then, root.thenWith)
        onReportChanged: root.scrollUp()
    }

    ErrorBanner {
        text: model.error
    }

    Telling {
        objectName: "asked.report"
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: model.subject !== "" && !model.disowned
        reader: root.kiosk.reader
        readName: "asked.read"
        icon: "id"
        place: model.place
        heading: qsTrId("sign_in.asked_intro")

        AppText {
            objectName: "asked.subject"
            Layout.fillWidth: true
            Layout.topMargin: Theme.gap
            text: model.subject
            font.pixelSize: Theme.title
            font.bold: true
        }

        AppText {
            Layout.fillWidth: true
            text: model.whom
            font.pixelSize: Theme.title
        }

        AppText {
            Layout.fillWidth: true
            text: model.when
            color: Theme.colour.inkSoft
            font.pixelSize: Theme.large
        }

        Notice {
            Layout.topMargin: Theme.gap
            tone: "voice"
            icon: "info-circle"
            text: qsTrId("sign_in.asked_why")
        }
    }

    EmptyState {
        objectName: "asked.disowned"
        visible: model.disowned
        icon: "shield-check"
        text: qsTrId("sign_in.disowned")
        detail: qsTrId("sign_in.disowned_detail")
    }

    foot: [
        GridLayout {
            Layout.fillWidth: true
            visible: model.subject !== "" && !model.disowned
            columns: yes.implicitWidth + no.implicitWidth + columnSpacing > root.room ? 1 : 2
            columnSpacing: Theme.gap
            rowSpacing: Theme.gap
            uniformCellWidths: true

            // Neither answer looks better than the other.
            SecondaryButton {
                id: yes

                objectName: "asked.mine"
                weighty: true
                Layout.fillWidth: true
                enabled: !model.busy
                icon: "check"
                size: Theme.large
                text: qsTrId("sign_in.asked_mine")
                onClicked: model.mine()
            }

            SecondaryButton {
                id: no

                objectName: "asked.not_mine"
                Layout.fillWidth: true
                enabled: !model.busy
                icon: "x"
                size: Theme.large
                text: qsTrId("sign_in.asked_not_mine")
                onClicked: disowning.open()
            }
        },
        PrimaryButton {
            objectName: "asked.go_on"
            Layout.fillWidth: true
            visible: model.disowned
            icon: "arrow-right"
            text: qsTrId("sign_in.disowned_go_on")
            onClicked: model.goOn()
        }
    ]

    ConfirmDialog {
        id: disowning

        question: qsTrId("sign_in.disown_question")
        explanation: qsTrId("sign_in.disown_detail")
        yes: qsTrId("sign_in.disown_yes")
        no: qsTrId("sign_in.disown_no")
        icon: "id"
        onConfirmed: model.notMine()
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
