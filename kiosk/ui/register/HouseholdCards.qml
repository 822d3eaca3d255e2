pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts

// An opened household: who lives there, what stands and what is open, relatives, and what can happen.
ColumnLayout {
    id: root

    required property RegisterModel desk

    signal act(string key)
    signal ask
    signal card(int residentId)

    spacing: Theme.pad

    Flow {
        Layout.fillWidth: true
        spacing: Theme.gap

        Chip {
            tone: "tea"
            icon: "home"
            text: root.desk.page.premises
        }

        Repeater {
            model: root.desk.page.facts

            Chip {
                required property string modelData

                text: modelData
            }
        }

        Chip {
            tone: root.desk.page.waits ? "gold" : "plain"
            icon: root.desk.page.waits ? "list-check" : "circle-check"
            text: root.desk.page.open
        }
    }

    Title {
        Layout.fillWidth: true
        text: qsTrId("register.people")
    }

    RowCard {
        Layout.fillWidth: true

        Repeater {
            model: root.desk.members

            ListRow {
                id: member

                required property int index
                required property AtHomeRow modelData

                objectName: `register.member.${index}`
                letter: modelData.letter
                text: modelData.name
                aside: modelData.aside
                detail: modelData.detail
                last: index === root.desk.members.length - 1

                SecondaryButton {
                    objectName: `register.ask.${member.index}`
                    visible: member.modelData.mayAsk
                    icon: "user-plus"
                    text: qsTrId("register.ask")
                    onClicked: root.ask()
                }

                QuietButton {
                    objectName: `register.card.${member.index}`
                    visible: member.modelData.mayCard
                    enabled: !root.desk.busy
                    icon: "id"
                    text: qsTrId("register.card")
                    onClicked: root.card(member.modelData.residentId)
                }

                QuietButton {
                    objectName: `register.cases.${member.index}`
                    visible: member.modelData.mayLook
                    enabled: !root.desk.busy
                    icon: "clipboard-check"
                    text: qsTrId("register.past_cases")
                    onClicked: root.desk.lookAtCases(member.modelData.residentId)
                }
            }
        }
    }

    Title {
        Layout.fillWidth: true
        visible: root.desk.choices.length > 0
        text: qsTrId("register.happens")
    }

    Choices {
        Layout.fillWidth: true
        choices: root.desk.choices
        named: "register.happens"
        byKey: true
        onChosen: key => root.act(key)
    }

    Title {
        Layout.fillWidth: true
        visible: root.desk.mends.length > 0
        text: qsTrId("register.mends")
    }

    Choices {
        Layout.fillWidth: true
        visible: root.desk.mends.length > 0
        choices: root.desk.mends
        named: "register.mends"
        byKey: true
        onChosen: key => root.act(key)
    }

    Title {
        Layout.fillWidth: true
        text: qsTrId("register.relatives")
    }

    AppText {
        Layout.fillWidth: true
        visible: root.desk.relatives.length === 0
        text: qsTrId("register.no_relatives")
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.desk.relatives.length > 0

        Repeater {
            model: root.desk.relatives

            ListRow {
                id: pair

                required property int index
                required property RelativeRow modelData

                objectName: `register.relative.${index}`
                text: modelData.text
                detail: modelData.detail
                last: index === root.desk.relatives.length - 1

                QuietButton {
                    objectName: `register.end_kin.${pair.index}`
                    enabled: !root.desk.busy
                    icon: "x"
                    text: qsTrId("register.end_kin")
                    onClicked: {
                        sure.place = pair.index;
                        sure.said = pair.modelData.text;
                        sure.open();
                    }
                }
            }
        }
    }

    SecondaryButton {
        objectName: "register.add_kin"
        icon: "plus"
        text: qsTrId("register.add_kin")
        onClicked: root.desk.beginKin()
    }

    ConfirmDialog {
        id: sure

        property int place
        property string said

        question: qsTrId("register.end_kin_sure")
        explanation: qsTrId("register.end_kin_detail").arg(said)
        yes: qsTrId("register.end_kin")
        no: qsTrId("corrections.sure_no")
        icon: "users"
        onConfirmed: root.desk.endKin(place)
    }
}
