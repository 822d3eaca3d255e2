pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
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

    title: question === "" ? sign.words.house : question
    filling: printing
    ownBack: !finding
    unfinished: step === "sign" && sign.altered
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
        prefix: "signs."
        begin: qsTrId("signs.search_begin")
        beginDetail: qsTrId("signs.search_begin_detail")
        onChosen: id => {
            sign.open(id);
            root.goTo("sign");
        }
    }

    Notice {
        visible: root.kiosk.official && root.finding
        tone: "voice"
        text: qsTrId("signs.seen")
    }

    SecondaryButton {
        objectName: "signs.many"
        Layout.fillWidth: true
        visible: root.kiosk.official && root.finding
        size: Theme.large
        icon: "building-community"
        text: qsTrId("signs.many")
        onClicked: root.kiosk.open("village_signs", {})
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
        GridLayout {
            Layout.fillWidth: true
            visible: root.step === "sign" && sign.agreed && sign.rated
            columns: root.wide ? 2 : 1
            columnSpacing: Theme.pad
            rowSpacing: Theme.gap

            PrimaryButton {
                objectName: "signs.duplicate"
                weighty: true
                Layout.fillWidth: true
                visible: sign.unchanged && sign.currentJob > 0
                enabled: !sign.busy
                icon: "printer"
                text: qsTrId("signs.again")
                onClicked: sign.printAgain()
            }

            SecondaryButton {
                objectName: "signs.print_same"
                Layout.fillWidth: true
                visible: sign.unchanged && sign.currentJob > 0
                size: Theme.large
                enabled: !sign.busy
                icon: "replace"
                text: qsTrId("signs.print_new")
                onClicked: replaceQuestion.open()
            }

            PrimaryButton {
                objectName: "signs.print"
                weighty: true
                Layout.fillWidth: true
                Layout.columnSpan: root.wide ? 2 : 1
                visible: !sign.unchanged || sign.currentJob === 0
                enabled: !sign.busy
                icon: "printer"
                text: sign.words.replaces === "" ? qsTrId("signs.print") : qsTrId("signs.print_new")
                onClicked: {
                    if (sign.words.replaces === "")
                        sign.issue();
                    else
                        replaceQuestion.open();
                }
            }
        },
        GridLayout {
            Layout.fillWidth: true
            visible: root.printing
            columns: root.wide ? 2 : 1
            columnSpacing: Theme.pad
            rowSpacing: Theme.gap

            SecondaryButton {
                objectName: "signs.cancel"
                Layout.fillWidth: true
                visible: !paper.over
                size: Theme.large
                enabled: !paper.busy
                icon: "x"
                text: qsTrId("printing.cancel")
                onClicked: paper.cancel()
            }

            SecondaryButton {
                objectName: "signs.again"
                weighty: true
                Layout.fillWidth: true
                visible: paper.mayTryAgain
                size: Theme.large
                enabled: !paper.busy
                icon: "printer"
                text: paper.printed || paper.uncertain ? qsTrId("signs.again") : qsTrId("signs.try_again")
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

    ConfirmDialog {
        id: replaceQuestion

        question: sign.words.replaces
        explanation: sign.unchanged ? qsTrId("signs.replaces_same") : qsTrId("signs.replaces_detail")
        yes: qsTrId("signs.replaces_yes")
        no: qsTrId("signs.replaces_no")
        icon: "replace"
        onConfirmed: sign.issue()
    }

    BusyVeil {
        parent: root
        busy: sign.busy
        text: qsTrId("signs.wait")
    }
}
