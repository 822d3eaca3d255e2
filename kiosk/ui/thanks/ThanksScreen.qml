pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// Thanks in four taps: whom, what for, and it is said.
Page {
    id: root

    readonly property string stage: model.stage
    readonly property bool choosing: stage === "what"
    readonly property bool over: stage === "done" || stage === "back"
    readonly property bool wide: width > height && room > (190 + 40 * Theme.textStep) * Theme.mm

    title: choosing ? qsTrId("thanks.title_for") : over ? qsTrId("thanks.title_done") : qsTrId("thanks.title")
    filling: over
    ownBack: stage !== "who"
    onBackPressed: over ? kiosk.home() : model.back()

    ThanksModel {
        id: model

        kiosk: root.kiosk
        onStageChanged: root.scrollUp()
        onSaid: job => paper.follow(job)
    }

    PaperModel {
        id: paper

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        objectName: "thanks.count"
        visible: root.stage === "who" && text !== ""
        slim: true
        tone: model.may ? "tea" : "gold"
        icon: model.may ? "heart-handshake" : "calendar"
        text: model.left
    }

    AppText {
        Layout.fillWidth: true
        visible: root.stage === "who" && model.may && model.near.length > 0
        text: qsTrId("thanks.near")
        color: Theme.colour.inkSoft
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.stage === "who" && model.may && model.near.length > 0

        Repeater {
            model: model.near

            ListRow {
                required property int index
                required property NearRow modelData

                objectName: `thanks.near.${index}`
                letter: modelData.letter
                text: modelData.name
                detail: modelData.house
                tappable: true
                last: index === model.near.length - 1
                onClicked: model.choose(modelData.residentId)
            }
        }
    }

    SecondaryButton {
        objectName: "thanks.other"
        Layout.fillWidth: true
        visible: root.stage === "who" && model.may
        icon: "search"
        text: qsTrId("thanks.other")
        onClicked: model.somebodyElse()
    }

    FindPerson {
        Layout.fillWidth: true
        visible: root.stage === "other"
        kiosk: root.kiosk
        prefix: "thanks."
        label: qsTrId("thanks.title")
        hint: qsTrId("thanks.other_hint")
        begin: qsTrId("thanks.begin")
        beginDetail: qsTrId("thanks.begin_detail")
        nobody: qsTrId("thanks.nobody")
        nobodyDetail: qsTrId("thanks.nobody_detail")
        onChosen: id => model.choose(id)
    }

    Chip {
        objectName: "thanks.to"
        Layout.maximumWidth: root.room
        visible: root.choosing
        tone: "tea"
        icon: "user"
        text: model.to
    }

    AppText {
        Layout.fillWidth: true
        visible: root.choosing
        text: model.reasons.length > 0 ? qsTrId("thanks.explains") : qsTrId("thanks.no_pictures")
    }

    TileGrid {
        Layout.fillWidth: true
        visible: root.choosing
        narrowest: 44
        most: 4

        Repeater {
            model: model.reasons

            PictureTile {
                required property ThanksForRow modelData

                objectName: `thanks.for.${modelData.picture}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: implicitHeight
                role: Accessible.Button
                drawing: `thanks_${modelData.picture}`
                text: modelData.name
                onClicked: model.say(modelData.picture)
            }
        }
    }

    Outcome {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.stage === "done"
        named: "thanks"
        paper: paper
        wide: root.wide
        tallest: root.free - 2 * root.edge
        icon: tallest < (100 + 30 * Theme.textStep) * Theme.mm ? "" : "heart-handshake"
        heading: model.words.heading
        label: qsTrId("thanks.number")
        number: model.words.reference
        keep: qsTrId("thanks.keep")

        Notice {
            objectName: "thanks.next"
            Layout.topMargin: Theme.pad
            icon: "clock"
            text: model.words.next
        }

        SecondaryButton {
            objectName: "thanks.take_back"
            Layout.fillWidth: true
            icon: "arrow-back-up"
            text: qsTrId("thanks.take_back")
            onClicked: model.takeBack()
        }
    }

    EmptyState {
        objectName: "thanks.taken_back"
        visible: root.stage === "back"
        icon: "arrow-back-up"
        text: qsTrId("thanks.taken_back")
    }

    foot: PrimaryButton {
        objectName: "thanks.to_start"
        Layout.fillWidth: true
        visible: root.over
        icon: "home"
        text: qsTrId("thanks.to_start")
        onClicked: root.kiosk.home()
    }

    BusyVeil {
        objectName: "busy"
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
