pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The whole case: what was reported and what the person says, the rule, and the decision.
ColumnLayout {
    id: root

    required property CaseModel dossier
    required property bool wide
    required property bool low
    readonly property CaseWords words: dossier.words

    spacing: Theme.pad

    Notice {
        objectName: "case.moved_on"
        visible: root.dossier.movedOn
        tone: "gold"
        icon: "rotate"
        heading: qsTrId("desk_screen.moved_on")
        text: qsTrId("desk_screen.moved_on_detail")
    }

    Notice {
        objectName: "case.written"
        visible: text !== ""
        icon: "circle-check"
        text: root.words.written
    }

    ConfirmDialog {
        id: merging

        property int place: 0

        icon: "copy"
        question: qsTrId("desk_screen.merge_question")
        explanation: root.dossier.similar[place]?.asked ?? ""
        yes: qsTrId("desk_screen.merge_yes")
        no: qsTrId("desk_screen.merge_no")
        onConfirmed: root.dossier.merge(place)
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

            Notice {
                objectName: "case.first"
                visible: text !== ""
                icon: "gavel"
                heading: root.words.firstHeading
                text: root.words.first
            }

            CaseReport {
                Layout.fillWidth: true
                dossier: root.dossier
            }

            Notice {
                objectName: "case.reply"
                visible: root.words.replyHeading !== ""
                tone: "voice"
                icon: "message-2"
                border.width: Theme.hairline
                border.color: Theme.colour.voice
                heading: root.words.replyHeading
                text: root.words.reply
            }

            Notice {
                objectName: "case.put_right_said"
                visible: text !== ""
                tone: "voice"
                icon: "circle-check"
                border.width: Theme.hairline
                border.color: Theme.colour.voice
                heading: qsTrId("desk_screen.put_right_said")
                text: root.words.putRight
            }

            Notice {
                objectName: "case.note"
                visible: text !== ""
                icon: "users-group"
                text: root.words.note
            }

            Card {
                objectName: "case.between"
                Layout.fillWidth: true
                visible: root.dossier.two
                spacing: Theme.gap

                AppText {
                    Layout.fillWidth: true
                    text: qsTrId("desk_screen.between")
                    font.pixelSize: Theme.large
                    font.bold: true
                }

                AppText {
                    Layout.fillWidth: true
                    text: root.dossier.between.length > 0 ? root.dossier.between.join("\n") : qsTrId("desk_screen.between_nothing")
                    color: root.dossier.between.length > 0 ? Theme.colour.ink : Theme.colour.inkSoft
                }
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

            CaseDecision {
                Layout.fillWidth: true
                dossier: root.dossier
                low: root.low
            }

            Repeater {
                model: root.dossier.similar

                Notice {
                    id: double

                    required property int index
                    required property SimilarRow modelData

                    objectName: `case.similar.${index}`
                    tone: "gold"
                    icon: "help-circle"
                    heading: qsTrId("desk_screen.similar").arg(modelData.title)
                    text: modelData.detail

                    SecondaryButton {
                        objectName: `case.merge.${double.index}`
                        width: Math.min(implicitWidth, parent.width)
                        visible: text !== ""
                        tone: "gold"
                        icon: "copy"
                        text: double.modelData.button
                        onClicked: {
                            root.dossier.forgiveError();
                            merging.place = double.index;
                            merging.open();
                        }
                    }
                }
            }

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
                    text: [root.words.ruleText, root.words.remedy].filter(part => part !== "").join("\n")
                }

                AppText {
                    Layout.fillWidth: true
                    text: root.words.version
                    color: Theme.colour.inkSoft
                    font.pixelSize: Theme.small
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
        }
    }

    StepDots {
        Layout.fillWidth: true
        visible: root.dossier.steps.length > 0
        steps: root.dossier.steps
        current: root.dossier.stepNow
    }

    CaseHistory {
        Layout.fillWidth: true
        dossier: root.dossier
        wide: root.wide
    }
}
