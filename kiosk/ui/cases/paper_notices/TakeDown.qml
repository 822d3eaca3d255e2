pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts

// A reply as the person says it: chosen and written, then read back in large letters.
ColumnLayout {
    id: root

    required property NoticesDeskModel desk
    property string choice
    property bool reading: false
    readonly property string words: field.text.trim()
    readonly property bool ready: choice !== "" && (choice !== "own_words" || field.typed.trim() !== "")
    readonly property string chosen: {
        const found = desk.choices.find(each => (each as ChoiceRow).key === choice) as ChoiceRow;
        return found ? found.name : "";
    }

    function clear() {
        choice = "";
        reading = false;
        field.clear();
    }

    spacing: Theme.pad

    AppText {
        objectName: "desk.subject"
        Layout.fillWidth: true
        text: root.desk.subject
        color: Theme.colour.inkSoft
        font.pixelSize: Theme.large
    }

    TileGrid {
        Layout.fillWidth: true
        visible: !root.reading
        narrowest: 62

        Repeater {
            model: root.desk.choices

            BaseButton {
                required property ChoiceRow modelData

                objectName: `desk.reply.${modelData.key}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: Math.round(1.4 * Theme.target)
                checked: root.choice === modelData.key
                role: Accessible.RadioButton
                icon: checked ? "circle-check" : ""
                bold: checked
                fill: checked ? Theme.colour.voiceSoft : Theme.colour.card
                ink: checked ? Theme.colour.voice : Theme.colour.ink
                edge: checked ? Theme.colour.voice : Theme.colour.edge
                text: modelData.name
                settle: 0
                onClicked: root.choice = modelData.key
            }
        }
    }

    TextEntry {
        id: field

        objectName: "desk.words"
        Layout.fillWidth: true
        visible: !root.reading && root.choice !== "" && !root.desk.nomination
        several: true
        longest: 200
        label: qsTrId("notices_desk.words")
        hint: qsTrId("notices_desk.words")
        icon: "pencil"
        size: Theme.body
    }

    Notice {
        visible: root.reading
        tone: "gold"
        icon: "volume"
        text: qsTrId("notices_desk.read_it_back")
    }

    Card {
        id: said

        objectName: "desk.said"
        Layout.fillWidth: true
        visible: root.reading

        Title {
            Layout.fillWidth: true
            text: root.chosen
        }

        AppText {
            Layout.fillWidth: true
            visible: root.words !== ""
            text: `\u201c${root.words}\u201d`
            font.pixelSize: Theme.title
        }
    }
}
