pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// Officials: find a household, choose with it what its sign shows, print it, see it to the end.
Page {
    id: root

    property string step: "find"
    readonly property bool wide: width > height && room > (200 + 70 * Theme.textStep) * Theme.mm
    readonly property bool finding: step === "find"
    readonly property bool printing: step === "print"
    readonly property string question: finding ? qsTrId("signs.find_title") : printing ? qsTrId("signs.printing_title") : ""

    function goTo(next: string) {
        step = next;
        scrollUp();
    }

    title: question === "" ? sign.house : question
    filling: printing
    ownBack: !finding
    onBackPressed: root.goTo("find")

    SignModel {
        id: sign

        kiosk: root.kiosk
        onPrinted: job => {
            paper.follow(job);
            root.goTo("print");
        }
    }

    PaperModel {
        id: paper

        kiosk: root.kiosk
        across: 1400
        purpose: "print_sign"
    }

    EmptyState {
        visible: !root.kiosk.official
        icon: "id"
        text: qsTrId("signs.officials_only")
        detail: qsTrId("signs.officials_only_detail")
    }

    PrimaryButton {
        objectName: "signs.sign_in"
        Layout.alignment: Qt.AlignHCenter
        visible: !root.kiosk.official
        text: qsTrId("signs.sign_in")
        onClicked: root.kiosk.replace("sign_in", {
            "official": true,
            "then": "signs"
        })
    }

    ErrorBanner {
        text: sign.error !== "" ? sign.error : paper.error
    }

    FindHousehold {
        Layout.fillWidth: true
        visible: root.kiosk.official && root.finding
        kiosk: root.kiosk
        onChosen: id => {
            sign.open(id);
            root.goTo("sign");
        }
    }

    HouseholdSign {
        Layout.fillWidth: true
        visible: root.step === "sign" && sign.opened
        wide: root.wide
        sign: sign
    }

    PrintProgress {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.printing
        wide: root.wide
        paper: paper
    }

    foot: [
        PrimaryButton {
            objectName: "signs.print"
            weighty: true
            Layout.fillWidth: true
            visible: root.step === "sign" && sign.agreed && sign.rated
            enabled: !sign.busy
            icon: "printer"
            text: qsTrId("signs.print")
            onClicked: sign.issue()
        },
        GridLayout {
            Layout.fillWidth: true
            visible: root.printing && paper.over
            columns: root.wide ? 2 : 1
            columnSpacing: Theme.pad
            rowSpacing: Theme.gap

            SecondaryButton {
                objectName: "signs.again"
                weighty: true
                Layout.fillWidth: true
                size: Theme.large
                enabled: !paper.busy
                icon: "printer"
                text: paper.printed ? qsTrId("signs.again") : qsTrId("signs.try_again")
                onClicked: paper.printAgain()
            }

            SecondaryButton {
                objectName: "signs.came_out"
                weighty: true
                Layout.fillWidth: true
                visible: paper.uncertain
                size: Theme.large
                enabled: !paper.busy
                icon: "check"
                text: qsTrId("printing.it_came_out")
                onClicked: paper.cameOut()
            }

            PrimaryButton {
                objectName: "signs.another"
                Layout.fillWidth: true
                text: qsTrId("signs.another")
                onClicked: root.goTo("find")
            }
        }
    ]

    BusyVeil {
        parent: root
        busy: sign.busy
        text: qsTrId("signs.wait")
    }
}
