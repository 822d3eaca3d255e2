pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// A sentence that the person will read; a few to begin with, for whoever does not like to write.
ColumnLayout {
    id: root

    // Before the names "sentence" and "starter", by which tests find them.
    required property string named
    required property string label
    required property string hint
    // How to write it.
    required property string plain
    // What is being decided, and for whom the sentence is.
    property string chosen
    property string whom
    property string icon
    property list<string> starters: []
    // The height there is, above the keyboard.
    required property int tallest
    property string begun

    signal changed(string sentence)

    function commit(): string {
        InputMethod.commit();
        return field.text;
    }

    spacing: Theme.pad

    Notice {
        visible: root.whom !== ""
        icon: root.icon
        heading: root.chosen
        text: root.whom
    }

    Chip {
        Layout.maximumWidth: root.width
        visible: text !== "" && root.whom === ""
        tone: "tea"
        icon: root.icon
        text: root.chosen
    }

    TextEntry {
        id: field

        objectName: `${root.named}.sentence`
        Layout.fillWidth: true
        Layout.preferredHeight: Math.max(Theme.target + Theme.pad, Math.min(root.tallest, Math.round(34 * Theme.mm)))
        several: true
        longest: 400
        label: root.label
        hint: root.hint
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

                objectName: `${root.named}.starter.${index}`
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
        text: root.plain
        color: Theme.colour.inkSoft
    }

    Item {
        Layout.fillHeight: true
    }
}
