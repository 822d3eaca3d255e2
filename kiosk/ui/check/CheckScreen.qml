pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// Hold a sign or slip before the scanner, and read what it is.
Page {
    id: root

    // A note that was scanned on another screen.
    property string note
    readonly property bool wide: width > height && room > (190 + 65 * Theme.textStep) * Theme.mm
    readonly property bool low: height < (215 + 30 * Theme.textStep) * Theme.mm
    readonly property bool judged: paper.verdict.code !== ""
    readonly property bool told: paper.signed.stars.length > 0 || paper.signed.facts.length > 0 || paper.signed.lines.length > 0

    // One's own record comes with a card: where nobody is signed in, that is first.
    function goOn(screen: string) {
        kiosk.remember("note", paper.note);
        kiosk.open(kiosk.signedIn ? screen : "sign_in", kiosk.signedIn ? {
            "slip": paper.note
        } : {
            "then": screen,
            "thenWith": {
                "slip": paper.note
            }
        });
    }

    title: qsTrId("check.title")
    filling: true
    Component.onCompleted: if (note !== "")
        paper.check(note)

    CheckModel {
        id: paper

        kiosk: root.kiosk
        onChecked: root.scrollUp()
    }

    Connections {
        target: root.kiosk

        function onNoteScanned(note: string) {
            paper.check(note);
        }

        function onNothingScanned() {
            paper.notRecognised();
        }
    }

    ErrorBanner {
        text: paper.error
    }

    HoldPicture {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: !root.judged
        wide: root.wide
        low: root.low
    }

    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.judged
        columns: root.wide && root.told ? 2 : 1
        columnSpacing: Theme.pad
        rowSpacing: Theme.pad

        VerdictCard {
            objectName: "check.verdict"
            Layout.fillWidth: true
            Layout.fillHeight: root.wide || !root.told
            Layout.preferredWidth: 10
            verdict: paper.verdict
            low: root.low
        }

        SignedFacts {
            objectName: "check.facts"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 12
            visible: root.told
            signed: paper.signed
            low: root.low
        }
    }

    foot: GridLayout {
        readonly property int beside: Math.max(appeal.implicitWidth, copy.implicitWidth)
        readonly property bool narrow: again.implicitWidth + beside + columnSpacing > root.room

        Layout.alignment: Qt.AlignHCenter
        Layout.maximumWidth: root.room
        visible: root.judged
        columns: narrow ? 1 : 2
        columnSpacing: Theme.pad
        rowSpacing: Theme.gap

        SecondaryButton {
            id: appeal

            objectName: "check.appeal"
            Layout.fillWidth: true
            visible: paper.mayAppeal
            size: Theme.large
            icon: "scale"
            text: qsTrId("check.appeal")
            onClicked: root.goOn("appeal")
        }

        SecondaryButton {
            id: copy

            objectName: "check.copy"
            Layout.fillWidth: true
            visible: paper.fetchesCopy
            size: Theme.large
            icon: "copy"
            text: qsTrId("check.copy")
            onClicked: root.goOn("my_data")
        }

        PrimaryButton {
            id: again

            objectName: "check.again"
            Layout.fillWidth: true
            Layout.minimumWidth: Math.min(root.room, Math.round(90 * Theme.mm))
            icon: "scan"
            text: qsTrId("check.again")
            onClicked: paper.startAnew()
        }
    }

    BusyVeil {
        parent: root
        busy: paper.busy
        text: qsTrId("check.checking")
    }
}
