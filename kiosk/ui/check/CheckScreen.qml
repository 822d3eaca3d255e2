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
    // The photographs on a stick are in sight, of which one is to be checked.
    property bool choosing: false
    readonly property bool photographed: judged && photograph.picture !== ""
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

    title: choosing ? qsTrId("check.photo_title") : qsTrId("check.title")
    filling: !choosing && !photographed
    ownBack: choosing
    onBackPressed: {
        choosing = false;
        photograph.forget();
    }
    Component.onCompleted: if (note !== "")
        paper.check(note)

    CheckModel {
        id: paper

        kiosk: root.kiosk
        onChecked: root.scrollUp()
    }

    PhotographModel {
        id: photograph

        kiosk: root.kiosk
        onFound: note => {
            root.choosing = false;
            paper.check(note);
        }
    }

    Connections {
        target: root.kiosk

        function onNoteScanned(note: string) {
            root.choosing = false;
            photograph.forget();
            paper.check(note);
        }

        function onNothingScanned() {
            root.choosing = false;
            photograph.forget();
            paper.notRecognised();
        }
    }

    ErrorBanner {
        text: photograph.error !== "" ? photograph.error : paper.error
    }

    EmptyState {
        visible: root.choosing && photograph.files.length === 0
        icon: "camera"
        text: qsTrId("check.photo_no_stick")
        detail: qsTrId("check.photo_no_stick_detail")
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.choosing && photograph.files.length > 0

        Repeater {
            model: photograph.files

            ListRow {
                id: row

                required property int index
                required property PhotographRow modelData

                objectName: `check.photo.${row.index}`
                text: row.modelData.name
                detail: row.modelData.day
                tappable: true
                last: row.index === photograph.files.length - 1
                leading: AppIcon {
                    name: "camera"
                    colour: Theme.colour.tea
                    size: Math.round(1.3 * Theme.large)
                }
                onClicked: photograph.read(row.modelData.place)
            }
        }
    }

    HoldPicture {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: !root.judged && !root.choosing
        wide: root.wide
        low: root.low
    }

    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.judged && !root.choosing
        columns: root.wide && root.told ? 2 : 1
        columnSpacing: Theme.pad
        rowSpacing: Theme.pad

        VerdictCard {
            objectName: "check.verdict"
            Layout.fillWidth: true
            Layout.columnSpan: root.photographed && parent.columns === 2 ? 2 : 1
            Layout.fillHeight: root.wide || !root.told
            Layout.preferredWidth: 10
            verdict: paper.verdict
            low: root.low
        }

        PhotographedSign {
            Layout.fillWidth: true
            Layout.preferredWidth: 12
            Layout.alignment: Qt.AlignTop
            visible: root.photographed
            photograph: photograph
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
        readonly property int beside: Math.max(appeal.implicitWidth, copy.implicitWidth, stick.implicitWidth)
        readonly property bool narrow: again.implicitWidth + beside + columnSpacing > root.room

        Layout.alignment: Qt.AlignHCenter
        Layout.maximumWidth: root.room
        visible: !root.choosing
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
            visible: root.judged
            icon: "scan"
            text: qsTrId("check.again")
            onClicked: {
                photograph.forget();
                paper.startAnew();
            }
        }

        SecondaryButton {
            id: stick

            objectName: "check.photo"
            Layout.fillWidth: true
            size: Theme.large
            icon: "camera"
            text: qsTrId("check.photo")
            onClicked: {
                paper.startAnew();
                photograph.look();
                root.choosing = true;
            }
        }
    }

    BusyVeil {
        parent: root
        busy: paper.busy || photograph.busy
        text: qsTrId("check.checking")
    }
}
