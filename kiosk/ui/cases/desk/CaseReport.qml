pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// What was reported: when and where, the rule, whom, the words, photographs, and who handed it in.
Card {
    id: root

    required property CaseModel dossier
    readonly property CaseWords words: dossier.words

    objectName: "case.report"
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
        onClicked: {
            root.dossier.forgiveError();
            unsealing.open();
        }
    }

    Chip {
        Layout.maximumWidth: parent.width
        visible: text !== ""
        tone: "tea"
        icon: "circle-check"
        text: root.words.confirmed
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
}
