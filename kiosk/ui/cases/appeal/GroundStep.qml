pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts

// The listed grounds of an appeal; whoever wants to adds a word of their own.
ColumnLayout {
    id: root

    required property AppealModel matter

    function commit(): string {
        InputMethod.commit();
        return field.text;
    }

    spacing: Theme.pad

    Choices {
        Layout.fillWidth: true
        narrowest: 90
        choices: root.matter.grounds
        named: "appeal.ground"
        onChosen: key => root.matter.choose(key)
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
