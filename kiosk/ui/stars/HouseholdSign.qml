pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// One household: what it wants to show on the left, the sign as it will look on the right.
GridLayout {
    id: root

    component Size: QtObject {
        required property string media
        required property string text
    }

    readonly property list<Size> sizes: [
        Size {
            media: "A5"
            text: qsTrId("signs.size_a5")
        },
        Size {
            media: "A4"
            text: qsTrId("signs.size_a4")
        }
    ]

    required property SignModel sign
    required property bool wide

    columns: wide ? 2 : 1
    columnSpacing: Theme.pad
    rowSpacing: Theme.pad

    ColumnLayout {
        Layout.fillWidth: true
        Layout.preferredWidth: 12
        Layout.alignment: Qt.AlignTop
        spacing: Theme.pad

        Notice {
            objectName: "signs.taken_down"
            visible: root.sign.words.takenDown !== ""
            tone: "tea"
            text: root.sign.words.takenDown
        }

        Notice {
            objectName: "signs.not_agreed"
            visible: !root.sign.agreed
            tone: "gold"
            icon: "users"
            text: root.sign.words.agreement
        }

        Notice {
            visible: !root.sign.rated
            tone: "gold"
            icon: "star"
            heading: qsTrId("signs.not_rated_heading")
            text: qsTrId("signs.not_rated")
        }

        Card {
            id: choice

            Layout.fillWidth: true
            visible: root.sign.rated
            spacing: Theme.gap

            AppText {
                Layout.fillWidth: true
                text: qsTrId("signs.what_to_show")
                font.bold: true
                font.pixelSize: Theme.large
            }

            Repeater {
                // The number alone, so that the buttons stay where they are while stars change.
                model: root.sign.rows.length

                StarStepper {
                    required property int index

                    Layout.fillWidth: true
                    line: root.sign.rows[index]
                    narrow: choice.width < (146 + 62 * Theme.textStep) * Theme.mm
                    onStepped: by => root.sign.change(line.key, by)
                }
            }

            AppText {
                objectName: "signs.kept"
                Layout.fillWidth: true
                visible: text !== "" && !root.sign.showsAll
                text: root.sign.words.kept
                color: Theme.colour.inkSoft
            }

            QuietButton {
                objectName: "signs.show_all"
                visible: !root.sign.showsAll
                icon: "star"
                text: qsTrId("signs.show_all")
                onClicked: root.sign.showAll()
            }
        }

        Flow {
            id: facts

            Layout.fillWidth: true
            spacing: Theme.gap

            Chip {
                width: Math.min(implicitWidth, facts.width)
                text: root.sign.words.premises
                icon: "home"
            }

            Chip {
                width: Math.min(implicitWidth, facts.width)
                visible: root.sign.words.quarter !== ""
                text: root.sign.words.quarter
                icon: "calendar-time"
            }

            Chip {
                objectName: "signs.agreed"
                width: Math.min(implicitWidth, facts.width)
                visible: root.sign.agreed
                tone: "tea"
                icon: "circle-check"
                text: root.sign.words.agreement
            }
        }

        // A new sign ends the one on the door; printing says so once more.
        Notice {
            objectName: "signs.current"
            visible: root.sign.words.current !== ""
            tone: "voice"
            icon: "home-star"
            heading: root.sign.words.current
            text: !root.sign.agreed || !root.sign.rated ? "" : root.sign.unchanged ? qsTrId("signs.current_same") : qsTrId("signs.current_detail")

            QuietButton {
                objectName: "signs.take_down"
                icon: "eye-off"
                text: qsTrId("signs.take_down")
                onClicked: question.open()
            }
        }
    }

    ColumnLayout {
        Layout.fillWidth: true
        Layout.preferredWidth: 11
        Layout.alignment: Qt.AlignTop
        spacing: Theme.pad

        SheetPicture {
            objectName: "signs.preview"
            Layout.fillWidth: true
            visible: root.sign.rated
            address: root.sign.preview
            spoken: qsTrId("signs.preview_spoken").arg(root.sign.words.house)
            waiting: qsTrId("signs.drawing")
            behind: root.sign.drawing
        }

        Flow {
            Layout.fillWidth: true
            visible: root.sign.rated
            spacing: Theme.gap

            Repeater {
                model: root.sizes

                SecondaryButton {
                    required property Size modelData

                    objectName: `signs.size.${modelData.media}`
                    role: Accessible.RadioButton
                    checked: root.sign.media === modelData.media
                    icon: checked ? "circle-check" : "circle"
                    edgeWidth: checked ? Theme.stroke : Theme.hairline
                    edge: checked ? ink : Theme.colour.edge
                    fill: checked ? Theme.colour.teaSoft : Theme.colour.card
                    text: modelData.text
                    onClicked: root.sign.chooseMedia(modelData.media)
                }
            }
        }
    }

    ConfirmDialog {
        id: question

        question: qsTrId("signs.take_down_question")
        explanation: qsTrId("signs.take_down_explanation")
        yes: qsTrId("signs.take_down_yes")
        no: qsTrId("signs.take_down_no")
        icon: "eye-off"
        onConfirmed: root.sign.takeDown()
    }
}
