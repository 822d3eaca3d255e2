pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts

// The listed replies to a concern, and one's own words.
ColumnLayout {
    id: root

    // ChoiceRow each.
    required property var replies
    property string choice
    readonly property string words: field.text
    readonly property bool own: choice === "own_words"
    readonly property bool ready: choice !== "" && (!own || field.typed.trim() !== "")

    function clear() {
        choice = "";
        field.clear();
    }

    spacing: Theme.gap

    Title {
        Layout.fillWidth: true
        text: qsTrId("my_record.reply_title")
    }

    TileGrid {
        Layout.fillWidth: true
        narrowest: 62

        Repeater {
            model: root.replies

            BaseButton {
                required property ChoiceRow modelData

                objectName: `reply.${modelData.key}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: Math.round(1.4 * Theme.target)
                checked: root.choice === modelData.key
                role: Accessible.RadioButton
                icon: checked ? "circle-check" : modelData.icon
                bold: checked
                fill: checked ? Theme.colour.voiceSoft : Theme.colour.card
                ink: checked ? Theme.colour.voice : Theme.colour.ink
                edge: checked ? Theme.colour.voice : Theme.colour.edge
                edgeWidth: checked ? Theme.stroke : Theme.hairline
                text: modelData.name
                settle: 0
                onClicked: {
                    root.choice = modelData.key;
                    if (modelData.key === "own_words")
                        field.forceActiveFocus();
                }
            }
        }
    }

    TextEntry {
        id: field

        objectName: "reply_words"
        Layout.fillWidth: true
        visible: root.choice !== ""
        several: true
        longest: 200
        label: root.own ? qsTrId("my_record.reply_title") : qsTrId("my_record.reply_words")
        hint: root.own ? qsTrId("my_record.reply_words_hint") : qsTrId("my_record.reply_words")
        icon: "pencil"
        size: Theme.body
    }
}
