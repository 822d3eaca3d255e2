pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// The whole case in parts that can each be read aloud; then the two ways to vote, alike in weight.
GridLayout {
    id: root

    required property PanelCaseModel hearing
    required property Reader reader
    required property bool wide
    readonly property PanelWords words: hearing.words

    signal photoOpened(string photo)
    signal leaving

    columns: wide ? 2 : 1
    columnSpacing: Theme.pad
    rowSpacing: Theme.pad

    ColumnLayout {
        Layout.fillWidth: true
        Layout.preferredWidth: 10
        Layout.alignment: Qt.AlignTop
        spacing: Theme.pad

        Part {
            objectName: "panel.report"
            Layout.fillWidth: true
            reader: root.reader
            icon: "message-report"
            heading: qsTrId("panel.report")

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
                    points: root.hearing.points
                }
            }

            AppText {
                objectName: "panel.subject"
                Layout.fillWidth: true
                text: root.words.subject
                font.pixelSize: Theme.large
            }

            AppText {
                Layout.fillWidth: true
                text: root.words.circumstances
                color: Theme.colour.inkSoft
            }

            AppText {
                Layout.fillWidth: true
                visible: text !== ""
                text: root.words.said
                font.pixelSize: Theme.large
            }

            PhotoRow {
                Layout.fillWidth: true
                visible: root.hearing.photos.length > 0
                photos: root.hearing.photos
                onOpened: photo => root.photoOpened(photo)
            }
        }

        Part {
            objectName: "panel.reply"
            Layout.fillWidth: true
            visible: words !== ""
            reader: root.reader
            icon: "message-2"
            ink: Theme.colour.voice
            heading: qsTrId("panel.reply")
            words: root.words.reply
        }

        Part {
            objectName: "panel.plea"
            Layout.fillWidth: true
            reader: root.reader
            icon: "scale"
            ink: Theme.colour.voice
            heading: root.words.pleaHeading
            words: root.words.plea
        }
    }

    ColumnLayout {
        Layout.fillWidth: true
        Layout.preferredWidth: 10
        Layout.alignment: Qt.AlignTop
        spacing: Theme.pad

        Part {
            Layout.fillWidth: true
            reader: root.reader
            icon: "books"
            heading: qsTrId("panel.rule")
            words: root.words.ruleText
        }

        Part {
            objectName: "panel.decisions"
            Layout.fillWidth: true
            reader: root.reader
            icon: "gavel"
            heading: qsTrId("panel.decided_how")

            Repeater {
                model: root.hearing.decisions

                ColumnLayout {
                    id: made

                    required property DecisionRow modelData

                    Layout.fillWidth: true
                    spacing: Math.round(0.6 * Theme.mm)

                    AppText {
                        Layout.fillWidth: true
                        text: made.modelData.what
                        color: Theme.colour.inkSoft
                    }

                    AppText {
                        Layout.fillWidth: true
                        text: [made.modelData.why, made.modelData.said].filter(part => part !== "").join("\n")
                        font.pixelSize: Theme.large
                    }
                }
            }
        }

        Part {
            objectName: "panel.vote"
            Layout.fillWidth: true
            reader: root.reader
            icon: "users"
            heading: qsTrId("panel.three")

            Flow {
                id: members

                Layout.fillWidth: true
                spacing: Theme.gap

                Repeater {
                    model: root.hearing.members

                    Chip {
                        required property MemberRow modelData

                        width: Math.min(implicitWidth, members.width)
                        tone: modelData.voted ? "tea" : "plain"
                        icon: modelData.voted ? "circle-check" : "circle"
                        text: `${modelData.name} · ${modelData.state}`
                    }
                }
            }

            AppText {
                Layout.fillWidth: true
                text: root.words.draw
                color: Theme.colour.inkSoft
                font.pixelSize: Theme.small
            }

            Chip {
                Layout.maximumWidth: parent.width
                visible: text !== ""
                tone: "gold"
                icon: "hourglass"
                text: root.words.deadline
            }

            Notice {
                objectName: "panel.voted_before"
                visible: root.hearing.voted
                icon: "circle-check"
                text: qsTrId("panel.voted_before")
            }

            SecondaryButton {
                objectName: "panel.overturn"
                Layout.fillWidth: true
                visible: !root.hearing.voted
                size: Theme.large
                text: root.words.overturn
                onClicked: root.hearing.begin("overturn")
            }

            SecondaryButton {
                objectName: "panel.uphold"
                Layout.fillWidth: true
                visible: !root.hearing.voted
                size: Theme.large
                text: root.words.uphold
                onClicked: root.hearing.begin("uphold")
            }

            QuietButton {
                objectName: "panel.aside"
                Layout.fillWidth: true
                visible: !root.hearing.voted
                icon: "hand-stop"
                text: qsTrId("panel.step_aside")
                onClicked: root.leaving()
            }
        }

        Chip {
            Layout.maximumWidth: parent.width
            tone: "voice"
            icon: "eye"
            text: root.words.seen
        }
    }
}
