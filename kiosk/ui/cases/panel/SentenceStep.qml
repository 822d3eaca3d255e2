pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// A sentence that the person will read; a few to begin with, for whoever does not like to write.
ColumnLayout {
    id: root

    required property string chosen
    required property var starters
    required property string label
    // The height there is, above the keyboard.
    required property int tallest
    property string begun

    signal changed(string sentence)

    function commit(): string {
        InputMethod.commit();
        return field.text;
    }

    spacing: Theme.pad

    Chip {
        Layout.maximumWidth: root.width
        visible: text !== ""
        tone: "tea"
        icon: "scale"
        text: root.chosen
    }

    TextEntry {
        id: field

        objectName: "panel.sentence"
        Layout.fillWidth: true
        Layout.preferredHeight: Math.max(Theme.target + Theme.pad, Math.min(root.tallest, Math.round(34 * Theme.mm)))
        several: true
        longest: 400
        label: root.label
        hint: qsTrId("panel.sentence_hint")
        icon: "pencil"
        onTextChanged: root.changed(text)
        Component.onCompleted: text = root.begun
    }

    Flow {
        Layout.fillWidth: true
        visible: root.starters.length > 0
        spacing: Theme.gap

        Repeater {
            model: root.starters

            SecondaryButton {
                required property int index
                required property string modelData

                objectName: `panel.starter.${index}`
                width: Math.min(implicitWidth, parent.width)
                icon: "plus"
                text: modelData
                onClicked: {
                    const said = root.commit();
                    if (said.indexOf(modelData) < 0)
                        field.text = said + modelData;
                }
            }
        }
    }

    AppText {
        Layout.fillWidth: true
        text: qsTrId("panel.sentence_plain")
        color: Theme.colour.inkSoft
    }

    Item {
        Layout.fillHeight: true
    }
}
