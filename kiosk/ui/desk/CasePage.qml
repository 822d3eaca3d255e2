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

    Notice {
        objectName: "case.first"
        visible: text !== ""
        icon: "gavel"
        heading: root.words.first_heading
        text: root.words.first
    }

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
        careful: true
        yes: qsTrId("desk_screen.unseal_yes")
        no: qsTrId("desk_screen.unseal_no")
        onConfirmed: root.dossier.unseal()
    }

    ConfirmDialog {
        id: recusing

        icon: "hand-stop"
        question: qsTrId("desk_screen.recuse_question")
        explanation: root.words.recuse_follows
        yes: qsTrId("desk_screen.recuse_yes")
        no: qsTrId("desk_screen.recuse_no")
        onConfirmed: root.dossier.recuse()
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

                Flow {
                    Layout.fillWidth: true
                    visible: root.dossier.photos.length > 0
                    spacing: Theme.gap

                    Repeater {
                        model: root.dossier.photos

                        PhotoTile {
                            required property int index
                            required property string modelData

                            objectName: `case.photo.${index}`
                            width: Math.min(parent.width, Math.round(66 * Theme.mm))
                            address: modelData
                            spoken: qsTrId("desk_screen.photo_spoken").arg(index + 1)
                            onClicked: root.dossier.look(index)
                        }
                    }
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
                text: [root.words.reply_choice, root.words.reply, root.words.reply_by].filter(part => part !== "").join("\n")
            }

            Notice {
                objectName: "case.put_right_said"
                visible: text !== ""
                tone: "voice"
                icon: "circle-check"
                border.width: Theme.hairline
                border.color: Theme.colour.voice
                heading: qsTrId("desk_screen.put_right_said")
                text: root.words.put_right
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

                SecondaryButton {
                    objectName: "case.read_again"
                    Layout.fillWidth: true
                    visible: root.may("read_again")
                    size: Theme.large
                    text: qsTrId("desk_screen.do_read_again_deed")
                    onClicked: root.dossier.begin("read_again")
                }

                SecondaryButton {
                    objectName: "case.come_back"
                    Layout.fillWidth: true
                    visible: root.may("return")
                    icon: "rotate-2"
                    text: qsTrId("desk_screen.come_back")
                    onClicked: root.dossier.comeBack()
                }

                GridLayout {
                    id: aside

                    Layout.fillWidth: true
                    visible: root.may("put_right") || root.may("recuse")
                    columns: ended.implicitWidth + stepAside.implicitWidth + columnSpacing > width ? 1 : 2
                    columnSpacing: Theme.gap
                    rowSpacing: Theme.gap

                    QuietButton {
                        id: ended

                        objectName: "case.put_right"
                        Layout.fillWidth: true
                        visible: root.may("put_right")
                        icon: "circle-check"
                        text: qsTrId("desk_screen.do_put_right_concern")
                        onClicked: root.dossier.begin("put_right")
                    }

                    QuietButton {
                        id: stepAside

                        objectName: "case.recuse"
                        Layout.fillWidth: true
                        visible: root.may("recuse")
                        icon: "hand-stop"
                        text: qsTrId("desk_screen.recuse")
                        onClicked: recusing.open()
                    }
                }
            }

            Repeater {
                model: root.dossier.similar

                Notice {
                    id: double

                    required property int index
                    required property var modelData

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
                    text: [root.words.rule_text, root.words.remedy].filter(part => part !== "").join("\n")
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
