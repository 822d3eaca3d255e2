pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// The signs of a lane or the whole village: which, on which paper, and then sheet by sheet.
Page {
    id: root

    readonly property string stage: model.stage
    readonly property bool start: stage === "page"
    readonly property bool printing: stage === "run"
    readonly property var titles: ({
            "page": qsTrId("village_signs.where_title"),
            "which": qsTrId("village_signs.which_title"),
            "paper": qsTrId("village_signs.paper_title"),
            "run": qsTrId("village_signs.run_title")
        })
    property bool listing: false

    title: listing ? qsTrId("village_signs.list_title") : titles[stage] ?? ""
    ownBack: listing || !start
    onBackPressed: {
        if (listing)
            listing = false;
        else
            model.back();
    }

    VillageSignsModel {
        id: model

        kiosk: root.kiosk
        onStageChanged: root.scrollUp()
        onListPrinted: job => {
            paper.follow(job);
            root.listing = true;
            root.scrollUp();
        }
    }

    PaperModel {
        id: paper

        kiosk: root.kiosk
        across: 1400
        purpose: "print_sign"
    }

    ErrorBanner {
        text: model.error
    }

    EmptyState {
        visible: root.start && !root.listing && model.nothing
        icon: "home-star"
        text: qsTrId("village_signs.none")
        detail: qsTrId("village_signs.none_detail")
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.start && !root.listing && model.lanes.length > 0

        Repeater {
            model: model.lanes

            ListRow {
                id: lane

                required property int index
                required property LaneRow modelData

                objectName: `village_signs.lane.${lane.index}`
                text: lane.modelData.name
                detail: lane.modelData.detail
                tappable: true
                last: lane.index === model.lanes.length - 1
                leading: AppIcon {
                    name: lane.modelData.place === 0 ? "building-community" : "road"
                    colour: Theme.colour.tea
                    size: Math.round(1.3 * Theme.large)
                }
                onClicked: model.chooseWhere(lane.modelData.place)
            }
        }
    }

    Notice {
        visible: root.start && !root.listing && model.lanes.length > 0
        tone: "voice"
        text: qsTrId("village_signs.who")
    }

    Chip {
        Layout.maximumWidth: root.room
        visible: !root.start && !root.listing
        tone: "tea"
        icon: "map-pin"
        text: model.where
    }

    Choices {
        Layout.fillWidth: true
        visible: root.stage === "which" && !root.listing
        choices: model.kinds
        named: "village_signs.kind"
        byKey: true
        onChosen: key => {
            if (key === "again")
                againQuestion.open();
            else
                model.chooseKind(key);
        }
    }

    Choices {
        Layout.fillWidth: true
        visible: root.stage === "paper" && !root.listing
        choices: model.papers
        named: "village_signs.paper"
        byKey: true
        onChosen: key => model.choosePaper(key)
    }

    AppText {
        Layout.fillWidth: true
        visible: root.stage === "paper" && !root.listing && model.labels
        text: qsTrId("village_signs.place_question")
        font.bold: true
        font.pixelSize: Theme.large
    }

    Choices {
        Layout.fillWidth: true
        visible: root.stage === "paper" && !root.listing && model.labels
        choices: model.places
        named: "village_signs.place"
        byKey: true
        onChosen: key => model.choosePlace(key)
    }

    Notice {
        objectName: "village_signs.put_in"
        visible: root.stage === "paper" && !root.listing && model.labels
        tone: "gold"
        icon: "printer"
        text: model.firstLabel > 1 ? qsTrId("village_signs.put_in_used") : qsTrId("village_signs.put_in_new")
    }

    Card {
        Layout.fillWidth: true
        visible: root.printing && !root.listing
        spacing: Theme.gap

        Title {
            objectName: "village_signs.progress"
            Layout.fillWidth: true
            text: model.progress
            font.pixelSize: Theme.title
        }

        Rectangle {
            Layout.fillWidth: true
            implicitHeight: Math.round(4 * Theme.mm)
            radius: height / 2
            color: Theme.colour.card
            border.width: Theme.hairline
            border.color: Theme.colour.edge
            Accessible.role: Accessible.ProgressBar
            Accessible.name: model.progress

            Rectangle {
                width: Math.round(parent.width * model.share)
                height: parent.height
                radius: parent.radius
                color: Theme.colour.tea
            }
        }

        AppText {
            objectName: "village_signs.waits"
            Layout.fillWidth: true
            visible: text !== ""
            text: model.waitsFor
            color: Theme.colour.care
            font.bold: true
        }

        AppText {
            objectName: "village_signs.state"
            Layout.fillWidth: true
            text: model.over ? qsTrId("village_signs.over") : model.paused ? qsTrId("village_signs.paused") : qsTrId("village_signs.goes_on")
        }
    }

    Notice {
        visible: root.printing && !root.listing && model.doubts.length > 0
        tone: "gold"
        icon: "help-circle"
        heading: qsTrId("village_signs.doubts")
        text: qsTrId("village_signs.doubts_detail")
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.printing && !root.listing && model.doubts.length > 0

        Repeater {
            model: model.doubts

            ListRow {
                id: doubt

                required property int index
                required property DoubtRow modelData

                objectName: `village_signs.doubt.${doubt.index}`
                text: doubt.modelData.name
                detail: doubt.modelData.detail
                last: doubt.index === model.doubts.length - 1

                SecondaryButton {
                    objectName: `village_signs.out.${doubt.index}`
                    visible: doubt.modelData.askable
                    enabled: !model.busy
                    icon: "check"
                    text: qsTrId("printing.it_came_out")
                    onClicked: model.cameOut(doubt.modelData.job)
                }

                SecondaryButton {
                    objectName: `village_signs.again.${doubt.index}`
                    enabled: !model.busy
                    icon: "printer"
                    text: doubt.modelData.askable ? qsTrId("printing.print_again") : qsTrId("printing.try_again")
                    onClicked: model.printAgain(doubt.modelData.job)
                }
            }
        }
    }

    PaperProgress {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.listing
        paper: paper
    }

    foot: [
        PrimaryButton {
            objectName: "village_signs.start"
            weighty: true
            Layout.fillWidth: true
            visible: root.stage === "paper" && !root.listing
            enabled: !model.busy
            icon: "printer"
            text: qsTrId("village_signs.start")
            onClicked: model.start()
        },
        SecondaryButton {
            objectName: "village_signs.pause"
            Layout.fillWidth: true
            visible: root.printing && !root.listing && !model.over
            size: Theme.large
            icon: model.paused ? "player-track-next" : "player-pause"
            text: model.paused ? qsTrId("village_signs.resume") : qsTrId("village_signs.pause")
            onClicked: model.pause()
        },
        SecondaryButton {
            objectName: "village_signs.list"
            Layout.fillWidth: true
            visible: (root.start || root.printing) && !root.listing
            enabled: !model.busy
            icon: "list-check"
            text: qsTrId("village_signs.print_list")
            onClicked: model.printList()
        }
    ]

    ConfirmDialog {
        id: againQuestion

        question: qsTrId("village_signs.again_question")
        explanation: qsTrId("village_signs.again_explanation")
        yes: qsTrId("village_signs.again_yes")
        no: qsTrId("village_signs.again_no")
        icon: "replace"
        onConfirmed: model.chooseKind("again")
    }

    BusyVeil {
        objectName: "busy"
        parent: root
        busy: model.busy && !root.printing
        text: qsTrId("shell.wait")
    }
}
