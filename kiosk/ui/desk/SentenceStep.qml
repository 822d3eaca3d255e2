pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The sentence that the person will read, under what is being decided.
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
        Layout.preferredHeight: Math.max(Theme.target + Theme.pad, Math.min(root.tallest, Math.round(46 * Theme.mm)))
        several: true
        longest: 400
        label: root.dossier.words.question
        hint: qsTrId("desk_screen.sentence_hint")
        icon: "pencil"
        onTextChanged: root.changed(text)
        Component.onCompleted: text = root.begun
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
