pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// What the village keeps of its own: places, sentences, and the days on which the hall is closed.
Page {
    id: root

    readonly property string stage: model.stage
    readonly property bool writing: stage === "word" || stage === "name"
    readonly property var titles: ({
            "page": qsTrId("hall.title"),
            "word": qsTrId("hall.word_title"),
            "what": qsTrId("hall.what_title"),
            "first": qsTrId("hall.first_title"),
            "last": qsTrId("hall.last_title"),
            "name": qsTrId("hall.name_title")
        })

    readonly property var details: ({
            "word": qsTrId("hall.word_detail"),
            "name": qsTrId("hall.name_detail")
        })

    title: titles[stage] ?? ""
    ownBack: stage !== "page"
    unfinished: stage !== "page"
    onBackPressed: model.back()

    HallModel {
        id: model

        kiosk: root.kiosk
        onStageChanged: {
            root.kiosk.putKeyboardAway();
            if (stage === "word" || stage === "name") {
                zh.clear();
                en.clear();
                zh.text = model.inChinese;
                en.text = model.inEnglish;
            }
            root.scrollUp();
        }
    }

    EmptyState {
        visible: !root.kiosk.official
        icon: "id"
        text: qsTrId("staff.officials_only")
        detail: qsTrId("staff.officials_only_detail")
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        objectName: "hall.became_later"
        visible: root.stage === "page" && model.moved !== ""
        tone: "gold"
        icon: "calendar"
        text: model.moved
    }

    Title {
        Layout.fillWidth: true
        visible: closed.visible
        text: qsTrId("hall.heading_days")
    }

    RowCard {
        id: closed

        Layout.fillWidth: true
        visible: root.stage === "page" && model.closed.length > 0

        Repeater {
            model: model.closed

            ListRow {
                id: row

                required property int index
                required property ClosedRow modelData

                objectName: `hall.day.${index}`
                text: modelData.name
                detail: modelData.detail
                last: index === model.closed.length - 1
                leading: AppIcon {
                    name: row.modelData.icon
                    colour: Theme.colour.tea
                    size: Math.round(1.3 * Theme.large)
                }

                QuietButton {
                    objectName: `hall.day.end.${row.index}`
                    enabled: !model.busy
                    icon: "x"
                    text: qsTrId("hall.end")
                    onClicked: ending.ask(row.modelData.dayId, true)
                }
            }
        }
    }

    Notice {
        visible: root.stage === "page" && root.kiosk.official
        tone: "voice"
        icon: "calendar"
        text: qsTrId("hall.days_note")
    }

    SecondaryButton {
        objectName: "hall.add_days"
        Layout.fillWidth: true
        visible: root.stage === "page" && root.kiosk.official
        enabled: !model.busy
        icon: "plus"
        text: qsTrId("hall.add_days")
        onClicked: model.addDays()
    }

    Words {
        kind: "place"
        heading: qsTrId("hall.heading_place")
        icon: "map-pin"
        add: qsTrId("hall.add_place")
        words: model.places
    }

    Words {
        kind: "deed"
        heading: qsTrId("hall.heading_deed")
        icon: "heart-handshake"
        add: qsTrId("hall.add_deed")
        words: model.deeds
    }

    Words {
        kind: "concern"
        heading: qsTrId("hall.heading_concern")
        icon: "message-2"
        add: qsTrId("hall.add_concern")
        words: model.concerns
    }

    Notice {
        objectName: "hall.summary"
        visible: text !== "" && ["first", "last", "name"].includes(root.stage)
        slim: true
        tone: "gold"
        icon: "calendar"
        text: model.summary
    }

    Choices {
        Layout.fillWidth: true
        visible: root.stage === "what"
        choices: model.choices
        named: "hall.what"
        byKey: true
        narrowest: 100
        most: 2
        onChosen: key => model.choose(key)
    }

    MonthTurn {
        Layout.fillWidth: true
        visible: root.stage === "first" || root.stage === "last"
        named: "hall"
        month: model.month
        onTurned: months => model.turn(months)
    }

    DayGrid {
        Layout.fillWidth: true
        visible: root.stage === "first" || root.stage === "last"
        named: "hall"
        weekdays: model.weekdays
        days: model.days
        onChosen: iso => model.chooseDay(iso)
    }

    AppText {
        Layout.fillWidth: true
        visible: root.writing
        text: root.details[root.stage] ?? ""
        font.pixelSize: Theme.large
    }

    TextEntry {
        id: zh

        objectName: "hall.zh"
        Layout.fillWidth: true
        visible: root.writing
        label: qsTrId("hall.in_zh")
        longest: 60
    }

    TextEntry {
        id: en

        objectName: "hall.en"
        Layout.fillWidth: true
        visible: root.writing
        label: qsTrId("hall.in_en")
        longest: 60
    }

    foot: PrimaryButton {
        objectName: "hall.write"
        Layout.fillWidth: true
        visible: root.writing
        enabled: !model.busy && (root.stage === "name" || zh.typed.trim() !== "")
        icon: "check"
        text: qsTrId("hall.write")
        onClicked: model.write(zh.text, en.text)
    }

    component Words: OwnWords {
        Layout.fillWidth: true
        visible: root.stage === "page" && root.kiosk.official
        busy: model.busy
        onAdded: model.add(kind)
        onRenamed: wordId => model.rename(wordId)
        onEnded: wordId => ending.ask(wordId, false)
    }

    ConfirmDialog {
        id: ending

        property int number
        property bool ofDays

        function ask(number: int, ofDays: bool) {
            ending.number = number;
            ending.ofDays = ofDays;
            open();
        }

        question: ofDays ? qsTrId("hall.end_day_sure") : qsTrId("hall.end_sure")
        explanation: ofDays ? qsTrId("hall.end_day_detail") : qsTrId("hall.end_detail")
        yes: qsTrId("hall.end_yes")
        no: qsTrId("hall.end_no")
        onConfirmed: ofDays ? model.endDay(number) : model.endWord(number)
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
