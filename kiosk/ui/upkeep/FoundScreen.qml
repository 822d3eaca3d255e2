pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// Founding a village where there is none: what is asked, one after the other, and then it stands.
Page {
    id: root

    readonly property string stage: model.stage
    readonly property bool aside: stage === "place" || stage === "person"
    readonly property bool placing: stage === "places"
    readonly property bool ending: stage === "sure"
    readonly property var titles: ({
            "name": qsTrId("founding.name_title"),
            "log": qsTrId("founding.log_title"),
            "terminal": qsTrId("founding.terminal_title"),
            "sheets": qsTrId("founding.sheets_title"),
            "slips": qsTrId("founding.slips_title"),
            "places": qsTrId("founding.places_title"),
            "place": qsTrId("founding.place_title"),
            "rules": qsTrId("founding.rules_title"),
            "people": qsTrId("founding.people_title"),
            "person": qsTrId("founding.person_title"),
            "assembly": qsTrId("founding.assembly_title"),
            "sure": qsTrId("founding.sure_title")
        })
    readonly property var details: ({
            "name": qsTrId("founding.name_detail"),
            "log": qsTrId("founding.log_detail"),
            "terminal": qsTrId("founding.terminal_detail"),
            "sheets": qsTrId("founding.sheets_detail"),
            "slips": qsTrId("founding.slips_detail"),
            "places": qsTrId("founding.places_detail"),
            "place": qsTrId("founding.place_detail"),
            "rules": qsTrId("founding.rules_detail"),
            "people": qsTrId("founding.people_detail"),
            "person": qsTrId("founding.person_detail_below"),
            "assembly": qsTrId("founding.assembly_detail"),
            "sure": qsTrId("founding.sure_detail")
        })

    title: model.onServer ? qsTrId("founding.title") : titles[stage] ?? ""
    ownBack: true
    onBackPressed: model.back()

    // A field with its name above it: what is written hides the hint.
    component Field: ColumnLayout {
        id: field

        // ``found.`` and the name under which the answer is kept.
        required property string named
        required property string on
        required property string label
        readonly property string key: named.slice(named.indexOf(".") + 1)
        property alias hint: entry.hint
        property alias longest: entry.longest
        property alias literal: entry.literal
        property alias hints: entry.hints

        Layout.fillWidth: true
        visible: root.stage === on
        spacing: Math.round(0.8 * Theme.mm)

        AppText {
            Layout.fillWidth: true
            text: field.label
            font.bold: true
            Accessible.ignored: true
        }

        TextEntry {
            id: entry

            objectName: field.named
            Layout.fillWidth: true
            label: field.label
            onTypedChanged: if (visible) model.type(field.key, typed)
        }

        Connections {
            target: model

            function onFilled() {
                entry.text = model.value(field.key);
            }
        }
    }

    FoundModel {
        id: model

        kiosk: root.kiosk
        onStageChanged: root.scrollUp()
        onFounded: root.kiosk.replace("founded")
    }

    EmptyState {
        objectName: "found.on_server"
        visible: model.onServer
        icon: "building-community"
        text: qsTrId("founding.on_server")
        detail: qsTrId("founding.on_server_detail")
    }

    StepDots {
        Layout.fillWidth: true
        visible: !model.onServer
        steps: [qsTrId("founding.part_name"), qsTrId("founding.part_machine"), qsTrId("founding.part_village"), qsTrId("founding.part_people"), qsTrId("founding.part_sure")]
        current: model.chapter
    }

    ErrorBanner {
        text: model.error
    }

    AppText {
        Layout.fillWidth: true
        visible: !model.onServer
        text: root.details[root.stage] ?? ""
        font.pixelSize: Theme.large
    }

    Field {
        named: "found.name_zh"
        on: "name"
        label: qsTrId("founding.name_zh")
        longest: 40
    }

    Field {
        named: "found.name_en"
        on: "name"
        label: qsTrId("founding.name_en")
        longest: 40
        hints: Qt.ImhLatinOnly | Qt.ImhNoPredictiveText
    }

    Field {
        named: "found.origin"
        on: "log"
        label: qsTrId("founding.origin_label")
        longest: 60
        literal: true
        hints: Qt.ImhLatinOnly | Qt.ImhNoPredictiveText | Qt.ImhPreferLowercase
    }

    SecondaryButton {
        objectName: "found.draw"
        Layout.fillWidth: true
        visible: root.stage === "log"
        icon: "rotate-2"
        text: qsTrId("founding.draw")
        onClicked: model.draw()
    }

    Notice {
        visible: root.stage === "log"
        tone: "gold"
        icon: "lock"
        heading: qsTrId("founding.never_changes")
        text: qsTrId("founding.never_changes_detail")
    }

    Field {
        named: "found.terminal"
        on: "terminal"
        label: qsTrId("founding.terminal_label")
        hint: qsTrId("founding.terminal_hint")
        longest: 40
    }

    Choices {
        Layout.fillWidth: true
        visible: root.stage === "sheets" || root.stage === "slips"
        choices: visible ? model.choices : []
        named: "found.printer"
        onChosen: key => model.choose(key)
    }

    Field {
        named: "found.place_zh"
        on: "place"
        label: qsTrId("founding.place_zh")
        longest: 40
    }

    Field {
        named: "found.place_en"
        on: "place"
        label: qsTrId("founding.place_en")
        longest: 40
        hints: Qt.ImhLatinOnly | Qt.ImhNoPredictiveText
    }

    Notice {
        objectName: "found.wanted"
        visible: text !== ""
        tone: "gold"
        icon: "info-circle"
        heading: qsTrId("founding.wanted")
        text: model.wanted
    }

    RuleTicks {
        Layout.fillWidth: true
        visible: root.stage === "rules"
        ticks: model.ticks
        chosen: model.ticked
        onTicked: key => model.tick(key)
    }

    FoundList {
        Layout.fillWidth: true
        visible: (root.stage === "places" || root.stage === "people") && model.listed.length > 0
        rows: model.listed
        rights: root.stage === "people"
        busy: model.busy
        onPutRight: place => model.putRight(place)
        onTakenAway: place => model.takeAway(place)
    }

    SecondaryButton {
        objectName: "found.add"
        Layout.fillWidth: true
        visible: root.stage === "places" || root.stage === "people"
        enabled: !model.busy
        icon: root.placing ? "map-pin" : "user-plus"
        text: root.placing ? qsTrId("founding.add_place") : qsTrId("founding.add_person")
        onClicked: model.add()
    }

    GridLayout {
        Layout.fillWidth: true
        visible: root.stage === "person"
        columns: root.room > 180 * Theme.mm ? 2 : 1
        columnSpacing: Theme.pad
        rowSpacing: Theme.gap

        Field {
            named: "found.person_name"
            on: "person"
            label: qsTrId("founding.person_name")
            longest: 60
        }

        Field {
            named: "found.person_born"
            on: "person"
            label: qsTrId("founding.person_born")
            longest: 20
            hints: Qt.ImhPreferNumbers
        }

        Field {
            named: "found.person_lane"
            on: "person"
            label: qsTrId("founding.person_lane")
            longest: 40
        }

        Field {
            named: "found.person_number"
            on: "person"
            label: qsTrId("founding.person_number")
            longest: 20
            hints: Qt.ImhPreferNumbers
        }
    }

    Choices {
        Layout.fillWidth: true
        visible: root.stage === "person"
        choices: visible ? model.choices : []
        named: "found.office"
        byKey: true
        narrowest: 70
        most: 3
        onChosen: key => model.choose(key)
    }

    Field {
        named: "found.assembly"
        on: "assembly"
        label: qsTrId("founding.assembly_label")
        longest: 20
        hints: Qt.ImhPreferNumbers
    }

    Card {
        objectName: "found.summary"
        Layout.fillWidth: true
        visible: root.stage === "sure"
        spacing: Theme.gap

        Repeater {
            model: model.sentences

            AppText {
                required property string modelData

                Layout.fillWidth: true
                text: modelData
                font.pixelSize: Theme.large
            }
        }
    }

    QuietButton {
        objectName: "found.anew"
        visible: root.stage === "name" && model.begun && !model.onServer
        enabled: !model.busy
        icon: "trash"
        text: qsTrId("founding.anew")
        onClicked: anew.open()
    }

    foot: PrimaryButton {
        objectName: root.aside ? "found.write" : root.ending ? "found.found" : "found.next"
        Layout.fillWidth: true
        visible: !model.onServer
        enabled: !model.busy
        icon: root.aside ? "check" : root.ending ? "building-community" : "arrow-right"
        text: root.aside ? qsTrId("founding.write") : root.ending ? qsTrId("founding.found") : qsTrId("founding.next")
        onClicked: {
            if (root.aside)
                model.write();
            else if (root.stage === "sure")
                sure.open();
            else if (root.stage === "log" && model.origin !== "")
                origin.open();
            else
                model.next();
        }
    }

    ConfirmDialog {
        id: origin

        icon: "lock"
        question: qsTrId("founding.origin_sure").arg(model.origin)
        explanation: qsTrId("founding.origin_sure_detail")
        yes: qsTrId("founding.origin_yes")
        no: qsTrId("founding.origin_no")
        onConfirmed: model.next()
    }

    ConfirmDialog {
        id: sure

        icon: "building-community"
        question: qsTrId("founding.found_sure")
        explanation: qsTrId("founding.found_sure_detail")
        yes: qsTrId("founding.found_yes")
        no: qsTrId("founding.found_no")
        onConfirmed: model.found()
    }

    ConfirmDialog {
        id: anew

        icon: "trash"
        question: qsTrId("founding.anew_sure")
        explanation: qsTrId("founding.anew_sure_detail")
        yes: qsTrId("founding.anew_yes")
        no: qsTrId("founding.anew_no")
        onConfirmed: model.beginAnew()
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: root.ending ? qsTrId("founding.under_way") : qsTrId("shell.wait")
    }
}
