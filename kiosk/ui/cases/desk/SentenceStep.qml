pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The sentence that the person will read, under what is being decided; a few to begin with.
ColumnLayout {
    id: root

    required property CaseModel dossier
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
        icon: "gavel"
        heading: root.dossier.words.chosen
        text: root.dossier.words.sentence_for
    }

    TextEntry {
        id: field

        objectName: "case.sentence"
        Layout.fillWidth: true
        Layout.preferredHeight: Math.max(Theme.target + Theme.pad, Math.min(root.tallest, Math.round(34 * Theme.mm)))
        several: true
        longest: 400
        label: root.dossier.words.question
        hint: qsTrId("desk_screen.sentence_hint")
        icon: "pencil"
        onTextChanged: root.changed(text)
        Component.onCompleted: text = root.begun
    }

    Flow {
        Layout.fillWidth: true
        visible: root.dossier.starters.length > 0
        spacing: Theme.gap

        Repeater {
            model: root.dossier.starters

            SecondaryButton {
                required property int index
                required property string modelData

                objectName: `case.starter.${index}`
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
        text: qsTrId("desk_screen.sentence_plain")
        color: Theme.colour.inkSoft
    }

    Item {
        Layout.fillHeight: true
    }
}
