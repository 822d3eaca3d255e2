pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The rules that this person may use, as pictures, six at a time; a tap chooses one.
ColumnLayout {
    id: root

    required property ReportModel form
    // The screen is upright.
    required property bool upright
    readonly property int most: 6
    readonly property int pages: Math.max(1, Math.ceil(form.rules.length / most))
    property int page: Math.max(0, Math.floor(form.rules.findIndex(rule => rule.chosen) / most))
    readonly property int first: most * Math.min(page, pages - 1)
    readonly property int behind: Math.max(0, form.rules.length - first - most)

    signal turned

    function turn(to: int) {
        page = to;
        turned();
    }

    spacing: Math.round(1.6 * Theme.gap)

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: true
        narrowest: root.form.concern ? 100 : 58
        most: root.form.concern || root.upright ? 2 : 3

        Repeater {
            model: root.form.rules.slice(root.first, root.first + root.most)

            RuleTile {
                id: rule

                required property int index
                required property RuleChoiceRow modelData
                readonly property int place: root.first + index

                objectName: `report.rule.${place}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: implicitHeight
                icon: modelData.icon
                points: modelData.points
                text: modelData.title
                detail: modelData.text
                ends: modelData.remedy
                note: modelData.asks ? qsTrId("report_screen.only_concerned") : ""
                checked: modelData.chosen
                onClicked: {
                    if (modelData.asks)
                        question.ask(place);
                    else
                        root.form.chooseRule(modelData.ruleId);
                }
            }
        }
    }

    GridLayout {
        Layout.fillWidth: true
        visible: root.pages > 1
        columns: before.implicitWidth + more.implicitWidth + columnSpacing > root.width ? 1 : 2
        columnSpacing: Math.round(1.6 * Theme.gap)
        rowSpacing: columnSpacing
        uniformCellWidths: true

        SecondaryButton {
            id: before

            objectName: "report.rules.before"
            Layout.fillWidth: true
            enabled: root.first > 0
            icon: "arrow-left"
            text: qsTrId("report_screen.rules_before")
            onClicked: root.turn(root.page - 1)
        }

        SecondaryButton {
            id: more

            objectName: "report.rules.more"
            Layout.fillWidth: true
            enabled: root.behind > 0
            icon: "arrow-right"
            text: root.behind > 0 ? qsTrId("report_screen.rules_more").arg(root.behind) : qsTrId("report_screen.rules_all")
            onClicked: root.turn(root.page + 1)
        }
    }

    ConfirmDialog {
        id: question

        property int place: 0
        readonly property RuleChoiceRow rule: root.form.rules[place] ?? null

        function ask(index: int) {
            place = index;
            open();
        }

        icon: "user"
        question: qsTrId("report_screen.concerned_question")
        explanation: qsTrId("report_screen.concerned_explanation").arg(rule?.title ?? "")
        yes: qsTrId("report_screen.concerned_yes")
        no: qsTrId("report_screen.concerned_no")
        onConfirmed: root.form.chooseAsConcerned(rule.ruleId)
    }
}
