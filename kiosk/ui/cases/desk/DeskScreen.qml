pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// What waits for an officer, their own and the most urgent first; the printers; the way to the door signs.
Page {
    id: root

    // A case to go on to at once, for the second officer.
    property int openCase: 0

    function signInFirst() {
        kiosk.replace("sign_in", {
            "official": true,
            "then": "desk"
        });
    }
    function goOn() {
        const id = openCase;
        kiosk.remember("openCase", 0);
        kiosk.open("case", {
            "caseId": id
        });
    }

    title: qsTrId("desk_screen.title")
    filling: true
    Component.onCompleted: {
        if (!kiosk.signedIn)
            Qt.callLater(root.signInFirst);
        else if (openCase > 0)
            Qt.callLater(root.goOn);
    }

    DeskModel {
        id: model

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    EmptyState {
        visible: root.kiosk.signedIn && !root.kiosk.official
        icon: "id-badge-2"
        text: qsTrId("desk_screen.staff_only")
        detail: qsTrId("desk_screen.staff_only_detail")
    }

    PrimaryButton {
        objectName: "desk.sign_in"
        Layout.alignment: Qt.AlignHCenter
        visible: root.kiosk.signedIn && !root.kiosk.official
        text: qsTrId("desk_screen.sign_in")
        onClicked: root.signInFirst()
    }

    Notice {
        objectName: "desk.print_trouble"
        visible: model.printTrouble !== ""
        tone: "gold"
        icon: "printer"
        heading: qsTrId("desk_screen.printer")
        text: model.printTrouble
    }

    Flow {
        id: summary

        Layout.fillWidth: true
        visible: model.there
        spacing: Theme.gap

        Chip {
            objectName: "desk.mine"
            width: Math.min(implicitWidth, summary.width)
            tone: "tea"
            icon: "gavel"
            text: model.mine
        }

        Chip {
            width: Math.min(implicitWidth, summary.width)
            visible: model.papersWaiting !== ""
            icon: "printer"
            text: model.papersWaiting
        }

        QuietButton {
            objectName: "desk.find"
            width: Math.min(implicitWidth, summary.width)
            icon: "search"
            text: qsTrId("desk_screen.find")
            onClicked: root.kiosk.open("find_case")
        }
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.rows.length > 0

        Repeater {
            model: model.rows

            CaseRow {
                required property int index
                required property QueueRow modelData

                objectName: `desk.case.${index}`
                line: modelData
                last: index === model.rows.length - 1
                onComingBack: model.comeBack(modelData.caseId)
                onClicked: root.kiosk.open("case", {
                    "caseId": modelData.caseId
                })
            }
        }
    }

    AppText {
        Layout.fillWidth: true
        visible: model.again.length > 0
        text: qsTrId("desk_screen.read_again")
        font.pixelSize: Theme.large
        font.bold: true
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.again.length > 0

        Repeater {
            model: model.again

            ListRow {
                required property int index
                required property AgainRow modelData

                objectName: `desk.again.${index}`
                text: modelData.title
                aside: modelData.reference
                detail: modelData.why
                tappable: true
                last: index === model.again.length - 1
                onClicked: root.kiosk.open("case", {
                    "caseId": modelData.caseId
                })
            }
        }
    }

    Card {
        objectName: "desk.empty"
        Layout.fillWidth: true
        visible: model.there && model.rows.length === 0

        EmptyState {
            icon: "seedling"
            text: qsTrId("desk_screen.empty")
            detail: qsTrId("desk_screen.empty_detail")
        }
    }

    Card {
        Layout.fillWidth: true
        visible: root.kiosk.official && !model.decides

        EmptyState {
            icon: "id-badge-2"
            text: qsTrId("desk_screen.not_deciding")
            detail: model.printsSigns ? qsTrId("desk_screen.not_deciding_detail") : ""
        }
    }

    Item {
        Layout.fillHeight: true
    }

    foot: GridLayout {
        id: ending

        readonly property bool narrow: signs.implicitWidth > 0.4 * root.room

        Layout.fillWidth: true
        visible: root.kiosk.official
        columns: narrow ? 1 : 2
        columnSpacing: Theme.pad
        rowSpacing: Theme.gap

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap

            AppIcon {
                name: model.decides ? "eye" : ""
                colour: Theme.colour.voice
            }

            AppText {
                Layout.fillWidth: true
                text: model.decides ? qsTrId("desk_screen.looked") : ""
                color: Theme.colour.inkSoft
            }
        }

        SecondaryButton {
            id: signs

            objectName: "desk.signs"
            Layout.fillWidth: ending.narrow
            visible: model.printsSigns
            icon: "home-star"
            text: qsTrId("desk_screen.signs")
            onClicked: root.kiosk.open("signs")
        }
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
