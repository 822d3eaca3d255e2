pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// What was decided, by whom and why; beside it what an appeal brings, or why there is none.
GridLayout {
    id: root

    required property AppealModel matter
    required property Reader reader
    required property bool wide

    signal putRight

    columns: wide ? 2 : 1
    columnSpacing: Theme.pad
    rowSpacing: Theme.pad

    Card {
        id: decision

        objectName: "appeal.decision"
        Layout.fillWidth: true
        Layout.fillHeight: root.wide
        Layout.preferredWidth: 10
        Layout.alignment: Qt.AlignTop

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.pad

            AppText {
                Layout.fillWidth: true
                text: root.matter.words.subject
                font.pixelSize: Theme.title
                font.bold: true
            }

            PointsBadge {
                Layout.alignment: Qt.AlignTop
                points: root.matter.points
            }
        }

        AppText {
            Layout.fillWidth: true
            text: root.matter.words.circumstances
            color: Theme.colour.inkSoft
        }

        AppText {
            Layout.fillWidth: true
            visible: text !== ""
            text: root.matter.words.said
            font.pixelSize: Theme.large
        }

        AppText {
            objectName: "appeal.reply"
            Layout.fillWidth: true
            visible: text !== ""
            text: root.matter.words.reply
        }

        Repeater {
            model: root.matter.decisions

            ColumnLayout {
                id: made

                required property DecisionRow modelData

                Layout.fillWidth: true
                spacing: Math.round(0.8 * Theme.mm)

                Rectangle {
                    Layout.fillWidth: true
                    Layout.bottomMargin: Theme.mm
                    implicitHeight: Theme.hairline
                    color: Theme.colour.line
                }

                AppText {
                    Layout.fillWidth: true
                    text: made.modelData.what
                    font.bold: true
                }

                AppText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: made.modelData.why
                }

                AppText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: made.modelData.said
                }
            }
        }

        Item {
            Layout.fillHeight: true
        }

        Flow {
            Layout.fillWidth: true
            spacing: Theme.gap

            SecondaryButton {
                objectName: "appeal.put_right"
                width: Math.min(implicitWidth, parent.width)
                visible: root.matter.mayPutRight
                icon: "leaf"
                text: qsTrId("my_record.put_right")
                onClicked: root.putRight()
            }

            QuietButton {
                width: Math.min(implicitWidth, parent.width)
                visible: root.reader.there
                size: Theme.small
                icon: "volume"
                text: qsTrId("shell.read_aloud")
                onClicked: root.reader.read(decision)
            }
        }
    }

    Card {
        id: happens

        objectName: "appeal.happens"
        Layout.fillWidth: true
        Layout.fillHeight: root.wide
        Layout.preferredWidth: 11
        Layout.alignment: Qt.AlignTop
        visible: root.matter.mayAppeal
        color: Theme.colour.teaSoft
        spacing: Theme.pad

        Title {
            Layout.fillWidth: true
            text: qsTrId("my_record.happens")
        }

        Repeater {
            model: root.matter.happens

            RowLayout {
                id: point

                required property FollowingRow modelData

                Layout.fillWidth: true
                spacing: Theme.pad

                AppIcon {
                    Layout.alignment: Qt.AlignTop
                    name: point.modelData.icon
                    colour: Theme.colour.tea
                    size: Math.round(1.35 * Theme.large)
                }

                AppText {
                    Layout.fillWidth: true
                    text: point.modelData.text
                    font.pixelSize: Theme.large
                }
            }
        }

        Item {
            Layout.fillHeight: true
        }

        QuietButton {
            Layout.maximumWidth: parent.width
            visible: root.reader.there
            size: Theme.small
            icon: "volume"
            text: qsTrId("shell.read_aloud")
            onClicked: root.reader.read(happens)
        }
    }

    Notice {
        objectName: "appeal.why_not"
        Layout.preferredWidth: 11
        Layout.alignment: Qt.AlignTop
        visible: root.matter.words.whyNot !== ""
        tone: root.matter.suspended ? "tea" : "voice"
        icon: root.matter.suspended ? "hourglass" : "info-circle"
        text: root.matter.words.whyNot
    }
}
