pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts

// One case on one page; then reason, sentence and confirmation of a decision, and its slip.
DecidingPage {
    id: root

    property int caseId: 0
    // It was looked for by its number, for somebody who asks how far it is.
    property bool asked: false

    // The first officer goes before the second signs in.
    function makeWay() {
        const shell = kiosk;
        const id = caseId;
        shell.endSession();
        shell.open("sign_in", {
            "official": true,
            "second": true,
            "then": "desk",
            "thenWith": {
                "openCase": id
            }
        });
    }

    deciding: dossier
    named: "case"
    icon: "gavel"
    wide: width > height && room > (190 + 40 * Theme.textStep) * Theme.mm
    heading: qsTrId("desk_screen.title")
    hint: qsTrId("desk_screen.sentence_hint")
    plain: qsTrId("desk_screen.sentence_plain")
    confirm: qsTrId("desk_screen.confirm")
    sureQuestion: qsTrId("desk_screen.sure")
    sureYes: qsTrId("desk_screen.sure_yes")
    sureNo: qsTrId("desk_screen.sure_no")
    toList: qsTrId("desk_screen.to_queue")
    Component.onCompleted: asked ? dossier.openToAnswer(caseId) : dossier.open(caseId)

    CaseModel {
        id: dossier

        kiosk: root.kiosk
    }

    reading: Component {
        CasePage {
            dossier: dossier
            wide: root.wide
            low: root.wide && root.free < 140 * Theme.mm
        }
    }

    photo: Component {
        PhotoStep {
            dossier: dossier
            tallest: root.free - 2 * root.edge
        }
    }

    afterwards: Component {
        ColumnLayout {
            spacing: Theme.gap

            AppText {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                text: dossier.words.title
                color: Theme.colour.inkSoft
            }

            SecondaryButton {
                objectName: "case.second_now"
                weighty: true
                Layout.alignment: Qt.AlignHCenter
                Layout.maximumWidth: parent.width
                Layout.topMargin: Theme.pad
                visible: dossier.waitsForSecond
                size: Theme.large
                icon: "id-badge-2"
                text: qsTrId("desk_screen.second_now")
                onClicked: root.makeWay()
            }

            SecondaryButton {
                objectName: "case.not_aside"
                Layout.alignment: Qt.AlignHCenter
                Layout.maximumWidth: parent.width
                Layout.topMargin: Theme.pad
                visible: dossier.steppedAside
                size: Theme.large
                icon: "rotate-2"
                text: qsTrId("desk_screen.come_back")
                onClicked: dossier.comeBack()
            }
        }
    }
}
