pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The listed grounds of an appeal; whoever wants to adds a word of their own.
ColumnLayout {
    id: root

    required property AppealModel matter

    function commit(): string {
        InputMethod.commit();
        return field.text;
    }

    spacing: Theme.pad

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: false
        narrowest: 90
        most: 2

        Repeater {
            model: root.matter.grounds

            Tile {
                required property int index
                required property var modelData

                objectName: `appeal.ground.${index}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: implicitHeight
                beside: true
                role: Accessible.RadioButton
                icon: checked ? "circle-check" : "circle"
                text: modelData.name
                checked: modelData.chosen
                onClicked: root.matter.choose(modelData.key)
            }
        }
    }

    TextEntry {
        id: field

        objectName: "appeal.words"
        Layout.fillWidth: true
        several: true
        longest: 400
        label: qsTrId("my_record.reply_words")
        hint: qsTrId("my_record.reply_words")
        icon: "pencil"
        size: Theme.body
    }

    AppText {
        Layout.fillWidth: true
        text: qsTrId("my_record.words_plain")
        color: Theme.colour.inkSoft
    }

    Item {
        Layout.fillHeight: true
    }
}
