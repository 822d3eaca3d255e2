pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The rules that this person may use, as pictures; a tap chooses one.
TileGrid {
    id: root

    required property ReportModel form

    narrowest: form.concern ? 100 : 76
    most: form.concern ? 2 : 4

    Repeater {
        model: root.form.rules

        RuleTile {
            id: rule

            required property int index
            required property var modelData

            objectName: `report.rule.${index}`
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
                    question.ask(index);
                else
                    root.form.chooseRule(modelData.id);
            }
        }
    }

    ConfirmDialog {
        id: question

        property int place: 0
        readonly property var rule: root.form.rules[place]

        function ask(index: int) {
            place = index;
            open();
        }

        icon: "user"
        question: qsTrId("report_screen.concerned_question")
        explanation: qsTrId("report_screen.concerned_explanation").arg(rule?.title ?? "")
        yes: qsTrId("report_screen.concerned_yes")
        no: qsTrId("report_screen.concerned_no")
        onConfirmed: root.form.chooseAsConcerned(rule.id)
    }
}
