pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The whole case: what was reported and what the person says, the rule, and the decision.
ColumnLayout {
    id: root

    required property CaseModel dossier
    required property bool wide
    readonly property var words: dossier.words

    function may(move: string): bool {
        return dossier.may.indexOf(move) >= 0;
    }

    spacing: Theme.pad

    StepDots {
        Layout.fillWidth: true
        visible: root.dossier.steps.length > 0
        steps: root.dossier.steps
        current: root.dossier.stepNow
    }

    ConfirmDialog {
        id: unsealing

        icon: "lock"
        question: qsTrId("desk_screen.unseal_question")
        explanation: qsTrId("desk_screen.unseal_explanation")
        yes: qsTrId("desk_screen.unseal_yes")
        no: qsTrId("desk_screen.unseal_no")
        onConfirmed: root.dossier.unseal()
    }

    GridLayout {
        Layout.fillWidth: true
        columns: root.wide ? 2 : 1
        columnSpacing: Theme.pad
        rowSpacing: Theme.pad

        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 11
            Layout.alignment: Qt.AlignTop
            spacing: Theme.pad

            Card {
                objectName: "case.report"
                Layout.fillWidth: true
                spacing: Theme.gap

                AppText {
                    Layout.fillWidth: true
                    text: root.words.circumstances
                    color: Theme.colour.inkSoft
                }

                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.pad

                    AppText {
                        Layout.fillWidth: true
                        text: root.words.rule
                        font.pixelSize: Theme.title
                        font.bold: true
                    }

                    PointsBadge {
                        Layout.alignment: Qt.AlignTop
                        points: root.dossier.points
                    }
                }

                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.gap

                    AppIcon {
                        name: "user"
                        colour: Theme.colour.tea
                    }

                    AppText {
                        objectName: "case.subject"
                        Layout.fillWidth: true
                        text: root.words.subject
                        font.pixelSize: Theme.large
                    }
                }

                AppText {
                    Layout.fillWidth: true
                    text: root.words.said === "" ? qsTrId("desk_screen.nothing_said") : root.words.said
                    color: root.words.said === "" ? Theme.colour.inkSoft : Theme.colour.ink
                    font.pixelSize: root.words.said === "" ? Theme.body : Theme.large
                }

                AppText {
                    Layout.fillWidth: true
                    objectName: "case.reporter"
                    text: root.words.reporter
                    color: Theme.colour.inkSoft
                }

                QuietButton {
                    objectName: "case.unseal"
                    Layout.maximumWidth: parent.width
                    visible: root.dossier.sealed
                    icon: "lock"
                    size: Theme.small
                    text: qsTrId("desk_screen.unseal")
                    onClicked: unsealing.open()
                }

                Chip {
                    Layout.maximumWidth: parent.width
                    visible: text !== ""
                    tone: "tea"
                    icon: "circle-check"
                    text: root.words.confirmed
                }
            }

            Notice {
                objectName: "case.reply"
                visible: root.words.reply_heading !== ""
                tone: "voice"
                icon: "message-2"
                border.width: Theme.hairline
                border.color: Theme.colour.voice
                heading: root.words.reply_heading
                text: [root.words.reply_choice, root.words.reply].filter(part => part !== "").join("\n")
            }

            Chip {
                objectName: "case.seen"
                Layout.maximumWidth: parent.width
                tone: "voice"
                icon: "eye"
                text: root.words.seen
            }
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 10
            Layout.alignment: Qt.AlignTop
            spacing: Theme.pad

            Card {
                Layout.fillWidth: true

                AppText {
                    Layout.fillWidth: true
                    text: qsTrId("desk_screen.rule")
                    font.pixelSize: Theme.large
                    font.bold: true
                }

                AppText {
                    Layout.fillWidth: true
                    text: [root.words.rule_text, root.words.remedy].filter(part => part !== "").join("\n")
                }

                Chip {
                    objectName: "case.deadline"
                    Layout.maximumWidth: parent.width
                    visible: text !== ""
                    tone: "gold"
                    icon: "hourglass"
                    text: root.words.deadline
                }
            }

            Card {
                objectName: "case.decision"
                Layout.fillWidth: true

                AppText {
                    Layout.fillWidth: true
                    text: qsTrId("desk_screen.my_decision")
                    font.pixelSize: Theme.large
                    font.bold: true
                }

                Notice {
                    objectName: "case.why_not"
                    visible: root.words.why !== ""
                    icon: "user-off"
                    text: root.words.why
                }

                // A good deed is a thing to be glad of; of a concern no answer is put forward.
                PrimaryButton {
                    objectName: "case.approve"
                    Layout.fillWidth: true
                    visible: root.may("approve") && !root.dossier.concern
                    icon: "check"
                    text: qsTrId("desk_screen.do_approve_deed")
                    onClicked: root.dossier.begin("approve")
                }

                SecondaryButton {
                    objectName: "case.approve_concern"
                    Layout.fillWidth: true
                    visible: root.may("approve") && root.dossier.concern
                    size: Theme.large
                    text: qsTrId("desk_screen.do_approve_concern")
                    onClicked: root.dossier.begin("approve")
                }

                SecondaryButton {
                    objectName: "case.countersign"
                    Layout.fillWidth: true
                    visible: root.may("countersign")
                    size: Theme.large
                    text: qsTrId("desk_screen.do_countersign_concern")
                    onClicked: root.dossier.begin("countersign")
                }

                SecondaryButton {
                    objectName: "case.decline"
                    Layout.fillWidth: true
                    visible: root.may("decline")
                    size: Theme.large
                    text: root.dossier.concern ? qsTrId("desk_screen.do_decline_concern") : qsTrId("desk_screen.do_decline_deed")
                    onClicked: root.dossier.begin("decline")
                }

                QuietButton {
                    objectName: "case.put_right"
                    Layout.fillWidth: true
                    visible: root.may("put_right")
                    icon: "circle-check"
                    text: qsTrId("desk_screen.do_put_right_concern")
                    onClicked: root.dossier.begin("put_right")
                }

                QuietButton {
                    objectName: "case.recuse"
                    Layout.fillWidth: true
                    visible: root.may("recuse")
                    icon: "hand-stop"
                    text: qsTrId("desk_screen.recuse")
                    onClicked: root.dossier.recuse()
                }
            }
        }
    }

    Card {
        Layout.fillWidth: true

        AppText {
            Layout.fillWidth: true
            text: qsTrId("desk_screen.history")
            font.pixelSize: Theme.large
            font.bold: true
        }

        Repeater {
            model: root.dossier.history

            GridLayout {
                id: move

                required property var modelData

                Layout.fillWidth: true
                columns: root.wide ? 2 : 1
                columnSpacing: Theme.pad
                rowSpacing: 0

                AppText {
                    Layout.preferredWidth: root.wide ? Math.round(11 * Theme.small) : -1
                    Layout.alignment: Qt.AlignTop
                    text: move.modelData.when
                    color: Theme.colour.inkSoft
                    font.pixelSize: Theme.small
                }

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0

                    AppText {
                        Layout.fillWidth: true
                        text: move.modelData.what
                    }

                    AppText {
                        Layout.fillWidth: true
                        visible: text !== ""
                        text: move.modelData.why
                        color: Theme.colour.inkSoft
                    }
                }
            }
        }
    }
}
